import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';
import { meQuery, runsTheHouse } from '../../api/session.ts';
import { useAddress } from '../../kit/address.ts';

type Answer<T extends keyof operations> = operations[T] extends { responses: { 200: { content: { 'application/json': infer Body } } } }
  ? Body
  : never;
export type TitleRow = Answer<'app.listTitles'>['items'][number];
export type TitleChips = Answer<'app.countTitles'>;
export type TitlePage = Answer<'app.getTitle'>;
export type SeasonPage = Answer<'app.getSeason'>;
export type Story = Answer<'app.getStory'>;
export type StoryEntry = Story['items'][number];
export type MarksShown = Answer<'app.showMarks'>;
export type Narrowing = NonNullable<operations['app.countTitles']['parameters']['query']>;
export type Sort = NonNullable<operations['app.listTitles']['parameters']['query']>['sort'];

/** Everything that the address of the list can say, by its name there. */
const NAMES = ['person', 'text', 'kind', 'state', 'differs', 'requested', 'list', 'rated', 'ids', 'place', 'watched', 'unwatched'] as const;
export type FilterName = (typeof NAMES)[number];

/** What the list is narrowed down to, as its address has it. */
export function useTitleFilter() {
  const told = Object.fromEntries(NAMES.map((name) => [name, useAddress(name)])) as Record<FilterName, ReturnType<typeof useAddress>>;
  const value = (name: FilterName) => told[name][0];
  const yes = (name: FilterName) => (value(name) === '' ? undefined : value(name) !== '0');
  const text = (name: FilterName) => value(name) || undefined;
  const place = Number(value('place'));
  const query = {
    person: text('person'),
    text: text('text'),
    kind: text('kind'),
    state: text('state'),
    differs: yes('differs'),
    requested: yes('requested'),
    list: text('list'),
    rated: yes('rated'),
    missing_ids: yes('ids'),
    place: place > 0 ? place : undefined,
    watched_by: text('watched'),
    unwatched_by: text('unwatched'),
  };
  const narrowing = Object.fromEntries(Object.entries(query).filter(([, one]) => one !== undefined)) as Narrowing;
  return { narrowing, value, set: (name: FilterName, next: string) => told[name][1](next) };
}

/** So many rows come in one answer. */
export const WINDOW = 100;

type Order = Readonly<{ sort: Sort; order: 'asc' | 'desc' | undefined }>;

const windowQuery = (narrowing: Narrowing, { sort, order }: Order, index: number) =>
  queryOptions({
    queryKey: ['titles', 'window', narrowing, sort, order ?? '', index],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/titles', {
          signal,
          params: { query: { ...narrowing, sort, ...(order && { order }), offset: index * WINDOW, limit: WINDOW } },
        }),
      ),
    // Back from a title, the list stands where it stood.
    staleTime: 60_000,
  });

/** The windows that the eye is on; `at` answers a row of the whole list, undefined while it is read. */
export function useTitleWindows(narrowing: Narrowing, order: Order, first: number, last: number) {
  const from = Math.floor(Math.max(0, first) / WINDOW);
  const until = Math.floor(Math.max(first, last, 0) / WINDOW);
  const indexes = Array.from({ length: until - from + 1 }, (_, index) => from + index);
  const windows = useQueries({ queries: indexes.map((index) => windowQuery(narrowing, order, index)) });
  const byIndex = new Map(indexes.map((index, at) => [index, windows[at]]));
  return {
    at: (index: number): TitleRow | undefined => byIndex.get(Math.floor(index / WINDOW))?.data?.items[index % WINDOW],
    error: windows.find((window) => window.error && !window.data)?.error,
    again: () => windows.forEach((window) => void (window.error && window.refetch())),
  };
}

/** The first window, which also says how many there are. */
export const useTitleTotal = (narrowing: Narrowing, order: Order) => useQuery(windowQuery(narrowing, order, 0));

export const useTitleChips = (narrowing: Narrowing) =>
  useQuery({
    queryKey: ['titles', 'counts', narrowing],
    queryFn: ({ signal }) => take(api.GET('/api/v1/titles/counts', { signal, params: { query: narrowing } })),
    staleTime: 60_000,
  });

export const usePeople = () =>
  useQuery({ queryKey: ['people'], queryFn: ({ signal }) => take(api.GET('/api/v1/people', { signal })), staleTime: 60_000 });

/** Who looks, and the names by which people are shown. */
export function useWho() {
  const me = useQuery(meQuery).data;
  const people = usePeople().data ?? [];
  const named = new Map(people.map((person) => [person.name, person.display_name]));
  return {
    me: me?.person ?? 'main',
    runs: me !== undefined && runsTheHouse(me),
    people,
    nameOf: (person: string) => named.get(person) ?? person,
  };
}

export const titleQuery = (id: number, person: string) =>
  queryOptions({
    queryKey: ['titles', 'page', id, person],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/titles/{id}', { signal, params: { path: { id }, query: person === '' ? {} : { person } } })),
  });
