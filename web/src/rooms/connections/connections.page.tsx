import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { api, take } from '../../api/client.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { type Account, accountsQuery, KINDS, waitingQuery } from '../../kit/connection-types.ts';
import { DemoCard, demoQuery } from '../../kit/demo.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { SourceHealth } from '../../kit/source-health.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { type Column, Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useShortcut } from '../../kit/use-shortcut.ts';
import { useWords } from '../../kit/words.ts';
import classes from './connections.module.css';
import { Desks, Trackers } from './others.tsx';

export function Page() {
  const say = useWords('connections');
  const sayShell = useWords('shell');
  const navigate = useNavigate();
  const isDemo = useQuery(demoQuery).data?.here === true;
  const accounts = useQuery({ ...accountsQuery, refetchInterval: 15_000 });
  useShortcut('n', () => void navigate({ to: '/connections/new/$kind', params: { kind: 'plex' } }));
  const columns: readonly Column<Account>[] = [
    {
      key: 'server',
      title: say('server'),
      cell: (one) => (
        <Link to="/connections/$id" params={{ id: String(one.id) }} className={classes.link}>
          <Place kind={one.server.type} name={one.server.name} note={one.name} isUnknown={one.health.state === 'unknown'} />
        </Link>
      ),
    },
    { key: 'person', title: say('person'), cell: (one) => one.person },
    {
      key: 'health',
      title: say('health'),
      cell: ({ health, last_import }) => <SourceHealth state={health.state} readAt={last_import} fault={health.last_error} />,
    },
    {
      key: 'waits',
      title: say('waits'),
      cell: ({ consent, pushes }) =>
        consent === 'pending' ? (
          <StateWord tone="warn">{say('planWaits')}</StateWord>
        ) : pushes.waiting > 0 ? (
          say('waiting', { count: pushes.waiting })
        ) : (
          <span className="muted">{say('nothingWaits')}</span>
        ),
    },
  ];
  return (
    <Frame title={say('title')} lede={say('lede')}>
      <Stack>
        <DemoCard />
        <Card title={say('servers')}>
          <QueryState query={accounts} reading={say('reading')} isEmpty={(some) => some.length === 0} empty={say('empty')}>
            {(some) => <Table caption={say('servers')} columns={columns} rows={some} idOf={({ id }) => id} />}
          </QueryState>
        </Card>
        <Silent />
        <Desks />
        <Trackers />
        {!isDemo && (
          <Card title={say('addTitle')} padded>
            <div className={classes.kinds}>
              {KINDS.map((kind) => (
                <Button key={kind} onClick={() => void navigate({ to: '/connections/new/$kind', params: { kind } })}>
                  {say('add', { kind: sayShell(`connection.kind.${kind}`) })}
                </Button>
              ))}
            </div>
          </Card>
        )}
      </Stack>
    </Frame>
  );
}

/** Those that were saved although nothing answered. */
function Silent() {
  const say = useWords('connections');
  const times = useTimes();
  const queries = useQueryClient();
  const waiting = useQuery({ ...waitingQuery, refetchInterval: 15_000 }).data ?? [];
  const settled = () => Promise.all(['accounts', 'connections', 'demo'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  const again = useMutation({
    mutationFn: (id: number) => take(api.POST('/api/v1/connections/waiting/{id}/try', { params: { path: { id } } })),
    onSettled: settled,
  });
  const forget = useMutation({
    mutationFn: (id: number) => take(api.DELETE('/api/v1/connections/waiting/{id}', { params: { path: { id } } })),
    onSettled: settled,
  });
  if (waiting.length === 0) return null;
  return (
    <Card title={say('silent')}>
      {(again.error ?? forget.error) && <Trouble error={again.error ?? forget.error} />}
      <Rows>
        {waiting.map(({ id, kind, name, url, tries, tried_at, fault }) => (
          <Row key={id}>
            <Place kind={kind} name={name} note={url} isUnknown />
            <p className="small">{fault.message}</p>
            <p className="small muted">{say('silentSince', { count: tries, at: times.full(tried_at) })}</p>
            <div className={classes.acts}>
              <Button size="xs" loading={again.isPending} onClick={() => again.mutate(id)}>
                {say('tryNow', { name })}
              </Button>
              <Button size="xs" variant="subtle" onClick={() => forget.mutate(id)}>
                {say('forget', { name })}
              </Button>
            </div>
          </Row>
        ))}
      </Rows>
    </Card>
  );
}
