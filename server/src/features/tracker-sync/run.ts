import type { RemoteTracker, TrackerStamps } from '#core/upstreams/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import { type Duration, days, seconds } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { createLinkStore, type SealedLink, type TrackerLink } from './connections.store.ts';
import type { SyncFacts, TitlePlan } from './facts.ts';
import { type FactParts, gatherFacts, placeTitles } from './gather-facts.ts';
import { guardRemovals } from './guard-removals.ts';
import { createHereStore } from './here.store.ts';
import { createLibraryStore, type LibraryStore, type Open } from './library.store.ts';
import type { RunContext, TrackerSyncDeps } from './parts.ts';
import { isEmptySend, isEmptyTake, lossesHere, lossesThere, planTitle, withoutLosses } from './plan-title.ts';
import { type Approved, approvedOf, askFirst, askRemovals, finishApproved, openQuestions } from './questions.ts';
import { keyOf, shownOf } from './shown-changes.ts';
import { takeIn } from './take-in.ts';
import { tellTracker } from './tell-tracker.ts';

/** So long after it, what the tracker would not take is tried again. */
const MISSED_KEPT: Duration = days(7);

export type RunWish = Readonly<{
  /** Reads the whole library there, whatever it says of changes. */
  full: boolean;
  /** A person asked for it: also what was refused once is proposed again. */
  byHand: boolean;
}>;

export type RunParts = TrackerSyncDeps & Readonly<{ connect(sealed: SealedLink): RemoteTracker; batchSizeOf(link: TrackerLink): number }>;

type Run = Readonly<{
  parts: RunParts;
  sealed: SealedLink;
  link: TrackerLink;
  tracker: RemoteTracker;
  library: LibraryStore;
  facts: FactParts;
  context: RunContext;
}>;

/** One round for one connection: look, hold against each other, take in, tell. */
export async function runLink(parts: RunParts, sealed: SealedLink, wish: RunWish, context: RunContext): Promise<JsonObject> {
  const { link } = sealed;
  const library = createLibraryStore(parts.database, link.id);
  const here = createHereStore(parts.database, parts);
  const run: Run = {
    parts,
    sealed,
    link,
    tracker: parts.connect(sealed),
    library,
    facts: { here, library, claims: parts.claims, anime: parts.anime },
    context,
  };
  const approved = await approvedOf(parts.plans, link);
  const isFirst = link.consent !== 'given';
  if (isFirst && approved === undefined) {
    const waits = await openQuestions(parts.plans, link, 'first');
    if (!wish.byHand && (link.consent === 'refused' || waits.length > 0)) return { waits: 'for an answer to the first plan' };
  }
  const read = await observe(run, wish.full);
  if (isFirst && approved === undefined) return propose(run);
  return apply(run, approved, read);
}

/** Reads what is new there. The days of changes are kept only with all that was read for them. */
async function observe({ parts, link, sealed, tracker, library, context }: Run, full: boolean): Promise<Readonly<{ whole: boolean }>> {
  const { signal } = context;
  const now = await tracker.stamps({ signal });
  const known = full ? undefined : sealed.stamps;
  if (known !== undefined && sameStamps(known, now)) return { whole: false };
  const news = await tracker.news(known, now, { signal });
  context.log('info', `${news.titles.length} titles read${news.whole ? ', the whole library' : ''}.`);
  const strange = await parts.database.transaction(async (handle) => {
    const store = createLibraryStore(handle, link.id);
    await store.saveSeen(news.titles);
    // Somebody asks for all of it: what is known here beside it, such as a mapping, may say more of it than it did.
    if (full) await store.lookAgain();
    if (news.whole) await store.markGone(new Set(news.titles.map(({ number }) => number)));
    let unknown = false;
    for (const [shelf, present] of news.present) {
      await store.markGone(present, shelf);
      unknown ||= present.difference(await store.numbers(shelf)).size > 0;
    }
    await createLinkStore(handle).change(link.id, {
      stamps: JSON.stringify(settled(sealed.stamps, now, parts.clock.now() - (link.readAt ?? 0))),
      read_at: parts.clock.now(),
    });
    return unknown;
  });
  // It lists what no delta ever told of: only the whole library can.
  if (strange && !news.whole) return readWhole({ parts, link, tracker, library, context });
  return { whole: news.whole };
}

async function readWhole({ parts, link, tracker, context }: Pick<Run, 'parts' | 'link' | 'tracker' | 'library' | 'context'>) {
  const now = await tracker.stamps({ signal: context.signal });
  const news = await tracker.news(undefined, now, { signal: context.signal });
  await parts.database.transaction(async (handle) => {
    const store = createLibraryStore(handle, link.id);
    await store.saveSeen(news.titles);
    await store.markGone(new Set(news.titles.map(({ number }) => number)));
    await createLinkStore(handle).change(link.id, { stamps: JSON.stringify(settled(undefined, now, 0)), read_at: parts.clock.now() });
  });
  return { whole: true };
}

/** A second that is told is over by then, however the clocks of two machines stand. */
const SECOND_IS_OVER = seconds(2);

/**
 * The days to keep of what was read. They are told in whole seconds, and more may change in a second after it was read: a day that is new is
 * kept one second earlier, which makes later runs read that second again, until one of them comes so much later that it is over.
 */
export function settled(known: TrackerStamps | undefined, now: TrackerStamps, sinceLastRead: Duration): TrackerStamps {
  const earlier = (day: string): string => new Date(Date.parse(day) - 1_000).toISOString().replace(/\.000Z$/, 'Z');
  const keep = (key: string, day: string): string => {
    if (Number.isNaN(Date.parse(day)) || known?.[key] === day) return day;
    return known?.[key] === earlier(day) && sinceLastRead >= SECOND_IS_OVER ? day : earlier(day);
  };
  return Object.fromEntries(Object.entries(now).map(([key, day]) => [key, keep(key, day)]));
}

const sameStamps = (one: TrackerStamps, other: TrackerStamps): boolean => {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => one[key] === other[key]);
};

async function gather(
  run: Run,
  more: readonly MediaId[] = [],
): Promise<Readonly<{ facts: readonly SyncFacts[]; numbers: readonly number[] }>> {
  const { link, library, facts } = run;
  const numbers = await library.dirty();
  const media = [...new Set([...more, ...(await facts.here.moved(link.personId, link.id, link.switches))])];
  return { numbers, facts: await gatherFacts(facts, link.personId, { media, numbers }) };
}

const planAll = (facts: readonly SyncFacts[], { switches }: TrackerLink): readonly TitlePlan[] =>
  facts.map((one) => planTitle(one, switches));

async function propose(run: Run): Promise<JsonObject> {
  await placeTitles(run.facts, { create: false, switches: run.link.switches });
  const { facts } = await gather(run);
  const plans = planAll(facts, run.link);
  const planId = await askFirst(run.parts, run.link, plans);
  return planId === undefined ? { proposed: null } : { proposed: planId };
}

async function apply(run: Run, approved: Approved | undefined, read: Readonly<{ whole: boolean }>): Promise<JsonObject> {
  const { parts, link, library } = run;
  await library.forgetMissed(parts.clock.now() - MISSED_KEPT);
  await placeTitles(run.facts, { create: link.switches.takes, switches: link.switches });
  await settleOpen(run, read.whole);
  const { facts, numbers } = await gather(run);
  const plans = planAll(facts, link);
  await saveAccord(run, plans);
  const { allowed, held } = await passGuards(run, approved, plans);
  const took = allowed.filter(({ take }) => !isEmptyTake(take));
  const touched = await takeIn(parts, link.personId, took, link.name);
  await forgetTaken(library, took);
  if (touched.length > 0) await saveAccord(run, planAll((await gather(run, touched)).facts, link));
  const told = allowed.filter(({ send }) => !isEmptySend(send));
  const { sent, missed } = await tellTracker({ ...tellingOf(run) }, told);
  await library.clean(numbers.filter((number) => !held.has(number)));
  if (approved) {
    await finishApproved(parts.plans, approved, plans, { took: took.length, told: told.length });
    await createLinkStore(parts.database).change(link.id, { consent: 'given' });
  }
  return { took: took.length, sent, missed };
}

const tellingOf = ({ parts, link, library, tracker, context }: Run) => ({
  tracker,
  library,
  journal: parts.journal,
  clock: parts.clock,
  target: targetOf(link),
  batchSize: parts.batchSizeOf(link),
  callDeadlineMs: parts.callDeadlineMs,
  context,
});

const targetOf = ({ id }: TrackerLink): string => `tracker:${id}`;

async function forgetTaken(library: LibraryStore, took: readonly TitlePlan[]): Promise<void> {
  await library.forgetAgreed(took.flatMap(({ take }) => take.unwatched));
}

/** Where both turn out to stand alike, or to have stood. */
async function saveAccord({ parts, link }: Run, plans: readonly TitlePlan[]): Promise<void> {
  await parts.database.transaction(async (handle) => {
    const store = createLibraryStore(handle, link.id);
    await store.forgetAgreed(plans.flatMap(({ accord }) => accord.forgotten));
    await store.saveAgreed(
      plans.flatMap(({ facts, accord }) =>
        facts.mediaId === undefined ? [] : accord.watched.map((one) => ({ ...one, titleId: facts.mediaId as MediaId })),
      ),
    );
    await store.saveLists(plans.flatMap(({ accord }) => accord.lists));
    await store.saveRatings(plans.flatMap(({ accord }) => accord.ratings));
    await store.close(
      plans.flatMap(({ facts, accord }) =>
        accord.closed.flatMap((one): readonly Pick<Open, 'mediaId' | 'what'>[] => {
          if (typeof one === 'number') return [{ mediaId: one, what: 'watched' }];
          return facts.mediaId === undefined ? [] : [{ mediaId: facts.mediaId, what: one }];
        }),
      ),
    );
  });
}

/**
 * What was sent in an earlier run is looked for: in what the tracker told of itself, then in the whole library, since some of what is
 * entered late is in no delta. What was in doubt and is not there is sent again; what the tracker said it took and does not show is not.
 */
async function settleOpen(run: Run, wasWhole: boolean): Promise<void> {
  const { library, parts, link } = run;
  const unseen = async (): Promise<readonly Open[]> => {
    const open = await library.open(['sent', 'taken']);
    if (open.length === 0) return open;
    const titles = [...new Set(open.map(({ titleId }) => titleId))];
    await saveAccord(run, planAll(await gatherFacts(run.facts, link.personId, { media: titles, numbers: [] }), link));
    return library.open(['sent', 'taken']);
  };
  let left = await unseen();
  if (left.length > 0 && !wasWhole) {
    await readWhole(run);
    await placeTitles(run.facts, { create: link.switches.takes, switches: link.switches });
    left = await unseen();
  }
  const lost = left.filter(({ state }) => state === 'sent');
  await library.close(lost);
  const at = parts.clock.now();
  const reason = 'The tracker said that it took it, and does not show it.';
  await library.saveOpen(left.filter(({ state }) => state === 'taken').map((one) => ({ ...one, state: 'missed', reason, at })));
  await settleJournal(run, lost.length > 0);
}

async function settleJournal({ parts, link }: Run, isLost: boolean): Promise<void> {
  const { due } = await parts.journal.open({ target: targetOf(link) });
  for (const entry of due) {
    if (isLost) await parts.journal.fail(entry.id, { reason: 'It was looked for, and some of it is not there: that is sent again.' });
    else await parts.journal.confirm(entry.id, { reason: 'It was looked for. What is there now is what counts.' });
  }
}

type Passed = Readonly<{ allowed: readonly TitlePlan[]; held: ReadonlySet<number> }>;

/** What a person approved is made as it was shown; else what would be lost has to be within the limits, or waits for a person. */
async function passGuards(run: Run, approved: Approved | undefined, plans: readonly TitlePlan[]): Promise<Passed> {
  if (approved?.about === 'first')
    return {
      allowed: plans.map((plan) => onlyShown(plan, approved)),
      held: heldOf(
        plans,
        plans.map((plan) => onlyShown(plan, approved)),
      ),
    };
  const of = await run.library.agreedCount();
  const isApproved = (plan: TitlePlan): boolean => approved !== undefined && wasShown(plan, approved);
  const open = plans.filter((plan) => !isApproved(plan));
  const here = guardRemovals(
    'here',
    sum(open, ({ take }) => lossesHere(take)),
    of,
  );
  const there = guardRemovals(
    'there',
    sum(open, ({ send, facts }) => lossesThere(send, facts)),
    of,
  );
  if (here.pass && there.pass) return { allowed: plans, held: new Set() };
  const losing = open.filter((plan) => lossesHere(plan.take) + lossesThere(plan.send, plan.facts) > 0);
  const reason = [here, there].flatMap((verdict) => (verdict.pass ? [] : [verdict.reason])).join('; ');
  await askRemovals(run.parts, run.link, losing, reason);
  run.context.log('warn', `${reason}: it waits for a person.`);
  const allowed = plans.map((plan) => (losing.includes(plan) ? withoutLosses(plan) : plan));
  return { allowed, held: new Set(losing.flatMap(({ facts }) => facts.there.map(({ number }) => number))) };
}

const sum = (plans: readonly TitlePlan[], count: (plan: TitlePlan) => number): number =>
  plans.reduce((total, plan) => total + count(plan), 0);

const sameAsShown = (plan: TitlePlan, side: 'here' | 'there', { shown }: Approved): boolean =>
  shown.get(`${side} ${keyOf(plan)}`) === JSON.stringify(shownOf(plan, side));

const wasShown = (plan: TitlePlan, approved: Approved): boolean =>
  (lossesHere(plan.take) === 0 || sameAsShown(plan, 'here', approved)) &&
  (lossesThere(plan.send, plan.facts) === 0 || sameAsShown(plan, 'there', approved));

const NOTHING = { watched: [], unwatched: [], remove: [] } as const;

const onlyShown = (plan: TitlePlan, approved: Approved): TitlePlan => ({
  ...plan,
  take: sameAsShown(plan, 'here', approved) ? plan.take : NOTHING,
  send: sameAsShown(plan, 'there', approved) ? plan.send : NOTHING,
});

/** What came up since the plan was shown is left to the next run. */
const heldOf = (plans: readonly TitlePlan[], allowed: readonly TitlePlan[]): ReadonlySet<number> =>
  new Set(
    plans.flatMap((plan, index) => {
      const kept = allowed[index];
      const same =
        kept !== undefined && isEmptyTake(plan.take) === isEmptyTake(kept.take) && isEmptySend(plan.send) === isEmptySend(kept.send);
      return same ? [] : plan.facts.there.map(({ number }) => number);
    }),
  );
