import { type Desk, fingerprintOf, labelOf, type Request } from '#core/requests/index.ts';
import { AppError, messageOf } from '#kernel/app-error.ts';
import type { PlanId, RequestId } from '#kernel/ids.ts';
import { withinTime } from './call-time.ts';
import { readDeskSet } from './cycle.ts';
import { type Demand, type Standing, seasonsOf, type TitleFacts } from './facts.ts';
import { observe } from './observe-desks.ts';
import { type ReadyPrimary, readyPrimary } from './ready-primary.ts';
import type { ReplicationParts, RunContext } from './replication-parts.ts';
import type { ReplicationConfig } from './replication-settings.ts';
import { standingsOf } from './standings.ts';
import type { DeskStep } from './steps.ts';
import { subordinateFacts } from './subordinate.ts';
import { type PlannedTitle, planned } from './title-keeper.ts';

/** One change that the next cycle would make on a subordinate, and why. */
export type PreviewedChange = Readonly<{
  action: 'ask' | 'adopt' | 'approve' | 'decline' | 'edit' | 'delete';
  fingerprint: string;
  requestId: RequestId;
  /** The primary's id. */
  primaryId: number;
  /** The subordinate's, where it has one. */
  upstreamId?: number;
  seasons?: readonly number[];
  /** As whom it is asked for. */
  as?: string;
  reason: string;
}>;

export type PreviewedStanding = Standing & Readonly<{ requestId: RequestId; primaryId: number; fingerprint: string }>;

export type SubordinatePreview = Readonly<{ subordinate: string }> &
  (
    | Readonly<{ known: false; reason: string }>
    | Readonly<{
        known: true;
        changes: readonly PreviewedChange[];
        /** Of every request of the primary, as it would be after the bookkeeping. */
        standings: readonly PreviewedStanding[];
        /** Requests there that are none of ours. */
        foreign: number;
        titles: readonly PlannedTitle[];
      }>
  );

export type Preview = Readonly<{
  primary: string;
  requests: number;
  /** Deletions would stop and ask. */
  stopped?: Readonly<{ reason: string; planId?: PlanId }>;
  subordinates: readonly SubordinatePreview[];
}>;

/** What the next cycle would do: everything is read, nothing is changed on any desk. Throws the primary's fault, and `misconfigured`. */
export async function previewCycle(parts: ReplicationParts, context: RunContext, only?: string): Promise<Preview> {
  const { config, primary, subordinates } = await readDeskSet(parts);
  if (primary === undefined) throw new AppError('misconfigured', 'No request desk is the primary, so there is nothing to replicate.');
  const wanted = only === undefined ? subordinates : subordinates.filter((desk) => labelOf(desk) === only);
  if (only !== undefined && wanted.length === 0) throw new AppError('not-found', `There is no subordinate "${only}".`);
  const how = { rests: false, pollMs: config.pollMs };
  const seen = await observe(parts, primary, context, how);
  if (!seen.known) throw seen.error ?? new AppError('unavailable', `${seen.label} was not asked.`);
  const ready = await readyPrimary(parts, seen, config, subordinates, context, false);
  const shown = await Promise.all(
    wanted.map(async (desk): Promise<SubordinatePreview> => {
      const there = await observe(parts, desk, context, how);
      if (!there.known) return { subordinate: there.label, known: false, reason: messageOf(there.error) };
      return previewSubordinate(parts, desk, ready, config, context, there.listing);
    }),
  );
  return { primary: seen.label, requests: seen.listing.total, ...(ready.stopped && { stopped: ready.stopped }), subordinates: shown };
}

async function previewSubordinate(
  parts: ReplicationParts,
  desk: Desk,
  ready: ReadyPrimary,
  { rules }: ReplicationConfig,
  context: RunContext,
  listing: Readonly<{ requests: Parameters<typeof subordinateFacts>[2]['listed']; askedAt: number }>,
): Promise<SubordinatePreview> {
  const label = labelOf(desk);
  const client = await parts.desks.connect(desk);
  const run = { desk, label, signal: context.signal };
  const { titles, doubts } = await subordinateFacts(parts, run, { client, listed: listing.requests, askedAt: listing.askedAt }, ready);
  const inDoubt = (key: string, facts: TitleFacts): TitleFacts => (doubts.due.has(key) ? { ...facts, doubtUntil: facts.now } : facts);
  const given = [...titles].map(([key, facts]) => inDoubt(key, facts));
  let plans = given.map((facts) => planned(facts, rules));
  if (plans.some(({ plan }) => plan.steps.some((step) => step.do === 'learn-users'))) {
    const users = await withinTime(run, parts.callDeadlineMs, (signal) => client.listUsers({ signal }));
    plans = given.map((facts) => planned({ ...facts, users: { users, fresh: true } }, rules));
  }
  const byId = new Map(ready.requests.map((request) => [request.id, request]));
  const ours = new Set(plans.flatMap(({ facts }) => facts.held.filter((held) => held.links.length > 0).map((held) => held.id)));
  return {
    subordinate: label,
    known: true,
    changes: plans.flatMap((one) => changesOf(one, byId)),
    standings: plans.flatMap(({ facts, plan }) => standingsIn(standingsOf(facts, rules, plan), byId)),
    foreign: listing.requests.filter((request) => !ours.has(request.id)).length,
    titles: plans,
  };
}

const ACTIONS = { ask: 'ask', approve: 'approve', decline: 'decline', edit: 'edit', remove: 'delete' } as const;

function changesOf({ facts, plan, local }: PlannedTitle, byId: ReadonlyMap<RequestId, Request>): readonly PreviewedChange[] {
  const adoptions = local.flatMap((step) => {
    const request = step.do === 'adopt' ? byId.get(step.demand) : undefined;
    if (step.do !== 'adopt' || request === undefined) return [];
    const reason = step.handedOver ? 'it was made for a request that is gone, and is wanted by this one too' : 'it is there already';
    return [{ action: 'adopt' as const, ...aboutOf(request), upstreamId: step.held, reason }];
  });
  const calls = plan.steps.flatMap((step) => {
    const request = byId.get(step.demand);
    return step.do === 'learn-users' || request === undefined ? [] : [changeOf(step, request, facts)];
  });
  return [...adoptions, ...calls];
}

const aboutOf = (request: Request): Pick<PreviewedChange, 'fingerprint' | 'requestId' | 'primaryId'> => ({
  fingerprint: fingerprintOf(request),
  requestId: request.id,
  primaryId: request.upstreamId,
});

function changeOf(step: Exclude<DeskStep, { do: 'learn-users' }>, request: Request, { kind }: Pick<TitleFacts, 'kind'>): PreviewedChange {
  const { reason } = step;
  const about = { action: ACTIONS[step.do], ...aboutOf(request), reason };
  if (step.do === 'ask') return { ...about, as: step.asker.name, ...(kind === 'tv' && { seasons: seasonsOf(step.parts) }) };
  return { ...about, upstreamId: step.held, ...(step.do === 'edit' && { seasons: seasonsOf(step.parts) }) };
}

const standingsIn = (
  found: ReadonlyMap<Demand['id'], Standing | undefined>,
  byId: ReadonlyMap<RequestId, Request>,
): readonly PreviewedStanding[] =>
  [...found].flatMap(([id, standing]) => {
    const request = byId.get(id);
    return standing && request ? [{ ...standing, ...aboutOf(request) }] : [];
  });
