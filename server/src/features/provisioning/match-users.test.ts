import { describe, expect, it } from 'vitest';
import { type Mapping, type Member, matchUsers, plainUsername } from './match-users.ts';

const member = (backend: string, realName: string, more: Partial<Member> = {}): Member => ({
  id: `${backend}-${realName}`,
  username: plainUsername(realName),
  realName,
  backend,
  type: backend,
  protected: false,
  options: {},
  ...more,
});
const mapped = (identity: string, ...members: readonly (readonly [string, string])[]): Mapping => ({
  version: '1.6',
  identities: [{ identity, members: members.map(([backend, username]) => ({ backend, username, options: {} })) }],
});
const shown = (members: readonly Member[], mapping?: Mapping, single = false) => {
  const { matched, unmatched } = matchUsers(members, { mapping, single });
  return {
    matched: matched.map(({ identity, members: of }) => [identity, ...of.map(({ backend, realName }) => `${backend}:${realName}`)]),
    unmatched: unmatched.map(({ backend, realName }) => `${backend}:${realName}`),
  };
};

describe('names of users', () => {
  it.each([
    ['Ann Lee', 'ann_lee'],
    ['1234', 'user_1234'],
    ['Zoë', 'zoe'],
    ['  !!  ', 'user_'],
    ['a.b-c', 'a_b_c'],
  ])('%s is %s', (name, plain) => expect(plainUsername(name)).toBe(plain));
});

describe('who is who', () => {
  it('is the same name on several servers', () => {
    const everybody = [member('plex', 'Alice'), member('plex', 'Bob'), member('jellyfin', 'alice'), member('emby', 'ALICE')];
    expect(shown(everybody)).toEqual({ matched: [['alice', 'plex:Alice', 'jellyfin:alice', 'emby:ALICE']], unmatched: ['plex:Bob'] });
  });

  it('is what the mapping says, before any name', () => {
    const everybody = [member('plex', 'Alice'), member('plex', 'Ali'), member('jellyfin', 'Alice')];
    expect(shown(everybody, mapped('Al', ['plex', 'Ali'], ['jellyfin', 'alice']))).toEqual({
      matched: [['al', 'plex:Ali', 'jellyfin:Alice']],
      unmatched: ['plex:Alice'],
    });
  });

  it('falls back to names where the mapping finds fewer than two', () => {
    const everybody = [member('plex', 'Alice'), member('jellyfin', 'Alice')];
    expect(shown(everybody, mapped('al', ['plex', 'alice'], ['emby', 'alice'])).matched).toEqual([
      ['alice', 'plex:Alice', 'jellyfin:Alice'],
    ]);
  });

  it('is never the first of two who are called alike', () => {
    const everybody = [member('plex', 'Al Ice'), member('plex', 'al_ice'), member('jellyfin', 'al ice')];
    expect(shown(everybody)).toEqual({ matched: [], unmatched: ['plex:Al Ice', 'plex:al_ice', 'jellyfin:al ice'] });
    const [first] = matchUsers(everybody, { single: false }).unmatched;
    expect(first?.reason).toContain('More than one user');
  });

  it('merges the options of the mapping in', () => {
    const mapping: Mapping = {
      version: '1.6',
      identities: [
        {
          identity: 'kid',
          members: [
            { backend: 'plex', username: 'kid', options: { PLEX_USER_PIN: '1234' } },
            { backend: 'jellyfin', username: 'kid', options: {} },
          ],
        },
      ],
    };
    const { matched } = matchUsers([member('plex', 'kid'), member('jellyfin', 'kid')], { mapping, single: false });
    expect(matched[0]?.members[0]?.options).toEqual({ PLEX_USER_PIN: '1234' });
  });

  it('is each user by themselves where there is only one server', () => {
    expect(shown([member('plex', 'Alice'), member('plex', 'Bob')], undefined, true).matched).toEqual([
      ['alice', 'plex:Alice'],
      ['bob', 'plex:Bob'],
    ]);
  });
});
