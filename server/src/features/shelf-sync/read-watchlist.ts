import type { Account } from '#core/connections/index.ts';
import { createMediaGraph } from '#core/media/index.ts';
import type { UpstreamShelfItem, WatchlistKeeper } from '#core/upstreams/index.ts';
import { createLists } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import { days, minutes } from '#kernel/instant.ts';
import { type Compared, claimOf, compare } from './compare.ts';
import type { Mapping } from './mappings.ts';
import type { ShelfParts, ShelfServer } from './shelf-parts.ts';
import { createWishSearches } from './wish-searches.store.ts';
import { createWords, type StoredWord } from './words.store.ts';

export type WatchlistServer = ShelfServer & WatchlistKeeper;

export const keepsWatchlist = (server: ShelfServer): server is WatchlistServer =>
  server.readWatchlist !== undefined && server.findWatchlistItem !== undefined;

const AT_ONCE = 500;
/** A vendor's answers may be older than what was told there just now: so long nothing that was said of a title is taken for news. */
const SETTLES_WITHIN = minutes(2);
/** A title that the vendor did not know is looked for again after so long. */
const ASKED_AGAIN_AFTER = days(7);

type Reading = Readonly<{
  server: WatchlistServer;
  mapping: Mapping;
  signal: AbortSignal;
  /** Nothing is made, and what would be looked for later is looked for now. */
  rehearsal: boolean;
}>;

export type ReadWatchlist = Readonly<{
  compared: readonly Compared[];
  /** On the watchlist, and no title here. In a rehearsal some of them would become titles. */
  strangers: readonly UpstreamShelfItem[];
  /** On the list here, and without an id of the vendor. */
  unnamed: readonly MediaId[];
}>;

const inPages = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, page) => all.slice(page * AT_ONCE, (page + 1) * AT_ONCE));

/**
 * An account's whole watchlist beside the list that it stands for. A watchlist lists nothing but what is on it: what is missing is asked for
 * one by one, and only the answer that it is not there counts.
 */
export async function readWatchlist(parts: ShelfParts, account: Account, reading: Reading): Promise<ReadWatchlist> {
  const { server, mapping, signal, rehearsal } = reading;
  const all = await server.readWatchlist({ signal });
  if (mapping.takes && !rehearsal) for (const page of inPages(all)) await parts.claims.resolve(page.map(claimOf), { create: true });
  const words = new Map((await createWords(parts.database).all(account.id, 'watchlist')).map((word) => [word.upstreamId, word]));
  const settledBefore = parts.clock.now() - SETTLES_WITHIN;
  const isSettled = (word: StoredWord | undefined): boolean => word === undefined || word.mode === '' || word.seenAt < settledBefore;
  const compared: Compared[] = [];
  for (const page of inPages(all.filter((item) => isSettled(words.get(item.upstreamId))))) {
    compared.push(...(await withDates(parts, account, reading, await compare(parts, account, [mapping], page))));
  }
  const placed = new Set(compared.map((one) => one.item));
  const strangers = all.filter((item) => isSettled(words.get(item.upstreamId)) && !placed.has(item));
  const listed = new Set(all.map((item) => item.upstreamId));
  const ours = await createLists(parts.database).onList(account.personId, mapping.list ?? 'plantowatch');
  const onList = new Set(ours);
  const missing = [...words.values()].filter((word) => !listed.has(word.upstreamId) && isSettled(word) && mayDiffer(word, mapping, onList));
  for (const { upstreamId } of missing) {
    const item = await server.readWatchlistItem(upstreamId, { signal });
    if (item) compared.push(...(await compare(parts, account, [mapping], [item])));
  }
  const unnamed = mapping.tells ? await withoutId(parts, account, { ours, words: [...words.values()], compared }) : [];
  if (!rehearsal) return { compared, strangers, unnamed };
  for (const media of unnamed) {
    const [found] = await findWish(parts, account, { server, mapping, media, signal });
    if (found) compared.push(found);
  }
  return { compared, strangers, unnamed: [] };
}

/** A word of a title that is not on the watchlist: only where it was there, or where ours has become another, there is anything to do. */
function mayDiffer(word: StoredWord, mapping: Mapping, ours: ReadonlySet<MediaId>): boolean {
  if (word.mode === mapping.mode && word.theirs !== null) return true;
  return ours.has(word.mediaId) && (word.mode !== mapping.mode || word.ours !== 1);
}

/** The list tells no days. Where a title is on another list here, the day decides, and is asked for. */
async function withDates(
  parts: ShelfParts,
  account: Account,
  { server, mapping, signal }: Reading,
  page: readonly Compared[],
): Promise<readonly Compared[]> {
  const dated: Compared[] = [];
  for (const one of page) {
    const isOpen = one.facts.last === undefined && one.facts.ours.elsewhere === true && one.facts.theirs.at === undefined;
    const item = isOpen ? await server.readWatchlistItem(one.item.upstreamId, { signal }) : undefined;
    const [again] = item ? await compare(parts, account, [mapping], [item]) : [];
    dated.push(again ? { ...again, item: one.item } : one);
  }
  return dated;
}

/** Titles of the list that the account was never told of, but for those of which the vendor knew nothing lately. */
async function withoutId(
  { database, clock }: ShelfParts,
  account: Account,
  { ours, words, compared }: Readonly<{ ours: readonly MediaId[]; words: readonly StoredWord[]; compared: readonly Compared[] }>,
): Promise<readonly MediaId[]> {
  const unknown = await createWishSearches(database).notFoundSince(account.id, clock.now() - ASKED_AGAIN_AFTER);
  const named = new Set([...words, ...compared].map((one) => one.mediaId));
  return ours.filter((media) => !named.has(media) && !unknown.has(media));
}

/** The title as the vendor knows it, compared; none where the vendor knows none, or takes it for another. */
export async function findWish(
  parts: ShelfParts,
  account: Account,
  { server, mapping, media, signal }: Omit<Reading, 'rehearsal'> & Readonly<{ media: MediaId }>,
): Promise<readonly Compared[]> {
  const title = (await createMediaGraph(parts.database, { clock: parts.clock }).entries([media])).get(media);
  if (title?.kind !== 'movie' && title?.kind !== 'show') return [];
  const found = await server.findWatchlistItem({ kind: title.kind, ids: title.ids }, { signal });
  return found ? (await compare(parts, account, [mapping], [found])).filter((one) => one.mediaId === media) : [];
}
