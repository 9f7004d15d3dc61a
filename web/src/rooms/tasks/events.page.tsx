import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Answer } from '../../api/answer.ts';
import { api, take } from '../../api/client.ts';
import { Card, Row, Rows } from '../../kit/card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './tasks.module.css';

type Letter = Answer<'app.listDeadLetters'>[number];

/** What happened in the house within the last hour, and what could not be delivered. */
export function Page() {
  const say = useWords('tasks');
  const times = useTimes();
  const letters = useQuery({
    queryKey: ['events', 'dead-letters'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/events/dead-letters', { signal })),
  });
  const events = useQuery({
    queryKey: ['events'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/events', { params: { query: { per_page: 100 } }, signal })),
    refetchInterval: 10_000,
  });
  return (
    <Frame title={say('events.title')} lede={say('events.lede')} up={{ to: '/tasks', label: say('title') }}>
      <Stack>
        <Card title={say('events.dead')}>
          <QueryState query={letters} reading={say('events.dead')} isEmpty={(rows) => rows.length === 0} empty={say('events.noDead')}>
            {(rows) => (
              <Rows>
                {rows.map((letter) => (
                  <Row key={`${letter.subscriber} ${letter.id}`}>
                    <DeadLetter letter={letter} />
                  </Row>
                ))}
              </Rows>
            )}
          </QueryState>
        </Card>
        <Card title={say('events.recent')}>
          <QueryState query={events} reading={say('events.recent')} isEmpty={({ total }) => total === 0} empty={say('events.none')}>
            {({ items }) => (
              <Table
                caption={say('events.recent')}
                rows={items}
                idOf={({ id }) => id}
                columns={[
                  { key: 'topic', title: say('events.what'), cell: ({ topic }) => <b>{topic}</b> },
                  { key: 'at', title: say('events.at'), cell: ({ at }) => <time dateTime={at}>{times.full(at)}</time> },
                  {
                    key: 'about',
                    title: say('events.about'),
                    cell: ({ payload }) => <span className={classes.payload}>{shortened(payload)}</span>,
                  },
                  {
                    key: 'state',
                    title: say('outcome'),
                    cell: ({ waiting }) =>
                      waiting.length === 0 ? (
                        <StateWord tone="ok" plain>
                          {say('events.taken')}
                        </StateWord>
                      ) : (
                        <StateWord tone="info">{say('events.waits', { names: waiting.join(', ') })}</StateWord>
                      ),
                  },
                ]}
              />
            )}
          </QueryState>
        </Card>
      </Stack>
    </Frame>
  );
}

const LONGEST = 160;
const shortened = (payload: unknown): string => {
  const text = JSON.stringify(payload) ?? '';
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
};

function DeadLetter({ letter }: Readonly<{ letter: Letter }>) {
  const say = useWords('tasks');
  const times = useTimes();
  const queries = useQueryClient();
  const body = { subscriber: letter.subscriber, event: letter.id };
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['events'] });
  const revive = useMutation({ mutationFn: () => take(api.POST('/api/v1/events/dead-letters/revive', { body })), onSuccess });
  const discard = useMutation({ mutationFn: () => take(api.POST('/api/v1/events/dead-letters/discard', { body })), onSuccess });
  const error = revive.error ?? discard.error;
  return (
    <>
      <p>
        <b>{say('events.undelivered', { topic: letter.topic, subscriber: letter.subscriber })}</b>
      </p>
      <p className="small muted">{say('events.tried', { count: letter.attempts, at: times.full(letter.at), error: letter.error })}</p>
      {error && <Trouble error={error} />}
      <Button.Group mt={8}>
        <Button size="xs" variant="default" loading={revive.isPending} onClick={() => revive.mutate()}>
          {say('events.revive')}
        </Button>
        <Button size="xs" variant="default" loading={discard.isPending} onClick={() => discard.mutate()}>
          {say('events.discard')}
        </Button>
      </Button.Group>
    </>
  );
}
