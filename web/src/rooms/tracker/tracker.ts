import { queryOptions } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { useAddress } from '../../kit/address.ts';

export type Listed = operations['app.listLibrary']['responses'][200]['content']['application/json']['items'][number];
export type UpNext = operations['app.listUpNext']['responses'][200]['content']['application/json'];
export type Steps = operations['app.getLibraryChart']['responses'][200]['content']['application/json']['steps'];
export type Report = operations['app.getHistoryReport']['responses'][200]['content']['application/json'];
export type Grant = operations['app.listGrants']['responses'][200]['content']['application/json'][number];

export const LISTS = ['watching', 'plantowatch', 'hold', 'completed', 'dropped'] as const;
export type ListName = (typeof LISTS)[number];
export const isList = (text: string): text is ListName => (LISTS as readonly string[]).includes(text);
/** A movie is watched in one sitting. */
export const MOVIE_LISTS: readonly ListName[] = ['plantowatch', 'completed', 'dropped'];
export const SHELVES = ['movies', 'shows', 'anime'] as const;
export type Shelf = (typeof SHELVES)[number];
export const isShelf = (text: string): text is Shelf => (SHELVES as readonly string[]).includes(text);

export const WINDOW = 50;

/** Whose tracker is shown: one's own, or, for those who run the house, anybody's by the address. */
export function useWhose() {
  const me = useMe();
  const [person, setPerson] = useAddress('person');
  const mayChoose = me !== undefined && runsTheHouse(me);
  return { person: mayChoose && person !== '' ? person : undefined, mayChoose, setPerson, own: me?.person ?? '' };
}

const withPerson = (person: string | undefined) => (person === undefined ? {} : { person });

export const peopleQuery = queryOptions({ queryKey: ['people'], queryFn: ({ signal }) => take(api.GET('/api/v1/people', { signal })) });

export const countsQuery = (person: string | undefined) =>
  queryOptions({
    queryKey: ['library', 'counts', person],
    queryFn: ({ signal }) => take(api.GET('/api/v1/library/counts', { params: { query: withPerson(person) }, signal })),
  });

export const upNextQuery = (person: string | undefined) =>
  queryOptions({
    queryKey: ['library', 'up-next', person],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/library/up-next', { params: { query: { ...withPerson(person), per_page: 50 } }, signal })),
  });

export const SORTS = ['changed', 'title', 'year', 'added', 'watched', 'rating', 'rated'] as const;
export type Sort = (typeof SORTS)[number];
export type ListWish = Readonly<{
  person: string | undefined;
  list: ListName;
  shelf: Shelf | undefined;
  text: string;
  sort: Sort;
  order: 'up' | 'down' | undefined;
}>;

export const windowQuery = ({ person, list, shelf, text, sort, order }: ListWish, page: number) =>
  queryOptions({
    queryKey: ['library', 'window', person, list, shelf, text, sort, order, page],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/library', {
          params: {
            query: {
              ...withPerson(person),
              list: [list],
              ...(shelf !== undefined && { shelf: [shelf] }),
              ...(text !== '' && { text }),
              ...(order !== undefined && { order }),
              sort,
              page,
              per_page: WINDOW,
            },
          },
          signal,
        }),
      ),
    placeholderData: (before) => before,
  });

export const playsQuery = (person: string | undefined, page: number) =>
  queryOptions({
    queryKey: ['plays', person, page],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/plays', { params: { query: { ...withPerson(person), page, per_page: WINDOW } }, signal })),
    placeholderData: (before) => before,
  });

export const statsQuery = (person: string | undefined) =>
  queryOptions({
    queryKey: ['library', 'stats', person],
    queryFn: ({ signal }) => take(api.GET('/api/v1/library/stats', { params: { query: withPerson(person) }, signal })),
  });

export type ChartWish = Readonly<{ person: string | undefined; step: 'day' | 'month' | 'year'; count: number; zone: string }>;
export const stepsQuery = ({ person, ...chart }: ChartWish) =>
  queryOptions({
    queryKey: ['library', 'steps', person, chart],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/library/stats/steps', { params: { query: { ...withPerson(person), ...chart } }, signal })),
  });

export const grantsQuery = (person: string | undefined) =>
  queryOptions({
    queryKey: ['grants', person],
    queryFn: ({ signal }) => take(api.GET('/api/v1/grants', { params: { query: withPerson(person) }, signal })),
  });
export const trackersQuery = (person: string | undefined) =>
  queryOptions({
    queryKey: ['trackers', person],
    queryFn: ({ signal }) => take(api.GET('/api/v1/trackers', { params: { query: withPerson(person) }, signal })),
  });

const at = (id: number, person: string | undefined) => ({ path: { id }, query: withPerson(person) });
export const putOnList = (id: number, list: ListName, person: string | undefined) =>
  take(api.PUT('/api/v1/titles/{id}/list', { params: at(id, person), body: { list } }));
export const takeOffList = (id: number, person: string | undefined) =>
  take(api.DELETE('/api/v1/titles/{id}/list', { params: at(id, person) }));
export const rate = (id: number, rating: number | null, person: string | undefined) =>
  rating === null
    ? take(api.DELETE('/api/v1/titles/{id}/rating', { params: at(id, person) }))
    : take(api.PUT('/api/v1/titles/{id}/rating', { params: at(id, person), body: { rating } }));
