import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { createSecrets } from './secrets.ts';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'usherr-secrets-'));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const misconfigured = (error: unknown): boolean => isAppError(error, 'misconfigured');
const faultOf = (action: () => unknown): Error => {
  try {
    action();
  } catch (error) {
    if (misconfigured(error)) return error as Error;
    throw error;
  }
  throw new Error('expected a fault');
};

describe('secrets', () => {
  it.each(['', 'token', 'Grüße 🎬', 'x'.repeat(10_000)])('brings back what was encrypted (%#)', (text) => {
    const secrets = createSecrets({ dataDir });
    const stored = secrets.encrypt(text);
    expect(secrets.decrypt(stored)).toBe(text);
    expect(secrets.encrypt(text)).not.toBe(stored);
    if (text) expect(stored).not.toContain(text);
  });

  it('writes a key of its own that only its owner may read, and keeps it', () => {
    const stored = createSecrets({ dataDir }).encrypt('token');
    expect(statSync(join(dataDir, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(createSecrets({ dataDir }).decrypt(stored)).toBe('token');
  });

  it('writes no key where a secret is given', () => {
    createSecrets({ dataDir, secret: 'a secret of the household' });
    expect(() => statSync(join(dataDir, 'secret.key'))).toThrow('ENOENT');
  });

  it('moves from the generated key to the same secret in the environment', () => {
    const stored = createSecrets({ dataDir }).encrypt('token');
    const secret = readFileSync(join(dataDir, 'secret.key'), 'utf8').trim();
    expect(createSecrets({ dataDir, secret }).decrypt(stored)).toBe('token');
  });

  it('tells at the start that the secret is another one, without showing either', () => {
    createSecrets({ dataDir, secret: 'the first secret' });
    const fault = faultOf(() => createSecrets({ dataDir, secret: 'the second secret' }));
    expect(fault.message).toContain('USHERR_SECRET is not the secret');
    expect(fault.message).not.toMatch(/first|second/);
  });

  it('tells that a stored value belongs to another secret', () => {
    const stored = createSecrets({ dataDir, secret: 'the first secret' }).encrypt('token');
    rmSync(join(dataDir, 'secret.check'));
    const other = createSecrets({ dataDir, secret: 'the second secret' });
    expect(faultOf(() => other.decrypt(stored)).message).toContain('another secret');
  });

  it('refuses a changed, cut or foreign value', () => {
    const secrets = createSecrets({ dataDir });
    const stored = secrets.encrypt('a token of some length');
    const at = stored.length - 10;
    const changed = `${stored.slice(0, at)}${stored[at] === 'A' ? 'B' : 'A'}${stored.slice(at + 1)}`;
    for (const bad of [changed, stored.slice(0, 30), 'plain text', ''])
      expect(faultOf(() => secrets.decrypt(bad)).message).toContain('damaged');
  });

  it('refuses a key file that holds no key', () => {
    writeFileSync(join(dataDir, 'secret.key'), 'half a k');
    expect(faultOf(() => createSecrets({ dataDir })).message).toContain('secret.key');
  });

  it('signs for one purpose only', () => {
    const secrets = createSecrets({ dataDir });
    const signature = secrets.hmac('user-token', 'mo');
    expect(secrets.verifyHmac('user-token', 'mo', signature)).toBe(true);
    expect(secrets.verifyHmac('playback', 'mo', signature)).toBe(false);
    expect(secrets.verifyHmac('user-token', 'jo', signature)).toBe(false);
    expect(secrets.verifyHmac('user-token', 'mo', '')).toBe(false);
  });
});
