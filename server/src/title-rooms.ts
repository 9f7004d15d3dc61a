import type { Publish } from '#core/events.ts';
import {
  type AnimeCoordinates,
  createAnime,
  createMediaGraph,
  createNativeEpisodes,
  createPlainTitles,
  createTitleNumbers,
  type Matching,
  type TitleFactDesk,
} from '#core/media/index.ts';
import { createCatalogue } from '#features/catalogue/index.ts';
import type { Metadata } from '#features/metadata/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import { claimBuilder } from './claim-builder.ts';

export type TitleRoomsDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish: Publish<Handle>;
  matching: Matching;
  titleFacts: TitleFactDesk;
  animeCoordinates: AnimeCoordinates;
  metadata: Pick<Metadata, 'verify' | 'nameOf'>;
}>;

/** What apps know titles by, what they mean by those that they name, and what they may look up. */
export function createTitleRooms({ database, clock, publish, matching, titleFacts: facts, animeCoordinates, metadata }: TitleRoomsDeps) {
  const numbers = createTitleNumbers({ database });
  const claims = claimBuilder({ clock, publish, matching })(metadata, { database });
  const anime = createAnime(database, { clock });
  const graph = createMediaGraph(database, { clock });
  const nativeEpisodes = createNativeEpisodes({ claims, coordinates: animeCoordinates, facts, graph });
  const catalogue = createCatalogue({
    clock,
    graph,
    numbers,
    claims,
    facts,
    anime,
    plainTitles: createPlainTitles(database),
  });
  return { titleNumbers: numbers, titleClaims: claims, nativeEpisodes, anime, catalogue };
}
