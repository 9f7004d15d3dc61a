export type { Mapping } from './match-users.ts';
export { createProvisioning, MAPPING, type Mode, type Provisioned, type Provisioning, type ProvisioningDeps } from './provisioning.ts';
