import { Button } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { api, take } from '../../api/client.ts';
import { Card } from '../../kit/card.tsx';
import { QueryState } from '../../kit/query-state.tsx';
import { useTimes } from '../../kit/times.ts';
import { useWords } from '../../kit/words.ts';
import { StoryItem } from './story-item.tsx';
import classes from './title.module.css';

const MORE = 50;

/** One time line: what waits above now, what happened below it, the newest first. */
export function TimeLine({ id }: Readonly<{ id: number }>) {
  const say = useWords('titles');
  const times = useTimes();
  const [onlyChanges, setOnlyChanges] = useState(false);
  const [limit, setLimit] = useState(MORE);
  const story = useQuery({
    queryKey: ['titles', 'story', id, onlyChanges, limit],
    queryFn: ({ signal }) =>
      take(
        api.GET('/api/v1/titles/{id}/story', {
          signal,
          params: { path: { id }, query: { offset: 0, limit: Math.min(200, limit), ...(onlyChanges && { only: 'changes' }) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });
  return (
    <Card
      title={say('story.title')}
      aside={
        <button type="button" className={classes.chip} aria-pressed={onlyChanges} onClick={() => setOnlyChanges(!onlyChanges)}>
          {say('story.onlyChanges')}
        </button>
      }
    >
      <QueryState
        query={story}
        reading={say('story.reading')}
        isEmpty={(told) => told.items.length === 0 && told.future.length === 0}
        empty={<p>{onlyChanges ? say('story.noChanges') : say('story.nothing')}</p>}
      >
        {(told) => (
          <>
            <ol className={classes.line}>
              {told.future.map((entry) => (
                <StoryItem key={entry.id} entry={entry} isFuture />
              ))}
              <li className={classes.now}>
                <span className={classes.when}>{say('story.now')}</span>
                <span className={classes.dot} aria-hidden />
                <p>{times.full(told.now)}</p>
              </li>
              {told.items.map((entry) => (
                <StoryItem key={entry.id} entry={entry} />
              ))}
            </ol>
            {told.total > told.items.length && limit < 200 && (
              <div className={classes.more}>
                <Button onClick={() => setLimit(limit + MORE)}>{say('story.more', { count: told.total - told.items.length })}</Button>
              </div>
            )}
          </>
        )}
      </QueryState>
    </Card>
  );
}
