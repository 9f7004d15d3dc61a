import { type Desk, labelOf } from '#core/requests/index.ts';
import type { DeskTitle } from '#core/upstreams/index.ts';
import { isAppError, messageOf } from '#kernel/app-error.ts';
import type { JsonObject } from '#kernel/json.ts';
import { DeskFault } from './apply-title.ts';
import { withinTime } from './call-time.ts';
import { LONGEST_TELLING, readDeskSet } from './cycle.ts';
import type { ReadyPrimary } from './ready-primary.ts';
import { type DeskRun, emptyTally, type ReplicationParts, type RunContext } from './replication-parts.ts';
import type { ReplicationConfig } from './replication-settings.ts';
import { subordinateFacts, tellSubordinate } from './subordinate.ts';

/**
 * Reads one request of the primary now, and tells the subordinates of its title. Nothing is deleted by it, and a request that is not there any more is
 * left to the next cycle. The same as a cycle in all else.
 */
export async function pokeRequest(
  parts: ReplicationParts,
  { upstreamId, told: name }: Readonly<{ upstreamId: number; told?: DeskTitle | undefined }>,
  context: RunContext,
): Promise<JsonObject> {
  const { config, primary, subordinates } = await readDeskSet(parts);
  if (primary === undefined) return { state: 'disabled', reason: 'no request desk is the primary' };
  const call = { label: labelOf(primary), signal: context.signal };
  const client = await parts.desks.connect(primary);
  const at = parts.clock.now();
  const request = await withinTime(call, parts.callDeadlineMs, (signal) => client.readRequest(upstreamId, { signal }));
  if (request === undefined) return { found: false };
  const { requests } = await parts.requests.record(primary.id, { requests: [request], at, whole: false });
  const title = requests.filter((one) => one.kind === request.kind && one.tmdbId === request.tmdbId);
  const known = title.find((one) => one.upstreamId === upstreamId);
  if (known && name) await parts.requests.nameTitle(known, name);
  // A cycle that is at rest has not seen this.
  await parts.stores.read.raise();
  const ready = { requests: title, unknown: new Set<never>(), removalOf: () => 'held' as const };
  const told = await Promise.all(subordinates.map((desk) => tell(parts, desk, ready, config, context)));
  return { found: true, subordinates: Object.fromEntries(told) };
}

async function tell(
  parts: ReplicationParts,
  desk: Desk,
  ready: Pick<ReadyPrimary, 'requests' | 'unknown' | 'removalOf'>,
  config: ReplicationConfig,
  context: RunContext,
): Promise<readonly [string, JsonObject]> {
  const label = labelOf(desk);
  const [first] = ready.requests;
  if (first === undefined) return [label, {}];
  try {
    const client = await parts.desks.connect(desk);
    const call = { label, signal: context.signal };
    const askedAt = parts.clock.now();
    const listed = await withinTime(call, parts.callDeadlineMs, (signal) => client.requestsFor(first, { signal }));
    const run: DeskRun = { desk, label, client, config, signal: context.signal, log: context.log, known: {}, tally: emptyTally() };
    const facts = await subordinateFacts(parts, run, { client, listed, askedAt }, ready);
    const { fault } = await tellSubordinate(parts, run, facts, askedAt + LONGEST_TELLING, () => undefined);
    if (fault) throw fault;
    const { faultsInARow: _, ...counts } = run.tally;
    return [label, counts];
  } catch (error) {
    if (context.signal.aborted || !(isAppError(error) || error instanceof DeskFault)) throw error;
    context.log('error', messageOf(error));
    return [label, { fault: messageOf(error) }];
  }
}
