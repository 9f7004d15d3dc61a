import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Actor } from '#core/access/index.ts';
import type { Tasks, TaskView } from '#features/tasks/index.ts';
import type { Job, JobQueue } from '#platform/jobs/index.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { JobQueued, Job as JobShown, Paged, Problem, RunsQuery, TaskPatch, TaskRun, Task as TaskShown, TextParams } from './contract.ts';
import { jobPage } from './jobs.routes.ts';
import { withoutBody } from './without-body.ts';

export type TaskRoutesDeps = Readonly<{
  tasks: Pick<Tasks, 'list' | 'get' | 'jobFor' | 'asked' | 'change'>;
  jobs: Pick<JobQueue, 'enqueue' | 'list'>;
  roomOfTask(name: string): string;
}>;

const tags = ['tasks'];
const ENDED = ['completed', 'failed', 'cancelled'] as const;

export const taskRoutes =
  ({ tasks, jobs, roomOfTask, choice, note }: TaskRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    /** Runs of the task that the caller may see. */
    const runsOf = async (name: string, actor: Actor) => {
      const person = await choice.whose(actor, undefined);
      return { referenceFamily: `task:${name}`, ...(person !== undefined && { person }) };
    };

    async function taskShape(task: TaskView, actor: Actor) {
      const { name, description, cron, enabled, nextRun, previousRun, args, allowDisable } = task;
      const runs = await runsOf(name, actor);
      const [last] = (await jobs.list({ ...runs, statuses: ENDED }, 1, 1)).jobs;
      const { jobs: open } = await jobs.list({ ...runs, statuses: ['pending', 'running'] }, 1, 20);
      return {
        id: name,
        description,
        cron,
        enabled,
        next_run: isoOrNull(nextRun),
        previous_run: isoOrNull(previousRun),
        args: [...args],
        may_be_disabled: allowDisable,
        room: roomOfTask(name),
        last: last ? lastShape(last, name) : null,
        open: open.map((job) => job.id as string),
      };
    }

    app.get(
      '/tasks',
      {
        schema: {
          operationId: 'app.listTasks',
          summary: 'What the house does by the clock: when it ran last, how long it took, what came of it, and when it runs next',
          tags,
          response: { 200: Type.Array(TaskShown), '4xx': Problem },
        },
      },
      async (request) => {
        const shown = (await tasks.list()).filter((task) => !task.hidden);
        return Promise.all(shown.map((task) => taskShape(task, callerOf(request))));
      },
    );

    app.get(
      '/tasks/:id',
      {
        schema: { operationId: 'app.getTask', summary: 'One task', tags, params: TextParams, response: { 200: TaskShown, '4xx': Problem } },
      },
      async (request) => taskShape(await tasks.get(request.params.id), callerOf(request)),
    );

    app.get(
      '/tasks/:id/runs',
      {
        schema: {
          operationId: 'app.listTaskRuns',
          summary: 'Its runs, newest first, each with what came of it',
          tags,
          params: TextParams,
          querystring: RunsQuery,
          response: { 200: Paged(JobShown), '4xx': Problem },
        },
      },
      async (request) => {
        const { query, params } = request;
        const { name } = await tasks.get(params.id);
        const filter = { ...(await runsOf(name, callerOf(request))), ...(query.status && { statuses: query.status }) };
        return jobPage({ jobs, choice }, filter, query);
      },
    );

    app.patch(
      '/tasks/:id',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.changeTask',
          summary: 'When it runs, whether it does, and what it is told',
          tags,
          params: TextParams,
          body: TaskPatch,
          response: { 200: TaskShown, '4xx': Problem },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        const changed = await tasks.change(request.params.id, request.body, actor);
        await note(actor, { verb: 'task.changed', subject: changed.name, detail: { ...request.body } });
        return taskShape(changed, actor);
      },
    );

    app.post(
      '/tasks/:id/run',
      {
        preValidation: withoutBody,
        config: demand('sync'),
        schema: {
          operationId: 'app.runTask',
          summary: 'Run it now, for a person and an account, or for all',
          tags,
          params: TextParams,
          body: TaskRun,
          response: { 202: JobQueued, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const { person: identity, account: backend, args } = request.body;
        const { name } = await tasks.get(request.params.id);
        const wish = {
          name,
          ...(args && { args }),
          ...(identity !== undefined && { identity }),
          ...(backend !== undefined && { backend }),
        };
        const { id, coalesced } = await jobs.enqueue(await tasks.jobFor(wish, actor));
        await tasks.asked(id, name, actor);
        return reply.code(202).send({ job_id: id, coalesced });
      },
    );
  };

const lastShape = (job: Job, task: string) => ({
  job_id: job.id,
  state: job.status,
  started_at: isoOrNull(job.startedAt),
  finished_at: isoOrNull(job.finishedAt),
  took_ms: job.startedAt === undefined || job.finishedAt === undefined ? null : Math.max(0, job.finishedAt - job.startedAt),
  error: job.error?.message ?? null,
  for_everybody: job.reference === `task:${task}`,
});
