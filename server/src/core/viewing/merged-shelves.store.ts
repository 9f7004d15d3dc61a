import type { Handle } from '#platform/db/index.ts';
import type { ListRow, ListTables, RatingRow } from './lists.schema.store.ts';

/** A title that became another; both may be episodes of series that became one. */
export type MergedTitles = Readonly<{ from: number; into: number }>;

/** Where each of the two titles stood is kept aside, so that a split finds both as they were. */
type Shelf<Row> = Readonly<{
  live: 'list_entry' | 'rating';
  aside: 'list_aside' | 'rating_aside';
  join(kept: Row, gone: Row): Row;
  same(one: Row, other: Row): boolean;
}>;

/** The newer word stands; on a list since it was first on either. */
const LISTS: Shelf<ListRow> = {
  live: 'list_entry',
  aside: 'list_aside',
  join: (kept, gone) => ({ ...(gone.changed_at > kept.changed_at ? gone : kept), since: Math.min(kept.since, gone.since) }),
  same: (one, other) => one.list === other.list && one.changed_at === other.changed_at,
};

const RATINGS: Shelf<RatingRow> = {
  live: 'rating',
  aside: 'rating_aside',
  join: (kept, gone) => (gone.rated_at > kept.rated_at ? gone : kept),
  same: (one, other) => one.rating === other.rating && one.rated_at === other.rated_at,
};

type Row = { person_id: number; media_id: number };

/** Lets lists and ratings follow when two titles turn out to be one, and part again when they are split. */
export function createMergedShelves(handle: Handle) {
  const db = handle.tables<ListTables>();

  const rowsOf = async <R extends Row>(table: keyof ListTables, media: readonly number[]): Promise<R[]> =>
    (await db.selectFrom(table).selectAll().where('media_id', 'in', media).execute()) as unknown as R[];
  const drop = (table: keyof ListTables, { person_id, media_id }: Row) =>
    db.deleteFrom(table).where('person_id', '=', person_id).where('media_id', '=', media_id).execute();
  const put = async (table: keyof ListTables, row: Row): Promise<void> => {
    await drop(table, row);
    await db
      .insertInto(table)
      .values(row as never)
      .execute();
  };

  async function merge<R extends Row>(shelf: Shelf<R>, { from, into }: MergedTitles): Promise<void> {
    const rows = await rowsOf<R>(shelf.live, [from, into]);
    for (const ofPerson of Map.groupBy(rows, (row) => row.person_id).values()) {
      const gone = ofPerson.find((row) => row.media_id === from);
      const kept = ofPerson.find((row) => row.media_id === into);
      if (gone === undefined) continue;
      for (const row of ofPerson) await put(shelf.aside, row);
      await drop(shelf.live, gone);
      await put(shelf.live, { ...(kept === undefined ? gone : shelf.join(kept, gone)), media_id: into });
    }
  }

  /** Where nothing has happened since the merge, both stand as before; else the one that lasted keeps what was said since. */
  async function split<R extends Row>(shelf: Shelf<R>, { from, into }: MergedTitles): Promise<void> {
    const aside = await rowsOf<R>(shelf.aside, [from, into]);
    const live = await rowsOf<R>(shelf.live, [into]);
    for (const ofPerson of Map.groupBy(aside, (row) => row.person_id).values()) {
      const now = live.find((row) => row.person_id === ofPerson[0]?.person_id);
      await partAgain(shelf, from, ofPerson, now);
    }
  }

  async function partAgain<R extends Row>(shelf: Shelf<R>, from: number, aside: readonly R[], now: R | undefined): Promise<void> {
    const gone = aside.find((row) => row.media_id === from);
    if (gone === undefined) return;
    for (const row of aside) await drop(shelf.aside, row);
    const before = aside.find((row) => row.media_id !== from);
    if (now && shelf.same(now, before ? shelf.join(before, gone) : gone)) await standAgain(shelf.live, now, before);
    await put(shelf.live, gone);
  }

  async function standAgain(table: keyof ListTables, now: Row, before: Row | undefined): Promise<void> {
    await drop(table, now);
    if (before) await put(table, before);
  }

  return {
    async merged(pair: MergedTitles): Promise<void> {
      await merge(LISTS, pair);
      await merge(RATINGS, pair);
    },
    async split(pair: MergedTitles): Promise<void> {
      await split(LISTS, pair);
      await split(RATINGS, pair);
    },
  };
}
