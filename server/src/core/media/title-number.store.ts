import { AppError } from '#kernel/app-error.ts';
import type { MediaId } from '#kernel/ids.ts';
import { idList, insertRows, sql, textList } from '#platform/db/index.ts';
import { createDescribeStore } from './describe.store.ts';
import { FIRST_HOUSEHOLD_NUMBER } from './external-ids.ts';
import { lockGraph } from './media.store.ts';
import { type Handle, titleTablesOf } from './titles.schema.store.ts';

/** Apps hold numbers as 32 bits with a sign. */
export const LAST_HOUSEHOLD_NUMBER = 2_147_483_647;

export type NumberedKind = 'movie' | 'show' | 'episode';

type Row = Readonly<{ media_id: number; number: number; owner_id: number }>;

const COLUMNS = { media_id: 'integer', number: 'integer', owner_id: 'integer' } as const;

/** All ids here are of lasting entries: a merged one is asked for under what it became. */
export function createTitleNumberStore(handle: Handle) {
  const db = titleTablesOf(handle);
  const { kind } = handle;
  const { lasting } = createDescribeStore(handle);

  /** The titles that hold these Simkl ids: more than one where titles of two kinds have the same. */
  async function holders(numbers: readonly number[], kinds: readonly NumberedKind[]): Promise<ReadonlyMap<number, readonly number[]>> {
    if (numbers.length === 0) return new Map();
    const { rows } = await sql<{ value: string; media_id: number }>`
      select value, media_id from external_id
      where provider = 'simkl' and kind in ${textList(kind, kinds)} and value in ${textList(kind, numbers.map(String))}
      order by media_id`.execute(db);
    const found = Map.groupBy(rows, (row) => Number(row.value));
    return new Map([...found].map(([number, of]) => [number, of.map((row) => row.media_id)]));
  }

  /** A split can give a number back to the title that had it first: then it is not the other's answer any more. */
  async function holding(rows: readonly Row[]): Promise<readonly Row[]> {
    const learnt = rows.filter((row) => row.number < FIRST_HOUSEHOLD_NUMBER);
    const held = await holders(
      learnt.map((row) => row.number),
      ['movie', 'show', 'episode'],
    );
    const taken = rows.filter((row) => row.owner_id !== row.media_id);
    const owners = taken.length === 0 ? new Map<number, number>() : await lasting(taken.map((row) => row.owner_id));
    return rows.filter((row) => {
      if (row.number < FIRST_HOUSEHOLD_NUMBER) return held.get(row.number)?.includes(row.media_id) ?? true;
      return row.owner_id === row.media_id || owners.get(row.owner_id) === row.media_id;
    });
  }

  /** What these titles answered before. */
  async function answered(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const { rows } = await sql<Row>`
      select media_id, number, owner_id from title_number where media_id in ${idList(kind, ids)}`.execute(db);
    return new Map((await holding(rows)).map((row) => [row.media_id, row.number]));
  }

  async function simklIds(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    const { rows } = await sql<{ media_id: number; value: string }>`
      select media_id, value from external_id where media_id in ${idList(kind, ids)} and provider = 'simkl'`.execute(db);
    const found = new Map<number, number>();
    for (const { media_id, value } of rows) found.set(media_id, Math.min(found.get(media_id) ?? Number.MAX_SAFE_INTEGER, Number(value)));
    return found;
  }

  /** The first number that an entry had which became one of these titles. */
  async function inherited(ids: readonly number[]): Promise<ReadonlyMap<number, Row>> {
    const heirs = new Map(ids.map((id) => [id, id]));
    let into = ids;
    while (into.length > 0) {
      const { rows } = await sql<{ from_id: number; into_id: number }>`
        select from_id, into_id from media_merge where split_at is null and into_id in ${idList(kind, into)}`.execute(db);
      const further = rows.filter((row) => !heirs.has(row.from_id));
      for (const row of further) heirs.set(row.from_id, heirs.get(row.into_id) ?? row.into_id);
      into = further.map((row) => row.from_id);
    }
    const former = [...heirs.keys()].filter((id) => heirs.get(id) !== id);
    if (former.length === 0) return new Map();
    const { rows } = await sql<Row>`
      select media_id, number, owner_id from title_number
      where media_id in ${idList(kind, former)} and number >= ${FIRST_HOUSEHOLD_NUMBER} order by number desc`.execute(db);
    return new Map(rows.map((row) => [heirs.get(row.media_id) ?? row.media_id, row]));
  }

  async function nextNumber(): Promise<number> {
    const { rows } = await sql<{ last: number | null }>`
      select max(number) as last from title_number where number >= ${FIRST_HOUSEHOLD_NUMBER}`.execute(db);
    return Number(rows[0]?.last ?? FIRST_HOUSEHOLD_NUMBER - 1) + 1;
  }

  return {
    lasting,
    answered,

    /** Settles what these titles answer from now on. Inside a transaction. */
    async give(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
      await lockGraph(handle);
      const known = new Map(await answered(ids));
      const missing = ids.filter((id) => !known.has(id));
      if (missing.length === 0) return known;
      const learnt = await simklIds(missing);
      const former = await inherited(missing);
      let next = await nextNumber();
      const rows = missing.map((id): Row => {
        const number = learnt.get(id);
        if (number !== undefined) return { media_id: id, number, owner_id: id };
        const row = former.get(id);
        return row ? { ...row, media_id: id } : { media_id: id, number: next++, owner_id: id };
      });
      if (next > LAST_HOUSEHOLD_NUMBER + 1) {
        throw new AppError(
          'unavailable',
          'Every number that apps can hold was given to a title already: no further title can be shown to them.',
        );
      }
      await insertRows(
        handle,
        'title_number',
        COLUMNS,
        rows.map((row) => [row.media_id, row.number, row.owner_id]),
        { update: '(media_id) do update set number = excluded.number, owner_id = excluded.owner_id' },
      );
      for (const row of rows) known.set(row.media_id, row.number);
      return known;
    },

    /** The titles of these kinds that the numbers mean now. */
    async named(numbers: readonly number[], kinds: readonly NumberedKind[]): Promise<ReadonlyMap<number, MediaId>> {
      if (numbers.length === 0) return new Map();
      const { rows } = await sql<{ number: number; owner_id: number }>`
        select n.number, n.owner_id from title_number n join media m on m.id = n.owner_id
        where n.number in ${idList(kind, numbers)} and m.kind in ${textList(kind, kinds)}`.execute(db);
      const given = new Map(rows.map((row) => [row.number, row.owner_id]));
      const learnt = await holders(
        numbers.filter((number) => number < FIRST_HOUSEHOLD_NUMBER),
        kinds,
      );
      const owners = new Map([...given, ...[...learnt].flatMap(([number, [of]]) => (of === undefined ? [] : [[number, of] as const]))]);
      const now = await lasting([...new Set(owners.values())]);
      return new Map([...owners].flatMap(([number, owner]) => (now.has(owner) ? [[number, now.get(owner) as MediaId] as const] : [])));
    },
  };
}
