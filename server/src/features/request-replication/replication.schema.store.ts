import type { Migration } from '#platform/db/index.ts';

export type ReplicationTables = {
  replica: {
    desk_id: number;
    request_id: number;
    state: string;
    reason: string;
    basis: string;
    next_at: number | null;
    satisfied: string;
    failed_at: number | null;
    code: string | null;
    message: string | null;
    permanent: number;
    attempts: number;
    since: number;
  };
  replica_link: {
    desk_id: number;
    upstream_id: number;
    request_id: number;
    how: string;
    told: string | null;
    is4k: number;
    seen_status: string;
    seen_parts: string;
    linked_at: number;
    synced_at: number;
    look_at: number | null;
    hidden_at: number | null;
  };
  replica_removal: { request_id: number; decision: string; plan_id: string; decided_at: number };
  replication_revision: { id: number; revision: number };
  replication_cycle: { id: number; started_at: number; outcome: string };
};

export const replicationMigrations: readonly Migration[] = [
  {
    name: '0121-request-replication',
    up: ({ bigint, withoutRowid }) => [
      `create table replica (
        desk_id ${bigint} not null references request_desk (id) on delete cascade,
        request_id ${bigint} not null references request (id) on delete cascade,
        state text not null,
        reason text not null,
        basis text not null,
        next_at ${bigint},
        satisfied text not null,
        failed_at ${bigint},
        code text,
        message text,
        permanent integer not null,
        attempts integer not null,
        since ${bigint} not null,
        primary key (desk_id, request_id)
      ) ${withoutRowid}`,
      'create index replica_request on replica (request_id)',
      'create index replica_due on replica (desk_id, next_at) where next_at is not null',
      // Several requests of the primary may share one there, and one of the primary may be several there.
      `create table replica_link (
        desk_id ${bigint} not null references request_desk (id) on delete cascade,
        upstream_id ${bigint} not null,
        request_id ${bigint} not null references request (id) on delete cascade,
        how text not null,
        told text,
        is4k integer not null,
        seen_status text not null,
        seen_parts text not null,
        linked_at ${bigint} not null,
        synced_at ${bigint} not null,
        look_at ${bigint},
        hidden_at ${bigint},
        primary key (desk_id, upstream_id, request_id)
      ) ${withoutRowid}`,
      'create index replica_link_request on replica_link (request_id)',
      `create table replica_removal (
        request_id ${bigint} primary key references request (id) on delete cascade,
        decision text not null,
        plan_id text not null,
        decided_at ${bigint} not null
      )`,
      `create table replication_revision (id integer primary key, revision ${bigint} not null)`,
      `create table replication_cycle (
        id integer primary key,
        started_at ${bigint} not null,
        listed_at ${bigint},
        next_at ${bigint},
        outcome text not null
      )`,
    ],
  },
];

/** A cycle in which nothing differs writes nothing, and when the primary was listed is kept with the desk. */
export const quietCycleMigrations: readonly Migration[] = [
  {
    name: '0150-cycles-without-times',
    up: () => ['alter table replication_cycle drop column listed_at', 'alter table replication_cycle drop column next_at'],
  },
];
