import type { Migration } from '#platform/db/index.ts';

export type CheckRow = {
  media_id: number;
  source: string;
  state: string;
  checked_at: number;
  due_at: number;
  failures: number;
  fault: string | null;
};

export type MetadataTables = { metadata_check: CheckRow; metadata_day: { source: string; day: string; calls: number } };

/** What was asked of a source about each title and when to ask again, and how often it was called on each day. */
export const metadataMigrations: readonly Migration[] = [
  {
    name: '0191-metadata',
    up: ({ bigint, withoutRowid }) => [
      `create table metadata_check (
        media_id ${bigint} not null, source text not null, state text not null, checked_at ${bigint} not null, due_at ${bigint} not null,
        failures integer not null, fault text, primary key (media_id, source)) ${withoutRowid}`,
      `create table metadata_day (source text not null, day text not null, calls integer not null, primary key (source, day)) ${withoutRowid}`,
    ],
  },
];
