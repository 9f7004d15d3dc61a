import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** Only what we read. What TMDB does not know is null, an empty text, 0 or absent, as it happens. */
const Maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const Text = Maybe(Type.String());
const Amount = Maybe(Type.Number());
const Id = Type.Integer({ minimum: 1 });
const Named = Type.Object({ name: Text });

const ExternalIds = Type.Object({ imdb_id: Text, tvdb_id: Amount, tvrage_id: Amount });

/** What movies and shows have in common. */
const common = {
  id: Id,
  overview: Text,
  poster_path: Text,
  backdrop_path: Text,
  original_language: Text,
  origin_country: Maybe(Type.Array(Type.String())),
  production_countries: Maybe(Type.Array(Type.Object({ iso_3166_1: Text }))),
  status: Text,
  vote_average: Amount,
  vote_count: Amount,
  genres: Maybe(Type.Array(Named)),
  external_ids: Maybe(ExternalIds),
  videos: Maybe(Type.Object({ results: Maybe(Type.Array(Type.Object({ site: Text, type: Text, key: Text, name: Text }))) })),
};

const Movie = Type.Object({
  ...common,
  title: Type.String(),
  original_title: Text,
  release_date: Text,
  runtime: Amount,
  budget: Amount,
  revenue: Amount,
  imdb_id: Text,
  release_dates: Maybe(
    Type.Object({
      results: Maybe(
        Type.Array(
          Type.Object({ iso_3166_1: Text, release_dates: Maybe(Type.Array(Type.Object({ certification: Text, release_date: Text }))) }),
        ),
      ),
    }),
  ),
});
export type TmdbMovie = Static<typeof Movie>;
export const tmdbMovie = Compile(Movie);

const Show = Type.Object({
  ...common,
  name: Type.String(),
  original_name: Text,
  first_air_date: Text,
  last_air_date: Text,
  episode_run_time: Maybe(Type.Array(Type.Number())),
  networks: Maybe(Type.Array(Named)),
  seasons: Type.Array(Type.Object({ season_number: Type.Integer({ minimum: 0 }), episode_count: Amount })),
  content_ratings: Maybe(Type.Object({ results: Maybe(Type.Array(Type.Object({ iso_3166_1: Text, rating: Text }))) })),
});
export type TmdbShow = Static<typeof Show>;
export const tmdbShow = Compile(Show);

const Episode = Type.Object({
  season_number: Type.Integer({ minimum: 0 }),
  episode_number: Type.Integer({ minimum: 0 }),
  name: Text,
  air_date: Text,
  runtime: Amount,
  overview: Text,
  still_path: Text,
});
export type TmdbEpisode = Static<typeof Episode>;

/** A season that was appended to its show. */
const Season = Type.Object({ season_number: Type.Integer({ minimum: 0 }), episodes: Type.Array(Episode) });
export type TmdbSeason = Static<typeof Season>;
export const tmdbSeason = Compile(Season);

const Hit = Type.Object({
  id: Id,
  title: Text,
  name: Text,
  original_title: Text,
  original_name: Text,
  release_date: Text,
  first_air_date: Text,
  overview: Text,
  poster_path: Text,
});
export type TmdbHit = Static<typeof Hit>;

export const tmdbPage = Compile(
  Type.Object({
    page: Type.Integer({ minimum: 1 }),
    results: Type.Array(Hit),
    total_pages: Type.Integer({ minimum: 0 }),
    total_results: Type.Integer({ minimum: 0 }),
  }),
);

export const tmdbFound = Compile(Type.Object({ movie_results: Type.Array(Hit), tv_results: Type.Array(Hit) }));

const Images = Type.Object({
  secure_base_url: Type.String(),
  poster_sizes: Type.Array(Type.String()),
  backdrop_sizes: Type.Array(Type.String()),
  still_sizes: Type.Array(Type.String()),
});
export type TmdbImages = Static<typeof Images>;
export const tmdbConfiguration = Compile(Type.Object({ images: Images }));

export const tmdbRefusal = Compile(Type.Object({ status_code: Type.Integer(), status_message: Type.String() }));
