import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@fastify/type-provider-typebox';
import { type Actor, mayActAsAnyone } from '#core/access/index.ts';
import type { Account, Connections } from '#core/connections/index.ts';
import type { Plan, Plans } from '#core/plans/index.ts';
import type { Tasks } from '#features/tasks/index.ts';
import type { RunHistory, SyncRun, WatchSync } from '#features/watch-sync/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { jobId, personId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { isoOrNull } from './account.shape.ts';
import { callerOf, type PersonChoice } from './app.auth.ts';
import { Paged, PersonQuery, Problem, RunQuery, SyncRun as RunShown, SyncOverview, TextParams } from './contract.ts';
import type { ConflictDesk } from './media.routes.ts';
import { paged } from './paging.ts';
import type { RecordRoutesDeps } from './records.routes.ts';

export type SyncRoutesDeps = Readonly<{
  connections: Pick<Connections, 'list'>;
  watchSync: Pick<WatchSync, 'pushStatus' | 'leftOut'>;
  runHistory: RunHistory;
  tasks: Pick<Tasks, 'get'>;
  plans: Pick<Plans, 'list'>;
  jobs: Pick<JobQueue, 'get'>;
  conflicts: Pick<ConflictDesk, 'countOpen'>;
  journal: RecordRoutesDeps['journal'];
}>;

const tags = ['sync'];
const PLANS_LOOKED_AT = 100;

type NameOf = (id: number | undefined) => string | null;

const runShape = (run: SyncRun, nameOf: NameOf): RunShown => ({
  id: run.id,
  kind: run.kind,
  person: nameOf(run.personId),
  account: run.account ?? null,
  by: run.by,
  status: run.status,
  progress: run.progress ? { done: run.progress.done, total: run.progress.total ?? null, text: run.progress.text ?? null } : null,
  created_at: toIso(run.createdAt),
  started_at: isoOrNull(run.startedAt),
  finished_at: isoOrNull(run.finishedAt),
  took_ms: run.startedAt === undefined || run.finishedAt === undefined ? null : run.finishedAt - run.startedAt,
  counts: Object.fromEntries(Object.entries(run.counts).map(([name, counts]) => [name, { ...counts }])),
  error: run.error ? { ...run.error } : null,
  plan: run.plan ? { ...run.plan, outcome: run.plan.outcome ?? null } : null,
});

/** How a run of everybody went is told with what it counted to those who see everybody. */
const hidden = (run: SyncRun): SyncRun => ({
  ...run,
  progress: run.progress && { ...run.progress, text: undefined },
  counts: {},
  error: undefined,
  plan: undefined,
});

/** How watched state is kept in agreement: each account with its last run and its next, and what has run. */
export const syncRoutes =
  (deps: SyncRoutesDeps & Readonly<{ choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { connections, watchSync, runHistory, tasks, plans, choice } = deps;

    const next = async (name: string) => {
      const { enabled, nextRun } = await tasks.get(name);
      return { enabled, at: isoOrNull(nextRun) };
    };

    const namesIt = ({ summary }: Plan, { id, name }: Account): boolean =>
      summary.accountId === id || (Array.isArray(summary.backends) && summary.backends.includes(name));

    async function accountOf(account: Account, open: readonly Plan[], actor: Actor, nameOf: NameOf) {
      const scope = { account: { name: account.name, people: [account.personId] } };
      const shown = (run: SyncRun): RunShown => runShape(run.personId === undefined && !mayActAsAnyone(actor) ? hidden(run) : run, nameOf);
      const { runs: over } = await runHistory.list({ ...scope, statuses: ['completed', 'failed', 'cancelled'] }, 1, 1);
      const { runs: now } = await runHistory.list({ ...scope, statuses: ['running', 'pending'] }, 1, 1);
      const plan = open.find((one) => one.personId === account.personId && namesIt(one, account));
      const [last, running] = [over[0], now[0]];
      const { server, health } = account;
      return {
        id: account.id,
        name: account.name,
        person: nameOf(account.personId) ?? '',
        type: server.type,
        server: server.name,
        consent: account.consent,
        import: account.importEnabled,
        export: account.exportEnabled,
        health: health.state,
        fault: health.state === 'degraded' && health.lastError ? { ...health.lastError, at: toIso(health.lastError.at) } : null,
        last_import: isoOrNull(account.importLastSync),
        last_export: isoOrNull(account.exportLastSync),
        ...(await watchSync.pushStatus(account)),
        left_out: await watchSync.leftOut(account),
        last_run: last ? shown(last) : null,
        running: running ? shown(running) : null,
        plan: plan ? { id: plan.id, title: plan.title, reason: plan.reason, created_at: toIso(plan.createdAt) } : null,
      };
    }

    app.get(
      '/sync',
      {
        schema: {
          operationId: 'app.getSync',
          summary: 'Each account: its last run, its next, and the plan that waits for an answer',
          tags,
          querystring: Type.Object(PersonQuery),
          response: { 200: SyncOverview, '4xx': Problem },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        const person = await choice.whose(actor, request.query.person);
        const nameOf = await choice.names();
        const page = { offset: 0, limit: PLANS_LOOKED_AT };
        const { plans: open } = await plans.list({ states: ['proposed'], ...(person !== undefined && { personId: person }) }, page);
        const accounts = [];
        for (const account of await connections.list(person)) accounts.push(await accountOf(account, open, actor, nameOf));
        return {
          next: { import: await next('import'), export: await next('export') },
          accounts,
          conflicts_open: await deps.conflicts.countOpen(),
          changes_in_doubt: (await deps.journal.list({ states: ['unconfirmed'] }, 1, 1)).total,
        };
      },
    );

    app.get(
      '/sync/runs',
      {
        schema: {
          operationId: 'app.listRuns',
          summary: 'What has run, newest first',
          tags,
          querystring: RunQuery,
          response: { 200: Paged(RunShown), '4xx': Problem },
        },
      },
      async (request) => {
        const { query } = request;
        const person = await choice.whose(callerOf(request), query.person);
        const people = (await connections.list(person)).flatMap(({ name, personId: owner }) => (name === query.account ? [owner] : []));
        const filter = {
          ...(person !== undefined && { person }),
          ...(query.account !== undefined && { account: { name: query.account, people } }),
          ...(query.status && { statuses: query.status }),
        };
        const { runs, total } = await runHistory.list(filter, query.page, query.per_page);
        const nameOf = await choice.names();
        return paged(
          runs.map((run) => runShape(run, nameOf)),
          total,
          query,
        );
      },
    );

    app.get(
      '/sync/runs/:id',
      {
        schema: {
          operationId: 'app.getRun',
          summary: 'One run',
          tags,
          params: TextParams,
          response: { 200: RunShown, '4xx': Problem },
        },
      },
      async (request) => {
        const job = await deps.jobs.get(jobId(request.params.id));
        choice.mine(callerOf(request), job.person === undefined ? undefined : personId(job.person));
        const run = await runHistory.of(job);
        if (!run) throw new AppError('not-found', `Job ${job.id} is no run of the sync.`);
        return runShape(run, await choice.names());
      },
    );
  };
