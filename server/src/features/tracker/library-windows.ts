import { createMediaGraph, createTitleFacts, type KnownEpisode, type Media } from '#core/media/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { createLibraryWindows, type RatingCount, type ShelfCount, type WindowRow, type WindowWish } from './library-windows.store.ts';
import { createMemos, type Memo } from './memos.store.ts';
import type { Database } from './stamps.store.ts';

/** A title of a library as a list shows it. */
export type ListedTitle = WindowRow & Readonly<{ media: Media; memo?: Memo }>;

/** A show with the episode that comes next: what is known of it beside its numbers. */
export type NextUp = ListedTitle & Readonly<{ episode?: KnownEpisode }>;

export type LibraryWindow<Title> = Readonly<{ items: readonly Title[]; total: number }>;

export type LibraryView = ReturnType<typeof createLibraryView>;

/** How many announced shows are worth telling of. */
const COMING = 20;

/** A library as its person looks at it: windows of lists, what to watch next, and how much there is of everything. */
export function createLibraryView({ database, clock }: Readonly<{ database: Database; clock: Clock }>) {
  const windows = createLibraryWindows(database);
  const graph = createMediaGraph(database, { clock });
  const facts = createTitleFacts({ database, clock });

  async function listed(person: PersonId, rows: readonly WindowRow[]): Promise<readonly ListedTitle[]> {
    const ids = rows.map((row) => row.mediaId);
    const [media, memos] = await Promise.all([graph.describe(ids), createMemos(database).of(person, ids)]);
    return rows.flatMap((row): ListedTitle[] => {
      const [described, memo] = [media.get(row.mediaId), memos.get(row.mediaId)];
      return described === undefined ? [] : [{ ...row, media: described, ...(memo && { memo }) }];
    });
  }

  async function withEpisodes(
    titles: readonly ListedTitle[],
    pick: (title: ListedTitle, one: KnownEpisode) => boolean,
  ): Promise<readonly NextUp[]> {
    const known = await facts.episodesOf(titles.map((title) => title.mediaId));
    return titles.map((title) => {
      const episode = known.get(title.mediaId)?.episodes.find((one) => pick(title, one));
      return { ...title, ...(episode && { episode }) };
    });
  }

  return {
    async window(person: PersonId, wish: WindowWish): Promise<LibraryWindow<ListedTitle>> {
      const { rows, total } = await windows.window(person, wish);
      return { items: await listed(person, rows), total };
    },

    /** Of each show that is being watched the next episode, and what is announced of the rest. */
    async upNext(
      person: PersonId,
      page: Readonly<{ offset: number; limit: number }>,
    ): Promise<LibraryWindow<NextUp> & Readonly<{ coming: readonly NextUp[] }>> {
      const { rows, total } = await windows.upNext(person, page);
      const coming = await windows.coming(person, clock.now(), COMING);
      return {
        items: await withEpisodes(
          await listed(person, rows),
          ({ nextToWatch: next }, one) => next !== undefined && one.season === next.season && one.number === next.number,
        ),
        total,
        coming: await withEpisodes(await listed(person, coming), ({ nextAirAt }, one) => one.season > 0 && one.airedAt === nextAirAt),
      };
    },

    counts: (person: PersonId): Promise<readonly ShelfCount[]> => windows.counts(person),
    ratings: (person: PersonId): Promise<readonly RatingCount[]> => windows.ratings(person),
  };
}
