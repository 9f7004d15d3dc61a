export type { Check, CheckReport } from './checks.ts';
export { connectingMigrations } from './connecting.schema.store.ts';
export { type CheckWish, type Connecting, type ConnectingDeps, createConnecting } from './connecting.ts';
export type { FoundServer, SignInView } from './sign-ins.ts';
export type { WaitingConnection } from './waiting.store.ts';
export type { Added } from './waiting.ts';
