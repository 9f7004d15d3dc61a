import { Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { CallOptions, MetadataSource, SourceHit, SourceKind, SourceTitle } from '#core/upstreams/index.ts';
import { AppError, invalid, isAppError } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { toHit, toMovie, toShow } from './tmdb.map.ts';
import { type TmdbSeason, tmdbFound, tmdbMovie, tmdbPage, tmdbSeason, tmdbShow } from './tmdb.wire.ts';
import type { TmdbCalls } from './tmdb-calls.ts';

export type TmdbDeps = Readonly<{ calls: TmdbCalls; language: string; readPicture: MetadataSource['readPicture'] }>;

export const VENDOR = 'tmdb';
/** By TMDB's own names. A movie has no id of TVDB there. */
const LOOK_UPS: Readonly<Record<SourceKind, Readonly<Record<string, string>>>> = {
  movie: { imdb: 'imdb_id' },
  show: { imdb: 'imdb_id', tvdb: 'tvdb_id' },
};
const FINDS = { movie: [VENDOR, ...Object.keys(LOOK_UPS.movie)], show: [VENDOR, ...Object.keys(LOOK_UPS.show)] };
const PATHS = { movie: '/movie', show: '/tv' } as const;

/** No more than so much may be appended to one call. */
const APPENDED_AT_ONCE = 20;
const OF_MOVIE = ['external_ids', 'release_dates', 'videos'];
const OF_SHOW = ['external_ids', 'content_ratings', 'videos'];
/** Whatever season there is not is left out of the answer: most shows come whole in one call. */
const FIRST_SEASONS = Array.from({ length: APPENDED_AT_ONCE - OF_SHOW.length }, (_, season) => season);
const LAST_PAGE = 500;

const anObject = Compile(Type.Object({}));
const seasonPath = (season: number): string => `season/${season}`;

export function createTmdb({ calls, language, readPicture }: TmdbDeps): MetadataSource {
  async function unlessGone<T>(ask: () => Promise<T>): Promise<T | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (isAppError(error, 'upstream-not-found')) return undefined;
      throw error;
    }
  }

  const idOf = (value: string): number => {
    if (!/^[1-9]\d{0,9}$/.test(value)) throw invalid('id', 'must be a number of TMDB');
    return Number(value);
  };

  async function findOwn(kind: SourceKind, value: string, options: CallOptions): Promise<SourceHit | undefined> {
    const path = `${PATHS[kind]}/${idOf(value)}`;
    return unlessGone(async () =>
      kind === 'movie'
        ? toHit(kind, await calls.get(path, tmdbMovie, options, { language }))
        : toHit(kind, await calls.get(path, tmdbShow, options, { language })),
    );
  }

  async function readShow(id: number, options: CallOptions): Promise<SourceTitle> {
    const seasons = new Map<number, TmdbSeason>();
    const ask = async (more: readonly string[], wanted: readonly number[]): Promise<unknown> => {
      const append = [...more, ...wanted.map(seasonPath)].join(',');
      const answer: unknown = await calls.get(`/tv/${id}`, anObject, options, { language, append_to_response: append });
      for (const season of wanted) keepSeason(answer, season, seasons);
      return answer;
    };
    const show = await ask(OF_SHOW, FIRST_SEASONS);
    if (!tmdbShow.Check(show)) throw new AppError('upstream-unreadable', `TMDB: /3/tv/${id} answered in a shape that we cannot read.`);
    const left = show.seasons.map((season) => season.season_number).filter((season) => !seasons.has(season));
    for (let from = 0; from < left.length; from += APPENDED_AT_ONCE) await ask([], left.slice(from, from + APPENDED_AT_ONCE));
    return toShow(show, [...seasons.values()], language);
  }

  return {
    vendor: VENDOR,
    finds: FINDS,

    async identify(options) {
      await calls.get('/authentication', anObject, options);
    },

    async find({ kind, provider, value }, options) {
      if (provider === VENDOR) return findOwn(kind, value, options);
      const source = LOOK_UPS[kind][provider];
      if (source === undefined) throw invalid('provider', `TMDB cannot look up a ${kind} by ${provider}`);
      const found = await unlessGone(() => calls.get(`/find/${value}`, tmdbFound, options, { external_source: source, language }));
      const [hit] = (kind === 'movie' ? found?.movie_results : found?.tv_results) ?? [];
      return hit && toHit(kind, hit);
    },

    async read({ kind, id }, options) {
      const number = idOf(id);
      if (kind === 'show') return unlessGone(() => readShow(number, options));
      const append = OF_MOVIE.join(',');
      const movie = await unlessGone(() => calls.get(`/movie/${number}`, tmdbMovie, options, { language, append_to_response: append }));
      return movie && toMovie(movie, language);
    },

    async search({ kind, text, year, page = 1 }, options) {
      if (page > LAST_PAGE) return { hits: [], page, pages: LAST_PAGE, total: 0 };
      const yearName = kind === 'movie' ? 'primary_release_year' : 'first_air_date_year';
      const query = { query: text, page, language, include_adult: false, ...(year !== undefined && { [yearName]: year }) };
      const answer = await calls.get(kind === 'movie' ? '/search/movie' : '/search/tv', tmdbPage, options, query);
      return {
        hits: answer.results.map((hit) => toHit(kind, hit)),
        page: answer.page,
        pages: Math.min(answer.total_pages, LAST_PAGE),
        total: answer.total_results,
      };
    },

    readPicture,
  };
}

function keepSeason(answer: unknown, number: number, seasons: Map<number, TmdbSeason>): void {
  const season = isRecord(answer) ? answer[seasonPath(number)] : undefined;
  if (season === undefined) return;
  if (!tmdbSeason.Check(season)) throw new AppError('upstream-unreadable', `TMDB: season ${number} came in a shape that we cannot read.`);
  seasons.set(number, season);
}
