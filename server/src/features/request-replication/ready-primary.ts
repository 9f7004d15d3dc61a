import type { Desk, Request } from '#core/requests/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { PlanId, RequestId } from '#kernel/ids.ts';
import { confirmMissing } from './confirm-missing.ts';
import { askAboutDeletions } from './deletion-plans.ts';
import type { Removal } from './facts.ts';
import { guardDeletions } from './guard-deletions.ts';
import type { Observed } from './observe-desks.ts';
import type { ReplicationParts, RunContext } from './replication-parts.ts';
import type { ReplicationConfig } from './replication-settings.ts';

/** The primary's part of what is decided from. */
export type ReadyPrimary = Readonly<{
  requests: readonly Request[];
  unknown: ReadonlySet<RequestId>;
  removalOf(request: Pick<Request, 'id'>): Removal;
  /** Deletions wait for an answer. */
  stopped?: Readonly<{ reason: string; planId?: PlanId }>;
  /** When a hidden request is to be looked at next. */
  lookAt?: number;
}>;

export type ListedPrimary = Extract<Observed, { known: true }>;

/**
 * Takes the primary's listing down, finds out what became of requests that are not in it, and asks where too many are gone. `ask` false only says that it would.
 * Throws `conflict` where another desk answers.
 */
export async function readyPrimary(
  parts: ReplicationParts,
  primary: ListedPrimary,
  config: ReplicationConfig,
  subordinates: readonly Desk[],
  run: RunContext,
  ask: boolean,
): Promise<ReadyPrimary> {
  const { requests, desks } = parts;
  const { desk, label, listing } = primary;
  const recorded = await requests
    .record(desk.id, { requests: listing.requests, at: listing.askedAt, whole: true })
    .catch(async (error: unknown) => {
      if (isAppError(error, 'conflict')) await desks.noteFault(desk.id, error);
      throw error;
    });
  const unknown = await confirmMissing(
    parts,
    recorded.missing,
    {
      label,
      client: await desks.connect(desk),
      signal: run.signal,
      deskId: desk.id,
      listed: listing.total,
      listedBefore: desk.listedAt,
    },
    run,
  );
  // Whoever only shows has learnt what a cycle that is at rest has not.
  if (!ask && recorded.added + recorded.changed + recorded.missing.length > 0) await parts.stores.read.raise();
  const all = recorded.missing.length > 0 ? await requests.ofDesk(desk.id) : recorded.requests;
  const guarded = await guard(parts, { label, all, subordinates, config, run, ask });
  const lookAt = Math.min(...all.flatMap((request) => request.lookAt ?? []));
  return { requests: all, unknown, ...guarded, ...(Number.isFinite(lookAt) && { lookAt }) };
}

type Guarded = Pick<ReadyPrimary, 'removalOf' | 'stopped'>;

async function guard(
  parts: ReplicationParts,
  given: Readonly<{
    label: string;
    all: readonly Request[];
    subordinates: readonly Desk[];
    config: ReplicationConfig;
    run: RunContext;
    ask: boolean;
  }>,
): Promise<Guarded> {
  const { stores } = parts;
  const { all, config, run } = given;
  const decided = await stores.read.removals();
  const gone = all.filter((request) => request.goneAt !== undefined);
  const returned = all.filter((request) => request.goneAt === undefined && decided.has(request.id));
  if (returned.length > 0 && given.ask) await stores.read.forgetRemovals(returned.map((request) => request.id));
  const links = gone.length === 0 ? [] : await stores.read.linksOf(gone.map((request) => request.id));
  const linked = new Set(links.map((link) => link.requestId));
  const open = gone.filter((request) => linked.has(request.id) && !decided.has(request.id));
  const verdict = guardDeletions(open.length, open.length === 0 ? 0 : await stores.read.countLinked());
  const passes = verdict.pass ? new Set(open.map((request) => request.id)) : new Set<RequestId>();
  const removalOf = (request: Pick<Request, 'id'>): Removal =>
    decided.get(request.id)?.decision ?? (passes.has(request.id) ? 'allowed' : 'held');
  if (verdict.pass || !config.rules.syncDeletes) return { removalOf };
  if (!given.ask) return { removalOf, stopped: { reason: verdict.reason } };
  const labels = new Map(given.subordinates.map((desk) => [desk.id as number, desk.name]));
  const planId = await askAboutDeletions(parts, {
    primary: given.label,
    reason: verdict.reason,
    gone: open,
    links,
    labelOf: (deskId) => labels.get(deskId) ?? `desk ${deskId}`,
  });
  run.log('warn', `${verdict.reason}. Nothing is deleted: answer plan ${planId}.`);
  return { removalOf, stopped: { reason: verdict.reason, planId } };
}
