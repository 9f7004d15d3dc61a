import type { Instant } from '#kernel/instant.ts';
import { sql } from '#platform/db/index.ts';
import type { CustomIdTables } from './custom-ids.schema.store.ts';
import { createDescribeStore } from './describe.store.ts';
import type { Handle, MediaTables } from './media.schema.store.ts';
import { lockGraph } from './media.store.ts';
import type { CustomProvider, IdLink } from './own-ids.ts';

export type { Database, Handle } from '#platform/db/index.ts';

export type CustomIdStore = ReturnType<typeof createCustomIdStore>;

/** What a household has added to the providers of ids. On the handle given; writers are inside a transaction. */
export function createCustomIdStore(handle: Handle) {
  const db = handle.tables<CustomIdTables & Pick<MediaTables, 'external_id' | 'media'>>();

  async function providers(): Promise<readonly CustomProvider[]> {
    const rows = await db.selectFrom('custom_provider').selectAll().orderBy('created_at').orderBy('name').execute();
    return rows.map(({ tests, created_at: _, ...row }) => ({
      ...row,
      ...(JSON.parse(tests) as Pick<CustomProvider, 'valid' | 'invalid'>),
    }));
  }

  async function links(): Promise<readonly IdLink[]> {
    const rows = await db.selectFrom('custom_link').selectAll().orderBy('position').execute();
    return rows.map((row) => ({
      id: row.id,
      type: row.type,
      from: row.source,
      to: row.provider,
      ...(row.legacy !== null && { legacy: row.legacy === 1 }),
      ...(row.replace_from !== null && { replace: { from: row.replace_from, to: row.replace_to ?? '' } }),
    }));
  }

  return {
    providers,
    links,

    async addProvider({ valid, invalid, ...provider }: CustomProvider, now: Instant): Promise<void> {
      await db
        .insertInto('custom_provider')
        .values({ ...provider, tests: JSON.stringify({ valid, invalid }), created_at: now })
        .execute();
    },

    async addLink({ id, type, from, to, legacy, replace }: IdLink, now: Instant): Promise<void> {
      const { position } = await db
        .selectFrom('custom_link')
        .select(sql<number>`coalesce(max(position), 0) + 1`.as('position'))
        .executeTakeFirstOrThrow();
      await db
        .insertInto('custom_link')
        .values({
          id,
          type,
          source: from,
          provider: to,
          legacy: legacy === undefined ? null : Number(legacy),
          replace_from: replace?.from ?? null,
          replace_to: replace?.to ?? null,
          created_at: now,
          position,
        })
        .execute();
    },

    async removeLink(id: string): Promise<void> {
      await db.deleteFrom('custom_link').where('id', '=', id).execute();
    },

    /** Its definition, its links, and all ids that titles have of it, which wait under the bin's entry; answers how many those are. */
    async takeProvider(name: string, bin: number): Promise<number> {
      await lockGraph(handle);
      const { numAffectedRows } = await sql`
        insert into custom_id_binned (bin_id, kind, provider, value, media_id)
        select ${bin}, kind, provider, value, media_id from external_id where provider = ${name}`.execute(db);
      await db.deleteFrom('external_id').where('provider', '=', name).execute();
      await db.deleteFrom('custom_link').where('provider', '=', name).execute();
      await db.deleteFrom('custom_provider').where('name', '=', name).execute();
      return Number(numAffectedRows ?? 0);
    },

    /** Titles that became another since have their ids there. What was learned again meanwhile stays. */
    async putBackIds(bin: number): Promise<void> {
      await lockGraph(handle);
      const merged = await sql<{ media_id: number }>`
        select distinct b.media_id from custom_id_binned b join media m on m.id = b.media_id
        where b.bin_id = ${bin} and m.merged_into is not null`.execute(db);
      const places = await createDescribeStore(handle).lasting(merged.rows.map((row) => row.media_id));
      for (const [from, into] of places)
        await db.updateTable('custom_id_binned').set({ media_id: into }).where('bin_id', '=', bin).where('media_id', '=', from).execute();
      await sql`
        insert into external_id (kind, provider, value, media_id)
        select b.kind, b.provider, b.value, b.media_id from custom_id_binned b join media m on m.id = b.media_id
        where b.bin_id = ${bin} on conflict do nothing`.execute(db);
      await db.deleteFrom('custom_id_binned').where('bin_id', '=', bin).execute();
    },
  };
}
