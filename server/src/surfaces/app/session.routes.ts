import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Access } from '#core/access/index.ts';
import { toIso } from '#kernel/instant.ts';
import type { Note } from './activity-note.ts';
import { callerOf, demand, type PersonChoice } from './app.auth.ts';
import { forgetInBrowser, isByTls, keepInBrowser } from './browser-session.ts';
import { BrowserSession, Me, Nothing, Problem, SessionGiven, SessionWish, SetupDone, SetupState, SetupWish } from './contract.ts';

export type SessionRoutesDeps = Readonly<{ access: Access; basePath: string; publicUrl: URL | undefined }>;

export const OPEN_SESSION_ROUTES: readonly string[] = ['GET /setup', 'POST /setup', 'POST /session', 'POST /session/browser'];

const tags = ['session'];

export const sessionRoutes =
  ({
    access,
    basePath,
    publicUrl,
    choice,
    note,
  }: SessionRoutesDeps & Readonly<{ choice: PersonChoice; note: Note }>): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.get(
      '/setup',
      {
        schema: {
          operationId: 'app.getSetup',
          summary: 'Whether somebody owns this house',
          tags,
          security: [],
          response: { 200: SetupState },
        },
      },
      async () => {
        const owned = await access.hasOwner();
        return { has_owner: owned, code_needed: !owned };
      },
    );

    app.post(
      '/setup',
      {
        schema: {
          operationId: 'app.setUp',
          summary: 'Create the owner, once, with the code that the server printed',
          tags,
          security: [],
          body: SetupWish,
          headers: Type.Object({ 'x-setup-code': Type.Optional(Type.String()) }),
          response: { 201: SetupDone, '4xx': Problem },
        },
      },
      async ({ body, headers, ip }, reply) => {
        const { username, password, setup_code: member } = body;
        const login = await access.signup({ username, password, setupCode: member ?? headers['x-setup-code'], address: ip });
        return reply.code(201).send({ username: login.username });
      },
    );

    app.post(
      '/session',
      {
        schema: {
          operationId: 'app.signIn',
          summary: 'Sign in: a token for 48 hours, sent as Authorization: Bearer',
          tags,
          security: [],
          body: SessionWish,
          response: { 200: SessionGiven, '4xx': Problem },
        },
      },
      async ({ body, ip }) => {
        const { token, expiresAt } = await access.login({ ...body, address: ip });
        return { token, expires_at: toIso(expiresAt) };
      },
    );

    app.post(
      '/session/browser',
      {
        schema: {
          operationId: 'app.signInBrowser',
          summary: 'Sign in a browser: the token goes into a cookie that no script can read, and never into the answer',
          tags,
          security: [],
          body: SessionWish,
          response: { 200: BrowserSession, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const { token, expiresAt } = await access.login({ ...request.body, address: request.ip });
        keepInBrowser(reply, { token, expiresAt, secure: isByTls(request, publicUrl), basePath });
        return { expires_at: toIso(expiresAt) };
      },
    );

    app.get(
      '/session',
      { schema: { operationId: 'app.getMe', summary: 'Who is signed in', tags, response: { 200: Me, '4xx': Problem } } },
      async (request) => {
        const { name, kind, role, personId, scopes } = callerOf(request);
        return { name, kind, role, person: (await choice.names())(personId), scopes: [...scopes] };
      },
    );

    app.delete(
      '/session',
      {
        config: demand('read'),
        schema: {
          operationId: 'app.signOut',
          summary: 'Sign out, everywhere: tokens are not kept here, so all of this login end together',
          tags,
          response: { 204: Nothing, '4xx': Problem },
        },
      },
      async (request, reply) => {
        const actor = callerOf(request);
        await access.endSessions(actor);
        forgetInBrowser(reply, basePath);
        await note(actor, { verb: 'session.ended', subject: actor.name, person: actor.personId });
        return reply.code(204).send(null);
      },
    );
  };
