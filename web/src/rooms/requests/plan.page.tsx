import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Answer } from '../../api/answer.ts';
import { api, take } from '../../api/client.ts';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { Card } from '../../kit/card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { Table } from '../../kit/table.tsx';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import { asSentence, instanceName, useRequestName } from './request-name.ts';
import classes from './requests.module.css';

type Preview = Answer<'app.previewReplication'>;
type Part = Preview['subordinates'][number];

/** What the next round would do on each instance; what differs already; and the round itself. */
export function Page() {
  const say = useWords('requests');
  const me = useMe();
  const isOwner = me !== undefined && runsTheHouse(me);
  const replication = useQuery({
    queryKey: ['requests', 'replication'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/request-replication', { signal })),
    enabled: isOwner,
  });
  const hasPrimary = replication.data !== undefined && replication.data.primary !== null;
  const preview = useQuery({
    queryKey: ['requests', 'preview'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/request-replication/preview', { signal })),
    enabled: isOwner && hasPrimary,
    retry: false,
  });
  if (me && !isOwner) return <Frame title={say('plan.title')} lede={say('noRight')} />;
  if (replication.data && !hasPrimary) {
    return (
      <Frame title={say('plan.title')} lede={say('plan.noPrimary')} up={{ to: '/requests', label: say('title') }}>
        <Link to="/connections">{say('plan.connect')}</Link>
      </Frame>
    );
  }
  const total = preview.data?.subordinates.reduce((sum, { changes }) => sum + changes.length, 0) ?? 0;
  const unknown = preview.data?.subordinates.filter(({ known }) => !known) ?? [];
  return (
    <Frame
      title={preview.data ? say('plan.would', { count: total }) : say('plan.title')}
      lede={say('plan.lede')}
      up={{ to: '/requests', label: say('title') }}
      actions={preview.data && total > 0 && <Go count={total} isStopped={preview.data.stopped !== null} />}
    >
      <QueryState query={preview} reading={say('plan.reading')} lines={6}>
        {({ stopped, subordinates }) => (
          <Stack>
            <Card title={say('plan.guards')} padded>
              <ul className={classes.guards}>
                <li>
                  <StateWord tone={unknown.length === 0 ? 'ok' : 'unknown'} plain={unknown.length === 0}>
                    {unknown.length === 0
                      ? say('plan.allRead')
                      : say('plan.notRead', { names: unknown.map((part) => instanceName(part.subordinate)).join(', ') })}
                  </StateWord>
                </li>
                <li>
                  <StateWord tone={stopped === null ? 'ok' : 'warn'} plain={stopped === null}>
                    {stopped ?? say('plan.noStop')}
                  </StateWord>
                </li>
              </ul>
            </Card>
            {subordinates.map((part) => (
              <Changes key={part.subordinate} part={part} />
            ))}
          </Stack>
        )}
      </QueryState>
    </Frame>
  );
}

function Go({ count, isStopped }: Readonly<{ count: number; isStopped: boolean }>) {
  const say = useWords('requests');
  const queries = useQueryClient();
  const go = useMutation({
    mutationFn: () => take(api.POST('/api/v1/request-replication/run')),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }),
  });
  if (go.error) return <Trouble error={go.error} again={() => go.mutate()} />;
  if (go.isSuccess) return <p role="status">{say('plan.begun')}</p>;
  return (
    <Button loading={go.isPending} disabled={isStopped && count === 0} onClick={() => go.mutate()}>
      {say('plan.apply', { count })}
    </Button>
  );
}

function Changes({ part }: Readonly<{ part: Part }>) {
  const say = useWords('requests');
  const nameOf = useRequestName();
  return (
    <Card title={instanceName(part.subordinate)} padded={!part.known || part.changes.length === 0}>
      {!part.known && <p>{say('plan.unknown', { reason: part.reason ?? '' })}</p>}
      {part.known && part.changes.length === 0 && <p>{say('plan.agrees')}</p>}
      {part.changes.length > 0 && (
        <Table
          caption={part.subordinate}
          rows={part.changes}
          idOf={(change) => `${change.action} ${change.request_id} ${change.there ?? ''}`}
          columns={[
            { key: 'what', title: say('plan.change'), cell: (change) => <b>{say(`plan.actions.${change.action}`)}</b> },
            { key: 'about', title: say('request'), cell: (change) => nameOf(change) },
            { key: 'as', title: say('plan.as'), cell: (change) => change.as ?? '–' },
            { key: 'why', title: say('reason'), cell: (change) => asSentence(change.reason) },
          ]}
        />
      )}
      {part.waiting.length > 0 && (
        <ul className={classes.waits}>
          {part.waiting.map((one) => (
            <li key={`${one.request_id} ${one.state}`}>
              <b>{nameOf(one)}</b>: {say(`state.${one.state}`)}. {asSentence(one.reason)}
            </li>
          ))}
        </ul>
      )}
      {part.known && <Drift subordinate={part.subordinate} />}
    </Card>
  );
}

function Drift({ subordinate }: Readonly<{ subordinate: string }>) {
  const say = useWords('requests');
  const nameOf = useRequestName();
  const [isOpen, setOpen] = useState(false);
  const drift = useQuery({
    queryKey: ['requests', 'drift', subordinate],
    queryFn: ({ signal }) => take(api.GET('/api/v1/request-replication/drift', { params: { query: { subordinate } }, signal })),
    enabled: isOpen,
    retry: false,
  });
  if (!isOpen) {
    return (
      <Button m={16} size="xs" variant="default" onClick={() => setOpen(true)}>
        {say('drift.show')}
        <span className="vh"> {subordinate}</span>
      </Button>
    );
  }
  return (
    <div className={classes.waits}>
      <h3>{say('drift.title')}</h3>
      <QueryState query={drift} reading={say('drift.title')}>
        {({ in_step: inStep, foreign, differences }) => (
          <>
            <p className="small muted">{say('drift.summary', { inStep, foreign, count: differences.length })}</p>
            <ul>
              {differences.map((one) => (
                <li key={`${one.kind} ${one.request_id}`}>
                  <b>{nameOf(one)}</b>: {say(`drift.kinds.${one.kind}`)}. {asSentence(one.reason)}{' '}
                  {say(one.planned ? 'drift.planned' : 'drift.notPlanned')}
                </li>
              ))}
            </ul>
          </>
        )}
      </QueryState>
    </div>
  );
}
