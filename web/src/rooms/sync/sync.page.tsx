import { Button, Select } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { api, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';
import { useAddress } from '../../kit/address.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { DemoCard } from '../../kit/demo.tsx';
import { Columns, Page as Frame, Stack } from '../../kit/page.tsx';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { SourceHealth } from '../../kit/source-health.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import { RunState, RunTable } from './runs.tsx';
import classes from './sync.module.css';

type Overview = operations['app.getSync']['responses'][200]['content']['application/json'];
type Server = Overview['accounts'][number];

const RUNS_AT_ONCE = 15;

export function Page() {
  const say = useWords('sync');
  const overview = useQuery({
    queryKey: ['sync'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/sync', { signal })),
    refetchInterval: ({ state }) => (state.data?.accounts.some(({ running, waiting }) => running !== null || waiting > 0) ? 1_500 : 15_000),
  });
  return (
    <Frame title={say('title')} lede={say('lede')}>
      <Columns side={<Side overview={overview.data} />}>
        <DemoCard />
        <Card title={say('servers')}>
          <QueryState
            query={overview}
            reading={say('reading')}
            isEmpty={({ accounts }) => accounts.length === 0}
            empty={
              <>
                {say('empty')} <Link to="/connections">{say('connect')}</Link>
              </>
            }
          >
            {(data) => <Servers data={data} />}
          </QueryState>
        </Card>
        <Runs servers={overview.data?.accounts ?? []} />
      </Columns>
    </Frame>
  );
}

function Servers({ data }: Readonly<{ data: Overview }>) {
  const say = useWords('sync');
  const times = useTimes();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const settled = () => queries.invalidateQueries({ queryKey: ['sync'] });
  const run = useMutation({
    mutationFn: (server: Server) =>
      take(
        api.POST('/api/v1/tasks/{id}/run', { params: { path: { id: 'import' } }, body: { account: server.name, person: server.person } }),
      ),
    onSuccess: (queued) => navigate({ to: '/sync/runs/$id', params: { id: queued.job_id } }),
    onSettled: settled,
  });
  const propose = useMutation({
    mutationFn: (person: string) => take(api.POST('/api/v1/plans', { body: { person } })),
    onSuccess: (queued) => navigate({ to: '/sync/runs/$id', params: { id: queued.job_id } }),
    onSettled: settled,
  });
  const nextAt =
    data.next.import.enabled && data.next.import.at !== null ? say('nextAt', { at: times.full(data.next.import.at) }) : say('nextOff');
  const columns: readonly Column<Server>[] = [
    {
      key: 'server',
      title: say('col.server'),
      cell: (one) => <Place kind={one.type} name={one.server} note={one.name} isUnknown={one.health === 'unknown'} />,
    },
    { key: 'person', title: say('col.person'), cell: (one) => one.person },
    {
      key: 'state',
      title: say('col.state'),
      cell: (one) => (
        <div className={classes.state}>
          <SourceHealth state={one.health} readAt={one.last_import} fault={one.fault} />
          {one.waiting > 0 && <span className="small muted">{say('waits', { count: one.waiting })}</span>}
          {one.left_out > 0 && <span className="small muted">{say('leftOut', { count: one.left_out })}</span>}
        </div>
      ),
    },
    {
      key: 'last',
      title: say('col.last'),
      cell: (one) =>
        one.running ? (
          <RunState status={one.running.status} />
        ) : one.last_run ? (
          <Link to="/sync/runs/$id" params={{ id: one.last_run.id }}>
            {say(one.last_run.status === 'failed' ? 'ranFailed' : 'ranOk', { at: times.full(one.last_run.finished_at) })}
          </Link>
        ) : (
          <span className="muted">{say('never')}</span>
        ),
    },
    { key: 'next', title: say('col.next'), cell: () => nextAt },
    {
      key: 'act',
      title: say('col.act'),
      align: 'end',
      cell: (one) =>
        one.plan ? (
          <Button size="xs" variant="filled" onClick={() => void navigate({ to: '/sync/plan/$id', params: { id: one.plan?.id ?? '' } })}>
            {say('review', { name: one.name })}
          </Button>
        ) : one.consent === 'pending' ? (
          <Button size="xs" loading={propose.isPending} onClick={() => propose.mutate(one.person)}>
            {say('make')}
            <span className="vh"> {one.name}</span>
          </Button>
        ) : (
          <Button size="xs" loading={run.isPending && run.variables === one} onClick={() => run.mutate(one)}>
            {say('run', { name: one.name })}
          </Button>
        ),
    },
  ];
  useShortcut('p', () => {
    const waits = data.accounts.find(({ plan }) => plan !== null)?.plan;
    if (waits) void navigate({ to: '/sync/plan/$id', params: { id: waits.id } });
  });
  return (
    <>
      {(run.error ?? propose.error) && <Trouble error={run.error ?? propose.error} />}
      <Table caption={say('servers')} columns={columns} rows={data.accounts} idOf={({ id }) => id} />
    </>
  );
}

function Side({ overview }: Readonly<{ overview: Overview | undefined }>) {
  const say = useWords('sync');
  const times = useTimes();
  const plans = useQuery({
    queryKey: ['plans', 'proposed'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/plans', { params: { query: { state: 'proposed' } }, signal })),
  });
  const doubts = useQuery({
    queryKey: ['changes-in-doubt'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/changes-in-doubt', { signal })),
    enabled: (overview?.changes_in_doubt ?? 0) > 0,
  }).data;
  return (
    <Stack>
      <Card title={say('plans')} {...((plans.data?.total ?? 0) > 0 && { count: plans.data?.total ?? 0 })}>
        <QueryState query={plans} reading={say('plans')} isEmpty={({ items }) => items.length === 0} empty={say('plansNone')}>
          {({ items }) => (
            <Rows>
              {items.map(({ id, title, person, created_at }) => (
                <Row key={id}>
                  <Link to="/sync/plan/$id" params={{ id }}>
                    {say('planReview', { title })}
                  </Link>
                  <p className="small muted">
                    {person} {times.full(created_at)}
                  </p>
                </Row>
              ))}
            </Rows>
          )}
        </QueryState>
      </Card>
      <Card title={say('conflicts')} padded>
        {(overview?.conflicts_open ?? 0) === 0 ? (
          <p className="muted">{say('conflictsNone')}</p>
        ) : (
          <>
            <p>{say('conflictsOpen', { count: overview?.conflicts_open ?? 0 })}</p>
            <Link to="/sync/conflicts">{say('conflictsLink')}</Link>
          </>
        )}
        <p className="muted">
          {(overview?.changes_in_doubt ?? 0) === 0 ? say('doubtsNone') : say('doubts', { count: overview?.changes_in_doubt ?? 0 })}
        </p>
        {doubts && (
          <>
            <p className="small muted">{say('doubtsWhat')}</p>
            <ul>
              {doubts.items.map(({ id, subject, created_at }) => (
                <li key={id} className="small">
                  {say('doubtSubject', { subject, at: times.full(created_at) })}
                </li>
              ))}
            </ul>
          </>
        )}
      </Card>
    </Stack>
  );
}

function Runs({ servers }: Readonly<{ servers: readonly Server[] }>) {
  const say = useWords('sync');
  const [account, setAccount] = useAddress('server');
  const [page, setPage] = useAddress('page');
  const at = Math.max(1, Number(page) || 1);
  const runs = useQuery({
    queryKey: ['sync', 'runs', 'of', account, at],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/sync/runs', {
          params: { query: { page: at, per_page: RUNS_AT_ONCE, ...(account !== '' && { account }) } },
          signal,
        }),
      ),
    refetchInterval: 5_000,
  });
  const total = runs.data?.total ?? 0;
  const names = [...new Set(servers.map(({ name }) => name))];
  return (
    <Card
      title={say('history')}
      aside={
        <Select
          aria-label={say('filter')}
          size="xs"
          value={account}
          onChange={(next) => setAccount(next ?? '')}
          data={[{ value: '', label: say('allServers') }, ...names.map((name) => ({ value: name, label: name }))]}
          allowDeselect={false}
        />
      }
    >
      <QueryState query={runs} reading={say('historyReading')} isEmpty={({ items }) => items.length === 0} empty={say('historyEmpty')}>
        {({ items }) => <RunTable runs={items} caption={say('history')} />}
      </QueryState>
      {total > RUNS_AT_ONCE && (
        <div className={classes.pages}>
          <Button size="xs" disabled={at === 1} onClick={() => setPage(at === 2 ? '' : String(at - 1))}>
            {say('fewer')}
          </Button>
          <Button size="xs" disabled={at * RUNS_AT_ONCE >= total} onClick={() => setPage(String(at + 1))}>
            {say('more')}
          </Button>
        </div>
      )}
    </Card>
  );
}
