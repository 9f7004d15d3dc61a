import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import { type Handle, idList } from '#platform/db/index.ts';
import type { EvidenceRow, PlayRow, ViewingRow, ViewingTables } from './viewing.schema.store.ts';

/** A title with all that a person's history held of it: plain data, for the bin. */
export type TakenTitle = Readonly<{
  mediaId: MediaId;
  viewing: Omit<ViewingRow, 'person_id' | 'media_id'>;
  plays: readonly (Omit<PlayRow, 'person_id' | 'media_id'> & Readonly<{ evidence: readonly Omit<EvidenceRow, 'id' | 'play_id'>[] }>)[];
}>;

export type TakenTitles = ReturnType<typeof createTakenTitles>;

/** Takes titles out of a history whole, and puts them back. */
export function createTakenTitles(handle: Handle) {
  const db = handle.tables<ViewingTables>();

  return {
    /** Undefined where the person's history does not hold the title. It stays away until something new is heard of it. */
    async takeOut(person: PersonId, media: MediaId): Promise<TakenTitle | undefined> {
      const row = await db
        .deleteFrom('viewing')
        .where('person_id', '=', person)
        .where('media_id', '=', media)
        .returningAll()
        .executeTakeFirst();
      if (row === undefined) return undefined;
      const plays = await db.deleteFrom('play').where('person_id', '=', person).where('media_id', '=', media).returningAll().execute();
      const ids = plays.map((play) => play.id);
      const evidence = ids.length === 0 ? [] : await db.deleteFrom('evidence').where('play_id', 'in', ids).returningAll().execute();
      await db
        .insertInto('hidden_title')
        .values({ person_id: person, media_id: media })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const { person_id: _, media_id: __, ...viewing } = row;
      return {
        mediaId: mediaId(media),
        viewing,
        plays: plays.map(({ person_id: _person, media_id: _media, ...play }) => ({
          ...play,
          evidence: evidence.filter((piece) => piece.play_id === play.id).map(({ id: _id, play_id: _play, ...piece }) => piece),
        })),
      };
    },

    /** Those of the titles that the person has taken out, and that have not been put back. */
    async takenOf(person: PersonId, media: readonly MediaId[]): Promise<ReadonlySet<MediaId>> {
      const rows = await db
        .selectFrom('hidden_title')
        .select('media_id')
        .where('person_id', '=', person)
        .where('media_id', 'in', idList(handle.kind, media))
        .execute();
      return new Set(rows.map((row) => mediaId(row.media_id)));
    },

    /** Somebody wants these in their history again. */
    async wanted(person: PersonId, media: readonly MediaId[]): Promise<void> {
      if (media.length === 0) return;
      await db.deleteFrom('hidden_title').where('person_id', '=', person).where('media_id', 'in', idList(handle.kind, media)).execute();
    },

    /** A title that has come back meanwhile keeps its newer standing and gets its plays back. */
    async putBack(person: PersonId, taken: TakenTitle): Promise<void> {
      await db.deleteFrom('hidden_title').where('person_id', '=', person).where('media_id', '=', taken.mediaId).execute();
      const row = { ...taken.viewing, person_id: person, media_id: taken.mediaId };
      const back = await db
        .selectFrom('viewing')
        .selectAll()
        .where('person_id', '=', person)
        .where('media_id', '=', taken.mediaId)
        .executeTakeFirst();
      if (back === undefined || isMereMention(back)) {
        await db.deleteFrom('viewing').where('person_id', '=', person).where('media_id', '=', taken.mediaId).execute();
        await db.insertInto('viewing').values(row).execute();
      }
      for (const { evidence, ...play } of taken.plays) {
        const added = await db
          .insertInto('play')
          .values({ ...play, person_id: person, media_id: taken.mediaId })
          .onConflict((conflict) => conflict.doNothing())
          .executeTakeFirst();
        if (Number(added.numInsertedOrUpdatedRows ?? 0) > 0 && evidence.length > 0) {
          await db
            .insertInto('evidence')
            .values(evidence.map((piece) => ({ ...piece, play_id: play.id })))
            .execute();
        }
      }
    },
  };
}

/** Where somebody stands because an app removed the title, and servers were told so: taking it away is what is taken back. */
export const REMOVED_BY_APP = 'app.removed';

/** Some server listed the title meanwhile, and nobody has watched, begun or un-watched it: no standing that is newer than what was taken. */
const isMereMention = (row: ViewingRow): boolean =>
  row.watched === 0 && row.position_ms === 0 && (row.unwatched_at === null || row.event === REMOVED_BY_APP);
