import { type Handle, idList, sql } from '#platform/db/index.ts';
import type { ExternalIds } from './external-ids.ts';
import { titleTablesOf } from './titles.schema.store.ts';

export type SheetRow = Readonly<{
  id: number;
  kind: string;
  title: string;
  year: number | null;
  merged_into: number | null;
  number: number | null;
  owner_id: number | null;
}>;

/** Two statements for a page of titles, whatever is shown of them. */
export function createTitleSheetStore(handle: Handle) {
  const db = titleTablesOf(handle);

  return {
    async rows(ids: readonly number[]): Promise<readonly SheetRow[]> {
      const { rows } = await sql<SheetRow>`
        select m.id, m.kind, m.title, m.year, m.merged_into, n.number, n.owner_id
        from media m left join title_number n on n.media_id = m.id where m.id in ${idList(handle.kind, ids)}`.execute(db);
      return rows;
    },

    /** Of two ids at one provider the first by its text, as everywhere. */
    async idsOf(ids: readonly number[]): Promise<ReadonlyMap<number, ExternalIds>> {
      const { rows } = await sql<{ media_id: number; provider: string; value: string }>`
        select media_id, provider, value from external_id
        where media_id in ${idList(handle.kind, ids)} and provider <> 'path'`.execute(db);
      const found = new Map<number, Record<string, string>>();
      for (const { media_id: id, provider, value } of rows) {
        const known = found.get(id);
        if (known === undefined) found.set(id, { [provider]: value });
        else if (!((known[provider] ?? value) < value)) known[provider] = value;
      }
      return found;
    },
  };
}
