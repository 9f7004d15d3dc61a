import { MEDIA_FOLDERS, PATH_MAPPINGS } from '#core/connections/index.ts';
import { MATCH_BY_PATH } from '#core/media/index.ts';
import type { SettingDefinition } from '#core/settings/index.ts';
import { OPEN_REGISTRATION, SERVER_SIGN_IN } from '#features/app-grants/index.ts';
import { SUPPRESSIONS } from '#features/diagnostics/index.ts';
import { POSTER_CACHE } from '#features/pictures/index.ts';
import { CACHE_SIZE, VIDEO_ENCODER } from '#features/player/index.ts';
import { MAPPING } from '#features/provisioning/index.ts';
import { replicationSettings } from '#features/request-replication/index.ts';
import { taskSettings } from '#features/tasks/index.ts';
import { trackerSyncSettings } from '#features/tracker-sync/index.ts';
import { REPLAY } from '#features/watch-sync/index.ts';
import { metadataSettings } from './house-metadata.ts';

/** Every setting there is. */
export const SETTINGS: readonly SettingDefinition[] = [
  REPLAY,
  SUPPRESSIONS,
  PATH_MAPPINGS,
  MEDIA_FOLDERS,
  CACHE_SIZE,
  VIDEO_ENCODER,
  POSTER_CACHE,
  MAPPING,
  MATCH_BY_PATH,
  OPEN_REGISTRATION,
  SERVER_SIGN_IN,
  ...taskSettings(),
  ...replicationSettings(),
  ...metadataSettings(),
  ...trackerSyncSettings(),
];
