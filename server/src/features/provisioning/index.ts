export type { Identity, Mapping, Unmatched } from './match-users.ts';
export { createProvisioning, MAPPING, type Mode, type Provisioned, type Provisioning, type ProvisioningDeps } from './provisioning.ts';
export type { DeskUserKnown, Evidence, Suggestion } from './suggest-people.ts';
export { type MappingRow, type RowTaken, takeMappingRow } from './take-row.ts';
export { createWhoIsWho, type JoinWish, type ServerUser, type ServerUsers, type WhoIsWho } from './who-is-who.ts';
