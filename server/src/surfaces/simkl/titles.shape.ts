import type { CatalogueEpisode, CatalogueTitle } from '#features/catalogue/index.ts';
import { type Instant, minutes, toAtom } from '#kernel/instant.ts';
import type { Json, JsonObject } from '#kernel/json.ts';
import { statusOf } from './search.shape.ts';
import { animeTypeOf, idsOf, slugOf, WORDS_OF_SHELF } from './title-object.ts';

const orNull = <T extends Json>(value: T | undefined): T | null => value ?? null;
const dayOf = (instant: Instant | undefined): string | null => (instant === undefined ? null : toAtom(instant).slice(0, 10));
const minutesOf = (runtimeMs: number | undefined): number | null => (runtimeMs === undefined ? null : Math.round(runtimeMs / minutes(1)));

/** The page of a title, as addresses of this API name it. */
export const pageOf = ({ shelf, number, media }: CatalogueTitle): string =>
  `/${WORDS_OF_SHELF[shelf].path}/${number}/${encodeURIComponent(slugOf(media.title))}`;

export const trailerOf = ({ facts }: CatalogueTitle): string | undefined => {
  const [trailer] = facts.trailers ?? [];
  return trailer && `https://www.youtube.com/watch?v=${encodeURIComponent(trailer.youtube)}`;
};

/** What a source of metadata counts, under its own name. */
function scoresOf({ facts: { score, sources } }: CatalogueTitle): JsonObject {
  const [source] = sources.filter((name) => name !== 'servers');
  return score === undefined || source === undefined ? {} : { [source]: { rating: score.value, votes: score.votes } };
}

const tvdbSeasonsOf = (episodes: readonly CatalogueEpisode[]): number[] =>
  [...new Set(episodes.flatMap(({ tvdb }) => tvdb?.season ?? []))].sort((one, other) => one - other);

/** `mapped`: with the seasons of TVDB that its episodes are in. All that is known of a title. Pictures of this API live on its own hosts, so there are none here. */
export function detailOf(
  title: CatalogueTitle,
  episodes: readonly CatalogueEpisode[],
  { mapped }: Readonly<{ mapped: boolean }>,
): JsonObject {
  const { media, shelf, facts } = title;
  const common = {
    title: media.title,
    year: orNull(media.year),
    type: WORDS_OF_SHELF[shelf].type,
    ...(shelf === 'anime' && { anime_type: animeTypeOf(title) }),
    ids: idsOf(title),
    en_title: null,
    rank: null,
    poster: null,
    fanart: null,
    runtime: minutesOf(facts.runtimeMs),
    certification: orNull(facts.certification),
    overview: orNull(facts.overview),
    genres: [...(facts.genres ?? [])],
    country: orNull(facts.country),
    ratings: scoresOf(title),
    trailers: facts.trailers === undefined ? null : facts.trailers.map(({ name, youtube }) => ({ name, youtube, size: null })),
    users_recommendations: [],
  };
  if (media.kind === 'movie') {
    return {
      ...common,
      released: dayOf(facts.releasedAt),
      director: null,
      budget: orNull(facts.budget),
      revenue: orNull(facts.revenue),
      release_dates: [],
    };
  }
  return {
    ...common,
    first_aired: dayOf(facts.releasedAt),
    last_aired: dayOf(facts.lastAiredAt),
    airs: { day: null, time: null, timezone: null },
    total_episodes: episodes.filter((episode) => episode.season > 0).length,
    status: statusOf(title),
    network: orNull(facts.network),
    ...(shelf === 'anime' && { studios: [], relations: [], ...(mapped && { mapped_tvdb_seasons: tvdbSeasonsOf(episodes) }) }),
  };
}

/** Specials have no season; those of a series that is no anime have no number either. */
export function episodeOf(episode: CatalogueEpisode, isAnime: boolean): JsonObject {
  const isSpecial = episode.season === 0;
  return {
    title: episode.title ?? `Episode ${episode.number}`,
    description: null,
    ...(!isSpecial && !isAnime && { season: episode.season }),
    ...((!isSpecial || isAnime) && { episode: episode.number }),
    type: isSpecial ? 'special' : 'episode',
    aired: episode.aired,
    img: null,
    date: episode.airedAt === undefined ? null : toAtom(episode.airedAt),
    ...(episode.runtimeMs !== undefined && { runtime: minutesOf(episode.runtimeMs) }),
    ids: episode.appNumber === undefined ? {} : { simkl_id: episode.appNumber },
    ...(episode.tvdb && { tvdb: { season: episode.tvdb.season, episode: episode.tvdb.number } }),
  };
}

const FIELDS = ['rank', 'droprate', 'simkl', 'ext', 'has_trailer', 'year', 'release_status'] as const;

/** Fields that nobody knows here are null; without a wish all are told. */
export function ratingOf(title: CatalogueTitle, fields: string | undefined): JsonObject {
  const wanted = new Set(fields?.toLowerCase().split(/[\s,]+/) ?? FIELDS);
  return {
    id: title.number,
    link: `https://simkl.com${pageOf(title)}`,
    ...(wanted.has('rank') && { rank: null }),
    ...(wanted.has('droprate') && { droprate: null }),
    ...(wanted.has('simkl') && { simkl: null }),
    ...(wanted.has('ext') && scoresOf(title)),
    ...(wanted.has('has_trailer') && { has_trailer: (title.facts.trailers?.length ?? 0) > 0 }),
    ...(wanted.has('year') && { year: orNull(title.media.year) }),
    ...(wanted.has('release_status') && { release_status: statusOf(title) }),
  };
}
