import type { Static } from 'typebox';
import type { Account } from '#core/connections/index.ts';
import type { EpisodeStand, PartStanding, StoryEntry, TitleCard, TitleCounts, TitleDetail } from '#features/titles/index.ts';
import type { ShownMarks } from '#features/watch-sync/index.ts';
import { toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import type { MarksShown, StoryEntryShown, TitleChips, TitlePage, TitleRow } from './contract-titles.ts';
import { mediumShape } from './media.shape.ts';

type Server = Account['server'];
export type Named = Readonly<{ person(id: number): string; server(id: number): Pick<Server, 'name' | 'type'>; desk(id: number): string }>;

export const rowShape = (card: TitleCard, requested: boolean, named: Named): TitleRow => ({
  id: card.id,
  kind: card.kind,
  title: card.title,
  year: card.year ?? null,
  added_at: toIso(card.addedAt),
  parts: card.parts,
  missing_ids: card.missingIds,
  requested,
  places: card.places.map(({ serverId, parts }) => ({ server_id: serverId, ...placeNames(named, serverId), parts })),
  people: card.stands.map((stand) => ({
    person: named.person(stand.personId),
    state: stand.state,
    watched: stand.watched,
    last_watched_at: isoOrNull(stand.lastWatchedAt),
    rating: stand.rating ?? null,
    list: stand.list ?? null,
    differs: stand.differs,
  })),
});

const placeNames = (named: Named, id: number) => {
  const { name, type } = named.server(id);
  return { name, type };
};

export const chipsShape = (
  { missingIds, ...counts }: TitleCounts,
  requested: number,
  places: ReadonlyMap<number, number>,
  named: Named,
): Static<typeof TitleChips> => ({
  ...counts,
  missing_ids: missingIds,
  requested,
  places: [...places].map(([id, titles]) => ({ server_id: id, ...placeNames(named, id), titles })),
});

export const standingShape = (one: PartStanding, named: Named) => ({
  person: named.person(one.personId),
  watched: one.watched,
  changed_at: toIso(one.changedAt),
  position_ms: one.positionMs,
  position_at: isoOrNull(one.positionAt),
});

export const titlePageShape = (detail: TitleDetail, showPaths: boolean, named: Named): Static<typeof TitlePage> => {
  const { facts } = detail;
  return {
    title: mediumShape(detail.media),
    row: rowShape(detail.card, detail.requests.length > 0, named),
    overview: facts?.overview ?? null,
    runtime_ms: facts?.runtimeMs ?? null,
    released_at: isoOrNull(facts?.releasedAt),
    status: facts?.status ?? null,
    genres: [...(facts?.genres ?? [])],
    places: detail.places.map(({ server, parts, cells }) => ({
      server_id: server.id,
      name: server.name,
      type: server.type,
      parts,
      cells: cells.map((cell) => ({
        person: named.person(cell.personId),
        account: cell.account.name,
        state: cell.state,
        watched: cell.watched,
        parts: cell.parts,
        known_at: isoOrNull(cell.knownAt),
        last: cell.last ?? null,
      })),
    })),
    copies: detail.copies.map((copy) => ({
      id: copy.id,
      server_id: copy.serverId,
      path: showPaths ? (copy.path ?? null) : null,
      size: copy.size ?? null,
      resolution: copy.resolution ?? null,
      added_at: isoOrNull(copy.addedAt),
      gone_at: isoOrNull(copy.goneAt),
    })),
    standings: detail.standings.map((one) => standingShape(one, named)),
    seasons: detail.seasons.map(({ people, ...season }) => ({
      ...season,
      people: people.map(({ personId, watched }) => ({ person: named.person(personId), watched })),
    })),
    requests: detail.requests.map((request) => ({
      id: request.id,
      desk_id: request.deskId,
      desk: named.desk(request.deskId),
      status: request.status,
      is_4k: request.is4k,
      requested_by: request.requestedBy.displayName,
      person: request.requestedBy.personId === undefined ? null : named.person(request.requestedBy.personId),
      requested_at: toIso(request.createdAt),
    })),
  };
};

export const episodeShape = ({ episode, servers, standings }: EpisodeStand, named: Named) => ({
  id: episode.mediaId ?? null,
  season: episode.season,
  number: episode.number,
  title: episode.title ?? null,
  aired_at: isoOrNull(episode.airedAt),
  runtime_ms: episode.runtimeMs ?? null,
  server_ids: [...servers],
  standings: standings.map((one) => standingShape(one, named)),
});

export const storyShape = (entry: StoryEntry, named: Named): Static<typeof StoryEntryShown> => {
  const { detail, why, place } = entry;
  return {
    id: entry.id,
    kind: entry.kind,
    at: isoOrNull(entry.at),
    from: isoOrNull(entry.from),
    ours: entry.isOurs,
    person: entry.personId === undefined ? null : named.person(entry.personId),
    place: place ? { name: place.name, type: place.type, server_id: place.serverId ?? null } : null,
    episodes: entry.parts.map(({ id, season, number, title }) => ({ id, season: season ?? null, number: number ?? null, title })),
    detail: detailShape(detail),
    why: {
      rule: why.rule,
      facts: why.facts.map(({ at, ...fact }) => ({ ...fact, at: isoOrNull(at) })),
      asked_by: why.askedBy,
    },
  };
};

type Detail = StoryEntry['detail'];

const detailShape = (detail: Detail): Static<typeof StoryEntryShown>['detail'] => {
  const told = <K extends keyof Detail>(name: K) => detail[name] ?? null;
  const when = (name: 'learnedAt' | 'since') => isoOrNull(detail[name]);
  return {
    how: told('how'),
    learned_at: when('learnedAt'),
    date_unknown: detail.dateUnknown === true,
    position_ms: told('positionMs'),
    action: told('action'),
    before: detail.before ? { watched: detail.before.watched, position_ms: detail.before.positionMs } : null,
    outcome: told('outcome'),
    fault: told('fault'),
    since: when('since'),
    attempts: told('attempts'),
    rating: told('rating'),
    list: told('list'),
    resolution: told('resolution'),
    size: told('size'),
    path: told('path'),
    status: told('status'),
    is_4k: told('is4k'),
    seasons: detail.seasons ? [...detail.seasons] : null,
    other: told('other'),
    by: told('by'),
    settled: told('settled'),
    reference: told('reference'),
  };
};

export const marksShape = (shown: ShownMarks, person: string, watched: boolean): Static<typeof MarksShown> => ({
  person,
  watched,
  titles: shown.changed.length,
  already: shown.already,
  places: shown.places.map(({ account, changes, left, held, knownAt }) => ({
    account: account.name,
    server_id: account.server.id,
    name: account.server.name,
    type: account.server.type,
    changes,
    held: held ?? null,
    known_at: isoOrNull(knownAt),
    left: [...left].map(([reason, count]) => ({ reason, count })),
  })),
});
