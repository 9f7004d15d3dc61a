import type { Activity } from '#core/activity/index.ts';
import type { Plan, Plans } from '#core/plans/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { Job, JobFault, JobProgress, JobQueue, JobStatus } from '#platform/jobs/index.ts';

/** `propose`: new accounts were read for their first plan. `apply`: a plan was carried out. */
export type RunKind = 'import' | 'export' | 'propose' | 'apply';

export type SyncRun = Readonly<{
  id: string;
  kind: RunKind;
  /** Of whom and of which account it was; undefined is all of them. */
  personId: number | undefined;
  account: string | undefined;
  /** Who asked for it; the clock where nobody did. */
  by: string;
  status: JobStatus;
  progress: JobProgress | undefined;
  createdAt: Instant;
  startedAt: Instant | undefined;
  finishedAt: Instant | undefined;
  /** What came of it, by account: counts under their names, such as `items`, `plays`, `unwatched`. */
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  error: JobFault | undefined;
  /** The plan that it made, stopped with or carried out. */
  plan: Readonly<{ id: string; title: string; state: Plan['state']; outcome: string | undefined }> | undefined;
}>;

export type RunFilter = Readonly<{
  person?: PersonId;
  /** Runs that accounts of this name took part in, of any of these people. */
  account?: Readonly<{ name: string; people: readonly PersonId[] }>;
  statuses?: readonly JobStatus[];
}>;

export type RunHistory = Readonly<{
  /** Newest first; `page` counts from 1. */
  list(filter: RunFilter, page: number, perPage: number): Promise<Readonly<{ runs: readonly SyncRun[]; total: number }>>;
  /** Undefined where the job is no run. */
  of(job: Job): Promise<SyncRun | undefined>;
}>;

export type RunHistoryDeps = Readonly<{
  jobs: Pick<JobQueue, 'list'>;
  plans: Pick<Plans, 'get' | 'list'>;
  activity: Pick<Activity, 'list'>;
}>;

const STARTS = ['task:import', 'task:export', 'plan:'];
const CLOCK = 'clock';
/** Askings are looked for among the last of them: who asked for an older run is not known any more. */
const LAST_ASKED = 250;

/** Runs of this feature as the queue remembers them. */
export function createRunHistory({ jobs, plans, activity }: RunHistoryDeps): RunHistory {
  async function askedBy(): Promise<ReadonlyMap<string, string>> {
    const asked = await activity.list({ verb: 'task.asked-for' }, { offset: 0, limit: LAST_ASKED });
    return new Map(asked.entries.map(({ detail, actor }) => [String(detail.jobId), actor.name]));
  }

  async function plansOf(some: readonly Job[]): Promise<ReadonlyMap<string, Plan>> {
    const { plans: made } = await plans.list({ jobs: some.map(({ id }) => id) }, { offset: 0, limit: some.length * 2 });
    const found = new Map(made.flatMap((plan) => (plan.jobId === undefined ? [] : [[String(plan.jobId), plan] as const])));
    for (const job of some) {
      const named = job.payload.planId ?? (isRecord(job.result) ? job.result.planId : undefined);
      if (typeof named !== 'string') continue;
      const plan = await plans.get(named).catch(() => undefined);
      if (plan) found.set(job.id, plan);
    }
    return found;
  }

  async function runsOf(some: readonly Job[]): Promise<readonly SyncRun[]> {
    if (some.length === 0) return [];
    const [asked, planned] = [await askedBy(), await plansOf(some)];
    return some.map((job) => runOf(job, planned.get(job.id), asked.get(job.id)));
  }

  return {
    async list({ person, account, statuses }, page, perPage) {
      const { jobs: found, total } = await jobs.list(
        {
          referenceStarts: STARTS,
          ...(person !== undefined && { person }),
          ...(statuses && { statuses }),
          ...(account && { payloadHas: [{ backend: account.name }, { backend: null }], concerns: account.people }),
        },
        page,
        perPage,
      );
      return { runs: await runsOf(found), total };
    },
    async of(job) {
      return STARTS.some((start) => job.reference?.startsWith(start)) ? (await runsOf([job]))[0] : undefined;
    },
  };
}

function kindOf({ reference = '', payload }: Job): RunKind {
  if (reference.startsWith('task:')) return payload.name === 'export' ? 'export' : 'import';
  return payload.planId === undefined ? 'propose' : 'apply';
}

function runOf(job: Job, plan: Plan | undefined, asked: string | undefined): SyncRun {
  const { id, person, payload, status, progress, createdAt, startedAt, finishedAt, error } = job;
  return {
    id,
    kind: kindOf(job),
    personId: person,
    account: typeof payload.backend === 'string' ? payload.backend : undefined,
    by: asked ?? plan?.decidedBy?.name ?? CLOCK,
    status,
    progress,
    createdAt,
    startedAt,
    finishedAt,
    counts: countsIn(job.result),
    error,
    plan: plan && { id: plan.id, title: plan.title, state: plan.state, outcome: plan.outcome },
  };
}

/** A result is counts by account, and of a run for several accounts one such result for each. */
function countsIn(result: unknown): SyncRun['counts'] {
  if (!isRecord(result)) return {};
  return Object.fromEntries(
    Object.entries(result).flatMap(([name, value]) => {
      if (!isRecord(value)) return [];
      const numbers = Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number');
      return numbers.length > 0 ? [[name, Object.fromEntries(numbers)] as const] : Object.entries(countsIn(value));
    }),
  );
}
