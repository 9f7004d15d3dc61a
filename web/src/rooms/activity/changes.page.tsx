import { Button, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../api/answer.ts';
import { api, take } from '../../api/client.ts';
import { runsTheHouse, useMe } from '../../api/session.ts';
import { useAddress } from '../../kit/address.ts';
import { Card } from '../../kit/card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord, type Tone } from '../../kit/state-word.tsx';
import { Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { Why } from '../../kit/why.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './activity.module.css';

type Change = Answer<'app.listChanges'>['items'][number];

const STATES = ['confirmed', 'failed', 'unconfirmed', 'intended'] as const;
const TONES: Readonly<Record<Change['state'], Tone>> = { confirmed: 'ok', failed: 'bad', unconfirmed: 'unknown', intended: 'info' };

/** Every change that was made on another server, with what was there before and what came of it. */
export function Page() {
  const say = useWords('activity');
  const times = useTimes();
  const me = useMe();
  const [state, setState] = useAddress('state');
  const [count, setCount] = useState(50);
  const isAllowed = me !== undefined && runsTheHouse(me);
  const wanted = STATES.find((one) => one === state);
  const changes = useQuery({
    queryKey: ['changes', state, count],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/changes', { params: { query: { per_page: count, ...(wanted && { state: [wanted] }) } }, signal })),
    placeholderData: (before) => before,
    enabled: isAllowed,
  });
  if (me && !isAllowed) return <Frame title={say('changes.title')} lede={say('changes.noRight')} />;
  return (
    <Frame title={say('changes.title')} lede={say('changes.lede')} up={{ to: '/activity', label: say('title') }}>
      <Stack>
        <search className={classes.filters}>
          <Select
            label={say('changes.state')}
            data={[{ value: '', label: say('changes.all') }, ...STATES.map((value) => ({ value, label: say(`changes.states.${value}`) }))]}
            value={state}
            onChange={(value) => setState(value ?? '')}
            allowDeselect={false}
          />
        </search>
        <Card title={say('changes.title')}>
          <QueryState query={changes} reading={say('reading')} isEmpty={({ total }) => total === 0} empty={say('changes.none')}>
            {({ items, total }) => (
              <>
                <Table
                  caption={say('changes.title')}
                  rows={items}
                  idOf={({ id }) => id}
                  columns={[
                    { key: 'what', title: say('changes.what'), cell: ({ subject }) => <b>{subject}</b> },
                    { key: 'kind', title: say('changes.kind'), cell: ({ kind }) => kind },
                    {
                      key: 'at',
                      title: say('why.when'),
                      cell: (row) => <time dateTime={row.created_at}>{times.full(row.created_at)}</time>,
                    },
                    {
                      key: 'state',
                      title: say('changes.state'),
                      cell: (row) => (
                        <StateWord tone={TONES[row.state]} plain={row.state === 'confirmed'}>
                          {say(`changes.states.${row.state}`)}
                        </StateWord>
                      ),
                    },
                    {
                      key: 'why',
                      title: say('why.title'),
                      align: 'end',
                      cell: (row) => (
                        <Why about={row.subject}>
                          <dl className={classes.facts}>
                            <dt>{say('changes.before')}</dt>
                            <dd className="mono">{JSON.stringify(row.before)}</dd>
                            <dt>{say('changes.wanted')}</dt>
                            <dd className="mono">{JSON.stringify(row.wanted)}</dd>
                            <dt>{say('changes.outcome')}</dt>
                            <dd className="mono">{JSON.stringify(row.outcome)}</dd>
                            <dt>{say('why.when')}</dt>
                            <dd>{times.exact(row.created_at)}</dd>
                          </dl>
                        </Why>
                      ),
                    },
                  ]}
                />
                {items.length < total && (
                  <Button m={16} size="xs" variant="default" onClick={() => setCount(count + 100)}>
                    {say('older', { count: total - items.length })}
                  </Button>
                )}
              </>
            )}
          </QueryState>
        </Card>
      </Stack>
    </Frame>
  );
}
