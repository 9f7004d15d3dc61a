import { createMediaGraph } from '#core/media/index.ts';
import { mediaDeps } from '#features/watch-sync/index.ts';
import type { HttpServer } from '#platform/http-server/index.ts';
import { appSurface, type ConflictDesk, houseSurface, type SurfacePlace } from '#surfaces/app/index.ts';
import type { Rooms } from './app.ts';
import { release } from './release.ts';

/** Every surface that /api/openapi/{name}.json knows. */
const SURFACES: readonly SurfacePlace[] = [
  { name: 'app', prefix: '/api/v1', title: 'Usherr' },
  { name: 'watchstate', prefix: '/v1/api', title: 'Usherr: WatchState API' },
];

/** Mounts our own API, and what belongs to no API. */
export async function mountApp(server: HttpServer, rooms: Rooms): Promise<void> {
  const deps = {
    ...rooms,
    conflicts: createConflictDesk(rooms),
    publicUrl: rooms.config.publicUrl,
    basePath: rooms.config.basePath,
    version: release.version,
    surfaces: SURFACES,
    ready: async (): Promise<void> => void (await rooms.jobs.stats()),
  };
  await server.register(appSurface(deps), { prefix: '/api/v1' });
  await server.register(houseSurface(deps));
}

/** What is decided about a title moves what hangs on it, in the same transaction. */
function createConflictDesk({ database, clock }: Rooms): ConflictDesk {
  const graph = createMediaGraph(database, mediaDeps(database, clock));
  return {
    list: graph.conflicts,
    countOpen: graph.openConflicts,
    settle: (id, choice, actor) =>
      database.transaction((handle) => createMediaGraph(handle, mediaDeps(handle, clock)).settle(id, choice, actor)),
  };
}
