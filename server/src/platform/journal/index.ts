export { journalMigrations } from './journal.schema.store.ts';
export type { Change, JournalEntry, JournalFilter, JournalState } from './journal.store.ts';
export { createJournal, type Journal, type JournalDeps, type JournalEdge, type RunChange } from './journal.ts';
