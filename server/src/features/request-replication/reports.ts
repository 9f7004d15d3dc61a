import { type Desk, type Desks, fingerprintOf, labelOf, type Request, type RequestedTitle, type Requests } from '#core/requests/index.ts';
import type { DeskRequestStatus } from '#core/upstreams/index.ts';
import type { FieldFault } from '#kernel/app-error.ts';
import type { DeskId, RequestId } from '#kernel/ids.ts';
import type { Duration, Instant } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import { type Link, type StandingState, seasonsOf } from './facts.ts';
import type { ReplicationStores, StoredLink, StoredStanding } from './replication.store.ts';
import type { ReplicationConfig } from './replication-settings.ts';

export type SubordinateStatus = Readonly<{
  subordinate: string;
  /** Requests of the primary that it has. */
  synced: number;
  /** Those that were tried in vain, or of which nobody can tell. */
  failed: number;
  waiting: number;
  due: number;
  health: Desk['health'];
}>;

/**
 * `disabled`: switched off, or without a primary or subordinates. `misconfigured`: with faults. `initializing`: no cycle has come to its end yet.
 */
export type ReplicationStatus = Readonly<{
  state: 'disabled' | 'misconfigured' | 'initializing' | 'active';
  faults: readonly FieldFault[];
  primary?: Readonly<{ label: string; health: Desk['health'] }>;
  /** When the primary was last listed in full, and when it is to be the next time. */
  lastPoll?: Instant;
  nextPoll?: Instant;
  pollIntervalSeconds: number;
  /** Requests of the primary that some subordinate has. */
  tracked: number;
  failed: number;
  subordinates: readonly SubordinateStatus[];
  /** Deletions wait for an answer to this plan. */
  stopped?: Readonly<{ reason: string; planId?: string }>;
}>;

export type FailedRequest = Readonly<{
  requestId: RequestId;
  primaryId: number;
  fingerprint: string;
  kind: Request['kind'];
  tmdbId: number;
  subordinate: string;
  /** In the subordinate's own words. */
  error: string;
  failedAt: Instant;
  /** Nobody can tell whether it was made; it is left alone until somebody says "retry". */
  unconfirmed: boolean;
  permanent: boolean;
  attempts: number;
  nextAt?: Instant;
}>;

export type ReplicaAt = Readonly<{
  id: number;
  status: DeskRequestStatus;
  seasons: readonly number[];
  how: Link['how'];
  syncedAt: Instant;
}>;

export type TrackedRequest = Readonly<{
  requestId: RequestId;
  primaryId: number;
  fingerprint: string;
  /** By the label of the subordinate, the newest of several first. */
  subordinates: Readonly<Record<string, readonly ReplicaAt[]>>;
}>;

export type ReplicationState = Readonly<{ lastPoll?: Instant; requests: readonly TrackedRequest[]; failed: readonly FailedRequest[] }>;

/** Where one request of the primary stands on one subordinate, as it was found last. */
export type StandingThere = Readonly<{
  subordinate: string;
  /** Undefined where no cycle has come to it yet. */
  state: StandingState | undefined;
  reason: string | undefined;
  since?: Instant;
  nextAt?: Instant;
  failure?: StoredStanding['failure'];
  requests: readonly ReplicaAt[];
}>;

export type RequestStanding = Readonly<{ request: Request; subordinates: readonly StandingThere[] }>;

export type Reports = Readonly<{
  status(): Promise<ReplicationStatus>;
  failed(): Promise<readonly FailedRequest[]>;
  /** Everything that is ours somewhere, the newest of the primary first. */
  state(): Promise<ReplicationState>;
  /** Where these requests stand on each subordinate, and why. Nothing is asked of any desk. */
  standingOf(requests: readonly Request[]): Promise<readonly RequestStanding[]>;
  /** The same for all requests of a title on the primary. */
  whereIs(title: RequestedTitle): Promise<readonly RequestStanding[]>;
}>;

export type ReportsDeps = Readonly<{
  stores: ReplicationStores;
  desks: Desks;
  requests: Requests;
  config(): Promise<ReplicationConfig>;
}>;

const SYNCED: readonly StandingState[] = ['there', 'satisfied'];
const FAILED: readonly StandingState[] = ['failed', 'unconfirmed'];

const replicaOf = (link: StoredLink): ReplicaAt => ({
  id: link.upstreamId,
  status: link.status,
  seasons: seasonsOf(link.parts),
  how: link.how,
  syncedAt: link.syncedAt,
});

/** What is known of the replication, from our own tables alone. */
export function createReports({ stores, desks, requests, config }: ReportsDeps): Reports {
  async function roles() {
    const all = await desks.list();
    return {
      primary: all.find((desk) => desk.role === 'primary'),
      subordinates: all.filter((desk) => desk.role === 'subordinate'),
      labels: new Map(all.map((desk) => [desk.id, labelOf(desk)])),
    };
  }

  async function failed(): Promise<readonly FailedRequest[]> {
    const { primary, labels } = await roles();
    if (primary === undefined) return [];
    const standings = await stores.read.inState(primary.id, FAILED);
    const byId = new Map((await requests.byIds(standings.map((one) => one.requestId))).map((request) => [request.id, request]));
    return standings.flatMap((standing) => {
      const request = byId.get(standing.requestId);
      return request === undefined ? [] : [failedOf(standing, request, labels)];
    });
  }

  async function standingOf(asked: readonly Request[]): Promise<readonly RequestStanding[]> {
    const ids = asked.map((request) => request.id);
    const { subordinates } = await roles();
    const standings = await stores.read.standingsOf(ids);
    const links = await stores.read.linksOf(ids);
    return asked.map((request) => ({
      request,
      subordinates: subordinates.map((desk) => thereOf(desk, request.id, standings, links)),
    }));
  }

  return {
    failed,
    standingOf,

    async status() {
      const { primary, subordinates } = await roles();
      const { enabled, pollMs } = await config();
      const faults = await desks.faults();
      const last = await stores.read.lastCycle();
      const counts = primary === undefined ? [] : await stores.read.counts(primary.id);
      const shown = subordinates.map((desk) => statusOf(desk, counts));
      const stopped = stoppedIn(last?.outcome);
      const isOff = !enabled || primary === undefined || subordinates.length === 0;
      const working = last === undefined ? ('initializing' as const) : ('active' as const);
      return {
        state: enabled && faults.length > 0 ? 'misconfigured' : isOff ? 'disabled' : working,
        faults,
        ...(primary && { primary: { label: labelOf(primary), health: primary.health } }),
        ...pollsOf(primary, pollMs),
        pollIntervalSeconds: pollMs / 1_000,
        tracked: primary === undefined ? 0 : await stores.read.countTracked(primary.id),
        failed: shown.reduce((sum, one) => sum + one.failed, 0),
        subordinates: shown,
        ...(stopped && { stopped }),
      };
    },

    async state() {
      const { primary, labels } = await roles();
      const listed = primary?.listedAt === undefined ? {} : { lastPoll: primary.listedAt };
      if (primary === undefined) return { ...listed, requests: [], failed: [] };
      const links = Map.groupBy(await stores.read.allLinks(primary.id), (link) => link.requestId);
      const known = await requests.byIds([...links.keys()]);
      const newestFirst = known.toSorted((one, other) => other.upstreamId - one.upstreamId);
      return {
        ...listed,
        requests: newestFirst.map((request) => trackedOf(request, links.get(request.id) ?? [], labels)),
        failed: await failed(),
      };
    },

    async whereIs(title) {
      const { primary } = await roles();
      const known = await requests.ofTitle(title);
      return standingOf(known.filter((request) => request.deskId === primary?.id));
    },
  };
}

type Counts = Awaited<ReturnType<ReplicationStores['read']['counts']>>;

function statusOf(desk: Desk, counts: Counts): SubordinateStatus {
  const countOf = (states: readonly StandingState[]): number =>
    counts.filter((one) => one.deskId === desk.id && states.includes(one.state)).reduce((sum, one) => sum + one.count, 0);
  return {
    subordinate: labelOf(desk),
    synced: countOf(SYNCED),
    failed: countOf(FAILED),
    waiting: countOf(['waiting']),
    due: countOf(['due']),
    health: desk.health,
  };
}

const pollsOf = (primary: Desk | undefined, pollMs: Duration): Pick<ReplicationStatus, 'lastPoll' | 'nextPoll'> =>
  primary?.listedAt === undefined ? {} : { lastPoll: primary.listedAt, nextPoll: primary.listedAt + pollMs };

function failedOf(standing: StoredStanding, request: Request, labels: ReadonlyMap<DeskId, string>): FailedRequest {
  const { failure, nextAt, requestId, deskId, reason, since, state } = standing;
  return {
    requestId,
    primaryId: request.upstreamId,
    fingerprint: fingerprintOf(request),
    kind: request.kind,
    tmdbId: request.tmdbId,
    subordinate: labels.get(deskId) ?? '',
    error: failure?.message ?? reason,
    failedAt: failure?.at ?? since,
    unconfirmed: state === 'unconfirmed',
    permanent: failure?.permanent ?? false,
    attempts: failure?.attempts ?? 1,
    ...(nextAt !== undefined && { nextAt }),
  };
}

function trackedOf(request: Request, links: readonly StoredLink[], labels: ReadonlyMap<DeskId, string>): TrackedRequest {
  const there = Map.groupBy(links, (link) => labels.get(link.deskId) ?? '');
  return {
    requestId: request.id,
    primaryId: request.upstreamId,
    fingerprint: fingerprintOf(request),
    subordinates: Object.fromEntries(
      [...there].map(([label, own]) => [label, own.toSorted((one, other) => other.upstreamId - one.upstreamId).map(replicaOf)]),
    ),
  };
}

function thereOf(desk: Desk, id: RequestId, standings: readonly StoredStanding[], links: readonly StoredLink[]): StandingThere {
  const standing = standings.find((one) => one.deskId === desk.id && one.requestId === id);
  return {
    subordinate: labelOf(desk),
    state: standing?.state,
    reason: standing?.reason,
    ...(standing && { since: standing.since }),
    ...(standing?.nextAt !== undefined && { nextAt: standing.nextAt }),
    ...(standing?.failure && { failure: standing.failure }),
    requests: links.filter((link) => link.deskId === desk.id && link.requestId === id).map(replicaOf),
  };
}

function stoppedIn(outcome: unknown): ReplicationStatus['stopped'] {
  if (!isRecord(outcome) || !isRecord(outcome.stopped)) return undefined;
  const { reason, planId } = outcome.stopped;
  return { reason: String(reason), ...(typeof planId === 'string' && { planId }) };
}
