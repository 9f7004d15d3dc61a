import { type AccountId, type CopyId, copyId, type MediaId, type PersonId } from '#kernel/ids.ts';
import type { Duration, Instant } from '#kernel/instant.ts';
import { type Handle, idList, jsonRows, sql } from '#platform/db/index.ts';
import { SMALLEST_POSITION } from './plan-push.ts';
import type { WatchSyncTables } from './watch-sync.schema.store.ts';

/** `queuedAt` rises whenever the copy is queued anew. */
export type WaitingPush = Readonly<{ copyId: CopyId; attempts: number; reason: string; queuedAt: Instant }>;
export type FailedPush = WaitingPush & Readonly<{ code: string; message: string; nextAt: Instant }>;
export type PushTarget = Readonly<{ accountId: AccountId; personId: PersonId }>;

export type PushQueue = ReturnType<typeof createPushQueue>;

/** Copies on which an account may have to be told something. A copy waits once, however often it changes meanwhile. */
export function createPushQueue(handle: Handle) {
  const db = handle.tables<WatchSyncTables>();

  /**
   * Copies that the account has shown us and whose state there is not the person's own. This reads the tables of core/media
   * and core/viewing, which own them: as one statement it stays quick over a whole library. The cross joins keep SQLite from
   * walking all that the account has shown where only a few titles are asked about.
   */
  const differing = (target: PushTarget, replay: boolean, media?: readonly MediaId[]) => sql`
    select distinct o.copy_id from ${
      media === undefined
        ? sql`observation o cross join copy_media cm cross join viewing v`
        : sql`${jsonRows(
            handle.kind,
            { media_id: 'integer' },
            media.map((id) => [id]),
          )} cross join viewing v cross join copy_media cm cross join observation o`
    } cross join copy c
    where o.account_id = ${target.accountId} and v.person_id = ${target.personId}
    ${media === undefined ? sql`` : sql`and v.media_id = given.media_id`}
    and cm.copy_id = o.copy_id and cm.media_id = v.media_id and c.id = o.copy_id and c.gone_at is null
    and ((v.watched = 1 and o.played = 0)
      or (v.watched = 0 and v.unwatched_at is not null and o.played = 1)
      or (v.position_ms >= ${SMALLEST_POSITION} and abs(v.position_ms - o.position_ms) > 1000 and (${Number(replay)} = 1 or v.watched = 0)
        and coalesce(v.position_account_id, 0) <> o.account_id))
    and not exists (select 1 from push_held h where h.account_id = o.account_id and h.copy_id = o.copy_id
      and h.until >= coalesce(v.changed_at, 0) and h.until >= coalesce(v.unwatched_at, 0) and h.until >= coalesce(v.position_at, 0))`;

  return {
    /** Queues what differs; with `media`, only among these titles. Answers how many copies wait now that did not before. */
    async enqueueDiffering(
      target: PushTarget,
      options: Readonly<{ replay: boolean; reason: string; now: Instant; media?: readonly MediaId[] }>,
    ): Promise<number> {
      if (options.media?.length === 0) return 0;
      const result = await sql`insert into push_queue (account_id, copy_id, reason, attempts, next_at, queued_at)
        select ${target.accountId}, found.copy_id, ${options.reason}, 0, ${options.now}, ${options.now}
        from (${differing(target, options.replay, options.media)}) as found where true
        on conflict (account_id, copy_id) do update set attempts = 0, next_at = excluded.next_at, error_code = null, error_message = null,
        queued_at = case when excluded.queued_at > push_queue.queued_at then excluded.queued_at else push_queue.queued_at + 1 end`.execute(
        db,
      );
      return Number(result.numAffectedRows ?? 0);
    },

    async differing(target: PushTarget, replay: boolean): Promise<readonly CopyId[]> {
      const { rows } = await sql<{ copy_id: number }>`${differing(target, replay)} order by 1`.execute(db);
      return rows.map((row) => copyId(row.copy_id));
    },

    /** Items that the account has shown us, and whose title is not in the person's history: it was identified after they were seen. */
    async copiesWithoutStanding(target: PushTarget): Promise<readonly string[]> {
      const { rows } = await sql<{ upstream_id: string }>`
        select distinct c.upstream_id from observation o cross join copy_media cm cross join copy c
        where o.account_id = ${target.accountId} and cm.copy_id = o.copy_id
        and not exists (select 1 from viewing v where v.person_id = ${target.personId} and v.media_id = cm.media_id)
        and c.id = o.copy_id and c.gone_at is null
        and not exists (select 1 from hidden_title h where h.person_id = ${target.personId} and h.media_id = cm.media_id)
        and exists (select 1 from media m where m.id = cm.media_id and m.merged_into is null)`.execute(db);
      return rows.map((row) => row.upstream_id);
    },

    async due(account: AccountId, now: Instant, limit: number): Promise<readonly WaitingPush[]> {
      const rows = await db
        .selectFrom('push_queue')
        .select(['copy_id', 'attempts', 'reason', 'queued_at'])
        .where('account_id', '=', account)
        .where('next_at', '<=', now)
        .orderBy('next_at')
        .orderBy('copy_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ copyId: copyId(row.copy_id), attempts: row.attempts, reason: row.reason, queuedAt: row.queued_at }));
    },

    /** Accounts for which something waits. */
    async accountsWaiting(): Promise<readonly AccountId[]> {
      const rows = await db.selectFrom('push_queue').select('account_id').distinct().execute();
      return rows.map((row) => row.account_id as AccountId);
    },

    /** When something of the account is due next, now or later. */
    async nextDue(account: AccountId): Promise<Instant | undefined> {
      const row = await db
        .selectFrom('push_queue')
        .select((eb) => eb.fn.min('next_at').as('at'))
        .where('account_id', '=', account)
        .executeTakeFirst();
      return row?.at ?? undefined;
    },

    async count(account: AccountId): Promise<Readonly<{ waiting: number; failed: number }>> {
      const row = await db
        .selectFrom('push_queue')
        .select((eb) => [eb.fn.countAll<number>().as('waiting'), eb.fn.count<number>('error_code').as('failed')])
        .where('account_id', '=', account)
        .executeTakeFirstOrThrow();
      return { waiting: Number(row.waiting), failed: Number(row.failed) };
    },

    /** What was queued anew since it was asked for stays, and is looked at once more. */
    async done(account: AccountId, { copyId: copy, queuedAt }: Pick<WaitingPush, 'copyId' | 'queuedAt'>): Promise<void> {
      await db
        .deleteFrom('push_queue')
        .where('account_id', '=', account)
        .where('copy_id', '=', copy)
        .where('queued_at', '=', queuedAt)
        .execute();
    },

    /** Nothing is wrong with it: it is only too early. */
    async wait(account: AccountId, copy: CopyId, nextAt: Instant): Promise<void> {
      await db.updateTable('push_queue').set({ next_at: nextAt }).where('account_id', '=', account).where('copy_id', '=', copy).execute();
    },

    async postpone(account: AccountId, copy: CopyId, fault: Readonly<{ code: string; message: string; nextAt: Instant }>): Promise<void> {
      await db
        .updateTable('push_queue')
        .set((eb) => ({ attempts: eb('attempts', '+', 1), next_at: fault.nextAt, error_code: fault.code, error_message: fault.message }))
        .where('account_id', '=', account)
        .where('copy_id', '=', copy)
        .execute();
    },

    /** The server itself is at fault: all that is due waits, each copy by how often it was tried. */
    async postponeDue(
      account: AccountId,
      now: Instant,
      fault: Readonly<{ code: string; message: string; delayOf: (tries: number) => Duration }>,
    ): Promise<void> {
      const tries = await db
        .selectFrom('push_queue')
        .select('attempts')
        .distinct()
        .where('account_id', '=', account)
        .where('next_at', '<=', now)
        .execute();
      for (const { attempts } of tries) {
        await db
          .updateTable('push_queue')
          .set({ attempts: attempts + 1, next_at: now + fault.delayOf(attempts), error_code: fault.code, error_message: fault.message })
          .where('account_id', '=', account)
          .where('next_at', '<=', now)
          .where('attempts', '=', attempts)
          .execute();
      }
    },

    /** Everything of the account is tried again now. */
    async retryAll(account: AccountId, now: Instant): Promise<void> {
      await db.updateTable('push_queue').set({ next_at: now }).where('account_id', '=', account).execute();
    },

    async failed(account: AccountId): Promise<readonly FailedPush[]> {
      const rows = await db
        .selectFrom('push_queue')
        .selectAll()
        .where('account_id', '=', account)
        .where('error_code', 'is not', null)
        .execute();
      return rows.map((row) => ({
        copyId: copyId(row.copy_id),
        attempts: row.attempts,
        reason: row.reason,
        queuedAt: row.queued_at,
        code: row.error_code ?? '',
        message: row.error_message ?? '',
        nextAt: row.next_at,
      }));
    },

    /** The account is not told of what is known of a copy's titles from until then; of what is learned later it is. */
    async hold(account: AccountId, copies: readonly Readonly<{ copyId: CopyId; until: Instant }>[]): Promise<void> {
      const rows = jsonRows(
        handle.kind,
        { copy_id: 'integer', until: 'integer' },
        copies.map((one) => [one.copyId, one.until]),
      );
      await sql`delete from push_queue where account_id = ${account} and copy_id in (select copy_id from ${rows})`.execute(db);
      await sql`insert into push_held (account_id, copy_id, until) select ${account}, copy_id, until from ${rows} where 1 = 1
        on conflict (account_id, copy_id) do update set until = excluded.until`.execute(db);
    },

    /** Copies of which the account is not told what is known of their titles. */
    async held(account: AccountId): Promise<number> {
      const row = await db
        .selectFrom('push_held')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('account_id', '=', account)
        .executeTakeFirstOrThrow();
      return Number(row.count);
    },

    /** What these accounts still have to be told of these copies. */
    async waitingOn(
      accounts: readonly AccountId[],
      copies: readonly CopyId[],
    ): Promise<readonly (WaitingPush & Readonly<{ accountId: AccountId; nextAt: Instant; fault?: string }>)[]> {
      if (copies.length === 0) return [];
      const rows = await db
        .selectFrom('push_queue')
        .selectAll()
        .where('account_id', 'in', idList(handle.kind, accounts))
        .where('copy_id', 'in', idList(handle.kind, copies))
        .execute();
      return rows.map((row) => ({
        accountId: row.account_id as AccountId,
        copyId: copyId(row.copy_id),
        attempts: row.attempts,
        reason: row.reason,
        queuedAt: row.queued_at,
        nextAt: row.next_at,
        ...(row.error_message !== null && { fault: row.error_message }),
      }));
    },

    async forget(account: AccountId): Promise<void> {
      await db.deleteFrom('push_held').where('account_id', '=', account).execute();
      await db.deleteFrom('push_queue').where('account_id', '=', account).execute();
    },
  };
}
