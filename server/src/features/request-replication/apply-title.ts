import { AppError, isAppError } from '#kernel/app-error.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Json } from '#kernel/json.ts';
import { basisOf, type Demand, type Standing, type TitleFacts } from './facts.ts';
import { failedAt, isDeskFault } from './failures.ts';
import { settleLocally } from './local-steps.ts';
import { planTitle } from './plan-title.ts';
import type { DeskRun, ReplicationParts } from './replication-parts.ts';
import type { DeskStep } from './steps.ts';
import { CHANGE_KIND, carryOut, type TellDeps, targetOf } from './tell-desk.ts';
import { createTitleKeeper } from './title-keeper.ts';

/** A fault that has nothing to do with the title in hand: the whole desk is left for now. */
export class DeskFault extends Error {
  readonly fault: AppError;
  constructor(fault: AppError) {
    super(fault.message, { cause: fault });
    this.fault = fault;
  }
}

/** So many faults of a desk in a row, and it is sick: the rest waits for the next cycle. */
const SICK_AFTER = 4;

/**
 * Does what is left to do for one title there, one call after another; what comes of each is stored before the next. What fails is kept with its request,
 * and holds up no other of the title. Throws `DeskFault` where the desk is sick, or has refused the key.
 */
export async function applyTitle(parts: ReplicationParts, run: DeskRun, given: TitleFacts): Promise<void> {
  const { rules } = run.config;
  const keeper = createTitleKeeper(parts.stores, run, given);
  const tried = new Map<string, 'done' | 'failed'>();
  const deps: TellDeps = {
    journal: parts.journal,
    callDeadlineMs: parts.callDeadlineMs,
    keep(answered) {
      const now = settleLocally(answered, rules).facts;
      return keeper.keep(now, planTitle(now, rules));
    },
  };
  let facts = run.known.users === undefined ? given : { ...given, users: run.known.users };
  for (;;) {
    run.signal.throwIfAborted();
    const settled = settleLocally(facts, rules);
    run.tally.adopted += settled.steps.filter((one) => one.do === 'adopt').length;
    facts = settled.facts;
    const plan = planTitle(facts, rules);
    await keeper.keep(facts, plan);
    const step = plan.steps.find((one) => tried.get(signOf(one)) !== 'failed');
    if (step === undefined) return;
    const answer = await attempt(parts, deps, run, step, facts, tried.get(signOf(step)) === 'done');
    tried.set(signOf(step), answer.error === undefined ? 'done' : 'failed');
    facts = answer.facts;
    if (answer.error === undefined) continue;
    await keeper.keep(facts, planTitle(facts, rules));
    await endWhereSick(parts, run, answer.error);
    if (facts.doubtUntil !== undefined) return;
  }
}

const signOf = ({ reason: _reason, ...step }: DeskStep): string => JSON.stringify(step as unknown as Json);

async function attempt(
  parts: ReplicationParts,
  deps: TellDeps,
  run: DeskRun,
  step: DeskStep,
  before: TitleFacts,
  wasDone: boolean,
): Promise<Readonly<{ facts: TitleFacts; error?: AppError }>> {
  const facts = { ...before, now: parts.clock.now() };
  try {
    if (wasDone) throw nothingCame(run, step);
    const after = await carryOut(deps, run, step, facts);
    run.tally.faultsInARow = 0;
    return { facts: after };
  } catch (error) {
    if (run.signal.aborted || !isAppError(error)) throw error;
    return { facts: await withFailure(parts, run, facts, step, error), error };
  }
}

const nothingCame = (run: DeskRun, step: DeskStep): AppError =>
  new AppError('unavailable', `${run.label} took the change (${step.do}) and shows nothing of it. It is tried again later.`);

async function withFailure(parts: ReplicationParts, run: DeskRun, facts: TitleFacts, step: DeskStep, error: AppError): Promise<TitleFacts> {
  const now = parts.clock.now();
  const doubtUntil = await doubtOf(parts, run, facts);
  run.tally.failed += 1;
  const demands = facts.demands.map((demand) => {
    if (demand.id !== step.demand) return demand;
    const { failure, nextAt } = failedAt(error, formerFailure(demand), now, run.config.retryMs);
    const standing: Standing = {
      state: 'failed',
      reason: failure.message,
      basis: basisOf(demand),
      satisfied: demand.standing?.satisfied ?? [],
      nextAt: Math.max(nextAt, doubtUntil ?? 0),
      failure,
    };
    run.log('error', `${error.message} It is tried again in ${Math.round((standing.nextAt ?? now) - now) / 1_000} s.`);
    return { ...demand, standing };
  });
  return { ...facts, demands, ...(doubtUntil !== undefined && { doubtUntil }) };
}

/** Attempts count while the demand is the same. */
const formerFailure = ({ standing, ...demand }: Demand) => (standing?.basis === basisOf(demand) ? standing.failure : undefined);

/** Until when the call that has just failed, or an earlier one, may still take effect. */
async function doubtOf({ journal }: ReplicationParts, run: DeskRun, facts: TitleFacts): Promise<Instant | undefined> {
  const { due, pending } = await journal.open({ kind: CHANGE_KIND, target: targetOf(run.desk, facts) });
  const open = [...due, ...pending].map((entry) => entry.deadlineAt);
  return open.length === 0 ? undefined : Math.max(...open);
}

async function endWhereSick({ desks }: ReplicationParts, run: DeskRun, error: AppError): Promise<void> {
  if (isAppError(error, 'upstream-unauthorized', 'upstream-forbidden')) await desks.noteUnproven(run.desk.id);
  if (error.code === 'upstream-unauthorized') throw new DeskFault(error);
  if (!isDeskFault(error)) return;
  run.tally.faultsInARow += 1;
  if (run.tally.faultsInARow < SICK_AFTER) return;
  throw new DeskFault(
    new AppError(error.code, `${run.label} failed ${SICK_AFTER} times in a row and the rest waits. Last: ${error.message}`, {
      cause: error,
      ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
    }),
  );
}
