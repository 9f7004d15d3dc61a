import { type AppId, appId, type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Handle, Selectable } from '#platform/db/index.ts';
import type { AppAskRow, AppGrantTables } from './app-grants.schema.store.ts';
import type { AppScope } from './client-app.ts';

/** An app on a device without a browser, which shows a short code and waits until somebody has typed it elsewhere. */
export type Ask = Readonly<{
  id: number;
  flow: 'pin' | 'device';
  clientId: string;
  appName: string;
  redirect: string | undefined;
  scopes: readonly AppScope[];
  state: 'waiting' | 'approved' | 'refused';
  appId: AppId | undefined;
  personId: PersonId | undefined;
  approvedBy: string;
  intervalSeconds: number;
  polledAt: Instant | undefined;
  expiresAt: Instant;
}>;

export type NewAsk = Readonly<{
  flow: Ask['flow'];
  userCodeHash: string;
  deviceCodeHash?: string | undefined;
  clientId: string;
  appName: string;
  redirect?: string | undefined;
  scopes: readonly AppScope[];
  intervalSeconds: number;
  at: Instant;
  expiresAt: Instant;
}>;

const askOf = (row: Selectable<AppAskRow>): Ask => ({
  id: row.id,
  flow: row.flow as Ask['flow'],
  clientId: row.client_id,
  appName: row.app_name,
  redirect: row.redirect ?? undefined,
  scopes: row.scopes.split(' ') as AppScope[],
  state: row.state as Ask['state'],
  appId: row.app_id === null ? undefined : appId(row.app_id),
  personId: row.person_id === null ? undefined : personId(row.person_id),
  approvedBy: row.approved_by ?? '',
  intervalSeconds: row.interval_seconds,
  polledAt: row.polled_at ?? undefined,
  expiresAt: row.expires_at,
});

export function createAppAskStore(handle: Handle) {
  const db = handle.tables<AppGrantTables>();
  return {
    /** False where that short code is taken just now. */
    async add(ask: NewAsk): Promise<boolean> {
      const row = await db
        .insertInto('app_ask')
        .values({
          flow: ask.flow,
          user_code_hash: ask.userCodeHash,
          device_code_hash: ask.deviceCodeHash ?? null,
          client_id: ask.clientId,
          app_name: ask.appName,
          redirect: ask.redirect ?? null,
          scopes: ask.scopes.join(' '),
          state: 'waiting',
          app_id: null,
          person_id: null,
          approved_by: null,
          interval_seconds: ask.intervalSeconds,
          polled_at: null,
          created_at: ask.at,
          expires_at: ask.expiresAt,
        })
        .onConflict((conflict) => conflict.column('user_code_hash').doNothing())
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async byUserCode(hash: string): Promise<Ask | undefined> {
      const row = await db.selectFrom('app_ask').selectAll().where('user_code_hash', '=', hash).executeTakeFirst();
      return row && askOf(row);
    },
    async byDeviceCode(hash: string): Promise<Ask | undefined> {
      const row = await db.selectFrom('app_ask').selectAll().where('device_code_hash', '=', hash).executeTakeFirst();
      return row && askOf(row);
    },
    /** How many still wait, whoever asked. */
    async waiting(at: Instant): Promise<number> {
      const row = await db
        .selectFrom('app_ask')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('expires_at', '>', at)
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    },
    /** False where it was answered already. */
    async answer(
      id: number,
      answer: Readonly<{ state: 'approved'; appId: AppId; personId: PersonId; approvedBy: string } | { state: 'refused' }>,
    ): Promise<boolean> {
      const agreed = answer.state === 'approved' ? answer : undefined;
      const row = await db
        .updateTable('app_ask')
        .set({
          state: answer.state,
          app_id: agreed?.appId ?? null,
          person_id: agreed?.personId ?? null,
          approved_by: agreed?.approvedBy ?? null,
        })
        .where('id', '=', id)
        .where('state', '=', 'waiting')
        .returning('id')
        .executeTakeFirst();
      return row !== undefined;
    },
    async polled(id: number, at: Instant, intervalSeconds: number): Promise<void> {
      await db.updateTable('app_ask').set({ polled_at: at, interval_seconds: intervalSeconds }).where('id', '=', id).execute();
    },
    /** True for the first who takes it away. */
    async take(id: number): Promise<boolean> {
      return (await db.deleteFrom('app_ask').where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;
    },
    async forgetBefore(at: Instant): Promise<void> {
      await db.deleteFrom('app_ask').where('expires_at', '<', at).execute();
    },
  };
}
