import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Live, LiveJob, LiveMessage } from '#features/live/index.ts';
import { sendEvents, whileWelcome } from '#platform/http-server/index.ts';
import { isoOrNull } from './account.shape.ts';
import { callerOf, type PersonChoice } from './app.auth.ts';
import { Problem } from './contract.ts';
import { type Changed, type JobMoved, LiveEvents, StreamQuery } from './contract-live.ts';
import { type Authenticate, createWelcome, lastEventOf } from './stream-of.ts';

export type StreamRoutesDeps = Readonly<{ live: Live }>;

type NameOf = (id: number | undefined) => string | null;

const movedShape = (job: LiveJob, nameOf: NameOf): JobMoved => ({
  id: job.id,
  name: job.name,
  task: job.task ?? null,
  person: nameOf(job.person),
  lane: job.lane,
  state: job.state,
  done: job.done ?? null,
  total: job.total ?? null,
  text: job.text ?? null,
  rate: job.rate ?? null,
  left_ms: leftOf(job),
  started_at: isoOrNull(job.startedAt),
  finished_at: isoOrNull(job.finishedAt),
  error: job.error ? { code: job.error.code, message: job.error.message } : null,
  keeps: job.keeps,
});

const leftOf = ({ done, total, rate }: LiveJob): number | null =>
  done === undefined || total === undefined || !rate || total < done ? null : Math.round(((total - done) * 1_000) / rate);

function dataOf(message: LiveMessage, nameOf: NameOf): JobMoved | Changed | Readonly<Record<string, unknown>> {
  if (message.kind === 'job') return movedShape(message.job, nameOf);
  if (message.kind === 'changed') return { topics: [...message.topics] };
  return message.kind === 'ready' ? { resumed: message.resumed } : {};
}

/** Work as it goes and what has changed, for whoever looks at the house. */
export const streamRoutes =
  ({
    live,
    authenticate,
    choice,
  }: StreamRoutesDeps & Readonly<{ authenticate: Authenticate; choice: PersonChoice }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.addHook('preClose', async () => live.close());

    app.get(
      '/stream',
      {
        schema: {
          operationId: 'app.stream',
          summary: 'Work as it goes, and what has changed, as server-sent events',
          description: [
            '`job`: a job waits, runs, has moved or ended (the shape JobMoved). First come those that wait and run.',
            '`ready`: all that is open has been told. `{resumed}`: nothing was missed since the id that was given.',
            '`changed`: `{topics}` are to be read again by whoever shows them.',
            '`reload`: something was missed that cannot be told again; whatever is shown is to be read again.',
            '`ping`: a sign of life, every 15 seconds.',
            'A listener that comes back sends the last id in the header Last-Event-ID, as browsers do, or as `after`.',
          ].join('\n\n'),
          tags: ['live'],
          querystring: StreamQuery,
          produces: ['text/event-stream'],
          response: { 200: LiveEvents, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const after = lastEventOf(request) ?? request.query.after;
        const ending = new AbortController();
        const messages = live.listen(actor, { after, signal: ending.signal });
        await sendEvents(request, reply, {
          events: (signal) =>
            whileWelcome(createWelcome(request, authenticate), signal, async function* (until) {
              until.addEventListener('abort', () => ending.abort(), { once: true });
              for await (const message of messages) {
                yield { event: message.kind, id: message.id, data: dataOf(message, await choice.names()) };
              }
            }),
        });
        return reply;
      },
    );
  };
