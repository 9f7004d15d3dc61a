import { type Duration, type Instant, minutes, seconds } from '#kernel/instant.ts';

/** What one server account said about one copy, and when we heard it. */
export type Observation = Readonly<{
  played: boolean;
  playCount?: number;
  lastPlayedAt?: Instant;
  positionMs: number;
  /** When the copy came to the server: another value for the same copy is a replaced one, and none is one that was not listed since. */
  addedAt?: Instant;
  at: Instant;
}>;

/**
 * Our own last change of that copy, as far as nothing has been heard from the server since. `playedAt`: the date that the server gives our
 * mark, absent where it dates marks with its own now. `playCount`: what the mark brings its count up to.
 */
export type OwnPush = Readonly<{ played: boolean; at: Instant; playedAt?: Instant; playCount?: number }>;

/** What a webhook's payload adds to the item's read: it refines dates, and says that a play was finished. */
export type Refinement = Readonly<{
  completed?: boolean;
  /** A player has played it to its end: no mark is told like that. */
  finished?: boolean;
  unplayed?: boolean;
  playedAt?: Instant;
  positionMs?: number;
}>;

export type ObservationFacts = Readonly<{
  last?: Observation;
  now: Observation;
  pushed?: OwnPush;
  /** The account may never un-watch. */
  neverUnwatch?: boolean;
  refined?: Refinement;
}>;

/** A play that is news. `at` is absent where no believable date came with it; it then happened within the window. */
export type PlayNews = Readonly<{ at?: Instant }>;

/** News happened after `after` (the last time we looked) and not after `until`. `after` is absent for a copy seen for the first time. */
export type Window = Readonly<{ after?: Instant; until: Instant }>;

export type News = Readonly<{
  window: Window;
  plays: readonly PlayNews[];
  /** The server's own count of plays, for plays that it knows beyond ours. */
  playCount?: number;
  /** The server says that the title is watched, and this is news or the first word of it. */
  watched: boolean;
  /** Somebody took the mark away. */
  unwatched: boolean;
  position?: Readonly<{ ms: number; at: Instant }>;
  /** Why something that looks like news is none, for the person who asks. */
  notes: readonly string[];
}>;

/** Clocks of servers may run ahead by this much before their dates count as being in the future. */
export const CLOCK_TOLERANCE: Duration = minutes(5);
/** Nothing that was asked for is on its way for longer. What is dated further ahead of its answer was dated while our own clock was wrong. */
export const LONGEST_WAY: Duration = minutes(10);
const EARLIEST_PLAY: Instant = Date.UTC(1990, 0, 1);
const SAME_POSITION: Duration = 1_000;

/** A date that can be true: not in the future of when it was said, and not one of the zero dates of calendars. */
export const believableDate = (date: Instant | undefined, saidAt: Instant): Instant | undefined =>
  date !== undefined && date >= EARLIEST_PLAY && date <= saidAt + CLOCK_TOLERANCE ? Math.min(date, saidAt) : undefined;

/**
 * What is new in an observation. Only a difference from the last one is news, and it happened between the two: so a server
 * seen for the first time can add watched titles and never take one away, a wrong clock cannot win by its date, and what
 * we changed there ourselves does not come back as somebody's act.
 */
export function readNews(facts: ObservationFacts): News {
  const { last, now } = facts;
  const notes: string[] = [];
  const window: Window = { ...(last && { after: last.at }), until: now.at };
  const base = { window, notes, ...(now.playCount !== undefined && { playCount: now.playCount }) };
  const position = positionNews(facts);
  const quiet: News = { ...base, plays: [], watched: false, unwatched: false, ...(position && { position }) };

  if (now.played || facts.refined?.completed === true) {
    const plays = newPlays(facts, notes);
    if (plays.length === 0 && last?.played === true) return quiet;
    if (plays.length === 0) return { ...quiet, watched: !isEcho(facts, true) };
    return { ...base, plays, watched: true, unwatched: false, ...(position && { position }) };
  }
  if (last?.played !== true) return quiet;
  const reason = whyNoUnwatch(facts, last);
  if (reason === undefined) return { ...base, plays: [], watched: false, unwatched: true };
  notes.push(reason);
  return quiet;
}

/** The day of the newest play. An event that comes before all else may be that of our own mark: what the server itself shows is the better date. */
function datePlayed({ last, now, refined }: ObservationFacts, notes: string[]): Instant | undefined {
  const shown = last === undefined && now.played ? believableDate(now.lastPlayedAt, now.at) : undefined;
  const said = shown ?? refined?.playedAt ?? now.lastPlayedAt;
  const date = believableDate(said, now.at);
  if (said !== undefined && date === undefined) notes.push('its date cannot be true and was not used');
  return date;
}

/** The plays that the server has beyond those of the last observation, newest first; only the newest can carry a date. */
function newPlays(facts: ObservationFacts, notes: string[]): readonly PlayNews[] {
  const { last, now, refined } = facts;
  const date = datePlayed(facts, notes);
  // Begun again since: the date is that of the beginning, and nobody knows when it was watched.
  const begunAgain = now.positionMs > 0 && refined?.completed !== true;
  if (last === undefined) return played(Math.max(1, now.playCount ?? 1), begunAgain ? undefined : date);

  const before = last.lastPlayedAt ?? Number.NEGATIVE_INFINITY;
  const newest = date !== undefined && date > before ? date : undefined;
  if (isEcho(facts, true)) return playsBesideOurs(facts, newest, notes);
  const counted = (now.playCount ?? 0) - (last.playCount ?? 0);
  const count = last.played
    ? playsBeyondWatched(facts, counted, (believableDate(now.lastPlayedAt, now.at) ?? before) > before)
    : Math.max(1, counted);
  return played(count, newest);
}

/** The plays of somebody else, while our own mark has to be heard of: what the server counts beyond ours, or what cannot be ours. */
function playsBesideOurs(facts: ObservationFacts, newest: Instant | undefined, notes: string[]): readonly PlayNews[] {
  const { last, now, pushed } = facts;
  const ours = Math.max((last?.playCount ?? 0) + 1, pushed?.playCount ?? 0);
  const theirs = newest !== undefined && isNotOurs(facts);
  notes.push(theirs ? 'finished there beside our own mark' : 'our own mark, seen again');
  const count = Math.max((now.playCount ?? 0) - ours, Number(theirs));
  if (theirs || pushed?.playedAt === undefined) return played(count, newest);
  // The date is that of our mark, which came last. The copy was read right before it: theirs was finished just then, if at all.
  return played(count, now.positionMs === 0 ? pushed.at : undefined);
}

/** Dates of one mark differ by this at most: servers keep whole seconds. */
const SAME_MARK: Duration = seconds(2);

/** What tells somebody's play from a mark of ours that got no answer: a player's own word, or a date that our mark cannot have. */
function isNotOurs({ last, now, refined, pushed }: ObservationFacts): boolean {
  if (refined?.finished === true) return true;
  const date = believableDate(now.lastPlayedAt, now.at);
  if (pushed === undefined || !now.played || now.positionMs > 0) return false;
  if (date === undefined || date <= (last?.lastPlayedAt ?? Number.NEGATIVE_INFINITY)) return false;
  if (pushed.playedAt === undefined) return date > pushed.at + UNDER_WAY + CLOCK_TOLERANCE;
  return Math.abs(date - pushed.playedAt) > SAME_MARK && date >= pushed.at - CLOCK_TOLERANCE;
}

/**
 * Players count and date a title that was only begun again: while it stands at a position, that is no play yet. A webhook
 * alone does not make a play of a watched title: servers send one for our own marks too, and the item shows real ones.
 */
function playsBeyondWatched({ now, refined }: ObservationFacts, counted: number, dateMoved: boolean): number {
  if (refined?.completed === true && (dateMoved || counted > 0)) return Math.max(1, counted);
  if (now.positionMs > 0 && counted <= 1) return 0;
  return counted > 0 ? counted : Number(dateMoved && now.playCount === undefined);
}

function played(count: number, newest: Instant | undefined): readonly PlayNews[] {
  if (count <= 0) return [];
  return [newest === undefined ? {} : { at: newest }, ...Array.from({ length: count - 1 }, () => ({}))];
}

/** Longer than any change of ours may be under way: until then the server may be heard without it, and it may come all the same. */
export const UNDER_WAY: Duration = seconds(45);

/** True where we made the server say so: a push of that state since we last listened, or one that was on its way when we did. */
const isEcho = ({ last, pushed }: ObservationFacts, state: boolean): boolean =>
  pushed !== undefined && pushed.played === state && pushed.at + UNDER_WAY >= (last?.at ?? Number.NEGATIVE_INFINITY);

function whyNoUnwatch(facts: ObservationFacts, last: Observation): string | undefined {
  const { now, neverUnwatch, refined } = facts;
  if (neverUnwatch === true) return 'this server account may never un-watch';
  if (isEcho(facts, false)) return 'our own un-mark, seen again';
  const isUnlisted = last.addedAt === undefined && refined?.unplayed === true;
  if (last.addedAt !== now.addedAt && !isUnlisted) return 'the copy was added anew, so its state started over';
  if (refined?.unplayed === true) return undefined;
  const playedAgain = now.lastPlayedAt !== undefined && now.lastPlayedAt > (last.lastPlayedAt ?? Number.NEGATIVE_INFINITY);
  if (playedAgain || now.positionMs > 0 || (now.playCount ?? 0) > 0)
    return 'it is being watched again, which this server shows as not played';
  return undefined;
}

function positionNews({ last, now, refined }: ObservationFacts): News['position'] {
  // Where a play ended is no place to go on from.
  if (refined?.completed === true) return undefined;
  const ms = refined?.positionMs ?? now.positionMs;
  if (ms <= 0) return undefined;
  if (last !== undefined && Math.abs(last.positionMs - ms) <= SAME_POSITION) return undefined;
  const said = believableDate(now.lastPlayedAt, now.at);
  const earliest = last?.at ?? Number.NEGATIVE_INFINITY;
  return { ms, at: said !== undefined && said >= earliest ? said : last === undefined ? (said ?? EARLIEST_PLAY) : now.at };
}
