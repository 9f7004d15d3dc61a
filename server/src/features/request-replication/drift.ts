import { fingerprintOf, type Request } from '#core/requests/index.ts';
import type { DeskRequestStatus } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { RequestId } from '#kernel/ids.ts';
import { type Demand, type Held, type Standing, sameParts, seasonsOf } from './facts.ts';
import { type PreviewedStanding, previewCycle } from './preview.ts';
import type { ReplicationParts, RunContext } from './replication-parts.ts';
import type { PlannedTitle } from './title-keeper.ts';
import { isLinked, isThere } from './title-view.ts';

/**
 * `missing`: not there yet. `waiting`, `failed`, `unconfirmed`: as they stand. `status`, `seasons`: there, and not as on the primary. `extra`: there, and gone from
 * the primary.
 */
export type DriftKind = 'missing' | 'waiting' | 'failed' | 'unconfirmed' | 'status' | 'seasons' | 'extra';

export type Difference = Readonly<{
  kind: DriftKind;
  requestId: RequestId;
  primaryId: number;
  fingerprint: string;
  primary: Readonly<{ status: DeskRequestStatus; seasons: readonly number[]; gone: boolean }>;
  there: readonly Readonly<{ id: number; status: DeskRequestStatus; seasons: readonly number[] }>[];
  /** Why it is so, and whether the next cycle changes it. */
  reason: string;
  /** The next cycle does something about it. */
  planned: boolean;
}>;

export type Drift = Readonly<{
  subordinate: string;
  /** Requests of the primary that are there as they are on the primary, or of which there is nothing to have there. */
  inStep: number;
  differences: readonly Difference[];
  /** Requests there that are none of ours. */
  foreign: number;
}>;

/** What is not the same on a subordinate, from both as they are now. Nothing is changed. Throws the fault of the desk that could not be read. */
export async function driftOf(parts: ReplicationParts, subordinate: string, context: RunContext): Promise<Drift> {
  const { subordinates } = await previewCycle(parts, context, subordinate);
  const [seen] = subordinates;
  if (seen === undefined || !seen.known) throw new AppError('unavailable', seen?.reason ?? `${subordinate} could not be read.`);
  const standings = new Map(seen.standings.map((standing) => [standing.requestId, standing]));
  const byId = new Map((await parts.requests.byIds([...standings.keys()])).map((request) => [request.id, request]));
  const differences = seen.titles.flatMap((title) =>
    title.facts.demands.flatMap((demand) => differenceOf(demand, title, standings.get(demand.id), byId.get(demand.id)) ?? []),
  );
  return { subordinate, inStep: standings.size - differences.length, differences, foreign: seen.foreign };
}

function differenceOf(
  demand: Demand,
  { facts, plan }: PlannedTitle,
  standing: PreviewedStanding | undefined,
  request: Request | undefined,
): Difference | undefined {
  if (standing === undefined || request === undefined) return undefined;
  const own = facts.held.filter((held) => isThere(held) && isLinked(held, demand));
  const kind = kindOf(demand, own, standing);
  if (kind === undefined) return undefined;
  return {
    kind,
    requestId: demand.id,
    primaryId: demand.primaryId,
    fingerprint: fingerprintOf(request),
    primary: { status: demand.status, seasons: seasonsOf(demand.parts), gone: demand.presence === 'gone' },
    there: own.map((held) => ({ id: held.id, status: held.status, seasons: seasonsOf(held.parts) })),
    reason: standing.reason,
    planned: plan.steps.some((step) => step.demand === demand.id),
  };
}

function kindOf(demand: Demand, own: readonly Held[], { state }: Standing): DriftKind | undefined {
  if (demand.presence === 'gone') return own.length > 0 ? 'extra' : undefined;
  if (state === 'waiting' || state === 'failed' || state === 'unconfirmed') return state;
  if (own.length === 0) return state === 'due' ? 'missing' : undefined;
  if (own.some((held) => differs(held.status, demand.status))) return 'status';
  const parts = own.flatMap((held) => held.parts);
  if (state === 'due') return 'seasons';
  return parts.some((part) => !demand.parts.includes(part)) && !sameParts(parts, demand.parts) ? 'seasons' : undefined;
}

/** What is completed, or could not be sent on, on one of both is approved all the same. */
const plain = (status: DeskRequestStatus): DeskRequestStatus => (status === 'completed' || status === 'failed' ? 'approved' : status);
const differs = (there: DeskRequestStatus, primary: DeskRequestStatus): boolean => plain(there) !== plain(primary);
