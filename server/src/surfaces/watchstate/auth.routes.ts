import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Access } from '#core/access/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { toAtom } from '#kernel/instant.ts';
import { callerOf, demand } from './watchstate.auth.ts';
import { Empty, Failure, Info, info } from './watchstate.shape.ts';

export type AuthRoutesDeps = Readonly<{ access: Access }>;

/** The routes that somebody without credentials has to reach; all others under auth/ need a user token. */
export const OPEN_AUTH_ROUTES: readonly string[] = [
  'GET /system/auth/test',
  'GET /system/auth/has_user',
  'POST /system/auth/signup',
  'POST /system/auth/login',
];

const Password = { username: Type.String({ minLength: 1 }), password: Type.String({ minLength: 1 }) };
const signedIn = demand({ right: 'read', credentials: ['login'] });
const tags = ['system/auth'];

/** The core speaks of the password; the page's sender sent `new_password`. */
const aboutNewPassword = (cause: unknown): never => {
  const [fault] = cause instanceof AppError ? cause.faults : [];
  throw fault?.field === 'password' ? invalid('new_password', fault.message, cause) : cause;
};

export const authRoutes =
  ({ access }: AuthRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.addHook('onRequest', async (_request, reply) => void reply.header('cache-control', 'no-store'));

    app.get('/test', { schema: { operationId: 'watchstate.testAuth', tags, response: { 200: Empty } } }, async (_request, reply) =>
      reply.code(200).send(),
    );

    app.get(
      '/has_user',
      { schema: { operationId: 'watchstate.hasUser', tags, response: { 200: Empty, 204: Empty } } },
      async (_request, reply) => reply.code((await access.hasOwner()) ? 200 : 204).send(),
    );

    app.get(
      '/user',
      {
        config: signedIn,
        schema: {
          operationId: 'watchstate.getUser',
          tags,
          response: { 200: Type.Object({ username: Type.String(), created_at: Type.String() }), '4xx': Failure },
        },
      },
      async (request) => {
        const { actor, issuedAt } = callerOf(request);
        return { username: actor.name, created_at: toAtom(issuedAt ?? 0) };
      },
    );

    app.post(
      '/signup',
      {
        schema: {
          operationId: 'watchstate.signup',
          tags,
          body: Type.Object({ ...Password, setup_code: Type.Optional(Type.String()) }),
          headers: Type.Object({ 'x-setup-code': Type.Optional(Type.String()) }),
          response: { 201: Empty, '4xx': Failure },
        },
      },
      async ({ body, headers, ip }, reply) => {
        const { username, password, setup_code: member } = body;
        await access.signup({ username, password, setupCode: headers['x-setup-code'] ?? member, address: ip });
        return reply.code(201).send();
      },
    );

    app.post(
      '/login',
      {
        schema: {
          operationId: 'watchstate.login',
          tags,
          body: Type.Object(Password),
          response: { 200: Type.Object({ token: Type.String() }), '4xx': Failure },
        },
      },
      async ({ body, ip }) => {
        const { token } = await access.login({ ...body, address: ip });
        return { token };
      },
    );

    app.put(
      '/change_password',
      {
        config: signedIn,
        schema: {
          operationId: 'watchstate.changePassword',
          tags,
          body: Type.Object({ current_password: Type.String({ minLength: 1 }), new_password: Type.String({ minLength: 1 }) }),
          response: { 200: Info, '4xx': Failure },
        },
      },
      async (request) => {
        const { current_password: current, new_password: next } = request.body;
        await access.changePassword(callerOf(request).actor, { current, next, address: request.ip }).catch(aboutNewPassword);
        return info(200, 'Password changed successfully.');
      },
    );

    app.delete(
      '/sessions',
      { config: signedIn, schema: { operationId: 'watchstate.endSessions', tags, response: { 200: Info, '4xx': Failure } } },
      async (request) => {
        await access.endSessions(callerOf(request).actor);
        return info(200, 'Sessions invalidated successfully.');
      },
    );
  };
