import {
  type AnimeType,
  type AnimeTypes,
  createMediaGraph,
  createTitleFacts,
  createTitleNumbers,
  type EpisodePlace,
  type KnownEpisodes,
  type Media,
  type NativeEpisodes,
  type TitleFacts,
} from '#core/media/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import type { LibraryType } from './activities.ts';
import { type Cursor, createLibraryPages, type LibraryFilter, type LibraryRow } from './library-pages.store.ts';
import { createMemos, type Memo } from './memos.store.ts';
import { wholeShow } from './read-words.ts';
import type { KeptRewatch } from './rewatches.store.ts';
import type { RewatchedTitle, Rewatches } from './rewatches.ts';
import type { Database } from './stamps.store.ts';

/** What an answer shows beside the titles themselves. */
export type LibraryDetail = Readonly<{
  /** The watched episodes of each show. */
  episodes?: boolean;
  /** What is known of the titles. */
  facts?: boolean;
  /** Every episode that is known of each show, watched or not. */
  knownEpisodes?: boolean;
  /** The ids of watched episodes at this provider. */
  episodeIds?: string;
  memos?: boolean;
  /** Where the episodes of anime are by TVDB. */
  tvdbPlaces?: boolean;
  /** The times that the person went through them again. */
  rewatches?: boolean;
}>;

/** A title of a library, with all that an answer shows of it. `number` is the one by which apps know it. */
export type LibraryItem = LibraryRow &
  Readonly<{
    media: Media;
    number: number;
    facts?: TitleFacts;
    known?: KnownEpisodes;
    memo?: Memo;
    episodeIds?: ReadonlyMap<MediaId, string>;
    /** Of a series of anime: which sort it is. */
    animeType?: AnimeType;
    /** By season and number of ours. */
    tvdbPlaces?: ReadonlyMap<string, EpisodePlace>;
    /** The oldest first. */
    rewatches?: readonly KeptRewatch[];
  }>;

/** The shelf and a page of its titles. A page is never empty. */
export type LibraryPage = Readonly<{ type: LibraryType; items: readonly LibraryItem[] }>;

type Described = Readonly<{
  media: ReadonlyMap<number, Media>;
  episodes: ReadonlyMap<MediaId, KnownEpisodes> | undefined;
  known: ReadonlyMap<MediaId, TitleFacts> | undefined;
}>;

const PAGE = 500;
const asksForFacts = ({ facts, rewatches }: LibraryDetail): boolean => facts === true || rewatches === true;
const asksForAll = ({ knownEpisodes, rewatches }: LibraryDetail): boolean => knownEpisodes === true || rewatches === true;
const asksForEpisodes = ({ episodes, rewatches }: LibraryDetail): boolean => episodes === true || rewatches === true;

/** Behind everything of that day: what changed later comes. */
const behind = (at: Instant): Cursor => ({ at, mediaId: Number.MAX_SAFE_INTEGER });

export type LibraryReaderDeps = Readonly<{
  database: Database;
  clock: Clock;
  nativeEpisodes: Pick<NativeEpisodes, 'tvdbOf'>;
  animeTypes: AnimeTypes;
  rewatches: Pick<Rewatches, 'of'>;
}>;

export type LibraryReader = ReturnType<typeof createLibraryReader>;

/** Libraries as apps read them: page by page, so that a big one is never in memory as a whole. */
export function createLibraryReader({ database, clock, nativeEpisodes, animeTypes, rewatches }: LibraryReaderDeps) {
  const pages = createLibraryPages(database);
  const graph = createMediaGraph(database, { clock });
  const numbers = createTitleNumbers({ database });
  const facts = createTitleFacts({ database, clock });

  async function itemsOf(person: PersonId, rows: readonly LibraryRow[], detail: LibraryDetail): Promise<readonly LibraryItem[]> {
    const ids = rows.map((row) => row.entry.mediaId);
    const media = await graph.describe(ids);
    const given = await numbers.numbersOf(ids);
    const memos = detail.memos === true ? await createMemos(database).of(person, ids) : undefined;
    const known = asksForFacts(detail) ? await facts.of(ids) : undefined;
    const episodes = asksForAll(detail) ? await facts.episodesOf(ids) : undefined;
    const seen = rows.flatMap((row) => row.entry.episodes.map((one) => one.mediaId));
    const episodeIds = detail.episodeIds === undefined ? undefined : await pages.ids(seen, detail.episodeIds);
    const anime = rows.flatMap((row) => (row.entry.type === 'anime' ? (media.get(row.entry.mediaId) ?? []) : []));
    const types = anime.length === 0 ? undefined : await animeTypes(anime);
    const places = detail.tvdbPlaces === true ? await nativeEpisodes.tvdbOf(anime.map((one) => one.id)) : undefined;
    const again = detail.rewatches === true ? await rewatchesOf(person, rows, { media, episodes, known }) : undefined;
    return rows.flatMap((row): LibraryItem[] => {
      const id = row.entry.mediaId;
      const [described, number] = [media.get(id), given.get(id)];
      if (described === undefined || number === undefined) return [];
      const [fact, all, memo] = [known?.get(id), episodes?.get(id), memos?.get(id)];
      const [animeType, tvdbPlaces] = [types?.get(described.id), places?.get(described.id)];
      return [
        {
          ...row,
          media: described,
          number,
          ...(fact && { facts: fact }),
          ...(all && { known: all }),
          ...(memo && { memo }),
          ...(episodeIds && { episodeIds }),
          ...(animeType && { animeType }),
          ...(again && { rewatches: again.get(id) ?? [] }),
          ...(tvdbPlaces && { tvdbPlaces }),
        },
      ];
    });
  }

  /** All that is out of a title has to be known, to tell whether somebody went through all of it. */
  function rewatchesOf(person: PersonId, rows: readonly LibraryRow[], { media, episodes, known }: Described) {
    const now = clock.now();
    const titles = rows.map(({ entry, since }): RewatchedTitle => {
      const id = entry.mediaId;
      const isMovie = media.get(id)?.kind === 'movie';
      const all = episodes?.get(id);
      const whole = isMovie ? [id] : all && wholeShow(all, { now, status: known?.get(id)?.status });
      return { mediaId: id, media: isMovie ? [id] : entry.episodes.map((one) => one.mediaId), since, whole };
    });
    return rewatches.of(person, titles);
  }

  return {
    /** Shelf by shelf, in the order of changes; all of it, or what changed later than a day. What changes meanwhile may come twice, and nothing is left out. */
    async *library(
      person: PersonId,
      types: readonly LibraryType[],
      filter: LibraryFilter & Readonly<{ changedAfter?: Instant }>,
      detail: LibraryDetail,
    ): AsyncGenerator<LibraryPage, void, void> {
      for (const type of types) {
        let after = behind(filter.changedAfter ?? 0);
        for (;;) {
          const rows = await pages.page(person, type, filter, {
            after,
            limit: PAGE,
            episodes: asksForEpisodes(detail),
          });
          const items = await itemsOf(person, rows, detail);
          if (items.length > 0) yield { type, items };
          const last = rows.at(-1)?.entry;
          if (last === undefined || rows.length < PAGE) break;
          after = { at: last.modifiedAt, mediaId: last.mediaId };
        }
      }
    },

    /** The titles asked for, by id; what is not in the library is left out. */
    async titles(person: PersonId, media: readonly MediaId[], detail: LibraryDetail): Promise<ReadonlyMap<MediaId, LibraryItem>> {
      const rows = [...(await pages.of(person, media)).values()];
      return new Map((await itemsOf(person, rows, detail)).map((item) => [item.entry.mediaId, item]));
    },
  };
}
