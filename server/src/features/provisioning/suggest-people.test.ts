import { describe, expect, it } from 'vitest';
import type { Account } from '#core/connections/index.ts';
import { personId, serverId } from '#kernel/ids.ts';
import { type Evidence, type SuggestionFacts, suggestPeople } from './suggest-people.ts';

const KIM = personId(2);
const BO = personId(3);
const person = (id: typeof KIM, name: string, displayName: string) => ({ id, name, displayName, createdAt: 0 });
const account = (of: typeof KIM, type: string, place: string, userId: string, userName: string, options = {}): Account =>
  ({
    personId: of,
    userId,
    userName,
    options,
    server: { id: serverId(1), type, uuid: 'x', url: 'http://x', name: place, version: '1' },
  }) as unknown as Account;

const facts = (more: Partial<SuggestionFacts>): SuggestionFacts => ({
  user: { id: '4711', name: 'somebody' },
  serverType: 'plex',
  people: [person(KIM, 'kim', 'Kim Lee'), person(BO, 'bo', 'Bo')],
  accounts: [],
  deskUsers: [],
  ...more,
});

describe('who a user of a server may be', () => {
  it.each<[string, Partial<SuggestionFacts>, [typeof KIM, Evidence['kind'], string][]]>([
    ['nobody, where nothing says so', {}, []],
    ['whoever is called so here', { user: { id: '4711', name: 'KIM' } }, [[KIM, 'same-name', '']]],
    ['whoever is shown so here', { user: { id: '4711', name: 'kim.lee' } }, [[KIM, 'same-name', '']]],
    [
      'whoever is called so on another server',
      { user: { id: '4711', name: 'Kimmy' }, accounts: [account(KIM, 'emby', 'Attic', 'e1', 'kimmy')] },
      [[KIM, 'same-name', 'Attic']],
    ],
    [
      'whoever has that very id on another server of the vendor',
      { accounts: [account(BO, 'plex', 'Cabin', '4711', 'other name')] },
      [[BO, 'same-user', 'Cabin']],
    ],
    [
      'whoever is known beyond the server by its id',
      {
        user: { id: '4711', uuid: 'ab-cd-ef', name: 'x' },
        accounts: [account(BO, 'plex', 'Cabin', '99', 'b', { plex_user_uuid: 'abcdef' })],
      },
      [[BO, 'same-user', 'Cabin']],
    ],
    ['nobody by an id of another vendor', { accounts: [account(BO, 'emby', 'Attic', '4711', 'other name')] }, []],
    [
      'nobody by an id that every server gives its owner',
      { user: { id: '1', name: 'x' }, accounts: [account(BO, 'plex', 'C', '1', 'y')] },
      [],
    ],
    [
      'whoever the place of requests says it is',
      { deskUsers: [{ desk: 'Requests', name: 'k', personId: KIM, ids: { plex: '4711' } }] },
      [[KIM, 'requests', 'Requests']],
    ],
    [
      'whose address there is the name here',
      {
        user: { id: '4711', name: 'Kim@Example.test' },
        deskUsers: [{ desk: 'Requests', name: 'k', personId: KIM, email: 'kim@example.test', ids: {} }],
      },
      [[KIM, 'same-email', 'Requests']],
    ],
    [
      'the surest first, each with all that speaks for them',
      {
        user: { id: '4711', name: 'Kim' },
        accounts: [account(BO, 'plex', 'Cabin', '4711', 'bobo')],
        deskUsers: [{ desk: 'Requests', name: 'kim', personId: KIM, ids: {} }],
      },
      [
        [BO, 'same-user', 'Cabin'],
        [KIM, 'same-name', 'Requests'],
        [KIM, 'same-name', ''],
      ],
    ],
  ])('is %s', (_what, more, expected) => {
    const found = suggestPeople(facts(more));
    expect(found.flatMap(({ personId: of, evidence }) => evidence.map((one) => [of, one.kind, one.place]))).toEqual(expected);
  });
});
