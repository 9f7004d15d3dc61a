import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel/json.ts';
import { mappedRowIn, ownIdIn, suppressionIn } from './entries.map.ts';

const guid = { id: 'a', name: 'guid_x', validator: { pattern: '/^a$/' } };
const link = { type: 'Plex', map: { from: 'agent', to: 'guid_x' } };

describe('an entry of guid.yaml', () => {
  it.each<[string, JsonObject, object]>([
    [
      'a provider with the least that it needs',
      guid,
      { provider: { id: 'a', name: 'guid_x', type: 'string', description: '', pattern: '/^a$/', example: '', valid: [], invalid: [] } },
    ],
    [
      'samples that YAML takes for numbers, and empty ones',
      { ...guid, validator: { pattern: '/^a$/', tests: { valid: [12, 'a'], invalid: ['', ' b'] } } },
      { provider: { valid: ['12', 'a'], invalid: ['', ' b'] } },
    ],
    ['a link of Plex, which is of the old form unless told', link, { link: { type: 'plex', from: 'agent', to: 'guid_x', legacy: true } }],
    ['one that is not', { ...link, options: { legacy: '0' } }, { link: { legacy: false } }],
    ['what is replaced, beside the options', { ...link, replace: { from: 'a', to: '' } }, { link: { replace: { from: 'a', to: '' } } }],
    [
      'what is replaced, within them',
      { ...link, options: { replace: { from: 'a', to: 'b' } } },
      { link: { replace: { from: 'a', to: 'b' } } },
    ],
    ['a link of another kind of server', { ...link, type: 'kodi' }, { fault: expect.stringContaining('kodi') }],
    ['a link without a target', { type: 'plex', map: { from: 'x' } }, { fault: expect.any(String) }],
    ['a provider without a name', { validator: guid.validator }, { fault: expect.stringContaining('name') }],
    ['a provider without a pattern', { name: 'x' }, { fault: expect.stringContaining('pattern') }],
    ['nothing', {}, { fault: expect.any(String) }],
  ])('is read: %s', (_, value, expected) => {
    expect(ownIdIn(value)).toMatchObject(expected);
  });

  it('says nothing of being old where the server is not Plex', () => {
    expect(ownIdIn({ ...link, type: 'emby' })).toEqual({ link: { type: 'emby', from: 'agent', to: 'guid_x' } });
  });
});

describe('a row of suppress.yaml', () => {
  it.each<[JsonObject, object]>([
    [
      { id: 'S1', type: 'contains', rule: ' a ', example: 'x a y' },
      { id: 'S1', type: 'contains', rule: ' a ', example: 'x a y' },
    ],
    [{ id: 'S1', type: 'glob', rule: 'a', example: 'a' }, { fault: expect.stringContaining('type') }],
    [{ id: 'S1', type: 'regex', rule: 'a' }, { fault: expect.stringContaining('example') }],
  ])('%j', (value, expected) => {
    expect(suppressionIn(value)).toEqual(expected);
  });
});

describe('a row of mapper.yaml', () => {
  it.each<[string, JsonObject, object]>([
    ['has the name that most of its users have', { a: { name: 'x' }, b: { name: 'ann' }, c: { name: 'ann' } }, { identity: 'ann' }],
    [
      'has the name that they are given',
      { a: { name: 'x', replace_with: 'ann' }, b: { name: 'y', replace_with: 'ann' } },
      { identity: 'ann' },
    ],
    ['has the first name where none is more common', { a: { name: 'x' }, b: { name: 'ann' } }, { identity: 'x' }],
    [
      'has options as texts',
      { a: { name: 'x', options: { PLEX_USER_PIN: 1234, none: null } }, b: { name: 7 } },
      {
        members: [
          { backend: 'a', username: 'x', options: { PLEX_USER_PIN: '1234' } },
          { backend: 'b', username: '7', options: {} },
        ],
      },
    ],
    ['names nobody', { a: {}, b: { name: '' } }, { fault: expect.any(String) }],
    ['names one', { a: { name: 'x' } }, { fault: expect.any(String) }],
  ])('%s', (_, value, expected) => {
    expect(mappedRowIn(value)).toMatchObject(expected);
  });
});
