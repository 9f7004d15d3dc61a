import type { AskOutcome, DeskRequest } from '#core/upstreams/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { Duration } from '#kernel/instant.ts';
import type { Json } from '#kernel/json.ts';
import type { Journal } from '#platform/journal/index.ts';
import { withinTime } from './call-time.ts';
import { basisOf, type Demand, type Held, type Link, seasonsOf, type TitleFacts } from './facts.ts';
import type { DeskRun } from './replication-parts.ts';
import type { DeskStep } from './steps.ts';
import { heldOf, titleKey } from './title-facts.ts';

/** The journal's name for the changes that this room makes. */
export const CHANGE_KIND = 'request-replication';

/** The name under which the journal keeps what is done to one title on one subordinate. */
export const targetOf = (desk: Readonly<{ id: number }>, title: Pick<TitleFacts, 'kind' | 'tmdbId'>): string =>
  `desk ${desk.id} ${titleKey(title)}`;

export type TellDeps = Readonly<{
  journal: Journal;
  callDeadlineMs: Duration;
  /** Stores what the title has become. */
  keep(facts: TitleFacts): Promise<void>;
}>;

type Change = Readonly<{ subject: string; repeatable: boolean; payload: Json; before: Json }>;

/** Carries one step out and answers the facts as they are then. Throws the desk's fault. */
export async function carryOut(deps: TellDeps, run: DeskRun, step: DeskStep, facts: TitleFacts): Promise<TitleFacts> {
  switch (step.do) {
    case 'learn-users':
      return learnUsers(deps, run, facts);
    case 'ask':
      return ask(deps, run, step, facts);
    case 'remove':
      return remove(deps, run, step, facts);
    case 'approve':
    case 'decline':
    case 'edit':
      return change(deps, run, step, facts);
  }
}

async function learnUsers({ callDeadlineMs }: TellDeps, run: DeskRun, facts: TitleFacts): Promise<TitleFacts> {
  if (run.known.users?.fresh !== true) {
    const users = await withinTime(run, callDeadlineMs, (signal) => run.client.listUsers({ signal }));
    run.known.users = { users, fresh: true };
  }
  return { ...facts, users: run.known.users };
}

/**
 * One change, through the journal. `after` says what the facts are with the answer; these are stored before the journal hears of it, so that whoever
 * dies in between has either both, or an open entry and the desk to look at.
 */
function journaled<T>(
  deps: TellDeps,
  run: DeskRun,
  facts: TitleFacts,
  change: Change,
  call: (signal: AbortSignal) => Promise<T>,
  how: Readonly<{ outcomeOf(answer: T): Json; after(answer: T): TitleFacts }>,
): Promise<Readonly<{ answer: T; facts: TitleFacts }>> {
  return deps.journal.run({
    kind: CHANGE_KIND,
    target: targetOf(run.desk, facts),
    subject: `${run.label}: ${change.subject}`,
    repeatable: change.repeatable,
    payload: change.payload,
    before: change.before,
    // A desk that was told goes on by itself when nobody waits for it any more: it is given the same time again before it is looked at.
    deadlineMs: change.repeatable ? deps.callDeadlineMs : 2 * deps.callDeadlineMs,
    async call() {
      const answer = await withinTime(run, deps.callDeadlineMs, call);
      const after = how.after(answer);
      await deps.keep(after);
      return { answer, facts: after };
    },
    outcomeOf: ({ answer }) => how.outcomeOf(answer),
  });
}

const demandIn = (facts: TitleFacts, id: number): Demand => {
  const found = facts.demands.find((demand) => demand.id === id);
  if (!found) throw new Error(`The step is for request ${id}, which the title does not have.`);
  return found;
};
const heldIn = (facts: TitleFacts, id: number): Held => {
  const found = facts.held.find((held) => held.id === id);
  if (!found) throw new Error(`The step is for request ${id} there, which the title does not have.`);
  return found;
};

export const replaceHeld = (facts: TitleFacts, held: Held): TitleFacts => ({
  ...facts,
  held: facts.held.some((one) => one.id === held.id) ? facts.held.map((one) => (one.id === held.id ? held : one)) : [...facts.held, held],
});

const replaceDemand = (facts: TitleFacts, demand: Demand): TitleFacts => ({
  ...facts,
  demands: facts.demands.map((one) => (one.id === demand.id ? demand : one)),
});

type ChangeStep = Extract<DeskStep, { do: 'approve' | 'decline' | 'edit' }>;

async function change(deps: TellDeps, run: DeskRun, step: ChangeStep, facts: TitleFacts): Promise<TitleFacts> {
  const held = heldIn(facts, step.held);
  const told = TOLD[step.do];
  const links = held.links.map((link): Link => (told === undefined ? link : { ...link, told }));
  const changed = await journaled(
    deps,
    run,
    facts,
    {
      subject: `${WORDS[step.do]} request ${held.id}`,
      repeatable: true,
      payload: {
        action: step.do,
        deskId: run.desk.id,
        upstreamId: held.id,
        requestId: step.demand,
        reason: step.reason,
        ...(step.do === 'edit' && { parts: [...step.parts] }),
      },
      before: { status: held.status, parts: [...held.parts] },
    },
    (signal) => callOf(run, step, signal),
    { outcomeOf: (request) => ({ status: request.status }), after: (request) => replaceHeld(facts, heldOf(request, links)) },
  ).catch(goneOnTheWay);
  if (changed === undefined) return replaceHeld(facts, { ...held, presence: 'gone' });
  run.tally[TALLIES[step.do]] += 1;
  run.log('info', `${run.label}: ${titleKey(facts)}: ${WORDS[step.do]} request ${held.id} (${step.reason}).`);
  return changed.facts;
}

const TOLD = { approve: 'approved', decline: 'declined', edit: undefined } as const;
const TALLIES = { approve: 'approved', decline: 'declined', edit: 'edited' } as const;
const WORDS = { approve: 'approved', decline: 'declined', edit: 'changed the seasons of' } as const;

function callOf({ client }: DeskRun, step: ChangeStep, signal: AbortSignal): Promise<DeskRequest> {
  if (step.do === 'edit') return client.editSeasons(step.held, seasonsOf(step.parts), { signal });
  return step.do === 'approve' ? client.approve(step.held, { signal }) : client.decline(step.held, { signal });
}

/** Somebody deleted it there between the listing and the call. */
function goneOnTheWay(error: unknown): undefined {
  if (isAppError(error, 'upstream-not-found')) return undefined;
  throw error;
}

async function remove(deps: TellDeps, run: DeskRun, step: Extract<DeskStep, { do: 'remove' }>, facts: TitleFacts): Promise<TitleFacts> {
  const held = heldIn(facts, step.held);
  const { answer: wasThere } = await journaled(
    deps,
    run,
    facts,
    {
      subject: `deleted request ${held.id}`,
      repeatable: true,
      payload: { action: 'remove', deskId: run.desk.id, upstreamId: held.id, requestId: step.demand, reason: step.reason },
      before: { status: held.status, parts: [...held.parts], requests: held.links.map((link) => link.requestId) },
    },
    (signal) => run.client.remove(held.id, { signal }),
    { outcomeOf: (there) => ({ wasThere: there }), after: () => facts },
  );
  run.tally.deleted += 1;
  run.log('info', `${run.label}: ${titleKey(facts)}: ${wasThere ? 'deleted' : 'was without'} request ${held.id} (${step.reason}).`);
  return { ...facts, held: facts.held.filter((one) => one.id !== held.id) };
}

async function ask(deps: TellDeps, run: DeskRun, step: Extract<DeskStep, { do: 'ask' }>, facts: TitleFacts): Promise<TitleFacts> {
  const demand = demandIn(facts, step.demand);
  const seasons = seasonsOf(step.parts);
  const { kind, tmdbId } = facts;
  const { answer: outcome, facts: after } = await journaled<AskOutcome>(
    deps,
    run,
    facts,
    {
      subject: `asked for ${titleKey(facts)}${seasons.length > 0 ? `, seasons ${seasons.join(', ')}` : ''} as ${step.asker.name}`,
      repeatable: false,
      payload: {
        action: 'ask',
        deskId: run.desk.id,
        requestId: demand.id,
        is4k: step.is4k,
        parts: [...step.parts],
        status: demand.status,
        asUser: step.asker.as ?? null,
        reason: step.reason,
      },
      // What was there before: what is there afterwards and was not then can only be ours, or somebody else's for the same.
      before: { requests: facts.held.map((held) => held.id) },
    },
    (signal) =>
      run.client.ask(
        { kind, tmdbId, ...(demand.tvdbId !== undefined && { tvdbId: demand.tvdbId }), is4k: step.is4k, seasons },
        { signal, ...(step.asker.as !== undefined && { asUser: step.asker.as }) },
      ),
    {
      outcomeOf: (answer) => (answer.outcome === 'created' ? { outcome: 'created', upstreamId: answer.request.id } : { ...answer }),
      after: (answer) => (answer.outcome === 'created' ? withCreated(facts, demand, answer.request) : facts),
    },
  );
  if (outcome.outcome === 'created') return created(run, step, demand, outcome.request, after);
  run.log('info', `${run.label}: ${titleKey(facts)}: ${outcome.message} (asked as ${step.asker.name}).`);
  if (outcome.outcome === 'satisfied') return withSatisfied(facts, demand, step.parts);
  return lookUp(deps, run, facts);
}

function created(
  run: DeskRun,
  step: Extract<DeskStep, { do: 'ask' }>,
  demand: Demand,
  request: DeskRequest,
  facts: TitleFacts,
): TitleFacts {
  run.tally.asked += 1;
  run.log(
    'info',
    `${run.label}: ${titleKey(facts)}: asked as ${step.asker.name}, now request ${request.id}, ${request.status} (${step.reason}).`,
  );
  const has = heldOf(request, []).parts;
  return withSatisfied(
    facts,
    demand,
    step.parts.filter((part) => !has.includes(part)),
  );
}

const withCreated = (facts: TitleFacts, demand: Demand, request: DeskRequest): TitleFacts =>
  replaceHeld(facts, heldOf(request, [linkFor(demand, request)]));

/** Where it was approved as the primary has it, that is our own word and may be taken back with the primary's. */
export const linkFor = (demand: Pick<Demand, 'id' | 'status'>, request: Pick<DeskRequest, 'status'>): Link => ({
  requestId: demand.id,
  how: 'created',
  ...(demand.status !== 'pending' && (request.status === 'approved' || request.status === 'failed') && { told: 'approved' as const }),
});

/** The desk leaves out seasons that it has, and that it does not take: those are not asked for again. */
function withSatisfied(facts: TitleFacts, demand: Demand, parts: readonly number[]): TitleFacts {
  if (parts.length === 0) return facts;
  const satisfied = [...new Set([...(demand.standing?.satisfied ?? []), ...parts])].sort((one, other) => one - other);
  const standing = { state: 'due' as const, reason: '', basis: basisOf(demand), ...demand.standing, satisfied };
  return replaceDemand(facts, { ...demand, standing });
}

/** It has such a request: which one it is tells whether it is ours to adopt. */
async function lookUp({ callDeadlineMs }: TellDeps, run: DeskRun, facts: TitleFacts): Promise<TitleFacts> {
  const requests = await withinTime(run, callDeadlineMs, (signal) => run.client.requestsFor(facts, { signal }));
  const linksOf = (id: number): readonly Link[] => facts.held.find((held) => held.id === id)?.links ?? [];
  return requests.reduce((next, request) => replaceHeld(next, heldOf(request, linksOf(request.id))), facts);
}
