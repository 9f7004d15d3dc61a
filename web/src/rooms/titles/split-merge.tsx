import { Button, Modal } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import { Trouble } from '../../kit/trouble.tsx';
import { useWords } from '../../kit/words.ts';
import classes from './titles.module.css';

/** Takes a merge back, once it has been said what that does. */
export function SplitMerge({ id, other }: Readonly<{ id: number; other: string }>) {
  const say = useWords('titles');
  const queries = useQueryClient();
  const [isOpen, { open, close }] = useDisclosure(false);
  const split = useMutation({
    mutationFn: () => take(api.POST('/api/v1/merges/{id}/split', { params: { path: { id } } })),
    onSuccess: () => {
      close();
      void queries.invalidateQueries({ queryKey: ['titles'] });
    },
  });
  return (
    <>
      <Button size="xs" onClick={open}>
        {say('story.split')}
      </Button>
      <Modal opened={isOpen} onClose={close} title={say('story.splitTitle', { other })} closeButtonProps={{ 'aria-label': say('close') }}>
        <p>{say('story.splitWhat', { other })}</p>
        {split.error && <Trouble error={split.error} />}
        <div className={classes.dialogActs}>
          <Button onClick={close}>{say('story.splitLeave')}</Button>
          <Button variant="filled" loading={split.isPending} onClick={() => split.mutate()}>
            {say('story.splitApply', { other })}
          </Button>
        </div>
      </Modal>
    </>
  );
}
