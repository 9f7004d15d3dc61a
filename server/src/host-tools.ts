import { fileURLToPath } from 'node:url';
import { createConsole } from '#features/console/index.ts';
import { createReport } from '#features/diagnostics/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { bareEnvironment } from '#platform/config/index.ts';
import { probeUrl } from '#platform/http-client/index.ts';
import type { HttpServer } from '#platform/http-server/index.ts';
import { createProcesses } from '#platform/processes/index.ts';
import type { Rooms } from './app.ts';
import { migrations } from './migrations.ts';
import { release } from './release.ts';
import { createStaticFiles } from './static-files.ts';

/** What surfaces offer of the host itself: commands, processes, the clock's tasks, a report, published files. */
export function createHostTools(server: HttpServer, rooms: Rooms, caches: readonly Readonly<{ forget(): void }>[]) {
  const { clock, access, activity, config, schedules, tasks } = rooms;
  const console = createConsole({
    clock,
    access,
    activity,
    program: { file: process.execPath, words: [fileURLToPath(new URL('./cli.ts', import.meta.url))] },
    serverUrl: () => ownAddress(server),
    dataDir: config.dataDir,
    timeZone: config.timeZone,
    environment: bareEnvironment(),
    shell: config.consoleShell,
  });
  server.addHook('onClose', async () => console.close());
  return {
    console,
    processes: createProcesses(),
    probeUrl,
    staticFiles: createStaticFiles(fileURLToPath(new URL('../../', import.meta.url))),
    scheduler: {
      running: schedules.running,
      async restart(): Promise<void> {
        await schedules.stop();
        // The settings may say otherwise by now.
        await tasks.start();
        await schedules.start();
      },
    },
    report: createReport({
      ...rooms,
      version: release.version,
      database: { kind: rooms.database.kind, schema: migrations.at(-1)?.name ?? 'none' },
      environment: environmentOf(rooms),
    }),
    forgetCaches: () => {
      for (const cache of caches) cache.forget();
    },
  };
}

function ownAddress(server: HttpServer): string {
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new AppError('unavailable', 'The server does not listen yet.');
  const host = address.address === '::' || address.address === '0.0.0.0' ? '127.0.0.1' : address.address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}

const environmentOf = ({ config }: Rooms): Readonly<Record<string, string>> => ({
  host: config.host,
  port: String(config.port),
  'public URL': config.publicUrl === undefined ? 'unset' : 'set',
  'trusted proxies': String(config.trustedProxies.length),
  'time zone': config.timeZone,
  'log level': config.logLevel,
  'API key': config.apiKey === undefined ? 'generated' : 'set',
  secret: config.secret === undefined ? 'generated' : 'set',
});
