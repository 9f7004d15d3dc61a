export type { Mapping } from './match-users.ts';
export { createProvisioning, MAPPING, type Mode, type Provisioned, type Provisioning, type ProvisioningDeps } from './provisioning.ts';
export { type MappingRow, type RowTaken, takeMappingRow } from './take-row.ts';
