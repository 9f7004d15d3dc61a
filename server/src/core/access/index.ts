export { accessMigrations, keyMakerMigrations, loginScopeMigrations } from './access.schema.store.ts';
export {
  type Access,
  type AccessDeps,
  type Authenticated,
  type CredentialKind,
  createAccess,
  type FirstWords,
  type Presented,
  type StartOptions,
  type WebhookAccount,
} from './access.ts';
export {
  type Actor,
  jobActor,
  may,
  mayActAs,
  mayActAsAnyone,
  type Right,
  type Role,
  requireActAs,
  requireActAsAnyone,
  requireKeeper,
  requireRight,
  type Scope,
} from './actor.ts';
export type { ApiKey } from './api-keys.store.ts';
export type { ApiKeys, KeyWish } from './api-keys.ts';
export type { Login } from './logins.store.ts';
export type { Logins } from './logins.ts';
export type { PasswordAttempt, SignIn } from './sign-in.ts';
export type { Audience, Surface } from './surface.ts';
export { createThrottle, networkOf, type Throttle } from './throttle.ts';
