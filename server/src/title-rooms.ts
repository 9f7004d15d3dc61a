import type { Publish } from '#core/events.ts';
import {
  createAnime,
  createMediaGraph,
  createPlainTitles,
  createTitleClaims,
  createTitleNumbers,
  type Matching,
  type TitleFactDesk,
} from '#core/media/index.ts';
import { createCatalogue } from '#features/catalogue/index.ts';
import { mediaDeps } from '#features/watch-sync/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';

export type TitleRoomsDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish: Publish<Handle>;
  matching: Matching;
  titleFacts: TitleFactDesk;
}>;

/** What apps know titles by, what they mean by those that they name, and what they may look up. */
export function createTitleRooms({ database, clock, publish, matching, titleFacts: facts }: TitleRoomsDeps) {
  const numbers = createTitleNumbers({ database });
  const claims = createTitleClaims({
    database,
    numbers,
    graphOn: (handle) => createMediaGraph(handle, mediaDeps(handle, { clock, publish, matching: matching.current() })),
  });
  const anime = createAnime(database, { clock });
  const catalogue = createCatalogue({
    clock,
    graph: createMediaGraph(database, { clock }),
    numbers,
    claims,
    facts,
    anime,
    plainTitles: createPlainTitles(database),
  });
  return { titleNumbers: numbers, titleClaims: claims, anime, catalogue };
}
