import { normaliseExternalId } from '#core/media/index.ts';
import type { SourceEpisode, SourceFacts, SourceHit, SourceKind, SourceStatus, SourceTitle } from '#core/upstreams/index.ts';
import type { ExternalIds } from '#kernel/external-ids.ts';
import { minutes } from '#kernel/instant.ts';
import type { TmdbEpisode, TmdbHit, TmdbMovie, TmdbSeason, TmdbShow } from './tmdb.wire.ts';

const DATE = /^\d{4}-\d\d-\d\d/;

const textOf = (text: string | null | undefined): string | undefined => text?.trim() || undefined;
const dayOf = (date: string | null | undefined): string | undefined => DATE.exec(date ?? '')?.[0];
const yearOf = (date: string | null | undefined): number | undefined => {
  const day = dayOf(date);
  return day === undefined ? undefined : Number(day.slice(0, 4));
};
const amountOf = (amount: number | null | undefined): number | undefined => (amount && amount > 0 ? amount : undefined);
const lengthOf = (length: number | null | undefined): number | undefined => (length && length > 0 ? minutes(length) : undefined);

type Defined<T> = { [Key in keyof T]: Exclude<T[Key], undefined> };

/** What was not said is not a member. */
const defined = <T extends object>(members: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;

/** Words that we do not know tell nothing. A show that was only planned airs as soon as its first day has come; see core/media. */
const STATUS: Readonly<Record<SourceKind, Readonly<Record<string, SourceStatus>>>> = {
  movie: { Rumored: 'upcoming', Planned: 'upcoming', 'In Production': 'upcoming', 'Post Production': 'upcoming', Released: 'released' },
  show: {
    'Returning Series': 'airing',
    Planned: 'upcoming',
    'In Production': 'upcoming',
    Pilot: 'upcoming',
    Ended: 'ended',
    Canceled: 'ended',
    Cancelled: 'ended',
  },
};

function statusOf(kind: SourceKind, status: string | null | undefined): SourceStatus | undefined {
  const words = STATUS[kind];
  return status && Object.hasOwn(words, status) ? words[status] : undefined;
}

function idsOf(title: TmdbMovie | TmdbShow): ExternalIds {
  const { external_ids: more } = title;
  return defined({
    tmdb: String(title.id),
    imdb: normaliseExternalId('imdb', ('imdb_id' in title ? title.imdb_id : undefined) || more?.imdb_id),
    tvdb: normaliseExternalId('tvdb', more?.tvdb_id),
    tvrage: normaliseExternalId('tvrage', more?.tvrage_id),
  }) as ExternalIds;
}

/** Of the region of the language first, then of the title's own country. */
function certificationOf(title: TmdbMovie | TmdbShow, regions: readonly string[]): string | undefined {
  const told: readonly (readonly [string, string | undefined])[] =
    'seasons' in title
      ? (title.content_ratings?.results ?? []).map((one) => [one.iso_3166_1 ?? '', textOf(one.rating)])
      : (title.release_dates?.results ?? []).map((one) => [
          one.iso_3166_1 ?? '',
          (one.release_dates ?? []).map((release) => textOf(release.certification)).find((word) => word !== undefined),
        ]);
  for (const region of regions) {
    const found = told.find(([country, word]) => country === region && word !== undefined)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

function factsOf(kind: SourceKind, title: TmdbMovie | TmdbShow, language: string): SourceFacts {
  const country = title.origin_country?.[0] ?? textOf(title.production_countries?.[0]?.iso_3166_1);
  const genres = (title.genres ?? []).flatMap(({ name }) => textOf(name) ?? []);
  const votes = amountOf(title.vote_count);
  const trailers = (title.videos?.results ?? [])
    .filter((video) => video.site === 'YouTube' && video.type === 'Trailer' && video.key)
    .map((video) => ({ name: video.name ?? '', youtube: video.key ?? '' }));
  return defined({
    status: statusOf(kind, title.status),
    overview: textOf(title.overview),
    genres: genres.length > 0 ? genres : undefined,
    poster: textOf(title.poster_path),
    backdrop: textOf(title.backdrop_path),
    country: country?.toUpperCase(),
    language: textOf(title.original_language),
    score: votes === undefined ? undefined : { value: title.vote_average ?? 0, votes },
    certification: certificationOf(title, [language.split('-')[1] ?? '', ...(country ? [country] : [])]),
    trailers: trailers.length > 0 ? trailers : undefined,
  });
}

export function toMovie(movie: TmdbMovie, language: string): SourceTitle {
  return {
    kind: 'movie',
    id: String(movie.id),
    title: movie.title,
    ...defined({ year: yearOf(movie.release_date) }),
    ids: idsOf(movie),
    facts: {
      ...factsOf('movie', movie, language),
      ...defined({
        runtimeMs: lengthOf(movie.runtime),
        releasedOn: dayOf(movie.release_date),
        originalTitle: textOf(movie.original_title),
        budget: amountOf(movie.budget),
        revenue: amountOf(movie.revenue),
      }),
    },
  };
}

export const toEpisode = (episode: TmdbEpisode): SourceEpisode => ({
  season: episode.season_number,
  number: episode.episode_number,
  ...defined({
    title: textOf(episode.name),
    airedOn: dayOf(episode.air_date),
    runtimeMs: lengthOf(episode.runtime),
    overview: textOf(episode.overview),
    still: textOf(episode.still_path),
  }),
});

/** `seasons` are those that were read. The list is complete where each one that the show names is there, with all its episodes. */
export function toShow(show: TmdbShow, seasons: readonly TmdbSeason[], language: string): SourceTitle {
  const read = new Map(seasons.map((season) => [season.season_number, season.episodes.length]));
  const episodes = seasons
    .flatMap((season) => season.episodes.map(toEpisode))
    .sort((one, other) => one.season - other.season || one.number - other.number);
  return {
    kind: 'show',
    id: String(show.id),
    title: show.name,
    ...defined({ year: yearOf(show.first_air_date) }),
    ids: idsOf(show),
    facts: {
      ...factsOf('show', show, language),
      ...defined({
        runtimeMs: usualLength(episodes) ?? lengthOf(show.episode_run_time?.[0]),
        releasedOn: dayOf(show.first_air_date),
        lastAiredOn: dayOf(show.last_air_date),
        originalTitle: textOf(show.original_name),
        network: textOf(show.networks?.[0]?.name),
      }),
    },
    episodes,
    complete: show.seasons.every((season) => (read.get(season.season_number) ?? -1) >= (season.episode_count ?? 0)),
  };
}

/** The length in the middle of all regular ones. TMDB's own member for it is often empty. */
function usualLength(episodes: readonly SourceEpisode[]): number | undefined {
  const lengths = episodes.filter((episode) => episode.season > 0).flatMap((episode) => episode.runtimeMs ?? []);
  return lengths.toSorted((one, other) => one - other)[Math.floor(lengths.length / 2)];
}

export function toHit(kind: SourceKind, hit: TmdbHit): SourceHit {
  const [title, original, date] =
    kind === 'movie' ? [hit.title, hit.original_title, hit.release_date] : [hit.name, hit.original_name, hit.first_air_date];
  return {
    kind,
    id: String(hit.id),
    title: textOf(title) ?? textOf(original) ?? '',
    ...defined({
      year: yearOf(date),
      originalTitle: textOf(original),
      overview: textOf(hit.overview),
      poster: textOf(hit.poster_path),
    }),
  };
}
