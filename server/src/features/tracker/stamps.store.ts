import type { Publish } from '#core/events.ts';
import { createViewingStore } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { type Database, type Handle, insertRows } from '#platform/db/index.ts';
import { type Activities, activitiesOf, type LibraryType, type Stamp, type StampKind } from './activities.ts';
import type { TrackerTables } from './tracker.schema.store.ts';

export type { Database, Handle };

/** One change of a person's library, in its transaction. The person's history is held until it ends. */
export type StampedTx = Readonly<{
  handle: Handle;
  person: PersonId;
  /** When this change happens for apps: later than every change before it, the same whenever it is asked for. */
  at: Instant;
  /** Has the day of this kind of change move, once the work is done. */
  touch(type: LibraryType | 'settings', kind: StampKind | 'all'): void;
  /** The house hears that the ratings or lists of these titles changed. */
  shelved(media: readonly MediaId[]): void;
}>;

export type StampsDeps = Readonly<{
  database: Database;
  clock: Clock;
  publish?: Publish<Handle>;
  /** The one that apps are shown; an IANA name. */
  timeZone?: string;
}>;

export type Stamps = ReturnType<typeof createStamps>;

/** The days at which things of a library changed. Apps ask for what changed after the last day that they saw, so no two changes share one out of order. */
export function createStamps({ database, clock, publish, timeZone }: StampsDeps) {
  async function within<T>(handle: Handle, person: PersonId, work: (tx: StampedTx) => Promise<T>): Promise<T> {
    await createViewingStore(handle).lock(person);
    const db = handle.tables<TrackerTables>();
    const known = await db
      .selectFrom('tracker_person')
      .select(['last_stamp', 'told_stamp'])
      .where('person_id', '=', person)
      .executeTakeFirst();
    const at = betweenSeconds(Math.max(clock.now(), (known?.last_stamp ?? 0) + 1, behindSecondOf(known?.told_stamp ?? 0)));
    const touched = new Map<string, readonly [string, string]>();
    const shelved = new Set<MediaId>();
    const result = await work({
      handle,
      person,
      at,
      touch: (type, kind) => void touched.set(`${type} ${kind}`, [type, kind]),
      shelved(media) {
        for (const id of media) shelved.add(id);
      },
    });
    if (shelved.size > 0) await publish?.(handle, 'shelf.changed', { personId: person, mediaIds: [...shelved] });
    if (touched.size === 0) return result;
    await begin(handle, person, at);
    await db.updateTable('tracker_person').set({ last_stamp: at }).where('person_id', '=', person).execute();
    await insertRows(
      handle,
      'tracker_stamp',
      { person_id: 'integer', type: 'text', kind: 'text', at: 'integer' },
      [...touched.values()].map(([type, kind]) => [person, type, kind, at]),
      { update: '(person_id, type, kind) do update set at = excluded.at' },
    );
    return result;
  }

  /** Notes when a person's library began, once. */
  async function begin(handle: Handle, person: PersonId, at: Instant): Promise<void> {
    await handle
      .tables<TrackerTables>()
      .insertInto('tracker_person')
      .values({ person_id: person, started_at: at, filled_at: null, last_stamp: 0, time_zone: timeZone ?? null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }

  /** `told`: the newest day that an app has heard of. */
  async function read(handle: Handle, person: PersonId): Promise<Readonly<{ activities: Activities; told: Instant }> | undefined> {
    const rows = await handle
      .tables<TrackerTables>()
      .selectFrom('tracker_person as p')
      .leftJoin('tracker_stamp as s', 's.person_id', 'p.person_id')
      .select(['p.started_at', 'p.told_stamp', 's.type', 's.kind', 's.at'])
      .where('p.person_id', '=', person)
      .execute();
    if (rows[0] === undefined) return undefined;
    const stamps = rows.flatMap((row) => (row.at === null ? [] : [{ type: row.type, kind: row.kind, at: row.at } as Stamp]));
    return { activities: activitiesOf(rows[0].started_at, stamps), told: rows[0].told_stamp };
  }

  return {
    within,
    withinStamp: <T>(person: PersonId, work: (tx: StampedTx) => Promise<T>): Promise<T> =>
      database.transaction((handle) => within(handle, person, work)),

    /**
     * What is told is told for good: a second that an app has heard of gets no further change. The person's history is held only where there
     * is something new to tell.
     */
    async activities(person: PersonId): Promise<Activities> {
      const known = await read(database, person);
      if (known !== undefined && known.activities.all <= known.told) return known.activities;
      return database.transaction(async (handle) => {
        await createViewingStore(handle).lock(person);
        await begin(handle, person, clock.now());
        const { activities } = (await read(handle, person)) ?? { activities: activitiesOf(clock.now(), []) };
        const db = handle.tables<TrackerTables>();
        await db.updateTable('tracker_person').set({ told_stamp: activities.all }).where('person_id', '=', person).execute();
        return activities;
      });
    },
  };
}

/**
 * Apps are told whole seconds and ask for what is later: never on the second itself, a change is always later than the second that was told
 * of it. At worst an app reads a title twice. Whoever looks at the second before asking misses nothing either: no change gets a day in a
 * second that was told already.
 */
const betweenSeconds = (at: Instant): Instant => (at % 1_000 === 0 ? at + 1 : at);

/** The first second that apps can tell from that day's. */
const behindSecondOf = (told: Instant): Instant => (Math.floor(told / 1_000) + 1) * 1_000;
