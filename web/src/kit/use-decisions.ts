import { useQuery } from '@tanstack/react-query';
import { api, take } from '../api/client.ts';
import type { Badge } from './room.ts';
import { useWords } from './words.ts';

export const homeQuery = {
  queryKey: ['home'],
  queryFn: ({ signal }: Readonly<{ signal: AbortSignal }>) => take(api.GET('/api/v1/home', { signal })),
};

/** How many decisions wait for this person. */
export function useDecisions(): Badge | undefined {
  const say = useWords('shell');
  const count = useQuery({
    ...homeQuery,
    select: ({ totals }) => Object.values(totals).reduce((sum, of) => sum + of, 0),
  }).data;
  return count === undefined ? undefined : { count, filled: true, meaning: say('badge.decisions') };
}

/** How many requests failed somewhere, or nobody knows of. */
export function useFailedRequests(): Badge | undefined {
  const say = useWords('shell');
  const count = useQuery({ ...homeQuery, select: ({ totals }) => totals['request-failed'] ?? 0 }).data;
  return count === undefined ? undefined : { count, filled: false, meaning: say('badge.requests') };
}
