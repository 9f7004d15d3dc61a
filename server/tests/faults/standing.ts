import { MAIN_PERSON } from '#core/people/index.ts';
import { sql } from '#platform/db/index.ts';
import type { JournalEntry } from '#platform/journal/index.ts';
import { eventually, expectHeard, type Household } from '#tests/support/household.ts';

export type Standing = Readonly<{ watched: boolean; positionMs: number; plays: number; dates: readonly number[] }>;

/** Where the main person stands with each title of the history, by the title. */
export async function standings(home: Household): Promise<ReadonlyMap<string, Standing>> {
  const { rows } = await sql<{ id: number; title: string; watched: number; position_ms: number }>`
    select m.id, m.title, v.watched, v.position_ms from viewing v join media m on m.id = v.media_id where v.person_id = ${MAIN_PERSON}`.execute(
    home.rooms.database.tables(),
  );
  const plays = await sql<{ media_id: number; at: number | null }>`select media_id, at from play where person_id = ${MAIN_PERSON}`.execute(
    home.rooms.database.tables(),
  );
  const byTitle = Map.groupBy(plays.rows, (play) => play.media_id);
  return new Map(
    rows.map((row) => {
      const own = byTitle.get(row.id) ?? [];
      const dates = own.flatMap((play) => (play.at === null ? [] : [play.at])).sort((one, other) => one - other);
      return [row.title, { watched: row.watched === 1, positionMs: row.position_ms, plays: own.length, dates }];
    }),
  );
}

export async function journalOf(home: Household): Promise<readonly JournalEntry[]> {
  return (await home.rooms.journal.list({}, 1, 1_000)).entries;
}

export type Run = 'runImport' | 'runExport';

/** One run of the house, as a schedule would ask for it; `backend` names one account. */
export const runTask = (home: Household, run: Run, backend?: string) =>
  home.rooms.watchSync[run]({
    signal: AbortSignal.timeout(60_000),
    log: () => undefined,
    progress: () => undefined,
    breathe: async () => undefined,
    ...(backend !== undefined && { backend }),
  });

/** Waits until no push waits and none runs. */
export async function settled(home: Household, withinMs = 20_000): Promise<void> {
  await eventually(async () => {
    await expectHeard(home);
    const { pending, running } = await home.rooms.jobs.stats();
    const accounts = await home.rooms.connections.list();
    const waiting = await Promise.all(accounts.map((account) => home.rooms.watchSync.pushStatus(account)));
    const left = waiting.reduce((sum, status) => sum + status.waiting, 0);
    if (pending + running + left > 0) throw new Error(`${pending} jobs wait, ${running} run, ${left} changes are to be told`);
    await expectHeard(home);
  }, withinMs);
}
