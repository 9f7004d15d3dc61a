import { isAppError } from '#kernel/app-error.ts';
import { type JobId, personId } from '#kernel/ids.ts';
import { type Clock, type Instant, seconds } from '#kernel/instant.ts';
import type { Job, JobQueue, JobStatus } from '#platform/jobs/index.ts';
import type { Keeps, LiveJob } from './outbound.ts';

export type JobWatchDeps = Readonly<{
  jobs: Pick<JobQueue, 'watch' | 'get'>;
  clock: Clock;
  /** What runs every minute is nothing to follow. */
  isQuiet: (job: Job) => boolean;
  keeps: (job: Job) => Keeps;
}>;

type Sample = Readonly<{ at: Instant; done: number }>;
type Known = { job: Job; samples: readonly Sample[] };

const RATE_OVER = seconds(10);
const OPEN: ReadonlySet<JobStatus> = new Set(['pending', 'running']);

/** Tells which jobs have moved since the last look. Looks only when it is asked to. */
export function createJobWatch({ jobs, clock, isQuiet, keeps }: JobWatchDeps) {
  const known = new Map<JobId, Known>();
  let mark: number | undefined;

  const shown = ({ job, samples }: Known, state: LiveJob['state'] = job.status): LiveJob => ({
    id: job.id,
    name: job.name,
    task: typeof job.payload.name === 'string' && job.name === 'system:task' ? job.payload.name : undefined,
    person: job.person === undefined ? undefined : personId(job.person),
    lane: job.lane,
    state,
    done: job.progress?.done,
    total: job.progress?.total,
    text: job.progress?.text,
    rate: job.status === 'running' ? rateOf(samples) : undefined,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    error: job.error,
    keeps: keeps(job),
  });

  function take(job: Job): LiveJob | undefined {
    const before = known.get(job.id);
    if (before && standingOf(before.job) === standingOf(job)) return undefined;
    const next = { job, samples: samplesOf(before, job, clock.now()) };
    if (OPEN.has(job.status)) known.set(job.id, next);
    else known.delete(job.id);
    return shown(next);
  }

  /** What was open and is not among the open any more: how it ended. */
  async function ended(last: Known): Promise<LiveJob> {
    try {
      const job = await jobs.get(last.job.id);
      // It may be among more than are watched at once.
      if (OPEN.has(job.status)) return take(job) ?? shown(last);
      known.delete(job.id);
      return shown({ ...last, job });
    } catch (error) {
      if (!isAppError(error, 'not-found')) throw error;
      known.delete(last.job.id);
      return shown(last, 'gone');
    }
  }

  return {
    /** What has moved, oldest first. The first look tells of nothing: it is what is known from then on. */
    async look(): Promise<readonly LiveJob[]> {
      const isFirst = mark === undefined;
      const { jobs: told, mark: next } = await jobs.watch(mark);
      mark = next;
      const seen = told.filter((job) => !isQuiet(job));
      const ids = new Set(seen.map((job) => job.id));
      const left = [...known.values()].filter(({ job }) => !ids.has(job.id));
      const moved = seen.flatMap((job) => take(job) ?? []);
      const over: LiveJob[] = [];
      for (const one of left) over.push(await ended(one));
      return isFirst ? [] : [...over, ...moved];
    },
    /** What waits and runs, as of the last look. */
    open: (): readonly LiveJob[] => [...known.values()].map((one) => shown(one)),
  };
}

const standingOf = ({ status, attempts, progress, error, runAt }: Job): string =>
  JSON.stringify([status, attempts, progress, error, status === 'pending' ? runAt : 0]);

/** Another library counts from nought again, and what was before says nothing of it. */
function samplesOf(before: Known | undefined, { progress }: Job, now: Instant): readonly Sample[] {
  if (!progress) return [];
  const kept = (before?.samples ?? []).filter(({ at }) => at >= now - RATE_OVER);
  const isSame = before?.job.progress?.text === progress.text && (kept.at(-1)?.done ?? 0) <= progress.done;
  return [...(isSame ? kept : []), { at: now, done: progress.done }];
}

function rateOf(samples: readonly Sample[]): number | undefined {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < seconds(1)) return undefined;
  return ((last.done - first.done) * 1_000) / (last.at - first.at);
}
