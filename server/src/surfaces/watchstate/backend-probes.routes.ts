import { type FastifyPluginAsyncTypebox, type Static, Type } from '@fastify/type-provider-typebox';
import type { Connections, UnsavedConnection } from '#core/connections/index.ts';
import type { HouseholdUser, UpstreamUser } from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError, isUpstreamFault } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { DiscoveredRow, discoveredRow, isUser, UserRow, userRow } from './upstream.shape.ts';
import { askUpstream } from './upstream-call.ts';
import { demand } from './watchstate.auth.ts';
import { Failure, Info, info } from './watchstate.shape.ts';

export type BackendProbesDeps = Readonly<{ connections: Connections }>;

const Id = Type.Optional(Type.Union([Type.String(), Type.Integer()]));
const Flag = Type.Optional(Type.Boolean());
const Probe = {
  url: Type.Optional(Type.String()),
  token: Type.Optional(Type.String()),
  uuid: Id,
  user: Id,
  target_user: Id,
  tokens: Flag,
  no_cache: Flag,
  raw: Flag,
  options: Type.Optional(Type.Object({}, { additionalProperties: true })),
};
const ProbeBody = Type.Object(Probe);
const ProbeQuery = Type.Object({ ...Probe, options: Type.Optional(Type.Unknown()) });
type ProbeInput = Readonly<Static<typeof ProbeQuery>>;

const TypeParams = Type.Object({ type: Type.String({ minLength: 1 }) });
// It calls out to wherever it is told: a right to read does not reach that far. `?user=` is a user there.
const probing = demand({ right: 'write', identity: false });
const tags = ['backends'];

const optional = (value: string | number | undefined): string | undefined => (value === undefined ? undefined : String(value));

/** `options` as a tree, and its members as they come in a query: `options.ADMIN_TOKEN=…`. */
function optionsIn(input: ProbeInput): Readonly<Record<string, unknown>> {
  const flat = Object.entries(input).flatMap(([key, value]) =>
    key.startsWith('options.') ? [[key.slice('options.'.length), value] as const] : [],
  );
  return { ...(isRecord(input.options) && input.options), ...Object.fromEntries(flat) };
}

const unsaved = (type: string, input: ProbeInput): UnsavedConnection => ({
  type,
  url: input.url,
  token: input.token,
  uuid: optional(input.uuid),
  user: optional(input.user),
  options: optionsIn(input),
});

/** Servers that are no backends yet, below /backends. */
export const backendProbesRoutes =
  ({ connections }: BackendProbesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    async function identify(type: string, input: ProbeInput) {
      const identity = await askUpstream((call) => connections.probe(unsaved(type, input), call));
      return { type, identifier: identity.uuid };
    }

    async function withToken(type: string, input: ProbeInput, user: HouseholdUser & UpstreamUser): Promise<Static<typeof UserRow>> {
      const connection = connections.connectionTo(unsaved(type, input));
      const { tokenForUser } = connections.driver(type);
      const token = await tokenOrNone(() => askUpstream(async (call) => tokenForUser?.(connection, user, call)));
      return { ...userRow(user), token };
    }

    async function listUsers(type: string, input: ProbeInput) {
      const users = await askUpstream((call) => connections.usersAt(unsaved(type, input), call));
      const wanted = users.filter((user) => isUser(optional(input.target_user), user));
      if (input.tokens !== true) return wanted.map(userRow);
      const isOnly = input.target_user !== undefined && wanted.length === 1;
      // A token is one for this very server, which not everybody names.
      const server = await askUpstream((call) => connections.probe(unsaved(type, input), call));
      const there = { ...input, uuid: server.uuid };
      return Promise.all(wanted.map((user) => withToken(type, there, withPinOfItsOwn(user, { isOnly, own: optional(input.user) }))));
    }

    async function discover(type: string, input: ProbeInput) {
      const driver = connections.driver(type);
      if (!driver.discover) throw invalid('type', `${driver.title} has no directory of servers to look into`);
      const { token, options } = connections.connectionTo(unsaved(type, input));
      const admin = options?.ADMIN_TOKEN;
      const power = typeof admin === 'string' && admin !== '' ? admin : token;
      return (await askUpstream(async (call) => driver.discover?.(power, call)))?.map(discoveredRow) ?? [];
    }

    const Identified = Type.Object({ type: Type.String(), identifier: Type.String() });
    const routes = [
      ['uuid', 'IdentifyServer', Identified, identify],
      ['users', 'ListServerUsers', Type.Array(UserRow), listUsers],
      ['discover', 'DiscoverServers', Type.Array(DiscoveredRow), discover],
    ] as const;
    for (const [path, name, shape, ask] of routes) {
      const schema = { tags, params: TypeParams, response: { 200: shape, '4xx': Failure, '5xx': Failure } };
      app.get(
        `/${path}/:type`,
        { config: probing, schema: { ...schema, operationId: `watchstate.get${name}`, querystring: ProbeQuery } },
        async ({ params, query }) => ask(params.type, query),
      );
      app.post(
        `/${path}/:type`,
        { config: probing, schema: { ...schema, operationId: `watchstate.post${name}`, body: ProbeBody } },
        async ({ params, body }) => ask(params.type, body),
      );
    }

    app.post(
      '/accesstoken/:type',
      {
        config: probing,
        schema: {
          operationId: 'watchstate.signInToServer',
          tags,
          params: TypeParams,
          body: Type.Object({
            url: Type.String({ minLength: 1 }),
            username: Type.String({ minLength: 1 }),
            password: Type.String(),
          }),
          response: {
            200: Type.Object({
              AccessToken: Type.String(),
              ServerId: Type.Union([Type.String(), Type.Null()]),
              User: Type.Object({ Id: Type.String(), Name: Type.String() }),
            }),
            '4xx': Failure,
            '5xx': Failure,
          },
        },
      },
      async ({ params, body }, reply) => {
        const driver = connections.driver(params.type);
        if (!driver.signIn) throw invalid('type', `${driver.title} gives no token for a password`);
        // The address is checked as one of a backend; the password takes the token's place.
        const { url } = connections.connectionTo({ type: params.type, url: body.url, token: 'none' });
        const { username, password } = body;
        const issued = await askUpstream(async (call) => driver.signIn?.({ url, username, password }, call));
        reply.header('cache-control', 'no-store');
        if (!issued) throw new AppError('unavailable', `${driver.title} gave no token.`);
        return { AccessToken: issued.token, ServerId: issued.serverUuid ?? null, User: { Id: issued.userId, Name: issued.userName } };
      },
    );

    app.post(
      '/validate/token/:type',
      {
        config: probing,
        schema: {
          operationId: 'watchstate.validateToken',
          tags,
          params: TypeParams,
          body: Type.Object({ token: Type.String({ minLength: 1 }) }),
          response: { 200: Info, '4xx': Failure, '5xx': Failure },
        },
      },
      async ({ params, body }) => {
        const driver = connections.driver(params.type);
        if (!driver.discover) throw invalid('type', `tokens of ${driver.title} can only be checked with their server: use backends/uuid`);
        const { token } = connections.connectionTo({ type: params.type, url: 'http://localhost', token: body.token });
        await askUpstream(async (call) => driver.discover?.(token, call)).catch(refusedToken);
        return info(200, 'Token is valid.');
      },
    );
  };

function refusedToken(error: unknown): never {
  if (!isAppError(error, 'upstream-unauthorized', 'upstream-forbidden')) throw error;
  throw new AppError('unauthenticated', 'The token is not valid.', { cause: error });
}

/** A PIN among the options is one user's. It is not tried on others, whom wrong PINs may lock out. */
export const withPinOfItsOwn = (user: UpstreamUser, { isOnly, own }: Readonly<{ isOnly: boolean; own: string | undefined }>) =>
  isOnly || user.admin || own === user.id || own === user.uuid ? user : { ...user, pin: '' };

/** Null where this user's token is not to be had (a PIN is missing, no access): the list is still worth showing. */
export async function tokenOrNone(ask: () => Promise<string | undefined>): Promise<string | null> {
  try {
    return (await ask()) ?? null;
  } catch (error) {
    if (isUpstreamFault(error) || isAppError(error, 'invalid')) return null;
    throw error;
  }
}
