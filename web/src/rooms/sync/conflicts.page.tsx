import { useQuery } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { ConflictCard } from '../../kit/conflict-card.tsx';
import { Page as Frame, Stack } from '../../kit/page.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { useWords } from '../../kit/words.ts';

export function Page() {
  const say = useWords('sync');
  const conflicts = useQuery({
    queryKey: ['conflicts'],
    queryFn: ({ signal }) => take(api.GET('/api/v1/conflicts', { params: { query: { state: 'open' } }, signal })),
  });
  const servers = useQuery({ queryKey: ['servers'], queryFn: ({ signal }) => take(api.GET('/api/v1/servers', { signal })) }).data;
  return (
    <Frame title={say('conflictsTitle')} lede={say('conflictsLede')} up={{ to: '/sync', label: say('up') }}>
      <QueryState
        query={conflicts}
        reading={say('conflictsReading')}
        isEmpty={({ items }) => items.length === 0}
        empty={say('conflictsEmpty')}
      >
        {({ items }) => (
          <Stack>
            {items.map((conflict) => (
              <ConflictCard
                key={conflict.id}
                conflict={conflict}
                server={servers?.find(({ id }) => id === conflict.copy?.server_id)?.name}
              />
            ))}
          </Stack>
        )}
      </QueryState>
    </Frame>
  );
}
