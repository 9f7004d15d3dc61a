import { describe, expect, it } from 'vitest';
import type { Account } from '#core/connections/index.ts';
import { personId, serverId } from '#kernel/ids.ts';
import { personOf } from './person-of.ts';

const account = (person: number, type: string, userId: string, userName?: string, options: Account['options'] = {}) => ({
  personId: personId(person),
  userId,
  userName,
  options,
  server: { id: serverId(1), type, uuid: 'u', url: 'http://x', name: 'x', version: '1' },
});
const user = { id: 2, displayName: 'alice' };
const accounts = [
  account(1, 'jellyfin', '02616C00aabb', 'alice'),
  account(2, 'plex', '4711', 'Bob', { plex_user_name: 'bob_plex' }),
  account(3, 'emby', 'ffee', 'carol@example.test'),
  account(4, 'jellyfin', 'dada', 'twin'),
  account(5, 'emby', 'dada', 'twin'),
];

describe('who a user of a desk is', () => {
  it.each([
    ['the Jellyfin id, however it is spelt', { jellyfinUserId: '02616c00-aabb' }, { personId: 1, by: 'jellyfin' }],
    ['the plex.tv id', { plexId: '4711' }, { personId: 2, by: 'plex' }],
    ['the plex.tv name', { plexId: '99', plexUsername: 'BOB_PLEX' }, { personId: 2, by: 'plex' }],
    ['an email that is an account name', { email: 'Carol@Example.test' }, { personId: 3, by: 'email' }],
    ['the surest sign of several', { jellyfinUserId: '02616c00aabb', plexId: '4711' }, { personId: 1, by: 'jellyfin' }],
    ['nobody where nothing fits', { jellyfinUsername: 'alice', email: 'x@example.test' }, undefined],
    ['nobody where two people fit', { jellyfinUserId: 'dada', email: 'carol@example.test' }, undefined],
    ['nobody by the id of another vendor', { plexId: 'ffee' }, undefined],
  ])('is told by %s', (_name, signs, expected) => {
    expect(personOf({ ...user, ...signs }, accounts)).toEqual(expected);
  });
});
