import type { Account } from '#core/connections/index.ts';
import type { Copy, MediaGraph } from '#core/media/index.ts';
import type { Requests } from '#core/requests/index.ts';
import { createLists, createRatings } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import { foldStory } from './fold-story.ts';
import { createStandings } from './standing.store.ts';
import type { StoryEntry, StoryPart, StoryPlace } from './story-entry.ts';
import type { ShelfFact, ToldChange, WaitingChange } from './story-facts.ts';
import { tellStory } from './tell-story.ts';
import type { TitlePages, TitlePagesDeps } from './title-page.ts';
import type { Viewer } from './title-query.ts';

export type StoriesDeps = TitlePagesDeps &
  Readonly<{
    pages: TitlePages;
    graph: Pick<MediaGraph, 'describe' | 'copiesOf'>;
    requests: Pick<Requests, 'ofMedia'>;
    servers(): Promise<readonly Account['server'][]>;
    /** Request desks by their id. */
    deskNames(): Promise<ReadonlyMap<number, string>>;
    /** What servers were told of these copies, and what they still have to be. */
    tellingsOf(
      accounts: readonly Account[],
      copies: readonly Copy[],
    ): Promise<Readonly<{ told: readonly ToldChange[]; waiting: readonly WaitingChange[] }>>;
  }>;

export type StoryPage = Readonly<{
  /** Only what concerns this person, beside what concerns everybody. */
  person?: PersonId;
  /** Only what Usherr did or will do. */
  oursOnly?: boolean;
  offset: number;
  limit: number;
}>;

export type Story = Readonly<{ future: readonly StoryEntry[]; past: readonly StoryEntry[]; total: number; now: number }>;

export type Stories = Readonly<{
  /** `future` is told whole, `past` in pages; `total` are those of the past. Throws `not-found`. */
  of(viewer: Viewer, id: number, page: StoryPage): Promise<Story>;
}>;

/** A title's story on one time line, from whatever room knows a part of it. */
export function createStories(deps: StoriesDeps): Stories {
  const { database, clock, graph, facts, pages } = deps;
  const standings = createStandings(database);

  async function shelvesOf(people: readonly PersonId[], media: MediaId): Promise<readonly ShelfFact[]> {
    const all: ShelfFact[] = [];
    for (const personId of people) {
      const rating = (await createRatings(database).of(personId, [media])).get(media);
      const list = (await createLists(database).of(personId, [media])).get(media);
      if (rating === undefined && list === undefined) continue;
      all.push({
        personId,
        ...(rating && { rating: { value: rating.rating, at: rating.ratedAt } }),
        ...(list && { list: { name: list.list, at: list.changedAt } }),
      });
    }
    return all;
  }

  return {
    async of(viewer, id, { person, oursOnly, offset, limit }) {
      const { media } = await pages.find(viewer, id);
      const people = await pages.seenBy(viewer);
      const episodes = media.kind === 'show' ? await standings.episodes(media.id) : [];
      const parts = media.kind === 'movie' ? [media.id] : episodes.map((one) => one.id);
      const copies = await graph.copiesOf(parts);
      const accounts = await deps.accounts(viewer.everything ? undefined : viewer.person);
      const servers = new Map<number, StoryPlace>(
        (await deps.servers()).map((server) => [server.id, { name: server.name, type: server.type, serverId: server.id }]),
      );
      const requested = (await deps.requests.ofMedia([media.id])).get(media.id) ?? [];
      const about = viewer.everything
        ? await standings.conflicts(
            [media.id],
            copies.map((copy) => copy.id),
          )
        : [];
      const told = tellStory({
        media,
        parts: new Map<MediaId, StoryPart>(episodes.map((one) => [one.id, one])),
        now: clock.now(),
        accounts,
        servers,
        copies,
        showPaths: viewer.everything,
        plays: await standings.plays(people, parts),
        standings: await standings.standings(people, parts),
        ...(await deps.tellingsOf(accounts, copies)),
        requests: requested.filter((one) => viewer.everything || one.requestedBy.personId === viewer.person),
        desks: await deps.deskNames(),
        shelves: await shelvesOf(people, media.id),
        conflicts: about,
        merges: await standings.merges(media.id),
        episodes: media.kind === 'show' ? ((await facts.episodesOf([media.id])).get(media.id)?.episodes ?? []) : [],
      });
      const wanted = told
        .filter((entry) => oursOnly !== true || entry.isOurs)
        .filter((entry) => person === undefined || entry.personId === undefined || entry.personId === person);
      const future = foldStory(wanted.filter((entry) => entry.isFuture));
      const past = foldStory(wanted.filter((entry) => !entry.isFuture));
      return { future, past: past.slice(offset, offset + limit), total: past.length, now: clock.now() };
    },
  };
}
