import type { Static } from 'typebox';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import type { Job, JobQueued, JobWithLogs, Plan, PlanWithChanges } from '#surfaces/app/contract.ts';
import type { CommandContext } from './command-context.ts';

const EVERY_MS = 400;
const ENDED: readonly Job['status'][] = ['completed', 'failed', 'cancelled'];
const UNDECIDED: readonly Plan['state'][] = ['proposed', 'approved', 'applying'];

type Following = Pick<CommandContext, 'api' | 'terminal' | 'pause'>;

function outcomeOf({ job }: JobWithLogs): Job {
  if (job.status === 'completed') return job;
  if (job.error) throw new AppError(job.error.code as AppErrorCode, job.error.message);
  throw new AppError('cancelled', `The job ${job.id} was ${job.status}.`);
}

/** Waits for a job and shows how far it is. @throws AppError with the job's own fault where it did not succeed. */
export async function followJob({ api, terminal, pause }: Following, { job_id: id }: JobQueued, title: string): Promise<Job> {
  const view = terminal.progress(title);
  try {
    for (;;) {
      const answer = await api().get<JobWithLogs>(`/jobs/${id}`);
      if (ENDED.includes(answer.job.status)) return outcomeOf(answer);
      const { progress } = answer.job;
      if (progress) view.show(progress.done, progress.total, progress.text);
      await pause(EVERY_MS);
    }
  } finally {
    view.end();
  }
}

/** Waits until an approved plan has been carried out. @throws AppError where it was not. */
export async function followPlan({ api, terminal, pause }: Following, id: string): Promise<Plan> {
  const view = terminal.progress('Applying the plan');
  try {
    for (;;) {
      const { plan } = await api().get<Static<typeof PlanWithChanges>>(`/plans/${id}`, { per_page: 1 });
      const { items } = await api().get<{ items: Job[] }>('/jobs', { reference: `plan:${id}`, per_page: 1 });
      const [job] = items;
      if (job?.status === 'failed' || job?.status === 'cancelled') outcomeOf({ job, logs: [] });
      if (!UNDECIDED.includes(plan.state)) return plan;
      if (job?.progress) view.show(job.progress.done, job.progress.total, job.progress.text);
      await pause(EVERY_MS);
    }
  } finally {
    view.end();
  }
}
