import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { ConnectionForm } from '../../kit/connection-form.tsx';
import { accountsQuery, KINDS, type Kind, waitingQuery } from '../../kit/connection-types.ts';
import { DemoCard, demoQuery, useDemo } from '../../kit/demo.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { NextStep } from './next-step.tsx';
import classes from './welcome.module.css';

/** Servers one after the other, each tried before it is saved; or the demo household, to look around first. */
export function ConnectStep() {
  const say = useWords('welcome');
  const sayShell = useWords('shell');
  const [kind, setKind] = useState<Kind>();
  const [saved, setSaved] = useState('');
  const accounts = useQuery(accountsQuery);
  const isDemo = useQuery(demoQuery).data?.here === true;
  const names = new Set((accounts.data ?? []).map(({ name }) => name));
  const free = (wanted: string): string => (names.has(wanted) ? `${wanted}_${names.size + 1}` : wanted);
  const done = (name: string) => {
    setSaved(name);
    setKind(undefined);
  };
  return (
    <Frame title={say('title.connect')} lede={say('connectLede')}>
      <Stack>
        <DemoCard />
        <Connected />
        {!isDemo && (
          <Card title={say(names.size === 0 ? 'add' : 'another')} padded>
            <div className={classes.kinds}>
              {KINDS.map((one) => (
                <Button key={one} aria-pressed={kind === one} variant={kind === one ? 'filled' : 'default'} onClick={() => setKind(one)}>
                  {sayShell(`connection.kind.${one}`)}
                </Button>
              ))}
            </div>
            <p role="status" className="small">
              {saved !== '' && kind === undefined && say('saved', { name: saved })}
            </p>
          </Card>
        )}
        {kind && !isDemo && (
          <Card title={sayShell(`connection.kind.${kind}`)} padded>
            <ConnectionForm key={kind} kind={kind} suggested={free(kind)} onSaved={done} />
          </Card>
        )}
        <LookAround />
        <NextStep isReady={names.size > 0} />
      </Stack>
    </Frame>
  );
}

function Connected() {
  const say = useWords('welcome');
  const accounts = useQuery(accountsQuery);
  const waiting = useQuery(waitingQuery);
  const desks = useQuery({ queryKey: ['request-desks'], queryFn: ({ signal }) => take(api.GET('/api/v1/request-desks', { signal })) });
  return (
    <Card title={say('connected')} padded>
      <QueryState
        query={accounts}
        reading={say('reading')}
        isEmpty={(some) => some.length + (waiting.data?.length ?? 0) + (desks.data?.length ?? 0) === 0}
        empty={say('none')}
      >
        {(some) => (
          <ul className={classes.connected}>
            {some.map(({ id, name, server, person }) => (
              <li key={id}>
                <Place kind={server.type} name={server.name} note={name} />
                <span className="small muted">{person}</span>
              </li>
            ))}
            {desks.data?.map(({ id, name }) => (
              <li key={`desk ${id}`}>
                <Place kind="seerr" name={name} />
              </li>
            ))}
            {waiting.data?.map(({ id, kind, name, fault }) => (
              <li key={`waiting ${id}`}>
                <Place kind={kind} name={name} isUnknown note={fault.message} />
                <StateWord tone="unknown">{say('waiting')}</StateWord>
              </li>
            ))}
          </ul>
        )}
      </QueryState>
    </Card>
  );
}

function LookAround() {
  const say = useWords('welcome');
  const demo = useQuery(demoQuery).data;
  const { begin } = useDemo();
  if (!demo?.offered) return null;
  return (
    <Card title={say('look')} padded>
      <p>{say('lookWhat')}</p>
      {begin.error && <Trouble error={begin.error} />}
      <Button mt="sm" loading={begin.isPending} onClick={() => begin.mutate()}>
        {say('lookGo')}
      </Button>
    </Card>
  );
}
