export { DECOY_HASH, hashPassword, needsRehash, verifyPassword } from './passwords.ts';
export { createSecrets, type Secrets, type SecretsDeps } from './secrets.ts';
export { hashToken, newToken, sameText } from './tokens.ts';
