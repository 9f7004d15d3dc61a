import { fingerprintOf, type Request } from '#core/requests/index.ts';
import type { DeskRequestStatus } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { fromIso } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { readDeskSet } from './cycle.ts';
import { partsOf } from './facts.ts';
import { observe } from './observe-desks.ts';
import type { StoredLink } from './replication.store.ts';
import type { ReplicationParts, RunContext } from './replication-parts.ts';

export type StateImport = Readonly<{
  /** Requests on subordinates that are ours from now on. */
  linked: number;
  skipped: readonly Readonly<{ fingerprint: string; subordinate?: string; reason: string }>[];
}>;

type Entry = Readonly<{ fingerprint: string; primaryId: number; label: string; id: number; status: unknown; syncedAt: unknown }>;

const STATUSES: Readonly<Record<number, DeskRequestStatus>> = { 1: 'pending', 2: 'approved', 3: 'declined', 4: 'failed', 5: 'completed' };

/**
 * Takes over which requests of the subordinates were made for which of the primary, from a seerr_sync_state.json. The primary is read first: what it does not have
 * is left out, and so is what is ours already. The next cycle looks at each and lets go of those that stand for another title. Safe to run twice.
 */
export async function importDumbState(
  parts: ReplicationParts,
  file: unknown,
  context: RunContext,
  how: Readonly<{ dryRun?: boolean }> = {},
): Promise<StateImport> {
  const { primary } = await readDeskSet(parts);
  if (primary === undefined)
    throw new AppError('conflict', 'No request desk is the primary. Enter it first: the state is about its requests.');
  const entries = entriesIn(file);
  const { pollMs } = await parts.config();
  const seen = await observe(parts, primary, context, { rests: false, pollMs });
  if (!seen.known) throw seen.error ?? new AppError('unavailable', `${seen.label} was not asked.`);
  const { requests } = await parts.requests.record(primary.id, {
    requests: seen.listing.requests,
    at: seen.listing.askedAt,
    whole: true,
  });
  const byId = new Map(requests.map((request) => [request.upstreamId, request]));
  const links: StoredLink[] = [];
  const skipped: { fingerprint: string; subordinate?: string; reason: string }[] = [];
  for (const entry of entries) {
    const found = await linkFor(parts, entry, byId);
    if (typeof found === 'string') skipped.push({ fingerprint: entry.fingerprint, subordinate: entry.label, reason: found });
    else links.push(found);
  }
  if (how.dryRun !== true && links.length > 0) {
    await parts.stores.transaction(async (store) => {
      await store.writeLinks(links);
      await store.raise();
    });
  }
  return { linked: links.length, skipped };
}

function entriesIn(file: unknown): readonly Entry[] {
  const requests = isRecord(file) ? file.requests : undefined;
  if (!isRecord(requests)) {
    const fault = { field: 'requests', message: 'must be an object of fingerprints' };
    throw new AppError('invalid', `${fault.field}: ${fault.message}`, { faults: [fault] });
  }
  return Object.entries(requests).flatMap(([fingerprint, value]) => {
    if (!isRecord(value) || !isRecord(value.subordinates)) return [];
    return Object.entries(value.subordinates).flatMap(([label, there]) =>
      isRecord(there)
        ? [
            {
              fingerprint,
              primaryId: Number(value.primary_id),
              label,
              id: Number(there.id),
              status: there.status,
              syncedAt: there.synced_at,
            },
          ]
        : [],
    );
  });
}

/** The link, or why there is none. */
async function linkFor(
  { desks, stores, clock }: ReplicationParts,
  { fingerprint, primaryId, label, id, status, syncedAt }: Entry,
  byId: ReadonlyMap<number, Request>,
): Promise<StoredLink | string> {
  const request = byId.get(primaryId);
  if (request === undefined) return `the primary has no request ${primaryId}`;
  if (fingerprintOf(request) !== fingerprint) return `request ${primaryId} of the primary is ${fingerprintOf(request)}`;
  const desk = await desks.byLabel(label);
  if (desk === undefined || desk.role !== 'subordinate') return 'there is no such subordinate';
  if (!Number.isSafeInteger(id) || id < 1) return 'it names no request there';
  const known = await stores.read.linksOf([request.id]);
  if (known.some((link) => link.deskId === desk.id)) return 'it is known already';
  const told = STATUSES[Number(status)];
  const at = clock.now();
  return {
    deskId: desk.id,
    upstreamId: id,
    requestId: request.id,
    how: 'imported',
    ...((told === 'approved' || told === 'declined') && { told }),
    is4k: request.is4k,
    status: told ?? 'other',
    parts: partsOf(request.kind, request.seasons),
    linkedAt: 0,
    syncedAt: fromIso(typeof syncedAt === 'string' ? syncedAt : undefined) ?? at,
  };
}
