import { Button, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { span } from '../../kit/numbers.ts';
import { Columns, Page as Frame } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { useWorkName } from '../../kit/work-name.ts';
import { Outcome, RunNow, type Task } from './task-parts.tsx';
import classes from './tasks.module.css';

export function Page() {
  const say = useWords('tasks');
  const { id } = useParams({ strict: false }) as { id: string };
  const nameOf = useWorkName();
  const task = useQuery({
    queryKey: ['tasks', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/tasks/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <Frame
      title={nameOf({ name: id, task: id })}
      up={{ to: '/tasks', label: say('title') }}
      lede={task.data?.description}
      actions={task.data && <RunNow task={task.data} name="" />}
    >
      <Columns
        side={
          <Card title={say('clock')} padded>
            <QueryState query={task} reading={say('reading')}>
              {(found) => <ByTheClock key={`${found.cron} ${found.enabled}`} task={found} />}
            </QueryState>
          </Card>
        }
      >
        <Runs id={id} />
      </Columns>
    </Frame>
  );
}

function Runs({ id }: Readonly<{ id: string }>) {
  const say = useWords('tasks');
  const times = useTimes();
  const [count, setCount] = useState(20);
  const runs = useQuery({
    queryKey: ['tasks', id, 'runs', count],
    queryFn: ({ signal }) => take(api.GET('/api/v1/tasks/{id}/runs', { params: { path: { id }, query: { per_page: count } }, signal })),
    placeholderData: (before) => before,
  });
  return (
    <Card title={say('history')}>
      <QueryState query={runs} reading={say('history')} isEmpty={({ total }) => total === 0} empty={say('noRuns')}>
        {({ items, total }) => (
          <>
            <Table
              caption={say('history')}
              rows={items}
              idOf={(run) => run.id}
              columns={[
                {
                  key: 'at',
                  title: say('started'),
                  cell: (run) => <time dateTime={run.created_at}>{times.full(run.started_at ?? run.created_at)}</time>,
                },
                { key: 'who', title: say('for'), cell: (run) => run.person ?? say('everybody') },
                {
                  key: 'took',
                  title: say('took'),
                  cell: (run) => (run.started_at && run.finished_at ? span(Date.parse(run.finished_at) - Date.parse(run.started_at)) : '–'),
                },
                {
                  key: 'outcome',
                  title: say('outcome'),
                  cell: (run) => <Outcome run={{ state: run.status, error: run.error?.message ?? null }} to={`/tasks/runs/${run.id}`} />,
                },
              ]}
            />
            {items.length < total && (
              <div className={classes.more}>
                <Button size="xs" variant="default" onClick={() => setCount(count + 50)}>
                  {say('older', { count: total - items.length })}
                </Button>
              </div>
            )}
          </>
        )}
      </QueryState>
    </Card>
  );
}

function ByTheClock({ task }: Readonly<{ task: Task }>) {
  const say = useWords('tasks');
  const times = useTimes();
  const queries = useQueryClient();
  const [cron, setCron] = useState(task.cron);
  const change = useMutation({
    mutationFn: (body: { enabled?: boolean; cron?: string }) =>
      take(api.PATCH('/api/v1/tasks/{id}', { params: { path: { id: task.id } }, body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['tasks'] }),
  });
  return (
    <div className={classes.form}>
      <Switch
        label={say('enabled')}
        checked={task.enabled}
        disabled={!task.may_be_disabled || change.isPending}
        onChange={(event) => change.mutate({ enabled: event.currentTarget.checked })}
        {...(!task.may_be_disabled && { description: say('always') })}
      />
      <p className="small muted">{task.next_run === null ? say('noNext') : say('nextAt', { at: times.full(task.next_run) })}</p>
      <TextInput label={say('cron')} description={say('cronWhat')} value={cron} onChange={(event) => setCron(event.currentTarget.value)} />
      {change.error && <Trouble error={change.error} />}
      {cron !== task.cron && (
        <Button loading={change.isPending} onClick={() => change.mutate({ cron })}>
          {say('saveCron')}
        </Button>
      )}
    </div>
  );
}
