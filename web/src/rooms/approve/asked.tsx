import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { meQuery } from '../../api/session.ts';
import { Page as Frame } from '../../kit/page.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { type Approval, type Decision, decide, type Proved } from './approvals.ts';
import classes from './approve.module.css';
import { Prove } from './prove.tsx';

type AskedProps = Readonly<{
  id: string;
  approval: Approval;
  decided(decision: Decision & Readonly<{ answer: 'approve' | 'refuse' }>): void;
}>;

/** Who asks, for what, and until when; then who decides, and the decision. */
export function Asked({ id, approval, decided }: AskedProps) {
  const say = useWords('approve');
  const times = useTimes();
  const me = useQuery({ ...meQuery, retry: false });
  const [proved, setProved] = useState<Proved>();
  const [isOther, setOther] = useState(false);
  const { app, scopes, redirect } = approval;
  const decision = useMutation({
    mutationFn: (answer: 'approve' | 'refuse') => decide(id, answer, proved),
    onSuccess: (made, answer) => {
      decided({ ...made, answer });
      if (made.redirect !== null) location.assign(made.redirect);
    },
  });
  const who = proved?.name ?? (isOther ? undefined : (me.data?.person ?? me.data?.name));
  return (
    <Frame title={say('asks', { app: app.name })} lede={say(approval.road === 'device' ? 'asksDevice' : 'asksBrowser')}>
      <Stack>
        {!app.known && <StateWord tone="warn">{say('unknownApp')}</StateWord>}
        <dl className={classes.facts}>
          <dt>{say('may')}</dt>
          <dd>
            <ul>
              <li>{say('mayRead')}</li>
              <li>{say(scopes.includes('media:write') ? 'mayWrite' : 'mayNotWrite')}</li>
            </ul>
          </dd>
          <dt>{say('appId')}</dt>
          <dd className={classes.mono}>{app.client_id}</dd>
          {redirect !== null && (
            <>
              <dt>{say('leadsTo')}</dt>
              <dd className={classes.mono}>{redirect}</dd>
            </>
          )}
          <dt>{say('until')}</dt>
          <dd>{times.full(approval.expires_at)}</dd>
        </dl>
        {who === undefined ? (
          !me.isPending && <Prove id={id} offers={approval.sign_in} isHere={!isOther} proved={setProved} signedIn={() => setOther(false)} />
        ) : (
          <>
            <p>
              {say('signedIn', { name: who })}{' '}
              <button
                type="button"
                className={classes.link}
                onClick={() => {
                  setProved(undefined);
                  setOther(true);
                }}
              >
                {say('somebodyElse')}
              </button>
            </p>
            {decision.error && <Trouble error={decision.error} />}
            <Group>
              <Button variant="filled" loading={decision.isPending} onClick={() => decision.mutate('approve')}>
                {say('letIn', { app: app.name })}
              </Button>
              <Button disabled={decision.isPending} onClick={() => decision.mutate('refuse')}>
                {say('refuse', { app: app.name })}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </Frame>
  );
}
