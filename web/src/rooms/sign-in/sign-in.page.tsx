import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { FormEvent } from 'react';
import { api, take } from '../../api/client.ts';
import { meQuery } from '../../api/session.ts';
import { useAddress } from '../../kit/address.ts';
import { Outside } from '../../kit/outside.tsx';
import { Page as Frame } from '../../kit/page.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';

/** Only an address of this app, never one that leads elsewhere. */
const safe = (next: string): string => (/^\/(?![/\\])/.test(next) ? next : '/');

export function Page() {
  const say = useWords('sign-in');
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [next] = useAddress('next');
  const signIn = useMutation({
    mutationFn: async (body: { username: string; password: string }) => take(api.POST('/api/v1/session/browser', { body })),
    onSuccess: async () => {
      await queries.resetQueries({ queryKey: meQuery.queryKey });
      await navigate({ href: safe(next), replace: true });
    },
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    signIn.mutate({ username: String(given.get('username')), password: String(given.get('password')) });
  };
  return (
    <Outside>
      <Frame title={say('title')} lede={say('lede')}>
        <form onSubmit={send}>
          <Stack>
            <TextInput label={say('name')} name="username" autoComplete="username" required withAsterisk={false} />
            <PasswordInput label={say('password')} name="password" autoComplete="current-password" required withAsterisk={false} />
            {signIn.error && <Trouble error={signIn.error} />}
            <Button type="submit" variant="filled" loading={signIn.isPending}>
              {say('send')}
            </Button>
          </Stack>
        </form>
      </Frame>
    </Outside>
  );
}
