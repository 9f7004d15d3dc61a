import type { MediaId } from '#kernel/ids.ts';
import { createDescribeStore } from './describe.store.ts';
import { type ExternalIds, FIRST_HOUSEHOLD_NUMBER } from './external-ids.ts';
import { createTitleNumbers } from './title-numbers.ts';
import { createTitleSheetStore, type SheetRow } from './title-sheets.store.ts';
import type { Database } from './titles.schema.store.ts';

/** What every list of titles shows of one, and the number by which apps know it. `id` is what the id that was asked for has become. */
export type TitleSheet = Readonly<{
  id: MediaId;
  kind: string;
  title: string;
  year?: number;
  ids: ExternalIds;
  number: number;
}>;

/**
 * Movies and shows as lists show them, by the id asked for: as `describe` and the numbers tell it, in two statements for as many titles as you
 * like. Unknown ids are left out.
 */
export function createTitleSheets({ database }: Readonly<{ database: Database }>) {
  const store = createTitleSheetStore(database);
  const numbers = createTitleNumbers({ database });

  /** Those that became another title are few: they are asked for one by one, by whoever knows what they have become. */
  async function moved(rows: readonly SheetRow[]): Promise<readonly (readonly [MediaId, TitleSheet])[]> {
    const ids = rows.filter((row) => row.merged_into !== null).map((row) => row.id as MediaId);
    if (ids.length === 0) return [];
    const media = await createDescribeStore(database).describe(ids);
    const given = await numbers.numbersOf(ids);
    return ids.flatMap((asked) => {
      const [medium, number] = [media.get(asked), given.get(asked)];
      if (medium === undefined || number === undefined) return [];
      const { id, kind, title, year, ids: known } = medium;
      return [[asked, { id, kind, title, ...(year !== undefined && { year }), ids: known, number }] as const];
    });
  }

  return {
    async of(asked: readonly MediaId[]): Promise<ReadonlyMap<MediaId, TitleSheet>> {
      if (asked.length === 0) return new Map();
      const rows = await store.rows(asked);
      const ids = await store.idsOf(asked);
      const isSettled = (row: SheetRow): boolean => row.number !== null && isTheirs(row, row.number, ids.get(row.id));
      const open = rows.filter((row) => row.merged_into === null && !isSettled(row)).map((row) => row.id as MediaId);
      const given = open.length === 0 ? new Map<MediaId, number>() : await numbers.numbersOf(open);
      const found = new Map(await moved(rows));
      for (const row of rows) {
        const id = row.id as MediaId;
        const number = given.get(id) ?? row.number;
        if (row.merged_into !== null || number === null) continue;
        const sheet = { id, kind: row.kind, title: row.title, ids: ids.get(id) ?? {}, number };
        found.set(id, row.year === null ? sheet : { ...sheet, year: row.year });
      }
      return found;
    },
  };
}

/** A number that nobody else can have got meanwhile: one that was made for this title, or the Simkl id that it has itself. */
function isTheirs({ id, owner_id: owner }: SheetRow, number: number, ids: ExternalIds | undefined): boolean {
  return number < FIRST_HOUSEHOLD_NUMBER ? ids?.simkl === String(number) : owner === id;
}
