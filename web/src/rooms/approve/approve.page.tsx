import { Button, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ProblemError } from '../../api/client.ts';
import { useAddress } from '../../kit/address.ts';
import { Outside } from '../../kit/outside.tsx';
import { Page as Frame } from '../../kit/page.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { approvalQuery, type Decision } from './approvals.ts';
import { Asked } from './asked.tsx';
import { Done } from './done.tsx';

/** Why an app was sent away before anybody was asked. */
const FAULTS = [
  'client-unusable',
  'unknown-app',
  'blocked',
  'other-generation',
  'redirect-missing',
  'redirect-unusable',
  'redirect-mismatch',
  'challenge-missing',
  'challenge-unusable',
  'response-type',
  'busy',
] as const;

function CodeForm({ code, send }: Readonly<{ code: string; send(code: string): void }>) {
  const say = useWords('approve');
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(String(new FormData(event.currentTarget).get('code')).trim());
  };
  return (
    <form onSubmit={submit}>
      <Stack>
        <TextInput
          label={say('code')}
          name="code"
          defaultValue={code}
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={20}
          required
          withAsterisk={false}
        />
        <Button type="submit" variant="filled">
          {say('find')}
        </Button>
      </Stack>
    </form>
  );
}

/** Whoever was sent here by an app, or typed what a device shows, decides whether it is let in. */
export function Page() {
  const say = useWords('approve');
  const [request] = useAddress('request');
  const [code, setCode] = useAddress('code');
  const [fault] = useAddress('fault');
  const [typed, setTyped] = useState('');
  const [done, setDone] = useState<Decision & Readonly<{ answer: 'approve' | 'refuse' }>>();
  // A code in the address is looked up once somebody has sent it: an address may be opened by anybody's doing.
  const id = request === '' ? typed : request;
  const approval = useQuery(approvalQuery(id));
  const again = (next: string) => {
    setCode(next);
    setTyped(next);
    if (next === typed) void approval.refetch();
  };

  if (fault !== '') {
    const why = FAULTS.find((one) => one === fault) ?? 'unknown';
    return (
      <Outside>
        <Frame title={say('faultTitle')} lede={say(`fault.${why}`)} />
      </Outside>
    );
  }
  if (done) {
    return (
      <Outside>
        <Done decision={done} />
      </Outside>
    );
  }
  if (approval.data) {
    return (
      <Outside>
        <Asked id={id} approval={approval.data} decided={setDone} />
      </Outside>
    );
  }
  const isGone = approval.error instanceof ProblemError && approval.error.status === 404;
  return (
    <Outside>
      <Frame title={say(request === '' ? 'title' : 'gone')} lede={say(request === '' ? 'lede' : 'goneLede')}>
        <Stack>
          {approval.error && !(isGone && request !== '') && <Trouble error={approval.error} />}
          {request === '' && <CodeForm key={code} code={code} send={again} />}
        </Stack>
      </Frame>
    </Outside>
  );
}
