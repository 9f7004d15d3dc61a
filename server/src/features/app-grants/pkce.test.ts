import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { meets, readChallenge } from './pkce.ts';

// The example of RFC 7636, appendix B.
const VERIFIER = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';

it('takes a challenge that can be met, and no other', () => {
  expect(readChallenge(CHALLENGE, 'S256')).toEqual({ value: CHALLENGE, method: 'S256' });
  expect(readChallenge(VERIFIER, 'plain')).toEqual({ value: VERIFIER, method: 'plain' });
  // Where no method is said, RFC 7636 means this one.
  expect(readChallenge(VERIFIER, undefined)).toEqual({ value: VERIFIER, method: 'plain' });
  expect(readChallenge(undefined, undefined)).toBeUndefined();
  for (const [value, method] of [
    [undefined, 'S256'],
    ['short', 'S256'],
    [`${CHALLENGE}=`, 'S256'],
    ['short', 'plain'],
    ['x'.repeat(129), 'plain'],
    [CHALLENGE, 's256'],
    [CHALLENGE, 'none'],
  ] as const)
    expect([value, method, readChallenge(value, method)]).toEqual([value, method, 'unusable']);
});

it('is met by its verifier alone', () => {
  expect(meets({ value: CHALLENGE, method: 'S256' }, VERIFIER)).toBe(true);
  expect(meets({ value: VERIFIER, method: 'plain' }, VERIFIER)).toBe(true);
  expect(meets({ value: CHALLENGE, method: 'S256' }, CHALLENGE)).toBe(false);
  expect(meets({ value: CHALLENGE, method: 'plain' }, VERIFIER)).toBe(false);
  expect(meets({ value: VERIFIER, method: 'plain' }, VERIFIER.toLowerCase())).toBe(false);
  const short = 'x'.repeat(42);
  expect(meets({ value: createHash('sha256').update(short).digest('base64url'), method: 'S256' }, short)).toBe(false);
});
