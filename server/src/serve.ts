import { createPictures, createPosters, POSTER_CACHE } from '#features/pictures/index.ts';
import { createPlayer } from '#features/player/index.ts';
import { createJobDesk } from '#features/tasks/index.ts';
import { createHttpServer, type HttpServer } from '#platform/http-server/index.ts';
import { describeApis } from '#surfaces/app/index.ts';
import { seerrSyncSurface } from '#surfaces/seerr-sync/index.ts';
import { simklSurface } from '#surfaces/simkl/index.ts';
import { watchstateSurface } from '#surfaces/watchstate/index.ts';
import type { Rooms } from './app.ts';
import { mountApp } from './app-surface.ts';
import { createDiagnostics } from './diagnostics-desk.ts';
import { createHostTools } from './host-tools.ts';
import { createPeopleDesk } from './people-desk.ts';
import { release } from './release.ts';
import { SURFACE_CLAIMS } from './surface-claims.ts';

/** The HTTP server with every surface at its paths. It does not listen yet. */
export async function createServer(rooms: Rooms): Promise<HttpServer> {
  const { config, clock, logging, access, people, drivers, connections, activity, watchSync, plex, tasks, jobs } = rooms;
  const server = createHttpServer({
    logger: logging.logger('app', { room: 'http-server' }),
    accessLogger: logging.logger('access'),
    trustedProxies: config.trustedProxies,
    publicUrl: config.publicUrl,
    clock,
  });
  const player = createPlayer({
    clock,
    settings: rooms.settings,
    files: rooms.localFiles,
    logger: logging.logger('app', { room: 'player' }),
    dataDir: config.dataDir,
    programs: config.programs,
  });
  people.onRemove(async (_handle, person) => player.endOf(person.id));
  server.addHook('onReady', () => player.start());
  // Before the server waits for what is under way: whoever waits for a segment is told that none will come.
  server.addHook('preClose', () => player.close());
  await describeApis(server, { version: release.version, publicUrl: config.publicUrl });
  const diagnostics = createDiagnostics(rooms);
  const pictures = createPictures({ connections, history: rooms.history, clock });
  const posters = createPosters({
    clock,
    connections,
    facts: rooms.titleFacts,
    readTold: rooms.metadata.readPoster,
    dataDir: config.dataDir,
    cacheMegabytes: () => rooms.settings.get(POSTER_CACHE),
  });
  const peopleDesk = createPeopleDesk(rooms);
  const watchstate = watchstateSurface({
    ...createHostTools(server, rooms, [diagnostics.references, diagnostics.records, diagnostics.stale, pictures, posters]),
    pictures,
    ...diagnostics,
    ...peopleDesk,
    access,
    people,
    release,
    serverTypes: Object.keys(drivers),
    logs: logging,
    suppressions: rooms.suppressions,
    settings: rooms.settings,
    settingsChanged: rooms.settingsChanged,
    startedWith: {
      dataDir: config.dataDir,
      timeZone: config.timeZone,
      logLevel: config.logLevel,
      trustProxy: String(config.trustedProxies.length > 0),
      console: String(config.consoleShell),
    },
    connections,
    activity,
    watchSync,
    plexSignIn: plex,
    tasks,
    jobDesk: createJobDesk({ jobs, tasks, clock }),
    history: rooms.history,
    historyBin: rooms.historyBin,
    ignoreRules: rooms.ignoreRules,
    ownIds: () => rooms.matching.current().ownIds,
    customIds: rooms.customIds,
    backups: rooms.upkeep.backups,
    localFiles: rooms.localFiles,
    player,
    basePath: config.basePath,
    publicUrl: config.publicUrl,
    clock,
  });
  await server.register(watchstate, { prefix: SURFACE_CLAIMS.watchstate[0] });
  await server.register(seerrSyncSurface(rooms), { prefix: SURFACE_CLAIMS['seerr-sync'][0] });
  await server.register(simklSurface({ ...rooms, timeZone: config.timeZone, publicUrl: config.publicUrl, basePath: config.basePath }));
  await mountApp(server, rooms, { ...peopleDesk, player, posters, diagnosis: diagnostics });
  return server;
}
