import { createHash } from 'node:crypto';
import { sameText } from './sealing.ts';

/** What an app promised to know when it comes for its token. */
export type Challenge = Readonly<{ value: string; method: 'S256' | 'plain' }>;

const UNRESERVED = /^[A-Za-z0-9._~-]{43,128}$/;
const S256_VALUE = /^[A-Za-z0-9_-]{43}$/;

/** The challenge that was sent: undefined where none was, `unusable` where it could never be met. */
export function readChallenge(value: string | undefined, method: string | undefined): Challenge | 'unusable' | undefined {
  if (value === undefined) return method === undefined ? undefined : 'unusable';
  if (method === 'S256') return S256_VALUE.test(value) ? { value, method } : 'unusable';
  if (method !== undefined && method !== 'plain') return 'unusable';
  return UNRESERVED.test(value) ? { value, method: 'plain' } : 'unusable';
}

/** Whether the verifier is the one that the challenge was made from. */
export function meets(challenge: Challenge, verifier: string): boolean {
  if (!UNRESERVED.test(verifier)) return false;
  const made = challenge.method === 'plain' ? verifier : createHash('sha256').update(verifier, 'utf8').digest('base64url');
  return sameText(made, challenge.value);
}
