import { Alert, Button, Radio, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api, take } from '../api/client.ts';
import type { Draft, SignIn } from './connection-types.ts';
import { SecretField } from './secret-field.tsx';
import { Trouble } from './trouble.tsx';
import { useWords } from './words.ts';

type SignInProps = Readonly<{ draft: Draft; change(part: Partial<Draft>): void }>;

const LOOK_EVERY = 2_000;

/** By a page at which the person agrees; then one of the servers that they may reach. */
export function DeviceSignIn({ draft, change }: SignInProps) {
  const say = useWords('shell');
  const [id, setId] = useState('');
  const begin = useMutation({
    mutationFn: () => take(api.POST('/api/v1/connections/sign-ins', { body: { kind: draft.kind, way: 'device' } })),
    onSuccess: (signIn) => setId(signIn.id),
  });
  const look = useQuery({
    queryKey: ['connections', 'sign-ins', id],
    queryFn: ({ signal }) => take(api.GET('/api/v1/connections/sign-ins/{id}', { params: { path: { id } }, signal })),
    enabled: id !== '',
    refetchInterval: ({ state }) => (state.data?.state === 'signed-in' || state.error ? false : LOOK_EVERY),
    refetchIntervalInBackground: true,
    retry: 2,
  });
  const signIn = look.data;
  const again = () => {
    setId('');
    change({ signIn: '', url: '', user: '' });
    begin.reset();
  };
  if (id === '') {
    return (
      <Stack>
        {begin.error && <Trouble error={begin.error} />}
        <Button variant="filled" loading={begin.isPending} onClick={() => begin.mutate()}>
          {say('connection.ways.device')}
        </Button>
      </Stack>
    );
  }
  if (look.error) return <Trouble error={look.error} again={again} />;
  if (signIn?.state !== 'signed-in') {
    const url = signIn?.url ?? begin.data?.url ?? undefined;
    return (
      <Stack>
        <p role="status">{say('connection.plexWait')}</p>
        {url !== undefined && (
          <Button
            component="a"
            href={url}
            target="_blank"
            rel="noreferrer"
            variant="filled"
            leftSection={<ExternalLink size={18} aria-hidden />}
          >
            {say('connection.plexOpen')}
          </Button>
        )}
      </Stack>
    );
  }
  return <ServerChoice signIn={signIn} draft={draft} change={change} again={again} />;
}

function ServerChoice({ signIn, draft, change, again }: SignInProps & Readonly<{ signIn: SignIn; again(): void }>) {
  const say = useWords('shell');
  const addresses = signIn.servers.flatMap(({ name, addresses: some }) => some.map((one) => ({ name, ...one })));
  const [first] = addresses;
  useEffect(() => {
    if (draft.signIn !== signIn.id) change({ signIn: signIn.id, url: first?.url ?? '', user: signIn.user?.name ?? '' });
  }, [draft.signIn, signIn, first, change]);
  return (
    <Stack>
      <p>{say('connection.signedIn', { name: signIn.user?.name ?? '' })}</p>
      {addresses.length === 0 && <Alert>{say('connection.noServers')}</Alert>}
      {addresses.length > 0 && (
        <Radio.Group label={say('connection.server')} value={draft.url} onChange={(url) => change({ url })}>
          <Stack gap="sm" mt="xs">
            {addresses.map(({ name, url, local }) => (
              <Radio key={url} value={url} label={say(local ? 'connection.serverLocal' : 'connection.serverRemote', { name, url })} />
            ))}
          </Stack>
        </Radio.Group>
      )}
      <Button variant="subtle" onClick={again}>
        {say('connection.signInAgain')}
      </Button>
    </Stack>
  );
}

/** By name and password of a user of the server; the password is used once and kept nowhere. */
export function PasswordSignIn({ draft, change }: SignInProps) {
  const say = useWords('shell');
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({
    mutationFn: () =>
      take(
        api.POST('/api/v1/connections/sign-ins', {
          body: { kind: draft.kind, way: 'password', url: draft.url.trim(), username, password },
        }),
      ),
    onSuccess: (made) => {
      setPassword('');
      change({ signIn: made.id, user: '' });
    },
  });
  if (draft.signIn !== '') {
    return (
      <Stack>
        <p role="status">{say('connection.signedIn', { name: signIn.data?.user?.name ?? username })}</p>
        <Button variant="subtle" onClick={() => change({ signIn: '' })}>
          {say('connection.signInAgain')}
        </Button>
      </Stack>
    );
  }
  return (
    <Stack>
      <TextInput
        label={say('connection.username')}
        value={username}
        autoComplete="off"
        onChange={(event) => setUsername(event.currentTarget.value)}
      />
      <SecretField label={say('connection.password')} value={password} onChange={(event) => setPassword(event.currentTarget.value)} />
      {signIn.error && <Trouble error={signIn.error} />}
      <Button loading={signIn.isPending} disabled={username === '' || draft.url.trim() === ''} onClick={() => signIn.mutate()}>
        {say('connection.signIn')}
      </Button>
    </Stack>
  );
}
