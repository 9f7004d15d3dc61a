import { AppError, isAppError, messageOf } from '#kernel/app-error.ts';
import type { Json } from '#kernel/json.ts';
import type { Job, JobContext, JobHandler, JobQueue } from '#platform/jobs/index.ts';
import type { TaskRequest } from './task-definition.ts';
import { readWish, type TaskOrder, type TaskOrders } from './task-orders.ts';

/** The name under which runs stand in the queue; WatchState's users know it. */
export const TASK_JOB = 'system:task';

export type TaskJobDeps = Readonly<{ orders: TaskOrders; jobs: Pick<JobQueue, 'list' | 'delete'> }>;

/** Carries out one run: checks what was asked once more, since accounts and people may be gone by now, and then does it. */
export function createTaskHandler({ orders, jobs }: TaskJobDeps): JobHandler {
  async function forgetEarlierRuns(reference: string | undefined): Promise<void> {
    if (reference === undefined) return;
    const { jobs: earlier } = await jobs.list({ reference, statuses: ['completed'] }, 1, 100);
    for (const run of earlier) {
      await jobs.delete(run.id).catch((error: unknown) => {
        if (!isAppError(error, 'not-found', 'conflict')) throw error;
      });
    }
  }

  const requestFor = (job: Job, order: TaskOrder, backend: string | undefined, context: JobContext): TaskRequest => ({
    ...context,
    jobId: job.id,
    args: order.args,
    flags: order.read.flags,
    ...(order.person && { person: order.person.id }),
    ...(backend !== undefined && { backend }),
  });

  /** Runs for one backend after the other: one that fails holds up no other, and makes the whole fail in the end. */
  async function runEach(job: Job, order: TaskOrder, context: JobContext): Promise<Json> {
    const results: Record<string, Json> = {};
    const faults: unknown[] = [];
    for (const backend of order.backends) {
      context.signal.throwIfAborted();
      try {
        results[backend ?? ''] = (await order.definition.run(requestFor(job, order, backend, context))) ?? null;
      } catch (error) {
        if (context.signal.aborted) throw error;
        context.log('error', messageOf(error));
        faults.push(error);
      }
    }
    if (faults.length > 0) throw together(faults);
    return results;
  }

  return async (job, context) => {
    const order = await orders.check(readWish(job.payload));
    const { definition, read, backends } = order;
    if (definition.hidden) await forgetEarlierRuns(job.reference);
    if (read.ignored.length > 0) context.log('info', `Ignored, since it means nothing here: ${read.ignored.join(' ')}.`);
    if (backends.length === 0) context.log('info', 'Every backend was excluded.');
    return backends.length === 1 ? definition.run(requestFor(job, order, backends[0], context)) : runEach(job, order, context);
  };
}

function together(faults: readonly unknown[]): AppError {
  const leading = faults.find((fault) => isAppError(fault, 'stopped-by-guard')) ?? faults[0];
  const text = [...new Set(faults.map(messageOf))].join(' ');
  const code = isAppError(leading) ? leading.code : 'unavailable';
  return new AppError(code, text, { cause: leading, details: isAppError(leading) ? leading.details : {} });
}
