import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Answer } from '../../api/answer.ts';
import { api, serverBase, take } from '../../api/client.ts';

export type Line = Answer<'app.listLogs'>['lines'][number];
export type LogFilter = Readonly<{ level: string; kind: string; room: string; text: string; from: string }>;

/** So many lines are kept on the page; the server has them all. */
const MOST = 5_000;

function queryOf({ level, kind, room, text, from }: LogFilter) {
  const moment = from === '' ? undefined : new Date(from);
  return {
    ...(level !== '' && { level: level as Line['level'] as 'warn' }),
    ...(kind !== '' && { kind: [kind as 'app'] }),
    ...(room !== '' && { room }),
    ...(text !== '' && { text }),
    ...(moment !== undefined && !Number.isNaN(moment.getTime()) && { from: moment.toISOString() }),
  };
}

/** Lines of the log, newest first: those that are there, older ones when asked for, and new ones as they are written. */
export function useLogLines(filter: LogFilter, isFollowing: boolean) {
  const [fresh, setFresh] = useState<readonly Line[]>([]);
  const [held, setHeld] = useState<readonly Line[]>([]);
  const [older, setOlder] = useState<readonly Line[]>([]);
  const [next, setNext] = useState<string | null>();
  const [error, setError] = useState<unknown>();
  const following = useRef(isFollowing);
  following.current = isFollowing;
  const key = JSON.stringify(filter);

  const start = useQuery({
    queryKey: ['logs', filter],
    queryFn: ({ signal }) => take(api.GET('/api/v1/logs', { params: { query: { ...queryOf(filter), limit: 300 } }, signal })),
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

  // Another search begins with nothing of the former one.
  useEffect(() => {
    setFresh([]);
    setHeld([]);
    setOlder([]);
    setNext(undefined);
    setError(undefined);
  }, [key]);

  const place = start.data?.follow_from;
  const isPast = filter.from !== '';
  useEffect(() => {
    if (place === undefined || isPast) return;
    const { level, kind, room, text } = JSON.parse(key) as LogFilter;
    const search = new URLSearchParams({ place });
    for (const [name, value] of Object.entries({ level, kind, room, text })) if (value !== '') search.set(name, value);
    const source = new EventSource(`${serverBase()}/api/v1/logs/stream?${search}`);
    source.addEventListener('line', (event) => {
      const line = JSON.parse((event as MessageEvent<string>).data) as Line;
      const add = (before: readonly Line[]) => [line, ...before].slice(0, MOST);
      if (following.current) setFresh(add);
      else setHeld(add);
    });
    return () => source.close();
  }, [place, isPast, key]);

  /** What came while the reader looked elsewhere. */
  const release = useCallback(() => {
    setHeld((waiting) => {
      setFresh((before) => [...waiting, ...before].slice(0, MOST));
      return [];
    });
  }, []);

  const more = useCallback(async () => {
    const from = next === undefined ? start.data?.next : next;
    if (!from) return;
    try {
      const answer = await take(api.GET('/api/v1/logs', { params: { query: { ...queryOf(filter), place: from, limit: 300 } } }));
      setOlder((before) => [...before, ...answer.lines]);
      setNext(answer.next);
      setError(undefined);
    } catch (failure) {
      setError(failure);
    }
  }, [filter, next, start.data]);

  const lines = useMemo(() => [...fresh, ...(start.data?.lines ?? []), ...older], [fresh, start.data, older]);
  const hasMore = (next === undefined ? start.data?.next : next) != null;
  return { start, lines, waiting: held.length, release, more, hasMore, error };
}
