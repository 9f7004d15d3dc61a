import { type CallOptions, imageOf, type PictureKind, type UpstreamImage } from '#core/upstreams/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import type { HttpClient } from '#platform/http-client/index.ts';
import { type TmdbImages, tmdbConfiguration } from './tmdb.wire.ts';
import type { TmdbCalls } from './tmdb-calls.ts';

export type TmdbPicturesDeps = Readonly<{
  calls: TmdbCalls;
  /** Where TMDB itself is: pictures come from there or from a host of tmdb.org, and from nowhere else. */
  baseUrl: string;
  /** Without any key: pictures are public, and lie on another host. */
  httpFor(baseUrl: string): HttpClient;
}>;

const PATH = /^\/[\w-]+\.(?:jpg|jpeg|png|webp)$/i;
const SIZES = { poster: 'poster_sizes', backdrop: 'backdrop_sizes', still: 'still_sizes' } as const;

/** Pictures of TMDB, which says itself where they lie and which widths there are. */
export function createTmdbPictures({ calls, baseUrl, httpFor }: TmdbPicturesDeps) {
  let configuration: Promise<TmdbImages> | undefined;

  function configured(options: CallOptions): Promise<TmdbImages> {
    configuration ??= calls.get('/configuration', tmdbConfiguration, options).then(({ images }) => images);
    // A failure is not kept: the next picture asks again.
    configuration.catch(() => {
      configuration = undefined;
    });
    return configuration;
  }

  return async (
    path: string,
    kind: PictureKind,
    options: CallOptions & Readonly<{ width: number }>,
  ): Promise<UpstreamImage | undefined> => {
    if (!PATH.test(path)) throw invalid('path', 'is no path of a picture of TMDB');
    const images = await configured(options);
    const base = placeOf(images.secure_base_url, baseUrl);
    const http = httpFor(base.origin);
    const place = `${base.pathname.replace(/\/+$/, '')}/${sizeFor(images[SIZES[kind]], options.width)}${path}`;
    return imageOf('TMDB', () => http.send({ method: 'GET', path: place, signal: options.signal }));
  };
}

function placeOf(told: string, baseUrl: string): URL {
  const url = URL.canParse(told) ? new URL(told) : undefined;
  const isTheirs =
    url !== undefined && (url.origin === new URL(baseUrl).origin || (url.protocol === 'https:' && /(?:^|\.)tmdb\.org$/.test(url.hostname)));
  if (!isTheirs) throw new AppError('upstream-unreadable', 'TMDB: it says that its pictures lie on a host that is not its own.');
  return url;
}

/** The smallest width that is enough, else the picture as it was uploaded. */
export function sizeFor(sizes: readonly string[], width: number): string {
  const widths = sizes.flatMap((size) => Number(/^w(\d+)$/.exec(size)?.[1] ?? Number.NaN)).filter((one) => one >= width);
  return widths.length > 0 ? `w${Math.min(...widths)}` : 'original';
}
