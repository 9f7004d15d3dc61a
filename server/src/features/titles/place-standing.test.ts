import { describe, expect, it } from 'vitest';
import type { Account } from '#core/connections/index.ts';
import { accountId, personId } from '#kernel/ids.ts';
import { placesOf } from './place-standing.ts';

const account = (state: 'ok' | 'degraded', importLastSync: number | undefined): Account =>
  ({
    id: accountId(7),
    personId: personId(1),
    name: 'attic',
    server: { id: 3, type: 'jellyfin', uuid: 'u', url: '', name: 'Attic', version: '' },
    health: { state, lastError: undefined },
    importLastSync,
  }) as unknown as Account;

describe('where a title stands on a place', () => {
  it.each([
    ['watched, as it last said', account('ok', 90), { parts: 3, watched: 3, begun: 0, at: 50 }, 3, { state: 'watched', knownAt: 90 }],
    ['in part', account('ok', 90), { parts: 3, watched: 1, begun: 0, at: 50 }, 3, { state: 'part', knownAt: 90 }],
    ['begun', account('ok', 90), { parts: 1, watched: 0, begun: 1, at: 95 }, 1, { state: 'part', knownAt: 95 }],
    ['open', account('ok', 90), { parts: 1, watched: 0, begun: 0, at: 50 }, 1, { state: 'open', knownAt: 90 }],
    ['not there', account('ok', 90), undefined, 0, { state: 'not-there', knownAt: 90 }],
    ['there, and nothing is said of it', account('ok', 90), undefined, 1, { state: 'unknown', knownAt: 90 }],
    [
      'silent: unknown, whatever it said',
      account('degraded', 90),
      { parts: 1, watched: 1, begun: 0, at: 50 },
      1,
      { state: 'unknown', last: 'watched', knownAt: 50 },
    ],
    ['silent, and not there when it was last read', account('degraded', 90), undefined, 0, { state: 'unknown' }],
    ['never read', account('ok', undefined), undefined, 0, { state: 'unknown' }],
  ] as const)('%s', (_what, by, shown, parts, expected) => {
    const places = placesOf({
      accounts: [by],
      shown: shown === undefined ? [] : [{ accountId: by.id, ...shown }],
      onServers: new Map([[3, parts]]),
    });
    const [cell] = places[0]?.cells ?? [];
    expect(cell).toMatchObject(expected);
    expect(cell?.last).toBe('last' in expected ? expected.last : undefined);
    if (!('knownAt' in expected)) expect(cell?.knownAt).toBeUndefined();
  });
});
