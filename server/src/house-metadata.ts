import type { Publish } from '#core/events.ts';
import type { Matching, TitleFactDesk } from '#core/media/index.ts';
import type { SettingDefinition, Settings } from '#core/settings/index.ts';
import { createMetadata, type Metadata, metadataSettingsOf } from '#features/metadata/index.ts';
import { createTmdbDriver } from '#integrations/tmdb/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { houseGraph } from './house-graph.ts';

const CHOICES = metadataSettingsOf('tmdb', 'TMDB, themoviedb.org');

/** For the registry. */
export const metadataSettings = (): readonly SettingDefinition[] => Object.values(CHOICES) as readonly SettingDefinition[];

export type HouseMetadataDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish: Publish<Handle>;
  settings: Pick<Settings, 'get'>;
  facts: TitleFactDesk;
  jobs: JobQueue;
  matching: Pick<Matching, 'current'>;
  tmdbUrl?: string | undefined;
}>;

/** Metadata from TMDB, with the household's own key. */
export function createHouseMetadata({ matching, publish, tmdbUrl, ...deps }: HouseMetadataDeps): Metadata {
  return createMetadata({
    ...deps,
    definitions: CHOICES,
    driver: createTmdbDriver(tmdbUrl === undefined ? {} : { baseUrl: tmdbUrl }),
    graphOn: houseGraph({ clock: deps.clock, publish, matching }),
  });
}
