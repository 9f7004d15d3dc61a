import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { api, take } from '../../api/client.ts';
import { meQuery, setupQuery } from '../../api/session.ts';
import { Page as Frame } from '../../kit/page.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';

/** The owner of the house, proved by the code that its server printed. */
export function AccountStep() {
  const say = useWords('welcome');
  const queries = useQueryClient();
  const create = useMutation({
    mutationFn: async (body: { username: string; password: string; setup_code: string }) => {
      await take(api.POST('/api/v1/setup', { body }));
      const { username, password } = body;
      await take(api.POST('/api/v1/session/browser', { body: { username, password } }));
    },
    onSuccess: () =>
      Promise.all([queries.resetQueries({ queryKey: meQuery.queryKey }), queries.resetQueries({ queryKey: setupQuery.queryKey })]),
  });
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const text = (name: string) => String(given.get(name));
    create.mutate({ username: text('username'), password: text('password'), setup_code: text('code') });
  };
  return (
    <Frame title={say('title.account')} lede={say('accountLede')}>
      <form onSubmit={send}>
        <Stack>
          <TextInput
            label={say('code')}
            description={say('codeHint')}
            name="code"
            autoComplete="off"
            spellCheck={false}
            required
            withAsterisk={false}
          />
          <TextInput label={say('name')} name="username" autoComplete="username" required withAsterisk={false} />
          <PasswordInput
            label={say('password')}
            description={say('passwordHint')}
            name="password"
            autoComplete="new-password"
            required
            withAsterisk={false}
          />
          {create.error && <Trouble error={create.error} />}
          <Button type="submit" variant="filled" loading={create.isPending}>
            {say('create')}
          </Button>
        </Stack>
      </form>
    </Frame>
  );
}
