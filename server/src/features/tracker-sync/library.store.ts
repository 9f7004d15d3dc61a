import type { TrackedList, TrackedTitle } from '#core/upstreams/index.ts';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows, type RowValue, sql, textList } from '#platform/db/index.ts';
import type { Agreed, Pair } from './facts.ts';
import type { TrackerSyncTables } from './tracker-sync.schema.store.ts';

export type StoredTitle = Readonly<{
  number: number;
  shelf: string;
  /** As titles were joined since. */
  mediaId?: MediaId;
  seen?: TrackedTitle;
  list: Pair<TrackedList>;
  rating: Pair<number>;
}>;

export type OpenWhat = 'watched' | 'list' | 'rating';
/** `sent`: nobody knows whether it arrived. `taken`: the tracker said that it took it. `missed`: it did not know it, or never showed it. */
export type OpenState = 'sent' | 'taken' | 'missed';
export type Open = Readonly<{ mediaId: MediaId; titleId: MediaId; what: OpenWhat; state: OpenState; reason: string; at: Instant }>;
export type StoredAgreed = Agreed & Readonly<{ titleId: MediaId }>;

const pair = <T>(here: T | null, there: T | null): Pair<T> => ({ ...(here !== null && { here }), ...(there !== null && { there }) });

type TitleSelected = Readonly<{
  number: number;
  shelf: string;
  media_id: number | null;
  seen: string | null;
  list_here: string | null;
  list_there: string | null;
  rating_here: number | null;
  rating_there: number | null;
}>;

const titleOf = (row: TitleSelected): StoredTitle => ({
  number: row.number,
  shelf: row.shelf,
  ...(row.media_id !== null && { mediaId: mediaId(row.media_id) }),
  ...(row.seen !== null && { seen: JSON.parse(row.seen) as TrackedTitle }),
  list: pair(row.list_here as TrackedList | null, row.list_there as TrackedList | null),
  rating: pair(row.rating_here, row.rating_there),
});

export type LibraryStore = ReturnType<typeof createLibraryStore>;

/** What one connection knows of the other side, and what both agreed on. Takes part in the caller's transaction. */
export function createLibraryStore(handle: Handle, connection: number) {
  const db = handle.tables<TrackerSyncTables>();
  const list = (ids: readonly number[]) => idList(handle.kind, ids);

  async function titlesWhere(condition: ReturnType<typeof sql>): Promise<readonly StoredTitle[]> {
    const { rows } = await sql<TitleSelected>`
      select t.number, t.shelf, coalesce(m.merged_into, t.media_id) as media_id, t.seen, t.list_here, t.list_there, t.rating_here, t.rating_there
      from remote_title t left join media m on m.id = t.media_id
      where t.connection_id = ${connection} and ${condition} order by t.number`.execute(db);
    return rows.map(titleOf);
  }

  return {
    /** Those whose title here is not known. */
    unplaced: (): Promise<readonly StoredTitle[]> => titlesWhere(sql`t.media_id is null and t.seen is not null`),
    ofNumbers: (numbers: readonly number[]): Promise<readonly StoredTitle[]> => titlesWhere(sql`t.number in ${list(numbers)}`),
    ofMedia: (media: readonly MediaId[]): Promise<readonly StoredTitle[]> =>
      titlesWhere(sql`coalesce(m.merged_into, t.media_id) in ${list(media)}`),

    /** What each number is now known to be. */
    async saveSeen(titles: readonly TrackedTitle[]): Promise<void> {
      const columns = { connection_id: 'integer', number: 'integer', shelf: 'text', seen: 'text', dirty: 'integer' } as const;
      const rows = titles.map((title): RowValue[] => [connection, title.number, title.shelf, JSON.stringify(title), 1]);
      await insertRows(handle, 'remote_title', columns, rows, {
        update: `(connection_id, number) do update set shelf = excluded.shelf, seen = excluded.seen,
          dirty = case when remote_title.seen = excluded.seen then remote_title.dirty else 1 end`,
      });
    },

    /** What there was of a shelf and is not among these numbers is gone; answers those. */
    async markGone(present: ReadonlySet<number>, shelf?: string): Promise<readonly number[]> {
      const all = db.selectFrom('remote_title').select('number').where('connection_id', '=', connection).where('seen', 'is not', null);
      const rows = await (shelf === undefined ? all : all.where('shelf', '=', shelf)).execute();
      const gone = rows.flatMap(({ number }) => (present.has(number) ? [] : [number]));
      await this.forgetSeen(gone);
      return gone;
    },

    async forgetSeen(numbers: readonly number[]): Promise<void> {
      if (numbers.length === 0) return;
      await db
        .updateTable('remote_title')
        .set({ seen: null, dirty: 1 })
        .where('connection_id', '=', connection)
        .where('number', 'in', list(numbers))
        .execute();
    },

    /** What was read, and not dealt with yet. */
    async dirty(): Promise<readonly number[]> {
      const rows = await db
        .selectFrom('remote_title')
        .select('number')
        .where('connection_id', '=', connection)
        .where('dirty', '=', 1)
        .execute();
      return rows.map(({ number }) => number);
    },

    /** All that is there is looked at again, as if it had just been read. */
    async lookAgain(): Promise<void> {
      await db
        .updateTable('remote_title')
        .set({ dirty: 1 })
        .where('connection_id', '=', connection)
        .where('seen', 'is not', null)
        .execute();
    },

    async clean(numbers: readonly number[]): Promise<void> {
      await db
        .updateTable('remote_title')
        .set({ dirty: 0 })
        .where('connection_id', '=', connection)
        .where('number', 'in', list(numbers))
        .execute();
    },

    async numbers(shelf: string): Promise<ReadonlySet<number>> {
      const rows = await db
        .selectFrom('remote_title')
        .select('number')
        .where('connection_id', '=', connection)
        .where('shelf', '=', shelf)
        .where('seen', 'is not', null)
        .execute();
      return new Set(rows.map(({ number }) => number));
    },

    async place(places: readonly Readonly<{ number: number; mediaId: MediaId }>[]): Promise<void> {
      for (const { number, mediaId: media } of places) {
        await db
          .updateTable('remote_title')
          .set({ media_id: media })
          .where('connection_id', '=', connection)
          .where('number', '=', number)
          .execute();
      }
    },

    async saveLists(pairs: readonly (Pair<TrackedList> & Readonly<{ number: number }>)[]): Promise<void> {
      for (const { number, here, there } of pairs) {
        const changes = { list_here: here ?? null, list_there: there ?? null };
        await db.updateTable('remote_title').set(changes).where('connection_id', '=', connection).where('number', '=', number).execute();
      }
    },

    async saveRatings(pairs: readonly (Pair<number> & Readonly<{ number: number }>)[]): Promise<void> {
      for (const { number, here, there } of pairs) {
        const changes = { rating_here: here ?? null, rating_there: there ?? null };
        await db.updateTable('remote_title').set(changes).where('connection_id', '=', connection).where('number', '=', number).execute();
      }
    },

    /** A joined title's agreements are those of what it became: else it would look like one that was un-watched. */
    async agreedOf(titles: readonly MediaId[]): Promise<readonly StoredAgreed[]> {
      const { rows } = await sql<{
        media_id: number;
        title_id: number;
        number: number;
        season: number;
        episode: number;
        here_at: number | null;
        there_at: number | null;
      }>`
        select coalesce(m.merged_into, a.media_id) as media_id, coalesce(t.merged_into, a.title_id) as title_id, a.number, a.season, a.episode,
          a.here_at, a.there_at
        from remote_agreed a left join media m on m.id = a.media_id left join media t on t.id = a.title_id
        where a.connection_id = ${connection} and coalesce(t.merged_into, a.title_id) in ${list(titles)}`.execute(db);
      return rows.map((row) => ({
        mediaId: mediaId(row.media_id),
        titleId: mediaId(row.title_id),
        number: row.number,
        own: { season: row.season, number: row.episode },
        ...(row.here_at !== null && { hereAt: row.here_at }),
        ...(row.there_at !== null && { thereAt: row.there_at }),
      }));
    },

    async agreedCount(): Promise<number> {
      const row = await db
        .selectFrom('remote_agreed')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('connection_id', '=', connection)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    async saveAgreed(agreed: readonly StoredAgreed[]): Promise<void> {
      const columns = {
        connection_id: 'integer',
        media_id: 'integer',
        title_id: 'integer',
        number: 'integer',
        season: 'integer',
        episode: 'integer',
        here_at: 'integer',
        there_at: 'integer',
      } as const;
      const rows = agreed.map((one): RowValue[] => [
        connection,
        one.mediaId,
        one.titleId,
        one.number,
        one.own.season,
        one.own.number,
        one.hereAt ?? null,
        one.thereAt ?? null,
      ]);
      await insertRows(handle, 'remote_agreed', columns, rows, {
        update: `(connection_id, media_id) do update set title_id = excluded.title_id, number = excluded.number, season = excluded.season,
          episode = excluded.episode, here_at = excluded.here_at, there_at = excluded.there_at`,
      });
    },

    async forgetAgreed(media: readonly MediaId[]): Promise<void> {
      if (media.length === 0) return;
      await sql`delete from remote_agreed where connection_id = ${connection} and (media_id in ${list(media)}
        or media_id in (select id from media where merged_into in ${list(media)}))`.execute(db);
    },

    /** Both sides are met anew, in all or in these: what they have counts as first sight. */
    async forgetAccord(only?: Readonly<{ media: readonly MediaId[]; numbers: readonly number[] }>): Promise<void> {
      if (only) await this.forgetAgreed(only.media);
      else await db.deleteFrom('remote_agreed').where('connection_id', '=', connection).execute();
      const none = { list_here: null, list_there: null, rating_here: null, rating_there: null, dirty: 1 };
      const titles = db.updateTable('remote_title').set(none).where('connection_id', '=', connection);
      await (only ? titles.where('number', 'in', list(only.numbers)) : titles).execute();
    },

    async open(states?: readonly OpenState[]): Promise<readonly Open[]> {
      const all = db.selectFrom('remote_open').selectAll().where('connection_id', '=', connection);
      const rows = await (states === undefined ? all : all.where('state', 'in', textList(handle.kind, [...states]))).execute();
      return rows.map((row) => ({
        mediaId: mediaId(row.media_id),
        titleId: mediaId(row.title_id),
        what: row.what as OpenWhat,
        state: row.state as OpenState,
        reason: row.reason,
        at: row.at,
      }));
    },

    async saveOpen(open: readonly Open[]): Promise<void> {
      const columns = {
        connection_id: 'integer',
        media_id: 'integer',
        title_id: 'integer',
        what: 'text',
        state: 'text',
        reason: 'text',
        at: 'integer',
      } as const;
      const rows = open.map((one): RowValue[] => [connection, one.mediaId, one.titleId, one.what, one.state, one.reason, one.at]);
      await insertRows(handle, 'remote_open', columns, rows, {
        update: '(connection_id, media_id, what) do update set state = excluded.state, reason = excluded.reason, at = excluded.at',
      });
    },

    async close(open: readonly Pick<Open, 'mediaId' | 'what'>[]): Promise<void> {
      for (const [what, own] of Map.groupBy(open, (one) => one.what)) {
        await db
          .deleteFrom('remote_open')
          .where('connection_id', '=', connection)
          .where('what', '=', what)
          .where('media_id', 'in', list(own.map((one) => one.mediaId)))
          .execute();
      }
    },

    /** What the tracker would not take is tried again after a while: it may have learnt of it. */
    async forgetMissed(before: Instant): Promise<void> {
      await db
        .deleteFrom('remote_open')
        .where('connection_id', '=', connection)
        .where('state', '=', 'missed')
        .where('at', '<', before)
        .execute();
    },
  };
}
