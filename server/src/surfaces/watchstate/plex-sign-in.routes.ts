import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { FastifyReply } from 'fastify';
import type { CallOptions } from '#core/upstreams/index.ts';
import { isUpstreamFault } from '#kernel/app-error.ts';
import { type Clock, minutes } from '#kernel/instant.ts';
import { createRequestLimit } from '#platform/http-server/index.ts';
import { askUpstream } from './upstream-call.ts';
import { Failure } from './watchstate.shape.ts';

type Pin = Readonly<{
  id: number;
  code: string;
  authToken?: string;
  authUrl: string;
  clientHeaders: Readonly<Record<string, string>>;
  payload: Readonly<Record<string, unknown>>;
}>;

export type PlexSignInDeps = Readonly<{
  clock: Clock;
  plexSignIn: Readonly<{
    generatePin(call: CallOptions): Promise<Pin>;
    checkPin(pin: Readonly<{ id: number | string; code: string }>, call: CallOptions): Promise<Pin>;
  }>;
}>;

/** The page has both open: a browser that is not signed in yet goes through them. */
export const OPEN_PLEX_ROUTES: readonly string[] = ['POST /backends/plex/generate', 'POST /backends/plex/check'];

// A page asks every second or two whether its person has agreed.
const CHECKS_A_MINUTE = 60;
const PINS_A_MINUTE = 10;

const Payload = Type.Object({}, { additionalProperties: true });
const tags = ['backends'];
const answers = { 200: Payload, '4xx': Failure, '5xx': Failure };

/** The sign-in with Plex, below /backends/plex. */
export const plexSignInRoutes =
  ({ clock, plexSignIn }: PlexSignInDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const limitPins = createRequestLimit({ clock, limit: PINS_A_MINUTE, window: minutes(1) });
    const limitChecks = createRequestLimit({ clock, limit: CHECKS_A_MINUTE, window: minutes(1) });

    app.post('/generate', { schema: { operationId: 'watchstate.generatePlexPin', tags, response: answers } }, async ({ ip }, reply) => {
      limitPins(ip);
      return asPlexSays(reply, () => askUpstream((call) => plexSignIn.generatePin(call)));
    });

    app.post(
      '/check',
      {
        schema: {
          operationId: 'watchstate.checkPlexPin',
          tags,
          body: Type.Object({
            id: Type.Union([Type.Integer(), Type.String({ pattern: '^[0-9]+$' })]),
            code: Type.String({ minLength: 1, maxLength: 200 }),
          }),
          response: answers,
        },
      },
      async ({ body, ip }, reply) => {
        limitChecks(ip);
        return asPlexSays(reply, () => askUpstream((call) => plexSignIn.checkPin(body, call)));
      },
    );
  };

/** The page passes the status on that plex.tv refused with. */
async function asPlexSays(reply: FastifyReply, ask: () => Promise<Pin>) {
  reply.header('cache-control', 'no-store');
  try {
    const { payload, clientHeaders, authUrl, id, code, authToken } = await ask();
    return { ...clientHeaders, ...payload, id, code, authUrl, ...(authToken !== undefined && { authToken }) };
  } catch (error) {
    const status = isUpstreamFault(error) ? error.details.status : undefined;
    if (!isUpstreamFault(error) || typeof status !== 'number' || status < 400 || status > 599) throw error;
    return reply.code(status).send({ error: { code: status, message: error.message } });
  }
}
