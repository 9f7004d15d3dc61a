import type { Instant } from '#kernel/instant.ts';
import { type Database, type Handle, jsonRows, sql } from '#platform/db/index.ts';
import type { EventTables } from './events.schema.store.ts';

export type StoredEvent = Readonly<{ id: number; topic: string; payload: unknown; at: Instant }>;
export type Delivery = StoredEvent & Readonly<{ attempts: number; retryAt: Instant }>;

/** An event that a subscriber has refused as often as it was offered. */
export type DeadLetter = StoredEvent & Readonly<{ subscriber: string; attempts: number; error: string }>;

/** Writes events and, in the same transaction, a delivery for each subscriber of their topic. Two statements for any number. */
export async function insertEvents(
  handle: Handle,
  events: readonly Readonly<{ topic: string; payload: unknown }>[],
  now: Instant,
): Promise<void> {
  if (events.length === 0) return;
  const db = handle.tables<EventTables>();
  const given = jsonRows(
    handle.kind,
    { topic: 'text', payload: 'text' },
    events.map(({ topic, payload }) => [topic, JSON.stringify(payload)]),
  );
  const { rows } = await sql<{ id: number; topic: string }>`
    insert into outbox (topic, payload, created_at)
    select topic, payload, ${sql.lit(now)} from ${given} order by position
    returning id, topic`.execute(db);
  const written = jsonRows(
    handle.kind,
    { id: 'integer', topic: 'text' },
    rows.map(({ id, topic }) => [id, topic]),
  );
  await sql`
    insert into outbox_delivery (subscriber, event_id, attempts, retry_at, error, dead)
    select subscription.subscriber, given.id, 0, 0, null, 0
    from ${written} join outbox_subscription as subscription on subscription.topic = given.topic`.execute(db);
}

export type EventStore = ReturnType<typeof createEventStore>;

export function createEventStore(database: Database) {
  const db = database.tables<EventTables>();

  const deliveries = () =>
    db
      .selectFrom('outbox_delivery as delivery')
      .innerJoin('outbox', 'outbox.id', 'delivery.event_id')
      .select([
        'outbox.id',
        'outbox.topic',
        'outbox.payload',
        'outbox.created_at',
        'delivery.subscriber',
        'delivery.attempts',
        'delivery.retry_at',
        'delivery.error',
      ]);

  return {
    /** Sets who wants what. Deliveries to those who are no longer there go with them. */
    async setSubscriptions(wanted: readonly Readonly<{ subscriber: string; topic: string }>[]): Promise<void> {
      await database.transaction(async (handle) => {
        const tx = handle.tables<EventTables>();
        await tx.deleteFrom('outbox_subscription').execute();
        if (wanted.length > 0) {
          await tx
            .insertInto('outbox_subscription')
            .values([...wanted])
            .execute();
        }
        await tx
          .deleteFrom('outbox_delivery')
          .where('subscriber', 'not in', ['', ...wanted.map((each) => each.subscriber)])
          .execute();
      });
    },

    /** What waits for the subscriber, oldest first, whether or not its time has come. */
    async nextFor(subscriber: string, limit: number): Promise<Delivery[]> {
      const rows = await deliveries()
        .where('delivery.subscriber', '=', subscriber)
        .where('delivery.dead', '=', 0)
        .orderBy('delivery.event_id')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        id: row.id,
        topic: row.topic,
        payload: JSON.parse(row.payload) as unknown,
        at: row.created_at,
        attempts: row.attempts,
        retryAt: row.retry_at,
      }));
    },

    /** How many of these still waited. */
    async acknowledge(subscriber: string, eventIds: readonly number[]): Promise<number> {
      const done = await db
        .deleteFrom('outbox_delivery')
        .where('subscriber', '=', subscriber)
        .where('event_id', 'in', [...eventIds])
        .executeTakeFirst();
      return Number(done.numDeletedRows);
    },

    async refuse(subscriber: string, eventId: number, error: string, retryAt: Instant, dead: boolean): Promise<void> {
      await db
        .updateTable('outbox_delivery')
        .set((eb) => ({ attempts: eb('attempts', '+', 1), error, retry_at: retryAt, dead: dead ? 1 : 0 }))
        .where('subscriber', '=', subscriber)
        .where('event_id', '=', eventId)
        .execute();
    },

    async listDead(): Promise<DeadLetter[]> {
      const rows = await deliveries().where('delivery.dead', '=', 1).orderBy('delivery.event_id').execute();
      return rows.map((row) => ({
        id: row.id,
        topic: row.topic,
        payload: JSON.parse(row.payload) as unknown,
        at: row.created_at,
        subscriber: row.subscriber,
        attempts: row.attempts,
        error: row.error ?? '',
      }));
    },

    /** Newest first, each with those who still wait for it. */
    async recent(
      topic: string | undefined,
      { offset, limit }: Readonly<{ offset: number; limit: number }>,
    ): Promise<Readonly<{ events: readonly (StoredEvent & Readonly<{ waiting: readonly string[] }>)[]; total: number }>> {
      const of = () => (topic === undefined ? db.selectFrom('outbox') : db.selectFrom('outbox').where('topic', '=', topic));
      const rows = await of().selectAll().orderBy('id', 'desc').offset(offset).limit(limit).execute();
      const { total } = await of()
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const waiting = await db
        .selectFrom('outbox_delivery')
        .select(['event_id', 'subscriber'])
        .where('event_id', 'in', [-1, ...rows.map((row) => row.id)])
        .orderBy('subscriber')
        .execute();
      const names = Map.groupBy(waiting, (row) => row.event_id);
      return {
        total,
        events: rows.map((row) => ({
          id: row.id,
          topic: row.topic,
          payload: JSON.parse(row.payload) as unknown,
          at: row.created_at,
          waiting: (names.get(row.id) ?? []).map((one) => one.subscriber),
        })),
      };
    },

    async revive(subscriber: string, eventId: number): Promise<boolean> {
      const done = await db
        .updateTable('outbox_delivery')
        .set({ attempts: 0, retry_at: 0, dead: 0 })
        .where('subscriber', '=', subscriber)
        .where('event_id', '=', eventId)
        .where('dead', '=', 1)
        .executeTakeFirst();
      return done.numUpdatedRows === 1n;
    },

    /** Forgets events from before the instant that nobody still waits for. */
    async prune(before: Instant): Promise<number> {
      const done = await db
        .deleteFrom('outbox')
        .where('created_at', '<', before)
        .where((eb) =>
          eb.not(
            eb.exists(eb.selectFrom('outbox_delivery').select(sql.lit(1).as('one')).whereRef('outbox_delivery.event_id', '=', 'outbox.id')),
          ),
        )
        .executeTakeFirst();
      return Number(done.numDeletedRows);
    },

    async countWaiting(): Promise<number> {
      const { total } = await db
        .selectFrom('outbox_delivery')
        .select((eb) => eb.fn.countAll<number>().as('total'))
        .where('dead', '=', 0)
        .executeTakeFirstOrThrow();
      return total;
    },
  };
}
