import { PROPOSE_JOB } from '#features/watch-sync/index.ts';
import { messageOf } from '#kernel/app-error.ts';
import { type JobId, type PlanId, personId, planId } from '#kernel/ids.ts';
import { isFinal } from '#platform/jobs/index.ts';
import type { Rooms } from './app.ts';

/** What the queue does when its work comes up; every thread that runs lanes registers all of it. */
export function registerHandlers({
  jobs,
  watchSync,
  shelfSync,
  requestReplication,
  trackerSync,
  scrobbling,
  tracker,
  metadata,
  mappingImports,
  tasks,
  plans,
  movingIn,
  historyFiles,
}: Rooms): void {
  watchSync.registerJobs();
  shelfSync.registerJobs();
  scrobbling.registerJobs();
  movingIn.registerJobs();
  historyFiles.registerJobs();
  requestReplication.registerJobs();
  trackerSync.registerJobs();
  tracker.registerJobs();
  metadata.registerJobs();
  mappingImports.registerJobs();
  tasks.registerJobs();
  jobs.handle(PROPOSE_JOB, async (job, context) => {
    const plan = await watchSync.proposeFirstSync(personId(Number(job.payload.personId)), { ...context, jobId: job.id });
    return { planId: plan.id };
  });
  /** Nobody carries the plan out any more: it says so, instead of being applied for ever. */
  async function giveUp(id: PlanId, job: JobId, error: unknown): Promise<void> {
    const { state } = await plans.get(id);
    if (state !== 'approved' && state !== 'applying') return;
    await plans.markApplying(id, job);
    await plans.markFailed(id, messageOf(error));
  }

  jobs.handle('plan:apply', async (job, context) => {
    const id = planId(String(job.payload.planId));
    try {
      if ((await requestReplication.settlePlan(id)) || (await trackerSync.settlePlan(id))) return;
      if (await tracker.settlePlan(id, job.id)) return;
      if (await shelfSync.settlePlan(id, { jobId: job.id, signal: context.signal })) return;
      await watchSync.settlePlan(id, { ...context, jobId: job.id });
    } catch (error) {
      const last = job.attempts >= job.maxAttempts || isFinal(error);
      if (last && !context.signal.aborted) await giveUp(id, job.id, error);
      throw error;
    }
  });
}
