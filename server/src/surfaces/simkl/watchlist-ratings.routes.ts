import { Readable } from 'node:stream';
import { Type } from '@fastify/type-provider-typebox';
import type { ListName } from '#core/viewing/index.ts';
import type { LibraryItem, LibraryType, Tracker } from '#features/tracker/index.ts';
import { isRecord } from '#kernel/json.ts';
import { listOfWord } from './list-words.ts';
import { callerOf } from './simkl.auth.ts';
import { refusal } from './simkl.errors.ts';
import type { SimklScope } from './simkl-scope.ts';
import { ratingOf } from './titles.shape.ts';
import { toldText } from './told-title.ts';

export type WatchlistRatingRoutesDeps = Readonly<{ tracker: Pick<Tracker, 'library'> }>;

const SHELVES: Readonly<Record<string, LibraryType>> = { movies: 'movies', shows: 'shows', tv: 'shows', anime: 'anime' };
const TITLE_SHELF = { movies: 'movie', shows: 'show', anime: 'anime' } as const;

/** Several with commas; `all`, or nothing, is every list. A word that is none names no list. */
function listsIn(text: string | undefined): ReadonlySet<ListName> | 'all' {
  const words = text?.split(',').map((word) => word.trim().toLowerCase()) ?? [];
  return words.length === 0 || words.includes('all') ? 'all' : new Set(words.flatMap((word) => listOfWord(word) ?? []));
}

/** What others think of the titles on a person's lists: one flat list, in the order of changes. */
export function watchlistRatingRoutes(app: SimklScope, { tracker }: WatchlistRatingRoutesDeps): void {
  app.get(
    '/ratings/:type',
    {
      schema: {
        operationId: 'simkl.watchlistRatings',
        summary: 'What others think of what is on the person’s lists',
        tags: ['simkl/titles'],
        params: Type.Object({ type: Type.String({ maxLength: 100 }) }),
      },
    },
    async (request, reply) => {
      const { personId } = callerOf(request);
      const word = request.params.type.toLowerCase();
      const type = Object.hasOwn(SHELVES, word) ? SHELVES[word] : undefined;
      if (type === undefined) throw refusal('url_failed', 'There are ratings of movies, shows and anime.');
      const query = isRecord(request.query) ? request.query : {};
      const lists = listsIn(toldText(query.user_watchlist));
      const fields = toldText(query.fields);
      const shown = ({ entry, media, number, facts }: LibraryItem): string =>
        JSON.stringify(ratingOf({ id: media.id, media, number, shelf: TITLE_SHELF[entry.type], facts: facts ?? { sources: [] } }, fields));
      const pages = tracker.library(personId, [type], {}, { facts: true });
      return reply.type('application/json; charset=utf-8').send(Readable.from(listOf(pages, lists, shown), { objectMode: false }));
    },
  );
}

async function* listOf(
  pages: ReturnType<Tracker['library']>,
  lists: ReadonlySet<ListName> | 'all',
  shown: (item: LibraryItem) => string,
): AsyncGenerator<string, void, void> {
  let begun = false;
  for await (const { items } of pages) {
    const own = items.filter((item) => lists === 'all' || lists.has(item.list));
    if (own.length === 0) continue;
    yield `${begun ? ',' : '['}${own.map(shown).join(',')}`;
    begun = true;
  }
  yield begun ? ']' : '[]';
}
