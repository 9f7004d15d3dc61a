import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Console, ConsoleEvent } from '#features/console/index.ts';
import { seconds, toAtom } from '#kernel/instant.ts';
import { type StreamEvent, sendEvents, whileWelcome } from '#platform/http-server/index.ts';
import { type Authenticate, callerOf, demand } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type ConsoleRoutesDeps = Readonly<{ console: Pick<Console, 'queue' | 'take'> }>;

const tags = ['command'];
const ADMIN = demand({ right: 'admin' });

const Order = Type.Object({
  command: Type.String({ minLength: 1, maxLength: 10_000 }),
  cwd: Type.Optional(Type.String({ minLength: 1, maxLength: 4_096 })),
  timeout: Type.Optional(Type.Number({ minimum: 1, maximum: 3_600, description: 'Seconds' })),
  force_color: Type.Optional(Type.Boolean()),
});

/** The page's names for what happens. */
function shown(event: ConsoleEvent): StreamEvent {
  switch (event.kind) {
    case 'command':
      return { event: 'cmd', data: event.text };
    case 'folder':
      return { event: 'cwd', data: event.text };
    case 'output':
      return { event: 'data', data: { data: event.text, type: event.from } };
    case 'exit':
      return { event: 'exit_code', data: String(event.code) };
  }
}

export const consoleRoutes =
  (deps: ConsoleRoutesDeps & Readonly<{ authenticate: Authenticate }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.post(
      '/',
      {
        config: ADMIN,
        schema: {
          operationId: 'watchstate.queueCommand',
          tags,
          body: Order,
          response: { 200: Type.Object({ token: Type.String(), tracking: Type.String(), expires: Type.String() }), '4xx': Failure },
        },
      },
      async (request) => {
        const { command, cwd, timeout, force_color: colour } = request.body;
        const order = {
          command,
          ...(cwd !== undefined && { cwd }),
          ...(timeout !== undefined && { timeoutMs: seconds(timeout) }),
          ...(colour !== undefined && { colour }),
        };
        const { token, expiresAt } = await deps.console.queue(order, callerOf(request).actor);
        return { token, tracking: `/v1/api/system/command/${token}`, expires: toAtom(expiresAt) };
      },
    );

    app.get(
      '/:token',
      {
        config: ADMIN,
        schema: {
          operationId: 'watchstate.runCommand',
          tags,
          params: Type.Object({ token: Type.String() }),
          response: { 200: Type.String({ description: 'text/event-stream: cmd, cwd, data, ping, exit_code, close' }), '4xx': Failure },
        },
      },
      async (request, reply) => {
        const run = deps.console.take(request.params.token, callerOf(request).actor);
        await sendEvents(request, reply, {
          events: (signal) =>
            whileWelcome(
              () => deps.authenticate(request),
              signal,
              async function* (until) {
                for await (const event of run(until)) yield shown(event);
                yield { event: 'close', data: toAtom(Date.now()) };
              },
            ),
        });
        return reply;
      },
    );
  };
