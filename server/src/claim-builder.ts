import type { Publish } from '#core/events.ts';
import { type AnimeCoordinates, createTitleClaims, createTitleNumbers, type Matching, type TitleClaims } from '#core/media/index.ts';
import type { Metadata } from '#features/metadata/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import { houseGraph } from './house-graph.ts';

export type ClaimBuilderDeps = Readonly<{
  clock: Clock;
  publish: Publish<Handle>;
  matching: Matching;
  /** Only for whoever reads the numbers of anime sites as what they are: a part of a series is taken for the series, whose numbers are others. */
  coordinates?: Pick<AnimeCoordinates, 'titlesOf'>;
}>;

/**
 * What somebody means by the titles that they name: apps and imported files alike. A rehearsal has a graph of its own, and tells nobody.
 * `ownIds`: ids of providers that the household has added count too.
 */
export const claimBuilder =
  ({ clock, publish, matching, coordinates }: ClaimBuilderDeps) =>
  (
    source: Pick<Metadata, 'verify' | 'nameOf'>,
    { database, rehearsed = false, ownIds = false }: Readonly<{ database: Database; rehearsed?: boolean; ownIds?: boolean }>,
  ): TitleClaims =>
    createTitleClaims({
      database,
      numbers: createTitleNumbers({ database }),
      ...(coordinates && { coordinates }),
      ...(ownIds && { spell: matching.current().ownIds.spell }),
      verify: source.verify,
      nameOf: source.nameOf,
      graphOn: houseGraph({ clock, matching, publish: rehearsed ? undefined : publish }),
    });
