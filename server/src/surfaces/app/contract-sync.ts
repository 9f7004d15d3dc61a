import { type Static, Type } from 'typebox';
import { Count, OneOf, OrNull, PageQuery, PersonQuery, Text, Time } from './contract-words.ts';

const JobStatus = OneOf(['pending', 'running', 'completed', 'failed', 'cancelled']);
export const SyncRun = Type.Object({
  id: Type.String({ description: 'Also that of its job, which has its log' }),
  kind: OneOf(['import', 'export', 'propose', 'apply']),
  person: OrNull(Type.String()),
  account: OrNull(Type.String({ description: 'null: all of them' })),
  by: Type.String({ description: 'Who asked for it, or clock' }),
  status: JobStatus,
  progress: OrNull(Type.Object({ done: Type.Number(), total: OrNull(Type.Number()), text: OrNull(Type.String()) })),
  created_at: Time,
  started_at: OrNull(Time),
  finished_at: OrNull(Time),
  took_ms: OrNull(Type.Integer()),
  counts: Type.Record(Type.String(), Type.Record(Type.String(), Type.Number()), { description: 'By account' }),
  error: OrNull(Type.Object({ code: Type.String(), message: Type.String() })),
  plan: OrNull(Type.Object({ id: Type.String(), title: Type.String(), state: Type.String(), outcome: OrNull(Type.String()) })),
});
export type SyncRun = Static<typeof SyncRun>;
export const RunQuery = Type.Object({
  ...PageQuery,
  ...PersonQuery,
  account: Type.Optional(Text(64)),
  status: Type.Optional(Type.Array(JobStatus, { maxItems: 5 })),
});
const Next = Type.Object({ enabled: Type.Boolean(), at: OrNull(Time) });
export const SyncOverview = Type.Object({
  next: Type.Object({ import: Next, export: Next }, { description: 'By the clock' }),
  accounts: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      person: Type.String(),
      type: Type.String(),
      server: Type.String(),
      consent: OneOf(['pending', 'given']),
      import: Type.Boolean(),
      export: Type.Boolean(),
      health: OneOf(['unknown', 'ok', 'degraded']),
      fault: OrNull(Type.Object({ at: Time, code: Type.String(), message: Type.String() })),
      last_import: OrNull(Time),
      last_export: OrNull(Time),
      waiting: Count,
      failed: Count,
      left_out: Type.Integer({
        minimum: 0,
        description: 'Copies that were left out of a plan, and are not told until there is news of them',
      }),
      last_run: OrNull(SyncRun),
      running: OrNull(SyncRun),
      plan: OrNull(Type.Object({ id: Type.String(), title: Type.String(), reason: Type.String(), created_at: Time })),
    }),
  ),
  conflicts_open: Count,
  changes_in_doubt: Count,
});
export type SyncOverview = Static<typeof SyncOverview>;
