import type { Plans } from '#core/plans/index.ts';
import type { Desks, Requests } from '#core/requests/index.ts';
import type { Settings } from '#core/settings/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type Clock, type Duration, seconds } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Journal } from '#platform/journal/index.ts';
import { createCycles } from './cycle.ts';
import { settleDeletionPlan } from './deletion-plans.ts';
import { type Drift, driftOf } from './drift.ts';
import { importDumbState, type StateImport } from './import-dumb-state.ts';
import { type Preview, previewCycle } from './preview.ts';
import { createReplicationStores, type Database } from './replication.store.ts';
import { type ConfigVerbs, createConfigVerbs } from './replication-config.ts';
import { createReplicationJobs } from './replication-jobs.ts';
import type { ReplicationParts, RunContext } from './replication-parts.ts';
import { readConfig } from './replication-settings.ts';
import { createReports, type Reports } from './reports.ts';

export type RequestReplicationDeps = Readonly<{
  database: Database;
  clock: Clock;
  desks: Desks;
  requests: Requests;
  settings: Settings;
  plans: Plans;
  jobs: JobQueue;
  journal: Journal;
  /** What is not answered within this is a fault, and a change in doubt. Default 30 s. */
  callDeadlineMs?: Duration;
}>;

export type WebhookAnswer = Readonly<{ accepted: true; request: number } | { accepted: false; reason: string }>;

export type RetryWish = Readonly<{
  /** As in the reports: all requests that share it. */
  fingerprint?: string | undefined;
  /** By its label. */
  subordinate?: string | undefined;
}>;

export type RequestReplication = Reports &
  Readonly<{
    config: ConfigVerbs;
    /** One round over all desks, now and here. Only one may run at a time: ask for one by `wake`. Throws the primary's fault, and `misconfigured`. */
    runCycle(context: RunContext): Promise<JsonObject>;
    /** What the next cycle would do, on all subordinates or the one of that label. */
    preview(context: RunContext, subordinate?: string): Promise<Preview>;
    drift(subordinate: string, context: RunContext): Promise<Drift>;
    /** A cycle as soon as may be. */
    wake(): Promise<void>;
    /** Takes up what an earlier process left waiting; to be called at the start, and now and then. */
    resume(): Promise<void>;
    /**
     * What was tried in vain, and what nobody could tell, is tried again now. Answers how many requests that were, one on two subordinates being two. Throws
     * `not-found` for a subordinate that there is not.
     */
    retry(wish?: RetryWish): Promise<number>;
    /** An event of the primary, with the Authorization header that it came with. Throws `unauthenticated`. */
    receiveWebhook(event: Readonly<{ authorization: string | undefined; body: unknown }>): Promise<WebhookAnswer>;
    /**
     * Has the primary post its events to this address. Throws the primary's fault, `misconfigured` where there is none, and `conflict` where it posts to
     * somebody else's address, unless `replace` says that this is meant. `newToken`: the former one is worth nothing from then on.
     */
    setUpWebhook(hook: Readonly<{ url: string; replace?: boolean; newToken?: boolean }>, signal: AbortSignal): Promise<void>;
    /** Everything that is known of the primary's requests is forgotten, and read anew; nothing is changed on any desk. For a primary that was set up anew. */
    startAnew(): Promise<void>;
    /** See importDumbState. */
    importState(file: unknown, context: RunContext, how?: Readonly<{ dryRun?: boolean }>): Promise<StateImport>;
    /** Takes the answer to a question about deletions down; false where the plan is not ours. */
    settlePlan(planId: string): Promise<boolean>;
    registerJobs(): void;
  }>;

const CALL_DEADLINE: Duration = seconds(30);

/** What is asked for on the primary is asked for on the subordinates. */
export function createRequestReplication(deps: RequestReplicationDeps): RequestReplication {
  const { database, clock, desks, requests, settings, plans, journal, jobs } = deps;
  const stores = createReplicationStores(database);
  const config = () => readConfig(settings);
  const parts: ReplicationParts = {
    stores,
    desks,
    requests,
    plans,
    journal,
    clock,
    config,
    callDeadlineMs: deps.callDeadlineMs ?? CALL_DEADLINE,
  };
  const cycles = createCycles(parts);
  const runs = createReplicationJobs({ jobs, desks, clock, cycles, parts });

  async function primaryDesk() {
    const primary = (await desks.list()).find((desk) => desk.role === 'primary');
    if (primary) return primary;
    throw new AppError('misconfigured', 'No request desk is the primary. Give one of them that role.');
  }

  async function retry({ fingerprint, subordinate }: RetryWish = {}): Promise<number> {
    const desk = subordinate === undefined ? undefined : await desks.byLabel(subordinate);
    if (subordinate !== undefined && desk === undefined) throw new AppError('not-found', `There is no subordinate "${subordinate}".`);
    const of = fingerprint === undefined ? undefined : await sharing(fingerprint);
    const cleared = await stores.transaction(async (store) => {
      await store.raise();
      return store.clearFailures({ ...(desk && { deskId: desk.id }), ...(of && { requests: of }) });
    });
    for (const one of desk ? [desk] : await desks.list()) if (one.health.faultsInARow > 0) await desks.forgetFaults(one.id);
    await runs.wake();
    return cleared;
  }

  async function sharing(fingerprint: string) {
    const [, kind, tmdbId, is4k] = /^(movie|tv):(\d{1,15}):(True|False)$/.exec(fingerprint) ?? [];
    if (kind === undefined) return [];
    const known = await requests.ofTitle({ kind: kind as 'movie' | 'tv', tmdbId: Number(tmdbId) });
    return known.filter((request) => request.is4k === (is4k === 'True')).map((request) => request.id);
  }

  return {
    ...createReports({ stores, desks, requests, config }),
    config: createConfigVerbs({ settings, desks }),
    runCycle: cycles.run,
    preview: (context, subordinate) => previewCycle(parts, context, subordinate),
    drift: (subordinate, context) => driftOf(parts, subordinate, context),
    wake: runs.wake,
    resume: runs.resume,
    retry,

    async receiveWebhook({ authorization, body }) {
      const desk = authorization === undefined ? undefined : await desks.byWebhookToken(authorization.replace(/^Bearer +/i, '').trim());
      if (desk === undefined) throw new AppError('unauthenticated', 'The event carries no token that a request desk has.');
      if (desk.role !== 'primary') return { accepted: false, reason: 'events are heard of the primary only' };
      const request = desks.requestOfWebhook(desk, body);
      if (request === undefined) return { accepted: false, reason: 'the event speaks of no request' };
      await runs.poke(request, desks.titleOfWebhook(desk, body));
      return { accepted: true, request };
    },

    async setUpWebhook({ newToken = false, ...hook }, signal) {
      const primary = await primaryDesk();
      const authorization = newToken ? await desks.rotateWebhookToken(primary.id) : await desks.webhookTokenOf(primary);
      await (await desks.connect(primary)).setWebhook({ ...hook, authorization }, { signal });
    },

    async startAnew() {
      const primary = await primaryDesk();
      await requests.forget(primary.id);
      await stores.read.raise();
      await runs.wake();
    },

    async importState(file, context, how) {
      const imported = await importDumbState(parts, file, context, how);
      if (how?.dryRun !== true) await runs.wake();
      return imported;
    },

    async settlePlan(planId) {
      const isOurs = await settleDeletionPlan(parts, planId);
      if (isOurs) await runs.wake();
      return isOurs;
    },
    registerJobs: runs.register,
  };
}
