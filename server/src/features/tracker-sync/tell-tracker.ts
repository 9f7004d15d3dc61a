import type { RemoteTracker, TrackedTitle, TrackerItem, TrackerReply, TrackerVerb } from '#core/upstreams/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { MediaId } from '#kernel/ids.ts';
import { type Clock, type Duration, minutes } from '#kernel/instant.ts';
import type { Journal } from '#platform/journal/index.ts';
import { isPart, type Send, sharedIds, type TitlePlan } from './facts.ts';
import type { LibraryStore, Open, OpenWhat } from './library.store.ts';
import type { RunContext } from './parts.ts';

export type Telling = Readonly<{
  tracker: RemoteTracker;
  library: LibraryStore;
  journal: Journal;
  clock: Clock;
  target: string;
  batchSize: number;
  callDeadlineMs: Duration | undefined;
  context: RunContext;
}>;

type Task = Readonly<{ plan: TitlePlan; item: TrackerItem }>;

/** Removals first: a movie that leaves may come back on another list. What is rated has to be on a list before. */
const ORDER = ['remove', 'unwatched', 'watched', 'list', 'rate', 'unrate'] as const satisfies readonly TrackerVerb[];
const OPEN: Readonly<Partial<Record<TrackerVerb, OpenWhat>>> = { watched: 'watched', list: 'list', rate: 'rating' };
const EPISODES_AT_ONCE = 1_000;
const DEADLINE = minutes(3);

/** Tells the tracker what the plans say, in batches, each through the journal. Answers how many items it did not know. */
export async function tellTracker(telling: Telling, plans: readonly TitlePlan[]): Promise<Readonly<{ sent: number; missed: number }>> {
  let [sent, missed] = [0, 0];
  for (const verb of ORDER) {
    const tasks = plans.flatMap((plan) => itemsOf(plan, verb).map((item): Task => ({ plan, item })));
    for (const batch of batchesOf(tasks, telling.batchSize)) {
      missed += await tellBatch(telling, verb, batch);
      sent += batch.length;
    }
  }
  return { sent, missed };
}

function batchesOf(tasks: readonly Task[], size: number): readonly (readonly Task[])[] {
  const batches: Task[][] = [];
  let episodes = 0;
  for (const task of tasks) {
    const own = task.item.episodes?.length ?? 0;
    const last = batches.at(-1);
    if (last === undefined || last.length >= size || (episodes > 0 && episodes + own > EPISODES_AT_ONCE)) {
      batches.push([task]);
      episodes = own;
    } else {
      last.push(task);
      episodes += own;
    }
  }
  return batches;
}

function itemsOf(plan: TitlePlan, verb: TrackerVerb): readonly TrackerItem[] {
  const { send } = plan;
  const base = baseOf(plan);
  switch (verb) {
    case 'remove':
      return send.remove.map((number) => ({ ...base, number, ...numbered(plan, number) }));
    case 'unwatched':
      return [...Map.groupBy(send.unwatched, (one) => one.number)].map(([number, own]) => ({
        ...base,
        ...numbered(plan, number),
        number,
        episodes: own.map((one) => one.own),
      }));
    case 'watched':
      return send.watched.length === 0 ? [] : [watchedItem(plan, base)];
    case 'list':
      return send.list === undefined ? [] : [{ ...base, list: send.list }];
    case 'rate':
      return typeof send.rating === 'number' ? [{ ...base, rating: send.rating, ...rated(send) }] : [];
    case 'unrate':
      return send.rating === null ? [base] : [];
  }
}

const rated = ({ ratedAt }: Send): Pick<TrackerItem, 'ratedAt'> => (ratedAt === undefined ? {} : { ratedAt });

/** A part of a show is named by its own ids, not by those of the whole. */
const numbered = ({ facts }: TitlePlan, number: number): Pick<TrackerItem, 'ids'> => ({
  ids: facts.there.find((side) => side.number === number)?.seen?.ids ?? facts.ids,
});

function baseOf({ facts }: TitlePlan): TrackerItem {
  const { kind, title, year, there } = facts;
  const { simkl, ...ids } = facts.ids;
  const number = there.length === 1 ? there[0]?.number : simkl === undefined ? undefined : Number(simkl);
  return { kind, title, ids, ...(year !== undefined && { year }), ...(number !== undefined && Number.isSafeInteger(number) && { number }) };
}

function watchedItem({ facts, send }: TitlePlan, base: TrackerItem): TrackerItem {
  if (facts.kind === 'movie') {
    const at = send.watched[0]?.at;
    return { ...base, ...(at !== undefined && { at }) };
  }
  const episodes = send.watched.flatMap(({ slot, at }) => (slot ? [{ ...slot, ...(at !== undefined && { at }) }] : []));
  const parts = facts.there.length > 0 && facts.there.every(({ seen }) => seen === undefined || isPart(seen, seen.ids));
  const isAired = parts || (facts.there.length === 0 && facts.anime === true && Object.keys(sharedIds(facts.ids)).length > 0);
  if (!isAired) return { ...base, episodes };
  const { number: _, ...whole } = base;
  return { ...whole, episodes, airedNumbers: true };
}

async function tellBatch(telling: Telling, verb: TrackerVerb, batch: readonly Task[]): Promise<number> {
  const { library, journal, tracker, context } = telling;
  const open = batch.flatMap((task) => openOf(telling, verb, task));
  await library.saveOpen(open);
  try {
    const reply = await journal.run({
      kind: `tracker-${verb}`,
      target: telling.target,
      subject: batch.length === 1 ? (batch[0]?.item.title ?? '') : `${batch.length} titles`,
      payload: { titles: batch.map(({ item }) => item.title) },
      repeatable: true,
      deadlineMs: telling.callDeadlineMs ?? DEADLINE,
      call: () =>
        tracker.send(
          verb,
          batch.map(({ item }) => item),
          { signal: context.signal },
        ),
      outcomeOf: ({ misses }) => ({ missed: misses.length }),
    });
    await note(telling, verb, batch, reply, open);
    return reply.misses.length;
  } catch (error) {
    // It certainly did nothing: nothing is in doubt.
    if (isAppError(error) && error.details.sent === 'no') await library.close(open);
    throw error;
  }
}

function openOf({ clock }: Telling, verb: TrackerVerb, { plan }: Task): readonly Open[] {
  const what = OPEN[verb];
  const titleId = plan.facts.mediaId;
  if (what === undefined || titleId === undefined) return [];
  const base = { titleId, what, state: 'sent', reason: '', at: clock.now() } as const;
  if (what === 'watched') return plan.send.watched.map(({ mediaId }) => ({ ...base, mediaId }));
  return [{ ...base, mediaId: titleId }];
}

const UNKNOWN_TITLE = 'The tracker does not know this title by any of its ids.';
const UNKNOWN_EPISODE = 'The tracker does not have this episode under this number.';

/** What the tracker said that it did is noted; that it shows is seen at the next look. */
async function note(
  telling: Telling,
  verb: TrackerVerb,
  batch: readonly Task[],
  reply: TrackerReply,
  open: readonly Open[],
): Promise<void> {
  const { library, clock } = telling;
  const missed = new Map(reply.misses.flatMap((miss) => missedBy(batch[miss.index]?.plan, miss)));
  const at = clock.now();
  await library.saveOpen(
    open.map((one) => {
      const reason = missed.get(one.mediaId);
      return { ...one, state: reason === undefined ? 'taken' : 'missed', reason: reason ?? '', at };
    }),
  );
  const lost = new Set(reply.misses.flatMap(({ index, episodes }) => (episodes === undefined ? [index] : [])));
  const known = await library.ofNumbers(batch.flatMap(({ item }) => item.number ?? []));
  for (const [index, task] of batch.entries()) {
    const title = lost.has(index) ? undefined : known.find(({ number }) => number === task.item.number);
    if (title?.seen) await SEEN[verb]?.(library, task, { number: title.number, seen: title.seen }, reply.lists.get(index));
  }
}

/** Movies, episodes and titles, with why the tracker would not take them. */
function missedBy(plan: TitlePlan | undefined, { episodes }: TrackerReply['misses'][number]): readonly (readonly [MediaId, string])[] {
  if (plan?.facts.mediaId === undefined) return [];
  const { watched } = plan.send;
  if (episodes === undefined) return [plan.facts.mediaId, ...watched.map(({ mediaId }) => mediaId)].map((id) => [id, UNKNOWN_TITLE]);
  const slots = new Set(episodes.map(({ season, number }) => `${season}:${number}`));
  const own = watched.filter(({ slot }) => slot !== undefined && slots.has(`${slot.season}:${slot.number}`));
  return own.map(({ mediaId }) => [mediaId, UNKNOWN_EPISODE]);
}

type Seen = Readonly<{ number: number; seen: TrackedTitle }>;
type NoteSeen = (library: LibraryStore, task: Task, title: Seen, putOn: TrackerItem['list']) => Promise<void>;

/** The picture of the other side follows, where it is known what it looks like now. */
const SEEN: Readonly<Partial<Record<TrackerVerb, NoteSeen>>> = {
  async remove(library, { plan }, { number }) {
    await library.forgetSeen([number]);
    await library.forgetAgreed(plan.facts.agreed.map(({ mediaId }) => mediaId));
    await library.saveLists([{ number }]);
    await library.saveRatings([{ number }]);
  },
  async unwatched(library, { plan, item }, { number, seen }) {
    const gone = new Set((item.episodes ?? []).map((slot) => `${slot.season}:${slot.number}`));
    await library.saveSeen([{ ...seen, episodes: seen.episodes.filter((slot) => !gone.has(`${slot.season}:${slot.number}`)) }]);
    await library.forgetAgreed(plan.send.unwatched.filter((one) => one.number === number).map(({ mediaId }) => mediaId));
  },
  async list(library, { plan, item }, { number, seen }, putOn) {
    const there = putOn ?? item.list;
    await library.saveSeen([{ ...seen, ...(there && { list: there }) }]);
    await library.saveLists([{ number, ...(item.list && { here: item.list }), ...(there && { there }) }]);
    await closeOne(library, plan, 'list');
  },
  async rate(library, { plan, item: { rating, ratedAt } }, { number, seen }) {
    const rated = rating === undefined ? {} : { rating };
    await library.saveSeen([{ ...seen, ...rated, ...(ratedAt !== undefined && { ratedAt }) }]);
    await library.saveRatings([{ number, ...(rating !== undefined && { here: rating, there: rating }) }]);
    await closeOne(library, plan, 'rating');
  },
  async unrate(library, _task, { number, seen }) {
    const { rating: _, ratedAt: __, ...rest } = seen;
    await library.saveSeen([rest]);
    await library.saveRatings([{ number }]);
  },
};

async function closeOne(library: LibraryStore, { facts }: TitlePlan, what: OpenWhat): Promise<void> {
  if (facts.mediaId !== undefined) await library.close([{ mediaId: facts.mediaId, what }]);
}
