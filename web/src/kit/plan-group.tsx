import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { IncludeBox } from './include-box.tsx';
import { number, span } from './numbers.ts';
import { type Group, type LeaveOut, type PlanRow, ROWS_AT_ONCE, type Rows, rowsQuery, sum } from './plan-types.ts';
import classes from './plan-view.module.css';
import { QueryState } from './query-state.tsx';
import { StateWord, type Tone } from './state-word.tsx';
import { type Column, Table } from './table.tsx';
import { useTimes } from './times.ts';
import { Why } from './why.tsx';
import { useWords } from './words.ts';

type Choose = ((wish: LeaveOut) => Promise<unknown>) | undefined;

const NAMED: ReadonlySet<string> = new Set(['learn-watched', 'learn-position', 'mark-played', 'set-position', 'unwatch']);

/** Changes of one kind with one reason: in or out as a whole, and open for its titles. */
export function PlanGroup({ id, group, choose }: Readonly<{ id: string; group: Group; choose: Choose }>) {
  const say = useWords('shell');
  const [isOpen, { toggle }] = useDisclosure(false);
  const region = useId();
  const { counts, kind, rule } = group;
  const total = sum(counts) + counts.left_out;
  const what = NAMED.has(kind) ? say(`plan.kind.${kind}`) : say(`plan.effect.${group.effect}`);
  return (
    <div className={classes.group}>
      <div className={classes.groupHead}>
        {choose && group.may_leave_out && (
          <IncludeBox
            label={say('plan.include', { what: `${what}. ${rule}` })}
            checked={sum(counts) > 0}
            indeterminate={sum(counts) > 0 && counts.left_out > 0}
            change={(checked) => choose({ left_out: !checked, kind, rule })}
          />
        )}
        <div className={classes.groupWords}>
          <h3>
            <Sign effect={group.effect} />
            {what}
          </h3>
          <p className="small muted">{rule}</p>
        </div>
        <span className={classes.groupCount}>{say('plan.groupCount', { included: number(sum(counts)), total: number(total) })}</span>
        <Button
          size="xs"
          onClick={toggle}
          aria-expanded={isOpen}
          aria-controls={region}
          rightSection={isOpen ? <ChevronUp size={15} aria-hidden /> : <ChevronDown size={15} aria-hidden />}
        >
          {say(isOpen ? 'plan.close' : 'plan.open')}
          <span className="vh"> {what}</span>
        </Button>
      </div>
      <div id={region}>{isOpen && <GroupRows id={id} group={group} what={what} choose={choose} />}</div>
    </div>
  );
}

const SIGNS = { add: '+', change: '~', remove: '−' } as const;

function Sign({ effect }: Readonly<{ effect: Group['effect'] }>) {
  return (
    <span className={`${classes.sign} ${classes[effect]}`} aria-hidden>
      {SIGNS[effect]}
    </span>
  );
}

function GroupRows({ id, group, what, choose }: Readonly<{ id: string; group: Group; what: string; choose: Choose }>) {
  const say = useWords('shell');
  const [page, setPage] = useState(1);
  const rows = useQuery(rowsQuery(id, group, page));
  return (
    <QueryState query={rows} reading={what}>
      {(found) => (
        <>
          <Table caption={say('plan.rows', { what })} columns={columnsOf(found, say, choose)} rows={found.items} idOf={({ key }) => key} />
          {found.total > ROWS_AT_ONCE && (
            <nav className={classes.pages} aria-label={say('plan.rows', { what })}>
              <Button size="xs" disabled={page === 1} onClick={() => setPage(page - 1)}>
                {say('plan.earlier')}
              </Button>
              <span className="small muted">
                {say('plan.range', {
                  from: number((page - 1) * ROWS_AT_ONCE + 1),
                  to: number(Math.min(found.total, page * ROWS_AT_ONCE)),
                  total: number(found.total),
                })}
              </span>
              <Button size="xs" disabled={page * ROWS_AT_ONCE >= found.total} onClick={() => setPage(page + 1)}>
                {say('plan.later')}
              </Button>
            </nav>
          )}
        </>
      )}
    </QueryState>
  );
}

function columnsOf({ places }: Rows, say: ReturnType<typeof useWords>, choose: Choose): readonly Column<PlanRow>[] {
  return [
    { key: 'title', title: say('plan.row.title'), cell: (row) => <RowTitle row={row} choose={choose} /> },
    ...places.map((place) => ({
      key: String(place.account_id),
      title: place.name,
      cell: (row: PlanRow): ReactNode => <Cell row={row} cell={row.cells.find((one) => one.account_id === place.account_id)} />,
    })),
    { key: 'why', title: say('plan.row.whyTitle'), cell: (row) => <RowWhy row={row} />, align: 'end' },
  ];
}

function RowTitle({ row, choose }: Readonly<{ row: PlanRow; choose: Choose }>) {
  const say = useWords('shell');
  const mayChoose = choose && row.changes.some(({ may_leave_out }) => may_leave_out);
  return (
    <span className={classes.rowTitle}>
      {mayChoose && (
        <IncludeBox
          label={say('plan.include', { what: row.title })}
          checked={!row.left_out}
          change={(checked) => choose({ left_out: !checked, rows: [row.key] })}
        />
      )}
      <span>
        <b>{row.title}</b>
        {row.is_new && <small className={classes.isNew}> {say('plan.row.isNew')}</small>}
      </span>
    </span>
  );
}

const CELL_TONES: Readonly<Record<string, Tone>> = {
  source: 'ok',
  already: 'quiet',
  untouched: 'quiet',
  absent: 'quiet',
  unknown: 'unknown',
};
const STATE_TONES: Readonly<Record<string, Tone>> = {
  done: 'ok',
  failed: 'bad',
  unconfirmed: 'warn',
  skipped: 'quiet',
  'left-out': 'quiet',
};

type CellOf = PlanRow['cells'][number];

function Cell({ row, cell }: Readonly<{ row: PlanRow; cell: CellOf | undefined }>) {
  const say = useWords('shell');
  if (!cell) return null;
  const change = row.changes.find(({ seq }) => seq === cell.seq);
  if (!change) return <Standing cell={cell} />;
  if (change.state !== 'planned') {
    return <StateWord tone={STATE_TONES[change.state] ?? 'quiet'}>{say(`plan.change.${change.state}`)}</StateWord>;
  }
  const effect = cell.state === 'change' || cell.state === 'remove' ? cell.state : 'add';
  return (
    <span className={`${classes.change} ${classes[effect]}`}>
      <Sign effect={effect} />
      {say(`plan.cell.${effect}`)}
    </span>
  );
}

/** A place that the plan leaves as it is. */
function Standing({ cell }: Readonly<{ cell: CellOf }>) {
  const say = useWords('shell');
  const times = useTimes();
  const sourceWords = (): string => {
    if (!cell.watched && (cell.position_ms ?? 0) > 0) return say('plan.cell.begun', { at: span(cell.position_ms ?? 0) });
    return cell.at === null ? say('plan.cell.source') : say('plan.cell.sourceAt', { at: times.day(cell.at) });
  };
  return (
    <StateWord tone={CELL_TONES[cell.state] ?? 'quiet'} plain={cell.state !== 'unknown'}>
      {cell.state === 'source' ? sourceWords() : say(`plan.cell.${cell.state}`)}
    </StateWord>
  );
}

function RowWhy({ row }: Readonly<{ row: PlanRow }>) {
  const say = useWords('shell');
  const times = useTimes();
  return (
    <Why about={say('plan.row.why', { title: row.title })}>
      {row.changes.map((change) => (
        <div key={change.seq} className={classes.reason}>
          <b>{NAMED.has(change.kind) ? say(`plan.kind.${change.kind}`) : change.kind}</b>
          {change.account !== null && <span className="muted"> {change.account}</span>}
          <p>{change.reason.rule}</p>
          <ul>
            {change.reason.facts.map(({ source, text, at }) => (
              <li key={`${source} ${text}`}>
                {at === null ? say('plan.fact', { source, text }) : say('plan.factAt', { source, text, at: times.exact(at) })}
              </li>
            ))}
          </ul>
          {change.outcome !== null && <p>{change.outcome}</p>}
          <p className="small muted">{say('plan.askedBy', { who: change.asked_by })}</p>
        </div>
      ))}
    </Why>
  );
}
