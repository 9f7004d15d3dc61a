export {
  type CheckedReference,
  createReferenceCheck,
  type Reference,
  type ReferenceCheck,
  type ReferenceCheckDeps,
} from './check-references.ts';
export { createReport, type ReportDeps } from './report.ts';
