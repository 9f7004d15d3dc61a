import type { Events } from '#core/events.ts';
import { personId } from '#kernel/ids.ts';
import { sql } from '#platform/db/index.ts';
import type { Database, Stamps } from './stamps.store.ts';
import type { TrackerTables } from './tracker.schema.store.ts';

export type SettingsFollowerDeps = Readonly<{
  database: Database;
  stamps: Stamps;
  /** An IANA name. */
  timeZone: string;
}>;

export type SettingsFollower = ReturnType<typeof createSettingsFollower>;

/** What apps are shown of a person's settings: what they are called, and the time zone of the house. */
export function createSettingsFollower({ database, stamps, timeZone }: SettingsFollowerDeps) {
  return {
    personRenamed: ({ personId: person }: Events['person.renamed']): Promise<void> =>
      stamps.withinStamp(person, async (tx) => tx.touch('settings', 'all')),

    /** The time zone changes while the house stands still. */
    async resume(): Promise<void> {
      const db = database.tables<TrackerTables>();
      const { rows } = await sql<{ person_id: number; time_zone: string | null }>`
        select person_id, time_zone from tracker_person where time_zone is null or time_zone <> ${timeZone} order by person_id`.execute(db);
      for (const { person_id: id, time_zone: shown } of rows) {
        await stamps.withinStamp(personId(id), async (tx) => {
          if (shown !== null) tx.touch('settings', 'all');
          await tx.handle
            .tables<TrackerTables>()
            .updateTable('tracker_person')
            .set({ time_zone: timeZone })
            .where('person_id', '=', id)
            .execute();
        });
      }
    },
  };
}
