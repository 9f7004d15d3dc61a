import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Actor } from '#core/access/index.ts';
import type { Activity } from '#core/activity/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Empty, Failure, Info, info } from './watchstate.shape.ts';

type HostProcess = Readonly<{ pid: number; parent: number; user: string; cpu: number; memory: number; command: string; name: string }>;

export type HostRoutesDeps = Readonly<{
  processes: Readonly<{
    list(): Promise<readonly HostProcess[]>;
    isOurs(process: HostProcess, all: readonly HostProcess[]): boolean;
    end(pid: number): Promise<boolean>;
  }>;
  /** The schedules of the house. */
  scheduler: Readonly<{ running(): boolean; restart(): Promise<void> }>;
  /** A line each, without secrets. */
  report(): Promise<readonly string[]>;
  /** Forgets what was only kept to be quicker. */
  forgetCaches(): void;
  /** Everybody's history into the bin, after a backup; answers how many titles went. */
  resetHistories(by: Actor): Promise<number>;
  activity: Pick<Activity, 'record'>;
}>;

const tags = ['host'];
const ADMIN = demand({ right: 'admin' });
const SchedulerShape = Type.Object({ pid: Type.String(), status: Type.Boolean(), restartable: Type.Boolean(), message: Type.String() });
const ProcessShape = Type.Object({
  user: Type.String(),
  pid: Type.String(),
  cpu: Type.String(),
  mem: Type.String(),
  command: Type.String(),
});

export const hostRoutes =
  ({ processes, scheduler, report, forgetCaches, resetHistories, activity }: HostRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/processes',
      {
        config: ADMIN,
        schema: {
          operationId: 'watchstate.listProcesses',
          tags,
          response: { 200: Type.Object({ processes: Type.Array(ProcessShape) }), '4xx': Failure },
        },
      },
      async () => {
        const all = await processes.list();
        return {
          processes: all.map((one) => ({
            user: one.user,
            pid: String(one.pid),
            cpu: one.cpu.toFixed(1),
            mem: one.memory.toFixed(1),
            // What other programs of this host were told may hold their secrets.
            command: processes.isOurs(one, all) ? one.command : one.name,
          })),
        };
      },
    );

    app.delete(
      '/processes/:id',
      {
        config: ADMIN,
        schema: {
          operationId: 'watchstate.endProcess',
          tags,
          params: Type.Object({ id: Type.String() }),
          response: { 200: Empty, '4xx': Failure },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        if (!/^[1-9]\d{0,9}$/.test(id)) throw invalid('id', 'must be the number of a process');
        const all = await processes.list();
        const found = all.find((one) => one.pid === Number(id));
        if (!found) throw new AppError('not-found', `There is no process ${id}.`);
        if (!processes.isOurs(found, all))
          throw new AppError('forbidden', `Process ${id} (${found.name}) was not started by Usherr, and is not ended by it.`);
        await activity.record({ actor: callerOf(request).actor, verb: 'process.ended', subject: `${found.name} (${id})` });
        if (!(await processes.end(found.pid))) throw new AppError('unavailable', `Process ${id} goes on in spite of SIGKILL.`);
        return reply.code(200).send();
      },
    );

    app.get(
      '/scheduler',
      { schema: { operationId: 'watchstate.getScheduler', tags, response: { 200: SchedulerShape, '4xx': Failure } } },
      async () => {
        const status = scheduler.running();
        return {
          pid: String(process.pid),
          status,
          restartable: true,
          message: status ? 'Task scheduler is running.' : 'Task scheduler is not running.',
        };
      },
    );

    app.post(
      '/scheduler/restart',
      {
        config: ADMIN,
        schema: {
          operationId: 'watchstate.restartScheduler',
          tags,
          response: { 200: Type.Omit(SchedulerShape, ['pid']), '4xx': Failure },
        },
      },
      async (request) => {
        await scheduler.restart();
        await activity.record({ actor: callerOf(request).actor, verb: 'scheduler.restarted', subject: 'schedules' });
        return { status: true, restartable: true, message: 'Task scheduler has been restarted.' };
      },
    );

    app.get(
      '/report',
      {
        config: ADMIN,
        schema: { operationId: 'watchstate.getReport', tags, response: { 200: Type.Array(Type.String()), '4xx': Failure } },
      },
      async () => [...(await report())],
    );

    app.get(
      '/report/ini',
      { config: ADMIN, schema: { operationId: 'watchstate.getIni', tags, response: { '4xx': Failure } } },
      async () => {
        throw new AppError(
          'forbidden',
          'PHP settings are there in development builds of the original alone; the report has what Node runs with.',
        );
      },
    );

    app.delete(
      '/cache',
      { config: ADMIN, schema: { operationId: 'watchstate.purgeCache', tags, response: { 200: Info, '4xx': Failure } } },
      async (request) => {
        forgetCaches();
        await activity.record({ actor: callerOf(request).actor, verb: 'cache.purged', subject: 'caches' });
        return info(200, 'Cache purged successfully.');
      },
    );

    app.delete(
      '/reset',
      {
        config: ADMIN,
        schema: { operationId: 'watchstate.resetSystem', tags, response: { 200: Type.Object({ message: Type.String() }), '4xx': Failure } },
      },
      async (request) => {
        await resetHistories(callerOf(request).actor);
        forgetCaches();
        return { message: 'System reset is complete.' };
      },
    );

    app.post(
      '/reset/opcache',
      {
        config: ADMIN,
        schema: {
          operationId: 'watchstate.resetOpcache',
          tags,
          response: { 200: Type.Object({ message: Type.String() }), '4xx': Failure },
        },
      },
      async (request) => {
        forgetCaches();
        await activity.record({ actor: callerOf(request).actor, verb: 'cache.purged', subject: 'caches' });
        return { message: 'OPCache reset is complete.' };
      },
    );
  };
