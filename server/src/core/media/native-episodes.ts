import type { MediaId } from '#kernel/ids.ts';
import type { AnimeCoordinates } from './anime-coordinates.ts';
import { claimedIds, siteIdsOf } from './claim-ids.ts';
import type { Media } from './describe.store.ts';
import type { ExternalIds } from './external-ids.ts';
import type { ClaimOptions, TitleClaims } from './title-claims.ts';
import type { KnownEpisode } from './title-fact.ts';
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

/** The same, of a series that is known. */
export type NativeNumberIn = NativeClaim & Readonly<{ show: MediaId }>;

/** A place in a series as servers number it. */
export type EpisodePlace = Readonly<{ season: number; number: number }>;

export type NativeEpisodesDeps = Readonly<{
  claims: Pick<TitleClaims, 'resolve' | 'resolveEpisodes'>;
  coordinates: Pick<AnimeCoordinates, 'toTvdb' | 'toNative'>;
  facts: Pick<TitleFactDesk, 'episodesOf'>;
  graph: Readonly<{ describe(ids: readonly MediaId[]): Promise<ReadonlyMap<number, Media>> }>;
}>;

export type NativeEpisodes = ReturnType<typeof createNativeEpisodes>;

/**
 * What is meant by the numbers of anime sites, as servers number it: what a mapping says, else the number itself where the series has one
 * season alone. Undefined where neither tells: a number of a later cour would be that of the first one.
 */
export function createNativeEpisodes({ claims, coordinates, facts, graph }: NativeEpisodesDeps) {
  async function mapped(ids: ExternalIds, { number, special = false }: NativeClaim, options: ClaimOptions): Promise<MediaId | undefined> {
    const asked = siteIdsOf(ids).map(([provider, id]) => ({ provider, id, number, special }));
    for (const places of await coordinates.toTvdb(asked)) {
      const [place] = typeof places === 'string' ? [] : places;
      if (!place) continue;
      const [show] = await claims.resolve([{ kind: 'show', ids: { tvdb: place.tvdb } }], options);
      const [episode] = show === undefined ? [] : await claims.resolveEpisodes(show, [place], options);
      if (episode !== undefined) return episode;
    }
    return undefined;
  }

  /** Several where one native episode is several of the series. */
  async function placesOf(asked: readonly NativeNumberIn[]): Promise<readonly (readonly EpisodePlace[] | undefined)[]> {
    const shows = [...new Set(asked.map((one) => one.show))];
    const known = await graph.describe(shows);
    const lists = await facts.episodesOf(shows);
    const questions = asked.flatMap(({ ids, show, number, special = false }, index) =>
      siteIdsOf({ ...known.get(show)?.ids, ...claimedIds(ids).ids }).map(([provider, id]) => ({ provider, id, number, special, index })),
    );
    const mappedTo = new Map<number, readonly EpisodePlace[]>();
    for (const [at, places] of (await coordinates.toTvdb(questions)).entries()) {
      const index = questions[at]?.index ?? -1;
      const show = asked[index]?.show;
      if (show === undefined || typeof places === 'string' || mappedTo.has(index)) continue;
      // A place in another series is none in this one.
      if (places.every((place) => place.tvdb === known.get(show)?.ids.tvdb)) mappedTo.set(index, places);
    }
    return asked.map(({ show, number, special = false }, index) => {
      const places = mappedTo.get(index);
      if (places !== undefined) return places.map((place) => ({ season: place.season, number: place.number }));
      return isOfOneSeason(lists.get(show)?.episodes ?? []) ? [{ season: special ? 0 : 1, number }] : undefined;
    });
  }

  return {
    /** The episode itself; made, where that is asked for. */
    async resolve(claim: NativeClaim, options: ClaimOptions): Promise<MediaId | undefined> {
      const { show } = claim;
      const known = show === undefined ? undefined : (await graph.describe([show])).get(show);
      const episode = await mapped({ ...known?.ids, ...claimedIds(claim.ids).ids }, claim, options);
      if (episode !== undefined || show === undefined || known?.kind !== 'show') return episode;
      const [places] = await placesOf([{ ...claim, show }]);
      return places?.[0] && (await claims.resolveEpisodes(show, places.slice(0, 1), options))[0];
    },

    /** In the order asked. */
    placesOf,

    /**
     * Where the known episodes of these series are by TVDB, under `season number` of servers, which count as TVDB does where a series has
     * more than one season. What has one season alone is where a mapping says, and else counts so where others than sites of anime know it.
     */
    async tvdbOf(shows: readonly MediaId[]): Promise<ReadonlyMap<MediaId, ReadonlyMap<string, EpisodePlace>>> {
      const known = await graph.describe(shows);
      const lists = await facts.episodesOf(shows);
      const asked = shows.flatMap((show) => {
        const episodes = lists.get(show)?.episodes ?? [];
        const [site] = isOfOneSeason(episodes) ? siteIdsOf(known.get(show)?.ids ?? {}) : [];
        return site === undefined
          ? []
          : episodes.map((one) => ({ show, provider: site[0], id: site[1], ...one, special: one.season === 0 }));
      });
      const mappedTo = new Map<MediaId, Map<string, EpisodePlace>>();
      for (const [index, places] of (await coordinates.toTvdb(asked)).entries()) {
        const { show, season, number } = asked[index] ?? {};
        const [place] = typeof places === 'string' ? [] : places;
        if (show === undefined || place === undefined) continue;
        const own = mappedTo.get(show) ?? new Map<string, EpisodePlace>();
        mappedTo.set(show, own.set(`${season} ${number}`, { season: place.season, number: place.number }));
      }
      return new Map(
        shows.map((show) => {
          const { tvdb, tmdb, imdb } = known.get(show)?.ids ?? {};
          const episodes = lists.get(show)?.episodes ?? [];
          const countsSo = !isOfOneSeason(episodes) || [tvdb, tmdb, imdb].some((id) => id !== undefined);
          const places = episodes.flatMap(({ season, number }) => {
            const place = mappedTo.get(show)?.get(`${season} ${number}`) ?? (countsSo ? { season, number } : undefined);
            return place ? [[`${season} ${number}`, place] as const] : [];
          });
          return [show, new Map(places)];
        }),
      );
    },

    /**
     * The known episodes of a series that are those of one title of an anime site, which may be a part of it: in the order asked, undefined
     * where no mapping tells them apart.
     */
    async partsOf(asked: readonly Readonly<{ ids: unknown; show: MediaId }>[]): Promise<readonly (readonly EpisodePlace[] | undefined)[]> {
      const shows = [...new Set(asked.map((one) => one.show))];
      const known = await graph.describe(shows);
      const lists = await facts.episodesOf(shows);
      const listed = shows.flatMap((show) => {
        const tvdb = known.get(show)?.ids.tvdb;
        return tvdb === undefined ? [] : (lists.get(show)?.episodes ?? []).map(({ season, number }) => ({ show, tvdb, season, number }));
      });
      const natives = await coordinates.toNative(listed);
      return asked.map(({ ids, show }) => {
        const own = siteIdsOf(claimedIds(ids).ids);
        const parts = listed.filter((one, index) => {
          const places = natives[index];
          if (one.show !== show || places === undefined || typeof places === 'string') return false;
          return places.some((place) => own.some(([provider, id]) => place.ids[provider] === id));
        });
        return parts.length === 0 ? undefined : parts.map(({ season, number }) => ({ season, number }));
      });
    },
  };
}

const isOfOneSeason = (episodes: readonly KnownEpisode[]): boolean => episodes.every(({ season }) => season <= 1);
