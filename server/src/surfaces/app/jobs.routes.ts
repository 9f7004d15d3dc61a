import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { FastifyRequest } from 'fastify';
import { jobId, personId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import type { Job, JobFilter, JobQueue, JobWithLogs } from '#platform/jobs/index.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { JobQuery, Job as JobShown, JobWithLogs as JobShownWithLogs, Nothing, Paged, Problem, TextParams } from './contract.ts';
import { paged } from './paging.ts';

export type JobRoutesDeps = Readonly<{ jobs: Pick<JobQueue, 'list' | 'get' | 'cancel'> }>;

const tags = ['jobs'];

const jobShape = (job: Job, nameOf: (id: number | undefined) => string | null) => ({
  id: job.id,
  name: job.name,
  lane: job.lane,
  person: nameOf(job.person),
  reference: job.reference ?? null,
  status: job.status,
  attempts: job.attempts,
  payload: { ...job.payload },
  progress: job.progress ? { done: job.progress.done, total: job.progress.total ?? null, text: job.progress.text ?? null } : null,
  result: job.result ?? null,
  error: job.error ? { code: job.error.code, message: job.error.message } : null,
  run_at: toIso(job.runAt),
  created_at: toIso(job.createdAt),
  started_at: isoOrNull(job.startedAt),
  finished_at: isoOrNull(job.finishedAt),
});

type JobLister = Readonly<{ jobs: Pick<JobQueue, 'list'>; choice: Pick<PersonChoice, 'names'> }>;

/** A page of jobs as this API shows them. */
export async function jobPage({ jobs, choice }: JobLister, filter: JobFilter, page: Readonly<{ page: number; per_page: number }>) {
  const { jobs: rows, total } = await jobs.list(filter, page.page, page.per_page);
  const nameOf = await choice.names();
  return paged(
    rows.map((job) => jobShape(job, nameOf)),
    total,
    page,
  );
}

export const jobRoutes =
  ({ jobs, choice, note }: JobRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const found = async (request: FastifyRequest<{ Params: { id: string } }>): Promise<JobWithLogs> => {
      const job = await jobs.get(jobId(request.params.id));
      choice.mine(callerOf(request), job.person === undefined ? undefined : personId(job.person));
      return job;
    };

    app.get(
      '/jobs',
      {
        schema: {
          operationId: 'app.listJobs',
          summary: 'Work that waits, runs and has ended, newest first',
          tags,
          querystring: JobQuery,
          response: { 200: Paged(JobShown), '4xx': Problem },
        },
      },
      async (request) => {
        const { query } = request;
        const person = await choice.whose(callerOf(request), query.person);
        const filter = {
          ...(person !== undefined && { person }),
          ...(query.status && { statuses: query.status }),
          ...(query.name !== undefined && { name: query.name }),
          ...(query.reference !== undefined && { reference: query.reference }),
        };
        return jobPage({ jobs, choice }, filter, query);
      },
    );

    app.get(
      '/jobs/:id',
      {
        schema: {
          operationId: 'app.getJob',
          summary: 'One job with its log',
          tags,
          params: TextParams,
          response: { 200: JobShownWithLogs, '4xx': Problem },
        },
      },
      async (request) => {
        const { logs, ...job } = await found(request);
        return {
          job: jobShape(job, await choice.names()),
          logs: logs.map(({ at, level, text }) => ({ at: toIso(at), level, text })),
        };
      },
    );

    app.post(
      '/jobs/:id/cancel',
      {
        config: demand('sync'),
        schema: {
          operationId: 'app.cancelJob',
          summary: 'Cancel what waits, and stop what runs',
          tags,
          params: TextParams,
          response: { 202: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const job = await found(request);
        await jobs.cancel(job.id);
        await note(callerOf(request), { verb: 'job.cancelled', subject: job.name, detail: { jobId: job.id } });
        return reply.code(202).send(null);
      },
    );
  };
