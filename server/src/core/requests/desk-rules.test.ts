import { describe, expect, it } from 'vitest';
import { deskFaults, type RuledDesk } from './desk-rules.ts';

const desk = (name: string, role: RuledDesk['role'], more: Partial<RuledDesk> = {}): RuledDesk => ({
  name,
  role,
  place: 'internal',
  label: undefined,
  url: `http://${name.toLowerCase()}:5055`,
  hasKey: true,
  ...more,
});
const outside = (name: string, role: RuledDesk['role'], more: Partial<RuledDesk> = {}): RuledDesk =>
  desk(name, role, { place: 'external', ...more });

describe('the desks together', () => {
  it.each<[string, readonly RuledDesk[], readonly string[]]>([
    ['none', [], []],
    ['all disabled, whatever else they lack', [desk('A', 'disabled', { hasKey: false, url: '' })], []],
    ['a primary alone', [desk('A', 'primary')], []],
    ['a primary with subordinates of both kinds', [desk('A', 'primary'), desk('B', 'subordinate'), outside('C', 'subordinate')], []],
    ['no primary', [desk('B', 'subordinate')], ['primary']],
    ['two internal primaries', [desk('A', 'primary'), desk('B', 'primary')], ['internal:B.role']],
    ['an internal and an external primary', [desk('A', 'primary'), outside('B', 'primary', { label: 'far' })], ['far.role']],
    [
      'missing addresses and keys',
      [desk('A', 'primary', { hasKey: false }), outside('B', 'subordinate', { url: '', label: 'far' })],
      ['internal:A.api_key', 'far.url'],
    ],
    ['one address twice', [desk('A', 'primary'), outside('B', 'subordinate', { url: 'http://a:5055' })], ['http://a:5055.url']],
    [
      'one label twice',
      [desk('A', 'primary'), outside('B', 'subordinate', { label: 'far' }), outside('C', 'subordinate', { label: 'far' })],
      ['far.label'],
    ],
    [
      'everything at once',
      [desk('A', 'primary', { hasKey: false }), desk('B', 'primary'), outside('C', 'subordinate', { hasKey: false, label: 'far' })],
      ['internal:B.role', 'internal:A.api_key', 'far.api_key'],
    ],
  ])('%s', (_name, desks, fields) => {
    expect(deskFaults(desks).map((fault) => fault.field)).toEqual(fields);
  });

  it('says which desk is in the way', () => {
    expect(deskFaults([desk('A', 'primary'), outside('B', 'primary')])[0]?.message).toMatch(/internal and an external.*internal:A/);
    expect(deskFaults([desk('A', 'primary'), desk('B', 'primary')])[0]?.message).toMatch(/one primary.*internal:A/);
  });
});
