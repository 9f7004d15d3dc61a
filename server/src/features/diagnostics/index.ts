export {
  type CheckedReference,
  createReferenceCheck,
  type Reference,
  type ReferenceCheck,
  type ReferenceCheckDeps,
} from './check-references.ts';
export { createReport, type ReportDeps } from './report.ts';
export {
  createSuppressions,
  SUPPRESSION_TYPES,
  SUPPRESSIONS,
  type Suppression,
  type SuppressionDraft,
  type Suppressions,
} from './suppressions.ts';
