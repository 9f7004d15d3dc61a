import type { Desk, DeskUserRecord, Request, RequestedMedia } from '#core/requests/index.ts';
import { fingerprintOf } from '#core/requests/index.ts';
import type {
  ConfigImport,
  Drift,
  FailedRequest,
  Preview,
  PreviewedChange,
  ReplicaAt,
  ReplicationOptions,
  ReplicationStatus,
  RequestStanding,
  StandingThere,
  StateImport,
  SubordinatePreview,
  TrackedRequest,
} from '#features/request-replication/index.ts';
import { toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import type {
  DeskUser,
  DriftShown,
  FailedList,
  Imported,
  PreviewShown,
  Replication,
  RequestDesk,
  RequestShown,
  Tracked,
  Whereabouts,
} from './contract-requests.ts';

type NameOf = (id: number | undefined) => string | null;
type About = Readonly<{ requestId: number; primaryId: number; fingerprint: string }>;

const aboutOf = ({ requestId, primaryId, fingerprint }: About) => ({ request_id: requestId, primary_id: primaryId, fingerprint });
const numbersOf = (seasons: Request['seasons']): number[] => seasons.map((season) => season.number);
const healthOf = ({ state, lastError }: Desk['health']) => ({ state, last_error: lastError?.message ?? null });

export const deskShape = (desk: Desk): RequestDesk => ({
  id: desk.id,
  name: desk.name,
  place: desk.place,
  vendor: desk.vendor,
  url: desk.url,
  has_key: desk.hasKey,
  role: desk.role,
  label: desk.label ?? null,
  version: desk.version ?? null,
  proven_at: isoOrNull(desk.provenAt),
  listed_at: isoOrNull(desk.listedAt),
  health: desk.health.state,
  last_error: desk.health.lastError?.message ?? null,
  created_at: toIso(desk.createdAt),
});

export const deskUserShape = ({ deskId, user, by }: DeskUserRecord, nameOf: NameOf): DeskUser => ({
  desk_id: deskId,
  user_id: user.id,
  name: user.displayName,
  person: nameOf(user.personId),
  by: by ?? null,
});

export const replicationShape = (status: ReplicationStatus, options: ReplicationOptions): Replication => ({
  state: status.state,
  faults: [...status.faults],
  primary: status.primary ? { label: status.primary.label, health: healthOf(status.primary.health) } : null,
  last_poll: isoOrNull(status.lastPoll),
  next_poll: isoOrNull(status.nextPoll),
  tracked: status.tracked,
  failed: status.failed,
  subordinates: status.subordinates.map(({ subordinate, synced, failed, waiting, due, health }) => ({
    label: subordinate,
    synced,
    failed,
    waiting,
    due,
    health: healthOf(health),
  })),
  stopped: status.stopped ? { reason: status.stopped.reason, plan_id: status.stopped.planId ?? null } : null,
  options: { ...options },
});

export const failedShape = (failed: readonly FailedRequest[]): FailedList =>
  failed.map((one) => ({
    ...aboutOf(one),
    kind: one.kind,
    tmdb_id: one.tmdbId,
    subordinate: one.subordinate,
    error: one.error,
    failed_at: toIso(one.failedAt),
    unconfirmed: one.unconfirmed,
    permanent: one.permanent,
    attempts: one.attempts,
    next_at: isoOrNull(one.nextAt),
  }));

export const replicaShape = ({ id, status, seasons, how, syncedAt }: ReplicaAt) => ({
  id,
  status,
  seasons: [...seasons],
  how,
  synced_at: toIso(syncedAt),
});

export const trackedShape = (tracked: readonly TrackedRequest[]): Tracked =>
  tracked.map((one) => ({
    ...aboutOf(one),
    subordinates: Object.fromEntries(Object.entries(one.subordinates).map(([label, own]) => [label, own.map(replicaShape)])),
  }));

export const requestShape = (request: Request, media: RequestedMedia | undefined, nameOf: NameOf): RequestShown => ({
  id: request.id,
  desk_id: request.deskId,
  primary_id: request.upstreamId,
  fingerprint: fingerprintOf(request),
  kind: request.kind,
  tmdb_id: request.tmdbId,
  tvdb_id: request.tvdbId ?? null,
  imdb_id: request.imdbId ?? null,
  is_4k: request.is4k,
  status: request.status,
  seasons: numbersOf(request.seasons),
  requested_by: {
    user_id: request.requestedBy.id,
    name: request.requestedBy.displayName,
    person: nameOf(request.requestedBy.personId),
  },
  media_id: media?.id ?? null,
  title: media?.title || null,
  requested_at: toIso(request.createdAt),
  hidden_since: isoOrNull(request.hiddenAt),
  gone_at: isoOrNull(request.goneAt),
});

const standingShape = ({ subordinate, state, reason, since, nextAt, failure, requests }: StandingThere) => ({
  subordinate,
  state: state ?? null,
  reason: reason ?? null,
  since: isoOrNull(since),
  next_at: isoOrNull(nextAt),
  error: failure?.message ?? null,
  requests: requests.map(replicaShape),
});

export const whereaboutsShape = (standings: readonly RequestStanding[]): Whereabouts =>
  standings.map(({ request, subordinates }) => ({
    ...aboutOf({ requestId: request.id, primaryId: request.upstreamId, fingerprint: fingerprintOf(request) }),
    status: request.status,
    seasons: numbersOf(request.seasons),
    gone: request.goneAt !== undefined,
    subordinates: subordinates.map(standingShape),
  }));

const changeShape = (change: PreviewedChange) => ({
  action: change.action,
  ...aboutOf(change),
  there: change.upstreamId ?? null,
  seasons: change.seasons ? [...change.seasons] : null,
  as: change.as ?? null,
  reason: change.reason,
});

/** Of those that nothing is done about, only those that somebody may wonder about. */
const WONDERED: readonly string[] = ['waiting', 'failed', 'unconfirmed', 'left', 'kept'];

const previewedShape = (seen: SubordinatePreview) =>
  seen.known
    ? {
        subordinate: seen.subordinate,
        known: true,
        reason: null,
        changes: seen.changes.map(changeShape),
        waiting: seen.standings
          .filter(({ state }) => WONDERED.includes(state))
          .map((standing) => ({ ...aboutOf(standing), state: standing.state, reason: standing.reason })),
        foreign: seen.foreign,
      }
    : { subordinate: seen.subordinate, known: false, reason: seen.reason, changes: [], waiting: [], foreign: 0 };

export const previewShape = ({ primary, requests, stopped, subordinates }: Preview): PreviewShown => ({
  primary,
  requests,
  stopped: stopped?.reason ?? null,
  subordinates: subordinates.map(previewedShape),
});

export const driftShape = ({ subordinate, inStep, differences, foreign }: Drift): DriftShown => ({
  subordinate,
  in_step: inStep,
  foreign,
  differences: differences.map((one) => ({
    kind: one.kind,
    ...aboutOf(one),
    primary: { status: one.primary.status, seasons: [...one.primary.seasons], gone: one.primary.gone },
    there: one.there.map(({ id, status, seasons }) => ({ id, status, seasons: [...seasons] })),
    reason: one.reason,
    planned: one.planned,
  })),
});

export const importedShape = (applied: boolean, config: ConfigImport | undefined, state: StateImport | undefined): Imported => ({
  applied,
  config: config
    ? {
        desks: config.desks.map((desk) => ({ ...desk })),
        options: [...config.options],
        notes: [...config.notes],
        faults: [...config.faults],
      }
    : null,
  state: state
    ? {
        linked: state.linked,
        skipped: state.skipped.map(({ fingerprint, subordinate, reason }) => ({ fingerprint, subordinate: subordinate ?? null, reason })),
      }
    : null,
});
