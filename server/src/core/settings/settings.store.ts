import type { ActorRef } from '#core/activity/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, sql } from '#platform/db/index.ts';
import type { SettingTables } from './settings.schema.store.ts';

export type { Database } from '#platform/db/index.ts';

export type StoredChange = Readonly<{ id: number; value: string | null; at: Instant; actor: ActorRef }>;

export function createSettingsStore(handle: Handle) {
  const db = handle.tables<SettingTables>();
  return {
    async read(key: string, subject: number): Promise<string | undefined> {
      const row = await db.selectFrom('setting').select('value').where('key', '=', key).where('subject', '=', subject).executeTakeFirst();
      return row?.value;
    },

    async readAll(subject: number): Promise<ReadonlyMap<string, string>> {
      const rows = await db.selectFrom('setting').select(['key', 'value']).where('subject', '=', subject).execute();
      return new Map(rows.map((row) => [row.key, row.value]));
    },

    /** Null takes the stored value away. */
    async write(key: string, subject: number, value: string | null, actor: ActorRef, now: Instant): Promise<void> {
      if (value === null) {
        await db.deleteFrom('setting').where('key', '=', key).where('subject', '=', subject).execute();
      } else {
        await db
          .insertInto('setting')
          .values({ key, subject, value, updated_at: now })
          .onConflict((conflict) => conflict.columns(['key', 'subject']).doUpdateSet({ value, updated_at: now }))
          .execute();
      }
      await db
        .insertInto('setting_history')
        .values({ key, subject, value, at: now, actor_kind: actor.kind, actor_id: String(actor.id), actor_name: actor.name })
        .execute();
    },

    async history(
      key: string,
      subject: number,
      page: Readonly<{ offset: number; limit: number }>,
    ): Promise<Readonly<{ changes: readonly StoredChange[]; total: number }>> {
      const matching = () => db.selectFrom('setting_history').where('key', '=', key).where('subject', '=', subject);
      const rows = await matching().selectAll().orderBy('id', 'desc').offset(page.offset).limit(page.limit).execute();
      const { total } = await matching().select(sql<number>`count(*)`.as('total')).executeTakeFirstOrThrow();
      const changes = rows.map((row) => ({
        id: row.id,
        value: row.value,
        at: row.at,
        actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
      }));
      return { changes, total };
    },
  };
}
