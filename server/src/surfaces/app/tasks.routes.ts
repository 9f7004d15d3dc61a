import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Tasks } from '#features/tasks/index.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand } from './app.auth.ts';
import { JobQueued, Problem, TaskRun, Task as TaskShown, TextParams } from './contract.ts';
import { withoutBody } from './without-body.ts';

export type TaskRoutesDeps = Readonly<{ tasks: Pick<Tasks, 'list' | 'get' | 'jobFor'>; jobs: Pick<JobQueue, 'enqueue'> }>;

const tags = ['tasks'];

export const taskRoutes =
  ({ tasks, jobs, note }: TaskRoutesDeps & Readonly<{ note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/tasks',
      {
        schema: {
          operationId: 'app.listTasks',
          summary: 'What the house does by the clock',
          tags,
          response: { 200: Type.Array(TaskShown), '4xx': Problem },
        },
      },
      async () =>
        (await tasks.list())
          .filter((task) => !task.hidden)
          .map(({ name, description, cron, enabled, nextRun, previousRun }) => ({
            id: name,
            description,
            cron,
            enabled,
            next_run: isoOrNull(nextRun),
            previous_run: isoOrNull(previousRun),
          })),
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
        await note(actor, { verb: 'task.asked-for', subject: name, detail: { jobId: id }, person: actor.personId });
        return reply.code(202).send({ job_id: id, coalesced });
      },
    );
  };
