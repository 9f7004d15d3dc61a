import { join } from 'node:path';
import type { Account } from '#core/connections/index.ts';
import type { PosterSources } from '#core/media/index.ts';
import { type CallOptions, type MediaServer, MOST_IMAGE_BYTES, type UpstreamImage } from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { MediaId, ServerId } from '#kernel/ids.ts';
import { type Clock, type Duration, days, hours, minutes, seconds } from '#kernel/instant.ts';
import { createFileCache } from '#platform/file-cache/index.ts';
import { createKeptPosters, type Poster, posterOf } from './kept-posters.ts';
import { createPatience } from './patience.ts';

export type PostersDeps = Readonly<{
  clock: Clock;
  connections: Readonly<{
    readerOf(server: ServerId): Promise<Account | undefined>;
    connect(account: Account): Promise<Pick<MediaServer, 'readImage'>>;
  }>;
  facts: Readonly<{ posterOf(media: MediaId): Promise<PosterSources | undefined> }>;
  /** By the path that a metadata source told of. */
  readTold(
    told: Readonly<{ source: string; path: string }>,
    how: Readonly<{ width: number; signal: AbortSignal }>,
  ): Promise<UpstreamImage | undefined>;
  /** They lie in its folder `cache/posters`. */
  dataDir: string;
  /** Megabytes on the disk, asked for when it is tidied. */
  cacheMegabytes(): Promise<number>;
}>;

export type Posters = Readonly<{
  /**
   * About so many pixels wide. Undefined where nobody has one, or nobody knows the title. Throws the fault of whoever may have one and does not
   * answer, where nobody else has one.
   */
  of(media: MediaId, width: number): Promise<Poster | undefined>;
  /** What was learnt of who has none. What lies on the disk is fetched anew when it is asked for. */
  forget(): void;
}>;

/** Somebody looks at a page. */
const PATIENCE: Duration = seconds(10);
/** Households change posters now and then. */
const FRESH: Duration = days(7);
const UNUSED: Duration = days(90);
/** Who has none is asked again after so long. */
const ABSENT: Duration = hours(1);
const MEGABYTE = 1_000_000;
/** Few widths, so that screens of all sizes share what is kept. */
const WIDTHS = [185, 342, 500, 780] as const;

export const widthFor = (asked: number): number => WIDTHS.find((width) => width >= asked) ?? WIDTHS.at(-1) ?? asked;

type Source = Readonly<{
  /** Whom it is asked of: all its pictures rest where it does not answer. */
  of: string;
  /** The same, for people. */
  name: string;
  key: string;
  ask(call: CallOptions): Promise<UpstreamImage | undefined>;
}>;

/** Posters of titles by our own ids and nothing else: from the household's servers first, then from whoever told of the title. */
export function createPosters({ clock, connections, facts, readTold, dataDir, cacheMegabytes }: PostersDeps): Posters {
  const cache = createFileCache({
    folder: join(dataDir, 'cache', 'posters'),
    clock,
    keepFor: UNUSED,
    most: async () => (await cacheMegabytes()) * MEGABYTE,
  });
  const kept = createKeptPosters({ cache });
  const patience = createPatience({ clock, absentFor: ABSENT, restFor: minutes(1) });
  const underWay = new Map<string, Promise<Poster | undefined>>();
  let freshSince = 0;

  async function sourcesOf({ copies, told }: PosterSources, width: number): Promise<readonly Source[]> {
    const servers = copies.map(async ({ serverId, ...item }): Promise<readonly Source[]> => {
      const reader = await connections.readerOf(serverId);
      // A server that nobody has an account on any more shows nothing.
      if (reader === undefined) return [];
      return [
        {
          of: `server ${serverId}`,
          name: reader.server.name,
          key: `server ${serverId} ${item.showUpstreamId ?? item.upstreamId} ${width}`,
          ask: async (call) => (await connections.connect(reader)).readImage(item, 'poster', { ...call, width }),
        },
      ];
    });
    const tellers = told.map((each): Source => {
      const { source, path } = each;
      return { of: source, name: source, key: `told ${source} ${path} ${width}`, ask: ({ signal }) => readTold(each, { width, signal }) };
    });
    return [...(await Promise.all(servers)).flat(), ...tellers];
  }

  async function fetchFrom({ of, name, key, ask }: Source): Promise<Poster | undefined> {
    patience.check(of, key);
    const signal = AbortSignal.timeout(PATIENCE);
    try {
      const image = await ask({ signal });
      const poster = image && checked(image.body, name);
      if (poster === undefined) patience.noteAbsent(key);
      else await kept.keep(key, { poster, at: clock.now() });
      return poster;
    } catch (error) {
      const late = signal.aborted && (isAppError(error, 'cancelled') || error instanceof DOMException);
      throw patience.noteFault(of, key, late ? tooLate(name, error) : error);
    }
  }

  /** Whoever asks for what is being fetched waits for that. */
  function fetchOnce(source: Source): Promise<Poster | undefined> {
    const already = underWay.get(source.key);
    if (already !== undefined) return already;
    const fetching = fetchFrom(source).finally(() => underWay.delete(source.key));
    underWay.set(source.key, fetching);
    return fetching;
  }

  async function from(source: Source): Promise<Poster | undefined> {
    const known = await kept.find(source.key);
    if (known && known.at >= freshSince && clock.now() - known.at < FRESH) return known.poster;
    if (patience.isAbsent(source.key)) return undefined;
    try {
      return await fetchOnce(source);
    } catch (error) {
      // An old one is better than none while its server is away.
      if (known) return known.poster;
      throw error;
    }
  }

  return {
    async of(media, width) {
      const told = await facts.posterOf(media);
      let fault: unknown;
      for (const source of told ? await sourcesOf(told, widthFor(width)) : []) {
        try {
          const poster = await from(source);
          if (poster) return poster;
        } catch (error) {
          fault ??= error;
        }
      }
      if (fault !== undefined) throw fault;
      return undefined;
    },
    forget() {
      patience.forget();
      freshSince = clock.now();
    },
  };
}

function checked(body: Buffer, name: string): Poster {
  const poster = body.length <= MOST_IMAGE_BYTES ? posterOf(body) : undefined;
  if (poster) return poster;
  throw new AppError('upstream-unreadable', `What ${name} sent for a poster is no picture that we hand on.`);
}

const tooLate = (name: string, cause: unknown): AppError =>
  new AppError('upstream-timeout', `${name} has not sent a poster within ${PATIENCE / 1_000} s.`, { cause });
