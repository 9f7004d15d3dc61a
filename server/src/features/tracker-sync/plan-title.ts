import type { TrackedList } from '#core/upstreams/index.ts';
import { type Accord, isPart, type RemoteSide, type Send, type Switches, type SyncFacts, type Take, type TitlePlan } from './facts.ts';
import { planList, planRating, type Sided } from './plan-shelves.ts';
import { planWatched, type WatchPlan } from './plan-watched.ts';

/**
 * What one title needs on either side. Pure. Only what differs from where both last agreed is news: first sights add and take nothing away,
 * a later watch stands against a removal, and what was not listed in full says nothing of what is missing.
 */
export function planTitle(facts: SyncFacts, switches: Switches): TitlePlan {
  const reasons: string[] = [];
  const watch = planWatched(facts, switches, reasons);
  const whole = wholeOf(facts);
  // Parts of a show are rated and listed by themselves there: nothing of that is said of the show.
  const isWhole = facts.there.length === 0 || whole !== undefined;
  const remove = removalThere(facts, watch, whole);
  const sides = { facts, switches, whole, removed: remove.length > 0, reasons };
  const list = switches.lists && isWhole ? planList(sides) : {};
  const isListed = whole?.seen !== undefined || watch.send.length > 0 || typeof list.send === 'string';
  const rating = switches.ratings && isWhole ? planRating({ ...sides, isListed }) : {};
  return {
    facts,
    take: { watched: watch.take, unwatched: watch.unwatchHere, ...takenShelves(list, rating) },
    send: sendOf(facts, watch, whole, remove, { list, rating }),
    accord: accordOf(facts, watch, whole, { list, rating }),
    reasons,
  };
}

type Shelves = Readonly<{ list: Sided<TrackedList>; rating: Sided<number> }>;

function wholeOf({ there }: SyncFacts): RemoteSide | undefined {
  const [only] = there;
  if (only === undefined || there.length > 1) return undefined;
  return only.seen !== undefined && only.alone !== true && isPart(only.seen, only.seen.ids) ? undefined : only;
}

const takenShelves = (list: Shelves['list'], rating: Shelves['rating']): Pick<Take, 'list' | 'rating' | 'ratedAt'> => ({
  ...(list.take !== undefined && { list: list.take }),
  ...(rating.take !== undefined && { rating: rating.take, ...(rating.at !== undefined && { ratedAt: rating.at }) }),
});

function sendOf(
  facts: SyncFacts,
  watch: WatchPlan,
  whole: RemoteSide | undefined,
  remove: readonly number[],
  { list, rating }: Shelves,
): Send {
  return {
    watched: watch.send,
    unwatched: remove.length > 0 ? [] : watch.unwatchThere,
    remove,
    // A movie that leaves takes its list and its rating along: what is still wanted here is put back.
    ...(remove.length > 0 && putBack(facts, whole)),
    ...(typeof list.send === 'string' && { list: list.send }),
    ...(rating.send !== undefined && { rating: rating.send, ...(rating.at !== undefined && { ratedAt: rating.at }) }),
  };
}

function accordOf({ open }: SyncFacts, watch: WatchPlan, whole: RemoteSide | undefined, { list, rating }: Shelves): Accord {
  const settled = [
    ...watch.agreed.map(({ mediaId }) => mediaId),
    ...(list.accord ? (['list'] as const) : []),
    ...(rating.accord ? (['rating'] as const) : []),
  ];
  return {
    watched: watch.agreed,
    forgotten: watch.forgotten,
    lists: list.accord && whole ? [{ number: whole.number, ...list.accord }] : [],
    ratings: rating.accord && whole ? [{ number: whole.number, ...rating.accord }] : [],
    closed: settled.filter((one) => open.has(one)),
  };
}

/** A movie has no other way to be un-watched there; a title that is nowhere here any more leaves the library there. */
function removalThere(facts: SyncFacts, watch: WatchPlan, whole: RemoteSide | undefined): readonly number[] {
  if (whole?.seen === undefined || watch.unwatchThere.length === 0 || watch.send.length > 0) return [];
  if (facts.kind === 'movie') return [whole.number];
  const left = whole.seen.episodes.length - watch.unwatchThere.length;
  const isWanted = facts.here.list !== undefined || facts.here.rating !== undefined || whole.list.here === undefined;
  return left === 0 && !isWanted ? [whole.number] : [];
}

function putBack({ here }: SyncFacts, whole: RemoteSide | undefined): Pick<Send, 'list' | 'rating' | 'ratedAt'> {
  const list = here.list?.list;
  const isPlain = list !== undefined && list !== 'completed' && list !== 'watching';
  if (!isPlain) return {};
  const rating = here.rating?.rating ?? whole?.seen?.rating;
  return { list, ...(rating !== undefined && { rating }) };
}

export const isEmptyTake = ({ watched, unwatched, list, rating }: Take): boolean =>
  watched.length === 0 && unwatched.length === 0 && list === undefined && rating === undefined;

export const isEmptySend = ({ watched, unwatched, remove, list, rating }: Send): boolean =>
  watched.length === 0 && unwatched.length === 0 && remove.length === 0 && list === undefined && rating === undefined;

/** What would be lost on a side. */
export const lossesHere = ({ unwatched, list, rating }: Take): number =>
  unwatched.length + (list === null ? 1 : 0) + (rating === null ? 1 : 0);
export const lossesThere = ({ unwatched, remove, rating }: Send, facts: SyncFacts): number =>
  (remove.length > 0 ? Math.max(1, facts.agreed.length) : unwatched.length) + (rating === null ? 1 : 0);

/** The same without what would be lost. */
export function withoutLosses({ facts, take, send, ...rest }: TitlePlan): TitlePlan {
  const { list, rating, ratedAt, ...kept } = take;
  const { rating: sentRating, ratedAt: sentRatedAt, ...keptThere } = send;
  const isMovedAway = send.remove.length > 0;
  return {
    ...rest,
    facts,
    take: {
      ...kept,
      unwatched: [],
      ...(list !== undefined && list !== null && { list }),
      ...(rating !== undefined && rating !== null && { rating, ...(ratedAt !== undefined && { ratedAt }) }),
    },
    send: isMovedAway
      ? { watched: send.watched, unwatched: [], remove: [] }
      : {
          ...keptThere,
          unwatched: [],
          ...(sentRating !== undefined &&
            sentRating !== null && { rating: sentRating, ...(sentRatedAt !== undefined && { ratedAt: sentRatedAt }) }),
        },
  };
}
