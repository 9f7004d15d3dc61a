import type { ActorRef } from '#core/activity/index.ts';
import type { Account } from '#core/connections/index.ts';
import { createMediaGraph, type TitleClaims } from '#core/media/index.ts';
import type { NewPlanChange } from '#core/plans/index.ts';
import type { UpstreamShelfItem } from '#core/upstreams/index.ts';
import { createLists, createRatings, type ListName, type ShelfWord } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { type Mapping, theirValue } from './mappings.ts';
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

/** The movies and shows that items stand for. A movie is what its copy was said to be; a series, which has no copy, what its ids say. */
async function mediaOf(
  { database, clock, claims }: CompareDeps,
  account: Account,
  items: readonly UpstreamShelfItem[],
): Promise<ReadonlyMap<UpstreamShelfItem, MediaId>> {
  const movies = items.filter((item) => item.kind === 'movie');
  const shows = items.filter((item) => item.kind === 'show');
  const copies = await createMediaGraph(database, { clock }).copiesOnServer(
    account.server.id,
    movies.map((item) => item.upstreamId),
  );
  const byCopy = new Map(copies.map((copy) => [copy.upstreamId, copy.mediaIds[0]]));
  const byIds = await claims.resolve(
    shows.map(({ kind, ids, title, year }) => ({ kind, ids, title, ...(year !== undefined && { year }) })),
    { create: false },
  );
  const pairs = [
    ...movies.map((item) => [item, byCopy.get(item.upstreamId)] as const),
    ...shows.map((item, index) => [item, byIds[index]] as const),
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
      const facts: WordFacts = {
        takes: mapping.takes,
        tells: mapping.tells,
        theirs: { value: theirValue(item, mapping.what), ...(item.ratedAt !== undefined && { at: item.ratedAt }) },
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

const ASKED_BY: ActorRef = { kind: 'job', id: 'import', name: 'Import' };

const RULES = {
  rating: 'Ratings are the same here and there, where the switches of the server say so.',
  favourite: 'Favourites stand for a list, where the switches of the server say so.',
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
  const what =
    mapping.what === 'rating'
      ? plan.value === null
        ? 'unrated'
        : `rated ${plan.value}`
      : `${plan.value === null ? 'taken off' : 'put on'} ${plan.action === 'take' ? String(mapping.list) : 'the favourites'}`;
  return `${account.name}: ${titleOf(item)} ${done} ${what} ${place} (${plan.reason}).`;
}
