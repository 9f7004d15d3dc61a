import { createHash } from 'node:crypto';
import { type Desk, labelOf } from '#core/requests/index.ts';
import type { DeskListing, DeskRequest } from '#core/upstreams/index.ts';
import { type AppError, isAppError } from '#kernel/app-error.ts';
import { type Duration, minutes } from '#kernel/instant.ts';
import { withinTime } from './call-time.ts';
import { noteFault } from './note-fault.ts';
import type { ReplicationParts, RunContext } from './replication-parts.ts';

/** A desk's requests, all of them; or why nothing is known of them. */
export type Observed = Readonly<{ desk: Desk; label: string }> &
  (
    | Readonly<{ known: true; listing: DeskListing; digest: string }>
    | Readonly<{ known: false; error: AppError | undefined }> /* undefined: it was not asked, since it failed not long ago */
  );

/** When a listing was good is written down so often, and whenever the desk was at fault before. */
const NOTE_EVERY: Duration = minutes(10);
const LISTING_TIMES = 2;
const LONGEST_REST: Duration = minutes(5);

/** Lists one desk. Its key is proven first where it is not. A fault is an answer, and is kept with the desk. */
export async function observe(
  parts: ReplicationParts,
  desk: Desk,
  run: RunContext,
  how: Readonly<{ rests: boolean; pollMs: Duration }>,
): Promise<Observed> {
  const { desks, clock, callDeadlineMs } = parts;
  const label = labelOf(desk);
  if (how.rests && clock.now() < restsUntil(desk, how.pollMs)) return { desk, label, known: false, error: undefined };
  try {
    const client = await desks.connect(desk);
    const call = { label, signal: run.signal };
    if (desk.provenAt === undefined) await withinTime(call, callDeadlineMs, (signal) => desks.prove(desk, { signal }));
    // Tens of thousands take a desk seconds; one that takes a minute holds up everybody.
    const listing = await withinTime(call, LISTING_TIMES * callDeadlineMs, (signal) => client.listRequests({ signal }));
    await noteGood(parts, desk, listing);
    return { desk, label, known: true, listing, digest: digestOf(listing.requests) };
  } catch (error) {
    if (run.signal.aborted || !isAppError(error)) throw error;
    await noteFault(desks, desk.id, error);
    return { desk, label, known: false, error };
  }
}

/** A subordinate that fails is asked again after pauses that double: its time would be everybody's. */
function restsUntil({ health }: Desk, pollMs: Duration): number {
  if (health.faultsInARow < 2 || health.lastError === undefined) return 0;
  return health.lastError.at + Math.min(pollMs * 2 ** Math.min(health.faultsInARow - 2, 10), LONGEST_REST);
}

async function noteGood({ desks }: ReplicationParts, desk: Desk, { askedAt }: DeskListing): Promise<void> {
  const isNews = desk.role === 'primary' || desk.health.faultsInARow > 0 || (desk.listedAt ?? 0) + NOTE_EVERY <= askedAt;
  if (isNews) await desks.noteListed(desk.id, askedAt);
}

/** Two listings of one digest are the same in all that is decided from. */
export function digestOf(requests: readonly DeskRequest[]): string {
  const hash = createHash('sha1');
  let text = '';
  for (const one of requests) {
    text += `${one.id}|${one.kind}|${one.tmdbId}|${one.tvdbId}|${one.is4k}|${one.status}|${one.mediaStatus}|${one.requestedBy.id}|${one.requestedBy.email}`;
    for (const { number, status } of one.seasons) text += `,${number}${status}`;
    text += '\n';
  }
  return hash.update(text).digest('base64');
}
