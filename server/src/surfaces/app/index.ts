import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { Activity } from '#core/activity/index.ts';
import { guard } from '#platform/http-server/index.ts';
import { type AboutRoutesDeps, aboutRoutes } from './about.routes.ts';
import { type AccountRoutesDeps, accountRoutes } from './accounts.routes.ts';
import { createNote } from './activity-note.ts';
import { type AppAuthDeps, callerDecoration, createAuthenticator, createPersonChoice } from './app.auth.ts';
import { appError, appNotFound } from './app.errors.ts';
import { type ApprovalRoutesDeps, approvalRoutes, OPEN_APPROVAL_ROUTES } from './approvals.routes.ts';
import { type AppRoutesDeps, appRoutes } from './apps.routes.ts';
import { type ConnectingRoutesDeps, connectingRoutes } from './connecting.routes.ts';
import { type DemoRoutesDeps, demoRoutes } from './demo.routes.ts';
import { type DeskRoutesDeps, deskRoutes } from './desks.routes.ts';
import { type DiagnosisRoutesDeps, diagnosisRoutes } from './diagnosis.routes.ts';
import { type EventRoutesDeps, eventRoutes } from './events.routes.ts';
import { healthRoutes } from './health.routes.ts';
import { type HistoryFileRoutesDeps, historyFileRoutes } from './history-files.routes.ts';
import { type HomeRoutesDeps, homeRoutes } from './home.routes.ts';
import { type JobRoutesDeps, jobRoutes } from './jobs.routes.ts';
import { type KeyRoutesDeps, keyRoutes } from './keys.routes.ts';
import { type LibraryRoutesDeps, libraryRoutes } from './library.routes.ts';
import { type LibraryStatsDeps, libraryStatsRoutes } from './library-stats.routes.ts';
import { type LogRoutesDeps, logRoutes } from './logs.routes.ts';
import { type MatchingRoutesDeps, matchingRoutes } from './matching.routes.ts';
import { type MediaRoutesDeps, mediaRoutes } from './media.routes.ts';
import { type MergeRoutesDeps, mergeRoutes } from './merges.routes.ts';
import { type MetadataRoutesDeps, metadataRoutes } from './metadata.routes.ts';
import { type MovingRoutesDeps, movingRoutes } from './moving.routes.ts';
import { createOverview, type OverviewDeps } from './overview.ts';
import { type PeopleRoutesDeps, peopleRoutes } from './people.routes.ts';
import { type PictureRoutesDeps, pictureRoutes } from './pictures.routes.ts';
import { type PlanRoutesDeps, planRoutes } from './plans.routes.ts';
import { type PlayRoutesDeps, playRoutes } from './play.routes.ts';
import { type RecordRoutesDeps, recordRoutes } from './records.routes.ts';
import { type ReplicationRoutesDeps, replicationRoutes } from './replication.routes.ts';
import { type MatrixRoutesDeps, matrixRoutes } from './request-matrix.routes.ts';
import { type RequestRoutesDeps, requestRoutes } from './requests.routes.ts';
import { OPEN_SESSION_ROUTES, type SessionRoutesDeps, sessionRoutes } from './session.routes.ts';
import { type SettingRoutesDeps, settingRoutes } from './settings.routes.ts';
import { type StreamRoutesDeps, streamRoutes } from './stream.routes.ts';
import { type SyncRoutesDeps, syncRoutes } from './sync.routes.ts';
import { type TaskRoutesDeps, taskRoutes } from './tasks.routes.ts';
import { titleWordRoutes } from './title-words.routes.ts';
import { type TitleRoutesDeps, titleRoutes } from './titles.routes.ts';
import { type TrackerRoutesDeps, trackerRoutes } from './trackers.routes.ts';

export type { AboutDesk } from './about.routes.ts';
export { describeApis, type SurfacePlace } from './api-description.ts';
export { type HouseSurfaceDeps, houseSurface } from './house.ts';
export type { ConflictDesk } from './media.routes.ts';
export type { MergeDesk } from './merges.routes.ts';

/** Each file of routes names what it needs; the surface needs it all. */
export type AppSurfaceDeps = AppAuthDeps &
  SessionRoutesDeps &
  AccountRoutesDeps &
  ConnectingRoutesDeps &
  DemoRoutesDeps &
  PeopleRoutesDeps &
  PlanRoutesDeps &
  SyncRoutesDeps &
  JobRoutesDeps &
  TaskRoutesDeps &
  MediaRoutesDeps &
  MergeRoutesDeps &
  PictureRoutesDeps &
  SettingRoutesDeps &
  KeyRoutesDeps &
  MovingRoutesDeps &
  HistoryFileRoutesDeps &
  RecordRoutesDeps &
  DeskRoutesDeps &
  ReplicationRoutesDeps &
  RequestRoutesDeps &
  MetadataRoutesDeps &
  TrackerRoutesDeps &
  AppRoutesDeps &
  TitleRoutesDeps &
  PlayRoutesDeps &
  ApprovalRoutesDeps &
  LibraryRoutesDeps &
  AboutRoutesDeps &
  MatchingRoutesDeps &
  LibraryStatsDeps &
  StreamRoutesDeps &
  HomeRoutesDeps &
  DiagnosisRoutesDeps &
  EventRoutesDeps &
  MatrixRoutesDeps &
  LogRoutesDeps &
  OverviewDeps &
  Readonly<{ activity: Pick<Activity, 'record' | 'list'> }>;

/** Our own API: mounted at /api/v1. The web app, the command line and people's scripts use it alike. */
export const appSurface =
  (deps: AppSurfaceDeps): FastifyPluginAsyncTypebox =>
  async (app) => {
    app.setErrorHandler(appError);
    app.setNotFoundHandler(appNotFound);
    app.decorateRequest(callerDecoration, null);
    const authenticate = createAuthenticator(deps);
    guard(app, { open: [...OPEN_SESSION_ROUTES, ...OPEN_APPROVAL_ROUTES], authenticate });

    const own = {
      ...deps,
      authenticate,
      choice: createPersonChoice(deps.people),
      note: createNote(deps.activity),
      overview: createOverview(deps),
    };
    for (const routes of [
      sessionRoutes,
      healthRoutes,
      accountRoutes,
      connectingRoutes,
      demoRoutes,
      peopleRoutes,
      keyRoutes,
      planRoutes,
      syncRoutes,
      taskRoutes,
      jobRoutes,
      streamRoutes,
      homeRoutes,
      diagnosisRoutes,
      eventRoutes,
      logRoutes,
      mediaRoutes,
      mergeRoutes,
      pictureRoutes,
      settingRoutes,
      recordRoutes,
      movingRoutes,
      historyFileRoutes,
      deskRoutes,
      replicationRoutes,
      requestRoutes,
      matrixRoutes,
      metadataRoutes,
      trackerRoutes,
      appRoutes,
      titleRoutes,
      playRoutes,
      approvalRoutes,
      libraryRoutes,
      aboutRoutes,
      matchingRoutes,
      libraryStatsRoutes,
      titleWordRoutes,
    ]) {
      await app.register(routes(own));
    }
  };
