import type { Requests } from '#core/requests/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { TitleCard } from './browse-titles.store.ts';
import type { TitlePages } from './title-page.ts';
import type { TitleCounts, TitleFilter, TitlePage, Viewer } from './title-query.ts';
import type { Titles } from './titles.ts';

/** Of what was asked for, a person sees their own. */
export type LookFilter = Omit<TitleFilter, 'among' | 'notAmong'> & Readonly<{ requested?: boolean }>;

export type LookDeps = Readonly<{
  titles: Pick<Titles, 'list' | 'counts' | 'places'>;
  pages: Pick<TitlePages, 'seenBy'>;
  requests: Pick<Requests, 'requestedMedia'>;
}>;

export type TitleLook = ReturnType<typeof createTitleLook>;

/** Titles as somebody looks through them, together with what is asked for. */
export function createTitleLook({ titles, pages, requests }: LookDeps) {
  const requestedBy = async ({ person, everything }: Viewer): Promise<ReadonlySet<MediaId>> =>
    new Set(await requests.requestedMedia(everything ? undefined : person));

  const narrowed = ({ requested, ...filter }: LookFilter, asked: ReadonlySet<MediaId>): TitleFilter => ({
    ...filter,
    ...(requested === true && { among: [...asked] }),
    ...(requested === false && { notAmong: [...asked] }),
  });

  return {
    async list(viewer: Viewer, filter: LookFilter, page: TitlePage) {
      const asked = await requestedBy(viewer);
      const { cards, total } = await titles.list(viewer, narrowed(filter, asked), page, await pages.seenBy(viewer));
      return { rows: cards.map((card): LookRow => ({ card, requested: asked.has(card.id) })), total };
    },

    async counts(viewer: Viewer, filter: LookFilter): Promise<TitleCounts & Readonly<{ requested: number }>> {
      const asked = await requestedBy(viewer);
      const counts = await titles.counts(viewer, narrowed(filter, asked));
      if (filter.requested === false || asked.size === 0) return { ...counts, requested: 0 };
      const requested = filter.requested === true ? counts : await titles.counts(viewer, narrowed({ ...filter, requested: true }, asked));
      return { ...counts, requested: requested.total };
    },

    places: titles.places,
  };
}

export type LookRow = Readonly<{ card: TitleCard; requested: boolean }>;
