import { createMediaGraph, type MediaGraph } from '#core/media/index.ts';
import { mediaDeps } from '#features/watch-sync/index.ts';
import type { HttpServer } from '#platform/http-server/index.ts';
import { appSurface, type ConflictDesk, houseSurface, type MergeDesk, type SurfacePlace } from '#surfaces/app/index.ts';
import type { Rooms } from './app.ts';
import { release } from './release.ts';

/** Every surface that /api/openapi/{name}.json knows. */
const SURFACES: readonly SurfacePlace[] = [
  { name: 'app', prefix: '/api/v1', title: 'Usherr' },
  { name: 'watchstate', prefix: '/v1/api', title: 'Usherr: WatchState API' },
  { name: 'seerr-sync', prefix: '/api/seerr-sync', title: 'Usherr: Seerr Sync API' },
];

/** Mounts our own API, and what belongs to no API. */
export async function mountApp(server: HttpServer, rooms: Rooms): Promise<void> {
  const desk = createConflictDesk(rooms);
  const deps = {
    ...rooms,
    conflicts: desk,
    merges: desk,
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
function createConflictDesk({ database, clock, matching, watchSync }: Rooms): ConflictDesk & MergeDesk {
  const graph = createMediaGraph(database, mediaDeps(database, clock, matching.current()));
  /** Servers learn at once what follows from it. */
  async function decide<T>(work: (decided: MediaGraph) => Promise<T>, reason: string): Promise<T> {
    const done = await database.transaction((handle) => work(createMediaGraph(handle, mediaDeps(handle, clock, matching.current()))));
    await watchSync.tellAll(reason);
    return done;
  }
  return {
    list: graph.conflicts,
    countOpen: graph.openConflicts,
    settle: (id, choice, actor) => decide((decided) => decided.settle(id, choice, actor), 'conflict.settled'),
    listMerges: graph.merges,
    titles: graph.entries,
    split: (id) => decide((decided) => decided.split(id), 'merge.split'),
    merge: (from, into, actor) => decide((decided) => decided.merge(from, into, actor), 'media.merged'),
  };
}
