import type { Account } from '#core/connections/index.ts';
import type { Copy, KnownEpisode, Media, MediaGraph, TitleFactDesk, TitleFacts } from '#core/media/index.ts';
import type { Request, Requests } from '#core/requests/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { TitleCard } from './browse-titles.store.ts';
import { type PlaceStanding, placesOf } from './place-standing.ts';
import { createStandings, type PartStanding } from './standing.store.ts';
import type { Database } from './title-cards.store.ts';
import type { Viewer } from './title-query.ts';
import type { Titles } from './titles.ts';

/** So much of one season a person has watched. */
export type SeasonStand = Readonly<{
  season: number;
  /** Episodes that are known, and those of them that somebody has. */
  episodes: number;
  held: number;
  people: readonly Readonly<{ personId: PersonId; watched: number }>[];
}>;

export type TitleDetail = Readonly<{
  media: Media;
  card: TitleCard;
  facts: TitleFacts | undefined;
  places: readonly PlaceStanding[];
  copies: readonly Copy[];
  seasons: readonly SeasonStand[];
  requests: readonly Request[];
  /** Of a movie: where each person stands in it. */
  standings: readonly PartStanding[];
}>;

export type EpisodeStand = Readonly<{
  episode: KnownEpisode;
  /** The servers that have it. */
  servers: readonly number[];
  standings: readonly PartStanding[];
}>;

export type TitlePagesDeps = Readonly<{
  database: Database;
  clock: Clock;
  graph: Pick<MediaGraph, 'describe' | 'copiesOf'>;
  facts: Pick<TitleFactDesk, 'of' | 'episodesOf'>;
  accounts(person?: PersonId): Promise<readonly Account[]>;
  people(): Promise<readonly Readonly<{ id: PersonId }>[]>;
  requests: Pick<Requests, 'ofMedia'>;
  titles: Pick<Titles, 'cards'>;
}>;

export type TitlePages = ReturnType<typeof createTitlePages>;

/** All that is known of one title, for the page that shows it. What concerns others only is left out of what a person sees. */
export function createTitlePages(deps: TitlePagesDeps) {
  const standings = createStandings(deps.database);

  async function seenBy({ person, everything }: Viewer): Promise<readonly PersonId[]> {
    return everything ? (await deps.people()).map((one) => one.id) : [person];
  }

  /** Throws `not-found`, also for a title that concerns only others. An id that was merged is the title that it became. */
  async function find(viewer: Viewer, id: number): Promise<Readonly<{ media: Media; card: TitleCard }>> {
    const media = (await deps.graph.describe([mediaId(id)])).get(id);
    const absent = (): AppError => new AppError('not-found', `There is no movie or show ${id} here.`);
    if (media?.kind !== 'movie' && media?.kind !== 'show') throw absent();
    let [card] = await deps.titles.cards([media.id], await seenBy(viewer));
    if (card === undefined) {
      // An import is under way, and its card is not made yet.
      const { title, year, createdAt: addedAt } = media;
      card = {
        id: media.id,
        kind: media.kind,
        title,
        ...(year !== undefined && { year }),
        addedAt,
        parts: 0,
        missingIds: false,
        places: [],
        stands: [],
      };
      if (!viewer.everything && (await deps.graph.copiesOf([media.id])).length === 0 && media.kind === 'movie') throw absent();
    } else if (!viewer.everything && card.places.length === 0 && card.stands.length === 0) throw absent();
    return { media, card };
  }

  async function partsOf(media: Media): Promise<readonly MediaId[]> {
    return media.kind === 'movie' ? [media.id] : (await standings.episodes(media.id)).map((one) => one.id);
  }

  return {
    find,
    seenBy,
    partsOf,

    async detail(viewer: Viewer, id: number): Promise<TitleDetail> {
      const { media, card } = await find(viewer, id);
      const people = await seenBy(viewer);
      const parts = await partsOf(media);
      const accounts = await deps.accounts(viewer.everything ? undefined : viewer.person);
      const places = placesOf({ accounts, shown: await standings.shown(parts), onServers: await standings.onServers(parts) });
      const requests = (await deps.requests.ofMedia([media.id])).get(media.id) ?? [];
      const mine = requests.filter((request) => viewer.everything || request.requestedBy.personId === viewer.person);
      const stands = await standings.standings(people, parts);
      return {
        media,
        card,
        facts: (await deps.facts.of([media.id])).get(media.id),
        places,
        copies: media.kind === 'movie' ? await deps.graph.copiesOf(parts) : [],
        seasons: media.kind === 'show' ? await seasonsOf(media, stands, people) : [],
        requests: mine,
        standings: media.kind === 'movie' ? stands : [],
      };
    },

    /** Throws `not-found` where nobody knows of an episode of that season. */
    async season(viewer: Viewer, id: number, season: number): Promise<Readonly<{ media: Media; episodes: readonly EpisodeStand[] }>> {
      const { media } = await find(viewer, id);
      const known = (await deps.facts.episodesOf([media.id])).get(media.id)?.episodes ?? [];
      const episodes = known.filter((episode) => episode.season === season);
      if (episodes.length === 0) throw new AppError('not-found', `Nobody knows of a season ${season} of ${media.title}.`);
      const held = episodes.flatMap((episode) => episode.mediaId ?? []);
      const stands = Map.groupBy(await standings.standings(await seenBy(viewer), held), (one) => one.mediaId);
      const copies = (await deps.graph.copiesOf(held)).filter((copy) => copy.goneAt === undefined);
      return {
        media,
        episodes: episodes.map((episode) => {
          const here = episode.mediaId;
          const servers = here === undefined ? [] : copies.filter((copy) => copy.mediaIds.includes(here)).map((copy) => copy.serverId);
          return { episode, servers: [...new Set(servers)], standings: here === undefined ? [] : (stands.get(here) ?? []) };
        }),
      };
    },

    /** The parts that a mark of the title, of one of its seasons, or of one episode means. Throws `not-found`. */
    async meant(viewer: Viewer, id: number, part: Readonly<{ season?: number; episode?: number }>): Promise<readonly MediaId[]> {
      const { media } = await find(viewer, id);
      if (media.kind === 'movie') return [media.id];
      const episodes = await standings.episodes(media.id);
      const regular = episodes.some((one) => one.season !== 0) ? episodes.filter((one) => one.season !== 0) : episodes;
      const meant =
        part.episode !== undefined
          ? episodes.filter((one) => one.id === part.episode)
          : part.season !== undefined
            ? episodes.filter((one) => one.season === part.season)
            : regular;
      if (meant.length === 0 && (part.episode !== undefined || part.season !== undefined)) {
        throw new AppError('not-found', `Nothing of ${media.title} that is meant is known here.`);
      }
      const aired = (await deps.facts.episodesOf([media.id])).get(media.id)?.episodes ?? [];
      const later = new Set(
        aired.flatMap((one) => (one.airedAt !== undefined && one.airedAt > deps.clock.now() ? (one.mediaId ?? []) : [])),
      );
      return meant.map((one) => one.id).filter((one) => part.episode !== undefined || !later.has(one));
    },
  };

  async function seasonsOf(media: Media, stands: readonly PartStanding[], people: readonly PersonId[]): Promise<readonly SeasonStand[]> {
    const known = (await deps.facts.episodesOf([media.id])).get(media.id)?.episodes ?? [];
    const watched = Map.groupBy(
      stands.filter((one) => one.watched),
      (one) => one.personId,
    );
    return [...Map.groupBy(known, (one) => one.season)].map(([season, episodes]) => {
      const ids = new Set(episodes.flatMap((one) => one.mediaId ?? []));
      return {
        season,
        episodes: episodes.length,
        held: ids.size,
        people: people.map((personId) => ({
          personId,
          watched: (watched.get(personId) ?? []).filter((one) => ids.has(one.mediaId)).length,
        })),
      };
    });
  }
}
