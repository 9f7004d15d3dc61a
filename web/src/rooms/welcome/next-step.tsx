import { Button } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api, ProblemError, take } from '../../api/client.ts';
import { useAddress } from '../../kit/address.ts';
import { number } from '../../kit/numbers.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';

const OVER: ReadonlySet<string> = new Set(['completed', 'failed', 'cancelled']);

/** Has the first plan made, and goes on to it once it is there. */
export function NextStep({ isReady }: Readonly<{ isReady: boolean }>) {
  const say = useWords('welcome');
  const sayShell = useWords('shell');
  const [, setPlan] = useAddress('plan');
  const [job, setJob] = useState('');
  const propose = useMutation({
    mutationFn: () => take(api.POST('/api/v1/plans', { body: {} })),
    onSuccess: (queued) => setJob(queued.job_id),
  });
  const work = useQuery({
    queryKey: ['jobs', job],
    queryFn: ({ signal }) => take(api.GET('/api/v1/jobs/{id}', { params: { path: { id: job } }, signal })),
    enabled: job !== '',
    refetchInterval: ({ state }) => (OVER.has(state.data?.job.status ?? '') ? false : 700),
  }).data?.job;
  const made = (work?.result as { planId?: string } | null)?.planId;
  useEffect(() => {
    if (made !== undefined) setPlan(made);
  }, [made, setPlan]);
  const isBusy = propose.isPending || (job !== '' && !OVER.has(work?.status ?? ''));
  const fault = propose.error ?? (work?.error ? new ProblemError(409, work.error.code, work.error.message) : undefined);
  return (
    <div>
      {fault !== undefined && <Trouble error={fault} />}
      <Button variant="filled" disabled={!isReady} loading={isBusy} onClick={() => propose.mutate()}>
        {say('next')}
      </Button>
      <p className="small muted" role="status">
        {isBusy ? `${work?.progress?.text ?? say('nextBusy')}${progressOf(work?.progress, sayShell)}` : say('nextNote')}
      </p>
    </div>
  );
}

type Progress = Readonly<{ done: number; total: number | null }> | null | undefined;

const progressOf = (progress: Progress, sayShell: ReturnType<typeof useWords>): string =>
  progress?.total ? `: ${sayShell('runningCount', { done: number(progress.done), total: number(progress.total) })}` : '';
