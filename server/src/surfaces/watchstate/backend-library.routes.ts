import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import { type Account, type Connections, ignoredLibraries } from '#core/connections/index.ts';
import type { UpstreamLibrary } from '#core/upstreams/index.ts';
import { AppError, invalid, isUpstreamFault } from '#kernel/app-error.ts';
import { NameParams } from './backend.routes.ts';
import { askUpstream } from './upstream-call.ts';
import { callerOf } from './watchstate.auth.ts';
import { Failure } from './watchstate.shape.ts';

export type BackendLibraryDeps = Readonly<{ connections: Connections }>;

const LibraryRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  type: Type.String(),
  agent: Type.Optional(Type.String()),
  supported: Type.Boolean(),
  ignored: Type.Boolean(),
});
const LibraryParams = Type.Object({ name: Type.String({ minLength: 1 }), id: Type.String({ minLength: 1 }) });
const tags = ['backend'];
const answers = { 200: Type.Array(LibraryRow), '4xx': Failure, '5xx': Failure };

/** The libraries of the backend's server, and which of them are left alone; below /backend/{name}/library. */
export const backendLibraryRoutes =
  ({ connections }: BackendLibraryDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const librariesOf = async (account: Account): Promise<readonly UpstreamLibrary[]> => {
      const server = await connections.connect(account);
      return askUpstream((call) => server.listLibraries(call));
    };

    const rows = (libraries: readonly UpstreamLibrary[], ignored: readonly string[]) =>
      libraries.map(({ id, name, kind, agent, supported }) => ({
        id,
        name,
        type: kind,
        ...(agent !== undefined && { agent }),
        supported,
        ignored: ignored.includes(id),
      }));

    async function setIgnored(account: Account, id: string, wanted: boolean) {
      // The page knows no server's fault here, so it is one of the library that was named.
      const libraries = await librariesOf(account).catch((cause: unknown) => {
        throw isUpstreamFault(cause) ? invalid('id', `cannot be looked up: ${cause.message}`, cause) : cause;
      });
      const after = ignoredAfter(account, id, { wanted, there: libraries.some((one) => one.id === id) });
      await connections.update(account.id, { options: { ignore: after.length === 0 ? null : after.join(',') } }, { verify: false });
      return rows(libraries, after);
    }

    app.get(
      '/',
      { schema: { operationId: 'watchstate.listBackendLibraries', tags, params: NameParams, response: answers } },
      async (request) => {
        const account = await connections.get(callerOf(request).person.id, request.params.name);
        return rows(await librariesOf(account), ignoredLibraries(account.options));
      },
    );

    for (const [method, operationId] of [
      ['POST', 'watchstate.ignoreBackendLibrary'],
      ['DELETE', 'watchstate.heedBackendLibrary'],
    ] as const) {
      app.route({
        method,
        url: '/:id',
        schema: { operationId, tags, params: LibraryParams, response: answers },
        handler: async (request) => {
          const account = await connections.get(callerOf(request).person.id, request.params.name);
          return setIgnored(account, request.params.id, method === 'POST');
        },
      });
    }
  };

function ignoredAfter(account: Account, id: string, { wanted, there }: Readonly<{ wanted: boolean; there: boolean }>): readonly string[] {
  const before = ignoredLibraries(account.options);
  const listed = before.includes(id);
  // One that is gone from the server can still be taken off the list.
  if (!there && (wanted || !listed)) throw new AppError('not-found', `"${account.name}" has no library ${id}.`);
  if (listed === wanted)
    throw new AppError('conflict', `Library ${id} of "${account.name}" is ${wanted ? 'ignored' : 'not ignored'} already.`);
  return wanted ? [...before, id] : before.filter((one) => one !== id);
}
