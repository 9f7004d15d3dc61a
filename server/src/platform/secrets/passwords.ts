// The default import: a Node below 24.7 has no argon2, and would fail to load by name.
import crypto from 'node:crypto';
import { argon2id } from 'hash-wasm';

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;
/** A stored string that asks for more than 1 GiB was not written by us. */
const MOST_MEMORY = 1_048_576;

type Parsed = Readonly<{ memory: number; passes: number; parallelism: number; salt: Buffer; tag: Buffer }>;

const derive = async (password: string, { memory, passes, parallelism, salt, tag }: Parsed): Promise<Buffer> => {
  const message = Buffer.from(password.normalize('NFKC'), 'utf8');
  if (typeof crypto.argon2 !== 'function') {
    // Node before 24.7, which is all that npm has for Macs with Apple's chips: the same function in WebAssembly, on this thread.
    const cost = { memorySize: memory, iterations: passes, parallelism, hashLength: tag.length };
    return Buffer.from(await argon2id({ password: message, salt, ...cost, outputType: 'binary' }));
  }
  return new Promise((resolve, reject) => {
    crypto.argon2('argon2id', { message, nonce: salt, parallelism, tagLength: tag.length, memory, passes }, (error, derived) =>
      error ? reject(error) : resolve(derived),
    );
  });
};

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

const parse = (phc: string): Parsed | undefined => {
  const match = /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,4}),p=(\d{1,3})\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{16,86})$/.exec(phc);
  if (!match) return undefined;
  const [, memory, passes, parallelism, salt = '', tag = ''] = match;
  const parsed = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  if (parsed.memory > MOST_MEMORY || parsed.memory < 8 * parsed.parallelism || parsed.passes < 1 || parsed.parallelism < 1)
    return undefined;
  return { ...parsed, salt: Buffer.from(salt, 'base64'), tag: Buffer.from(tag, 'base64') };
};

/** The password as a PHC string (`$argon2id$v=19$…`), under a salt of its own. Takes some tens of milliseconds, off the main thread. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.randomBytes(SALT_BYTES);
  const tag = await derive(password, { ...COST, salt, tag: Buffer.alloc(TAG_BYTES) });
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(salt)}$${base64(tag)}`;
}

/**
 * Whether the password is the one that was hashed; a string that is no argon2id hash matches nothing. Where there is no such login,
 * verify against `DECOY_HASH`: an unknown name must take as long as a wrong password.
 */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const parsed = parse(phc);
  if (!parsed) return false;
  return crypto.timingSafeEqual(await derive(password, parsed), parsed.tag);
}

/** True where the hash was made with other costs than today's: hash again at the next successful sign-in. */
export function needsRehash(phc: string): boolean {
  const parsed = parse(phc);
  if (!parsed) return true;
  return (Object.keys(COST) as (keyof typeof COST)[]).some((cost) => parsed[cost] !== COST[cost]) || parsed.tag.length !== TAG_BYTES;
}

/** A well-formed hash at today's cost that no password matches. */
export const DECOY_HASH = `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${base64(Buffer.alloc(SALT_BYTES))}$${base64(Buffer.alloc(TAG_BYTES))}`;
