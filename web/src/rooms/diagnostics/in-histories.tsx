import { Button, NumberInput, Select } from '@mantine/core';
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import type { Answer } from '../../api/answer.ts';
import { api, take } from '../../api/client.ts';
import { useAddress } from '../../kit/address.ts';
import { Card } from '../../kit/card.tsx';
import { Danger } from '../../kit/danger.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import classes from './diagnostics.module.css';

type Told = Answer<'app.listParity'>['items'][number];

/** A title as it is told apart from others: series, season and episode, or name and year. */
export function TitleName({ title }: Readonly<{ title: Told['title'] }>) {
  const say = useWords('diagnostics');
  const { series, season, episode, year, id } = title;
  const name =
    series && season !== null && episode !== null
      ? say('episode', { series: series.title, season, episode, title: title.title })
      : year === null
        ? title.title
        : say('withYear', { title: title.title, year: String(year) });
  return <Link to={`/titles/${id}`}>{name}</Link>;
}

function usePerson() {
  const [person, setPerson] = useAddress('person');
  return { person, setPerson, query: person === '' ? {} : { person } };
}

function PersonChoice({ person, setPerson }: Readonly<{ person: string; setPerson(value: string): void }>) {
  const say = useWords('diagnostics');
  const people = useQuery({ queryKey: ['people', 'names'], queryFn: ({ signal }) => take(api.GET('/api/v1/people', { signal })) });
  return (
    <Select
      label={say('person')}
      data={[{ value: '', label: say('me') }, ...(people.data ?? []).map(({ name, display_name: label }) => ({ value: name, label }))]}
      value={person}
      onChange={(value) => setPerson(value ?? '')}
      allowDeselect={false}
    />
  );
}

type ListProps<T> = Readonly<{
  title: string;
  query: UseQueryResult<Readonly<{ items: readonly T[]; total: number }>, Error>;
  empty: string;
  columns: readonly Column<T>[];
  idOf(row: T): string | number;
  onMore(): void;
}>;

function Found<T>({ title, query, empty, columns, idOf, onMore }: ListProps<T>) {
  const say = useWords('diagnostics');
  const times = useTimes();
  return (
    <Card title={title} {...(query.data && query.data.total > 0 && { count: query.data.total })}>
      <QueryState
        query={query}
        reading={title}
        lines={5}
        isEmpty={({ total }) => total === 0}
        empty={<p>{say('none', { what: empty, at: times.full(query.dataUpdatedAt) })}</p>}
      >
        {({ items, total }) => (
          <>
            <Table caption={title} rows={items} idOf={idOf} columns={columns} />
            {items.length < total && (
              <Button m={16} size="xs" variant="default" onClick={onMore}>
                {say('more', { count: total - items.length })}
              </Button>
            )}
          </>
        )}
      </QueryState>
    </Card>
  );
}

const Paths = ({ paths }: Readonly<{ paths: readonly string[] }>): ReactNode => (
  <ul className={classes.paths}>
    {paths.map((path) => (
      <li key={path} className="mono">
        {path}
      </li>
    ))}
  </ul>
);

export function Duplicates() {
  const say = useWords('diagnostics');
  const queries = useQueryClient();
  const choice = usePerson();
  const [count, setCount] = useState(50);
  const found = useQuery({
    queryKey: ['titles', 'duplicates', choice.person, count],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/diagnostics/duplicates', { params: { query: { ...choice.query, per_page: count, anew: true } }, signal })),
    placeholderData: (before) => before,
  });
  const merge = useMutation({
    mutationFn: () => take(api.POST('/api/v1/diagnostics/duplicates/merge', { body: choice.query })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['titles'] }),
  });
  return (
    <>
      <div className={classes.filters}>
        <PersonChoice {...choice} />
        {found.data && found.data.total > 0 && (
          <Danger action={say('merge', { count: found.data.total })} count={found.data.total} act={() => merge.mutateAsync()}>
            <p>{say('mergeWhat')}</p>
          </Danger>
        )}
      </div>
      <Found
        title={say('kinds.duplicates')}
        query={found}
        empty={say('nones.duplicates')}
        idOf={({ title }) => title.id}
        onMore={() => setCount(count + 100)}
        columns={[
          { key: 'title', title: say('titleName'), cell: ({ title }) => <TitleName title={title} /> },
          { key: 'others', title: say('others'), cell: ({ others }) => others.map((id) => `#${id}`).join(', ') },
          { key: 'paths', title: say('files'), cell: ({ paths }) => <Paths paths={paths} /> },
        ]}
      />
    </>
  );
}

export function Parity() {
  const say = useWords('diagnostics');
  const queries = useQueryClient();
  const choice = usePerson();
  const [min, setMin] = useAddress('min');
  const [count, setCount] = useState(50);
  const least = Number(min === '' ? 0 : min);
  const found = useQuery({
    queryKey: ['titles', 'parity', choice.person, least, count],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/diagnostics/parity', { params: { query: { ...choice.query, min: least, per_page: count } }, signal })),
    placeholderData: (before) => before,
    retry: false,
  });
  const remove = useMutation({
    mutationFn: () => take(api.POST('/api/v1/diagnostics/parity/remove', { body: { ...choice.query, min: least } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['titles'] }),
  });
  return (
    <>
      <div className={classes.filters}>
        <PersonChoice {...choice} />
        <NumberInput
          label={say('min')}
          description={say('minWhat')}
          min={0}
          value={least}
          onChange={(value) => setMin(Number(value) === 0 ? '' : String(value))}
        />
        {least > 0 && found.data && found.data.total > 0 && (
          <Danger action={say('takeOut', { count: found.data.total })} count={found.data.total} act={() => remove.mutateAsync()}>
            <p>{say('takeOutWhat', { count: found.data.total })}</p>
          </Danger>
        )}
      </div>
      <Found
        title={say('kinds.parity')}
        query={found}
        empty={say('nones.parity')}
        idOf={({ title }) => title.id}
        onMore={() => setCount(count + 100)}
        columns={[
          { key: 'title', title: say('titleName'), cell: ({ title }) => <TitleName title={title} /> },
          { key: 'there', title: say('there'), cell: ({ places }) => places.join(', ') || say('nowhere') },
          { key: 'missing', title: say('missing'), cell: ({ missing }) => missing.join(', ') || '–' },
        ]}
      />
    </>
  );
}

export function Integrity() {
  const say = useWords('diagnostics');
  const choice = usePerson();
  const [count, setCount] = useState(50);
  const [isAnew, setAnew] = useState(false);
  const found = useQuery({
    queryKey: ['titles', 'integrity', choice.person, count, isAnew],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/diagnostics/integrity', { params: { query: { ...choice.query, per_page: count, anew: isAnew } }, signal })),
    placeholderData: (before) => before,
  });
  return (
    <>
      <div className={classes.filters}>
        <PersonChoice {...choice} />
        <Button variant="default" loading={found.isFetching} onClick={() => (isAnew ? void found.refetch() : setAnew(true))}>
          {say('lookAgain')}
        </Button>
      </div>
      <Found
        title={say('kinds.integrity')}
        query={found}
        empty={say('nones.integrity')}
        idOf={({ title }) => title.id}
        onMore={() => setCount(count + 100)}
        columns={[
          { key: 'title', title: say('titleName'), cell: ({ title }) => <TitleName title={title} /> },
          {
            key: 'faults',
            title: say('wrong'),
            cell: ({ faults }) => (
              <ul className={classes.paths}>
                {faults.map(({ place, path, message }) => (
                  <li key={`${place} ${path}`}>
                    {place}: {message}
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </>
  );
}
