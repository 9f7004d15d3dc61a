import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Account, Connections } from '#core/connections/index.ts';
import type { WatchSync } from '#features/watch-sync/index.ts';
import { BackendRow, StoredBackend } from './backend.shape.ts';
import { asInput, BackendBody, BackendPatch, type PatchReading, readPatch, replacement } from './backend-input.ts';
import { type BackendViewDeps, createBackendView } from './backend-view.ts';
import { callerOf } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type BackendRoutesDeps = BackendViewDeps & Readonly<{ connections: Connections; watchSync: Pick<WatchSync, 'forgetAccount'> }>;

export const NameParams = Type.Object({ name: Type.String({ minLength: 1 }) });

const Removal = Type.Object({
  deleted: Type.Object({ references: Type.Integer(), records: Type.Integer() }),
  backend: BackendRow,
});
const tags = ['backend'];

/** One backend of the person, at /backend/{name}. */
export const backendRoutes =
  (deps: BackendRoutesDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const { connections, watchSync } = deps;
    const view = createBackendView(deps);

    app.get(
      '/',
      {
        schema: {
          operationId: 'watchstate.getBackend',
          tags,
          params: NameParams,
          querystring: Type.Object({ reveal: Type.Optional(Type.Boolean()) }),
          response: { 200: StoredBackend, '4xx': Failure },
        },
      },
      async (request, reply) => {
        const { person, actor } = callerOf(request);
        const account = await connections.get(person.id, request.params.name);
        reply.header('cache-control', 'no-store');
        return request.query.reveal === true ? view.revealed(account, actor) : view.stored(account, actor);
      },
    );

    app.put(
      '/',
      {
        schema: {
          operationId: 'watchstate.replaceBackend',
          tags,
          params: NameParams,
          body: BackendBody,
          response: { 200: StoredBackend, '4xx': Failure },
        },
      },
      async (request) => {
        const { person, actor } = callerOf(request);
        const current = await connections.get(person.id, request.params.name);
        const patch = replacement(request.body, { name: current.name, type: current.server.type });
        view.mayChange(current, patch, actor);
        const account = await asInput(connections.update(current.id, consenting(current, patch), { verify: true }));
        await view.noted(account, actor, 'account.changed');
        return view.stored(account, actor);
      },
    );

    app.patch(
      '/',
      {
        schema: {
          operationId: 'watchstate.changeBackend',
          tags,
          params: NameParams,
          body: BackendPatch,
          response: { 200: StoredBackend, '4xx': Failure },
        },
      },
      async (request) => {
        const { person, actor } = callerOf(request);
        const current = await connections.get(person.id, request.params.name);
        const reading = readPatch(request.body);
        view.mayChange(current, reading.patch, actor);
        const account = await applied(connections, current, reading);
        await view.noted(account, actor, 'account.changed');
        return view.stored(account, actor);
      },
    );

    app.delete(
      '/',
      {
        schema: { operationId: 'watchstate.removeBackend', tags, params: NameParams, response: { 200: Removal, '4xx': Failure } },
      },
      async (request) => {
        const { person, actor } = callerOf(request);
        const account = await connections.get(person.id, request.params.name);
        const backend = await view.row(account, actor);
        let deleted = { references: 0, records: 0 };
        await connections.remove(account.id, async (handle) => {
          deleted = await watchSync.forgetAccount(account, handle);
        });
        await view.noted(account, actor, 'account.removed');
        return { deleted, backend };
      },
    );
  };

async function applied(connections: Connections, current: Account, { patch, ...marks }: PatchReading): Promise<Account> {
  const account = await connections.update(current.id, consenting(current, patch), { verify: false });
  if (marks.importLastSync !== undefined) await connections.setImportSync(account.id, marks.importLastSync ?? undefined);
  if (marks.exportLastSync !== undefined) await connections.setExportSync(account.id, marks.exportLastSync ?? undefined);
  return connections.byId(account.id);
}

/** Consent that was given holds for the user who takes the place of another here; export that is switched on gives it anew. */
const consenting = (current: Account, patch: PatchReading['patch']): PatchReading['patch'] =>
  current.consent === 'given' || patch.exportEnabled === true ? { ...patch, consent: 'given' } : patch;
