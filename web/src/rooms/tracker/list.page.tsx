import { NativeSelect, TextInput } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useAddress } from '../../kit/address.ts';
import { Card } from '../../kit/card.tsx';
import { number } from '../../kit/numbers.ts';
import { usePreference } from '../../kit/preferences.ts';
import { QueryState } from '../../kit/query-state.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { VirtualList } from '../../kit/virtual-list.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './tracker.module.css';
import {
  isList,
  isShelf,
  LISTS,
  type Listed,
  type ListName,
  type ListWish,
  MOVIE_LISTS,
  putOnList,
  rate,
  SHELVES,
  SORTS,
  type Sort,
  takeOffList,
  useWhose,
  WINDOW,
  windowQuery,
} from './tracker.ts';
import { TrackerPage } from './tracker-page.tsx';

const RATINGS = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
const OFF = 'off';

type EntryProps = Readonly<{ one: Listed; person: string | undefined; failed(error: unknown): void }>;

/** A title of the list, with its list and rating to change in place. */
function Entry({ one, person, failed }: EntryProps) {
  const say = useWords('tracker');
  const queries = useQueryClient();
  const { title } = one;
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onError: failed,
    onSettled: () => queries.invalidateQueries({ queryKey: ['library'] }),
  });
  const lists = one.shelf === 'movies' ? MOVIE_LISTS : LISTS;
  const move = (to: string) =>
    change.mutate(() => (to === OFF ? takeOffList(title.id, person) : putOnList(title.id, to as ListName, person)));
  return (
    <>
      <div className={classes.what}>
        <Link to={`/titles/${title.id}` as string}>{title.title}</Link>
        <small>
          {[
            title.year === null ? '' : String(title.year),
            one.total > 0 ? say('episodes', { watched: number(one.watched), total: number(one.total) }) : '',
            one.memo?.text ?? '',
          ]
            .filter((part) => part !== '')
            .join(' · ')}
        </small>
      </div>
      <NativeSelect
        className={classes.small}
        size="sm"
        aria-label={say('listOf', { title: title.title })}
        value={one.list}
        disabled={change.isPending}
        onChange={(event) => move(event.currentTarget.value)}
        data={[...lists.map((list) => ({ value: list, label: say(`list.${list}`) })), { value: OFF, label: say('takeOff') }]}
      />
      <NativeSelect
        className={classes.tiny}
        size="sm"
        aria-label={say('ratingOf', { title: title.title })}
        value={one.rating === null ? '' : String(one.rating)}
        disabled={change.isPending}
        onChange={(event) => {
          const { value } = event.currentTarget;
          change.mutate(() => rate(title.id, value === '' ? null : Number(value), person));
        }}
        data={[{ value: '', label: '–' }, ...RATINGS.map((rating) => ({ value: String(rating), label: String(rating) }))]}
      />
    </>
  );
}

/** The windows of the list that are near the eye; each is asked for when a row of it comes into sight. */
function Entries({ wish, total, person }: Readonly<{ wish: ListWish; total: number; person: string | undefined }>) {
  const say = useWords('tracker');
  const [density] = usePreference('density');
  const isPhone = useMediaQuery('(max-width: 860px)', undefined, { getInitialValueInEffect: false });
  const [error, setError] = useState<unknown>();
  const [wanted, setWanted] = useState<ReadonlySet<number>>(new Set([1]));
  const pages = [...wanted];
  const windows = useQueries({ queries: pages.map((page) => windowQuery(wish, page)) });
  const at = (index: number): Listed | undefined => {
    const page = Math.floor(index / WINDOW) + 1;
    const place = pages.indexOf(page);
    // Asked for after this render: a row has come into sight whose window nobody has read.
    if (place < 0) queueMicrotask(() => setWanted((before) => (before.has(page) ? before : new Set([...before, page]))));
    const found = windows[place]?.data;
    return found?.page === page ? found.items[index % WINDOW] : undefined;
  };
  return (
    <>
      {error !== undefined && <Trouble error={error} />}
      <VirtualList
        label={say(`list.${wish.list}`)}
        count={total}
        rowHeight={isPhone ? 104 : density === 'compact' ? 52 : 70}
        row={(index) => {
          const one = at(index);
          return (
            // biome-ignore lint/a11y/useSemanticElements: rows are placed by arithmetic, which a table does not allow
            <div role="cell" className={classes.entry}>
              {one && <Entry key={one.title.id} one={one} person={person} failed={setError} />}
            </div>
          );
        }}
      />
    </>
  );
}

/** One list of a person, of any length: filtered, sorted, and changed in place. */
export function Page() {
  const say = useWords('tracker');
  const navigate = useNavigate();
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const { person } = useWhose();
  const [shelfText, setShelf] = useAddress('shelf');
  const [text, setText] = useAddress('text');
  const [sortText, setSort] = useAddress('sort');
  const list: ListName = isList(id) ? id : 'watching';
  const sort: Sort = SORTS.find((one) => one === sortText) ?? 'changed';
  const shelf = isShelf(shelfText) ? shelfText : undefined;
  const wish: ListWish = { person, list, shelf, text, sort, order: undefined };
  const first = useQuery(windowQuery(wish, 1));
  return (
    <TrackerPage tab="lists" title={say(`list.${list}`)}>
      <div className={classes.tools}>
        <NativeSelect
          label={say('chooseList')}
          value={list}
          onChange={(event) =>
            void navigate({
              to: '/tracker/lists/$id',
              params: { id: event.currentTarget.value },
              search: ((before: object) => before) as never,
            } as never)
          }
          data={LISTS.map((one) => ({ value: one, label: say(`list.${one}`) }))}
        />
        <NativeSelect
          label={say('shelf')}
          value={shelf ?? ''}
          onChange={(event) => setShelf(event.currentTarget.value)}
          data={[{ value: '', label: say('allShelves') }, ...SHELVES.map((one) => ({ value: one, label: say(`shelves.${one}`) }))]}
        />
        <NativeSelect
          label={say('sort')}
          value={sort}
          onChange={(event) => setSort(event.currentTarget.value === 'changed' ? '' : event.currentTarget.value)}
          data={SORTS.map((one) => ({ value: one, label: say(`sorts.${one}`) }))}
        />
        <TextInput label={say('filter')} value={text} onChange={(event) => setText(event.currentTarget.value)} />
      </div>
      <Card title={say('titlesOn', { count: first.data?.total ?? 0 })}>
        <QueryState
          query={first}
          reading={say('readingLists')}
          isEmpty={(data) => data.total === 0}
          empty={<p>{say(text === '' && shelf === undefined ? 'emptyList' : 'emptyFilter')}</p>}
        >
          {({ total }) => <Entries key={JSON.stringify(wish)} wish={wish} total={total} person={person} />}
        </QueryState>
      </Card>
    </TrackerPage>
  );
}
