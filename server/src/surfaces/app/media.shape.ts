import type { Media, MediaConflict } from '#core/media/index.ts';
import type { HistoryEntry } from '#core/viewing/index.ts';
import { toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import type { HistoryEntry as HistoryShown, Medium } from './contract.ts';

export const mediumShape = ({ id, kind, title, year, season, episode, show, ids }: Media): Medium => ({
  id,
  kind,
  title,
  year: year ?? null,
  season: season ?? null,
  episode: episode ?? null,
  series: show ? { id: show.id ?? null, title: show.title, year: show.year ?? null, ids: { ...show.ids } } : null,
  ids: { ...ids },
});

export const conflictShape = (conflict: MediaConflict) => {
  const { copy } = conflict;
  return {
    id: conflict.id,
    kind: conflict.kind,
    reason: conflict.reason,
    copy: copy ? { id: copy.id, server_id: copy.serverId, upstream_id: copy.upstreamId, title: copy.title, path: copy.path ?? null } : null,
    place: conflict.place,
    candidates: conflict.candidates.map(mediumShape),
    created_at: toIso(conflict.createdAt),
    resolved_at: isoOrNull(conflict.resolvedAt),
    resolution: conflict.resolution ?? null,
  };
};

export const historyShape = (
  { media, viewing, via, reports, silent, plays }: HistoryEntry,
  accountName: (id: number | undefined) => string | null,
): HistoryShown => ({
  title: mediumShape(media),
  watched: viewing.watched,
  changed_at: toIso(viewing.changedAt),
  unwatched_at: isoOrNull(viewing.unwatchedAt),
  position_ms: viewing.positionMs,
  position_at: isoOrNull(viewing.positionAt),
  event: viewing.event ?? null,
  via: via?.name ?? null,
  reports: reports.map(({ account, copy, observation }) => ({
    account: account.name,
    upstream_id: copy.upstreamId,
    watched: observation.played,
    play_count: observation.playCount ?? null,
    last_played_at: isoOrNull(observation.lastPlayedAt),
    position_ms: observation.positionMs,
    seen_at: toIso(observation.at),
    path: copy.path ?? null,
    gone_at: isoOrNull(copy.goneAt),
  })),
  silent: silent.map((account) => account.name),
  plays: plays.map(({ at, accountId, how }) => ({ at: isoOrNull(at), account: accountName(accountId), how: how ?? null })),
});
