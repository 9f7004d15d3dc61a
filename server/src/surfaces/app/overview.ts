import type { Connections } from '#core/connections/index.ts';
import type { Plans } from '#core/plans/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Health } from './contract.ts';
import type { ConflictDesk } from './media.routes.ts';
import type { RecordRoutesDeps } from './records.routes.ts';

export type OverviewDeps = Readonly<{
  connections: Pick<Connections, 'list'>;
  watchSync: Pick<WatchSync, 'pushStatus'>;
  jobs: Pick<JobQueue, 'stats'>;
  plans: Pick<Plans, 'list'>;
  conflicts: Pick<ConflictDesk, 'countOpen'>;
  journal: RecordRoutesDeps['journal'];
  version: string;
}>;

/** The house in numbers. Accounts, pushes and plans are those of the person where one is named; the rest is the house's. */
export type Overview = (person?: PersonId) => Promise<Health>;

export const createOverview =
  ({ connections, watchSync, jobs, plans, conflicts, journal, version }: OverviewDeps): Overview =>
  async (person) => {
    const accounts = await connections.list(person);
    const pushes = await Promise.all(accounts.map((account) => watchSync.pushStatus(account)));
    const of = (state: string): number => accounts.filter(({ health }) => health.state === state).length;
    const waiting = await plans.list({ states: ['proposed'], ...(person !== undefined && { personId: person }) }, { offset: 0, limit: 1 });
    const doubts = await journal.list({ states: ['unconfirmed'] }, 1, 1);
    const failed = pushes.reduce((sum, push) => sum + push.failed, 0);
    return {
      state: of('degraded') > 0 || failed > 0 || doubts.total > 0 ? 'degraded' : 'ok',
      version,
      accounts: { ok: of('ok'), degraded: of('degraded'), unknown: of('unknown') },
      pushes: { waiting: pushes.reduce((sum, push) => sum + push.waiting, 0), failed },
      jobs: await jobs.stats(),
      plans_waiting: waiting.total,
      conflicts_open: await conflicts.countOpen(),
      changes_in_doubt: doubts.total,
    };
  };
