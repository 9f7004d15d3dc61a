import { queryOptions } from '@tanstack/react-query';
import { api, take } from '../api/client.ts';
import type { operations } from '../api/schema.d.ts';

export type Account = operations['app.listAccounts']['responses'][200]['content']['application/json'][number];
export type CheckWish = NonNullable<operations['app.checkConnection']['requestBody']>['content']['application/json'];
export type CheckReport = operations['app.checkConnection']['responses'][200]['content']['application/json'];
export type SignIn = operations['app.getSignIn']['responses'][200]['content']['application/json'];

export const KINDS = ['plex', 'jellyfin', 'emby', 'seerr', 'simkl'] as const;
export type Kind = (typeof KINDS)[number];

export const accountsQuery = queryOptions({
  queryKey: ['accounts'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/accounts', { signal })),
});

export const waitingQuery = queryOptions({
  queryKey: ['connections', 'waiting'],
  queryFn: ({ signal }) => take(api.GET('/api/v1/connections/waiting', { signal })),
});

/** What is in the form of a connection, as it is being filled in. */
export type Draft = Readonly<{
  kind: Kind;
  way: 'device' | 'password' | 'key';
  name: string;
  url: string;
  key: string;
  signIn: string;
  user: string;
  role: 'primary' | 'subordinate' | 'disabled';
}>;

export const emptyDraft = (kind: Kind, name = ''): Draft => ({
  kind,
  way: kind === 'plex' ? 'device' : kind === 'seerr' || kind === 'simkl' ? 'key' : 'password',
  name,
  url: '',
  key: '',
  signIn: '',
  user: '',
  role: 'primary',
});

/** What can be asked of the server; nothing yet where something is missing that no answer can replace. */
export function wishOf(draft: Draft, account?: Pick<Account, 'id'>): CheckWish | undefined {
  const url = draft.url.trim();
  const secret = draft.way === 'key' ? draft.key.trim() !== '' : draft.signIn !== '';
  if (!/^https?:\/\/\S+$/.test(url) || (!secret && account === undefined)) return undefined;
  return {
    kind: draft.kind,
    url,
    ...(draft.way === 'key' && draft.key.trim() !== '' && { token: draft.key.trim() }),
    ...(draft.way !== 'key' && draft.signIn !== '' && { sign_in: draft.signIn }),
    ...(draft.user !== '' && { user: draft.user }),
    ...(account && { account: account.id }),
  };
}
