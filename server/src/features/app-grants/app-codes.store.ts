import { type AppId, appId, type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Handle } from '#platform/db/index.ts';
import type { AppGrantTables } from './app-grants.schema.store.ts';
import type { AppScope, Generation } from './client-app.ts';
import type { Challenge } from './pkce.ts';

/** What a person agreed to, until the app comes with the code. */
export type AgreedCode = Readonly<{
  appId: AppId;
  personId: PersonId;
  generation: Generation;
  redirect: string;
  challenge: Challenge | undefined;
  scopes: readonly AppScope[];
  approvedBy: string;
  expiresAt: Instant;
}>;

export function createAppCodeStore(handle: Handle) {
  const db = handle.tables<AppGrantTables>();
  return {
    async add(codeHash: string, code: AgreedCode): Promise<void> {
      await db
        .insertInto('app_code')
        .values({
          code_hash: codeHash,
          app_id: code.appId,
          person_id: code.personId,
          generation: code.generation,
          redirect: code.redirect,
          challenge: code.challenge?.value ?? null,
          challenge_method: code.challenge?.method ?? null,
          scopes: code.scopes.join(' '),
          approved_by: code.approvedBy,
          expires_at: code.expiresAt,
          used_at: null,
        })
        .execute();
    },
    /** The code, for the first who asks: nobody after them gets it, whatever becomes of the exchange. */
    async burn(codeHash: string, at: Instant): Promise<AgreedCode | undefined> {
      const row = await db
        .updateTable('app_code')
        .set({ used_at: at })
        .where('code_hash', '=', codeHash)
        .where('used_at', 'is', null)
        .returningAll()
        .executeTakeFirst();
      if (!row) return undefined;
      const { challenge, challenge_method: method } = row;
      return {
        appId: appId(row.app_id),
        personId: personId(row.person_id),
        generation: row.generation as Generation,
        redirect: row.redirect,
        challenge: challenge === null || method === null ? undefined : { value: challenge, method: method as Challenge['method'] },
        scopes: row.scopes.split(' ') as AppScope[],
        approvedBy: row.approved_by,
        expiresAt: row.expires_at,
      };
    },
    async forgetBefore(at: Instant): Promise<void> {
      await db.deleteFrom('app_code').where('expires_at', '<', at).execute();
    },
  };
}
