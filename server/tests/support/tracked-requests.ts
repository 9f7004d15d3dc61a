import type { Request } from '#core/requests/index.ts';
import type { DeskRequest } from '#core/upstreams/index.ts';
import { deskId, type RequestId, requestId } from '#kernel/ids.ts';
import { basisOf, partsOf, type Rules } from '../../src/features/request-replication/facts.ts';
import type { StoredLink, StoredStanding } from '../../src/features/request-replication/replication.store.ts';
import type { DeskFacts } from '../../src/features/request-replication/title-facts.ts';

export const TRACKED_RULES: Rules = {
  syncPending: true,
  syncApproved: true,
  syncDeclined: true,
  syncDeletes: true,
  sync4kSeparately: true,
  userMapping: 'email_match',
};

const numbered = (id: number): DeskRequest => ({
  id,
  kind: id % 5 === 0 ? 'tv' : 'movie',
  tmdbId: id % 5 === 0 ? Math.floor(id / 10) + 1 : id,
  is4k: id % 7 === 0,
  status: id % 3 === 0 ? 'pending' : 'approved',
  mediaStatus: 'processing',
  seasons: id % 5 === 0 ? [{ number: (id % 10) + 1, status: 'approved' }] : [],
  requestedBy: { id: 2, displayName: 'alice', email: 'alice@example.test' },
  createdAt: id,
  updatedAt: id,
});

/**
 * What is decided from where a subordinate tracks so many requests: every hundredth is new, every hundredth was approved on the primary since, and all the
 * others are there as they were.
 */
export function trackedRequests(count: number): DeskFacts {
  const requests: Request[] = [];
  const links: StoredLink[] = [];
  const standings = new Map<RequestId, StoredStanding>();
  const listed: DeskRequest[] = [];
  const there = { deskId: deskId(2), linkedAt: 0, syncedAt: 0, how: 'created' } as const;
  for (let number = 1; number <= count; number += 1) {
    const one = numbered(number);
    const id = requestId(number);
    requests.push({ ...one, id, deskId: deskId(1), upstreamId: number, firstSeenAt: 0 });
    if (number % 100 === 1) continue;
    const held: DeskRequest = { ...one, id: number + 7, status: number % 100 === 2 ? 'pending' : one.status };
    const parts = partsOf(held.kind, held.seasons);
    listed.push(held);
    links.push({ ...there, upstreamId: held.id, requestId: id, is4k: held.is4k, status: held.status, parts });
    standings.set(id, {
      deskId: there.deskId,
      requestId: id,
      state: 'there',
      reason: `request ${held.id} there is ${held.status}`,
      basis: basisOf({ status: one.status, presence: 'there', parts }),
      since: 0,
      satisfied: [],
    });
  }
  const nothing = { unknown: new Set<never>(), looked: new Map(), doubts: new Map(), removalOf: () => 'held' as const };
  return { ...nothing, requests, standings, links, listed, now: 1 };
}
