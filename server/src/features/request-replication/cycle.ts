import { type Desk, deskFaults, labelOf } from '#core/requests/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { DeskId } from '#kernel/ids.ts';
import { type Instant, minutes } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { finishDeletionPlans } from './deletion-plans.ts';
import type { DeskUsers } from './facts.ts';
import { type Observed, observe } from './observe-desks.ts';
import { owe } from './owe.ts';
import { type ListedPrimary, type ReadyPrimary, readyPrimary } from './ready-primary.ts';
import { type DeskRun, emptyTally, type ReplicationParts, type RunContext } from './replication-parts.ts';
import type { ReplicationConfig } from './replication-settings.ts';
import { subordinateFacts, tellSubordinate } from './subordinate.ts';

/** What a subordinate and the primary were when nothing was left to do. */
type Rest = Readonly<{ primary: string; own: string; revision: number; rules: string; due: Instant }>;

export type DeskSet = Readonly<{ config: ReplicationConfig; primary: Desk | undefined; subordinates: readonly Desk[] }>;

/** Desks and settings as they are now. Throws `misconfigured` with every fault. */
export async function readDeskSet(parts: Pick<ReplicationParts, 'config' | 'desks'>): Promise<DeskSet> {
  const config = await parts.config();
  const desks = await parts.desks.list();
  const faults = deskFaults(desks);
  if (faults.length > 0) {
    const text = faults.map(({ field, message }) => `${field}: ${message}`).join('; ');
    throw new AppError('misconfigured', `Requests are neither read nor replicated: ${text}.`, { faults });
  }
  return {
    config,
    primary: desks.find((desk) => desk.role === 'primary'),
    subordinates: config.enabled ? desks.filter((desk) => desk.role === 'subordinate') : [],
  };
}

export const LONGEST_TELLING = minutes(1);

export type Cycles = Readonly<{ run(context: RunContext): Promise<JsonObject> }>;

/** The round over all desks. One at a time: see replication-jobs.ts. */
export function createCycles(parts: ReplicationParts): Cycles {
  const { stores, clock, desks } = parts;
  const rests = new Map<DeskId, Rest>();
  const users = new Map<DeskId, DeskUsers>();
  const owing = new Map<DeskId, string>();
  let primaryRest: Readonly<{ id: DeskId; digest: string; lookAt: Instant }> | undefined;

  async function run(context: RunContext): Promise<JsonObject> {
    const startedAt = clock.now();
    const { config, primary, subordinates } = await readDeskSet(parts);
    if (primary === undefined) return { state: 'disabled', reason: 'no request desk is the primary' };
    const how = { pollMs: config.pollMs };
    const seenPrimary = observe(parts, primary, context, { ...how, rests: false });
    const getReady = once(async () => {
      const seen = await mustBeListed(seenPrimary);
      primaryRest = undefined;
      const ready = await readyPrimary(parts, seen, config, subordinates, context, true);
      // What could not be found out is to be found out the next time.
      if (ready.unknown.size === 0) primaryRest = { id: primary.id, digest: seen.digest, lookAt: ready.lookAt ?? Number.POSITIVE_INFINITY };
      return ready;
    });
    const rules = JSON.stringify(config.rules);
    // Before anything else is read: what is changed by others from here on is seen by the next run.
    const revision = await stores.read.revision();

    const flows = subordinates.map(async (desk): Promise<readonly [string, JsonObject]> => {
      const seen = await observe(parts, desk, context, { ...how, rests: true });
      const listed = await mustBeListed(seenPrimary);
      if (!seen.known) return [seen.label, await unknownSubordinate(desk, seen, listed, getReady, config)];
      const rest = rests.get(desk.id);
      if (rest && isAtRest(rest, { primary: listed.digest, own: seen.digest, revision, rules }, clock.now()) && isPrimaryAtRest(listed))
        return [seen.label, { quiet: true }];
      rests.delete(desk.id);
      return [seen.label, await tell(desk, seen, listed, await getReady(), { config, context, revision })];
    });
    // All of them are waited for: a run that ends while others are at work would let the next one work beside them.
    const told = await Promise.allSettled(flows);
    const listed = await mustBeListed(seenPrimary);
    const failed = told.find((one) => one.status === 'rejected');
    if (failed) throw failed.reason;
    if (!isPrimaryAtRest(listed)) await getReady();
    const results = told.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    const ready = getReady.started() ? await getReady() : undefined;
    const outcome: JsonObject = {
      primary: listed.label,
      requests: listed.listing.total,
      quiet: ready === undefined,
      ...(ready?.stopped && { stopped: { reason: ready.stopped.reason, planId: ready.stopped.planId ?? null } }),
      subordinates: Object.fromEntries(results),
    };
    if (ready) {
      await finishDeletionPlans(parts, new Set(ready.requests.filter((one) => one.goneAt !== undefined).map((one) => one.id)));
      await stores.read.noteCycle(startedAt, outcome);
    }
    return outcome;
  }

  const isPrimaryAtRest = ({ desk, digest }: ListedPrimary): boolean =>
    primaryRest?.id === desk.id && primaryRest.digest === digest && primaryRest.lookAt > clock.now();

  async function unknownSubordinate(
    desk: Desk,
    seen: Extract<Observed, { known: false }>,
    listed: ListedPrimary,
    getReady: () => Promise<ReadyPrimary>,
    config: ReplicationConfig,
  ): Promise<JsonObject> {
    rests.delete(desk.id);
    if (owing.get(desk.id) !== listed.digest) {
      await owe(parts, desk, await getReady(), config);
      owing.set(desk.id, listed.digest);
    }
    return seen.error === undefined ? { resting: true } : { fault: seen.error.message };
  }

  async function tell(
    desk: Desk,
    seen: Extract<Observed, { known: true }>,
    listed: ListedPrimary,
    ready: ReadyPrimary,
    { config, context, revision }: Readonly<{ config: ReplicationConfig; context: RunContext; revision: number }>,
  ): Promise<JsonObject> {
    const client = await desks.connect(desk);
    const known = users.get(desk.id);
    const deskRun: DeskRun = {
      desk,
      label: labelOf(desk),
      client,
      config,
      signal: context.signal,
      log: context.log,
      known: known === undefined ? {} : { users: { ...known, fresh: false } },
      tally: emptyTally(),
    };
    const seenThere = { client, listed: seen.listing.requests, askedAt: seen.listing.askedAt };
    const facts = await subordinateFacts(parts, deskRun, seenThere, ready);
    const until = clock.now() + Math.max(LONGEST_TELLING, config.pollMs);
    const { unfinished, fault } = await tellSubordinate(parts, deskRun, facts, until, (done, total) =>
      context.progress(done, total, deskRun.label),
    );
    if (deskRun.known.users) users.set(desk.id, deskRun.known.users);
    if (fault) {
      await desks.noteFault(desk.id, fault.fault);
      context.log('error', fault.message);
    }
    const { faultsInARow: _, ...counts } = deskRun.tally;
    if (!unfinished && fault === undefined && facts.doubts.pending.size === 0)
      await noteRest(desk, listed.desk.id, { primary: listed.digest, own: seen.digest, revision, rules: JSON.stringify(config.rules) });
    return { ...counts, ...(unfinished && { unfinished }), ...(fault && { fault: fault.message }) };
  }

  async function noteRest(desk: Desk, primary: DeskId, rest: Omit<Rest, 'due'>): Promise<void> {
    rests.set(desk.id, { ...rest, due: (await stores.read.nextDue(desk.id, primary)) ?? Number.POSITIVE_INFINITY });
  }

  return { run };
}

/** Nothing can have become different since: the same listings, the same rules, nothing written, and nothing due. */
const isAtRest = (rest: Rest, now: Omit<Rest, 'due'>, at: Instant): boolean =>
  rest.primary === now.primary && rest.own === now.own && rest.revision === now.revision && rest.rules === now.rules && rest.due > at;

async function mustBeListed(seen: Promise<Observed>): Promise<ListedPrimary> {
  const primary = await seen;
  if (primary.known) return primary;
  throw primary.error ?? new AppError('unavailable', `${primary.label} was not asked.`);
}

type Once<T> = (() => Promise<T>) & { started(): boolean };

/** Done by the first who needs it. */
function once<T>(work: () => Promise<T>): Once<T> {
  let started: Promise<T> | undefined;
  const get = (): Promise<T> => {
    started ??= work();
    return started;
  };
  return Object.assign(get, { started: () => started !== undefined });
}
