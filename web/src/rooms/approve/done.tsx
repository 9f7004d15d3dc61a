import { Stack } from '@mantine/core';
import { Page as Frame } from '../../kit/page.tsx';
import { useWords } from '../../kit/words.ts';
import type { Decision } from './approvals.ts';
import classes from './approve.module.css';

/** What came of it, and what the person does next. */
export function Done({ decision }: Readonly<{ decision: Decision & Readonly<{ answer: 'approve' | 'refuse' }> }>) {
  const say = useWords('approve');
  const { app, answer, redirect, code, link } = decision;
  const next = redirect ?? link;
  const lede = answer === 'refuse' ? 'refusedLede' : code !== null ? 'codeLede' : redirect !== null ? 'backLede' : 'deviceLede';
  return (
    <Frame title={say(answer === 'approve' ? 'wasLetIn' : 'wasRefused', { app: app.name })} lede={say(lede)}>
      <Stack>
        {code !== null && <output className={classes.code}>{code}</output>}
        {next !== null && (
          <a className={classes.away} href={next} rel="noreferrer">
            {say('goOn', { place: next })}
          </a>
        )}
      </Stack>
    </Frame>
  );
}
