import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Answer } from '../../api/answer.ts';
import { api, take } from '../../api/client.ts';
import { StateWord, type Tone } from '../../kit/state-word.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';

export type Task = Answer<'app.getTask'>;
export type Run = Answer<'app.listTaskRuns'>['items'][number];

const TONES: Readonly<Record<Run['status'], Tone>> = {
  pending: 'quiet',
  running: 'info',
  completed: 'ok',
  failed: 'bad',
  cancelled: 'quiet',
};

export function RunState({ state }: Readonly<{ state: Run['status'] }>) {
  const say = useWords('tasks');
  return (
    <StateWord tone={TONES[state]} plain={state === 'completed'}>
      {say(`state.${state}`)}
    </StateWord>
  );
}

/** What came of a run, with the reason where it failed. */
export function Outcome({ run, to }: Readonly<{ run: Readonly<{ state: Run['status']; error: string | null }>; to: string }>) {
  const say = useWords('tasks');
  return (
    <span>
      <RunState state={run.state} />
      {run.error !== null && <span className="small"> {run.error} </span>}
      <Link to={to} className="small">
        {say('log')}
      </Link>
    </span>
  );
}

export function RunNow({ task, name }: Readonly<{ task: Task; name: string }>) {
  const say = useWords('tasks');
  const queries = useQueryClient();
  const run = useMutation({
    mutationFn: () => take(api.POST('/api/v1/tasks/{id}/run', { params: { path: { id: task.id } }, body: {} })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['tasks'] }),
  });
  if (run.error) return <Trouble error={run.error} again={() => run.mutate()} />;
  const isOpen = task.open.length > 0;
  return (
    <Button size="xs" variant="default" loading={run.isPending} disabled={isOpen} onClick={() => run.mutate()}>
      {isOpen ? say('runs') : say('runNow')}
      <span className="vh"> {name}</span>
    </Button>
  );
}
