import { accessMigrations, keyMakerMigrations, loginScopeMigrations } from '#core/access/index.ts';
import { activityMigrations } from '#core/activity/index.ts';
import { binMigrations } from '#core/bin/index.ts';
import { connectionHealthMigrations, connectionMigrations } from '#core/connections/index.ts';
import { ignoreRuleMigrations } from '#core/ignore-rules/index.ts';
import {
  animeMappingMigrations,
  customIdMigrations,
  mediaMigrations,
  mediaOrderMigrations,
  titleFactMigrations,
  titleNumberMigrations,
} from '#core/media/index.ts';
import { peopleMigrations } from '#core/people/index.ts';
import { planMigrations, planReviewMigrations } from '#core/plans/index.ts';
import { requestMigrations } from '#core/requests/index.ts';
import { settingMigrations } from '#core/settings/index.ts';
import {
  begunTitleMigrations,
  binnedHistoryMigrations,
  historySizeMigrations,
  listMigrations,
  playDayMigrations,
  viewingMigrations,
  viewingPushMigrations,
} from '#core/viewing/index.ts';
import { appGrantMigrations, appRequestMigrations } from '#features/app-grants/index.ts';
import { connectingMigrations } from '#features/connecting/index.ts';
import { demoMigrations } from '#features/demo/index.ts';
import { metadataMigrations } from '#features/metadata/index.ts';
import { quietCycleMigrations, replicationMigrations } from '#features/request-replication/index.ts';
import { scrobblingMigrations } from '#features/scrobbling/index.ts';
import { shelfSyncMigrations, wishSearchMigrations } from '#features/shelf-sync/index.ts';
import { titleMigrations } from '#features/titles/index.ts';
import { trackerMigrations, trackerRewatchMigrations, trackerToldMigrations } from '#features/tracker/index.ts';
import { trackerSyncMigrations } from '#features/tracker-sync/index.ts';
import { heldPushMigrations, watchSyncMigrations } from '#features/watch-sync/index.ts';
import type { Migration } from '#platform/db/index.ts';
import { eventMigrations } from '#platform/events/index.ts';
import { jobMigrations } from '#platform/jobs/index.ts';
import { journalMigrations } from '#platform/journal/index.ts';

/** Every step of the schema, oldest first. New steps are added at the end; a step that has landed is never edited or moved. */
export const migrations: readonly Migration[] = [
  ...peopleMigrations,
  ...accessMigrations,
  ...connectionMigrations,
  ...mediaMigrations,
  ...settingMigrations,
  ...activityMigrations,
  ...planMigrations,
  ...binMigrations,
  ...viewingMigrations,
  ...ignoreRuleMigrations,
  ...journalMigrations,
  ...jobMigrations,
  ...eventMigrations,
  ...watchSyncMigrations,
  ...keyMakerMigrations,
  ...binnedHistoryMigrations,
  ...connectionHealthMigrations,
  ...viewingPushMigrations,
  ...requestMigrations,
  ...replicationMigrations,
  ...mediaOrderMigrations,
  ...historySizeMigrations,
  ...customIdMigrations,
  ...quietCycleMigrations,
  ...listMigrations,
  ...trackerMigrations,
  ...appGrantMigrations,
  ...titleNumberMigrations,
  ...begunTitleMigrations,
  ...scrobblingMigrations,
  ...titleFactMigrations,
  ...metadataMigrations,
  ...animeMappingMigrations,
  ...trackerSyncMigrations,
  ...shelfSyncMigrations,
  ...wishSearchMigrations,
  ...appRequestMigrations,
  ...playDayMigrations,
  ...loginScopeMigrations,
  ...connectingMigrations,
  ...planReviewMigrations,
  ...heldPushMigrations,
  ...demoMigrations,
  ...titleMigrations,
  ...trackerToldMigrations,
  ...trackerRewatchMigrations,
];
