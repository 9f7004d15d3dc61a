import type { Publish } from '#core/events.ts';
import {
  type AnimeCoordinates,
  createAnime,
  createAnimeTypes,
  createMediaGraph,
  createNativeEpisodes,
  createPlainTitles,
  createTitleClaims,
  createTitleNumbers,
  type Matching,
  type TitleFactDesk,
  type VerifyTitle,
} from '#core/media/index.ts';
import { createCatalogue } from '#features/catalogue/index.ts';
import { createTitles } from '#features/titles/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import type { Logger } from '#platform/logging/index.ts';
import { houseGraph } from './house-graph.ts';

export type TitleRoomsDeps = Readonly<{
  database: Database;
  logger: Pick<Logger, 'warn'>;
  clock: Clock;
  publish: Publish<Handle>;
  matching: Matching;
  titleFacts: TitleFactDesk;
  animeCoordinates: AnimeCoordinates;
  metadata: Readonly<{ verify: VerifyTitle; nameOf: NonNullable<Parameters<typeof createTitleClaims>[0]['nameOf']> }>;
}>;

/** What apps know titles by, what they mean by those that they name, and what they may look up. */
export function createTitleRooms({
  database,
  logger,
  clock,
  publish,
  matching,
  titleFacts: facts,
  animeCoordinates,
  metadata,
}: TitleRoomsDeps) {
  const numbers = createTitleNumbers({ database });
  const claims = createTitleClaims({
    database,
    numbers,
    coordinates: animeCoordinates,
    verify: metadata.verify,
    nameOf: metadata.nameOf,
    graphOn: houseGraph({ clock, publish, matching }),
  });
  const anime = createAnime(database, { clock });
  const graph = createMediaGraph(database, { clock });
  const nativeEpisodes = createNativeEpisodes({ claims, coordinates: animeCoordinates, facts, graph });
  const animeTypes = createAnimeTypes({ coordinates: animeCoordinates });
  const catalogue = createCatalogue({
    clock,
    graph,
    numbers,
    claims,
    facts,
    anime,
    animeTypes,
    nativeEpisodes,
    plainTitles: createPlainTitles(database),
  });
  return { titleNumbers: numbers, titleClaims: claims, nativeEpisodes, anime, animeTypes, catalogue, titles: createTitles({ database, logger }) };
}
