import type { FastifyPluginAsyncTypebox, Static } from '@fastify/type-provider-typebox';
import type { LogDesk, LogFilter, LogLine } from '#features/logs/index.ts';
import { sendEvents, whileWelcome } from '#platform/http-server/index.ts';
import { isoOrNull } from './account.shape.ts';
import { demand } from './app.auth.ts';
import { Problem } from './contract.ts';
import { LogAnswer, LogEvents, LogQuery, LogStreamQuery } from './contract-logs.ts';
import { momentOf } from './moments.ts';
import { type Authenticate, createWelcome, lastEventOf } from './stream-of.ts';

export type LogRoutesDeps = Readonly<{ logDesk: LogDesk }>;

const tags = ['logs'];
const owner = demand('owner');

const lineShape = ({ id, kind, at, level, room, text, fields }: LogLine) => ({
  id,
  kind,
  at: isoOrNull(at),
  level,
  room: room ?? null,
  text,
  fields: { ...fields },
});

const filterOf = ({ level, kind, room, text }: Static<typeof LogStreamQuery>): LogFilter => ({ level, kinds: kind, room, text });

const dayOf = (day: string): string => `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;

/** What the house wrote down of itself. Every credential in it is hidden already; it is for owners all the same. */
export const logRoutes =
  ({ logDesk, authenticate }: LogRoutesDeps & Readonly<{ authenticate: Authenticate }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const closing = new AbortController();
    app.addHook('preClose', async () => closing.abort());

    app.get(
      '/logs',
      {
        config: owner,
        schema: {
          operationId: 'app.listLogs',
          summary: 'Lines of the log, from any moment in either direction',
          tags,
          querystring: LogQuery,
          response: { 200: LogAnswer, '4xx': Problem },
        },
      },
      async ({ query }) => {
        const { order, from, place, limit } = query;
        const answer = await logDesk.search({
          ...filterOf(query),
          order,
          from: from === undefined ? undefined : momentOf(from, '?from'),
          place,
          limit,
        });
        return {
          lines: answer.lines.map(lineShape),
          next: answer.next ?? null,
          follow_from: answer.followFrom,
          looked_to: isoOrNull(answer.lookedTo),
          days: answer.days.map(dayOf),
        };
      },
    );

    app.get(
      '/logs/stream',
      {
        config: owner,
        schema: {
          operationId: 'app.followLogs',
          summary: 'Lines of the log as they are written, as server-sent events',
          description: 'Each `line` is one of GET /logs. A listener that comes back sends the last id as Last-Event-ID, or as `place`.',
          tags,
          produces: ['text/event-stream'],
          querystring: LogStreamQuery,
          response: { 200: LogEvents, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { query } = request;
        const place = lastEventOf(request, 1_000) ?? query.place;
        const ending = new AbortController();
        const lines = logDesk.follow(filterOf(query), { place, signal: ending.signal });
        await sendEvents(request, reply, {
          events: (signal) =>
            whileWelcome(createWelcome(request, authenticate), AbortSignal.any([signal, closing.signal]), async function* (until) {
              until.addEventListener('abort', () => ending.abort(), { once: true });
              for await (const one of lines) yield { event: 'line', id: one.place, data: lineShape(one.line) };
            }),
        });
        return reply;
      },
    );
  };
