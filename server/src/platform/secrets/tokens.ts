import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A random token for a header or a URL; `bytes` of randomness (32 by default) as base64url. */
export const newToken = (bytes = 32): string => randomBytes(bytes).toString('base64url');

/** What is stored of a random token: hex SHA-256. Only for tokens that nobody can guess; passwords go through `hashPassword`. */
export const hashToken = (token: string): string => createHash('sha256').update(token, 'utf8').digest('hex');

/** Whether two texts are equal, in a time that tells nothing about where they differ. */
export const sameText = (one: string, other: string): boolean =>
  timingSafeEqual(createHash('sha256').update(one, 'utf8').digest(), createHash('sha256').update(other, 'utf8').digest());
