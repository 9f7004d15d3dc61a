import { Button, Progress } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, take } from '../api/client.ts';
import { useMe } from '../api/session.ts';
import classes from './long-work.module.css';
import { number, percent } from './numbers.ts';
import { useWords } from './words.ts';

/** What runs on the server just now, how far it is, and a way to stop it: found again after a reload, and on the phone. */
export function LongWork() {
  const say = useWords('shell');
  const me = useMe();
  const queries = useQueryClient();
  const running = useQuery({
    queryKey: ['jobs', 'running'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/jobs', { params: { query: { status: ['running'] } }, signal })),
    enabled: me !== undefined && me.role !== 'person',
    refetchInterval: 5_000,
  }).data;
  const cancel = useMutation({
    mutationFn: (id: string) => take(api.POST('/api/v1/jobs/{id}/cancel', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
  const jobs = running?.items ?? [];
  if (jobs.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={say('running')}>
      {jobs.map(({ id, name, progress }) => {
        const part = progress?.total ? progress.done / progress.total : undefined;
        return (
          <li key={id} className={classes.work}>
            <p className={classes.head}>
              <b>{progress?.text ?? name}</b>
              {part !== undefined && <span className="muted">{percent(part)}</span>}
            </p>
            {part !== undefined && <Progress value={part * 100} size={6} aria-label={name} mt={8} />}
            {progress?.total && (
              <p className="faint">{say('runningCount', { done: number(progress.done), total: number(progress.total) })}</p>
            )}
            <Button size="compact-xs" variant="subtle" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
              {say('runningCancel')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
