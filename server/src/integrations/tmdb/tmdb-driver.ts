import { type MetadataSourceDriver, MOST_IMAGE_BYTES } from '#core/upstreams/index.ts';
import { createHttpClient, type HttpClient } from '#platform/http-client/index.ts';
import { createTmdb, VENDOR } from './tmdb.ts';
import { createTmdbCalls } from './tmdb-calls.ts';
import { createTmdbPictures } from './tmdb-pictures.ts';

export type TmdbDriverDeps = Readonly<{
  /** Where TMDB is; tests and the demo have their own. */
  baseUrl?: string;
}>;

const BASE_URL = 'https://api.themoviedb.org';
/** TMDB bears some 40 calls in a second from one address. Four at once stay below that, and a 429 is heeded all the same. */
const AT_ONCE = 4;
const TIMEOUT_MS = 60_000;

export function createTmdbDriver({ baseUrl = BASE_URL }: TmdbDriverDeps = {}): MetadataSourceDriver {
  const clients: HttpClient[] = [];
  const pictures = new Map<string, HttpClient>();

  function pictureClient(origin: string): HttpClient {
    const known =
      pictures.get(origin) ?? createHttpClient({ baseUrl: origin, name: 'TMDB pictures', timeoutMs: 20_000, maxBytes: MOST_IMAGE_BYTES });
    pictures.set(origin, known);
    return known;
  }

  return {
    vendor: VENDOR,
    connect({ key, language, timeoutMs, onCall }) {
      const http = createHttpClient({
        baseUrl,
        name: 'TMDB',
        concurrency: AT_ONCE,
        timeoutMs: timeoutMs ?? TIMEOUT_MS,
        secrets: [key],
        ...(onCall && { onCall: () => onCall() }),
      });
      clients.push(http);
      const calls = createTmdbCalls({ http, key, timeoutMs });
      return createTmdb({ calls, language, readPicture: createTmdbPictures({ calls, baseUrl, httpFor: pictureClient }) });
    },
    async close() {
      await Promise.all([...clients, ...pictures.values()].map((http) => http.close()));
    },
  };
}
