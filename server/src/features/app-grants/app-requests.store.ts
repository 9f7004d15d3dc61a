import type { Instant } from '#kernel/instant.ts';
import type { AppGrantTables } from './app-grants.schema.store.ts';
import type { Handle } from './apps.store.ts';
import type { CodeWish } from './code-flow.ts';

/** What an app asked a browser to ask, and what it is to be told with the answer. */
export type AppRequest = Readonly<{ wish: CodeWish; state?: string | undefined; issuer?: string | undefined }>;
export type WaitingRequest = AppRequest & Readonly<{ expiresAt: Instant }>;

export function createAppRequestStore(handle: Handle) {
  const db = handle.tables<AppGrantTables>();
  const read = (row: { request: string; expires_at: number }): WaitingRequest => ({
    ...(JSON.parse(row.request) as AppRequest),
    expiresAt: row.expires_at,
  });
  return {
    async add(idHash: string, request: AppRequest, expiresAt: Instant): Promise<void> {
      await db
        .insertInto('app_request')
        .values({ id_hash: idHash, request: JSON.stringify(request), expires_at: expiresAt })
        .execute();
    },
    async waiting(idHash: string, now: Instant): Promise<WaitingRequest | undefined> {
      const row = await db
        .selectFrom('app_request')
        .selectAll()
        .where('id_hash', '=', idHash)
        .where('expires_at', '>', now)
        .executeTakeFirst();
      return row && read(row);
    },
    /** For the first who takes it; for others it is not there any more. */
    async take(idHash: string, now: Instant): Promise<WaitingRequest | undefined> {
      const row = await db
        .deleteFrom('app_request')
        .where('id_hash', '=', idHash)
        .where('expires_at', '>', now)
        .returningAll()
        .executeTakeFirst();
      return row && read(row);
    },
    async count(): Promise<number> {
      const row = await db
        .selectFrom('app_request')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .executeTakeFirst();
      return Number(row?.count ?? 0);
    },
    async forgetBefore(at: Instant): Promise<void> {
      await db.deleteFrom('app_request').where('expires_at', '<=', at).execute();
    },
  };
}
