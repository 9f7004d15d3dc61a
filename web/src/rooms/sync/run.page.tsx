import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, take } from '../../api/client.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { number } from '../../kit/numbers.ts';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { useParam } from '../../kit/params.ts';
import { QueryState } from '../../kit/query-state.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { RunCounts, RunState } from './runs.tsx';

const OPEN: ReadonlySet<string> = new Set(['pending', 'running']);

export function Page() {
  const say = useWords('sync');
  const times = useTimes();
  const queries = useQueryClient();
  const id = useParam('id');
  const path = { params: { path: { id } } };
  const run = useQuery({
    queryKey: ['sync', 'runs', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/sync/runs/{id}', { ...path, signal })),
    refetchInterval: ({ state }) => (OPEN.has(state.data?.status ?? '') ? 1_000 : false),
  });
  const isOpen = OPEN.has(run.data?.status ?? '');
  const log = useQuery({
    queryKey: ['jobs', id, run.data?.status],
    queryFn: ({ signal }) => take(api.GET('/api/v1/jobs/{id}', { ...path, signal })),
    refetchInterval: isOpen ? 1_000 : false,
  });
  const cancel = useMutation({
    mutationFn: () => take(api.POST('/api/v1/jobs/{id}/cancel', path)),
    onSettled: () => queries.invalidateQueries({ queryKey: ['sync'] }),
  });
  const title = run.data ? say('runTitle', { kind: say(`kind.${run.data.kind}`), at: times.full(run.data.created_at) }) : say('history');
  return (
    <Frame
      title={title}
      lede={run.data && say('runLede', { who: run.data.by === 'clock' ? say('byClock') : run.data.by })}
      up={{ to: '/sync', label: say('up') }}
      actions={isOpen && <Button onClick={() => cancel.mutate()}>{say('cancel')}</Button>}
    >
      <Stack>
        {cancel.error && <Trouble error={cancel.error} />}
        <Card title={say('runState')} padded>
          <QueryState query={run} reading={say('runReading')}>
            {(found) => (
              <div role="status">
                <RunState status={found.status} />
                {found.progress?.total && (
                  <p className="small muted">
                    {say('progress', { done: number(found.progress.done), total: number(found.progress.total) })}
                  </p>
                )}
                <RunCounts run={found} />
                {found.plan && (
                  <p>
                    <Link to="/sync/plan/$id" params={{ id: found.plan.id }}>
                      {say('planReview', { title: found.plan.title })}
                    </Link>
                  </p>
                )}
              </div>
            )}
          </QueryState>
        </Card>
        <Card title={say('log')}>
          <QueryState query={log} reading={say('log')} isEmpty={({ logs }) => logs.length === 0} empty={say('logEmpty')}>
            {({ logs }) => (
              <Rows>
                {logs.map(({ at, level, text }, index) => (
                  <Row key={`${at} ${index.toString()}`}>
                    <span className="small muted">{times.full(at)}</span> <span className="small faint">{level}</span> {text}
                  </Row>
                ))}
              </Rows>
            )}
          </QueryState>
        </Card>
      </Stack>
    </Frame>
  );
}
