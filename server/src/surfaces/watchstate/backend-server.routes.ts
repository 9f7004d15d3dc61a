import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { type Actor, requireRight } from '#core/access/index.ts';
import type { Account, Connections } from '#core/connections/index.ts';
import type { HouseholdUser } from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import { toAtom } from '#kernel/instant.ts';
import { NameParams } from './backend.routes.ts';
import { tokenOrNone, withPinOfItsOwn } from './backend-probes.routes.ts';
import { type BackendViewDeps, createBackendView } from './backend-view.ts';
import { DiscoveredRow, discoveredRow, isUser, SessionRow, sessionRow, UserRow, userRow } from './upstream.shape.ts';
import { askUpstream } from './upstream-call.ts';
import { callerOf } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type BackendServerDeps = BackendViewDeps & Readonly<{ connections: Connections }>;

const tags = ['backend'];
const Raw = { raw: Type.Optional(Type.Boolean({ description: "With the server's own words." })) };
const Errors = { '4xx': Failure, '5xx': Failure };
const Info = Type.Object({
  type: Type.String(),
  name: Type.String(),
  version: Type.String(),
  identifier: Type.String(),
  webhook: Type.Object({
    url: Type.String(),
    steps: Type.Array(Type.String()),
    last_event_at: Type.Union([Type.String(), Type.Null()]),
  }),
  raw: Type.Optional(Type.Unknown()),
});

/** What the backend's server says of itself, its users and what plays there; below /backend/{name}. */
export const backendServerRoutes =
  (deps: BackendServerDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { connections, activity } = deps;
    const view = createBackendView(deps);

    const identify = async (account: Account, raw = false) => {
      const server = await connections.connect(account);
      return askUpstream((call) => server.identify({ ...call, raw }));
    };

    /** Tokens of other people are for owners, and noted. */
    async function mayHandOutTokens(actor: Actor, account: Account): Promise<void> {
      requireRight(actor, 'owner');
      await activity.record({ actor, verb: 'account.tokens-issued', subject: account.name, personId: account.personId });
    }

    async function tokenFor(account: Account, user: HouseholdUser): Promise<string | undefined> {
      const connection = await connections.connectionFor(account);
      const { tokenForUser } = connections.driverOf(account);
      return askUpstream(async (call) => tokenForUser?.(connection, user, call));
    }

    /** Servers refuse whom they do not know in as many ways as there are vendors, so their list of users decides. */
    async function asUnknown(account: Account, id: string, fault: unknown): Promise<unknown> {
      if (!isAppError(fault, 'upstream-not-found', 'upstream-rejected', 'upstream-forbidden')) return fault;
      const users = await askUpstream((call) => connections.usersOf(account, call)).catch(() => undefined);
      const isKnown = users?.some((user) => user.id === id || user.uuid === id || user.aliases?.includes(id));
      if (isKnown ?? !isAppError(fault, 'upstream-not-found')) return fault;
      const faults = [{ field: 'id', message: 'is not known there' }];
      return new AppError('not-found', `${account.server.name} has no user ${id}.`, { cause: fault, faults });
    }

    app.get(
      '/info',
      {
        schema: {
          operationId: 'watchstate.getBackendInfo',
          tags,
          params: NameParams,
          querystring: Type.Object(Raw),
          response: { 200: Info, ...Errors },
        },
      },
      async (request) => {
        const { person, actor } = callerOf(request);
        const account = await connections.get(person.id, request.params.name);
        const { name, version, uuid, raw } = await identify(account, request.query.raw);
        const path = await view.webhookOf(account, actor);
        // The steps are pasted into another server, where a path alone means nothing.
        const url = path.startsWith('/') ? `${request.protocol}://${request.host}${path}` : path;
        const steps = [...connections.driverOf(account).webhookSteps(url)];
        const { lastEventAt } = account.health;
        const webhook = { url, steps, last_event_at: lastEventAt === undefined ? null : toAtom(lastEventAt) };
        return { type: account.server.type, name, version, identifier: uuid, webhook, ...(raw !== undefined && { raw }) };
      },
    );

    app.get(
      '/version',
      {
        schema: {
          operationId: 'watchstate.getBackendVersion',
          tags,
          params: NameParams,
          response: { 200: Type.Object({ version: Type.String() }), ...Errors },
        },
      },
      async (request) => {
        const { version } = await identify(await connections.get(callerOf(request).person.id, request.params.name));
        return { version };
      },
    );

    app.get(
      '/users',
      {
        schema: {
          operationId: 'watchstate.listBackendUsers',
          tags,
          params: NameParams,
          querystring: Type.Object({ ...Raw, tokens: Type.Optional(Type.Boolean()), target_user: Type.Optional(Type.String()) }),
          response: { 200: Type.Array(UserRow), ...Errors },
        },
      },
      async (request, reply) => {
        const { person, actor } = callerOf(request);
        const { tokens = false, target_user: wanted, raw = false } = request.query;
        const account = await connections.get(person.id, request.params.name);
        if (tokens) await mayHandOutTokens(actor, account);
        reply.header('cache-control', 'no-store');
        const users = (await askUpstream((call) => connections.usersOf(account, { ...call, raw }))).filter((user) => isUser(wanted, user));
        if (!tokens) return users.map(userRow);
        return Promise.all(
          users.map(async (user) => {
            const theirs = withPinOfItsOwn(user, { isOnly: wanted !== undefined && users.length === 1, own: account.userId });
            return { ...userRow(user), token: await tokenOrNone(() => tokenFor(account, theirs)) };
          }),
        );
      },
    );

    app.post(
      '/accesstoken',
      {
        schema: {
          operationId: 'watchstate.issueBackendToken',
          tags,
          params: NameParams,
          body: Type.Object({
            id: Type.Union([Type.String({ minLength: 1 }), Type.Integer()]),
            username: Type.Optional(Type.Union([Type.String(), Type.Null()])),
          }),
          response: { 200: Type.Object({ token: Type.String(), username: Type.Union([Type.String(), Type.Null()]) }), ...Errors },
        },
      },
      async (request, reply) => {
        const { person, actor } = callerOf(request);
        const account = await connections.get(person.id, request.params.name);
        await mayHandOutTokens(actor, account);
        const id = String(request.body.id);
        const token = await tokenFor(account, { id }).catch(async (fault: unknown) => {
          throw await asUnknown(account, id, fault);
        });
        reply.header('cache-control', 'no-store');
        if (token === undefined) throw new AppError('unavailable', `${account.server.type} gives no token for another user.`);
        return { token, username: request.body.username ?? null };
      },
    );

    app.get(
      '/sessions',
      {
        schema: {
          operationId: 'watchstate.listBackendSessions',
          tags,
          params: NameParams,
          querystring: Type.Object(Raw),
          response: { 200: Type.Array(SessionRow), ...Errors },
        },
      },
      async (request) => {
        const server = await connections.connect(await connections.get(callerOf(request).person.id, request.params.name));
        return (await askUpstream((call) => server.listSessions({ ...call, raw: request.query.raw ?? false }))).map(sessionRow);
      },
    );

    app.get(
      '/discover',
      {
        schema: {
          operationId: 'watchstate.discoverFromBackend',
          tags,
          params: NameParams,
          response: { 200: Type.Array(DiscoveredRow), ...Errors },
        },
      },
      async (request) => {
        const account = await connections.get(callerOf(request).person.id, request.params.name);
        const driver = connections.driverOf(account);
        if (!driver.discover) throw invalid('name', `${driver.title} has no directory of servers to look into`);
        const { token, options } = await connections.connectionFor(account);
        const admin = options?.ADMIN_TOKEN;
        const power = typeof admin === 'string' && admin !== '' ? admin : token;
        return ((await askUpstream(async (call) => driver.discover?.(power, call))) ?? []).map(discoveredRow);
      },
    );
  };
