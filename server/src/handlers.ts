import type { Rooms } from './app.ts';

/** What the queue does when its work comes up; every thread that runs lanes registers all of it. */
export function registerHandlers({ jobs, watchSync }: Rooms): void {
  watchSync.registerJobs();
  jobs.handle('plan:apply', async (job, context) => {
    await watchSync.settlePlan(String(job.payload.planId), { ...context, jobId: job.id });
  });
}
