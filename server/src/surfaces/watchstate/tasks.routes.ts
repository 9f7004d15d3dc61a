import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Tasks, TaskView } from '#features/tasks/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type Instant, toAtom } from '#kernel/instant.ts';
import { EventDetail, eventDetailOf } from './events.shape.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Empty, Failure } from './watchstate.shape.ts';

export type TasksRoutesDeps = Readonly<{ tasks: Pick<Tasks, 'list' | 'get' | 'queued' | 'queue' | 'dequeue'> }>;

const tags = ['tasks'];
const Id = Type.Object({ id: Type.String() });
const MaybeDate = Type.Union([Type.String(), Type.Null()]);
const TaskShape = Type.Object({
  name: Type.String(),
  description: Type.String(),
  enabled: Type.Boolean(),
  timer: Type.String(),
  next_run: MaybeDate,
  prev_run: MaybeDate,
  command: Type.String(),
  args: Type.Array(Type.String()),
  hide: Type.Boolean(),
  allow_disable: Type.Boolean(),
  queued: Type.Boolean(),
});

const dateOf = (instant: Instant | undefined): string | null => (instant === undefined ? null : toAtom(instant));

const shown = (task: TaskView, queued: readonly string[]) => ({
  name: task.name,
  description: task.description,
  enabled: task.enabled,
  timer: task.cron,
  next_run: dateOf(task.nextRun),
  prev_run: dateOf(task.previousRun),
  command: task.command,
  args: [...task.args],
  hide: task.hidden,
  allow_disable: task.allowDisable,
  queued: queued.includes(task.name),
});

export const tasksRoutes =
  ({ tasks }: TasksRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/',
      {
        schema: {
          operationId: 'watchstate.listTasks',
          tags,
          response: { 200: Type.Object({ tasks: Type.Array(TaskShape), queued: Type.Array(Type.String()) }), '4xx': Failure },
        },
      },
      async (request) => {
        const queued = await tasks.queued(callerOf(request).actor);
        const visible = (await tasks.list()).filter((task) => !task.hidden);
        return { tasks: visible.map((task) => shown(task, queued)), queued: [...queued] };
      },
    );

    app.get(
      '/:id',
      { schema: { operationId: 'watchstate.getTask', tags, params: Id, response: { 200: TaskShape, '4xx': Failure } } },
      async (request) => shown(await tasks.get(request.params.id), await tasks.queued(callerOf(request).actor)),
    );

    app.get(
      '/:id/queue',
      {
        schema: {
          operationId: 'watchstate.getTaskQueue',
          tags,
          params: Id,
          response: { 200: Type.Object({ task: Type.String(), is_queued: Type.Boolean() }), '4xx': Failure },
        },
      },
      async (request) => {
        const { name } = await tasks.get(request.params.id);
        return { task: name, is_queued: (await tasks.queued(callerOf(request).actor)).includes(name) };
      },
    );

    app.post(
      '/:id/queue',
      {
        config: demand({ right: 'sync' }),
        schema: { operationId: 'watchstate.queueTask', tags, params: Id, response: { 202: EventDetail, '4xx': Failure } },
      },
      async (request, reply) => reply.code(202).send(eventDetailOf(await tasks.queue(request.params.id, callerOf(request).actor))),
    );

    app.delete(
      '/:id/queue',
      {
        config: demand({ right: 'sync' }),
        schema: { operationId: 'watchstate.dequeueTask', tags, params: Id, response: { 200: Empty, '4xx': Failure } },
      },
      async (request, reply) => {
        const outcome = await tasks.dequeue(request.params.id, callerOf(request).actor);
        if (outcome === 'running') throw new AppError('invalid', `The task "${request.params.id}" is running and cannot be removed.`);
        if (outcome === 'not-queued') throw new AppError('not-found', `The task "${request.params.id}" is not queued.`);
        return reply.code(200).send();
      },
    );
  };
