import type { Publish } from '#core/events.ts';
import {
  type AnimeCoordinates,
  createAnime,
  createAnimeTypes,
  createMediaGraph,
  createNativeEpisodes,
  createPlainTitles,
  createTitleNumbers,
  type Matching,
  type MediaGraph,
  type TitleFactDesk,
} from '#core/media/index.ts';
import { type BeyondSource, createCatalogue } from '#features/catalogue/index.ts';
import type { Metadata } from '#features/metadata/index.ts';
import { createTitles } from '#features/titles/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import type { Logger } from '#platform/logging/index.ts';
import { claimBuilder } from './claim-builder.ts';
import { houseGraph } from './house-graph.ts';

export type TitleRoomsDeps = Readonly<{
  database: Database;
  logger: Pick<Logger, 'warn'>;
  /** Whether this thread makes the cards of titles anew. */
  renewsTitles: boolean;
  clock: Clock;
  publish: Publish<Handle>;
  matching: Matching;
  titleFacts: TitleFactDesk;
  animeCoordinates: AnimeCoordinates;
  metadata: Pick<Metadata, 'verify' | 'nameOf' | 'vendor' | 'searchQuietly'>;
}>;

/** What apps know titles by, what they mean by those that they name, and what they may look up. */
export function createTitleRooms({
  database,
  logger,
  renewsTitles,
  clock,
  publish,
  matching,
  titleFacts: facts,
  animeCoordinates,
  metadata,
}: TitleRoomsDeps) {
  const numbers = createTitleNumbers({ database });
  const claims = claimBuilder({ clock, publish, matching, coordinates: animeCoordinates })(metadata, { database });
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
    beyond: {
      vendor: metadata.vendor,
      search: metadata.searchQuietly,
      know: createKnowing({ database, graphOn: houseGraph({ clock, publish, matching }) }),
    },
    plainTitles: createPlainTitles(database),
  });
  return {
    titleNumbers: numbers,
    titleClaims: claims,
    nativeEpisodes,
    anime,
    animeTypes,
    catalogue,
    titles: createTitles({ database, logger, renews: renewsTitles }),
  };
}

/** Titles that somebody looked for become known under the source's ids. Whoever has one of them already is taken for it. */
const createKnowing =
  ({ database, graphOn }: Readonly<{ database: Database; graphOn(handle: Handle): MediaGraph }>): BeyondSource['know'] =>
  (titles) =>
    database.transaction(async (handle) => {
      const graph = graphOn(handle);
      const movies = titles.filter((one) => one.kind === 'movie');
      const shows = titles.filter((one) => one.kind === 'show');
      const known = [
        ...(await graph.know(movies.map(({ title, year, ids }) => ({ kind: 'movie', title, ids, ...(year !== undefined && { year }) })))),
        ...(await graph.knowShows(shows.map(({ kind: _, ...named }) => named))),
      ];
      const byTitle = new Map([...movies, ...shows].map((one, index) => [one, known[index]?.mediaId]));
      return titles.map((one) => byTitle.get(one));
    });
