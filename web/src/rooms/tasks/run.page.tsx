import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { Work } from '../../kit/long-work.tsx';
import { span } from '../../kit/numbers.ts';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { useTimes } from '../../kit/times.ts';
import { useLiveJobs } from '../../kit/use-stream.ts';
import { useWords } from '../../kit/words.ts';
import { useWorkName } from '../../kit/work-name.ts';
import { RunState } from './task-parts.tsx';
import classes from './tasks.module.css';

/** One run with its own log, while it runs and afterwards. */
export function Page() {
  const say = useWords('tasks');
  const { run: id } = useParams({ strict: false }) as { run: string };
  const times = useTimes();
  const nameOf = useWorkName();
  const live = useLiveJobs().find((job) => job.id === id && job.state === 'running');
  const run = useQuery({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/jobs/{id}', { params: { path: { id } }, signal })),
    refetchInterval: live ? 2_000 : false,
  });
  return (
    <Frame title={run.data ? nameOf(run.data.job) : say('run')} up={{ to: '/tasks', label: say('title') }}>
      <QueryState query={run} reading={say('run')} lines={6}>
        {({ job, logs }) => (
          <Stack>
            {live && (
              <Card title={say('now')} padded>
                <Work job={live} />
              </Card>
            )}
            <Card title={say('facts')} padded>
              <dl className={classes.facts}>
                <dt>{say('outcome')}</dt>
                <dd>
                  <RunState state={job.status} />
                  {job.error && <p>{job.error.message}</p>}
                </dd>
                <dt>{say('started')}</dt>
                <dd>{times.full(job.started_at ?? job.created_at)}</dd>
                {job.started_at && job.finished_at && (
                  <>
                    <dt>{say('took')}</dt>
                    <dd>{span(Date.parse(job.finished_at) - Date.parse(job.started_at))}</dd>
                  </>
                )}
                <dt>{say('for')}</dt>
                <dd>{job.person ?? say('everybody')}</dd>
                {job.result !== null && job.result !== undefined && (
                  <>
                    <dt>{say('result')}</dt>
                    <dd className={classes.payload}>{JSON.stringify(job.result)}</dd>
                  </>
                )}
              </dl>
            </Card>
            <Card title={say('log')}>
              {logs.length === 0 ? (
                <p className={classes.more}>{say('noLog')}</p>
              ) : (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reachable by keyboard
                <ol className={classes.log} tabIndex={0} aria-label={say('log')}>
                  {logs.map((line, index) => (
                    <li key={`${line.at} ${index.toString()}`}>
                      {times.clock(line.at)} {line.level} {line.text}
                    </li>
                  ))}
                </ol>
              )}
            </Card>
          </Stack>
        )}
      </QueryState>
    </Frame>
  );
}
