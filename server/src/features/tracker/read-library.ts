import {
  type AnimeType,
  type AnimeTypes,
  createTitleFacts,
  createTitleSheets,
  type EpisodePlace,
  type KnownEpisodes,
  type NativeEpisodes,
  type TitleFacts,
  type TitleSheet,
} from '#core/media/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';
import type { LibraryType } from './activities.ts';
import { type Cursor, createLibraryPages, type LibraryFilter, type LibraryRow } from './library-pages.store.ts';
import { createMemos, type Memo } from './memos.store.ts';
import { readShows, wholeOf } from './read-words.ts';
import type { KeptRewatch } from './rewatches.store.ts';
import type { RewatchedTitle, Rewatches } from './rewatches.ts';
import type { Database } from './stamps.store.ts';

/** What an answer shows beside the titles themselves. */
export type LibraryDetail = Readonly<{
  /** The watched episodes of each show. */
  episodes?: boolean;
  /** All that servers and sources tell of the titles. */
  facts?: boolean;
  /** How long the titles are, where that is known. */
  lengths?: boolean;
  /** Every episode that is known, watched or not, of shows for which an answer needs them. */
  knownEpisodes?: Readonly<{
    every?: boolean;
    /** Of those that are being watched, where one comes next. */
    next?: boolean;
    /** Of those that were completed as a whole, where not every episode was marked. */
    unmarked?: boolean;
  }>;
  /** The ids of watched episodes at this provider. */
  episodeIds?: string;
  memos?: boolean;
  /** Which sorts of series anime are. */
  animeTypes?: boolean;
  /** Where the episodes of anime are by TVDB. */
  tvdbPlaces?: boolean;
  /** The times that the person went through them again. */
  rewatches?: boolean;
}>;

/** A title of a library, with all that an answer shows of it. `number` is the one by which apps know it. */
export type LibraryItem = LibraryRow &
  Readonly<{
    media: Omit<TitleSheet, 'number'>;
    number: number;
    facts?: TitleFacts;
    length?: Duration;
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

type Titles = ReadonlyMap<MediaId, TitleSheet>;

const PAGE = 250;

type Optional = 'rating' | 'facts' | 'length' | 'known' | 'memo' | 'episodeIds' | 'animeType' | 'tvdbPlaces' | 'rewatches';

const idOf = (row: LibraryRow): MediaId => row.entry.mediaId;
const asksForEpisodes = ({ episodes, rewatches }: LibraryDetail): boolean => episodes === true || rewatches === true;
const when = async <T>(asked: boolean | undefined, read: () => Promise<T>): Promise<T | undefined> =>
  asked === true ? await read() : undefined;

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
  const sheets = createTitleSheets({ database });
  const facts = createTitleFacts({ database, clock });

  async function itemsOf(person: PersonId, rows: readonly LibraryRow[], detail: LibraryDetail): Promise<readonly LibraryItem[]> {
    if (rows.length === 0) return [];
    const titles = await sheets.of(rows.map(idOf));
    const more = await detailsOf(person, rows, titles, detail);
    return rows.flatMap((row): LibraryItem[] => {
      const id = idOf(row);
      const media = titles.get(id);
      if (media === undefined) return [];
      return [
        withDefined(
          { entry: row.entry, list: row.list, since: row.since, media, number: media.number },
          {
            rating: row.rating,
            facts: more.facts?.get(id),
            length: more.lengths?.get(media.id),
            known: more.episodes?.get(id),
            memo: more.memos?.get(id),
            episodeIds: more.episodeIds,
            animeType: more.types?.get(media.id),
            tvdbPlaces: more.places?.get(media.id),
            rewatches: more.rewatches?.get(id),
          },
        ),
      ];
    });
  }

  /** What is not asked for takes no statement. */
  async function detailsOf(person: PersonId, rows: readonly LibraryRow[], titles: Titles, detail: LibraryDetail) {
    const ids = rows.map(idOf);
    const shown = rows.filter((row) => needsKnown(row, detail)).map(idOf);
    const anime = rows.flatMap((row) => (row.entry.type === 'anime' ? (titles.get(idOf(row)) ?? []) : []));
    const provider = detail.episodeIds ?? '';
    const seen = provider === '' ? [] : rows.flatMap((row) => row.entry.episodes.map((one) => one.mediaId));
    return {
      memos: await when(detail.memos, () => createMemos(database).of(person, ids)),
      facts: await when(detail.facts, () => facts.of(ids)),
      lengths: await when(detail.lengths, () => facts.lengthsOf([...titles.values()])),
      episodes: await when(shown.length > 0, () => facts.episodesOf(shown)),
      episodeIds: await when(provider !== '', () => pages.ids(seen, provider)),
      types: await when(detail.animeTypes && anime.length > 0, () => animeTypes(anime)),
      places: await when(detail.tvdbPlaces && anime.length > 0, () => nativeEpisodes.tvdbOf(anime.map((one) => one.id))),
      rewatches: await when(detail.rewatches, () => rewatchesOf(person, rows, titles)),
    };
  }

  /** All that is out of a title has to be known, to tell whether somebody went through all of it. */
  async function rewatchesOf(person: PersonId, rows: readonly LibraryRow[], titles: Titles) {
    const now = clock.now();
    const isMovie = ({ entry }: LibraryRow): boolean => titles.get(entry.mediaId)?.kind === 'movie';
    const shows = rows.flatMap((row) => (isMovie(row) ? [] : row.entry.mediaId));
    const known = await readShows(facts, shows);
    return rewatches.of(
      person,
      rows.map((row): RewatchedTitle => {
        const { mediaId, episodes } = row.entry;
        const kind = isMovie(row) ? 'movie' : 'show';
        const media = kind === 'movie' ? [mediaId] : episodes.map((one) => one.mediaId);
        return { mediaId, media, since: row.since, whole: wholeOf({ kind, mediaId }, known, now) };
      }),
    );
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
          const rows = await pages.page(person, type, filter, { after, limit: PAGE, episodes: asksForEpisodes(detail) });
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

/** Episodes that are known are most of the reading where they are read at all, so only those shows are asked about that show them. */
function needsKnown({ entry, list }: LibraryRow, { knownEpisodes: of }: LibraryDetail): boolean {
  if (of === undefined || entry.type === 'movies') return false;
  if (of.every === true) return true;
  if (of.next === true && list === 'watching' && entry.nextToWatch !== undefined) return true;
  return of.unmarked === true && list === 'completed' && entry.watched < entry.total;
}

/** What is undefined stays absent. Written for a hundred thousand titles: a spread for each member would be most of the time. */
function withDefined(
  item: Omit<LibraryItem, Optional>,
  more: Readonly<{ [Name in Optional]: LibraryItem[Name] | undefined }>,
): LibraryItem {
  const whole: Record<string, unknown> = item;
  for (const name in more) {
    const value = more[name as Optional];
    if (value !== undefined) whole[name] = value;
  }
  return item;
}
