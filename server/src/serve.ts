import { createHttpServer, type HttpServer } from '#platform/http-server/index.ts';
import { watchstateSurface } from '#surfaces/watchstate/index.ts';
import type { Rooms } from './app.ts';
import { release } from './release.ts';

/** The HTTP server with every surface at its paths. It does not listen yet. */
export async function createServer(rooms: Rooms): Promise<HttpServer> {
  const { config, clock, logging, access, people, drivers, connections, activity, watchSync, plex } = rooms;
  const server = createHttpServer({
    logger: rooms.logger,
    accessLogger: logging.logger('access'),
    trustedProxies: config.trustedProxies,
    publicUrl: config.publicUrl,
    clock,
  });
  const watchstate = watchstateSurface({
    access,
    people,
    release,
    serverTypes: Object.keys(drivers),
    connections,
    activity,
    watchSync,
    plexSignIn: plex,
    publicUrl: config.publicUrl,
    clock,
  });
  await server.register(watchstate, { prefix: '/v1/api' });
  return server;
}
