import { describe, expect, it } from 'vitest';
import { jobId } from '#kernel/ids.ts';
import type { Job } from '#platform/jobs/index.ts';
import { eventOf } from './events.shape.ts';

const HOUR = 3_600_000;
const waiting: Job = {
  id: jobId('one'),
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
};

describe('an event', () => {
  it.each<[what: string, job: Partial<Job>, options: object]>([
    ['for now', {}, {}],
    ['for later', { runAt: HOUR }, { DELAY_BY: 3_600 }],
    ['for later that was changed meanwhile', { runAt: HOUR, updatedAt: 9_000 }, { DELAY_BY: 3_600 }],
    ['that was set to wait again', { runAt: 5 * HOUR, updatedAt: 5 * HOUR }, {}],
    ['that has been tried', { runAt: HOUR, attempts: 1 }, {}],
  ])('%s shows the delay that was asked for, and no other', (_what, job, options) => {
    expect(eventOf({ ...waiting, ...job }).options).toEqual(options);
  });
});
