import type { Desk } from '#core/requests/index.ts';
import type { RequestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { basisOf, type Standing } from './facts.ts';
import type { ReadyPrimary } from './ready-primary.ts';
import type { ReplicationParts } from './replication-parts.ts';
import type { ReplicationConfig } from './replication-settings.ts';
import { demandOf } from './title-facts.ts';
import { isWanted } from './title-view.ts';

/**
 * Remembers for a subordinate that could not be listed what it is to be asked for: what is completed on the primary by the time that it is back is then
 * still owed to it.
 */
export async function owe(
  { stores, clock }: ReplicationParts,
  desk: Desk,
  ready: ReadyPrimary,
  { rules }: ReplicationConfig,
): Promise<void> {
  const standings = await stores.read.standings(desk.id);
  const links = new Set((await stores.read.links(desk.id)).map((link) => link.requestId));
  const now = clock.now();
  const owed: (readonly [RequestId, Standing, Instant])[] = [];
  for (const request of ready.requests) {
    if (standings.has(request.id) || links.has(request.id)) continue;
    const demand = demandOf(request, { unknown: ready.unknown, removalOf: ready.removalOf, standings });
    if (!isWanted(demand, rules)) continue;
    owed.push([request.id, { state: 'due', reason: 'the subordinate could not be read yet', basis: basisOf(demand), satisfied: [] }, now]);
  }
  if (owed.length > 0) await stores.transaction((store) => store.writeStandings(desk.id, owed));
}
