import type { PersonId } from '#kernel/ids.ts';
import { type Duration, minutes } from '#kernel/instant.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import type { PlayRow, ViewingTables } from './viewing.schema.store.ts';

const VIEWING = `person_id, media_id, watched, changed_at, unwatched_at, via_account_id, position_ms, position_at, position_account_id, event,
  created_at, updated_at`;
const PLAY = 'id, person_id, media_id, recorded_as, at, created_at';
const LIST = 'person_id, media_id, list, since, changed_at';
const RATING = 'person_id, media_id, rating, rated_at';
const EVIDENCE = 'play_id, account_id, copy_id, how, event, at, received_at';

/** Two dated plays of a title are one that was told twice. */
const SAME_PLAY: Duration = minutes(60);
const PAGE = 500;

/** Takes the whole of a person's history away and brings it back. Takes part in the caller's transaction. */
export function createWholeHistory(handle: Handle) {
  const db = handle.tables<ViewingTables>();
  const run = async (text: string, ...values: readonly number[]): Promise<number> => {
    const parts = text.split('?').map((part, at) => sql`${sql.raw(part)}${values[at] === undefined ? sql`` : sql`${values[at]}`}`);
    const { numAffectedRows } = await sql.join(parts, sql``).execute(db);
    return Number(numAffectedRows ?? 0);
  };

  return {
    /** Under the bin's entry; answers how many titles went. What accounts said is forgotten: what they say next is their first word. */
    async take(person: PersonId, bin: number): Promise<number> {
      const titles = await run(
        `insert into viewing_binned (bin_id, ${VIEWING}) select ?, ${VIEWING} from viewing where person_id = ?`,
        bin,
        person,
      );
      await run(`insert into play_binned (bin_id, ${PLAY}) select ?, ${PLAY} from play where person_id = ?`, bin, person);
      await run(
        `insert into evidence_binned (bin_id, ${EVIDENCE}) select ?, ${EVIDENCE} from evidence
         where play_id in (select id from play where person_id = ?)`,
        bin,
        person,
      );
      await run(
        'insert into hidden_binned (bin_id, person_id, media_id) select ?, person_id, media_id from hidden_title where person_id = ?',
        bin,
        person,
      );
      await run(`insert into list_binned (bin_id, ${LIST}) select ?, ${LIST} from list_entry where person_id = ?`, bin, person);
      await run(`insert into rating_binned (bin_id, ${RATING}) select ?, ${RATING} from rating where person_id = ?`, bin, person);
      await run('delete from list_entry where person_id = ?', person);
      await run('delete from rating where person_id = ?', person);
      await run('delete from evidence where play_id in (select id from play where person_id = ?)', person);
      await run('delete from play where person_id = ?', person);
      await run('delete from viewing where person_id = ?', person);
      await run('delete from hidden_title where person_id = ?', person);
      await run('delete from observation where account_id in (select id from account where person_id = ?)', person);
      return titles;
    },

    /**
     * A title that came back meanwhile keeps its newer standing; plays that were told again since are not doubled. The person may be another
     * entry by now: whoever was removed and is there again under the same name.
     */
    async putBack(person: PersonId, bin: number): Promise<void> {
      await run(
        `delete from viewing where person_id = ? and watched = 0 and unwatched_at is null and position_ms = 0
         and media_id in (select media_id from viewing_binned where bin_id = ?)`,
        person,
        bin,
      );
      await run(
        `insert into viewing (${VIEWING}) select ${VIEWING.replace('person_id', '?')} from viewing_binned where bin_id = ? on conflict do nothing`,
        person,
        bin,
      );
      await run(
        'insert into hidden_title (person_id, media_id) select ?, media_id from hidden_binned where bin_id = ? on conflict do nothing',
        person,
        bin,
      );
      for (const [table, columns] of [
        ['list_entry', LIST],
        ['rating', RATING],
      ] as const) {
        const binned = table === 'rating' ? 'rating_binned' : 'list_binned';
        await run(
          `insert into ${table} (${columns}) select ${columns.replace('person_id', '?')} from ${binned} where bin_id = ? on conflict do nothing`,
          person,
          bin,
        );
      }
      for (let after = 0; ; ) {
        const titles = await db
          .selectFrom('play_binned')
          .select('media_id')
          .distinct()
          .where('bin_id', '=', bin)
          .where('media_id', '>', after)
          .orderBy('media_id')
          .limit(PAGE)
          .execute();
        if (titles.length === 0) return;
        const ids = titles.map((row) => row.media_id);
        await this.putPlaysBack(person, bin, ids);
        after = ids.at(-1) ?? after;
      }
    },

    async putPlaysBack(person: PersonId, bin: number, ids: readonly number[]): Promise<void> {
      const given = idList(handle.kind, ids);
      const kept = await db.selectFrom('play_binned').selectAll().where('bin_id', '=', bin).where('media_id', 'in', given).execute();
      const now = await db.selectFrom('play').selectAll().where('person_id', '=', person).where('media_id', 'in', given).execute();
      const byTitle = Map.groupBy(now, (play) => play.media_id);
      const wanted = [...Map.groupBy(kept, (play) => play.media_id)].flatMap(([id, plays]) => missingOf(plays, byTitle.get(id) ?? []));
      if (wanted.length === 0) return;
      const plays = idList(
        handle.kind,
        wanted.map((play) => play.id),
      );
      await sql`insert into play (${sql.raw(PLAY)}) select ${sql.raw(PLAY.replace('person_id', String(person)))} from play_binned
        where bin_id = ${bin} and id in ${plays} on conflict do nothing`.execute(db);
      await sql`insert into evidence (${sql.raw(EVIDENCE)}) select ${sql.raw(EVIDENCE)} from evidence_binned
        where bin_id = ${bin} and play_id in ${plays}`.execute(db);
    },
  };
}

/** Plays that nobody has told again; of those without a date so many as are missing in number. */
export function missingOf<Play extends Pick<PlayRow, 'at'>>(kept: readonly Play[], now: readonly Pick<PlayRow, 'at'>[]): readonly Play[] {
  const left = [...now];
  const dated = kept.filter(({ at }) => {
    if (at === null) return false;
    const same = left.findIndex((play) => play.at !== null && Math.abs(play.at - at) <= SAME_PLAY);
    if (same >= 0) left.splice(same, 1);
    return same < 0;
  });
  const undated = kept.filter(({ at }) => at === null);
  const room = Math.max(0, kept.length - now.length - dated.length);
  return [...dated, ...undated.slice(0, room)];
}
