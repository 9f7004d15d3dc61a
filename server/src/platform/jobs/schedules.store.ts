import type { Instant } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import type { JobTables } from './jobs.schema.store.ts';

export type ScheduleStore = ReturnType<typeof createScheduleStore>;

/** Up to when each task has been seen to. */
export function createScheduleStore(database: Database) {
  const db = database.tables<JobTables>();
  return {
    async readMarks(): Promise<ReadonlyMap<string, Instant>> {
      const rows = await db.selectFrom('schedule_mark').selectAll().execute();
      return new Map(rows.map((row) => [row.task, row.fired_for]));
    },

    async setMark(task: string, at: Instant): Promise<void> {
      await db
        .insertInto('schedule_mark')
        .values({ task, fired_for: at })
        .onConflict((conflict) => conflict.column('task').doUpdateSet({ fired_for: at }))
        .execute();
    },

    /**
     * Moves the mark on and does the work in one transaction, unless somebody has seen to this time already: whatever the number of
     * processes, and wherever one dies, the work is done once.
     */
    async fire(task: string, dueAt: Instant, now: Instant, work: (handle: Handle) => Promise<unknown>): Promise<boolean> {
      return database.transaction(async (handle) => {
        const moved = await handle
          .tables<JobTables>()
          .updateTable('schedule_mark')
          .set({ fired_for: now })
          .where('task', '=', task)
          .where('fired_for', '<', dueAt)
          .executeTakeFirst();
        if (moved.numUpdatedRows !== 1n) return false;
        await work(handle);
        return true;
      });
    },
  };
}
