import { randomInt } from 'node:crypto';
import { invalid } from '#kernel/app-error.ts';
import { hashToken, sameText } from '#platform/secrets/index.ts';

const SHORTEST_PASSWORD = 8;
const LONGEST_PASSWORD_BYTES = 1_024;
const LONGEST_USERNAME = 64;

/** @throws AppError `invalid` on `field`, before an expensive hash is made of it. */
export function checkPassword(field: string, password: string): void {
  if (Buffer.byteLength(password, 'utf8') > LONGEST_PASSWORD_BYTES) throw invalid(field, `must be at most ${LONGEST_PASSWORD_BYTES} bytes`);
  if ([...password].length < SHORTEST_PASSWORD) throw invalid(field, `must be at least ${SHORTEST_PASSWORD} characters`);
}

/** True where a password could never have been set, so that nobody has us hash a megabyte of it. */
export const isBeyondPolicy = (password: string): boolean => Buffer.byteLength(password, 'utf8') > LONGEST_PASSWORD_BYTES;

/** The username as it is shown. @throws AppError `invalid` on `field` */
export function checkUsername(field: string, given: string): string {
  const username = given.trim().normalize('NFKC');
  if (username === '' || username.length > LONGEST_USERNAME || /[\p{Cc}\p{Cf}]/u.test(username)) {
    throw invalid(field, `must be 1 to ${LONGEST_USERNAME} characters, none of them invisible`);
  }
  return username;
}

/**
 * The username as it is compared. A text of any length comes back short, since throttles remember it, and without zero
 * bytes, which PostgreSQL refuses to look for.
 */
export const usernameKey = (given: string): string =>
  given
    .slice(0, 4 * LONGEST_USERNAME)
    .replaceAll('\0', '\ufffd')
    .trim()
    .normalize('NFKC')
    .toLowerCase();

// Without 0, 1, I, L, O and U: it is read from a terminal and typed by hand.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 3;
const GROUP_LENGTH = 4;

/** `ABCD-EFGH-JKMN`: close to 60 random bits. */
export const newSetupCode = (): string =>
  Array.from({ length: GROUPS }, () => Array.from({ length: GROUP_LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')).join('-');

const plain = (code: string): string => code.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');

export const hashSetupCode = (code: string): string => hashToken(plain(code));

/** Capital letters, dashes and spaces do not matter. */
export const isSetupCode = (given: string, hash: string): boolean => sameText(hashSetupCode(given), hash);
