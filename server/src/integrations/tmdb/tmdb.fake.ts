import type { FakeCall, FakeMood, FakeMoodOptions } from '#core/upstreams/media-server.fake.ts';
import { createMoodyHttp, FAKE_IMAGE, type MoodyReply, type MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { type Clock, systemClock } from '#kernel/instant.ts';
import {
  type FakeTmdbMovie,
  type FakeTmdbShow,
  movieExtras,
  movieHit,
  movieReply,
  seasonReply,
  showExtras,
  showHit,
  showReply,
} from './tmdb-replies.fake.ts';

export type { FakeTmdbMovie, FakeTmdbShow } from './tmdb-replies.fake.ts';

export type FakeTmdbOptions = Readonly<{ clock?: Clock; port?: number; apiKey?: string; accessToken?: string }>;

/** A stateful TMDB, its pictures included. */
export type FakeTmdb = Readonly<{
  baseUrl: string;
  /** v3: 32 characters, in the address. */
  apiKey: string;
  /** v4: in the header. */
  accessToken: string;
  addMovie(movie: FakeTmdbMovie): void;
  /** Takes the place of the show of that id. */
  addShow(show: FakeTmdbShow): void;
  remove(kind: 'movie' | 'show', id: number): void;
  /** Both keys are refused from now on, or taken again. */
  refuseKeys(refused: boolean): void;
  /** So many more calls are answered, then each is asked to come back after that many seconds. Undefined takes the limit away. */
  limitCalls(left: number | undefined, retryAfterS?: number): void;
  /** Where it says that its pictures lie. */
  setPictureBase(url: string): void;
  calls: readonly FakeCall[];
  forgetCalls(): void;
  setMood(mood: FakeMood, options?: FakeMoodOptions): void;
  close(): Promise<void>;
}>;

const MOST_APPENDED = 20;
const PAGE = 20;

const refusal = (status: number, code: number, message: string): MoodyReply => ({
  status,
  body: { success: false, status_code: code, status_message: message },
});
const UNAUTHORIZED = refusal(401, 7, 'Invalid API key: You must be granted a valid key.');
const GONE = refusal(404, 34, 'The resource you requested could not be found.');
const BAD_PAGE = refusal(400, 22, 'Invalid page: Pages start at 1 and max at 500. They are expected to be an integer.');
const TOO_MANY_APPENDED = refusal(400, 27, 'Too many append to response objects: The maximum number of remote calls is 20.');
const BAD_SOURCE = refusal(400, 5, 'Invalid parameters: Your request parameters are incorrect.');

const SIZES = {
  backdrop_sizes: ['w300', 'w780', 'w1280', 'original'],
  logo_sizes: ['w45', 'w92', 'original'],
  poster_sizes: ['w92', 'w154', 'w185', 'w342', 'w500', 'w780', 'original'],
  profile_sizes: ['w45', 'w185', 'h632', 'original'],
  still_sizes: ['w92', 'w185', 'w300', 'original'],
};

export async function createTmdbFake(options: FakeTmdbOptions = {}): Promise<FakeTmdb> {
  const { clock = systemClock, apiKey = '0123456789abcdef0123456789abcdef', accessToken = 'header.claims.signature' } = options;
  const movies = new Map<number, FakeTmdbMovie>();
  const shows = new Map<number, FakeTmdbShow>();
  let refused = false;
  let left = Number.POSITIVE_INFINITY;
  let retryAfter = 1;
  let pictureBase: string | undefined;

  const isKnown = ({ query, headers }: MoodyRequest): boolean =>
    !refused && (query.api_key === apiKey || headers.authorization === `Bearer ${accessToken}`);

  function appended(query: MoodyRequest['query']): readonly string[] {
    return query.append_to_response ? query.append_to_response.split(',') : [];
  }

  function movieOf(id: number, query: MoodyRequest['query']): MoodyReply {
    const movie = movies.get(id);
    if (!movie) return GONE;
    const extras = movieExtras(movie);
    const more = appended(query).flatMap((name) => (extras[name] ? [[name, extras[name]] as const] : []));
    return { body: { ...movieReply(movie), ...Object.fromEntries(more) } };
  }

  /** A season that there is not is left out without a word. */
  function showOf(id: number, query: MoodyRequest['query']): MoodyReply {
    const show = shows.get(id);
    if (!show) return GONE;
    const extras = showExtras(show);
    const more = appended(query).flatMap((name) => {
      const season = show.seasons.find((one) => name === `season/${one.number}`);
      const body = season ? seasonReply(show, season) : extras[name];
      return body ? [[name, body] as const] : [];
    });
    return { body: { ...showReply(show), ...Object.fromEntries(more) } };
  }

  function found(value: string, source: string | undefined): MoodyReply {
    if (source !== 'imdb_id' && source !== 'tvdb_id') return BAD_SOURCE;
    const byImdb = source === 'imdb_id';
    return {
      body: {
        movie_results: [...movies.values()].filter((movie) => byImdb && movie.imdb === value).map(movieHit),
        person_results: [],
        tv_results: [...shows.values()].filter((show) => (byImdb ? show.imdb : String(show.tvdb)) === value).map(showHit),
        tv_episode_results: [],
        tv_season_results: [],
      },
    };
  }

  function page(hits: readonly unknown[], asked: string | undefined): MoodyReply {
    const number = Number(asked ?? 1);
    if (!Number.isInteger(number) || number < 1 || number > 500) return BAD_PAGE;
    const results = hits.slice((number - 1) * PAGE, number * PAGE);
    return { body: { page: number, results, total_pages: Math.max(1, Math.ceil(hits.length / PAGE)), total_results: hits.length } };
  }

  const says = (text: string, wanted: string | undefined): boolean => text.toLowerCase().includes((wanted ?? '').toLowerCase());
  const inYear = (date: string | undefined, year: string | undefined): boolean => year === undefined || date?.startsWith(year) === true;

  function search(kind: string | undefined, query: MoodyRequest['query']): MoodyReply {
    if (kind === 'movie') {
      const fitting = [...movies.values()].filter(
        (movie) => says(movie.title, query.query) && inYear(movie.releaseDate, query.primary_release_year),
      );
      return page(fitting.map(movieHit), query.page);
    }
    const fitting = [...shows.values()].filter(
      (show) => says(show.name, query.query) && inYear(show.firstAirDate, query.first_air_date_year),
    );
    return page(fitting.map(showHit), query.page);
  }

  function picture(path: string): MoodyReply {
    const posters = [...movies.values(), ...shows.values()].flatMap((title) => title.poster ?? []);
    return posters.some((poster) => path.endsWith(poster))
      ? { type: 'image/png', body: FAKE_IMAGE }
      : { status: 404, type: 'text/html', body: '<html><body>File not Found</body></html>' };
  }

  const ROUTES: readonly (readonly [RegExp, (parts: readonly string[], query: MoodyRequest['query']) => MoodyReply])[] = [
    [/^\/3\/authentication$/, () => ({ body: { success: true, status_code: 1, status_message: 'Success.' } })],
    [
      /^\/3\/configuration$/,
      () => {
        const base = pictureBase ?? `${http.baseUrl}/t/p/`;
        return { body: { images: { base_url: base, secure_base_url: base, ...SIZES }, change_keys: [] } };
      },
    ],
    [/^\/3\/movie\/(\d+)$/, ([id], query) => movieOf(Number(id), query)],
    [/^\/3\/tv\/(\d+)$/, ([id], query) => showOf(Number(id), query)],
    [/^\/3\/find\/([^/]+)$/, ([value = ''], query) => found(value, query.external_source)],
    [/^\/3\/search\/(movie|tv)$/, ([kind], query) => search(kind, query)],
  ];

  function handle(request: MoodyRequest): MoodyReply {
    if (request.path.startsWith('/t/p/')) return picture(request.path);
    if (!isKnown(request)) return UNAUTHORIZED;
    if (left <= 0) {
      const limited = refusal(429, 25, 'Your request count is over the allowed limit.');
      return { ...limited, headers: { 'retry-after': String(retryAfter) } };
    }
    left -= 1;
    if (appended(request.query).length > MOST_APPENDED) return TOO_MANY_APPENDED;
    for (const [path, answer] of ROUTES) {
      const parts = path.exec(request.path)?.slice(1);
      if (parts) return answer(parts, request.query);
    }
    return GONE;
  }

  const http = await createMoodyHttp({
    clock,
    ...(options.port !== undefined && { port: options.port }),
    handler: handle,
    unauthorizedReply: () => UNAUTHORIZED,
    isLaterPage: ({ query }) => Number(query.page ?? 1) > 1,
    emptyPageReply: ({ query }) => ({ body: { page: Number(query.page), results: [], total_pages: 1, total_results: 0 } }),
    isChange: () => false,
  });

  return {
    baseUrl: http.baseUrl,
    apiKey,
    accessToken,
    addMovie: (movie) => void movies.set(movie.id, movie),
    addShow: (show) => void shows.set(show.id, show),
    remove: (kind, id) => void (kind === 'movie' ? movies : shows).delete(id),
    refuseKeys: (refuse) => {
      refused = refuse;
    },
    limitCalls: (more, retryAfterS = 1) => {
      left = more ?? Number.POSITIVE_INFINITY;
      retryAfter = retryAfterS;
    },
    setPictureBase: (url) => {
      pictureBase = url;
    },
    calls: http.calls,
    forgetCalls: http.forgetCalls,
    setMood: http.setMood,
    close: http.close,
  };
}
