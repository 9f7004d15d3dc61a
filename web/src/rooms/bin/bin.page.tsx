import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Answer } from '../../api/answer.ts';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { Page as Frame } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { StateWord } from '../../kit/state-word.tsx';
import { Table } from '../../kit/table.tsx';
import { useTimes } from '../../kit/times.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';

type Entry = Answer<'app.listBin'>['items'][number];

/** What was taken out of a history, and can be brought back. */
export function Page() {
  const say = useWords('bin');
  const times = useTimes();
  const [count, setCount] = useState(50);
  const bin = useQuery({
    queryKey: ['bin', count],
    queryFn: ({ signal }) => take(api.GET('/api/v1/bin', { params: { query: { per_page: count } }, signal })),
    placeholderData: (before) => before,
  });
  return (
    <Frame title={say('title')} lede={say('lede')}>
      <Card title={say('entries')}>
        <QueryState query={bin} reading={say('reading')} isEmpty={({ total }) => total === 0} empty={say('empty')}>
          {({ items, total }) => (
            <>
              <Table
                caption={say('entries')}
                rows={items}
                idOf={({ id }) => id}
                columns={[
                  { key: 'title', title: say('what'), cell: ({ title }) => <b>{title}</b> },
                  { key: 'person', title: say('person'), cell: ({ person }) => person ?? say('house') },
                  {
                    key: 'by',
                    title: say('taken'),
                    cell: (entry) => say('takenBy', { by: entry.deleted_by, at: times.full(entry.deleted_at) }),
                  },
                  {
                    key: 'until',
                    title: say('until'),
                    cell: (entry) => <time dateTime={entry.restore_until}>{times.full(entry.restore_until)}</time>,
                  },
                  { key: 'back', title: say('back'), align: 'end', cell: (entry) => <BringBack entry={entry} /> },
                ]}
              />
              {items.length < total && (
                <Button m={16} size="xs" variant="default" onClick={() => setCount(count + 100)}>
                  {say('more', { count: total - items.length })}
                </Button>
              )}
            </>
          )}
        </QueryState>
      </Card>
    </Frame>
  );
}

function BringBack({ entry }: Readonly<{ entry: Entry }>) {
  const say = useWords('bin');
  const queries = useQueryClient();
  const restore = useMutation({
    mutationFn: () => take(api.POST('/api/v1/bin/{id}/restore', { params: { path: { id: entry.id } } })),
    onSuccess: () => queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'activity' || queryKey[0] === 'history' }),
  });
  if (restore.isSuccess) {
    return (
      <span role="status">
        <StateWord tone="ok">{say('isBack')}</StateWord>
      </span>
    );
  }
  return (
    <>
      {restore.error && <Trouble error={restore.error} />}
      <Button size="xs" variant="default" loading={restore.isPending} onClick={() => restore.mutate()}>
        {say('bringBack')}
        <span className="vh"> {entry.title}</span>
      </Button>
    </>
  );
}
