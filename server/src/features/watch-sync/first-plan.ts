import type { Account } from '#core/connections/index.ts';
import type { NewPlanChange, PlaceStanding } from '#core/plans/index.ts';
import type { AccountId, CopyId, MediaId } from '#kernel/ids.ts';
import { type Duration, type Instant, seconds } from '#kernel/instant.ts';
import { CLOCK_DRIFT, SMALLEST_POSITION } from './plan-push.ts';

/** One account's word on one copy of a title on which not all agree. */
export type DisputedCopy = Readonly<{
  mediaId: MediaId;
  title: string;
  accountId: AccountId;
  copyId: CopyId;
  played: boolean;
  lastPlayedAt?: Instant;
  /** Where the person stands today. */
  watched: boolean;
  changedAt?: Instant;
  positionMs: number;
  /** Where the history has it; 0 where it was not begun. */
  knownPosition: Readonly<{ ms: number; at: Instant }>;
}>;

export type FirstPlanFacts = Readonly<{
  /** Accounts that were added and wait for the person's word. */
  fresh: readonly Account[];
  /** The person's other accounts. */
  settled: readonly Account[];
  disputed: readonly DisputedCopy[];
}>;

export type FirstPlan = Readonly<{
  changes: readonly NewPlanChange[];
  learned: number;
  marked: Readonly<Record<string, number>>;
  /** Positions that would be set, by account. */
  positions: Readonly<Record<string, number>>;
}>;

/**
 * What would happen if the fresh accounts were listened to and written to: what the history learns from them, and which
 * copies on which server would be marked. Nothing is ever un-marked for a server that is seen for the first time. Pure.
 */
export function planFirstSync({ fresh, settled, disputed }: FirstPlanFacts): FirstPlan {
  const names = new Map([...fresh, ...settled].map((account) => [account.id, account.name]));
  const isFresh = new Set(fresh.map((account) => account.id));
  const listened = new Set(fresh.filter((account) => account.importEnabled && !account.metadataOnly).map((account) => account.id));
  const written = new Set([
    ...fresh.filter((account) => account.exportEnabled).map((account) => account.id),
    ...settled.filter((account) => account.exportEnabled && account.consent === 'given').map((account) => account.id),
  ]);
  const parties: Parties = { listened, written, isFresh, names };
  const changes = [...Map.groupBy(disputed, (copy) => copy.mediaId).values()].flatMap((copies) => {
    const [first, ...others] = changesOf(copies, parties);
    return first === undefined ? [] : [{ ...first, subject: { ...first.subject, places: placesOf(copies) } }, ...others];
  });
  return { changes, ...countsOf(changes, names) };
}

/** What the changes come to, for a list. Pure. */
export function countsOf(changes: readonly NewPlanChange[], names: ReadonlyMap<AccountId, string>): Omit<FirstPlan, 'changes'> {
  const counts = (kind: string) => countByAccount(changes, kind, names);
  const learned = changes.filter(({ kind }) => kind === 'learn-watched').length;
  return { learned, marked: counts('mark-played'), positions: counts(SET_POSITION) };
}

/** How the title stands on each account: of several copies of one account the one that was watched, or was watched furthest. */
function placesOf(copies: readonly DisputedCopy[]): Readonly<Record<string, PlaceStanding>> {
  const further = (one: DisputedCopy, other: DisputedCopy): number =>
    Number(other.played) - Number(one.played) || other.positionMs - one.positionMs;
  return Object.fromEntries(
    [...Map.groupBy(copies, ({ accountId }) => accountId)].map(([accountId, some]) => {
      const [copy] = some.toSorted(further);
      const { played = false, positionMs = 0, lastPlayedAt } = copy ?? {};
      return [
        accountId,
        { watched: played, ...(positionMs > 0 && { positionMs }), ...(lastPlayedAt !== undefined && { at: lastPlayedAt }) },
      ];
    }),
  );
}

function changesOf(copies: readonly DisputedCopy[], parties: Parties): readonly NewPlanChange[] {
  const { listened, written, isFresh, names } = parties;
  const teachers = copies.filter((copy) => copy.played && listened.has(copy.accountId));
  const isKnown = copies[0]?.watched === true;
  const [lesson] = teachers;
  if (!isKnown && lesson === undefined) return positionsOf(copies, parties);
  const learned =
    isKnown || lesson === undefined ? [] : [changeOf({ kind: 'learn-watched', copy: lesson, teachers, rule: FIRST_SIGHT, names })];
  const marks = copies
    .filter((one) => !one.played && written.has(one.accountId))
    .map((copy) => changeOf({ kind: 'mark-played', copy, teachers, rule: isFresh.has(copy.accountId) ? ADDED : TOLD, names }));
  return [...learned, ...marks];
}

function countByAccount(changes: readonly NewPlanChange[], kind: string, names: ReadonlyMap<AccountId, string>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const change of changes) {
    if (change.kind !== kind || change.accountId === undefined) continue;
    const name = nameOf(names, change.accountId);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

const SET_POSITION = 'set-position';

type Parties = Readonly<{
  listened: ReadonlySet<AccountId>;
  written: ReadonlySet<AccountId>;
  isFresh: ReadonlySet<AccountId>;
  names: ReadonlyMap<AccountId, string>;
}>;

/** Of a title that nobody has watched: the newest place where it was left, and who has to learn it. The same rules as for any push. */
function positionsOf(copies: readonly DisputedCopy[], { listened, written, isFresh, names }: Parties): readonly NewPlanChange[] {
  const [any] = copies;
  if (any === undefined || any.watched) return [];
  const told = copies.filter((copy) => listened.has(copy.accountId) && copy.positionMs >= SMALLEST_POSITION);
  const newest = told.toSorted((one, other) => (other.lastPlayedAt ?? 0) - (one.lastPlayedAt ?? 0))[0];
  const teacher = newest !== undefined && (newest.lastPlayedAt ?? 0) > any.knownPosition.at ? newest : undefined;
  const place = teacher === undefined ? any.knownPosition : { ms: teacher.positionMs, at: teacher.lastPlayedAt ?? 0 };
  if (place.ms < SMALLEST_POSITION) return [];
  const teachers = teacher === undefined ? [] : [teacher];
  const learned =
    teacher === undefined ? [] : [changeOf({ kind: 'learn-position', copy: teacher, teachers, rule: FIRST_PLACE, names, place })];
  const others = copies.filter(
    (copy) =>
      written.has(copy.accountId) &&
      copy.accountId !== teacher?.accountId &&
      Math.abs(copy.positionMs - place.ms) > SAME_PLACE &&
      (copy.lastPlayedAt ?? 0) <= place.at + CLOCK_DRIFT,
  );
  return [
    ...learned,
    ...others.map((copy) => {
      const rule = isFresh.has(copy.accountId) ? ADDED : TOLD;
      return changeOf({ kind: SET_POSITION, copy, teachers, rule, names, place });
    }),
  ];
}

const SAME_PLACE: Duration = seconds(1);
const FIRST_PLACE = 'Where a title was left last is where it goes on.';
const FIRST_SIGHT = 'A server that is seen for the first time can add watched titles.';
const ADDED = 'What the history knows is added to a server that agrees to it.';
const TOLD = 'What one server teaches is told to all others.';
const nameOf = (names: ReadonlyMap<AccountId, string>, id: AccountId): string => names.get(id) ?? String(id);

type ChangeParts = Readonly<{
  kind: string;
  copy: DisputedCopy;
  names: ReadonlyMap<AccountId, string>;
  teachers: readonly DisputedCopy[];
  rule: string;
  /** For positions. */
  place?: Readonly<{ ms: number; at: Instant }>;
}>;

function changeOf({ kind, copy, names, teachers, rule, place }: ChangeParts): NewPlanChange {
  const facts = teachers.map((teacher) => ({
    text: place === undefined ? 'watched' : `left at ${Math.round(place.ms / 1_000)} s`,
    source: nameOf(names, teacher.accountId),
    ...(teacher.lastPlayedAt !== undefined && { at: teacher.lastPlayedAt }),
  }));
  const known = copy.watched ? [{ text: 'watched', source: 'history', ...(copy.changedAt !== undefined && { at: copy.changedAt }) }] : [];
  return {
    kind,
    accountId: copy.accountId,
    subject: { title: copy.title, mediaId: copy.mediaId, copyId: copy.copyId },
    before: place
      ? { positionMs: kind === SET_POSITION ? copy.positionMs : copy.knownPosition.ms }
      : { watched: kind === 'mark-played' ? copy.played : copy.watched },
    after: place ? { positionMs: place.ms } : { watched: true },
    reason: { rule, facts: [...known, ...facts] },
    askedBy: { kind: 'job', id: 'first-plan', name: 'First plan' },
    mayLeaveOut: true,
  };
}

type PlannedChange = Pick<NewPlanChange, 'kind' | 'subject'> & Readonly<{ accountId?: AccountId | undefined }>;

/** What identifies a change of a first plan from one computation to the next. */
export const changeKey = (change: PlannedChange): string =>
  `${change.kind} ${change.accountId ?? ''} ${String(change.subject.copyId ?? change.subject.upstreamId)}`;

/** Changes that the plan which was shown did not have. */
export const beyond = (shown: readonly PlannedChange[], now: readonly NewPlanChange[]): readonly NewPlanChange[] => {
  const agreed = new Set(shown.map(changeKey));
  return now.filter((change) => !agreed.has(changeKey(change)));
};
