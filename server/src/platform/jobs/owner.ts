import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type Instant, minutes } from '#kernel/instant.ts';
import type { RunningJob } from './job-work.store.ts';

/** A running job whose owner has not been heard of for this long is taken for dead, wherever it runs. */
const SILENCE = minutes(1);

/**
 * Names a process. In a container every start has the same number, so the number alone would make a job of the process before look as
 * if it still ran.
 */
export const newInstance = (): string => randomBytes(6).toString('hex');

/** Names one driver: `host pid instance driver`. */
export const ownerOf = (instance: string): string => `${hostname()} ${process.pid} ${instance} ${randomBytes(3).toString('hex')}`;

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: there is such a process, of another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

/**
 * Whether the process that runs this job has ended. On our own machine that is known at once; of another one (or of a container that was
 * made anew) only its silence tells.
 */
export function isOrphan(job: RunningJob, instance: string, now: Instant): boolean {
  const [host, pid, of] = job.owner.split(' ');
  const alive = of === instance || host !== hostname() || (Number(pid) !== process.pid && isAlive(Number(pid)));
  if (!alive) return true;
  return job.heartbeatAt === undefined || now - job.heartbeatAt > SILENCE;
}
