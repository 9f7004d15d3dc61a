import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { AppGrants, ClientApp, Grant } from '#features/app-grants/index.ts';
import { appId, grantId } from '#kernel/ids.ts';
import { toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import {
  ClientAppGiven,
  ClientAppPatch,
  ClientApp as ClientAppShown,
  GrantQuery,
  Grant as GrantShown,
  NewClientApp,
  Nothing,
  NumberParams,
  Problem,
} from './contract.ts';
import { inOurWords } from './our-words.ts';

export type AppRoutesDeps = Readonly<{ appGrants: Pick<AppGrants, 'apps' | 'grants'> }>;

const tags = ['apps'];
const OUR_WORDS = { clientId: 'client_id', secret: 'client_secret' };

const appShape = (app: ClientApp) => ({
  id: app.id,
  client_id: app.clientId,
  name: app.name,
  dialect: app.dialect,
  generation: app.generation ?? null,
  redirects: [...app.redirects],
  has_secret: app.hasSecret,
  origin: app.origin,
  blocked_at: isoOrNull(app.blockedAt),
  created_by: app.createdBy,
  created_at: toIso(app.createdAt),
});

const grantShape = (grant: Grant, nameOf: (id: number | undefined) => string | null) => ({
  id: grant.id,
  app: { id: grant.app.id, client_id: grant.app.clientId, name: grant.app.name },
  person: nameOf(grant.personId),
  scopes: [...grant.scopes],
  generation: grant.generation,
  flow: grant.flow,
  approved_by: grant.approvedBy,
  created_at: toIso(grant.createdAt),
  ends_at: toIso(grant.endsAt),
  last_used_at: isoOrNull(grant.lastUsedAt),
  revoked_at: isoOrNull(grant.revokedAt),
});

/** The apps of the tracker, for whoever runs the house, and what each person has let in. */
export const appRoutes =
  ({ appGrants, choice, note }: AppRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { apps, grants } = appGrants;
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.get(
      '/apps',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.listApps',
          summary: 'Apps that are known here: registered, or approved by somebody',
          tags,
          response: { 200: Type.Array(ClientAppShown), '4xx': Problem },
        },
      },
      async (request) => (await apps.list(callerOf(request))).map(appShape),
    );

    app.post(
      '/apps',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.addApp',
          summary: 'Register an app beforehand. Without a client_id one is made',
          tags,
          body: NewClientApp,
          response: { 201: ClientAppGiven, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const { client_id: clientId, client_secret: secret, make_secret: makeSecret, ...wish } = request.body;
        const made = await apps.register({ ...wish, clientId, secret, makeSecret }, actor).catch(inOurWords(OUR_WORDS));
        await note(actor, {
          verb: 'app.added',
          subject: made.app.name,
          detail: { clientId: made.app.clientId, dialect: made.app.dialect },
        });
        return reply.code(201).send({ app: appShape(made.app), client_secret: made.secret ?? null });
      },
    );

    app.patch(
      '/apps/:id',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.changeApp',
          summary: 'Change how an app is known, or block it. A client_secret of null takes the next one that the app shows',
          tags,
          params: NumberParams,
          body: ClientAppPatch,
          response: { 200: ClientAppShown, '4xx': Problem },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        const { client_secret: secret, ...change } = request.body;
        const changed = await apps.change(appId(request.params.id), { ...change, secret }, actor).catch(inOurWords(OUR_WORDS));
        const detail = { clientId: changed.clientId, dialect: changed.dialect, blocked: changed.blockedAt !== undefined };
        await note(actor, { verb: 'app.changed', subject: changed.name, detail: { ...detail, changed: Object.keys(request.body) } });
        return appShape(changed);
      },
    );

    app.delete(
      '/apps/:id',
      {
        config: demand('admin'),
        schema: {
          operationId: 'app.removeApp',
          summary: 'Forget an app, with all that people have let it do. What it told stays in their history',
          tags,
          params: NumberParams,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const removed = await apps.remove(appId(request.params.id), callerOf(request));
        await note(callerOf(request), { verb: 'app.removed', subject: removed.name, detail: { clientId: removed.clientId } });
        return reply.code(204).send(null);
      },
    );

    app.get(
      '/grants',
      {
        schema: {
          operationId: 'app.listGrants',
          summary: 'Which apps were let in, newest first, revoked ones included; never their tokens',
          tags,
          querystring: GrantQuery,
          response: { 200: Type.Array(GrantShown), '4xx': Problem },
        },
      },
      async (request) => {
        const actor = callerOf(request);
        const person = await choice.whose(actor, request.query.person);
        const ofApp = request.query.app === undefined ? undefined : appId(request.query.app);
        const nameOf = await choice.names();
        return (await grants.list({ person, app: ofApp }, actor)).map((grant) => grantShape(grant, nameOf));
      },
    );

    app.delete(
      '/grants/:id',
      {
        config: demand('write'),
        schema: {
          operationId: 'app.revokeGrant',
          summary: 'Send an app away: its tokens are worth nothing from now on',
          tags,
          params: NumberParams,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        const grant = await grants.revoke(grantId(request.params.id), actor);
        await note(actor, { verb: 'grant.revoked', subject: grant.app.name, detail: { id: grant.id }, person: grant.personId });
        return reply.code(204).send(null);
      },
    );
  };
