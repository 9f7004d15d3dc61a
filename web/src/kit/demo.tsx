import { Button } from '@mantine/core';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, take } from '../api/client.ts';
import { Card } from './card.tsx';
import { useTimes } from './times.ts';
import { Trouble } from './trouble.tsx';
import { useWords } from './words.ts';

export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/demo', { signal })),
});

/** Takes the demo household away, or has it come. All that is shown was its own or is now, so everything is asked anew. */
export function useDemo() {
  const queries = useQueryClient();
  const settled = () => queries.resetQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'me' && queryKey[0] !== 'setup' });
  return {
    begin: useMutation({ mutationFn: () => take(api.POST('/api/v1/demo')), onSuccess: settled }),
    end: useMutation({ mutationFn: () => take(api.DELETE('/api/v1/demo')), onSuccess: settled }),
  };
}

/** Says that what is shown is the demo, and takes it away with one press. Nothing where it is not here. */
export function DemoCard() {
  const say = useWords('shell');
  const times = useTimes();
  const demo = useQuery(demoQuery).data;
  const { end } = useDemo();
  if (!demo?.here) return null;
  return (
    <Card title={say('demo.title')} padded>
      <p>{say('demo.what', { at: times.full(demo.since) })}</p>
      {end.error && <Trouble error={end.error} />}
      <Button mt="sm" loading={end.isPending} onClick={() => end.mutate()}>
        {say('demo.end')}
      </Button>
    </Card>
  );
}
