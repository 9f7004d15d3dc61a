import { Button, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { api, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { HouseSettings, isOfApps } from './house-settings.tsx';
import classes from './settings.module.css';
import { SettingsPage } from './settings-page.tsx';

type App = operations['app.listApps']['responses'][200]['content']['application/json'][number];

function AppRow({ app }: Readonly<{ app: App }>) {
  const say = useWords('settings');
  const times = useTimes();
  const queries = useQueryClient();
  const path = { params: { path: { id: app.id } } };
  const change = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSettled: () => queries.invalidateQueries({ queryKey: ['apps'] }),
  });
  const isBlocked = app.blocked_at !== null;
  return (
    <div className={classes.line}>
      <div className={classes.what}>
        <b>{app.name}</b>
        <small>{app.client_id}</small>
        <small>
          {say(`appOrigin.${app.origin}`, { name: app.created_by, at: times.full(app.created_at) })}
          {app.redirects.length > 0 && ` · ${say('leadsTo', { places: app.redirects.join(', ') })}`}
        </small>
      </div>
      {isBlocked && <StateWord tone="warn">{say('blocked')}</StateWord>}
      <Button
        onClick={() => change.mutate(() => take(api.PATCH('/api/v1/apps/{id}', { ...path, body: { blocked: !isBlocked } })))}
        loading={change.isPending}
      >
        {say(isBlocked ? 'unblock' : 'block', { app: app.name })}
      </Button>
      <Button color="red" variant="outline" onClick={() => change.mutate(() => take(api.DELETE('/api/v1/apps/{id}', path)))}>
        {say('forgetApp', { app: app.name })}
      </Button>
      {change.error && <Trouble error={change.error} />}
    </div>
  );
}

function NewApp() {
  const say = useWords('settings');
  const queries = useQueryClient();
  const add = useMutation({
    mutationFn: ({ name, clientId, redirect }: { name: string; clientId: string; redirect: string }) =>
      take(
        api.POST('/api/v1/apps', {
          body: { name, ...(clientId !== '' && { client_id: clientId }), ...(redirect !== '' && { redirects: [redirect] }) },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['apps'] }),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const text = (name: string) => String(new FormData(form).get(name));
    add.mutate({ name: text('name'), clientId: text('client'), redirect: text('redirect') }, { onSuccess: () => form.reset() });
  };
  return (
    <Card title={say('registerTitle')}>
      <form onSubmit={send} className={classes.fields}>
        <div className={classes.form}>
          <TextInput label={say('appName')} name="name" required withAsterisk={false} />
          <TextInput label={say('clientId')} name="client" />
          <TextInput label={say('redirect')} name="redirect" />
          <Button type="submit" loading={add.isPending}>
            {say('register')}
          </Button>
        </div>
        {add.error && <Trouble error={add.error} />}
        {add.data && <output className={classes.key}>{add.data.app.client_id}</output>}
      </form>
    </Card>
  );
}

/** The apps that may ask for trackers here, for whoever runs the house. What each person let in is in their tracker. */
export function Page() {
  const say = useWords('settings');
  const apps = useQuery({ queryKey: ['apps'], queryFn: ({ signal }) => take(api.GET('/api/v1/apps', { signal })) });
  return (
    <SettingsPage tab="apps">
      <Card title={say('knownApps')}>
        <QueryState query={apps} reading={say('readingApps')} isEmpty={(all) => all.length === 0} empty={<p>{say('noApps')}</p>}>
          {(all) => (
            <Rows>
              {all.map((app) => (
                <Row key={app.id}>
                  <AppRow app={app} />
                </Row>
              ))}
            </Rows>
          )}
        </QueryState>
      </Card>
      <NewApp />
      <HouseSettings title={say('appRules')} fits={isOfApps} />
    </SettingsPage>
  );
}
