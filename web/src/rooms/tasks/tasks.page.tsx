import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { span } from '../../kit/numbers.ts';
import { Page as Frame } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import { useWorkName } from '../../kit/work-name.ts';
import { Outcome, RunNow } from './task-parts.tsx';

export function Page() {
  const say = useWords('tasks');
  const times = useTimes();
  const nameOf = useWorkName();
  const tasks = useQuery({ queryKey: ['tasks'], queryFn: ({ signal }) => take(api.GET('/api/v1/tasks', { signal })) });
  return (
    <Frame title={say('title')} lede={say('lede')} actions={<Link to="/tasks/events">{say('events.title')}</Link>}>
      <Card title={say('all')}>
        <QueryState query={tasks} reading={say('reading')} lines={6}>
          {(rows) => (
            <Table
              caption={say('all')}
              rows={rows}
              idOf={({ id }) => id}
              columns={[
                { key: 'name', title: say('name'), cell: ({ id }) => <Link to={`/tasks/${id}`}>{nameOf({ name: id, task: id })}</Link> },
                {
                  key: 'last',
                  title: say('last'),
                  cell: ({ last }) => (
                    <time dateTime={last?.finished_at ?? undefined}>{last ? times.full(last.finished_at) : say('never')}</time>
                  ),
                },
                { key: 'took', title: say('took'), cell: ({ last }) => (last && last.took_ms !== null ? span(last.took_ms) : '–') },
                {
                  key: 'outcome',
                  title: say('outcome'),
                  cell: ({ last }) => (last ? <Outcome run={last} to={`/tasks/runs/${last.job_id}`} /> : '–'),
                },
                {
                  key: 'next',
                  title: say('next'),
                  cell: ({ next_run: next, enabled }) => (
                    <time dateTime={next ?? undefined}>{enabled ? times.full(next) || say('unknownNext') : say('off')}</time>
                  ),
                },
                {
                  key: 'run',
                  title: say('runNow'),
                  align: 'end',
                  cell: (task) => <RunNow task={task} name={nameOf({ name: task.id, task: task.id })} />,
                },
              ]}
            />
          )}
        </QueryState>
      </Card>
    </Frame>
  );
}
