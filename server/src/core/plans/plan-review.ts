import { AppError, invalid } from '#kernel/app-error.ts';
import type { AccountId, PlanId } from '#kernel/ids.ts';
import { isRecord } from '#kernel/json.ts';
import type { Plan, PlanChange, PlanPlace } from './plan.ts';
import { createReviewStore, type ReviewStore, type Selection, type Tally } from './plan-review.store.ts';
import { type Effect, effectOf, isOwn, type PlanRow, rowOf } from './plan-row.ts';
import { createPlansStore, type Database, type Page } from './plans.store.ts';

export type Counts = Readonly<Record<Effect, number> & { leftOut: number }>;

export type PlaceCounts = PlanPlace & Readonly<{ counts: Counts }>;

/** Changes of one kind with one reason. */
export type PlanGroup = Readonly<{
  kind: string;
  rule: string;
  effect: Effect;
  /** It changes our own history, and no place. */
  own: boolean;
  counts: Counts;
  byPlace: readonly Readonly<{ accountId: number; counts: Counts }>[];
  mayLeaveOut: boolean;
}>;

export type PlanReview = Readonly<{
  total: number;
  leftOut: number;
  /** Nothing of which may be left out. */
  fixed: number;
  places: readonly PlaceCounts[];
  /** What our own history would learn. */
  own: Counts;
  groups: readonly PlanGroup[];
  guards: readonly Guard[];
  /** By outcome, once it was carried out. */
  outcomes: Readonly<Record<PlanChange['state'], number>>;
}>;

/** What stands between the plan and its applying. `sources`: all places were read. `limit`: no more than a run may do by itself. `removals`: nothing goes. */
export type Guard = Readonly<{
  guard: 'sources' | 'limit' | 'removals';
  passed: boolean /** What it counted or found. */;
  message: string;
}>;

/** `rows` names rows by their keys. One place is a `accountId`, one group a `kind` with its `rule`. */
export type LeaveOut = Pick<Selection, 'kind' | 'rule' | 'accountId' | 'rows'>;

const NONE: Counts = { add: 0, change: 0, remove: 0, leftOut: 0 };
const counted = (counts: Counts, effect: Effect, { state, count }: Tally): Counts =>
  state === 'left-out' ? { ...counts, leftOut: counts.leftOut + count } : { ...counts, [effect]: counts[effect] + count };

/** The places that the plan was made for, and those that only its changes name. */
export function placesOf({ summary }: Pick<Plan, 'summary'>, tallies: readonly Tally[] = []): readonly PlanPlace[] {
  const listed = Array.isArray(summary.places) ? summary.places.filter(isRecord) : [];
  const places = listed.map((one) => one as unknown as PlanPlace);
  const known = new Set(places.map(({ accountId }) => accountId));
  const others = [...new Set(tallies.flatMap(({ accountId }) => (accountId === undefined || known.has(accountId) ? [] : [accountId])))];
  return [...places, ...others.map((accountId) => ({ accountId, name: '', readAt: null }))];
}

export function createPlanReview(database: Database) {
  const store = createReviewStore(database);

  async function effects(plan: PlanId, tallies: readonly Tally[]): Promise<ReadonlyMap<number, Effect>> {
    const examples = await store.some(plan, { seqs: tallies.map(({ seq }) => seq) });
    return new Map(examples.map((change) => [change.seq, effectOf(change)]));
  }

  return {
    /** A plan in numbers: by place, by reason, and what came of it. */
    async review(plan: Pick<Plan, 'id' | 'summary' | 'reason'>): Promise<PlanReview> {
      const tallies = await store.tallies(plan.id);
      const byExample = await effects(plan.id, tallies);
      const effect = ({ seq }: Tally): Effect => byExample.get(seq) ?? 'change';
      const sum = (some: readonly Tally[]): Counts => some.reduce((counts, one) => counted(counts, effect(one), one), NONE);
      const count = (some: readonly Tally[]): number => some.reduce((all, one) => all + one.count, 0);
      const places = placesOf(plan, tallies);
      const groups = [...Map.groupBy(tallies, ({ kind, rule }) => JSON.stringify([kind, rule])).values()];
      return {
        total: count(tallies),
        leftOut: count(tallies.filter(({ state }) => state === 'left-out')),
        fixed: count(tallies.filter(({ mayLeaveOut }) => !mayLeaveOut)),
        places: places.map((place) => ({
          ...place,
          counts: sum(tallies.filter((one) => one.accountId === place.accountId && !isOwn(one))),
        })),
        own: sum(tallies.filter(isOwn)),
        groups: groups.flatMap((some) => groupOf(some, sum, effect)),
        guards: guardsOf(plan, places, sum(tallies)),
        outcomes: outcomesOf(tallies),
      };
    },

    /** Rows in which something is chosen, each with all that the plan has of it. */
    async rows(
      plan: Pick<Plan, 'id' | 'summary'>,
      selection: Selection,
      page: Page,
    ): Promise<Readonly<{ rows: readonly PlanRow[]; places: readonly PlanPlace[]; total: number }>> {
      const { keys, total } = await store.rowKeys(plan.id, selection, page);
      const places = placesOf(plan, await store.tallies(plan.id));
      const found = await store.rowsOf(plan.id, keys);
      return { rows: keys.map((key) => rowOf(key, found.get(key) ?? [], places)), places, total };
    },

    /**
     * Leaves changes out of a plan, or takes them in again, until it is answered. What rests on them follows. Throws `conflict` for a plan
     * that was answered, `invalid` where nothing is named.
     */
    async leaveOut(plan: Pick<Plan, 'id'>, wish: LeaveOut, leftOut: boolean): Promise<void> {
      if (wish.kind === undefined && wish.rule === undefined && wish.accountId === undefined && wish.rows === undefined)
        throw invalid('rows', 'or a kind, a rule or an account must say what is left out');
      await database.transaction(async (handle) => {
        const held = await createPlansStore(handle).hold(plan.id);
        if (!held) throw new AppError('conflict', 'This plan was answered already: nothing can be left out of it any more.');
        const within = createReviewStore(handle);
        await within.setLeftOut(plan.id, await selectionOf(within, plan.id, wish, leftOut), leftOut);
        await (leftOut ? within.leaveOutWhatRests(plan.id) : within.takeInWhatIsNeeded(plan.id));
      });
    },

    /** As `leaveOut`, by the numbers of the changes. */
    async leaveOutThese(plan: Pick<Plan, 'id'>, seqs: readonly number[]): Promise<void> {
      await database.transaction(async (handle) => {
        const within = createReviewStore(handle);
        await within.setLeftOut(plan.id, { seqs }, true);
        await within.leaveOutWhatRests(plan.id);
      });
    },
  };
}

function groupOf(some: readonly Tally[], sum: (some: readonly Tally[]) => Counts, effect: (one: Tally) => Effect): readonly PlanGroup[] {
  const [first] = some;
  if (first === undefined) return [];
  const places = [...Map.groupBy(some, ({ accountId }) => accountId).entries()];
  return [
    {
      kind: first.kind,
      rule: first.rule,
      effect: effect(first),
      own: isOwn(first),
      counts: sum(some),
      byPlace: places.flatMap(([accountId, those]) => (accountId === undefined ? [] : [{ accountId, counts: sum(those) }])),
      mayLeaveOut: some.some(({ mayLeaveOut }) => mayLeaveOut),
    },
  ];
}

function outcomesOf(tallies: readonly Tally[]): PlanReview['outcomes'] {
  const counts = { planned: 0, 'left-out': 0, done: 0, skipped: 0, failed: 0, unconfirmed: 0 };
  for (const { state, count } of tallies) counts[state] += count;
  return counts;
}

/** A place that is left out teaches nothing either, except where another place teaches the same. */
async function selectionOf(store: ReviewStore, plan: PlanId, wish: LeaveOut, leftOut: boolean): Promise<Selection> {
  const { accountId } = wish;
  if (accountId === undefined || !leftOut) return wish;
  const changes = await store.some(plan, wish);
  const isShared = (change: PlanChange): boolean => isOwn(change) && new Set(change.reason.facts.map(({ source }) => source)).size > 1;
  return { accountId: accountId as AccountId, seqs: changes.filter((one) => !isShared(one)).map(({ seq }) => seq) };
}

/** `summary.guard` names the guard that stopped the run, for a plan that is the question of such a run. */
function guardsOf({ summary, reason }: Pick<Plan, 'summary' | 'reason'>, places: readonly PlanPlace[], all: Counts): readonly Guard[] {
  const unread = places.filter(({ readAt }) => readAt === null).map(({ name }) => name);
  const sources =
    unread.length === 0
      ? `All ${places.length} places were read.`
      : `Not read yet: ${unread.join(', ')}. Nothing is concluded from what is not known.`;
  return [
    { guard: 'sources', passed: unread.length === 0, message: sources },
    {
      guard: 'limit',
      passed: summary.guard !== 'limit',
      message: summary.guard === 'limit' ? reason : 'No run stopped at its limit for this.',
    },
    {
      guard: 'removals',
      passed: all.remove === 0,
      message: all.remove === 0 ? 'Nothing is taken away.' : `${all.remove} changes take something away.`,
    },
  ];
}
