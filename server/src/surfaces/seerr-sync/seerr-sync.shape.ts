import { type Static, type TSchema, Type } from '@fastify/type-provider-typebox';
import type { FailedRequest, ReplicaAt, ReplicationState, ReplicationStatus, TrackedRequest } from '#features/request-replication/index.ts';
import type { Instant } from '#kernel/instant.ts';

export const Failure = Type.Object({ detail: Type.String() });
export type Failure = Static<typeof Failure>;

const Time = Type.String({ description: 'To the second, in UTC' });
const OrNull = <T extends TSchema>(shape: T) => Type.Union([shape, Type.Null()]);

/** As the page has it: to the second, with Z. */
export const timeOf = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const timeOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : timeOf(at));

export const Status = Type.Object({
  enabled: Type.Boolean(),
  status: Type.Union([Type.Literal('disabled'), Type.Literal('misconfigured'), Type.Literal('initializing'), Type.Literal('active')]),
  message: Type.Optional(Type.String()),
  last_poll: Type.Optional(OrNull(Time)),
  next_poll: Type.Optional(OrNull(Time)),
  poll_interval_seconds: Type.Optional(Type.Number()),
  total_requests_tracked: Type.Optional(Type.Integer()),
  total_failed: Type.Optional(Type.Integer()),
  subordinates: Type.Optional(Type.Record(Type.String(), Type.Object({ synced: Type.Integer(), failed: Type.Integer() }))),
});

/** `misconfigured` is ours, and so is `message` beside `active` where deletions wait for an answer. */
export function statusOf(status: ReplicationStatus): Static<typeof Status> {
  const { state, faults, stopped } = status;
  if (state === 'disabled') return { enabled: false, status: state };
  if (state === 'misconfigured') {
    return { enabled: true, status: state, message: faults.map(({ field, message }) => `${field}: ${message}`).join('; ') };
  }
  if (state === 'initializing') return { enabled: true, status: state, message: 'Sync state not yet created' };
  return {
    enabled: true,
    status: state,
    ...(stopped && { message: stopped.reason }),
    last_poll: timeOrNull(status.lastPoll),
    next_poll: timeOrNull(status.nextPoll),
    poll_interval_seconds: status.pollIntervalSeconds,
    total_requests_tracked: status.tracked,
    total_failed: status.failed,
    subordinates: Object.fromEntries(status.subordinates.map(({ subordinate, synced, failed }) => [subordinate, { synced, failed }])),
  };
}

const FAILED = { failed_at: Time, error: Type.String(), media_type: Type.String(), tmdb_id: Type.Integer() };

export const Failed = Type.Object({
  count: Type.Integer(),
  failed_requests: Type.Array(Type.Object({ fingerprint: Type.String(), subordinate: Type.String(), ...FAILED })),
});

const failedOf = ({ kind, tmdbId, error, failedAt }: FailedRequest) => ({
  failed_at: timeOf(failedAt),
  error,
  media_type: kind,
  tmdb_id: tmdbId,
});

export function failedListOf(failed: readonly FailedRequest[]): Static<typeof Failed> {
  const failed_requests = failed.map((one) => ({ fingerprint: one.fingerprint, subordinate: one.subordinate, ...failedOf(one) }));
  return { count: failed.length, failed_requests };
}

const Replica = Type.Object({ id: Type.Integer(), status: Type.Integer(), synced_at: Time });
const Tracked = Type.Object({ primary_id: Type.Integer(), subordinates: Type.Record(Type.String(), Replica) });

export const State = Type.Object({
  last_poll_ts: OrNull(Time),
  requests: Type.Record(Type.String(), Tracked),
  failed: Type.Record(Type.String(), Type.Object(FAILED)),
  requests_by_id: Type.Record(
    Type.String(),
    Type.Object({ fingerprint: Type.String(), subordinates: Type.Record(Type.String(), Type.Array(Replica)) }),
  ),
});

/** Seerr's own numbers. 0 is a status that this release does not know. */
const NUMBERS: Readonly<Record<ReplicaAt['status'], number>> = {
  other: 0,
  pending: 1,
  approved: 2,
  declined: 3,
  failed: 4,
  completed: 5,
};

const replicaOf = ({ id, status, syncedAt }: ReplicaAt): Static<typeof Replica> => ({
  id,
  status: NUMBERS[status],
  synced_at: timeOf(syncedAt),
});

function newestOf({ primaryId, subordinates }: TrackedRequest): Static<typeof Tracked> {
  const newest = Object.entries(subordinates).flatMap(([label, [first]]) => (first ? [[label, replicaOf(first)] as const] : []));
  return { primary_id: primaryId, subordinates: Object.fromEntries(newest) };
}

/** Several requests may share a fingerprint: `requests` has the newest, `requests_by_id` (ours) all of them. */
export function stateOf({ lastPoll, requests, failed }: ReplicationState): Static<typeof State> {
  const oldestFirst = requests.toReversed();
  return {
    last_poll_ts: timeOrNull(lastPoll),
    requests: Object.fromEntries(oldestFirst.map((request) => [request.fingerprint, newestOf(request)])),
    failed: Object.fromEntries(failed.map((one) => [`${one.fingerprint}||${one.subordinate}`, failedOf(one)])),
    requests_by_id: Object.fromEntries(
      requests.map(({ primaryId, fingerprint, subordinates }) => [
        String(primaryId),
        {
          fingerprint,
          subordinates: Object.fromEntries(Object.entries(subordinates).map(([label, replicas]) => [label, replicas.map(replicaOf)])),
        },
      ]),
    ),
  };
}
