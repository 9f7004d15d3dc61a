import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, take } from './client.ts';
import type { operations } from './schema.d.ts';

export type Me = operations['app.getMe']['responses'][200]['content']['application/json'];

/** Who is signed in; a refusal is `unauthenticated`. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/session', { signal })),
  staleTime: 60_000,
});

export const useMe = (): Me | undefined => useQuery(meQuery).data;

export const setupQuery = queryOptions({ queryKey: ['setup'], queryFn: ({ signal }) => take(api.GET('/api/v1/setup', { signal })) });

/** Owners and admins run the house; persons have their own rooms in it. */
export const runsTheHouse = (me: Pick<Me, 'role'>): boolean => me.role !== 'person';
