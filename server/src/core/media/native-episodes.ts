import type { MediaId } from '#kernel/ids.ts';
import type { AnimeCoordinates } from './anime-coordinates.ts';
import { claimedIds } from './claim-ids.ts';
import type { Media } from './describe.store.ts';
import type { ExternalIds } from './external-ids.ts';
import type { ClaimOptions, TitleClaims } from './title-claims.ts';
import type { TitleFactDesk } from './title-facts.ts';

/** An episode by the number that sites of anime give it, within the title that is named. */
export type NativeClaim = Readonly<{
  /** As the app wrote them. */
  ids?: unknown;
  /** The series that the app means, where it is known. */
  show?: MediaId;
  number: number;
  special?: boolean;
}>;

export type NativeEpisodesDeps = Readonly<{
  claims: Pick<TitleClaims, 'resolve' | 'resolveEpisodes'>;
  coordinates: Pick<AnimeCoordinates, 'toTvdb'>;
  facts: Pick<TitleFactDesk, 'episodesOf'>;
  graph: Readonly<{ describe(ids: readonly MediaId[]): Promise<ReadonlyMap<number, Media>> }>;
}>;

const SITES = ['anidb', 'mal', 'anilist', 'kitsu', 'simkl'] as const;

/**
 * The episode that is meant, as servers number it: where a mapping says, else by the number itself where the series has one season alone.
 * Undefined where neither tells: a number of a later cour would be that of the first one.
 */
export function createNativeEpisodes({ claims, coordinates, facts, graph }: NativeEpisodesDeps) {
  async function mapped(ids: ExternalIds, { number, special = false }: NativeClaim, options: ClaimOptions): Promise<MediaId | undefined> {
    const asked = SITES.flatMap((provider) => (ids[provider] === undefined ? [] : [{ provider, id: ids[provider], number, special }]));
    for (const places of await coordinates.toTvdb(asked)) {
      const [place] = typeof places === 'string' ? [] : places;
      if (!place) continue;
      const [show] = await claims.resolve([{ kind: 'show', ids: { tvdb: place.tvdb } }], options);
      const [episode] = show === undefined ? [] : await claims.resolveEpisodes(show, [place], options);
      if (episode !== undefined) return episode;
    }
    return undefined;
  }

  return async (claim: NativeClaim, options: ClaimOptions): Promise<MediaId | undefined> => {
    const { show, number, special = false } = claim;
    const known = show === undefined ? undefined : (await graph.describe([show])).get(show);
    const episode = await mapped({ ...known?.ids, ...claimedIds(claim.ids).ids }, claim, options);
    if (episode !== undefined || show === undefined || known?.kind !== 'show') return episode;
    const seasons = new Set((await facts.episodesOf([show])).get(show)?.episodes.map((one) => one.season));
    seasons.delete(0);
    if ([...seasons].some((season) => season !== 1)) return undefined;
    const [found] = await claims.resolveEpisodes(show, [{ season: special ? 0 : 1, number }], options);
    return found;
  };
}
