import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';

/** The keys of this installation, of which this room needs no more. */
export type Seals = Readonly<{ hmac(purpose: string, text: string): string }>;

/** What is kept of a token, a code or a secret: worth nothing without the key of this installation. */
export function createSealing(seals: Seals) {
  return {
    token: (token: string): string => seals.hmac('app-token', token),
    code: (code: string): string => seals.hmac('app-code', code),
    request: (id: string): string => seals.hmac('app-request', id),
    /** Dashes, spaces and capital letters do not matter. */
    userCode: (code: string): string => seals.hmac('app-user-code', plainUserCode(code)),
    secret: (secret: string): string => seals.hmac('app-secret', secret),
  };
}

export type Sealing = ReturnType<typeof createSealing>;

const TOKEN_BYTES = 32;

export const newV1Token = (): string => randomBytes(TOKEN_BYTES).toString('hex');
export const newV2Token = (kind: 'at' | 'rt'): string => `simkl_${kind}_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
/** What a browser carries from the door of an app to the page where somebody answers. */
export const newRequestId = (): string => randomBytes(TOKEN_BYTES).toString('base64url');
export const newCode = (): string => randomBytes(TOKEN_BYTES).toString('hex');

/** Whether a token says of itself that it is one of the second generation. */
export const looksLikeV2 = (token: string): boolean => token.startsWith('simkl_at_') || token.startsWith('simkl_rt_');

// Without 0, 1, I, L, O and U: they are read from a television and typed on a telephone.
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

const letters = (count: number): string => Array.from({ length: count }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** Five letters, as apps of the first generation show them. */
export const newPin = (): string => letters(5);
export const newDeviceUserCode = (): string => `${letters(4)}-${letters(4)}`;

const LONGEST_USER_CODE = 40;
export const plainUserCode = (code: string): string =>
  code
    .slice(0, LONGEST_USER_CODE)
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, '');

/** Whether two texts are equal, in a time that tells nothing about where they differ. */
export const sameText = (one: string, other: string): boolean => timingSafeEqual(sha256(one), sha256(other));

const sha256 = (text: string): Buffer => createHash('sha256').update(text, 'utf8').digest();
