import type { Account } from '#core/connections/index.ts';
import type { Copy, KnownEpisode, Media } from '#core/media/index.ts';
import type { Request } from '#core/requests/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { PartStanding, ToldPlay } from './standing.store.ts';
import type { StoryPart, StoryPlace } from './story-entry.ts';

/** A change on a server as watch-sync tells of it. */
export type ToldChange = Readonly<{
  account: Account;
  copyId: number;
  action: 'mark' | 'unmark' | 'position';
  reason: string;
  positionMs?: number;
  before: Readonly<{ watched: boolean; positionMs: number }>;
  state: 'intended' | 'confirmed' | 'failed' | 'unconfirmed';
  fault?: string;
  at: Instant;
  finishedAt?: Instant;
}>;

export type WaitingChange = Readonly<{
  account: Account;
  copyId: number;
  reason: string;
  since: Instant;
  nextAt: Instant;
  attempts: number;
  fault?: string;
}>;

export type ShelfFact = Readonly<{
  personId: PersonId;
  rating?: Readonly<{ value: number; at: Instant }>;
  list?: Readonly<{ name: string; at: Instant }>;
}>;
export type ConflictFact = Readonly<{ id: number; kind: string; reason: string; at: Instant; resolvedAt?: Instant; resolution?: string }>;
export type MergeFact = Readonly<{ id: number; title: string; into: boolean; at: Instant; actor: string; splitAt?: Instant }>;

/** All that a story is told from. What its reader may not see is not among it. */
export type StoryFacts = Readonly<{
  media: Media;
  parts: ReadonlyMap<MediaId, StoryPart>;
  now: Instant;
  accounts: readonly Account[];
  servers: ReadonlyMap<number, StoryPlace>;
  copies: readonly Copy[];
  /** Paths of files are for who runs the house. */
  showPaths: boolean;
  plays: readonly ToldPlay[];
  standings: readonly PartStanding[];
  told: readonly ToldChange[];
  waiting: readonly WaitingChange[];
  requests: readonly Request[];
  desks: ReadonlyMap<number, string>;
  shelves: readonly ShelfFact[];
  conflicts: readonly ConflictFact[];
  merges: readonly MergeFact[];
  episodes: readonly KnownEpisode[];
}>;

/** The title itself is no part of itself. */
export const partsFor = ({ parts, media }: StoryFacts, ids: readonly MediaId[]): readonly StoryPart[] =>
  ids.flatMap((id) => (id === media.id ? [] : (parts.get(id) ?? [])));

export const placeOf = (account: Account): StoryPlace => ({
  name: account.server.name,
  type: account.server.type,
  serverId: account.server.id,
});
