import type { ExternalIds } from '#kernel/external-ids.ts';
import type { Duration } from '#kernel/instant.ts';
import type { CallOptions, UpstreamImage } from './media-server.port.ts';

export type SourceKind = 'movie' | 'show';

/** A title under the source's own id. */
export type SourceRef = Readonly<{ kind: SourceKind; id: string }>;

/** A title as a search or a look-up shows it. `poster` is a path of the source. */
export type SourceHit = SourceRef & Readonly<{ title: string; year?: number; originalTitle?: string; overview?: string; poster?: string }>;

/** `upcoming` and `released` of movies; `upcoming`, `airing` and `ended` of shows. */
export type SourceStatus = 'upcoming' | 'released' | 'airing' | 'ended';

/** What a source tells of a title: days as `YYYY-MM-DD`, pictures as the source's own paths. What it did not say is absent. */
export type SourceFacts = Readonly<{
  /** Of a show: of its usual episode. */
  runtimeMs?: Duration;
  status?: SourceStatus;
  /** Of a show: its first episode. */
  releasedOn?: string;
  /** Of a show: the latest episode that has aired. */
  lastAiredOn?: string;
  overview?: string;
  genres?: readonly string[];
  poster?: string;
  backdrop?: string;
  originalTitle?: string;
  /** Of a show: the broadcaster. */
  network?: string;
  certification?: string;
  /** ISO 3166-1, upper case. */
  country?: string;
  /** ISO 639-1. */
  language?: string;
  /** 0 to 10, with the number of voters. */
  score?: Readonly<{ value: number; votes: number }>;
  /** Whole dollars. */
  budget?: number;
  revenue?: number;
  /** On YouTube: ids of videos. */
  trailers?: readonly Readonly<{ name: string; youtube: string }>[];
}>;

export type SourceEpisode = Readonly<{
  /** 0 is the season of specials. */
  season: number;
  number: number;
  title?: string;
  airedOn?: string;
  runtimeMs?: Duration;
  overview?: string;
  /** A path of the source. */
  still?: string;
}>;

/** All that a source knows of one title. */
export type SourceTitle = SourceRef &
  Readonly<{
    title: string;
    year?: number;
    /** By our names of providers, the source's own among them. */
    ids: ExternalIds;
    facts: SourceFacts;
    /** Of a show. */
    episodes?: readonly SourceEpisode[];
    /** `episodes` are all that the source has, and as many as it says that there are. */
    complete?: boolean;
  }>;

export type SourceQuery = Readonly<{ kind: SourceKind; text: string; year?: number /** From 1. */; page?: number }>;
export type SourcePage = Readonly<{ hits: readonly SourceHit[]; page: number; pages: number; total: number }>;

export type PictureKind = 'poster' | 'backdrop' | 'still';

/**
 * A catalogue of titles, asked with a household's own key. Every method throws `upstream-unauthorized` for a refused key,
 * `upstream-rate-limited` with `retryAfterMs` where the source said for how long, and `upstream-unreadable` for an answer that is none
 * (a proxy's 404 included). Undefined and an empty list mean that the source itself has no such title.
 */
export interface MetadataSource {
  /** By this name what it tells is kept; it is also the provider of its own ids. */
  readonly vendor: string;
  /** Providers whose ids it can look up, by the kind of title. */
  readonly finds: Readonly<Record<SourceKind, readonly string[]>>;
  /** Proves the key. */
  identify(options: CallOptions): Promise<void>;
  /** The title of that kind which carries this id of another provider. `invalid` for a provider that `finds` does not name. */
  find(id: Readonly<{ kind: SourceKind; provider: string; value: string }>, options: CallOptions): Promise<SourceHit | undefined>;
  /** In full; a show with every season. */
  read(title: SourceRef, options: CallOptions): Promise<SourceTitle | undefined>;
  search(query: SourceQuery, options: CallOptions): Promise<SourcePage>;
  /** At least so many pixels wide where the source has it. Undefined where it has none. */
  readPicture(path: string, kind: PictureKind, options: CallOptions & Readonly<{ width: number }>): Promise<UpstreamImage | undefined>;
}

export type MetadataSourceConnection = Readonly<{
  key: string;
  /** `en-US`: of titles and descriptions; its region decides which certification is told. */
  language: string;
  /** Of one call with its waiting and tries, in milliseconds. */
  timeoutMs?: Duration;
  /** Each try of a call, so that they can be counted. */
  onCall?: () => void;
}>;

/** A vendor's way in. */
export type MetadataSourceDriver = Readonly<{
  vendor: string;
  connect(connection: MetadataSourceConnection): MetadataSource;
  close(): Promise<void>;
}>;
