import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Answer } from '../../api/answer.ts';
import { api, take } from '../../api/client.ts';
import { StateWord, type Tone } from '../../kit/state-word.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { asSentence, useRequestName } from './request-name.ts';
import classes from './requests.module.css';

export type Matrix = Answer<'app.requestMatrix'>;
export type RequestRow = Matrix['items'][number];
export type Cell = RequestRow['cells'][number];

const TONES: Readonly<Record<string, Tone>> = {
  there: 'ok',
  satisfied: 'ok',
  due: 'info',
  waiting: 'quiet',
  left: 'quiet',
  kept: 'quiet',
  removing: 'warn',
  failed: 'bad',
  unconfirmed: 'unknown',
};
/** States that speak for themselves; any other comes with its reason. */
const PLAIN: ReadonlySet<string> = new Set(['there', 'satisfied']);
const TRIED: ReadonlySet<string> = new Set(['failed', 'unconfirmed']);

/** Where a request stands on one instance: a state, its reason where it is not plainly good, and another try. */
export function CellView({ cell, row, label }: Readonly<{ cell: Cell | undefined; row: RequestRow; label: string | null }>) {
  const say = useWords('requests');
  const times = useTimes();
  if (!cell) return <span className="muted">{say('notAsked')}</span>;
  const state = cell.state ?? 'none';
  const reason = cell.error ?? cell.reason;
  return (
    <div className={classes.cell}>
      <StateWord tone={TONES[state] ?? 'unknown'} plain={PLAIN.has(state)}>
        {say(`state.${state}`)}
      </StateWord>
      {!PLAIN.has(state) && reason !== null && <span className="small">{asSentence(reason)}</span>}
      {cell.next_at !== null && <span className="small muted">{say('nextTry', { at: times.full(cell.next_at) })}</span>}
      {TRIED.has(state) && label !== null && <Retry row={row} label={label} />}
    </div>
  );
}

function Retry({ row, label }: Readonly<{ row: RequestRow; label: string }>) {
  const say = useWords('requests');
  const nameOf = useRequestName();
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => take(api.POST('/api/v1/request-replication/retry', { body: { fingerprint: row.fingerprint, subordinate: label } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['requests'] }),
  });
  return (
    <>
      {retry.error && <Trouble error={retry.error} />}
      <Button size="compact-sm" variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
        {say('tryAgain')}
        <span className="vh"> {nameOf(row)}</span>
      </Button>
      {retry.isSuccess && (
        <span className="small" role="status">
          {say('triedAgain')}
        </span>
      )}
    </>
  );
}
