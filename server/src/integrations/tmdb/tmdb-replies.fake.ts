/** A title as a seeder of the fake speaks of it. What is left out is what TMDB does not know. */
export type FakeTmdbMovie = Readonly<{
  id: number;
  title: string;
  originalTitle?: string;
  releaseDate?: string;
  /** Minutes. */
  runtime?: number;
  overview?: string;
  status?: string;
  imdb?: string;
  genres?: readonly string[];
  poster?: string;
  certification?: string;
  trailer?: string;
  votes?: number;
}>;

export type FakeTmdbEpisode = Readonly<{
  number: number;
  name?: string;
  airDate?: string;
  runtime?: number;
  overview?: string;
  still?: string;
}>;
export type FakeTmdbSeason = Readonly<{
  number: number;
  episodes: readonly FakeTmdbEpisode[];
  /** Where it tells another count than it lists. */
  toldCount?: number;
}>;
export type FakeTmdbShow = Readonly<{
  id: number;
  name: string;
  originalName?: string;
  firstAirDate?: string;
  lastAirDate?: string;
  overview?: string;
  status?: string;
  imdb?: string;
  tvdb?: number;
  genres?: readonly string[];
  network?: string;
  poster?: string;
  certification?: string;
  votes?: number;
  seasons: readonly FakeTmdbSeason[];
}>;

type Body = Record<string, unknown>;

const named = (names: readonly string[] = []): readonly Body[] => names.map((name, index) => ({ id: index + 1, name }));

/** As TMDB answers: unknown texts are empty, unknown pictures null, unknown amounts 0. */
const common = (title: FakeTmdbMovie | FakeTmdbShow): Body => ({
  adult: false,
  backdrop_path: null,
  genres: named(title.genres),
  homepage: '',
  id: title.id,
  origin_country: ['US'],
  original_language: 'en',
  overview: title.overview ?? '',
  popularity: 1.5,
  poster_path: title.poster ?? null,
  production_companies: [],
  production_countries: [{ iso_3166_1: 'US', name: 'United States of America' }],
  spoken_languages: [{ english_name: 'English', iso_639_1: 'en', name: 'English' }],
  status: title.status ?? '',
  tagline: '',
  vote_average: title.votes ? 8.25 : 0,
  vote_count: title.votes ?? 0,
});

export const movieReply = (movie: FakeTmdbMovie): Body => ({
  ...common(movie),
  belongs_to_collection: null,
  budget: 0,
  imdb_id: movie.imdb ?? '',
  original_title: movie.originalTitle ?? movie.title,
  release_date: movie.releaseDate ?? '',
  revenue: 0,
  runtime: movie.runtime ?? 0,
  title: movie.title,
  video: false,
});

const episodeReply = (show: FakeTmdbShow, season: number, episode: FakeTmdbEpisode): Body => ({
  air_date: episode.airDate ?? null,
  episode_number: episode.number,
  episode_type: 'standard',
  id: show.id * 10_000 + season * 100 + episode.number,
  name: episode.name ?? `Episode ${episode.number}`,
  overview: episode.overview ?? '',
  production_code: '',
  runtime: episode.runtime ?? null,
  season_number: season,
  show_id: show.id,
  still_path: episode.still ?? null,
  vote_average: 0,
  vote_count: 0,
  crew: [],
  guest_stars: [],
});

export const seasonReply = (show: FakeTmdbShow, season: FakeTmdbSeason): Body => ({
  _id: `${show.id}-${season.number}`,
  air_date: season.episodes[0]?.airDate ?? null,
  episodes: season.episodes.map((episode) => episodeReply(show, season.number, episode)),
  name: season.number === 0 ? 'Specials' : `Season ${season.number}`,
  networks: [],
  overview: '',
  id: show.id * 100 + season.number,
  poster_path: null,
  season_number: season.number,
  vote_average: 0,
});

export function showReply(show: FakeTmdbShow): Body {
  const regular = show.seasons.filter((season) => season.number > 0);
  return {
    ...common(show),
    created_by: [],
    // Empty for nearly every show of these years.
    episode_run_time: [],
    first_air_date: show.firstAirDate ?? '',
    in_production: show.status !== 'Ended',
    languages: ['en'],
    last_air_date: show.lastAirDate ?? null,
    last_episode_to_air: null,
    name: show.name,
    next_episode_to_air: null,
    networks: named(show.network === undefined ? [] : [show.network]),
    number_of_episodes: regular.reduce((sum, season) => sum + season.episodes.length, 0),
    number_of_seasons: regular.length,
    original_name: show.originalName ?? show.name,
    seasons: show.seasons.map((season) => ({
      air_date: season.episodes[0]?.airDate ?? null,
      episode_count: season.toldCount ?? season.episodes.length,
      id: show.id * 100 + season.number,
      name: `Season ${season.number}`,
      overview: '',
      poster_path: null,
      season_number: season.number,
      vote_average: 0,
    })),
    type: 'Scripted',
  };
}

const videosOf = (trailer: string | undefined): Body => ({
  results: trailer === undefined ? [] : [{ site: 'YouTube', type: 'Trailer', key: trailer, name: 'Trailer', official: true }],
});

/** What may be appended to a movie, beside what the fake does not serve. */
export const movieExtras = (movie: FakeTmdbMovie): Readonly<Record<string, Body>> => ({
  external_ids: { id: movie.id, imdb_id: movie.imdb ?? null, wikidata_id: null, facebook_id: null, instagram_id: null, twitter_id: null },
  release_dates: {
    id: movie.id,
    results: movie.certification === undefined ? [] : [release('US', ''), release('US', movie.certification)],
  },
  videos: videosOf(movie.trailer),
});

/** TMDB has several releases of one country, some without a certification. */
const release = (country: string, certification: string): Body => ({
  iso_3166_1: country,
  release_dates: [{ certification, descriptors: [], iso_639_1: '', note: '', release_date: '1999-10-15T00:00:00.000Z', type: 3 }],
});

export const showExtras = (show: FakeTmdbShow): Readonly<Record<string, Body>> => ({
  external_ids: {
    id: show.id,
    imdb_id: show.imdb ?? null,
    tvdb_id: show.tvdb ?? null,
    tvrage_id: null,
    wikidata_id: null,
    facebook_id: null,
    instagram_id: null,
    twitter_id: null,
  },
  content_ratings: { results: show.certification === undefined ? [] : [{ iso_3166_1: 'US', rating: show.certification, descriptors: [] }] },
  videos: videosOf(undefined),
});

const hit = (title: FakeTmdbMovie | FakeTmdbShow): Body => {
  const { genres: _genres, id, ...rest } = 'title' in title ? movieReply(title) : showReply(title);
  const shown = ['adult', 'backdrop_path', 'original_language', 'overview', 'popularity', 'poster_path', 'vote_average', 'vote_count'];
  return { id, genre_ids: [], ...Object.fromEntries(shown.map((name) => [name, rest[name]])) };
};

export const movieHit = (movie: FakeTmdbMovie): Body => ({
  ...hit(movie),
  original_title: movie.originalTitle ?? movie.title,
  release_date: movie.releaseDate ?? '',
  title: movie.title,
  video: false,
});

export const showHit = (show: FakeTmdbShow): Body => ({
  ...hit(show),
  origin_country: ['US'],
  original_name: show.originalName ?? show.name,
  first_air_date: show.firstAirDate ?? '',
  name: show.name,
});
