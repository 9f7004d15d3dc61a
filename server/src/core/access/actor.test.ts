import { describe, expect, it } from 'vitest';
import { personId } from '#kernel/ids.ts';
import { type Actor, may, mayActAs, type Right, requireActAs, requireRight, SCOPES } from './actor.ts';

const [MAIN, ANNA] = [personId(1), personId(2)];
const actor = (given: Partial<Actor>): Actor => ({ kind: 'api-key', id: '1', name: 'it', role: 'admin', scopes: SCOPES, ...given });
const RIGHTS: readonly Right[] = ['read', 'sync', 'write', 'admin', 'webhook', 'owner'];

describe('rights', () => {
  it.each<[string, Actor, readonly Right[]]>([
    ['an owner', actor({ role: 'owner' }), RIGHTS],
    ['an admin', actor({}), ['read', 'sync', 'write', 'admin', 'webhook']],
    ['a person, whatever the scopes say', actor({ role: 'person' }), ['read', 'sync', 'write', 'webhook']],
    ['an owner key that may only read', actor({ role: 'owner', scopes: ['read'] }), ['read']],
    ['a webhook token', actor({ kind: 'webhook', role: 'person', scopes: ['webhook'] }), ['webhook']],
    ['a key without scopes', actor({ role: 'owner', scopes: [] }), []],
  ])('%s', (_, who, rights) => {
    expect(RIGHTS.filter((right) => may(who, right))).toEqual(rights);
    for (const right of RIGHTS) {
      if (rights.includes(right)) requireRight(who, right);
      else expect(() => requireRight(who, right)).toThrow(`lacks the right "${right}"`);
    }
  });

  it.each<[string, Actor, boolean, boolean]>([
    ['an owner who signed in', actor({ kind: 'login', role: 'owner', personId: MAIN }), true, true],
    ['an admin who signed in', actor({ kind: 'login', personId: ANNA }), true, true],
    ['a person who signed in', actor({ kind: 'login', role: 'person', personId: ANNA }), false, true],
    ['a key bound to nobody', actor({}), true, true],
    ['an admin key bound to somebody', actor({ personId: ANNA }), false, true],
    ['a webhook token', actor({ kind: 'webhook', role: 'person', personId: ANNA, scopes: ['webhook'] }), false, true],
    ['an app of somebody', actor({ kind: 'app', role: 'person', personId: ANNA }), false, true],
    ['a person bound to nobody, which nothing makes', actor({ role: 'person' }), false, false],
    ['a job', actor({ kind: 'job', role: 'owner' }), true, true],
  ])('%s acts as main: %j … ', (_, who, asMain, asAnna) => {
    expect([mayActAs(who, MAIN), mayActAs(who, ANNA)]).toEqual([asMain, asAnna]);
    if (!asMain) expect(() => requireActAs(who, MAIN)).toThrow('another person');
  });
});
