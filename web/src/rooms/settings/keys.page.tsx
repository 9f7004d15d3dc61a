import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { api, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';
import { useMe } from '../../api/session.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

type Key = operations['app.listKeys']['responses'][200]['content']['application/json'][number];
type Scope = Key['scopes'][number];

function KeyRow({ one }: Readonly<{ one: Key }>) {
  const say = useWords('settings');
  const times = useTimes();
  const queries = useQueryClient();
  const [isAsked, setAsked] = useState(false);
  const revoke = useMutation({
    mutationFn: () => take(api.DELETE('/api/v1/keys/{id}', { params: { path: { id: one.id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
  return (
    <div className={classes.line}>
      <div className={classes.what}>
        <b>{one.name}</b>
        <small>
          {one.person === null ? say('forTheHouse') : say('forPerson', { person: one.person })} ·{' '}
          {one.scopes.map((scope) => say(`scope.${scope}`)).join(', ')}
        </small>
        <small>
          {say('madeBy', { name: one.created_by, at: times.full(one.created_at) })} ·{' '}
          {one.last_used_at === null ? say('neverUsed') : say('lastUsed', { at: times.full(one.last_used_at) })}
        </small>
      </div>
      {one.revoked_at !== null ? (
        <StateWord tone="quiet">{say('revokedAt', { at: times.full(one.revoked_at) })}</StateWord>
      ) : isAsked ? (
        <>
          <p>{say('revokeMeans')}</p>
          <Button onClick={() => setAsked(false)}>{say('keep')}</Button>
          <Button color="red" variant="filled" loading={revoke.isPending} onClick={() => revoke.mutate()}>
            {say('revokeNow', { name: one.name })}
          </Button>
        </>
      ) : (
        <Button color="red" variant="outline" onClick={() => setAsked(true)}>
          {say('revoke', { name: one.name })}
        </Button>
      )}
      {revoke.error && <Trouble error={revoke.error} />}
    </div>
  );
}

function NewKey() {
  const say = useWords('settings');
  const me = useMe();
  const queries = useQueryClient();
  const mine = (me?.scopes ?? []).filter((scope) => scope !== 'webhook');
  const [scopes, setScopes] = useState<readonly Scope[]>(['read']);
  const add = useMutation({
    mutationFn: (name: string) =>
      take(
        api.POST('/api/v1/keys', {
          body: { name, scopes: [...scopes], ...(me?.role === 'person' && me.person !== null && { person: me.person }) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['keys'] }),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    add.mutate(String(new FormData(form).get('name')), { onSuccess: () => form.reset() });
  };
  return (
    <Card title={say('newKey')}>
      <form onSubmit={send} className={classes.fields}>
        <TextInput label={say('keyName')} description={say('keyNameHint')} name="name" required withAsterisk={false} />
        <Checkbox.Group label={say('keyMay')} value={[...scopes]} onChange={(next) => setScopes(next as Scope[])}>
          {mine.map((scope) => (
            <Checkbox key={scope} my={8} value={scope} label={say(`scope.${scope}`)} />
          ))}
        </Checkbox.Group>
        {add.error && <Trouble error={add.error} />}
        <div>
          <Button type="submit" variant="filled" disabled={scopes.length === 0} loading={add.isPending}>
            {say('makeKey')}
          </Button>
        </div>
        {add.data && (
          <div role="status">
            <p>{say('keyOnce')}</p>
            <output className={classes.key}>{add.data.key}</output>
          </div>
        )}
      </form>
    </Card>
  );
}

/** Keys of programs: what each may do, when it was last used, and its end. */
export function Page() {
  const say = useWords('settings');
  const keys = useQuery({ queryKey: ['keys'], queryFn: ({ signal }) => take(api.GET('/api/v1/keys', { signal })) });
  return (
    <SettingsPage tab="keys">
      <Card title={say('pages.keys')}>
        <QueryState query={keys} reading={say('readingKeys')} isEmpty={(all) => all.length === 0} empty={<p>{say('noKeys')}</p>}>
          {(all) => (
            <Rows>
              {all.map((one) => (
                <Row key={one.id}>
                  <KeyRow one={one} />
                </Row>
              ))}
            </Rows>
          )}
        </QueryState>
      </Card>
      <NewKey />
    </SettingsPage>
  );
}
