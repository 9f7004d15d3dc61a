import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { JobDesk } from '#features/tasks/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import { commaList } from '#kernel/comma-list.ts';
import { seconds } from '#kernel/instant.ts';
import { AnyObject, EventDetail, EventItem, eventDetailOf, eventOf, STATUSES, settableStatus, statusNamed } from './events.shape.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Empty, Failure, Info, info } from './watchstate.shape.ts';

export type EventsRoutesDeps = Readonly<{ jobDesk: JobDesk }>;

const LONGEST_DELAY = 31_536_000;
const tags = ['system/events'];
const Id = Type.Object({ id: Type.String() });
const Text = Type.String({ maxLength: 200, pattern: '^[^\\u0000]*$' });
const Count = Type.Integer({ minimum: 0 });

/** The desk speaks of a job's name and data; the page's sender sent `event` and `event_data`. What runs is 400 on the page. */
const inWordsOfThePage = (cause: unknown): never => {
  if (isAppError(cause, 'conflict')) throw new AppError('invalid', cause.message, { cause });
  const [fault] = isAppError(cause, 'invalid') ? cause.faults : [];
  throw fault ? invalid(fault.field === 'job' ? 'event' : `event_data.${fault.field}`, fault.message, cause) : cause;
};

export const eventsRoutes =
  ({ jobDesk }: EventsRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.get(
      '/',
      {
        schema: {
          operationId: 'watchstate.listEvents',
          tags,
          querystring: Type.Object({
            page: Type.Integer({ minimum: 1, maximum: 1_000_000, default: 1 }),
            perpage: Type.Integer({ minimum: 1, maximum: 1_000, default: 10 }),
            filter: Type.Optional(Text),
          }),
          response: {
            200: Type.Object({
              paging: Type.Object({
                page: Type.Integer(),
                total: Type.Integer(),
                perpage: Type.Integer(),
                next: Type.Union([Type.Integer(), Type.Null()]),
                previous: Type.Union([Type.Integer(), Type.Null()]),
              }),
              items: Type.Array(EventItem),
              statuses: Type.Array(Type.Object({ id: Type.Integer(), name: Type.String() })),
            }),
            '4xx': Failure,
          },
        },
      },
      async (request) => {
        const { page, perpage, filter } = request.query;
        const wanted = filter === undefined || filter === '' ? {} : { nameContains: filter };
        const { jobs, total } = await jobDesk.list(wanted, { page, perPage: perpage }, callerOf(request).actor);
        const next = page * perpage < total ? page + 1 : null;
        const paging = { page, total, perpage, next, previous: page > 1 ? page - 1 : null };
        return { paging, items: jobs.map(eventOf), statuses: STATUSES };
      },
    );

    app.get(
      '/stats',
      {
        schema: {
          operationId: 'watchstate.countEvents',
          tags,
          querystring: Type.Object({ only: Type.Optional(Text) }),
          response: {
            200: Type.Partial(Type.Object({ pending: Count, running: Count, completed: Count, failed: Count, cancelled: Count })),
            '4xx': Failure,
          },
        },
      },
      async (request) => {
        const { only = '' } = request.query;
        const wanted = commaList(only).map((name) => {
          const status = statusNamed(name);
          if (!status)
            throw invalid('?only', `"${name}" is no status; there is ${STATUSES.map((one) => one.name.toLowerCase()).join(', ')}`);
          return status;
        });
        const counts = await jobDesk.stats(callerOf(request).actor);
        return wanted.length === 0 ? counts : Object.fromEntries(wanted.map((status) => [status, counts[status]]));
      },
    );

    app.post(
      '/',
      {
        config: demand({ right: 'sync' }),
        schema: {
          operationId: 'watchstate.queueEvent',
          tags,
          body: Type.Object({
            event: Type.String({ minLength: 1, maxLength: 200 }),
            event_data: Type.Optional(Type.Union([AnyObject, Type.Null()])),
            DELAY_BY: Type.Optional(Type.Integer({ minimum: 0, maximum: LONGEST_DELAY })),
          }),
          response: { 202: Type.Interface([Info, EventDetail], {}), '4xx': Failure },
        },
      },
      async (request, reply) => {
        const { event, event_data: data, DELAY_BY: delay = 0 } = request.body;
        const wish = { name: event, data: data ?? {}, delay: seconds(delay) };
        const job = await jobDesk.queue(wish, callerOf(request).actor).catch(inWordsOfThePage);
        return reply.code(202).send({ ...info(202, `Event '${event}' was queued.`), ...eventDetailOf(job) });
      },
    );

    app.delete(
      '/',
      { schema: { operationId: 'watchstate.clearEvents', tags, response: { 200: Empty, '4xx': Failure } } },
      async (request, reply) => {
        await jobDesk.clear(callerOf(request).actor);
        return reply.code(200).send();
      },
    );

    app.get(
      '/:id',
      { schema: { operationId: 'watchstate.getEvent', tags, params: Id, response: { 200: EventDetail, '4xx': Failure } } },
      async (request) => eventDetailOf(await jobDesk.get(request.params.id, callerOf(request).actor)),
    );

    app.patch(
      '/:id',
      {
        // Set to Pending it runs again, and with other data it runs something else.
        config: demand({ right: 'sync' }),
        schema: {
          operationId: 'watchstate.changeEvent',
          tags,
          params: Id,
          body: Type.Object({
            status: Type.Optional(Type.Integer()),
            event: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
            event_data: Type.Optional(AnyObject),
            reset_logs: Type.Optional(Type.Boolean()),
          }),
          response: { 200: Type.Interface([Info, EventDetail], {}), '4xx': Failure },
        },
      },
      async (request) => {
        const { status, event, event_data: data, reset_logs: resetLogs } = request.body;
        const change = {
          ...(status !== undefined && { status: settableStatus(status) }),
          ...(event !== undefined && { name: event }),
          ...(data !== undefined && { data }),
          ...(resetLogs !== undefined && { resetLogs }),
        };
        const job = await jobDesk.change(request.params.id, change, callerOf(request).actor).catch(inWordsOfThePage);
        return { ...info(200, 'Updated'), ...eventDetailOf(job) };
      },
    );

    app.delete(
      '/:id',
      { schema: { operationId: 'watchstate.deleteEvent', tags, params: Id, response: { 200: EventItem, '4xx': Failure } } },
      async (request) => {
        const job = await jobDesk.remove(request.params.id, callerOf(request).actor).catch(inWordsOfThePage);
        return eventOf(job.status === 'pending' ? { ...job, status: 'cancelled' } : job);
      },
    );
  };
