import { describe, expect, it } from 'vitest';
import type { Job } from '#platform/jobs/index.ts';
import { waitingJob } from '#tests/support/waiting-job.ts';
import { eventOf } from './events.shape.ts';

const HOUR = 3_600_000;

describe('an event', () => {
  it.each<[what: string, job: Partial<Job>, options: object]>([
    ['for now', {}, {}],
    ['for later', { runAt: HOUR }, { DELAY_BY: 3_600 }],
    ['for later that was changed meanwhile', { runAt: HOUR, updatedAt: 9_000 }, { DELAY_BY: 3_600 }],
    ['that was set to wait again', { runAt: 5 * HOUR, updatedAt: 5 * HOUR }, {}],
    ['that has been tried', { runAt: HOUR, attempts: 1 }, {}],
  ])('%s shows the delay that was asked for, and no other', (_what, job, options) => {
    expect(eventOf(waitingJob('one', job)).options).toEqual(options);
  });
});
