import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import { asSentence, useRequestName } from './request-name.ts';
import { CellView } from './request-parts.tsx';
import classes from './requests.module.css';

export function Page() {
  const say = useWords('requests');
  const times = useTimes();
  const nameOf = useRequestName();
  const { id } = useParams({ strict: false }) as { id: string };
  const request = useQuery({
    queryKey: ['requests', 'one', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/requests/{id}', { params: { path: { id: Number(id) } }, signal })),
  });
  const desks = useQuery({
    queryKey: ['requests', 'desks'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/requests/matrix', { params: { query: { per_page: 1 } }, signal })),
  });
  return (
    <Frame title={request.data ? nameOf(request.data) : say('request')} up={{ to: '/requests', label: say('title') }}>
      <QueryState query={request} reading={say('reading')} lines={5}>
        {(row) => (
          <Stack>
            <Card title={say('request')} padded>
              <dl className={classes.facts}>
                <dt>{say('asked')}</dt>
                <dd>{say('askedBy', { name: row.requested_by.person ?? row.requested_by.name, at: times.full(row.requested_at) })}</dd>
                <dt>{desks.data?.primary?.name ?? say('primary')}</dt>
                <dd>{row.gone_at === null ? say(`status.${row.status}`) : say('goneSince', { at: times.full(row.gone_at) })}</dd>
                {row.seasons.length > 0 && (
                  <>
                    <dt>{say('seasonsName')}</dt>
                    <dd>{row.seasons.join(', ')}</dd>
                  </>
                )}
                {row.media_id !== null && (
                  <>
                    <dt>{say('story')}</dt>
                    <dd>
                      <Link to={`/titles/${row.media_id}`}>{nameOf(row)}</Link>
                    </dd>
                  </>
                )}
              </dl>
            </Card>
            <Card title={say('where')}>
              <QueryState query={desks} reading={say('reading')} isEmpty={() => row.cells.length === 0} empty={say('oneInstance')}>
                {({ subordinates }) => (
                  <Table
                    caption={say('where')}
                    rows={row.cells}
                    idOf={(cell) => cell.desk_id}
                    columns={[
                      {
                        key: 'desk',
                        title: say('instance'),
                        cell: (cell) => <b>{subordinates.find((desk) => desk.id === cell.desk_id)?.name}</b>,
                      },
                      {
                        key: 'state',
                        title: say('stands'),
                        cell: (cell) => (
                          <CellView cell={cell} row={row} label={subordinates.find((desk) => desk.id === cell.desk_id)?.label ?? null} />
                        ),
                      },
                      { key: 'reason', title: say('reason'), cell: (cell) => (cell.reason === null ? '–' : asSentence(cell.reason)) },
                      {
                        key: 'since',
                        title: say('since'),
                        cell: (cell) => <time dateTime={cell.since ?? undefined}>{times.full(cell.since)}</time>,
                      },
                    ]}
                  />
                )}
              </QueryState>
            </Card>
          </Stack>
        )}
      </QueryState>
    </Frame>
  );
}
