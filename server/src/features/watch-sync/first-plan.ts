import type { Account } from '#core/connections/index.ts';
import type { NewPlanChange } from '#core/plans/index.ts';
import type { AccountId, CopyId, MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

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
}>;

export type FirstPlanFacts = Readonly<{
  /** Accounts that were added and wait for the person's word. */
  fresh: readonly Account[];
  /** The person's other accounts. */
  settled: readonly Account[];
  disputed: readonly DisputedCopy[];
}>;

export type FirstPlan = Readonly<{ changes: readonly NewPlanChange[]; learned: number; marked: Readonly<Record<string, number>> }>;

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
  const marked: Record<string, number> = {};
  const changes: NewPlanChange[] = [];
  let learned = 0;
  for (const copies of Map.groupBy(disputed, (copy) => copy.mediaId).values()) {
    const teachers = copies.filter((copy) => copy.played && listened.has(copy.accountId));
    const lesson = copies[0]?.watched === true ? undefined : (teachers[0] ?? null);
    if (lesson === null) continue;
    if (lesson !== undefined) {
      learned += 1;
      changes.push(changeOf({ kind: 'learn-watched', copy: lesson, teachers, rule: FIRST_SIGHT, names }));
    }
    for (const copy of copies.filter((one) => !one.played && written.has(one.accountId))) {
      const name = nameOf(names, copy.accountId);
      marked[name] = (marked[name] ?? 0) + 1;
      changes.push(changeOf({ kind: 'mark-played', copy, teachers, rule: isFresh.has(copy.accountId) ? ADDED : TOLD, names }));
    }
  }
  return { changes, learned, marked };
}

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
}>;

function changeOf({ kind, copy, names, teachers, rule }: ChangeParts): NewPlanChange {
  const facts = teachers.map((teacher) => ({
    text: 'watched',
    source: nameOf(names, teacher.accountId),
    ...(teacher.lastPlayedAt !== undefined && { at: teacher.lastPlayedAt }),
  }));
  const known = copy.watched ? [{ text: 'watched', source: 'history', ...(copy.changedAt !== undefined && { at: copy.changedAt }) }] : [];
  return {
    kind,
    accountId: copy.accountId,
    subject: { title: copy.title, mediaId: copy.mediaId, copyId: copy.copyId },
    before: { watched: kind === 'mark-played' ? copy.played : copy.watched },
    after: { watched: true },
    reason: { rule, facts: [...known, ...facts] },
    askedBy: { kind: 'job', id: 'first-plan', name: 'First plan' },
  };
}

/** What identifies a change of a first plan from one computation to the next. */
export const changeKey = (change: NewPlanChange): string => `${change.kind} ${change.accountId ?? ''} ${String(change.subject.copyId)}`;

/** Changes that the plan which was shown did not have. */
export const beyond = (shown: readonly NewPlanChange[], now: readonly NewPlanChange[]): readonly NewPlanChange[] => {
  const agreed = new Set(shown.map(changeKey));
  return now.filter((change) => !agreed.has(changeKey(change)));
};
