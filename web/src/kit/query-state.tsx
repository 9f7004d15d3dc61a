import { Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import classes from './states.module.css';
import { useTimes } from './times.ts';
import { Trouble } from './trouble.tsx';
import { useWords } from './words.ts';

type QueryStateProps<T> = Readonly<{
  query: UseQueryResult<T, Error>;
  /** What is read, as the sentence "Reading …" ends. */
  reading: string;
  /** Lines of the skeleton. */
  lines?: number;
  isEmpty?(data: T): boolean;
  /** Why it is empty and the one next step; said only after an answer. */
  empty?: ReactNode;
  children(data: T): ReactNode;
}>;

/** True once so much time has passed while it is waited for. */
function useAfter(ms: number, waiting: boolean): boolean {
  const [passed, setPassed] = useState(false);
  useEffect(() => {
    if (!waiting) return setPassed(false);
    const timer = setTimeout(() => setPassed(true), ms);
    return () => clearTimeout(timer);
  }, [ms, waiting]);
  return passed && waiting;
}

/** The four states of whatever is asked of the server: being read, empty, not readable (with what was last known), and there. */
export function QueryState<T>({ query, reading, lines = 3, isEmpty, empty, children }: QueryStateProps<T>) {
  const say = useWords('shell');
  const times = useTimes();
  const { data, error, isPending, dataUpdatedAt, refetch } = query;
  const isSlow = useAfter(150, isPending);
  const isVerySlow = useAfter(2_000, isPending);
  const again = () => void refetch();
  if (data === undefined && error) return <Trouble error={error} again={again} />;
  if (data === undefined) {
    return (
      <div className={classes.skeleton} aria-busy="true">
        {isSlow && Array.from({ length: lines }, (_, line) => <Skeleton key={line.toString()} height={40} radius="sm" animate={false} />)}
        {isVerySlow && <p className="small muted">{say('reading', { what: reading })}</p>}
      </div>
    );
  }
  return (
    <>
      {error && <Trouble error={error} again={again} shown={say('trouble.shown', { at: times.full(dataUpdatedAt) })} />}
      {isEmpty?.(data) ? <div className={classes.empty}>{empty}</div> : children(data)}
    </>
  );
}
