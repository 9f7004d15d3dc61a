import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ListName } from '#core/viewing/index.ts';
import type { LibraryDetail, LibraryItem, LibraryType, Tracker } from '#features/tracker/index.ts';
import { isRecord } from '#kernel/json.ts';
import { type LibraryView, libraryEntries } from './library.shape.ts';
import { listOfWord } from './list-words.ts';
import { callerOf, type SimklApp } from './simkl.auth.ts';
import type { SimklScope } from './simkl-scope.ts';
import { streamLibrary } from './stream-library.ts';
import { dateOf, isYes, toldText } from './told-title.ts';

export type AllItemsRoutesDeps = Readonly<{ tracker: Pick<Tracker, 'library'> }>;

const SHELVES: readonly LibraryType[] = ['shows', 'anime', 'movies'];

const wordIn = (query: Readonly<Record<string, unknown>>, name: string): string | undefined => toldText(query[name])?.toLowerCase();

/** What the parameters of an address ask to see. Those that nobody knows are passed over. */
export function viewOf(query: Readonly<Record<string, unknown>>, app: Pick<SimklApp, 'dialect'>): LibraryView {
  const extended = wordIn(query, 'extended');
  const full = extended?.startsWith('full') === true;
  const asks = (name: string): boolean => isYes(query[name]);
  const all = wordIn(query, 'include_all_episodes');
  return {
    app,
    ...(extended === 'ids_only' && { ids: 'all' as const }),
    ...(extended === 'simkl_ids_only' && { ids: 'own' as const }),
    full,
    tvdbSeasons: extended === 'full_anime_seasons',
    watchedAt: full && asks('episode_watched_at'),
    allEpisodes: full && (all === 'yes' || all === 'original') ? all : 'no',
    tvdbIds: full && asks('episode_tvdb_id'),
    runtimes: full && asks('episode_runtime'),
    nextInfo: asks('next_watch_info'),
    memos: asks('memos'),
    rewatches: asks('allow_rewatch'),
  };
}

/** What has to be read for a view, and no more. */
export const detailOf = (view: LibraryView): LibraryDetail => ({
  episodes: view.full,
  lengths: view.full,
  knownEpisodes: { every: view.runtimes, next: view.nextInfo, unmarked: view.allEpisodes === 'yes' },
  memos: view.memos,
  animeTypes: view.ids === undefined,
  tvdbPlaces: view.tvdbSeasons,
  rewatches: view.rewatches && view.ids === undefined,
  ...(view.tvdbIds && { episodeIds: 'tvdb' }),
});

type Place = Readonly<{ types: readonly LibraryType[]; named?: LibraryType; list?: ListName; isNowhere: boolean }>;

/** Both parts of the path may be left out; a list in the first place is that list of every shelf. */
export function placeOf(first: string | undefined, second: string | undefined): Place {
  const named = SHELVES.find((type) => type === first?.toLowerCase());
  const word = named === undefined && first !== undefined && listOfWord(first) !== undefined ? first : second;
  const isAll = word === undefined || word === '' || word.toLowerCase() === 'all';
  const list = isAll ? undefined : listOfWord(word);
  return {
    types: named === undefined ? SHELVES : [named],
    ...(named && { named }),
    ...(list && { list }),
    isNowhere: !isAll && list === undefined,
  };
}

/** Older apps are used to null for nothing, newer ones to the shelf that they asked for. */
export const emptyAnswer = (named: LibraryType | undefined, { dialect }: Pick<SimklApp, 'dialect'>): string =>
  dialect === 'legacy' ? 'null' : named === undefined ? '{}' : `{"${named}":[]}`;

/** The library, or what changed of it since a day. */
export function allItemsRoutes(app: SimklScope, { tracker }: AllItemsRoutesDeps): void {
  async function answer(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const caller = callerOf(request);
    const { type, status } = request.params as { type?: string; status?: string };
    const query = isRecord(request.query) ? request.query : {};
    const place = placeOf(type, status);
    const changedAfter = dateOf('?date_from', query.date_from);
    const view = viewOf(query, caller.app);
    const empty = emptyAnswer(place.named, caller.app);
    reply.type('application/json; charset=utf-8');
    if (place.isNowhere) return reply.send(empty);
    const filter = { ...(place.list && { list: place.list }), ...(changedAfter !== undefined && { changedAfter }) };
    const pages = tracker.library(caller.personId, place.types, filter, detailOf(view));
    const filmsAlone = wordIn(query, 'anime_type') === 'movies';
    return reply.send(streamLibrary(filmsAlone ? onlyFilms(pages) : pages, (item) => libraryEntries(item, view), empty));
  }

  for (const url of ['/sync/all-items', '/sync/all-items/:type', '/sync/all-items/:type/:status']) {
    app.route({
      method: ['GET', 'POST'],
      url,
      schema: {
        operationId: `simkl.allItems${url.split(':').length - 1}`,
        summary: 'The library, or what changed of it',
        tags: ['simkl/sync'],
      },
      handler: answer,
    });
  }

  // The original has nothing at this address, and answers apps that ask there all the same.
  app.get('/sync/anime', { schema: { hide: true } }, async (_request, reply) => reply.type('application/json; charset=utf-8').send('null'));
}

async function* onlyFilms(pages: AsyncIterable<{ type: LibraryType; items: readonly LibraryItem[] }>) {
  for await (const { type, items } of pages) {
    const films = items.filter((item) => type !== 'anime' || item.media.kind === 'movie');
    if (films.length > 0) yield { type, items: films };
  }
}
