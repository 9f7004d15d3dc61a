import { queryOptions } from '@tanstack/react-query';
import { api, take } from '../../api/client.ts';
import type { operations } from '../../api/schema.d.ts';

export type Server = operations['app.getWhoIsWho']['responses'][200]['content']['application/json'][number];
export type User = Server['users'][number];
export type AccountThere = Server['accounts'][number];
export type Person = operations['app.listPeople']['responses'][200]['content']['application/json'][number];
export type Login = operations['app.listLogins']['responses'][200]['content']['application/json'][number];
export type Provisioned = operations['app.provision']['responses'][200]['content']['application/json'];
export type Scope = Login['scopes'][number];

export const peopleQuery = queryOptions({ queryKey: ['people'], queryFn: ({ signal }) => take(api.GET('/api/v1/people', { signal })) });

/** The house asks servers at most every five minutes; so long what it knows is good here too. */
export const whoQuery = queryOptions({
  queryKey: ['who-is-who'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/who-is-who', { signal })),
  staleTime: 5 * 60_000,
});

export const askAnew = () => take(api.GET('/api/v1/who-is-who', { params: { query: { anew: true } } }));

export const loginsQuery = queryOptions({ queryKey: ['logins'], queryFn: ({ signal }) => take(api.GET('/api/v1/logins', { signal })) });

export const accountsQuery = (person: string) =>
  queryOptions({
    queryKey: ['accounts', person],
    queryFn: ({ signal }) => take(api.GET('/api/v1/accounts', { params: { query: { person } }, signal })),
  });

export type Unmatched = Readonly<{ server: Server; user: User }>;

/** Users who are nobody's account here. */
export const toMatch = (servers: readonly Server[]): readonly Unmatched[] =>
  servers.flatMap((server) =>
    server.users.filter((user) => user.accounts.length === 0 && !user.disabled).map((user) => ({ server, user })),
  );

export const join = (server: number, user: string, person: string, pin: string | undefined) =>
  take(api.POST('/api/v1/who-is-who/join', { body: { server, user, person, ...(pin !== undefined && { pin }) } }));

export const split = (account: number) => take(api.DELETE('/api/v1/accounts/{id}', { params: { path: { id: account } } }));

export const addPerson = (name: string, display: string) =>
  take(api.POST('/api/v1/people', { body: { name, ...(display !== '' && { display_name: display }) } }));
