import type { ExternalIds } from './external-ids.ts';
import { PATH, plainTitle } from './signature.ts';

/** Provider to the ids that a medium is known by: nearly always one. */
export type IdSets = ReadonlyMap<string, readonly string[]>;

/** What is known of the title that is to be placed. */
export type TitleEvidence = Readonly<{ ids: ExternalIds; title: string; year?: number; numbered: boolean }>;

/** A medium that some evidence points to. */
export type Candidate = Readonly<{
  ids: IdSets;
  title: string;
  year: number | undefined;
  /** Some server gives it the number (within the series) that the title has. */
  sameNumber: boolean;
  /** The server that the title comes from gives it another number: there they are two. */
  otherNumberHere: boolean;
  /** By their own ids, the title's series and the medium's are two. */
  otherShow: boolean;
  /** This very item stood for it until now. */
  current: boolean;
}>;

export type MatchedBy = 'ids' | 'number' | 'path' | 'kept';

export type Verdict<C> =
  /** `contradicting`: providers whose id speaks against the match. They are told to a person, and not learned. */
  | Readonly<{ outcome: 'match'; candidate: C; by: MatchedBy; contradicting: readonly string[] }>
  /** The title's ids belong to several media that nothing holds apart: one title under several entries. */
  | Readonly<{ outcome: 'same'; candidates: readonly C[] }>
  /** Known to none of the candidates. */
  | Readonly<{ outcome: 'new' }>
  /** Only a person can tell. */
  | Readonly<{ outcome: 'conflict'; candidates: readonly C[]; reason: string }>
  | Readonly<{ outcome: 'unidentified'; reason: string }>;

type Weighed<C> = Readonly<{ candidate: C; agreeing: number; contradicting: readonly string[]; path: boolean; score: number }>;

/**
 * Which of the candidates a title is. Pure, and blind to the order of the candidates.
 *
 * An id that both have agrees; a provider for which both have an id, and not the same, contradicts. A direct id beats a
 * number, and a number beats a path; neither is believed against a contradicting id. More agreeing than contradicting
 * evidence is a match; as much is a draw, and a draw is a conflict, as are several candidates of equal standing. Title and
 * year never match anything: they only decide between candidates whose ids say the same.
 */
export function matchTitle<C extends Candidate>(
  title: TitleEvidence,
  candidates: readonly C[],
  heldApart: (one: C, other: C) => boolean,
): Verdict<C> {
  if (candidates.length === 0) return unknownTitle(title);
  const weighed = candidates.map((candidate) => weigh(title, candidate));
  const withIds = weighed.filter((one) => one.agreeing > 0);
  const winners = withIds.filter((one) => one.score > 0);
  const free = weighed.filter((one) => one.agreeing === 0 && one.contradicting.length === 0 && !one.candidate.otherShow);
  if (winners.length > 0) return amongWinners(title, winners, free.filter(hasItsNumber), heldApart);
  const draws = withIds.filter((one) => one.score === 0);
  if (draws.length > 0) return conflict(draws, 'as many of its ids speak for a known title as speak against it');
  return (
    only(free, hasItsNumber, 'number', 'its number is given to more than one episode') ??
    only(free, (one) => one.path, 'path', 'its file stands for more than one title') ??
    only(free, (one) => one.candidate.current, 'kept', 'it stood for more than one title') ??
    unknownTitle(title)
  );
}

const hasItsNumber = <C extends Candidate>({ candidate }: Weighed<C>): boolean => candidate.sameNumber && !candidate.otherNumberHere;

function weigh<C extends Candidate>(title: TitleEvidence, candidate: C): Weighed<C> {
  let agreeing = 0;
  let path = false;
  const contradicting: string[] = [];
  for (const provider in title.ids) {
    const known = candidate.ids.get(provider);
    if (known === undefined) continue;
    const agrees = known.includes(title.ids[provider] ?? '');
    if (provider === PATH) path = agrees;
    else if (agrees) agreeing++;
    else contradicting.push(provider);
  }
  const standing = (candidate.sameNumber ? 1 : 0) - (candidate.otherShow ? 1 : 0);
  return { candidate, agreeing, contradicting, path, score: agreeing - contradicting.length + standing };
}

/**
 * `numbered` are those that have the number of the title and no id in common with it: where nothing holds them and the
 * winners apart, they are the same title too, since either would have been matched, had the other not been there.
 */
function amongWinners<C extends Candidate>(
  title: TitleEvidence,
  winners: readonly Weighed<C>[],
  numbered: readonly Weighed<C>[],
  heldApart: (one: C, other: C) => boolean,
): Verdict<C> {
  const isOne = (group: readonly Weighed<C>[]): boolean =>
    group.every(
      (one) => one.contradicting.length === 0 && !one.candidate.otherShow && !(group.length > 1 && one.candidate.otherNumberHere),
    ) && everyPair(group, ({ candidate: one }, { candidate: other }) => isCompatible(one, other) && !heldApart(one, other));
  const [first] = winners;
  const whole = [...winners, ...numbered];
  const group = isOne(whole) ? whole : isOne(winners) ? winners : [];
  if (group.length > 1) return { outcome: 'same', candidates: group.map((one) => one.candidate) };
  if (first && winners.length === 1) return { outcome: 'match', candidate: first.candidate, by: 'ids', contradicting: first.contradicting };
  const standing = (one: Weighed<C>): number => one.score + support(title, one.candidate);
  const best = Math.max(...winners.map(standing));
  const [top, ...equals] = winners.filter((one) => standing(one) === best);
  if (top && equals.length === 0) return { outcome: 'match', candidate: top.candidate, by: 'ids', contradicting: top.contradicting };
  return conflict(winners, 'its ids belong to more than one title');
}

/** No id of one speaks against the other, and their years, where both are known, are at most one apart. */
export function isCompatible(one: Pick<Candidate, 'ids' | 'year'>, other: Pick<Candidate, 'ids' | 'year'>): boolean {
  if (one.year !== undefined && other.year !== undefined && Math.abs(one.year - other.year) > 1) return false;
  return !idsContradict(one.ids, other.ids);
}

/** Some provider knows both, and not as the same. */
export function idsContradict(one: IdSets, other: IdSets): boolean {
  for (const [provider, values] of one) {
    const others = provider === PATH ? undefined : other.get(provider);
    if (others && !values.some((value) => others.includes(value))) return true;
  }
  return false;
}

/** Less than any id weighs. */
function support(title: TitleEvidence, candidate: Candidate): number {
  const sameTitle = title.title !== '' && plainTitle(title.title) === plainTitle(candidate.title);
  const sameYear = title.year !== undefined && candidate.year !== undefined && Math.abs(title.year - candidate.year) <= 1;
  return (sameTitle ? 0.25 : 0) + (sameYear ? 0.25 : 0);
}

function only<C>(
  weighed: readonly Weighed<C>[],
  fits: (one: Weighed<C>) => boolean,
  by: MatchedBy,
  reason: string,
): Verdict<C> | undefined {
  const fitting = weighed.filter(fits);
  const [first] = fitting;
  if (!first) return undefined;
  return fitting.length === 1 ? { outcome: 'match', candidate: first.candidate, by, contradicting: [] } : conflict(fitting, reason);
}

function unknownTitle<C>(title: TitleEvidence): Verdict<C> {
  for (const _ in title.ids) return { outcome: 'new' };
  return title.numbered
    ? { outcome: 'new' }
    : {
        outcome: 'unidentified',
        reason: 'It has no id of its own, and no series id with season and number: it is likely unmatched on its server.',
      };
}

const conflict = <C>(weighed: readonly Weighed<C>[], reason: string): Verdict<C> => ({
  outcome: 'conflict',
  candidates: weighed.map((one) => one.candidate),
  reason,
});

const everyPair = <T>(items: readonly T[], holds: (one: T, other: T) => boolean): boolean =>
  items.every((one, index) => items.slice(index + 1).every((other) => holds(one, other)));
