import type { Request } from '#core/requests/index.ts';
import type { DeskRequest } from '#core/upstreams/index.ts';
import type { RequestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Demand, type Held, type Link, partsOf, type Removal, type TitleFacts, WHOLE } from './facts.ts';
import type { StoredLink, StoredStanding } from './replication.store.ts';

export type TitleKey = string;
export const titleKey = (title: Readonly<{ kind: string; tmdbId: number }>): TitleKey => `${title.kind}:${title.tmdbId}`;

/** What was found out about links whose request is not in the subordinate's listing, by its id there. */
export type Looked = ReadonlyMap<number, Readonly<{ presence: 'hidden'; request: DeskRequest } | { presence: 'gone' }>>;

export type DeskFacts = Readonly<{
  /** All requests of the primary as they are known, what is gone too, in the order of its ids. */
  requests: readonly Request[];
  /** Those that are not listed, and of which nobody could tell why. */
  unknown: ReadonlySet<RequestId>;
  removalOf(request: Request): Removal;
  standings: ReadonlyMap<RequestId, StoredStanding>;
  links: readonly StoredLink[];
  /** The subordinate's requests: all, or those of the titles in question. */
  listed: readonly DeskRequest[];
  looked: Looked;
  /** Until when a call about the title may still take effect there. */
  doubts: ReadonlyMap<TitleKey, Instant>;
  now: Instant;
}>;

export const demandOf = (request: Request, facts: Pick<DeskFacts, 'unknown' | 'removalOf' | 'standings'>): Demand => {
  const standing = facts.standings.get(request.id);
  return {
    id: request.id,
    primaryId: request.upstreamId,
    kind: request.kind,
    tmdbId: request.tmdbId,
    ...(request.tvdbId !== undefined && { tvdbId: request.tvdbId }),
    is4k: request.is4k,
    parts: partsOf(request.kind, request.seasons),
    status: request.status,
    presence: presenceOf(request, facts.unknown),
    owner: request.requestedBy,
    removal: facts.removalOf(request),
    ...(standing && { standing }),
  };
};

function presenceOf(request: Request, unknown: ReadonlySet<RequestId>): Demand['presence'] {
  if (request.goneAt !== undefined) return 'gone';
  if (request.hiddenAt !== undefined) return 'hidden';
  return unknown.has(request.id) ? 'unknown' : 'there';
}

export function heldOf(request: DeskRequest, links: readonly Link[], presence: Held['presence'] = 'there'): Held {
  const isWatchable = request.mediaStatus === 'available' || request.mediaStatus === 'partly-available';
  const done =
    request.kind === 'tv' ? request.seasons.filter((season) => season.status === 'completed').map((season) => season.number) : [];
  return {
    id: request.id,
    is4k: request.is4k,
    status: request.status,
    mediaStatus: request.mediaStatus,
    parts: partsOf(request.kind, request.seasons),
    done: request.kind === 'movie' && isWatchable ? [WHOLE] : done,
    presence,
    links,
  };
}

/** A request of ours that is not listed there, as it was seen last. */
const unseen = (link: StoredLink, links: readonly Link[], presence: Held['presence']): Held => ({
  id: link.upstreamId,
  is4k: link.is4k,
  status: link.status,
  mediaStatus: 'other',
  parts: link.parts,
  done: [],
  presence,
  links,
});

/** Facts of one subordinate, title by title. Titles of which the primary has nothing, and we have nothing there, are left out. Pure. */
export function titlesOf(facts: DeskFacts): ReadonlyMap<TitleKey, TitleFacts> {
  const demands = new Map<TitleKey, Demand[]>();
  const keyOf = new Map<RequestId, TitleKey>();
  for (const request of facts.requests) {
    const key = titleKey(request);
    keyOf.set(request.id, key);
    put(demands, key, demandOf(request, facts));
  }
  const helds = heldByTitle(facts, keyOf, demands);
  const titles = new Map<TitleKey, TitleFacts>();
  for (const [key, wanted] of demands) {
    const [first] = wanted;
    if (first === undefined) continue;
    const doubtUntil = facts.doubts.get(key);
    titles.set(key, {
      kind: first.kind,
      tmdbId: first.tmdbId,
      demands: wanted,
      held: helds.get(key) ?? [],
      now: facts.now,
      ...(doubtUntil !== undefined && { doubtUntil }),
    });
  }
  return titles;
}

function heldByTitle(
  { links, listed, looked }: DeskFacts,
  keyOf: ReadonlyMap<RequestId, TitleKey>,
  demands: ReadonlyMap<TitleKey, unknown>,
): ReadonlyMap<TitleKey, readonly Held[]> {
  const linksAt = new Map<number, StoredLink[]>();
  for (const link of links) if (keyOf.has(link.requestId)) put(linksAt, link.upstreamId, link);
  const helds = new Map<TitleKey, Held[]>();
  const listedTitles = new Map<number, TitleKey>();
  for (const request of listed) {
    const key = titleKey(request);
    listedTitles.set(request.id, key);
    if (!demands.has(key)) continue;
    const all = linksAt.get(request.id) ?? [];
    put(helds, key, heldOf(request, all.every((link) => keyOf.get(link.requestId) === key) ? all : ofTitle(all, key, keyOf)));
  }
  for (const [upstreamId, all] of linksAt) {
    for (const key of new Set(elsewhere(all, listedTitles.get(upstreamId), keyOf))) {
      const own = ofTitle(all, key, keyOf);
      const [first] = own;
      if (first) put(helds, key, notListed(first, own, key, listedTitles.has(upstreamId), looked));
    }
  }
  return helds;
}

function put<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

const ofTitle = (links: readonly StoredLink[], key: TitleKey, keyOf: ReadonlyMap<RequestId, TitleKey>): readonly StoredLink[] =>
  links.filter((link) => keyOf.get(link.requestId) === key);

/** Titles of these links other than the one under which their request is listed; nearly always none. */
function elsewhere(
  links: readonly StoredLink[],
  listedAs: TitleKey | undefined,
  keyOf: ReadonlyMap<RequestId, TitleKey>,
): readonly TitleKey[] {
  const first = links[0];
  if (links.length === 1 && first && keyOf.get(first.requestId) === listedAs) return [];
  return links.flatMap((link) => keyOf.get(link.requestId) ?? []).filter((key) => key !== listedAs);
}

function notListed(first: StoredLink, own: readonly StoredLink[], key: TitleKey, isOther: boolean, looked: Looked): Held {
  if (isOther) return unseen(first, own, 'other');
  const found = looked.get(first.upstreamId);
  if (found === undefined) return unseen(first, own, first.hiddenAt === undefined ? 'unknown' : 'hidden');
  if (found.presence === 'gone') return unseen(first, own, 'gone');
  return titleKey(found.request) === key ? heldOf(found.request, own, 'hidden') : unseen(first, own, 'other');
}
