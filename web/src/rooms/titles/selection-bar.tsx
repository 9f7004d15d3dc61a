import { Button } from '@mantine/core';
import { useWords } from '../../kit/words.ts';
import classes from './titles.module.css';

type SelectionBarProps = Readonly<{ count: number; onMark(watched: boolean): void; onClear(): void }>;

/** What can be done with those that are selected. Each opens its preview; none acts by itself. */
export function SelectionBar({ count, onMark, onClear }: SelectionBarProps) {
  const say = useWords('titles');
  return (
    <section className={classes.bar} aria-label={say('selection', { count })}>
      <strong>{say('selection', { count })}</strong>
      <Button variant="filled" onClick={() => onMark(true)}>
        {say('reviewWatched', { count })}
      </Button>
      <Button onClick={() => onMark(false)}>{say('reviewUnwatched', { count })}</Button>
      <Button variant="subtle" onClick={onClear}>
        {say('clear')}
      </Button>
    </section>
  );
}
