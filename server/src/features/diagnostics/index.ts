export {
  type CheckedReference,
  createReferenceCheck,
  type Reference,
  type ReferenceCheck,
  type ReferenceCheckDeps,
} from './check-references.ts';
export type { CompareMethod, NameMatch } from './compare-names.ts';
export { createDiagnosticsStore } from './diagnostics.store.ts';
export { createFileLook } from './look-for-files.ts';
export { createRecords, type Records } from './records.ts';
export { createReport, type ReportDeps } from './report.ts';
export { createLibraryScan, type LibraryScan } from './scan-libraries.ts';
export { createStaleItems, type StaleItems } from './stale-items.ts';
export {
  createSuppressions,
  SUPPRESSION_TYPES,
  SUPPRESSIONS,
  type Suppression,
  type SuppressionDraft,
  type Suppressions,
} from './suppressions.ts';
