import { Button, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ExternalLink } from 'lucide-react';
import { useEffect, useState } from 'react';
import { api, take } from '../api/client.ts';
import type { operations } from '../api/schema.d.ts';
import { SecretField } from './secret-field.tsx';
import { Trouble } from './trouble.tsx';
import { useWords } from './words.ts';

type Added = operations['app.addTracker']['responses'][201]['content']['application/json'];

/** Simkl by a code that the person types there. */
export function SimklForm({ suggested, onSaved }: Readonly<{ suggested: string; onSaved(name: string): void }>) {
  const say = useWords('shell');
  const queries = useQueryClient();
  const [name, setName] = useState(suggested);
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const [added, setAdded] = useState<Added>();
  const begin = useMutation({
    mutationFn: () =>
      added === undefined
        ? take(
            api.POST('/api/v1/trackers', {
              body: {
                name,
                import: true,
                export: true,
                ...(clientId !== '' && { client_id: clientId }),
                ...(clientSecret !== '' && { client_secret: clientSecret }),
              },
            }),
          )
        : take(api.POST('/api/v1/trackers/{id}/invite', { params: { path: { id: added.tracker.id } }, body: {} })).then((invitation) => ({
            ...added,
            invitation,
          })),
    onSuccess: setAdded,
  });
  const invitation = added?.invitation.how === 'code' ? added.invitation : undefined;
  const state = useQuery({
    queryKey: ['trackers', added?.tracker.id, invitation?.user_code],
    queryFn: () => take(api.POST('/api/v1/trackers/{id}/connect', { params: { path: { id: added?.tracker.id ?? 0 } }, body: {} })),
    enabled: invitation !== undefined,
    refetchInterval: ({ state: now }) =>
      now.data === undefined || now.data.state === 'pending' ? (invitation?.interval_ms ?? 5_000) : false,
    refetchIntervalInBackground: true,
  }).data?.state;
  useEffect(() => {
    if (state !== 'connected') return;
    void queries.invalidateQueries({ queryKey: ['trackers'] });
    onSaved(name);
  }, [state, name, onSaved, queries]);

  if (state === 'connected') return <p role="status">{say('connection.simklDone')}</p>;
  const isOver = state === 'expired' || state === 'refused';
  if (invitation && !isOver) {
    return (
      <Stack>
        <h3>{say('connection.simklCode', { code: invitation.user_code })}</h3>
        <p role="status">{say('connection.simklWait')}</p>
        <Button
          component="a"
          href={invitation.link}
          target="_blank"
          rel="noreferrer"
          variant="filled"
          leftSection={<ExternalLink size={18} aria-hidden />}
        >
          {say('connection.simklOpen')}
        </Button>
      </Stack>
    );
  }
  return (
    <Stack>
      <p>{say(isOver ? 'connection.simklOver' : 'connection.simklHint')}</p>
      <TextInput label={say('connection.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput
        label={say('connection.clientId')}
        value={clientId}
        autoComplete="off"
        onChange={(event) => setClientId(event.currentTarget.value)}
      />
      <SecretField
        label={say('connection.clientSecret')}
        value={clientSecret}
        onChange={(event) => setClientSecret(event.currentTarget.value)}
      />
      {begin.error && <Trouble error={begin.error} />}
      <Button variant="filled" disabled={name === ''} loading={begin.isPending} onClick={() => begin.mutate()}>
        {say('connection.simklBegin')}
      </Button>
    </Stack>
  );
}
