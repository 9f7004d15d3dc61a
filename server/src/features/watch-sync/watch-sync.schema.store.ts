import type { Migration } from '#platform/db/index.ts';

export type PushQueueRow = {
  account_id: number;
  copy_id: number;
  reason: string;
  attempts: number;
  next_at: number;
  queued_at: number;
  error_code: string | null;
  error_message: string | null;
};

export type HeldPushRow = { account_id: number; copy_id: number; until: number };

export type WatchSyncTables = { push_queue: PushQueueRow; push_held: HeldPushRow };

export const watchSyncMigrations: readonly Migration[] = [
  {
    name: '0080-watch-sync',
    up: ({ bigint, withoutRowid }) => [
      `create table push_queue (
        account_id ${bigint} not null,
        copy_id ${bigint} not null,
        reason text not null,
        attempts integer not null,
        next_at ${bigint} not null,
        queued_at ${bigint} not null,
        error_code text,
        error_message text,
        primary key (account_id, copy_id)
      ) ${withoutRowid}`,
      'create index push_queue_due on push_queue (account_id, next_at)',
    ],
  },
];

/** What somebody left out of a plan: the account is not told of what was known of the copy's titles until then. */
export const heldPushMigrations: readonly Migration[] = [
  {
    name: '2026-11-26-held-pushes',
    up: ({ bigint, withoutRowid }) => [
      `create table push_held (
        account_id ${bigint} not null, copy_id ${bigint} not null, until ${bigint} not null, primary key (account_id, copy_id)) ${withoutRowid}`,
    ],
  },
];
