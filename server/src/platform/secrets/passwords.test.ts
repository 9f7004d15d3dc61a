import crypto from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { DECOY_HASH, hashPassword, needsRehash, verifyPassword } from './passwords.ts';
import { hashToken, newToken, sameText } from './tokens.ts';

describe('passwords', () => {
  it('verifies the password and no other', async () => {
    const hash = await hashPassword('correct horse');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword('correct horse', hash)).toBe(true);
    expect(await verifyPassword('correct horsf', hash)).toBe(false);
    expect(await verifyPassword('', hash)).toBe(false);
    expect(needsRehash(hash)).toBe(false);
  });

  it('salts every hash', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
  });

  it('takes a composed and a decomposed letter for the same one', async () => {
    expect(await verifyPassword('Gru\u0308n', await hashPassword('Gr\u00fcn'))).toBe(true);
  });

  // Made with the reference tool: echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

  it('reads the hashes of the reference implementation', async () => {
    expect(await verifyPassword('password', reference)).toBe(true);
    expect(needsRehash(reference)).toBe(true);
  });

  it.each(['', 'plain', '$2y$10$abc', '$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'])(
    'matches nothing against %j',
    async (stored) => {
      expect(await verifyPassword('password', stored)).toBe(false);
      expect(needsRehash(stored)).toBe(true);
    },
  );

  it('has a decoy at the same cost', async () => {
    expect(needsRehash(DECOY_HASH)).toBe(false);
    expect(await verifyPassword('', DECOY_HASH)).toBe(false);
  });
});

describe('tokens', () => {
  it('are random, and fit a URL', () => {
    expect(newToken()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(newToken(16)).toHaveLength(22);
    expect(newToken()).not.toBe(newToken());
  });

  it('are stored as their SHA-256', () => {
    expect(hashToken('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('compare as texts', () => {
    expect(sameText('a', 'a')).toBe(true);
    expect(sameText('a', 'ab')).toBe(false);
  });
});

it('a Node without argon2 of its own makes and checks the same hashes', async () => {
  const hashed = await hashPassword('correct horse');
  const own = Object.getOwnPropertyDescriptor(crypto, 'argon2');
  Object.defineProperty(crypto, 'argon2', { value: undefined, configurable: true, writable: true });
  try {
    expect(await verifyPassword('correct horse', hashed)).toBe(true);
    expect(await verifyPassword('wrong horse', hashed)).toBe(false);
  } finally {
    if (own) Object.defineProperty(crypto, 'argon2', own);
  }
});
