import { Link } from '@tanstack/react-router';
import type { operations } from '../../api/schema.d.ts';
import { number, span } from '../../kit/numbers.ts';
import { StateWord, type Tone } from '../../kit/state-word.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';

export type Run = operations['app.getRun']['responses'][200]['content']['application/json'];

const TONES: Readonly<Record<Run['status'], Tone>> = {
  pending: 'quiet',
  running: 'info',
  completed: 'ok',
  failed: 'bad',
  cancelled: 'quiet',
};
const COUNTS = ['items', 'added', 'plays', 'changed', 'unwatched', 'unidentified', 'differing'] as const;

export function RunState({ status }: Pick<Run, 'status'>) {
  const say = useWords('sync');
  return (
    <StateWord tone={TONES[status]} plain={status === 'completed'}>
      {say(`status.${status}`)}
    </StateWord>
  );
}

/** What came of a run, account by account; of one that failed the reason, unopened. */
export function RunCounts({ run }: Readonly<{ run: Run }>) {
  const say = useWords('sync');
  const said = (counts: Readonly<Record<string, number>>): string =>
    COUNTS.filter((name) => name === 'items' || (counts[name] ?? 0) > 0)
      .flatMap((name) => (counts[name] === undefined ? [] : [say(`count.${name}`, { value: number(counts[name]) })]))
      .join(', ');
  return (
    <>
      {run.error && <p className="small">{run.error.message}</p>}
      {Object.entries(run.counts).map(([name, counts]) => (
        <p key={name} className="small">
          {say('of', { name, counts: said(counts) || say('nothingNew') })}
        </p>
      ))}
    </>
  );
}

export function RunTable({ runs, caption }: Readonly<{ runs: readonly Run[]; caption: string }>) {
  const say = useWords('sync');
  const times = useTimes();
  const columns: readonly Column<Run>[] = [
    {
      key: 'started',
      title: say('runCol.started'),
      cell: (run) => (
        <Link to="/sync/runs/$id" params={{ id: run.id }}>
          {times.full(run.started_at ?? run.created_at)}
        </Link>
      ),
    },
    { key: 'kind', title: say('runCol.kind'), cell: (run) => say(`kind.${run.kind}`) },
    { key: 'by', title: say('runCol.by'), cell: (run) => (run.by === 'clock' ? say('byClock') : run.by) },
    {
      key: 'counts',
      title: say('runCol.counts'),
      cell: (run) => (
        <div>
          <RunState status={run.status} />
          <RunCounts run={run} />
        </div>
      ),
    },
    { key: 'took', title: say('runCol.took'), cell: (run) => (run.took_ms === null ? '' : span(run.took_ms)), align: 'end' },
    {
      key: 'plan',
      title: say('runCol.plan'),
      cell: (run) =>
        run.plan && (
          <Link to="/sync/plan/$id" params={{ id: run.plan.id }}>
            {say('planLink')}
          </Link>
        ),
    },
  ];
  return <Table caption={caption} columns={columns} rows={runs} idOf={({ id }) => id} />;
}
