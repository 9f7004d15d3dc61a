import type { ListName } from '#core/viewing/index.ts';
import { type MediaId, mediaId, type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows, type RowValue, sql } from '#platform/db/index.ts';
import type { LibraryType } from './activities.ts';
import { type Entry, type EntryBefore, type Slot, UNKNOWN_DAY, type WatchedEpisode } from './plan-entry.ts';
import { createRewatchStore } from './rewatches.store.ts';
import type { StampedTx } from './stamps.store.ts';
import type { LibraryTitle } from './title-types.store.ts';
import type { EntryRow, TrackerTables } from './tracker.schema.store.ts';

/** A title of a library as it is kept. `modifiedAt` is the day of the change that apps ask by. */
export type StoredEntry = Omit<Entry, 'list'> & Readonly<{ mediaId: MediaId; type: LibraryType; modifiedAt: Instant }>;

export type LibraryStore = ReturnType<typeof createLibraryStore>;

const COLUMNS = {
  person_id: 'integer',
  media_id: 'integer',
  type: 'text',
  modified_at: 'integer',
  watched: 'integer',
  total: 'integer',
  not_aired: 'integer',
  last_watched_at: 'integer',
  last_season: 'integer',
  last_episode: 'integer',
  next_season: 'integer',
  next_episode: 'integer',
  next_air_at: 'integer',
  episodes: 'text',
} as const;

const REPLACE = `(person_id, media_id) do update set ${Object.keys(COLUMNS)
  .slice(2)
  .map((name) => `${name} = excluded.${name}`)
  .join(', ')}`;

/** The rows of libraries. Takes part in the caller's transaction, and reads the tables of core/viewing and core/media, as single statements. */
export function createLibraryStore(handle: Handle) {
  const db = handle.tables<TrackerTables>();
  const list = (ids: readonly number[]) => idList(handle.kind, ids);

  return {
    async entries(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, StoredEntry>> {
      if (media.length === 0) return new Map();
      const rows = await db
        .selectFrom('tracker_entry')
        .selectAll()
        .where('person_id', '=', person)
        .where('media_id', 'in', list(media))
        .execute();
      return new Map(rows.map((row) => [mediaId(row.media_id), entryOf(row)]));
    },

    async save(person: PersonId, entries: readonly StoredEntry[]): Promise<void> {
      await insertRows(
        handle,
        'tracker_entry',
        COLUMNS,
        entries.map((entry) => valuesOf(person, entry)),
        { update: REPLACE },
      );
    },

    /** Their ratings changed: apps that follow ratings ask by that day. */
    async rated(person: PersonId, media: readonly MediaId[], at: Instant): Promise<void> {
      if (media.length === 0) return;
      await db
        .updateTable('tracker_entry')
        .set({ rating_changed_at: at })
        .where('person_id', '=', person)
        .where('media_id', 'in', list(media))
        .execute();
    },

    /** Takes titles out; answers those that were there. */
    async drop(person: PersonId, media: readonly MediaId[]): Promise<readonly Readonly<{ mediaId: MediaId; type: LibraryType }>[]> {
      if (media.length === 0) return [];
      const rows = await db
        .deleteFrom('tracker_entry')
        .where('person_id', '=', person)
        .where('media_id', 'in', list(media))
        .returning(['media_id', 'type'])
        .execute();
      return rows.map((row) => ({ mediaId: mediaId(row.media_id), type: row.type as LibraryType }));
    },

    /**
     * When the person watched these movies and episodes, in whole seconds: the newest play, else the day of the mark. What has plays and none
     * of a known day was watched on a day that nobody knows.
     */
    async watchedOf(person: PersonId, media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, Instant>> {
      if (media.length === 0) return new Map();
      // Crossed, so that SQLite looks these up instead of walking all that the person has watched; likewise below.
      const { rows } = await sql<{ media_id: number; changed_at: number; plays: number | null; at: number | null }>`
        select v.media_id, v.changed_at, p.plays, p.at from ${list(media)} as given cross join viewing v
        left join (
          select media_id, count(*) as plays, max(at) as at from play
          where person_id = ${person} and media_id in ${list(media)} group by media_id
        ) p on p.media_id = v.media_id
        where v.person_id = ${person} and v.media_id = given.value and v.watched = 1`.execute(db);
      return new Map(
        rows.map((row) => [mediaId(row.media_id), wholeSeconds(row.plays === null ? row.changed_at : (row.at ?? UNKNOWN_DAY))]),
      );
    },

    /** Those of these movies and episodes that the person has watched or begun. */
    async touchedOf(person: PersonId, media: readonly MediaId[]): Promise<readonly MediaId[]> {
      if (media.length === 0) return [];
      const { rows } = await sql<{ media_id: number }>`
        select v.media_id from viewing v where v.person_id = ${person} and v.media_id in ${list(media)}
        and (v.watched = 1 or v.position_ms > 0 or exists (
          select 1 from play p where p.person_id = v.person_id and p.media_id = v.media_id))
        order by v.media_id`.execute(db);
      return rows.map((row) => mediaId(row.media_id));
    },

    /** Persons whose library or history holds any of these. */
    async personsWith(media: readonly MediaId[]): Promise<readonly PersonId[]> {
      const { rows } = await sql<{ person_id: number }>`
        select person_id from tracker_entry where media_id in ${list(media)}
        union select person_id from list_entry where media_id in ${list(media)}
        union select p.id from person p where exists (
          select 1 from ${list(media)} as given cross join viewing v
          where v.person_id = p.id and v.media_id = given.value and v.watched = 1)
        order by 1`.execute(db);
      return rows.map((row) => personId(row.person_id));
    },

    /** The entry of a title that became another, where that other has none of its own. */
    async follow(person: PersonId, from: MediaId, into: MediaId): Promise<void> {
      await sql`update tracker_entry set media_id = ${into} where person_id = ${person} and media_id = ${from}
        and not exists (select 1 from tracker_entry t where t.person_id = ${person} and t.media_id = ${into})`.execute(db);
    },

    /** Watched movies and episodes of a history, by id, after one of them. */
    async watchedAfter(person: PersonId, after: number, limit: number): Promise<readonly MediaId[]> {
      const { rows } = await sql<{ media_id: number }>`
        select media_id from viewing where person_id = ${person} and media_id > ${after} and watched = 1
        order by media_id limit ${limit}`.execute(db);
      return rows.map((row) => mediaId(row.media_id));
    },

    /** Titles whose list entry is gone. */
    async unlisted(person: PersonId): Promise<readonly MediaId[]> {
      const { rows } = await sql<{ media_id: number }>`
        select media_id from tracker_entry e where person_id = ${person} and not exists (
          select 1 from list_entry l where l.person_id = e.person_id and l.media_id = e.media_id)`.execute(db);
      return rows.map((row) => mediaId(row.media_id));
    },

    /** Titles with an entry on a list that have no row here. */
    async listedAfter(person: PersonId, after: number, limit: number): Promise<readonly MediaId[]> {
      const { rows } = await sql<{ media_id: number }>`
        select media_id from list_entry where person_id = ${person} and media_id > ${after} order by media_id limit ${limit}`.execute(db);
      return rows.map((row) => mediaId(row.media_id));
    },

    /** Of whom something has aired that was not out when it was counted. */
    async airedSince(now: Instant, limit: number): Promise<readonly Readonly<{ person: PersonId; mediaId: MediaId }>[]> {
      const rows = await db
        .selectFrom('tracker_entry')
        .select(['person_id', 'media_id'])
        .where('next_air_at', '<=', now)
        .orderBy('person_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ person: personId(row.person_id), mediaId: mediaId(row.media_id) }));
    },

    /** What has aired until then counts, whatever became of the title. */
    async counted(person: PersonId, media: readonly MediaId[], until: Instant): Promise<void> {
      await db
        .updateTable('tracker_entry')
        .set({ next_air_at: null })
        .where('person_id', '=', person)
        .where('media_id', 'in', list(media))
        .where('next_air_at', '<=', until)
        .execute();
    },

    /** Who has which of these movies, shows, or shows of these episodes. */
    async heldOf(media: readonly MediaId[]): Promise<ReadonlyMap<PersonId, readonly MediaId[]>> {
      const { rows } = await sql<{ person_id: number; media_id: number }>`
        select distinct e.person_id, e.media_id from media m join tracker_entry e on e.media_id = coalesce(m.show_id, m.id)
        where m.id in ${list(media)} order by 1, 2`.execute(db);
      const byPerson = Map.groupBy(rows, (row) => personId(row.person_id));
      return new Map([...byPerson].map(([person, own]) => [person, own.map((row) => mediaId(row.media_id))]));
    },

    async forget(person: PersonId): Promise<void> {
      await createRewatchStore(handle).forget(person);
      for (const table of ['tracker_entry', 'tracker_memo', 'tracker_unwatch', 'tracker_stamp', 'tracker_person'] as const) {
        await db.deleteFrom(table).where('person_id', '=', person).execute();
      }
    },
  };
}

/** Titles that have an entry by now, and whose rating came, changed or went. */
export async function noteRated(tx: StampedTx, titles: readonly LibraryTitle[]): Promise<void> {
  await createLibraryStore(tx.handle).rated(
    tx.person,
    titles.map((title) => title.mediaId),
    tx.at,
  );
  for (const title of titles) tx.touch(title.type, 'rated_at');
  tx.shelved(titles.map((title) => title.mediaId));
}

const wholeSeconds = (at: Instant): Instant => Math.max(UNKNOWN_DAY, Math.floor(at / 1_000) * 1_000);

/** What is kept of each watched episode: season, number, whole seconds, title. */
type Kept = readonly [season: number, number: number, seconds: number, media: number];

export const episodesOf = (text: string): readonly WatchedEpisode[] =>
  (JSON.parse(text) as readonly Kept[]).map(([season, number, seconds, media]) => ({
    season,
    number,
    at: seconds * 1_000,
    mediaId: mediaId(media),
  }));

const slotOf = (season: number | null, number: number | null): Slot | undefined =>
  season === null || number === null ? undefined : { season, number };

export type Progressed = Omit<EntryRow, 'person_id' | 'modified_at' | 'episodes' | 'rating_changed_at'>;

/** How far somebody is with a title: what every view of a library has of its row. */
export function progressOf(row: Progressed) {
  const [last, next] = [slotOf(row.last_season, row.last_episode), slotOf(row.next_season, row.next_episode)];
  return {
    mediaId: mediaId(row.media_id),
    type: row.type as LibraryType,
    watched: row.watched,
    total: row.total,
    notAired: row.not_aired,
    ...(row.last_watched_at !== null && { lastWatchedAt: row.last_watched_at }),
    ...(last && { lastWatched: last }),
    ...(next && { nextToWatch: next }),
    ...(row.next_air_at !== null && { nextAirAt: row.next_air_at }),
  };
}

export const entryOf = (row: EntryRow): StoredEntry => ({
  ...progressOf(row),
  modifiedAt: row.modified_at,
  episodes: episodesOf(row.episodes),
});

const valuesOf = (person: PersonId, entry: StoredEntry): RowValue[] => [
  person,
  entry.mediaId,
  entry.type,
  entry.modifiedAt,
  entry.watched,
  entry.total,
  entry.notAired,
  entry.lastWatchedAt ?? null,
  entry.lastWatched?.season ?? null,
  entry.lastWatched?.number ?? null,
  entry.nextToWatch?.season ?? null,
  entry.nextToWatch?.number ?? null,
  entry.nextAirAt ?? null,
  JSON.stringify(entry.episodes.map((one): Kept => [one.season, one.number, one.at / 1_000, one.mediaId])),
];

/**
 * What the library last showed of a title, for the plan of its next state. Where it never did and the title is on a list, the list came with
 * what was watched of it, from a file, out of the bin or by a merge: none of it is news that moves the title.
 */
export function beforeOf(
  list: ListName | undefined,
  kept: StoredEntry | undefined,
  watchedNow: ReadonlyMap<MediaId, Instant>,
): EntryBefore | undefined {
  if (list === undefined) return undefined;
  if (kept === undefined) return { list, watched: watchedNow };
  const watched = new Map(kept.episodes.map((one) => [one.mediaId, one.at]));
  // A movie has no episodes: its own day stands for it.
  if (kept.episodes.length === 0 && kept.lastWatchedAt !== undefined) watched.set(kept.mediaId, kept.lastWatchedAt);
  return { list, watched };
}
