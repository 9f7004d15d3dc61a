import { Button, SegmentedControl } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { useAddress } from '../../kit/address.ts';
import { Card } from '../../kit/card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import { useRequestName } from './request-name.ts';
import { CellView, type Matrix, type RequestRow } from './request-parts.tsx';
import classes from './requests.module.css';

/** Where each request stands on every instance. */
export function Page() {
  const say = useWords('requests');
  const me = useMe();
  const queries = useQueryClient();
  const [look, setLook] = useAddress('look');
  const [count, setCount] = useState(50);
  const isOwner = me !== undefined && runsTheHouse(me);
  const matrix = useQuery({
    queryKey: ['requests', 'matrix', look, count],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/requests/matrix', { params: { query: { per_page: count, needs_look: look !== '' } }, signal })),
    placeholderData: (before) => before,
  });
  const retry = useMutation({
    mutationFn: () => take(api.POST('/api/v1/request-replication/retry', { body: {} })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['requests'] }),
  });
  useShortcut('t', () => {
    if (isOwner && (matrix.data?.needs_look ?? 0) > 0) retry.mutate();
  });
  return (
    <Frame
      title={say('title')}
      lede={say(isOwner ? 'lede.house' : 'lede.person')}
      actions={
        isOwner && (
          <>
            <Button component={Link} to="/requests/plan" variant="default">
              {say('plan.title')}
            </Button>
            <Button component={Link} to="/requests/rules" variant="default">
              {say('rules.title')}
            </Button>
          </>
        )
      }
    >
      <Stack>
        <SegmentedControl
          className={classes.tabs ?? ''}
          aria-label={say('show')}
          value={look === '' ? 'all' : 'look'}
          onChange={(value) => setLook(value === 'all' ? '' : '1')}
          data={[
            { value: 'all', label: say('all') },
            { value: 'look', label: say('needsLook', { count: matrix.data?.needs_look ?? 0 }) },
          ]}
        />
        <Card title={say('title')}>
          <QueryState
            query={matrix}
            reading={say('reading')}
            lines={6}
            isEmpty={({ items }) => items.length === 0}
            empty={<Nothing matrix={matrix.data} isFiltered={look !== ''} isOwner={isOwner} />}
          >
            {(data) => <Rows data={data} onMore={() => setCount(count + 100)} />}
          </QueryState>
        </Card>
      </Stack>
    </Frame>
  );
}

function Nothing({ matrix, isFiltered, isOwner }: Readonly<{ matrix: Matrix | undefined; isFiltered: boolean; isOwner: boolean }>) {
  const say = useWords('requests');
  if (isFiltered) return <p>{say('noneFails')}</p>;
  if (!matrix?.primary) return <p>{say(isOwner ? 'noPrimary' : 'noPlace')}</p>;
  return <p>{say('none')}</p>;
}

function Rows({ data, onMore }: Readonly<{ data: Matrix; onMore(): void }>) {
  const say = useWords('requests');
  const nameOf = useRequestName();
  const times = useTimes();
  const columns: Column<RequestRow>[] = [
    {
      key: 'title',
      title: say('request'),
      cell: (row) => (
        <span>
          <Link to={`/requests/${row.id}`}>{nameOf(row)}</Link>
          {row.is_4k && <span className="muted"> {say('is4k')}</span>}
          {row.seasons.length > 0 && (
            <span className="muted"> {say('seasons', { list: row.seasons.join(', '), count: row.seasons.length })}</span>
          )}
          <span className={`${classes.second} small muted`}>
            {say('askedBy', { name: row.requested_by.person ?? row.requested_by.name, at: times.full(row.requested_at) })}
          </span>
        </span>
      ),
    },
    {
      key: 'primary',
      title: data.primary?.name ?? say('primary'),
      cell: (row) => (row.gone_at === null ? say(`status.${row.status}`) : <span className="muted">{say('gone')}</span>),
    },
    ...data.subordinates.map(
      (desk): Column<RequestRow> => ({
        key: String(desk.id),
        title: desk.name,
        cell: (row) => <CellView row={row} label={desk.label} cell={row.cells.find((cell) => cell.desk_id === desk.id)} />,
      }),
    ),
  ];
  return (
    <>
      <Table caption={say('title')} rows={data.items} idOf={({ id }) => id} columns={columns} />
      {data.subordinates.length === 0 && <p className={classes.note}>{say('oneInstance')}</p>}
      {data.items.length < data.total && (
        <Button m={16} size="xs" variant="default" onClick={onMore}>
          {say('more', { count: data.total - data.items.length })}
        </Button>
      )}
    </>
  );
}
