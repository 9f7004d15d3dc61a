import { Button, NativeSelect, Switch, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { api, take } from '../../api/client.ts';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { Place } from '../../kit/place.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { SecretField } from '../../kit/secret-field.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './people.module.css';
import { accountsQuery, type Login, loginsQuery, type Person, peopleQuery, type Scope, whoQuery } from './people.ts';

/** What a switch takes away; seeing what is theirs cannot be. */
const SWITCHES: readonly Scope[] = ['write', 'sync'];
const ROLES = ['owner', 'admin', 'person'] as const;

function Rename({ person }: Readonly<{ person: Person }>) {
  const say = useWords('people');
  const queries = useQueryClient();
  const rename = useMutation({
    mutationFn: (display_name: string) =>
      take(api.PATCH('/api/v1/people/{id}', { params: { path: { id: person.name } }, body: { display_name } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['people'] }),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    rename.mutate(String(new FormData(event.currentTarget).get('display')));
  };
  return (
    <form onSubmit={send}>
      <div className={classes.form}>
        <TextInput label={say('shownAs')} name="display" defaultValue={person.display_name} required withAsterisk={false} />
        <Button type="submit" loading={rename.isPending}>
          {say('saveName')}
        </Button>
        {rename.isSuccess && <StateWord tone="ok">{say('saved')}</StateWord>}
      </div>
      {rename.error && <Trouble error={rename.error} />}
    </form>
  );
}

function Pin({ account, has }: Readonly<{ account: number; has: boolean }>) {
  const say = useWords('people');
  const queries = useQueryClient();
  const [pin, setPin] = useState('');
  const path = { params: { path: { id: account } } };
  const keep = useMutation({
    mutationFn: (next: string | null) =>
      next === null
        ? take(api.DELETE('/api/v1/accounts/{id}/pin', path))
        : take(api.PUT('/api/v1/accounts/{id}/pin', { ...path, body: { pin: next } })),
    onSuccess: () => {
      setPin('');
      return queries.invalidateQueries({ queryKey: ['who-is-who'] });
    },
  });
  return (
    <div className={classes.form}>
      <SecretField w={160} label={has ? say('pinKept') : say('pin')} value={pin} onChange={(event) => setPin(event.currentTarget.value)} />
      <Button disabled={pin === ''} loading={keep.isPending} onClick={() => keep.mutate(pin)}>
        {say(has ? 'replacePin' : 'keepPin')}
      </Button>
      {has && (
        <Button variant="subtle" loading={keep.isPending} onClick={() => keep.mutate(null)}>
          {say('forgetPin')}
        </Button>
      )}
      {keep.error && <Trouble error={keep.error} />}
    </div>
  );
}

function Accounts({ person, isRunning }: Readonly<{ person: Person; isRunning: boolean }>) {
  const say = useWords('people');
  const times = useTimes();
  const accounts = useQuery(accountsQuery(person.name));
  const who = useQuery({ ...whoQuery, enabled: isRunning });
  const pinOf = (id: number) => who.data?.flatMap((server) => server.accounts).find((one) => one.id === id)?.pin ?? null;
  return (
    <Card title={say('accountsTitle')}>
      <QueryState query={accounts} reading={say('readingAccounts')} isEmpty={(all) => all.length === 0} empty={<p>{say('noAccounts')}</p>}>
        {(all) => (
          <Rows>
            {all.map((account) => {
              const pin = pinOf(account.id);
              return (
                <Row key={account.id}>
                  <div className={classes.line}>
                    <div className={classes.what}>
                      <Place kind={account.server.type} name={account.server.name} isUnknown={account.health.state !== 'ok'} />
                      <small>
                        {account.user.name ?? account.user.id} ·{' '}
                        {account.last_import === null ? say('neverRead') : say('lastRead', { at: times.full(account.last_import) })}
                      </small>
                    </div>
                    {account.consent === 'pending' && <StateWord tone="warn">{say('pending')}</StateWord>}
                    {pin !== null && <Pin account={account.id} has={pin} />}
                  </div>
                </Row>
              );
            })}
          </Rows>
        )}
      </QueryState>
    </Card>
  );
}

/** A sign-in, and what it may do as plain sentences. */
function LoginRow({ login }: Readonly<{ login: Login }>) {
  const say = useWords('people');
  const times = useTimes();
  const queries = useQueryClient();
  const path = { params: { path: { id: login.id } } };
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['logins'] }),
  });
  const [password, setPassword] = useState('');
  const [isAsked, setAsked] = useState(false);
  const withScope = (scope: Scope, on: boolean) => (on ? [...login.scopes, scope] : login.scopes.filter((one) => one !== scope));
  return (
    <div className={classes.line}>
      <div className={classes.what}>
        <b>{login.username}</b>
        <small>{login.last_used_at === null ? say('neverSignedIn') : say('lastSignIn', { at: times.full(login.last_used_at) })}</small>
      </div>
      <NativeSelect
        aria-label={say('roleOf', { name: login.username })}
        value={login.role}
        onChange={(event) => {
          const role = event.currentTarget.value as Login['role'];
          change.mutate(() => take(api.PUT('/api/v1/logins/{id}/role', { ...path, body: { role } })));
        }}
        data={ROLES.map((role) => ({ value: role, label: say(`role.${role}`) }))}
      />
      <div style={{ flexBasis: '100%' }}>
        {login.role === 'person' ? (
          <>
            <p className="small">{say('alwaysReads')}</p>
            {SWITCHES.map((scope) => (
              <Switch
                key={scope}
                my={8}
                label={say(`scope.${scope}`)}
                checked={login.scopes.includes(scope)}
                disabled={change.isPending}
                onChange={(event) => {
                  const scopes = withScope(scope, event.currentTarget.checked);
                  change.mutate(() => take(api.PUT('/api/v1/logins/{id}/scopes', { ...path, body: { scopes } })));
                }}
              />
            ))}
          </>
        ) : (
          <p className="small">{say(`roleMeans.${login.role}`)}</p>
        )}
      </div>
      <div className={classes.form}>
        <SecretField
          label={say('newPassword', { name: login.username })}
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button
          disabled={password === ''}
          onClick={() =>
            change.mutate(async () => {
              await take(api.PUT('/api/v1/logins/{id}/password', { ...path, body: { password } }));
              setPassword('');
            })
          }
        >
          {say('setPassword')}
        </Button>
        {isAsked ? (
          <>
            <p>{say('endMeans', { name: login.username })}</p>
            <Button onClick={() => setAsked(false)}>{say('keepLogin')}</Button>
            <Button color="red" variant="filled" onClick={() => change.mutate(() => take(api.DELETE('/api/v1/logins/{id}', path)))}>
              {say('endNow', { name: login.username })}
            </Button>
          </>
        ) : (
          <Button color="red" variant="outline" onClick={() => setAsked(true)}>
            {say('endLogin', { name: login.username })}
          </Button>
        )}
      </div>
      {change.error && <Trouble error={change.error} />}
    </div>
  );
}

function NewLogin({ person }: Readonly<{ person: string }>) {
  const say = useWords('people');
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: (wish: { username: string; password: string; role: Login['role'] }) =>
      take(api.POST('/api/v1/logins', { body: { ...wish, person } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['logins'] }),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const given = new FormData(form);
    const wish = { username: String(given.get('username')), password: String(given.get('password')), role: 'person' as const };
    add.mutate(wish, { onSuccess: () => form.reset() });
  };
  return (
    <form onSubmit={send} className={classes.facts}>
      <div className={classes.form}>
        <TextInput label={say('loginName')} name="username" autoComplete="off" required withAsterisk={false} />
        <SecretField label={say('password')} name="password" autoComplete="new-password" required withAsterisk={false} />
        <Button type="submit" loading={add.isPending}>
          {say('addLogin')}
        </Button>
      </div>
      {add.error && <Trouble error={add.error} />}
    </form>
  );
}

/** One person: their name, their accounts, and for whoever runs the house how they sign in and what they may do. */
export function Page() {
  const say = useWords('people');
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const me = useMe();
  const isRunning = me !== undefined && runsTheHouse(me);
  const people = useQuery(peopleQuery);
  const logins = useQuery({ ...loginsQuery, enabled: isRunning });
  const person = people.data?.find((one) => one.name === id);
  return (
    <Frame title={person?.display_name ?? id} up={{ to: '/people', label: say('title') }}>
      <QueryState query={people} reading={say('reading')} isEmpty={() => person === undefined} empty={<p>{say('nobody', { name: id })}</p>}>
        {() =>
          person && (
            <Stack>
              <Card title={say('nameTitle')} padded>
                <Rename key={person.id} person={person} />
              </Card>
              <Accounts person={person} isRunning={isRunning} />
              {isRunning && (
                <Card title={say('signIns')}>
                  <QueryState query={logins} reading={say('readingLogins')}>
                    {(all) => (
                      <>
                        <Rows>
                          {all
                            .filter((login) => login.person === person.name)
                            .map((login) => (
                              <Row key={login.id}>
                                <LoginRow login={login} />
                              </Row>
                            ))}
                        </Rows>
                        <NewLogin person={person.name} />
                      </>
                    )}
                  </QueryState>
                </Card>
              )}
            </Stack>
          )
        }
      </QueryState>
    </Frame>
  );
}
