import { PROPOSE_JOB } from '#features/watch-sync/index.ts';
import { personId } from '#kernel/ids.ts';
import type { Rooms } from './app.ts';

/** What the queue does when its work comes up; every thread that runs lanes registers all of it. */
export function registerHandlers({ jobs, watchSync, tasks }: Rooms): void {
  watchSync.registerJobs();
  tasks.registerJobs();
  jobs.handle(PROPOSE_JOB, async (job, context) => {
    const plan = await watchSync.proposeFirstSync(personId(Number(job.payload.personId)), { ...context, jobId: job.id });
    return { planId: plan.id };
  });
  jobs.handle('plan:apply', async (job, context) => {
    await watchSync.settlePlan(String(job.payload.planId), { ...context, jobId: job.id });
  });
}
