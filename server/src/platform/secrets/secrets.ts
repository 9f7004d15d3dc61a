import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#kernel/app-error.ts';
import { loadKeyFile, readIfThere, writeOnce } from './key-file.ts';

export type SecretsDeps = Readonly<{
  /** Holds `secret.key` where no secret is given, and `secret.check` always. */
  dataDir: string;
  /** USHERR_SECRET. */
  secret?: string | undefined;
}>;

export type Secrets = Readonly<{
  /** AES-256-GCM under a key of this installation. The same text gives another result each time. */
  encrypt(text: string): string;
  /** @throws AppError `misconfigured` when it was encrypted with another secret, or when it has been damaged. */
  decrypt(stored: string): string;
  /** Hex HMAC-SHA256 under a key of its own for each purpose, so that a signature for one thing is worth nothing for another. */
  hmac(purpose: string, text: string): string;
  /** Whether `signature` is `hmac(purpose, text)`, compared in constant time. */
  verifyHmac(purpose: string, text: string, signature: string): boolean;
  /** Names the secret without telling anything about it. */
  fingerprint: string;
}>;

const VERSION = 'u1';
const IV_BYTES = 12;
const TAG_BYTES = 16;

const damaged = (cause?: unknown): AppError =>
  new AppError('misconfigured', 'A stored secret is damaged and cannot be read. Enter the token or password of that server again.', {
    cause,
  });

/**
 * The keys of this installation: from USHERR_SECRET, or from a file of mode 0600 that the first start writes.
 * @throws AppError `misconfigured` when the secret is another than the one that the data folder has known.
 */
export function createSecrets({ dataDir, secret }: SecretsDeps): Secrets {
  mkdirSync(dataDir, { recursive: true });
  const material = secret ?? loadKeyFile(dataDir);
  const derive = (purpose: string): Buffer => Buffer.from(hkdfSync('sha256', material, 'usherr', purpose, 32));
  const key = derive('encrypt');
  const fingerprint = derive('fingerprint').toString('hex').slice(0, 16);
  checkFingerprint(dataDir, fingerprint, secret !== undefined);

  const purposeKeys = new Map<string, Buffer>();
  const keyFor = (purpose: string): Buffer => {
    const found = purposeKeys.get(purpose) ?? derive(`hmac:${purpose}`);
    purposeKeys.set(purpose, found);
    return found;
  };
  const hmac = (purpose: string, text: string): string => createHmac('sha256', keyFor(purpose)).update(text).digest('hex');

  return {
    fingerprint,
    hmac,
    verifyHmac: (purpose, text, signature) => {
      const expected = Buffer.from(hmac(purpose, text));
      const given = Buffer.from(signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
    encrypt: (text) => {
      const iv = randomBytes(IV_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, iv);
      const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return `${VERSION}.${fingerprint}.${sealed.toString('base64url')}`;
    },
    decrypt: (stored) => {
      const [version, of, sealed, ...rest] = stored.split('.');
      if (version !== VERSION || of === undefined || sealed === undefined || rest.length > 0) throw damaged();
      if (of !== fingerprint) throw otherSecret('A stored token was encrypted with another secret.');
      const bytes = Buffer.from(sealed, 'base64url');
      if (bytes.length < IV_BYTES + TAG_BYTES) throw damaged();
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
        decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
        return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
      } catch (cause) {
        throw damaged(cause);
      }
    },
  };
}

const otherSecret = (what: string): AppError =>
  new AppError('misconfigured', `${what} Set USHERR_SECRET to its former value, or restore the former secret.key.`);

/** Told at the start, before the first token of somebody's server turns out to be unreadable in the middle of a night. */
function checkFingerprint(dataDir: string, fingerprint: string, fromEnvironment: boolean): void {
  const path = join(dataDir, 'secret.check');
  const known = readIfThere(path);
  if (known === undefined) {
    writeOnce(path, fingerprint);
    return;
  }
  if (known === fingerprint) return;
  const source = fromEnvironment ? 'USHERR_SECRET is not the secret' : `${join(dataDir, 'secret.key')} is not the key`;
  throw otherSecret(
    `${source} that ${dataDir} was set up with, so the stored tokens could not be read. To start anew with this one, delete ${path}, and enter the tokens again.`,
  );
}
