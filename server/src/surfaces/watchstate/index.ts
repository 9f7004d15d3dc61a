import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { guard } from '#platform/http-server/index.ts';
import { type AuthRoutesDeps, authRoutes, OPEN_AUTH_ROUTES } from './auth.routes.ts';
import { type BackendRoutesDeps, backendRoutes } from './backend.routes.ts';
import { type BackendDiagnosisDeps, backendDiagnosisRoutes } from './backend-diagnosis.routes.ts';
import { backendLibraryRoutes } from './backend-library.routes.ts';
import { backendOptionRoutes } from './backend-option.routes.ts';
import { backendProbesRoutes } from './backend-probes.routes.ts';
import { type BackendSearchDeps, backendSearchRoutes } from './backend-search.routes.ts';
import { backendServerRoutes } from './backend-server.routes.ts';
import { type BackendsRoutesDeps, backendsRoutes } from './backends.routes.ts';
import { type ConsoleRoutesDeps, consoleRoutes } from './console.routes.ts';
import { type EnvRoutesDeps, envRoutes } from './env.routes.ts';
import { type EventsRoutesDeps, eventsRoutes } from './events.routes.ts';
import { type GuidsRoutesDeps, guidsRoutes } from './guids.routes.ts';
import { type HistoryRoutesDeps, historyRoutes } from './history.routes.ts';
import { type HostRoutesDeps, hostRoutes } from './host.routes.ts';
import { type IdentitiesDeps, identitiesRoutes } from './identities.routes.ts';
import { type IdentityConfigDeps, identityConfigRoutes } from './identity-config.routes.ts';
import { backendIgnoreRoutes, type IgnoreRoutesDeps, ignoreRoutes } from './ignore.routes.ts';
import { type LogsRoutesDeps, logRoutes, logsRoutes } from './logs.routes.ts';
import { historyPictureRoutes, type PicturesRoutesDeps, somePictureRoutes } from './pictures.routes.ts';
import { OPEN_PLAYER_ROUTES, type PlayerRoutesDeps, playerRoutes } from './player.routes.ts';
import { OPEN_PLEX_ROUTES, type PlexSignInDeps, plexSignInRoutes } from './plex-sign-in.routes.ts';
import { type ProvisionRoutesDeps, provisionRoutes } from './provision.routes.ts';
import { type RecordsRoutesDeps, recordsRoutes } from './records.routes.ts';
import { type SignRoutesDeps, signRoutes } from './sign.routes.ts';
import { OPEN_STATIC_ROUTES, type StaticRoutesDeps, staticRoutes } from './static.routes.ts';
import { type SuppressorRoutesDeps, suppressorRoutes } from './suppressor.routes.ts';
import { OPEN_SYSTEM_ROUTES, type SystemRoutesDeps, systemRoutes } from './system.routes.ts';
import { type SystemBackupDeps, systemBackupRoutes } from './system-backup.routes.ts';
import { type TasksRoutesDeps, tasksRoutes } from './tasks.routes.ts';
import { type ToolsRoutesDeps, toolsRoutes } from './tools.routes.ts';
import { type AuthenticatorDeps, CALLER, createAuthenticator } from './watchstate.auth.ts';
import { watchstateError, watchstateNotFound } from './watchstate.errors.ts';
import { type WebhookRoutesDeps, webhookRoutes } from './webhook.routes.ts';

export type { Release } from './system.routes.ts';

/** Each file of routes names what it needs; the surface needs it all. */
export type WatchstateDeps = AuthenticatorDeps &
  AuthRoutesDeps &
  SystemRoutesDeps &
  BackendsRoutesDeps &
  BackendRoutesDeps &
  BackendSearchDeps &
  PlexSignInDeps &
  HistoryRoutesDeps &
  IgnoreRoutesDeps &
  PlayerRoutesDeps &
  SignRoutesDeps &
  IdentitiesDeps &
  WebhookRoutesDeps &
  TasksRoutesDeps &
  SystemBackupDeps &
  EventsRoutesDeps &
  ConsoleRoutesDeps &
  IdentityConfigDeps &
  ProvisionRoutesDeps &
  PicturesRoutesDeps &
  EnvRoutesDeps &
  BackendDiagnosisDeps &
  RecordsRoutesDeps &
  LogsRoutesDeps &
  SuppressorRoutesDeps &
  GuidsRoutesDeps &
  HostRoutesDeps &
  StaticRoutesDeps &
  ToolsRoutesDeps;

/** The whole list of what needs no credentials. */
const OPEN_ROUTES: readonly string[] = [
  ...OPEN_SYSTEM_ROUTES,
  ...OPEN_AUTH_ROUTES,
  ...OPEN_PLEX_ROUTES,
  ...OPEN_STATIC_ROUTES,
  ...OPEN_PLAYER_ROUTES,
];

/** The WatchState API: mounted at /v1/api. It owns the page's words, shapes and statuses, and nothing else. */
export const watchstateSurface =
  (deps: WatchstateDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.setErrorHandler(watchstateError);
    app.setNotFoundHandler(watchstateNotFound);
    app.decorateRequest(CALLER, null);
    app.addHook('onRequest', async (_request, reply) => void reply.header('x-application-version', deps.release.version));
    const authenticate = createAuthenticator(deps);
    guard(app, { open: OPEN_ROUTES, authenticate });

    await app.register(systemRoutes(deps), { prefix: '/system' });
    await app.register(hostRoutes(deps), { prefix: '/system' });
    await app.register(toolsRoutes(deps), { prefix: '/system' });
    await app.register(staticRoutes(deps), { prefix: '/system' });
    await app.register(envRoutes(deps), { prefix: '/system/env' });
    await app.register(suppressorRoutes(deps), { prefix: '/system/suppressor' });
    await app.register(guidsRoutes(deps), { prefix: '/system/guids' });
    await app.register(logsRoutes(deps), { prefix: '/logs' });
    await app.register(logRoutes({ ...deps, authenticate }), { prefix: '/log' });
    await app.register(consoleRoutes({ ...deps, authenticate }), { prefix: '/system/command' });
    await app.register(authRoutes(deps), { prefix: '/system/auth' });
    await app.register(backendsRoutes(deps), { prefix: '/backends' });
    await app.register(backendProbesRoutes(deps), { prefix: '/backends' });
    await app.register(plexSignInRoutes(deps), { prefix: '/backends/plex' });
    await app.register(backendRoutes(deps), { prefix: '/backend/:name' });
    await app.register(backendServerRoutes(deps), { prefix: '/backend/:name' });
    await app.register(backendSearchRoutes(deps), { prefix: '/backend/:name/search' });
    await app.register(backendDiagnosisRoutes(deps), { prefix: '/backend/:name' });
    await app.register(recordsRoutes(deps), { prefix: '/system' });
    await app.register(backendLibraryRoutes(deps), { prefix: '/backend/:name/library' });
    await app.register(backendOptionRoutes(deps), { prefix: '/backend/:name/option' });
    await app.register(backendIgnoreRoutes(deps), { prefix: '/backend/:name/ignore' });
    await app.register(historyRoutes(deps), { prefix: '/history' });
    await app.register(historyPictureRoutes(deps), { prefix: '/history' });
    await app.register(somePictureRoutes(deps), { prefix: '/system' });
    await app.register(ignoreRoutes(deps), { prefix: '/ignore' });
    await app.register(identitiesRoutes(deps), { prefix: '/identities' });
    await app.register(identityConfigRoutes(deps), { prefix: '/identities' });
    await app.register(provisionRoutes(deps), { prefix: '/identities/provision' });
    await app.register(webhookRoutes(deps), { prefix: '/webhook' });
    await app.register(tasksRoutes(deps), { prefix: '/tasks' });
    await app.register(playerRoutes(deps), { prefix: '/player' });
    await app.register(signRoutes(deps), { prefix: '/system/sign' });
    await app.register(eventsRoutes(deps), { prefix: '/system/events' });
    await app.register(systemBackupRoutes(deps), { prefix: '/system/backup' });
  };
