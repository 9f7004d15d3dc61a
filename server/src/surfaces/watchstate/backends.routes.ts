import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Connections } from '#core/connections/index.ts';
import { BackendRow, StoredBackend } from './backend.shape.ts';
import { asInput, BackendBody, newAccount } from './backend-input.ts';
import { backendSpec } from './backend-spec.ts';
import { type BackendViewDeps, createBackendView } from './backend-view.ts';
import { callerOf } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type BackendsRoutesDeps = BackendViewDeps & Readonly<{ connections: Connections; serverTypes: readonly string[] }>;

const SpecRow = Type.Object({
  key: Type.String(),
  type: Type.String(),
  description: Type.String(),
  immutable: Type.Optional(Type.Boolean()),
  secret: Type.Optional(Type.Boolean()),
  choices: Type.Optional(Type.Array(Type.String())),
});
const tags = ['backends'];

/** The person's backends as a whole, below /backends. */
export const backendsRoutes =
  (deps: BackendsRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { connections, serverTypes } = deps;
    const view = createBackendView(deps);

    app.get(
      '/',
      { schema: { operationId: 'watchstate.listBackends', tags, response: { 200: Type.Array(BackendRow), '4xx': Failure } } },
      async (request) => {
        const { person, actor } = callerOf(request);
        return Promise.all((await connections.list(person.id)).map((account) => view.row(account, actor)));
      },
    );

    app.post(
      '/',
      {
        schema: { operationId: 'watchstate.addBackend', tags, body: BackendBody, response: { 200: StoredBackend, '4xx': Failure } },
      },
      async (request) => {
        const { person, actor } = callerOf(request);
        const account = await asInput(connections.create(newAccount(request.body, person)));
        await view.noted(account, actor, 'account.added');
        return view.stored(account, actor);
      },
    );

    app.get(
      '/spec',
      { schema: { operationId: 'watchstate.getBackendSpec', tags, response: { 200: Type.Array(SpecRow), '4xx': Failure } } },
      async () => backendSpec(serverTypes),
    );
  };
