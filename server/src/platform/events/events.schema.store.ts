import type { Generated, Migration } from '#platform/db/index.ts';

export type EventTables = {
  outbox: { id: Generated<number>; topic: string; payload: string; created_at: number };
  outbox_subscription: { subscriber: string; topic: string };
  outbox_delivery: { subscriber: string; event_id: number; attempts: number; retry_at: number; error: string | null; dead: number };
};

export const eventMigrations: readonly Migration[] = [
  {
    name: '0001-events',
    up: ({ id, bigint, withoutRowid }) => [
      `create table outbox (
        id ${id},
        topic text not null,
        payload text not null,
        created_at ${bigint} not null
      )`,
      'create index outbox_created on outbox (created_at)',
      `create table outbox_subscription (
        topic text not null,
        subscriber text not null,
        primary key (topic, subscriber)
      ) ${withoutRowid}`,
      `create table outbox_delivery (
        subscriber text not null,
        event_id ${bigint} not null,
        attempts integer not null,
        retry_at ${bigint} not null,
        error text,
        dead integer not null,
        primary key (subscriber, event_id)
      ) ${withoutRowid}`,
      'create index outbox_delivery_event on outbox_delivery (event_id)',
    ],
  },
];
