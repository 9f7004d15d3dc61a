import { describe, expect, it } from 'vitest';
import type { DeskUser } from '#core/upstreams/index.ts';
import type { Demand, Rules } from './facts.ts';
import { needsUsers, type WhoAsks, whoAsks } from './who-asks.ts';

const user = (id: number, more: Partial<DeskUser>, auto = false, admin = false): DeskUser => ({
  id,
  displayName: `user ${id}`,
  rights: { admin, request: () => true, autoApproved: (kind, is4k) => auto && kind === 'movie' && !is4k },
  ...more,
});
const users = [
  user(1, { email: 'admin@x' }, true, true),
  user(2, { email: 'Alice@x ', jellyfinUserId: 'AA-11', jellyfinUsername: 'alice', plexId: '77' }),
  user(3, { email: 'bob@x', jellyfinUsername: 'bob', plexUsername: 'Bobby' }, true),
  user(4, { email: 'twin@x' }),
  user(5, { email: 'twin@x', displayName: 'Waiting' }),
];
const rules = (more: Partial<Rules>): Rules => ({
  syncPending: true,
  syncApproved: true,
  syncDeclined: true,
  syncDeletes: true,
  sync4kSeparately: true,
  userMapping: 'email_match',
  ...more,
});
const asked = (owner: Partial<Demand['owner']>, status: Demand['status'] = 'pending', kind: Demand['kind'] = 'movie') => ({
  owner: { id: 9, displayName: 'somebody', ...owner },
  status,
  kind,
});
const inShort = (who: WhoAsks): unknown => ('wait' in who ? who.wait : who.as);

describe('as whom a request is made', () => {
  it.each<[string, ReturnType<typeof asked>, Partial<Rules>, unknown]>([
    ['by email, whatever its case', asked({ email: 'alice@X' }), {}, 2],
    ['by the Jellyfin id, however it is spelt', asked({ jellyfinUserId: 'aa11' }), { userMapping: 'jellyfin_match' }, 2],
    [
      'by the Jellyfin name where no id fits',
      asked({ jellyfinUserId: 'zz', jellyfinUsername: 'ALICE' }),
      { userMapping: 'jellyfin_match' },
      2,
    ],
    ['by the plex.tv id', asked({ plexId: '77' }), { userMapping: 'plex_match' }, 2],
    ['by the plex.tv name', asked({ plexUsername: 'bobby' }, 'approved'), { userMapping: 'plex_match' }, 3],
    ['as the key where it is decided and nobody fits', asked({ email: 'nobody@x' }, 'approved'), {}, undefined],
    ['as the key where it is decided and two fit', asked({ email: 'twin@x' }, 'approved'), {}, undefined],
    ['as the key by choice', asked({ email: 'alice@x' }, 'approved'), { userMapping: 'admin' }, undefined],
    ['never by something that is not there', asked({ email: '' }, 'approved'), {}, undefined],
    ['as who is approved at once, where it is decided', asked({ email: 'bob@x' }, 'approved'), {}, 3],
    ['as who is approved at once for other things only', asked({ email: 'bob@x' }, 'pending', 'tv'), {}, 3],
  ])('%s', (_name, demand, more, expected) => {
    expect(inShort(whoAsks(demand, false, users, rules(more)))).toBe(expected);
  });

  it.each<[string, ReturnType<typeof asked>, Partial<Rules>, RegExp]>([
    ['by choice', asked({ email: 'alice@x' }), { userMapping: 'admin' }, /as the key's own user there/],
    ['where nobody fits', asked({ email: 'nobody@x' }), {}, /nobody there is somebody by their email/],
    ['where two fit', asked({ email: 'twin@x' }), {}, /2 users there could be somebody/],
    ['where they are approved at once', asked({ email: 'bob@x' }), {}, /user 3 there is approved at once/],
    ['where they are an administrator', asked({ email: 'admin@x' }), {}, /user 1 there is approved at once/],
    ['where the pending user is nobody', asked({ email: 'bob@x' }), { pendingUser: 'ghost' }, /"ghost" is nobody there/],
    ['where the pending user is two', asked({ email: 'bob@x' }), { pendingUser: 'twin@x' }, /"twin@x" is more than one/],
    ['where the pending user is approved at once too', asked({ email: 'nobody@x' }), { pendingUser: 'bob@x' }, /so is the pending user/],
  ])('pending waits %s', (_name, demand, more, expected) => {
    expect(inShort(whoAsks(demand, false, users, rules(more)))).toMatch(expected);
  });

  it('is the pending user, by name, email or id, where the owner would be approved at once', () => {
    for (const pendingUser of ['waiting', '5', 'alice@x'])
      expect(inShort(whoAsks(asked({ email: 'bob@x' }), false, users, rules({ pendingUser })))).toBe(pendingUser === 'alice@x' ? 2 : 5);
    expect(inShort(whoAsks(asked({}), false, users, rules({ userMapping: 'admin', pendingUser: 'Waiting' })))).toBe(5);
    expect(inShort(whoAsks(asked({ email: 'bob@x' }), true, users, rules({ pendingUser: 'waiting' })))).toBe(3);
  });

  it('needs no list of users where nobody is looked for', () => {
    expect(needsUsers(asked({}), rules({ userMapping: 'admin' }))).toBe(false);
    expect(needsUsers(asked({}), rules({ userMapping: 'admin', pendingUser: 'x' }))).toBe(true);
    expect(needsUsers(asked({}, 'approved'), rules({ userMapping: 'admin', pendingUser: 'x' }))).toBe(false);
    expect(needsUsers(asked({}, 'approved'), rules({}))).toBe(true);
  });
});
