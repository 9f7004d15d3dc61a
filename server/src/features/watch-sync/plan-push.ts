import { believableDate, type Observation, type StoredViewing } from '#core/viewing/index.ts';
import type { AccountId } from '#kernel/ids.ts';
import { type Duration, type Instant, seconds } from '#kernel/instant.ts';

/** Positions below this are the first minute of everything that was tried: nobody misses them. */
export const SMALLEST_POSITION: Duration = seconds(60);
const SAME_POSITION: Duration = seconds(1);
/** A target's own date counts as newer only beyond this: clocks of a household drift. */
export const CLOCK_DRIFT: Duration = seconds(30);

/** What is known of one copy on a server that should agree with the history. */
export type PushFacts = Readonly<{
  accountId: AccountId;
  /** Where the person stands with each title of the copy; a title that they never touched is missing. */
  viewings: readonly StoredViewing[];
  /** How many titles the copy holds. */
  titles: number;
  /** How many plays are known of each of its titles. */
  plays: number;
  /** What the account says of the copy. */
  target: Observation & Readonly<{ heard: boolean; markedByUs: boolean }>;
  /** The position was reached in a file that holds other episodes too. */
  partOfRange?: boolean;
  /** The person plays this copy there right now. */
  playingNow: boolean;
  /** Positions of watched titles travel too. */
  replay: boolean;
}>;

export type Push =
  /** `plays`: how often it was watched, for servers that take a count. */
  | Readonly<{ action: 'mark'; at: Instant; plays: number; reason: string }>
  | Readonly<{ action: 'unmark'; reason: string }>
  | Readonly<{ action: 'position'; positionMs: number; at: Instant; reason: string }>
  /** `later`: what is to be told stays to be told. */
  | Readonly<{ action: 'none'; reason: string; later?: true }>;

const none = (reason: string): Push => ({ action: 'none', reason });

/** A date in the future is a wrong clock's, and holds nothing up. */
const lastPlayed = ({ lastPlayedAt, at }: Observation): Instant => believableDate(lastPlayedAt, at) ?? 0;

/** Pure. A server is changed only where the history says otherwise for a reason that can be named. */
export function planPush(facts: PushFacts): Push {
  const push = planQuiet(facts);
  if (!facts.playingNow || push.action === 'none') return push;
  return { action: 'none', reason: 'it is being played there now', later: true };
}

/** As if nobody were playing it. */
function planQuiet(facts: PushFacts): Push {
  const { viewings, titles, target } = facts;
  if (titles === 0 || viewings.length < titles) return none('nothing is known of this title');
  if (viewings.every((viewing) => viewing.watched)) return target.played ? planPosition(facts) : planMark(facts);
  if (viewings.every((viewing) => viewing.unwatchedAt !== undefined && !viewing.watched)) {
    return target.played ? planUnmark(facts) : planPosition(facts);
  }
  if (target.played) return none(titles > 1 ? 'not all episodes of the file are watched' : 'watched there, and nobody took the mark away');
  return planPosition(facts);
}

function planMark({ viewings, target, plays }: PushFacts): Push {
  const at = Math.max(...viewings.map((viewing) => viewing.changedAt));
  if (target.positionMs > 0 && lastPlayed(target) > at + CLOCK_DRIFT) return none('it is being watched again there');
  return { action: 'mark', at, plays, reason: viewings.length > 1 ? 'all episodes of the file are watched' : 'watched elsewhere' };
}

function planUnmark({ viewings, target }: PushFacts): Push {
  const at = Math.max(...viewings.map((viewing) => viewing.unwatchedAt ?? 0));
  if (!target.heard && !target.markedByUs) return none('watched there before this server was listened to');
  if (lastPlayed(target) > at + CLOCK_DRIFT) return none('played there after the mark was taken away');
  return { action: 'unmark', reason: 'un-watched elsewhere' };
}

function planPosition({ viewings, target, accountId, replay, partOfRange }: PushFacts): Push {
  const [first] = viewings;
  if (first === undefined || first.positionAt === undefined || first.positionMs < SMALLEST_POSITION) return none('both agree');
  if (viewings.some((viewing) => viewing.positionMs !== first.positionMs || viewing.positionAt !== first.positionAt))
    return none('its episodes stand at different positions');
  if (partOfRange) return none('the position is one in a file of more episodes');
  if (Math.abs(target.positionMs - first.positionMs) <= SAME_POSITION) return none('both agree');
  if (first.positionAccountId === accountId) return none('the position comes from there');
  if ((first.watched || target.played) && !replay) return none('it is watched, and positions of watched titles stay here');
  if (lastPlayed(target) > first.positionAt + CLOCK_DRIFT) return none('played there since');
  return { action: 'position', positionMs: first.positionMs, at: first.positionAt, reason: 'begun elsewhere' };
}
