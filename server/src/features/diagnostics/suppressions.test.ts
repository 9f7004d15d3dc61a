import { describe, expect, it } from 'vitest';
import { createSuppressions, matcherOf, type Suppression } from './suppressions.ts';

const BY = { kind: 'login', id: '1', name: 'mo' } as const;

function household(stored: readonly Suppression[] = []) {
  let rules = stored;
  let hides: ((text: string) => boolean) | undefined;
  const suppressions = createSuppressions({
    settings: {
      get: async <T>() => rules as T,
      set: async (_setting, value) => {
        rules = value as readonly Suppression[];
      },
    },
    suppress: (rule) => {
      hides = rule;
    },
  });
  return { suppressions, hidden: (text: string) => hides?.(text) ?? false };
}

describe('hiding log lines', () => {
  it('is in force at once, and over when the rule is gone', async () => {
    const { suppressions, hidden } = household();
    const made = await suppressions.add({ type: 'contains', rule: 'healthcheck', example: 'GET /healthcheck' }, BY);
    expect(made.id).toMatch(/^S[0-9a-f]{10}$/);
    expect([hidden('a healthcheck came'), hidden('a login came')]).toEqual([true, false]);
    await suppressions.replace(made.id, { type: 'regex', rule: '/^get \\/x/i', example: 'GET /x' }, BY);
    expect([hidden('a healthcheck came'), hidden('GET /xyz')]).toEqual([false, true]);
    expect(await suppressions.remove(made.id, BY)).toMatchObject({ id: made.id, rule: '/^get \\/x/i' });
    expect(hidden('GET /xyz')).toBe(false);
  });

  it('puts stored rules in force at the start', async () => {
    const { suppressions, hidden } = household([{ id: 'S0123456789', type: 'contains', rule: 'x', example: 'x' }]);
    expect(hidden('x')).toBe(false);
    await suppressions.apply();
    expect(hidden('x')).toBe(true);
  });

  it.each([
    ['a rule that does not hide its example', { type: 'contains', rule: 'a', example: 'b' }, 'example'],
    ['a pattern that is none', { type: 'regex', rule: '(', example: '(' }, 'rule'],
    ['an example that another rule hides', { type: 'contains', rule: 'known line', example: 'a known line' }, 'example'],
    ['blanks', { type: 'contains', rule: ' ', example: ' ' }, 'rule'],
  ] as const)('refuses %s', async (_what, draft, field) => {
    const { suppressions } = household([{ id: 'S0123456789', type: 'contains', rule: 'known', example: 'known' }]);
    await expect(suppressions.add(draft, BY)).rejects.toMatchObject({ code: 'invalid', faults: [{ field }] });
  });

  it('tells an id that can be none from one that is not there', async () => {
    const { suppressions } = household();
    await expect(suppressions.get('nonsense')).rejects.toMatchObject({ code: 'invalid' });
    await expect(suppressions.get('S0000000000')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('takes in what comes from elsewhere, once, and says what it could not take', async () => {
    const { suppressions } = household();
    const given: Suppression[] = [
      { id: 'Sabcdefghij', type: 'contains', rule: 'a', example: 'a' },
      { id: 'S2222222222', type: 'regex', rule: '(', example: '(' },
    ];
    for (let time = 0; time < 2; time += 1) {
      expect((await suppressions.takeIn(given, BY)).map(({ rule }) => rule.id)).toEqual(['S2222222222']);
      expect(await suppressions.list()).toEqual([given[0]]);
    }
  });

  it('reads patterns with and without the delimiters of PHP', () => {
    expect(matcherOf({ type: 'regex', rule: '#^a/b#' })('a/bc')).toBe(true);
    expect(matcherOf({ type: 'regex', rule: '^a/b' })('a/bc')).toBe(true);
    expect(matcherOf({ type: 'regex', rule: '/A/' })('a')).toBe(false);
  });
});
