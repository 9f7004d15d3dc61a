import type { Request } from '#core/requests/index.ts';
import type { DeskRequest, RequestDesk } from '#core/upstreams/index.ts';
import { type AppError, isAppError } from '#kernel/app-error.ts';
import type { DeskId, RequestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { forEachAtOnce, withinTime } from './call-time.ts';
import { noteFault } from './note-fault.ts';
import type { StoredLink } from './replication.store.ts';
import type { ReplicationParts, RunContext } from './replication-parts.ts';
import type { Looked } from './title-facts.ts';

const AT_ONCE = 4;

type Reading = Readonly<{ deskId: DeskId; label: string; client: RequestDesk; signal: AbortSignal }>;

/** Asks for each by its id. What could not be read is missing from the answer; the first fault ends the reading, is told, and is kept with the desk. */
async function readAll(
  { desks, callDeadlineMs: ms }: Pick<ReplicationParts, 'desks' | 'callDeadlineMs'>,
  ids: readonly number[],
  reading: Reading,
): Promise<Readonly<{ found: ReadonlyMap<number, DeskRequest | undefined>; fault: AppError | undefined }>> {
  const found = new Map<number, DeskRequest | undefined>();
  const fault = await forEachAtOnce(ids, AT_ONCE, async (id) => {
    found.set(id, await withinTime(reading, ms, (signal) => reading.client.readRequest(id, { signal })));
  }).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (fault === undefined) return { found, fault };
  if (reading.signal.aborted || !isAppError(fault)) throw fault;
  await noteFault(desks, reading.deskId, fault);
  return { found, fault };
}

/**
 * Requests that the primary does not list: gone where it says so by their id, hidden where it has them, and unknown where nobody could tell. A primary that
 * lists nothing is asked for none: that is no time to believe it. Answers those that stay unknown.
 */
export async function confirmMissing(
  parts: ReplicationParts,
  missing: readonly Request[],
  primary: Reading & Readonly<{ listed: number; listedBefore: Instant | undefined }>,
  run: RunContext,
): Promise<ReadonlySet<RequestId>> {
  const { requests, clock } = parts;
  const now = clock.now();
  const due = missing.filter((request) => request.lookAt === undefined || request.lookAt <= now);
  if (due.length === 0) return new Set();
  if (primary.listed === 0) {
    run.log(
      'warn',
      `${primary.label} lists nothing, and had ${missing.length} requests. Nothing is concluded from that, and nothing is deleted.`,
    );
    return new Set(missing.map((request) => request.id));
  }
  const { found, fault } = await readAll(
    parts,
    due.map((request) => request.upstreamId),
    primary,
  );
  if (fault !== undefined)
    run.log('error', `${primary.label}: it could not be found out what became of requests that are not listed: ${fault.message}`);
  const gone: Request[] = [];
  for (const request of due) {
    if (!found.has(request.upstreamId)) continue;
    const read = found.get(request.upstreamId);
    if (read === undefined) gone.push(request);
    else {
      await requests.record(primary.deskId, { requests: [read], at: now, whole: false });
      await requests.noteHidden(request, primary.listedBefore);
    }
  }
  await requests.noteGone(
    gone.map((request) => request.id),
    primary.listedBefore,
  );
  return new Set(due.filter((request) => !found.has(request.upstreamId) && request.hiddenAt === undefined).map((request) => request.id));
}

/** The same for requests of ours that a subordinate does not list; those that were hidden not long ago are not asked for. */
export async function lookForLinks(
  parts: Pick<ReplicationParts, 'desks' | 'callDeadlineMs' | 'clock'>,
  links: readonly StoredLink[],
  listed: ReadonlySet<number>,
  listedAt: Instant,
  reading: Reading,
): Promise<Looked> {
  const now = parts.clock.now();
  const ids = new Set<number>();
  for (const { upstreamId, linkedAt, lookAt } of links) {
    // What was linked after the listing was asked for could not be in it.
    if (!listed.has(upstreamId) && linkedAt < listedAt && (lookAt === undefined || lookAt <= now)) ids.add(upstreamId);
  }
  if (ids.size === 0) return new Map();
  const { found } = await readAll(parts, [...ids], reading);
  return new Map([...found].map(([id, request]) => [id, request === undefined ? { presence: 'gone' } : { presence: 'hidden', request }]));
}
