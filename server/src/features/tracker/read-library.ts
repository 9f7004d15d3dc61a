import { createTitleFacts, createTitleSheets, type KnownEpisodes, type TitleSheet } from '#core/media/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';
import type { LibraryType } from './activities.ts';
import { type Cursor, createLibraryPages, type LibraryFilter, type LibraryRow } from './library-pages.store.ts';
import { createMemos, type Memo } from './memos.store.ts';
import type { Database } from './stamps.store.ts';

/** What an answer shows beside the titles themselves. */
export type LibraryDetail = Readonly<{
  /** The watched episodes of each show. */
  episodes?: boolean;
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
}>;

/** A title of a library, with all that an answer shows of it. `number` is the one by which apps know it. */
export type LibraryItem = LibraryRow &
  Readonly<{
    media: Omit<TitleSheet, 'number'>;
    number: number;
    length?: Duration;
    known?: KnownEpisodes;
    memo?: Memo;
    episodeIds?: ReadonlyMap<MediaId, string>;
  }>;

/** The shelf and a page of its titles. A page is never empty. */
export type LibraryPage = Readonly<{ type: LibraryType; items: readonly LibraryItem[] }>;

const PAGE = 250;

type Optional = 'rating' | 'length' | 'known' | 'memo' | 'episodeIds';

/** Behind everything of that day: what changed later comes. */
const behind = (at: Instant): Cursor => ({ at, mediaId: Number.MAX_SAFE_INTEGER });

export type LibraryReader = ReturnType<typeof createLibraryReader>;

/** Libraries as apps read them: page by page, so that a big one is never in memory as a whole. */
export function createLibraryReader({ database, clock }: Readonly<{ database: Database; clock: Clock }>) {
  const pages = createLibraryPages(database);
  const sheets = createTitleSheets({ database });
  const facts = createTitleFacts({ database, clock });

  async function itemsOf(person: PersonId, rows: readonly LibraryRow[], detail: LibraryDetail): Promise<readonly LibraryItem[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.entry.mediaId);
    const titles = await sheets.of(ids);
    const memos = detail.memos === true ? await createMemos(database).of(person, ids) : undefined;
    const lengths = detail.lengths === true ? await facts.lengthsOf([...titles.values()]) : undefined;
    const asked = rows.flatMap((row) => (needsKnown(row, detail) ? row.entry.mediaId : []));
    const episodes = asked.length > 0 ? await facts.episodesOf(asked) : undefined;
    const seen = rows.flatMap((row) => row.entry.episodes.map((one) => one.mediaId));
    const episodeIds = detail.episodeIds === undefined ? undefined : await pages.ids(seen, detail.episodeIds);
    return rows.flatMap((row): LibraryItem[] => {
      const id = row.entry.mediaId;
      const media = titles.get(id);
      if (media === undefined) return [];
      return [
        withDefined(
          { entry: row.entry, list: row.list, since: row.since, media, number: media.number },
          {
            rating: row.rating,
            length: lengths?.get(media.id),
            known: episodes?.get(id),
            memo: memos?.get(id),
            episodeIds,
          },
        ),
      ];
    });
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
          const rows = await pages.page(person, type, filter, { after, limit: PAGE, episodes: detail.episodes === true });
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
