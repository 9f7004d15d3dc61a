import type { Account, Connections } from '#core/connections/index.ts';
import type { Publish } from '#core/events.ts';
import type { Copy, MatchOptions } from '#core/media/index.ts';
import type { Plans } from '#core/plans/index.ts';
import type { MediaServerDriver } from '#core/upstreams/index.ts';
import { accountId, type MediaId, type PersonId } from '#kernel/ids.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Journal } from '#platform/journal/index.ts';
import { createFirstSync, type FirstSync } from './first-sync.ts';
import { PATIENCE } from './import-account.ts';
import { createHandMarks, type HandMarks } from './mark-by-hand.ts';
import { createPageMemory } from './page-memory.ts';
import { CALL_DEADLINE, pushAccount } from './push-account.ts';
import { createWebhookReceiver, type OwedRead, type WebhookReceiver } from './receive-webhook.ts';
import { type ShownMarks, showMarks } from './show-marks.ts';
import { createStoppedRuns, type StoppedRuns } from './stopped-runs.ts';
import type { Alongside } from './sync-parts.ts';
import { createSyncRuns, type SyncRuns } from './sync-runs.ts';
import { type TitleTellings, tellingsOf } from './told-of-titles.ts';
import { createWatchSyncStore, type Database, type Handle, type SyncStores } from './watch-sync.store.ts';

/** Names under which the work of this feature stands in the queue; the first two are those that WatchState's users know. */
export const PUSH_JOB = 'on_push';
export const WEBHOOK_JOB = 'on_webhook';
/** Reads the accounts that wait and proposes their first plan; its payload is `{ personId }`, its result `{ planId }`. */
export const PROPOSE_JOB = 'plan:propose';
const WEBHOOK_TRIES = 8;

export type WatchSyncDeps = Readonly<{
  database: Database;
  clock: Clock;
  /** Hears of what changed in histories, in the transactions of the changes. */
  publish?: Publish<Handle>;
  connections: Connections;
  drivers: Readonly<Record<string, MediaServerDriver>>;
  plans: Plans;
  jobs: JobQueue;
  journal: Journal;
  /** How titles are recognised, as the household chose. By ids and numbers alone unless told. */
  matching: () => MatchOptions;
  alongside?: Alongside;
  /** Whether positions of watched titles travel. */
  replay(): Promise<boolean>;
  /** A server that brings nothing for so long is given up for the run. Default two minutes. */
  patienceMs?: Duration;
  /** A change on another server that is not answered within this is in doubt, and looked at later. Default 30 s. */
  callDeadlineMs?: Duration;
}>;

export type ForgottenAccount = Readonly<{ references: number; records: number }>;

export type PushStatus = Readonly<{ waiting: number; failed: number }>;

export type WatchSync = Readonly<{
  /** What a server's event taught; see WebhookOutcome for what to answer. */
  receiveWebhook: WebhookReceiver['receive'];
  /** The two runs that schedules and people ask for. */
  runImport: SyncRuns['runImport'];
  runExport: SyncRuns['runExport'];
  /** A person's own word on a title. */
  markByHand: HandMarks['mark'];
  markManyByHand: HandMarks['markMany'];
  /** What that would change, here and on each place, by what is known of them. Nothing is changed. */
  showMarks(person: PersonId, media: readonly MediaId[], watched: boolean): Promise<ShownMarks>;
  /** What accounts were told of copies, and what they still have to be. */
  tellingsOf(accounts: readonly Account[], copies: readonly Copy[]): Promise<TitleTellings>;
  /** Takes a title out of a person's history, into the bin, and back. */
  removeFromHistory: HandMarks['remove'];
  restoreToHistory: HandMarks['restore'];
  /** What would change if the accounts that wait were taken in. */
  proposeFirstSync: FirstSync['propose'];
  /** Carries an approved plan out, whichever of ours it is; `plan.decided` asks for it. */
  settlePlan(planId: string, run: Parameters<FirstSync['settle']>[1]): Promise<void>;
  /** Queues what an account may have to be told about these titles, and starts telling. */
  tell(person: PersonId, media: readonly MediaId[], reason: string): Promise<void>;
  /** The same for all titles, of one person or of everybody: for what moves many at once, such as a settled conflict. */
  tellAll(reason: string, person?: PersonId): Promise<void>;
  /** The titles that items of the account's server stand for, by the item's id there; items that are not known are missing. */
  titlesOf(account: Pick<Account, 'server'>, upstreamIds: readonly string[]): Promise<ReadonlyMap<string, readonly MediaId[]>>;
  pushStatus(account: Pick<Account, 'id'>): Promise<PushStatus>;
  /** How many copies were left out of a plan, and are not told until something new is known of them. */
  leftOut(account: Pick<Account, 'id'>): Promise<number>;
  /** Everything that waits for an account is tried again now. */
  retryPushes(account: Account): Promise<void>;
  /**
   * Forgets what an account that goes had said, within the transaction given where there is one. `references` counts the copies
   * that it had spoken of, `records` the titles that leave the history with it: those that no other account of the person shows
   * and of which nothing was ever watched. What was watched stays, with all its plays.
   */
  forgetAccount(account: Pick<Account, 'id' | 'personId'>, handle?: Handle): Promise<ForgottenAccount>;
  /** Registers what this feature does in the queue. */
  registerJobs(): void;
  /** Takes up what an earlier process left waiting. */
  resume(): Promise<void>;
}>;

/** Watched state, plays and positions of a person, in agreement on all their media servers. */
export function createWatchSync(deps: WatchSyncDeps): WatchSync {
  const store = createWatchSyncStore(deps);
  const { connections, jobs, clock } = deps;

  const targetsFor = async (person: PersonId): Promise<readonly Account[]> =>
    (await connections.list(person)).filter((account) => account.exportEnabled && account.consent === 'given');

  async function pushSoon(targets: readonly Account[]): Promise<void> {
    for (const target of targets) {
      const dueAt = await store.read.queue.nextDue(target.id);
      if (dueAt === undefined) continue;
      await jobs.enqueue({
        name: PUSH_JOB,
        lane: `push:${target.server.id}`,
        person: target.personId,
        reference: `push:${target.id}`,
        payload: { accountId: target.id, backend: target.name },
        ...(dueAt > clock.now() && { runAt: dueAt }),
      });
    }
  }

  async function tell(person: PersonId, media: readonly MediaId[], reason: string): Promise<void> {
    const targets = await targetsFor(person);
    const replay = await deps.replay();
    for (const target of targets) {
      await store.read.queue.enqueueDiffering({ accountId: target.id, personId: person }, { replay, reason, now: clock.now(), media });
    }
    await pushSoon(targets);
  }

  async function tellAll(reason: string, person?: PersonId): Promise<void> {
    const targets = (await connections.list(person)).filter((account) => account.exportEnabled && account.consent === 'given');
    const replay = await deps.replay();
    for (const { id, personId } of targets) {
      await store.read.queue.enqueueDiffering({ accountId: id, personId }, { replay, reason, now: clock.now() });
    }
    await pushSoon(targets);
  }

  const sync = {
    ...deps,
    store,
    pages: createPageMemory(deps.matching),
    patienceMs: deps.patienceMs ?? PATIENCE,
    callDeadlineMs: deps.callDeadlineMs ?? CALL_DEADLINE,
    targetsFor,
    pushSoon,
  };
  const stopped: StoppedRuns = createStoppedRuns(sync);
  const runs: SyncRuns = createSyncRuns({ ...sync, stopped });
  const firstSync: FirstSync = createFirstSync({ ...sync, runs });
  const hand: HandMarks = createHandMarks({ ...sync, tell });
  const webhooks = createWebhookReceiver({
    ...deps,
    store,
    targetsOf: (account) => targetsFor(account.personId),
    pushSoon,
    async oweRead(read) {
      await jobs.enqueue({
        name: WEBHOOK_JOB,
        lane: 'hooks',
        payload: read,
        maxAttempts: WEBHOOK_TRIES,
        reference: `webhook:${read.accountId}:${String(read.upstreamId ?? read.guid ?? '')}`,
      });
    },
  });

  return {
    receiveWebhook: webhooks.receive,
    runImport: runs.runImport,
    runExport: runs.runExport,
    markByHand: hand.mark,
    markManyByHand: hand.markMany,
    showMarks: (person, media, watched) => showMarks(sync, person, media, watched),
    tellingsOf: (accounts, copies) => tellingsOf(sync, accounts, copies),
    removeFromHistory: hand.remove,
    restoreToHistory: hand.restore,
    proposeFirstSync: firstSync.propose,
    async settlePlan(planId, run) {
      if (!(await stopped.settle(planId, run))) await firstSync.settle(planId, run);
    },
    tell,
    tellAll,
    async titlesOf(account, upstreamIds) {
      const copies = await store.read.media.copiesOnServer(account.server.id, upstreamIds);
      return new Map(copies.map((copy) => [copy.upstreamId, copy.mediaIds]));
    },
    pushStatus: (account) => store.read.queue.count(account.id),
    leftOut: (account) => store.read.queue.held(account.id),
    async retryPushes(account) {
      await store.read.queue.retryAll(account.id, clock.now());
      await pushSoon([account]);
    },
    async forgetAccount(account, handle) {
      const forget = async ({ viewing, unshown, queue }: SyncStores): Promise<ForgottenAccount> => {
        await queue.forget(account.id);
        const records = await unshown.dropWith(account.personId, account.id);
        return { references: await viewing.forgetAccount(account.id), records };
      };
      return handle === undefined ? store.transaction(forget) : forget(store.within(handle));
    },
    registerJobs() {
      jobs.handle(PUSH_JOB, async (job, context) => {
        const account = await connections.byId(accountId(Number(job.payload.accountId)));
        const targets = await targetsFor(account.personId);
        if (!targets.some((target) => target.id === account.id)) return { skipped: 'export is off' };
        const run = { account, targets, replay: await deps.replay(), signal: context.signal, log: context.log, progress: context.progress };
        try {
          return { ...(await pushAccount(sync, run)) };
        } finally {
          await pushSoon(targets);
        }
      });
      jobs.handle(WEBHOOK_JOB, async (job, context) => ({ ...(await webhooks.readOwed(job.payload as OwedRead, context.signal)) }));
    },
    async resume() {
      const waiting = new Set(await store.read.queue.accountsWaiting());
      await pushSoon((await connections.list()).filter((account) => waiting.has(account.id)));
    },
  };
}
