import type { Desks } from '#core/requests/index.ts';
import type { DeskTitle } from '#core/upstreams/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { type Clock, seconds } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { Job, JobQueue, Lane } from '#platform/jobs/index.ts';
import type { Cycles } from './cycle.ts';
import { pokeRequest } from './poke.ts';
import type { ReplicationParts } from './replication-parts.ts';

/** The round over all desks; it asks for its next one itself. */
export const CYCLE_JOB = 'requests:cycle';
/** The one request that an event speaks of. */
export const POKE_JOB = 'requests:poke';

/** One at a time, whichever of the two: writes to one title must not meet. */
const LANE: Lane = 'push:requests';
const REFERENCE = 'requests:cycle';
const SHORTEST_PAUSE = seconds(1);
const POKE_TRIES = 3;
const FAILED_KEPT = 20;

export type ReplicationJobs = Readonly<{
  /** A cycle now, or right after the one that is under way. Without a primary there is none. */
  wake(): Promise<void>;
  /** Sees to it that a cycle is waiting. */
  resume(): Promise<void>;
  poke(upstreamId: number, told?: DeskTitle): Promise<void>;
  register(): void;
}>;

export type ReplicationJobsDeps = Readonly<{
  jobs: JobQueue;
  desks: Pick<Desks, 'list'>;
  clock: Clock;
  cycles: Cycles;
  parts: ReplicationParts;
}>;

export function createReplicationJobs({ jobs, desks, clock, cycles, parts }: ReplicationJobsDeps): ReplicationJobs {
  const hasPrimary = async (): Promise<boolean> => (await desks.list()).some((desk) => desk.role === 'primary');

  async function enqueue(runAt?: number): Promise<void> {
    await jobs.enqueue({ name: CYCLE_JOB, lane: LANE, reference: REFERENCE, ...(runAt !== undefined && { runAt }) });
  }

  async function enqueueNext(startedAt: number): Promise<void> {
    if (!(await hasPrimary())) return;
    const { pollMs } = await parts.config();
    await enqueue(Math.max(startedAt + pollMs, clock.now() + SHORTEST_PAUSE));
  }

  /** A look every minute at which nothing was found is nothing to keep. */
  async function forgetQuietOnes(): Promise<void> {
    const { jobs: ended } = await jobs.list({ reference: REFERENCE, statuses: ['completed', 'failed', 'cancelled'] }, 1, 100);
    const failed = ended.filter((job) => job.status !== 'completed');
    const dropped = [...ended.filter(isQuiet).slice(1), ...failed.slice(FAILED_KEPT)];
    for (const job of dropped) {
      await jobs.delete(job.id).catch((error: unknown) => {
        if (!isAppError(error, 'not-found', 'conflict')) throw error;
      });
    }
  }

  return {
    async wake() {
      if (await hasPrimary()) await enqueue();
    },
    async resume() {
      if (!(await hasPrimary())) return;
      const { total } = await jobs.list({ reference: REFERENCE, statuses: ['pending', 'running'] }, 1, 1);
      if (total === 0) await enqueue();
    },
    async poke(upstreamId, told) {
      await jobs.enqueue({
        name: POKE_JOB,
        lane: LANE,
        payload: { upstreamId, ...told },
        reference: `requests:poke:${upstreamId}`,
        maxAttempts: POKE_TRIES,
      });
    },
    register() {
      jobs.handle(CYCLE_JOB, async (_job, context) => {
        const startedAt = clock.now();
        try {
          return await cycles.run(context);
        } finally {
          if (!context.signal.aborted) {
            await enqueueNext(startedAt);
            await forgetQuietOnes();
          }
        }
      });
      jobs.handle(POKE_JOB, ({ payload: { upstreamId, title, year } }, context) => {
        const told = typeof title === 'string' && typeof year === 'number' ? { title, year } : undefined;
        return pokeRequest(parts, { upstreamId: Number(upstreamId), told }, context);
      });
    },
  };
}

const isQuiet = ({ status, result }: Job): boolean => status === 'completed' && isRecord(result) && result.quiet === true;
