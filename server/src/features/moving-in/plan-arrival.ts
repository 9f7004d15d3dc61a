import type { ToldTitle } from '#core/upstreams/index.ts';
import { type KnownPlay, type NewEvidence, type StoredViewing, sittingOf } from '#core/viewing/index.ts';
import type { AccountId, CopyId, MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** A copy that stands for the title, and what an account showed of it when the other program last dealt with it. */
export type ShownBy = Readonly<{ accountId: AccountId; copyId: CopyId; playedAt?: Instant; seenAt: Instant; event?: string }>;

/** All that an arrival is decided from. */
export type ArrivalFacts = Readonly<{
  mediaId: MediaId;
  /** What is told of where the person stands. */
  told: Pick<ToldTitle, 'watched' | 'changedAt' | 'createdAt' | 'updatedAt' | 'event'>;
  position?: Readonly<{ ms: number; at?: Instant; accountId?: AccountId }>;
  viaAccountId?: AccountId;
  /** The one that decided first. */
  shownBy: readonly ShownBy[];
  known?: StoredViewing;
  plays: readonly KnownPlay[];
  now: Instant;
}>;

/** What a told title changes in the history. `same` is the play that is held already. */
export type Arrival = Readonly<{
  is: 'new' | 'changed' | 'there';
  viewing?: StoredViewing;
  play?: Readonly<{ at?: Instant }>;
  same?: number;
  evidence: readonly NewEvidence[];
}>;

/** Nothing that people watch at home is older; a title of which no date is known comes before all others. */
const LONG_AGO: Instant = Date.UTC(1990, 0, 1);

/**
 * Pure. What is told can add: a mark, a play, a position, a piece of evidence. It takes nothing away, and what a person has un-watched
 * here since stays un-watched. Told again, it changes nothing.
 */
export function planArrival(facts: ArrivalFacts): Arrival {
  const viewing = facts.known === undefined ? firstStanding(facts) : laterStanding(facts, facts.known);
  const { play, same, evidence } = playOf(facts);
  const changed = viewing !== undefined || play !== undefined || evidence.length > 0;
  return {
    is: facts.known === undefined ? 'new' : changed ? 'changed' : 'there',
    ...(viewing && { viewing }),
    ...(play && { play }),
    ...(same !== undefined && { same }),
    evidence,
  };
}

function firstStanding({ mediaId, told, position, viaAccountId, shownBy, now }: ArrivalFacts): StoredViewing {
  const via = viaAccountId ?? shownBy[0]?.accountId;
  const changedAt = told.changedAt ?? told.createdAt ?? told.updatedAt ?? LONG_AGO;
  return {
    mediaId,
    watched: told.watched,
    changedAt,
    ...(via !== undefined && { viaAccountId: via }),
    ...(told.watched || position === undefined
      ? { positionMs: 0, ...(told.watched && { positionAt: changedAt }) }
      : positionFrom(position, changedAt)),
    ...(told.event !== undefined && { event: told.event }),
    createdAt: told.createdAt ?? told.changedAt ?? now,
    updatedAt: told.updatedAt ?? told.changedAt ?? now,
  };
}

const positionFrom = ({ ms, at, accountId }: NonNullable<ArrivalFacts['position']>, changedAt: Instant) => ({
  positionMs: ms,
  positionAt: at ?? changedAt,
  ...(accountId !== undefined && { positionAccountId: accountId }),
});

function laterStanding(facts: ArrivalFacts, known: StoredViewing): StoredViewing | undefined {
  const { told, now } = facts;
  if (!told.watched) return begunLater(facts, known);
  const at = told.changedAt ?? LONG_AGO;
  if (known.watched) return at > known.changedAt ? { ...known, changedAt: at, updatedAt: now } : undefined;
  return known.unwatchedAt !== undefined && at <= known.unwatchedAt ? undefined : watchedNow(facts, known);
}

function begunLater({ told, position, now }: ArrivalFacts, known: StoredViewing): StoredViewing | undefined {
  if (position === undefined || known.watched) return undefined;
  const begun = positionFrom(position, told.changedAt ?? LONG_AGO);
  return begun.positionAt > (known.positionAt ?? known.changedAt) ? { ...known, ...begun, updatedAt: now } : undefined;
}

/** What was begun after the play that is told of goes on where it stands. */
function watchedNow({ told, viaAccountId, now }: ArrivalFacts, known: StoredViewing): StoredViewing {
  const { unwatchedAt: _, ...rest } = known;
  const changedAt = told.changedAt ?? known.changedAt;
  const begunSince = known.positionMs > 0 && (known.positionAt ?? 0) > changedAt;
  return {
    ...rest,
    watched: true,
    changedAt,
    ...(viaAccountId !== undefined && { viaAccountId }),
    ...(!begunSince && { positionMs: 0, positionAt: Math.max(changedAt, known.positionAt ?? 0) }),
    ...(told.event !== undefined && { event: told.event }),
    updatedAt: now,
  };
}

/**
 * The one play that is told of. A play of which it was told before is that play; so is one that is held near any of its dates, and one of
 * unknown date.
 */
function playOf({ told, shownBy, plays, now }: ArrivalFacts): Pick<Arrival, 'play' | 'same' | 'evidence'> {
  if (!told.watched) return { evidence: [] };
  const copies = new Set<number>(shownBy.map((copy) => copy.copyId));
  const dates = [...(told.changedAt === undefined ? [] : [told.changedAt]), ...shownBy.flatMap((copy) => copy.playedAt ?? [])];
  const held = plays.find((play) => play.evidence.some((piece) => isTold(piece, copies, told.changedAt))) ?? heldPlay(plays, dates);
  const known = new Set(held?.evidence.flatMap((piece) => (piece.told === true && piece.copyId !== undefined ? [piece.copyId] : [])));
  const pieces = shownBy
    .filter((copy) => !known.has(copy.copyId))
    .map(
      ({ accountId, copyId, playedAt, seenAt, event }): NewEvidence => ({
        accountId,
        copyId,
        how: 'migration',
        ...(event !== undefined && { event }),
        ...(playedAt !== undefined && { at: playedAt }),
        receivedAt: seenAt,
      }),
    );
  if (held !== undefined) return { same: held.id, evidence: pieces };
  const word: NewEvidence = { how: 'migration', ...(told.event !== undefined && { event: told.event }), receivedAt: told.updatedAt ?? now };
  return { play: told.changedAt === undefined ? {} : { at: told.changedAt }, evidence: pieces.length > 0 ? pieces : [word] };
}

/** It was told of before, by one of these copies, and nothing has been watched there since the other program looked then. */
const isTold = (piece: KnownPlay['evidence'][number], copies: ReadonlySet<number>, at: Instant | undefined): boolean =>
  piece.told === true && piece.copyId !== undefined && copies.has(piece.copyId) && (at ?? 0) <= piece.receivedAt;

function heldPlay(plays: readonly KnownPlay[], dates: readonly Instant[]): KnownPlay | undefined {
  if (dates.length === 0) return plays[0];
  const distance = (play: KnownPlay): number =>
    play.at === undefined ? Number.POSITIVE_INFINITY : Math.min(...dates.map((date) => Math.abs(date - (play.at ?? 0))));
  const [nearest] = [...plays].sort((one, other) => distance(one) - distance(other) || one.id - other.id);
  if (nearest !== undefined && distance(nearest) <= sittingOf(undefined)) return nearest;
  return plays.find((play) => play.at === undefined);
}
