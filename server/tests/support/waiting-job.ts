import { jobId } from '#kernel/ids.ts';
import type { Job } from '#platform/jobs/index.ts';

/** A job that nobody has begun. */
export const waitingJob = (id: string, more: Partial<Job> = {}): Job => ({
  id: jobId(id),
  name: 'system:task',
  lane: 'bulk',
  payload: {},
  person: undefined,
  reference: undefined,
  status: 'pending',
  attempts: 0,
  maxAttempts: 1,
  runAt: 0,
  progress: undefined,
  result: undefined,
  error: undefined,
  createdAt: 0,
  updatedAt: 0,
  startedAt: undefined,
  finishedAt: undefined,
  heartbeatAt: undefined,
  ...more,
});
