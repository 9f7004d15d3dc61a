import { Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, take } from '../../api/client.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './tracker.module.css';

type MarkNextProps = Readonly<{ show: number; episode: number; slot: string; person: string | undefined; close(): void }>;

/** What marking the next episode would change, here and on each place, before it does. */
export function MarkNext({ show, episode, slot, person, close }: MarkNextProps) {
  const say = useWords('tracker');
  const queries = useQueryClient();
  const button = useRef<HTMLButtonElement>(null);
  const wish = { titles: [show], episode, watched: true, ...(person !== undefined && { person }) };
  const preview = useQuery({
    queryKey: ['library', 'mark', wish],
    queryFn: ({ signal }) => take(api.POST('/api/v1/titles/marks/preview', { body: wish, signal })),
  });
  const mark = useMutation({
    mutationFn: () => take(api.POST('/api/v1/titles/marks', { body: wish })),
    onSuccess: async () => {
      close();
      await queries.invalidateQueries({ queryKey: ['library'] });
    },
  });
  const isShown = preview.data !== undefined;
  useEffect(() => {
    if (isShown) button.current?.focus();
  }, [isShown]);
  const told = preview.data?.places.filter(({ changes, held }) => changes > 0 && held === null) ?? [];
  return (
    <div className={classes.mark}>
      {preview.error && <Trouble error={preview.error} again={() => void preview.refetch()} />}
      {mark.error && <Trouble error={mark.error} />}
      {preview.data && (
        <>
          <p>
            {told.length === 0
              ? say('markHere')
              : say('markPlaces', { count: told.length, places: told.map(({ name }) => name).join(', ') })}
          </p>
          <Group gap={8}>
            <Button ref={button} size="sm" variant="filled" loading={mark.isPending} onClick={() => mark.mutate()}>
              {say('markNow', { slot })}
            </Button>
            <Button size="sm" onClick={close}>
              {say('markLater')}
            </Button>
          </Group>
        </>
      )}
    </div>
  );
}
