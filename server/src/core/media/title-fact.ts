import type { SourceEpisode, SourceFacts, SourceStatus } from '#core/upstreams/index.ts';
import type { CopyId, MediaId } from '#kernel/ids.ts';
import type { Duration, Instant } from '#kernel/instant.ts';
import type { PicturedCopy } from './pictured-copies.store.ts';

/** `upcoming` and `released` of movies; `upcoming`, `airing` and `ended` of shows. */
export type TitleStatus = SourceStatus;

/** Where a picture can be had. None of it is an address for a browser: the house fetches pictures and hands them on. */
export type TitlePicture = Readonly<{
  /** The server of this copy has it. */
  copyId?: CopyId;
  /** Or a metadata source, under the path that it told. */
  told?: Readonly<{ source: string; path: string }>;
}>;

/** Everybody who may have a poster of a title, in the order in which they are to be asked. */
export type PosterSources = Readonly<{
  copies: readonly PicturedCopy[];
  told: readonly Readonly<{ source: string; path: string }>[];
}>;

/** What is known of a title beside its place in the graph. What nobody told is absent. */
export type TitleFacts = Readonly<
  Omit<SourceFacts, 'releasedOn' | 'lastAiredOn' | 'poster' | 'backdrop'> & {
    /** Of a movie its release, of a show its first episode, of an episode its own airing: the first moment (UTC) of that day. */
    releasedAt?: Instant;
    /** Of a show: the latest episode that has aired. */
    lastAiredAt?: Instant;
    poster?: TitlePicture;
    backdrop?: TitlePicture;
    /** Who told any of it, in the order in which they are believed: `servers` are the household's own. Empty where nothing is known. */
    sources: readonly string[];
  }
>;

/** One episode that servers have, or that a source told. 0 is the season of specials. */
export type KnownEpisode = Readonly<{
  /** Absent where nobody has a copy of it and nobody named it. */
  mediaId?: MediaId;
  season: number;
  number: number;
  title?: string;
  /** The first moment (UTC) of the day. Absent: not announced, or not known. */
  airedAt?: Instant;
  runtimeMs?: Duration;
}>;

export type KnownEpisodes = Readonly<{
  /** A source told the full list. False says that there may be more than what is listed. */
  complete: boolean;
  /** By season and number, each number once and each title once. */
  episodes: readonly KnownEpisode[];
}>;

export type ToldFacts = SourceFacts;
export type ToldEpisode = SourceEpisode;

/** All that a source knows of one title. `complete` says that `episodes` are all that there are. */
export type ToldTitle = Readonly<{
  media: MediaId;
  facts: ToldFacts;
  episodes?: readonly ToldEpisode[];
  complete?: boolean;
}>;
