import { fileURLToPath } from 'node:url';
import { createLogDesk } from '#features/logs/index.ts';
import type { Posters } from '#features/pictures/index.ts';
import type { Player } from '#features/player/index.ts';
import type { HttpServer } from '#platform/http-server/index.ts';
import { appSurface, houseSurface, type SurfacePlace } from '#surfaces/app/index.ts';
import { createAboutDesk } from './about-desk.ts';
import type { Rooms } from './app.ts';
import type { createDiagnostics } from './diagnostics-desk.ts';
import { createHouseHome } from './house-home.ts';
import { createHouseLive } from './house-live.ts';
import { createHouseTitles } from './house-titles.ts';
import { createMediaDesk } from './media-desk.ts';
import type { PeopleDesk } from './people-desk.ts';
import { release } from './release.ts';
import { roomOfJob } from './rooms-of-jobs.ts';
import { SURFACE_CLAIMS } from './surface-claims.ts';

/** Every surface that /api/openapi/{name}.json knows. */
const SURFACES: readonly SurfacePlace[] = [
  { name: 'app', paths: SURFACE_CLAIMS.app, title: 'Usherr' },
  { name: 'watchstate', paths: SURFACE_CLAIMS.watchstate, title: 'Usherr: WatchState API' },
  { name: 'seerr-sync', paths: SURFACE_CLAIMS['seerr-sync'], title: 'Usherr: Seerr Sync API' },
  { name: 'simkl', paths: SURFACE_CLAIMS.simkl, title: 'Usherr: Simkl API' },
];

/** What our own API shares with other surfaces. */
export type AppDesks = Pick<PeopleDesk, 'provisioning' | 'whoIsWho'> &
  Readonly<{ player: Player; posters: Posters; diagnosis: ReturnType<typeof createDiagnostics> }>;

/** Mounts our own API, and what belongs to no API. */
export async function mountApp(server: HttpServer, rooms: Rooms, desks: AppDesks): Promise<void> {
  const desk = createMediaDesk(rooms);
  const deps = {
    ...rooms,
    ...desks,
    ...createHouseTitles(rooms),
    about: createAboutDesk(rooms),
    conflicts: desk,
    merges: desk,
    roomOfTask: (name: string) => roomOfJob({ name: 'system:task', payload: { name } }),
    logDesk: createLogDesk({ logs: rooms.logging }),
    home: createHouseHome(rooms, desk),
    live: createHouseLive(rooms, desk),
    deskKinds: Object.keys(rooms.deskDrivers),
    publicUrl: rooms.config.publicUrl,
    basePath: rooms.config.basePath,
    version: release.version,
    webApp: fileURLToPath(new URL('../../web/dist', import.meta.url)),
    surfaces: SURFACES,
    ready: async (): Promise<void> => void (await rooms.jobs.stats()),
  };
  await server.register(appSurface(deps), { prefix: SURFACE_CLAIMS.app[0] });
  await server.register(houseSurface(deps));
}
