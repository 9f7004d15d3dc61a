import { type Duration, hours, type Instant, seconds } from '#kernel/instant.ts';
import { type PlayNews, UNDER_WAY, type Window } from './observation.ts';

/**
 * A piece of evidence as far as it tells plays apart. `ours`: we marked that copy for this play, and the server dated our mark with `at`.
 * `told`: another program, from which the person moved in, took what that copy showed (`at`) for this play; `receivedAt` is when it last
 * looked there.
 */
export type PlayEvidence = Readonly<{
  accountId?: number;
  copyId?: number;
  at?: Instant;
  receivedAt: Instant;
  ours?: boolean;
  told?: boolean;
}>;

/** A play that we hold, with the times at which somebody reported it. */
export type KnownPlay = Readonly<{ id: number; at?: Instant; evidence: readonly PlayEvidence[] }>;

export type ReportedPlays = Readonly<{
  /** Absent for an app's or a person's own word. */
  accountId?: number;
  /** The copy that shows them. */
  copyId?: number;
  plays: readonly PlayNews[];
  window: Window;
  /** What the account counts in all, where it counts. */
  playCount?: number;
  runtimeMs?: number;
}>;

/**
 * `markedThen`: the date is that of a mark, and says nothing of when the title was watched. `echo`: of a mark that we made on another copy,
 * on a server that keeps one state for all copies of a title; it is nobody's act.
 */
export type PlayVerdict = Readonly<{ play: PlayNews; same?: number; markedThen?: boolean; echo?: boolean; reason: string }>;

const SITTING: Duration = hours(2);
/** Servers keep whole seconds. */
const SAME_MARK: Duration = seconds(2);

/** Reports of one sitting lie at most this far apart: the title's length and a pause for dinner. */
export const sittingOf = (runtimeMs: number | undefined): Duration => SITTING + (runtimeMs ?? hours(2));

/**
 * Which reported plays are plays that we hold, and which are new. In order:
 * 0. the date of a mark that we made on that copy, or on another one of the account, is the play that we made it for, whenever that
 *    was; likewise a date of which another program has told;
 * 1. a date within a sitting of a known play's date is that play; so is what a copy showed when another program last looked at it
 *    and told of its play;
 * 2. a play without a date, of a copy beside one that we have marked since, is that mark; once;
 * 3. a play without a date, at a first sight, is one of those we hold as long as we hold enough of them;
 * 4. a play without a date that happened within a window is a known play of that window that this account has not
 *    reported yet;
 * 5. everything else is new. Each known play takes one report of one account only.
 */
export function decidePlays(known: readonly KnownPlay[], reported: ReportedPlays): readonly PlayVerdict[] {
  const taken = new Set<number>();
  const take = (play: KnownPlay | undefined): number | undefined => {
    if (play === undefined) return undefined;
    taken.add(play.id);
    return play.id;
  };
  return reported.plays.map((play) => {
    const free = known.filter((candidate) => !taken.has(candidate.id));
    if (play.at !== undefined) {
      const mark = marked(free, play.at, reported);
      const near = mark?.play ?? nearest(free, play.at, sittingOf(reported.runtimeMs));
      const same = take(near ?? toldSince(free, play.at, reported.copyId));
      if (same === undefined) return { play, reason: 'no play is known near that time' };
      const markedThen = mark !== undefined || near === undefined;
      const echo = mark !== undefined && isEchoOf(mark.piece, reported);
      return { play, same, ...(markedThen && { markedThen }), ...(echo && { echo }), reason: 'a play at that time is known already' };
    }
    const echoed = take(free.find((candidate) => isEchoed(candidate, reported)));
    if (echoed !== undefined)
      return { play, same: echoed, echo: true, reason: 'our own mark on another copy, which this server dates as it likes' };
    const same = take(free.find((candidate) => couldBe(candidate, reported)));
    return same === undefined
      ? { play, reason: 'the server counts more plays than are known' }
      : { play, same, reason: 'as many plays are known as the server counts' };
  });
}

type Mark = Readonly<{ play: KnownPlay; piece: PlayEvidence }>;

function marked(plays: readonly KnownPlay[], at: Instant, { copyId, accountId }: ReportedPlays): Mark | undefined {
  const isOfMark = (piece: PlayEvidence): boolean =>
    piece.at !== undefined &&
    Math.abs(piece.at - at) <= SAME_MARK &&
    ((piece.copyId === copyId && (piece.ours === true || piece.told === true)) ||
      (piece.ours === true && piece.accountId === accountId && accountId !== undefined));
  for (const play of plays) {
    const piece = play.evidence.find(isOfMark);
    if (piece) return { play, piece };
  }
  return undefined;
}

/** Made since that copy was last heard of, or on its way then. */
const isEchoOf = (piece: PlayEvidence, { copyId, window }: ReportedPlays): boolean =>
  piece.ours === true && piece.copyId !== copyId && window.after !== undefined && piece.receivedAt + UNDER_WAY >= window.after;

/** By a server whose dates cannot be believed; once for each copy. */
const isEchoed = ({ evidence }: KnownPlay, reported: ReportedPlays): boolean =>
  reported.accountId !== undefined &&
  evidence.some((piece) => piece.accountId === reported.accountId && isEchoOf(piece, reported)) &&
  !evidence.some((piece) => piece.ours === true && piece.copyId === reported.copyId);

const toldSince = (plays: readonly KnownPlay[], at: Instant, copyId: number | undefined): KnownPlay | undefined =>
  copyId === undefined
    ? undefined
    : plays.find((play) => play.evidence.some((piece) => piece.told === true && piece.copyId === copyId && at <= piece.receivedAt));

function nearest(plays: readonly KnownPlay[], at: Instant, within: Duration): KnownPlay | undefined {
  let best: KnownPlay | undefined;
  for (const play of plays) {
    const distance = play.at === undefined ? Number.POSITIVE_INFINITY : Math.abs(play.at - at);
    if (distance <= within && (best?.at === undefined || distance < Math.abs(best.at - at))) best = play;
  }
  return best;
}

function couldBe(play: KnownPlay, { window, accountId, runtimeMs }: ReportedPlays): boolean {
  if (window.after === undefined) return true;
  const from = window.after - sittingOf(runtimeMs);
  if (accountId !== undefined && play.evidence.some((piece) => piece.accountId === accountId)) return false;
  const times = [
    ...(play.at === undefined ? [] : [play.at]),
    ...play.evidence.flatMap((piece) => (piece.ours || piece.told ? [] : [piece.receivedAt])),
  ];
  return times.some((time) => time >= from && time <= window.until);
}
