import type { ActorRef } from '#core/activity/index.ts';
import type { Account } from '#core/connections/index.ts';
import { createMediaGraph, type TitleClaim, type TitleClaims } from '#core/media/index.ts';
import type { NewPlanChange } from '#core/plans/index.ts';
import type { UpstreamShelfItem } from '#core/upstreams/index.ts';
import { createLists, createRatings, type ListName, type ShelfWord } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { type Mapping, theirDate, theirValue } from './mappings.ts';
import { planWord, type Value, type WordFacts, type WordPlan } from './plan-word.ts';
import { createWords, type Database, type StoredWord } from './words.store.ts';

export type CompareDeps = Readonly<{ database: Database; clock: Clock; claims: TitleClaims }>;

/** One title of an account beside ours, and what follows. */
export type Compared = Readonly<{
  mapping: Mapping;
  item: UpstreamShelfItem;
  mediaId: MediaId;
  /** The list that it is on. */
  list: ListName | null;
  facts: WordFacts;
  plan: WordPlan;
  last: StoredWord | undefined;
}>;

/** A title as the media graph is asked for it. */
export const claimOf = ({ kind, ids, title, year }: UpstreamShelfItem): TitleClaim => ({
  kind,
  ids,
  title,
  ...(year !== undefined && { year }),
});

/**
 * The movies and shows that items stand for. A movie of a library is what its copy was said to be; a series, which has no copy, and whatever
 * a watchlist holds, what its ids say.
 */
async function mediaOf(
  { database, clock, claims }: CompareDeps,
  account: Account,
  items: readonly UpstreamShelfItem[],
): Promise<ReadonlyMap<UpstreamShelfItem, MediaId>> {
  const isCopy = (item: UpstreamShelfItem): boolean => item.kind === 'movie' && item.watchlisted === undefined;
  const copied = items.filter(isCopy);
  const named = items.filter((item) => !isCopy(item));
  const copies = await createMediaGraph(database, { clock }).copiesOnServer(
    account.server.id,
    copied.map((item) => item.upstreamId),
  );
  const byCopy = new Map(copies.map((copy) => [copy.upstreamId, copy.mediaIds[0]]));
  const byIds = await claims.resolve(named.map(claimOf), { create: false });
  const pairs = [
    ...copied.map((item) => [item, byCopy.get(item.upstreamId)] as const),
    ...named.map((item, index) => [item, byIds[index]] as const),
  ];
  return new Map(pairs.flatMap(([item, media]) => (media === undefined ? [] : [[item, media] as const])));
}

/** Compares what an account shows with what is known here. Titles that nobody could identify are left out. Writes nothing. */
export async function compare(
  deps: CompareDeps,
  account: Account,
  mappings: readonly Mapping[],
  items: readonly UpstreamShelfItem[],
): Promise<readonly Compared[]> {
  const { database } = deps;
  const media = await mediaOf(deps, account, items);
  const ids = [...new Set(media.values())];
  const ratings = await createRatings(database).of(account.personId, ids);
  const lists = await createLists(database).of(account.personId, ids);
  const compared: Compared[] = [];
  for (const mapping of mappings) {
    const known = await createWords(database).of(
      account.id,
      mapping.what,
      items.map((item) => item.upstreamId),
    );
    /** Two items of one title: the second sees what the first one has taught. */
    const taught = new Map<MediaId, Value>();
    for (const [item, mediaId] of media) {
      const last = known.get(item.upstreamId);
      const isValid = last !== undefined && last.mode === mapping.mode && last.mediaId === mediaId;
      const entry = lists.get(mediaId);
      const ours = oursOf(mapping, ratings.get(mediaId), entry, taught.get(mediaId));
      const theirAt = theirDate(item, mapping.what);
      const facts: WordFacts = {
        takes: mapping.takes,
        tells: mapping.tells,
        theirs: { value: theirValue(item, mapping.what), ...(theirAt !== undefined && { at: theirAt }) },
        ours,
        ...(isValid && { last: { theirs: last.theirs, ours: last.ours } }),
      };
      const plan = planWord(facts);
      if (plan.action === 'take') taught.set(mediaId, plan.value);
      compared.push({ mapping, item, mediaId, list: entry?.list ?? null, facts, plan, last });
    }
  }
  return compared;
}

function oursOf(
  { what, list }: Mapping,
  rating: Readonly<{ rating: number; ratedAt: Instant }> | undefined,
  entry: Readonly<{ list: ListName; changedAt: Instant }> | undefined,
  taught: Value | undefined,
): WordFacts['ours'] {
  if (taught !== undefined) return { value: taught };
  if (what === 'rating') return rating ? { value: rating.rating, at: rating.ratedAt } : { value: null };
  if (entry === undefined) return { value: null };
  return entry.list === list ? { value: 1, at: entry.changedAt } : { value: null, at: entry.changedAt, elsewhere: true };
}

/** What both say once the plan has been carried out. */
export function wordAfter({ mapping, item, mediaId, facts, plan }: Compared, now: Instant): StoredWord {
  return {
    what: mapping.what,
    upstreamId: item.upstreamId,
    mediaId,
    title: titleOf(item),
    theirs: plan.action === 'tell' ? plan.value : facts.theirs.value,
    ours: plan.action === 'take' ? plan.value : facts.ours.value,
    mode: mapping.mode,
    seenAt: now,
  };
}

/** An unchanged word is not written again. */
export const isNew = (word: StoredWord, last: StoredWord | undefined): boolean =>
  last === undefined || last.theirs !== word.theirs || last.ours !== word.ours || last.mode !== word.mode || last.mediaId !== word.mediaId;

/** What the tracker has to take in. */
export function shelfWordOf({ mapping, mediaId, list, facts, plan }: Compared): ShelfWord {
  const at = facts.theirs.at === undefined ? {} : { at: facts.theirs.at };
  if (mapping.list === undefined) return { what: 'rating', mediaId, value: plan.value, was: facts.ours.value, ...at };
  return { what: 'list', mediaId, value: plan.value === null ? null : mapping.list, was: list, ...at };
}

export const isRemoval = ({ plan }: Compared): boolean => plan.action !== 'none' && plan.value === null;

export const titleOf = ({ title, year }: UpstreamShelfItem): string => (year === undefined ? title : `${title} (${year})`);

export const ASKED_BY: ActorRef = { kind: 'job', id: 'import', name: 'Import' };

const RULES = {
  rating: 'Ratings are the same here and there, where the switches of the server say so.',
  favourite: 'Favourites stand for a list, where the switches of the server say so.',
  watchlist: 'The watchlist stands for a list, where the switches of the server say so.',
};

/** The same for people: in a plan, with the facts. */
export function changeOf(account: Account, { mapping, item, mediaId, facts, plan }: Compared): NewPlanChange {
  const shown = (value: Value) => (mapping.what === 'rating' ? { rating: value } : { [mapping.list ?? 'list']: value !== null });
  const before = plan.action === 'take' ? facts.ours.value : facts.theirs.value;
  const at = (one: Readonly<{ at?: Instant }>) => (one.at === undefined ? {} : { at: one.at });
  const words = (value: Value) => (value === null ? 'nothing' : mapping.what === 'rating' ? `rated ${value}` : 'kept');
  return {
    kind: `${plan.action === 'take' ? 'learn' : 'set'}-${mapping.what}`,
    accountId: account.id,
    subject: { title: titleOf(item), mediaId, upstreamId: item.upstreamId },
    before: shown(before),
    after: shown(plan.value),
    reason: {
      rule: RULES[mapping.what],
      facts: [
        { text: `${words(facts.theirs.value)}: ${plan.reason}`, source: account.name, ...at(facts.theirs) },
        { text: words(facts.ours.value), source: 'library', ...at(facts.ours) },
      ],
    },
    askedBy: ASKED_BY,
  };
}

/** In one line, for logs. */
export function sentenceOf(account: Account, { mapping, item, plan }: Compared, would: boolean): string {
  const place = plan.action === 'take' ? 'here' : `on ${account.name}`;
  const done = would ? 'would be' : 'is';
  return `${account.name}: ${titleOf(item)} ${done} ${doneTo(mapping, plan)} ${place} (${plan.reason}).`;
}

function doneTo({ what, list }: Mapping, { action, value }: WordPlan): string {
  if (what === 'rating') return value === null ? 'unrated' : `rated ${value}`;
  const theirs = what === 'watchlist' ? 'the watchlist' : 'the favourites';
  return `${value === null ? 'taken off' : 'put on'} ${action === 'take' ? String(list) : theirs}`;
}
