import { type Account, isListenedTo } from '#core/connections/index.ts';
import { applyIgnoreRules } from '#core/ignore-rules/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { LONGEST_WAY, type Observation, type Refinement } from '#core/viewing/index.ts';
import type { CopyId, MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { CopyFacts, ListeningSwitches, MergeFacts } from './facts.ts';
import { type HeldUnwatch, type MergePlan, planMerge, saysTheSame } from './plan-merge.ts';
import type { Announced, SyncStores } from './watch-sync.store.ts';

export type MergeInput = Readonly<{
  account: Account;
  items: readonly UpstreamItem[];
  how: 'import' | 'webhook';
  event: string;
  /** When the items were asked for: what was heard of a copy since then is newer than they are. */
  at: Instant;
  unwatchAllowed: boolean;
  refined?: Refinement;
  /** When that was said, where it was long before `at`: whatever was heard of a copy since then is newer. */
  refinedAt?: Instant;
  /** The person's accounts that may have to learn what this teaches, and whether positions of watched titles travel. */
  targets: readonly Account[];
  replay: boolean;
  /** The items are heard as if for the first time: their titles have only now become known. */
  anew?: boolean;
}>;

export type MergeOutcome = Readonly<{
  /** Items whose title is known now. */
  identified: number;
  added: number;
  changed: readonly MediaId[];
  /** The same for people. */
  changes: readonly Readonly<{ title: string; now: 'watched' | 'not watched' | 'begun' }>[];
  held: readonly HeldUnwatch[];
  /** Items that could not be identified, and why. */
  unidentified: readonly Readonly<{ upstreamId: string; title: string; reason: string }>[];
  plays: number;
  notes: MergePlan['notes'];
  copies: readonly CopyId[];
  /** The same items, heard again with nothing else in between, would change nothing. */
  settled: boolean;
}>;

const switchesOf = (account: Account): ListeningSwitches => ({ listens: isListenedTo(account), neverUnwatch: account.neverUnwatch });

/** Takes items as a server shows them into the graph and the history, and queues what other servers have to be told. One transaction. */
export async function mergeItems(stores: SyncStores, input: MergeInput): Promise<MergeOutcome> {
  const { account, at } = input;
  const { media, viewing } = stores;
  const items = applyIgnoreRules(eachOnce(input.items), await stores.ignoreRules.forAccount(account));
  const ingested = await media.ingest(account.server.id, items);
  await viewing.lock(account.personId);
  const last = await viewing.observations(
    account.id,
    ingested.filter((copy) => !copy.isNew).map((copy) => copy.copyId),
  );
  const copies = items.map((item, index): CopyFacts => {
    const copy = ingested[index];
    if (copy === undefined) throw new RangeError('a copy is missing for an item');
    const before = copy.relinked || input.anew === true ? undefined : last.get(copy.copyId);
    return {
      copyId: copy.copyId,
      upstreamId: item.upstreamId,
      libraryId: item.libraryId,
      title: titleOf(item),
      mediaIds: copy.mediaIds,
      ...(before && { last: before }),
      now: { ...item.state, at, ...(item.addedAt !== undefined && { addedAt: item.addedAt }) },
      ...(input.refined && !isOutdated(input, before) && { refined: input.refined }),
      ...(item.runtimeMs !== undefined && { runtimeMs: item.runtimeMs }),
    };
  });
  const moving = copies.filter((copy) => !isOutrun(copy) && mayMove(copy, account));
  const facts = await factsOf(stores, input, moving);
  const plan = planMerge(facts);
  await write(stores, input, plan, facts);
  return {
    identified: copies.filter((copy) => copy.mediaIds.length > 0).length,
    added: ingested.filter((copy) => copy.isNew).length,
    changed: plan.changed,
    changes: changesOf(plan, facts),
    held: plan.held,
    unidentified: copies.flatMap((copy, index) =>
      copy.mediaIds.length > 0
        ? []
        : [{ upstreamId: copy.upstreamId, title: copy.title, reason: ingested[index]?.reason ?? 'no id that any other server would know' }],
    ),
    plays: plan.plays.length,
    notes: plan.notes,
    copies: copies.map((copy) => copy.copyId),
    settled: isSettled(plan, moving.length) && !copies.some((copy) => isOutrun(copy) || copy.last?.pushed !== undefined),
  };
}

/** A server that lists an item twice on one page says it once; where it says two things, watched wins. */
function eachOnce(items: readonly UpstreamItem[]): readonly UpstreamItem[] {
  const once = new Map<string, UpstreamItem>();
  for (const item of items) if (item.state.played || !once.has(item.upstreamId)) once.set(item.upstreamId, item);
  return once.size === items.length ? items : [...once.values()];
}

/** Every copy that moved has left its word: none was held back, and of none is more expected. */
const isSettled = (plan: MergePlan, moved: number): boolean =>
  plan.held.length === 0 && plan.foretold.length === 0 && plan.observations.length === moved;

function changesOf(plan: MergePlan, facts: MergeFacts): MergeOutcome['changes'] {
  if (plan.changed.length === 0) return [];
  const titles = new Map(facts.copies.flatMap((copy) => copy.mediaIds.map((id) => [id, copy.title] as const)));
  const changed = new Set(plan.changed);
  return plan.viewings
    .filter((viewing) => changed.has(viewing.mediaId))
    .map((viewing) => ({
      title: titles.get(viewing.mediaId) ?? String(viewing.mediaId),
      now: viewing.watched ? 'watched' : viewing.positionMs > 0 ? 'begun' : 'not watched',
    }));
}

const isOutdated = ({ refinedAt }: MergeInput, last: Pick<Observation, 'at'> | undefined): boolean =>
  refinedAt !== undefined && last !== undefined && last.at > refinedAt;

type TitledItem = Pick<UpstreamItem, 'kind' | 'title' | 'year' | 'season' | 'episodes'> & Readonly<{ show?: Readonly<{ title: string }> }>;

/** `Heat (1995)`, `Twin Peaks S01E01`, `Star Trek S01E01-E02`. */
export function titleOf(item: TitledItem): string {
  if (item.kind === 'movie') return item.year === undefined ? item.title : `${item.title} (${item.year})`;
  const [first, ...rest] = item.episodes ?? [];
  const number = `S${String(item.season ?? 0).padStart(2, '0')}E${String(first ?? 0).padStart(2, '0')}`;
  const lastOne = rest.at(-1);
  return `${item.show?.title ?? '??'} ${number}${lastOne === undefined ? '' : `-E${String(lastOne).padStart(2, '0')}`}`;
}

/** A page was on its way while somebody else spoke of the copy, or we changed it: its word is old by now, and would look like an un-watch. */
const isOutrun = ({ last, now }: CopyFacts): boolean => last !== undefined && last.at > now.at && last.at - now.at <= LONGEST_WAY;

/** Most copies of a library say what they said last time: nothing about them has to be read. */
function mayMove(copy: CopyFacts, account: Account): boolean {
  return copy.refined !== undefined || !saysTheSame(copy, isListenedTo(account) && copy.mediaIds.length > 0);
}

async function factsOf({ media: graph, viewing }: SyncStores, input: MergeInput, copies: readonly CopyFacts[]): Promise<MergeFacts> {
  const { account } = input;
  const knownTitles = (some: readonly CopyFacts[]): readonly MediaId[] => [
    ...new Set(some.flatMap((copy) => copy.mediaIds).filter((id) => !graph.isFresh(id))),
  ];
  const media = knownTitles(copies);
  const played = knownTitles(copies.filter((copy) => copy.now.played || copy.refined?.completed === true));
  return {
    personId: account.personId,
    accountId: account.id,
    how: input.how,
    event: input.event,
    switches: switchesOf(account),
    ...(account.importLastSync !== undefined && { lastFullRead: account.importLastSync }),
    unwatchAllowed: input.unwatchAllowed,
    copies,
    viewings: await viewing.viewings(account.personId, media),
    plays: await viewing.plays(account.personId, played),
  };
}

/** What is news to whoever follows the history: marks, plays and places, and not what a server merely lists. */
function announced(input: MergeInput, plan: MergePlan, facts: MergeFacts): Announced {
  const positions = plan.viewings.filter((one) => (facts.viewings.get(one.mediaId)?.positionMs ?? 0) !== one.positionMs);
  const mediaIds = new Set([...plan.changed, ...plan.plays.map((play) => play.mediaId), ...positions.map((one) => one.mediaId)]);
  return {
    mediaIds: [...mediaIds],
    positions: positions.map((one) => one.mediaId),
    cause: { kind: input.how, accountId: input.account.id },
  };
}

/** Once for each title, and not where the change of the history tells of it already. */
function heardOf(plan: MergePlan, facts: MergeFacts, told: readonly MediaId[]): readonly MediaId[] {
  const spoken = new Set(plan.observations.map((one) => one.copyId));
  const known = new Set(told);
  return [...new Set(facts.copies.flatMap((copy) => (spoken.has(copy.copyId) ? copy.mediaIds : [])))].filter((id) => !known.has(id));
}

async function write(
  { viewing, queue, announce, heard: told }: SyncStores,
  input: MergeInput,
  plan: MergePlan,
  facts: MergeFacts,
): Promise<void> {
  const { account, at } = input;
  await viewing.saveObservations(account.id, plan.observations);
  await viewing.saveViewings(account.personId, plan.viewings);
  await viewing.addPlays(account.personId, plan.plays, at);
  await viewing.addEvidence(plan.evidence);
  const news = announced(input, plan, facts);
  await announce(account.personId, news);
  await told(heardOf(plan, facts, news.mediaIds));
  for (const copy of plan.foretold) await viewing.notePush(account.id, copy.copyId, { played: true, at });
  // What the account itself shows anew may lag behind what others taught before it was read.
  // An un-watch that waits for its guard is nothing to tell the account: it would be asked for it again and again.
  const held = new Set(plan.held.flatMap((one) => one.mediaIds));
  const shown = [...new Set(facts.copies.flatMap((copy) => copy.mediaIds))].filter((id) => !held.has(id));
  for (const target of input.targets) {
    await queue.enqueueDiffering(
      { accountId: target.id, personId: target.personId },
      { replay: input.replay, reason: input.event, now: at, media: target.id === account.id ? shown : plan.changed },
    );
  }
}
