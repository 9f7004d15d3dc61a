import { Button, CopyButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { ConnectionForm, ConnectionSwitches } from '../../kit/connection-form.tsx';
import { type Account, KINDS } from '../../kit/connection-types.ts';
import { Danger } from '../../kit/danger.tsx';
import { Columns, Page as Frame, Stack } from '../../kit/page.tsx';
import { useParam } from '../../kit/params.ts';
import { QueryState } from '../../kit/query-state.tsx';
import { SourceHealth } from '../../kit/source-health.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './connections.module.css';

const ONE = 1;

export function Page() {
  const say = useWords('connections');
  const id = Number(useParam('id'));
  const account = useQuery({
    queryKey: ['accounts', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/accounts/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <Frame
      title={account.data?.server.name ?? say('title')}
      lede={account.data && `${account.data.name}, ${account.data.person}`}
      up={{ to: '/connections', label: say('up') }}
    >
      <QueryState query={account} reading={say('reading')} lines={6}>
        {(one) => <Connection account={one} />}
      </QueryState>
    </Frame>
  );
}

function Connection({ account }: Readonly<{ account: Account }>) {
  const say = useWords('connections');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [isSaved, setSaved] = useState(false);
  const kind = KINDS.find((one) => one === account.server.type);
  const remove = async () => {
    await take(api.DELETE('/api/v1/accounts/{id}', { params: { path: { id: account.id } } }));
    await navigate({ to: '/connections' });
    await Promise.all(['accounts', 'sync', 'demo'].map((key) => queries.invalidateQueries({ queryKey: [key] })));
  };
  const options = Object.entries(account.options);
  return (
    <Columns
      side={
        <Stack>
          <State account={account} />
          <Card title={say('switches')} padded>
            <ConnectionSwitches account={account} />
          </Card>
          <Card title={say('options')} padded>
            {options.length === 0 ? (
              <p className="muted">{say('optionsNone')}</p>
            ) : (
              <ul>
                {options.map(([name, value]) => (
                  <li key={name} className="small">
                    {say('option', { name, value: String(value) })}
                  </li>
                ))}
              </ul>
            )}
          </Card>
        </Stack>
      }
    >
      {kind && (
        <Card title={say('edit')} padded>
          <ConnectionForm kind={kind} account={account} onSaved={() => setSaved(true)} />
          <p role="status" className="small">
            {isSaved && say('saved')}
          </p>
        </Card>
      )}
      <Notices account={account} />
      <Card title={say('danger')} padded>
        <p className={classes.what}>{say('removeWhat')}</p>
        <Danger action={say('remove', { name: account.name })} count={ONE} act={remove}>
          <p>{say('removeWhat')}</p>
        </Danger>
      </Card>
    </Columns>
  );
}

function State({ account }: Readonly<{ account: Account }>) {
  const say = useWords('connections');
  const queries = useQueryClient();
  const test = useMutation({
    mutationFn: () => take(api.POST('/api/v1/accounts/{id}/test', { params: { path: { id: account.id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['accounts'] }),
  });
  const { health, last_import } = account;
  return (
    <Card title={say('health')} padded>
      <SourceHealth state={health.state} readAt={last_import} fault={health.last_error} />
      <div className={classes.acts}>
        <Button size="xs" loading={test.isPending} onClick={() => test.mutate()}>
          {say('test')}
        </Button>
      </div>
      {test.error && <Trouble error={test.error} />}
      <p role="status" className="small">
        {test.data && say('tested', { name: test.data.name, version: test.data.version })}
      </p>
    </Card>
  );
}

function Notices({ account }: Readonly<{ account: Account }>) {
  const say = useWords('connections');
  const times = useTimes();
  const queries = useQueryClient();
  const key = ['accounts', account.id, 'webhook'];
  const path = { params: { path: { id: account.id } } };
  const webhook = useQuery({ queryKey: key, queryFn: ({ signal }) => take(api.GET('/api/v1/accounts/{id}/webhook', { ...path, signal })) });
  const rotate = useMutation({
    mutationFn: () => take(api.POST('/api/v1/accounts/{id}/webhook/rotate', path)),
    onSuccess: (fresh) => queries.setQueryData(key, fresh),
  });
  return (
    <Card title={say('events')} padded>
      <QueryState query={webhook} reading={say('events')}>
        {({ url, steps, last_event, last_event_at }) => (
          <>
            <p>{last_event_at === null ? say('noEvent') : say('lastEvent', { what: last_event ?? '', at: times.full(last_event_at) })}</p>
            <p className="small muted">{say('eventsLede')}</p>
            <ol className={classes.steps}>
              {steps.map((step) => (
                <li key={step}>{step}</li>
              ))}
            </ol>
            <div className={classes.acts}>
              <CopyButton value={url}>
                {({ copied, copy }) => (
                  <Button size="xs" onClick={copy}>
                    {say(copied ? 'copied' : 'copy')}
                  </Button>
                )}
              </CopyButton>
              <Button size="xs" variant="subtle" loading={rotate.isPending} onClick={() => rotate.mutate()}>
                {say('rotate')}
              </Button>
            </div>
            <p className="small muted">{say('rotateWhat')}</p>
            {rotate.error && <Trouble error={rotate.error} />}
          </>
        )}
      </QueryState>
    </Card>
  );
}
