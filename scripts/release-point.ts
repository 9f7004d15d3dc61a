import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { mediaOrderMigrations } from '../server/src/core/media/index.ts';
import { statementsOf } from '../server/src/platform/db/index.ts';
import { release } from '../server/src/release.ts';
import { startHousehold } from '../server/tests/support/household.ts';

/**
 * Stores what a database of this release looks like, with a small household's life in it, so that every later release is
 * tested to take it over. Run it once when a release is made; a stored release point is never made anew.
 */
export async function storeReleasePoint(target: URL): Promise<void> {
  const home = await startHousehold();
  for (const fake of home.fakes) {
    const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
    const shows = fake.addLibrary({ name: 'Shows', kind: 'shows' });
    const addedAt = Date.UTC(2024, 0, 1);
    const heat = fake.addTitle(movies, { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277', tmdb: '949' }, addedAt });
    const show = { title: 'Twin Peaks', year: 1990, ids: { tvdb: '70533' } };
    for (const number of [1, 2, 3])
      fake.addTitle(shows, { kind: 'episode', title: `Episode ${number}`, show, season: 1, episodes: [number], addedAt });
    if (fake.type === 'plex') fake.setState(fake.owner.id, heat, { played: true, playCount: 2, lastPlayedAt: Date.UTC(2025, 5, 1) });
  }
  for (const kind of ['plex', 'jellyfin', 'emby'] as const) await home.addBackend(kind);
  const run = { signal: AbortSignal.timeout(60_000), log: () => undefined, progress: () => undefined, breathe: async () => undefined };
  await home.rooms.watchSync.runImport(run);
  await home.rooms.watchSync.runExport(run);
  const folder = mkdtempSync(join(tmpdir(), 'usherr-release-'));
  const file = join(folder, 'usherr.db');
  copyFileSync(await home.rooms.database.copy('release-point'), file);
  await home.close();
  writeFileSync(target, dump(file));
  rmSync(folder, { recursive: true, force: true });
}

/** Texts that are searched cannot be written down; they are filled as the step that made their tables fills them. */
const fillTexts = (): readonly string[] =>
  mediaOrderMigrations.flatMap((step) => statementsOf(step, 'sqlite')).filter((statement) => /^insert into \w+_text /.test(statement));

/** A database as statements that make it again. */
export function dump(file: string): string {
  const connection = new DatabaseSync(file, { readOnly: true });
  const objects = connection
    .prepare(
      "select name, type, sql from sqlite_master where sql is not null and name not like 'sqlite_%' order by type = 'table' desc, rowid",
    )
    .all() as { name: string; type: string; sql: string }[];
  const kinds = new Map(
    (connection.prepare('select name, type from pragma_table_list').all() as { name: string; type: string }[]).map((row) => [
      row.name,
      row.type,
    ]),
  );
  const lines = ['pragma foreign_keys = off;'];
  for (const { name, type, sql } of objects) {
    // What is behind a virtual table is made with it, and may not be written to.
    if (kinds.get(name) === 'shadow') continue;
    lines.push(`${sql};`);
    if (type !== 'table' || kinds.get(name) === 'virtual') continue;
    const columns = connection.prepare(`pragma table_info(${name})`).all() as { name: string }[];
    const values = columns.map((column) => `quote("${column.name}")`).join(` || ',' || `);
    const rows = connection.prepare(`select ${values} as line from ${name}`).all() as { line: string }[];
    lines.push(...rows.map(({ line }) => `insert into ${name} values (${line});`));
  }
  connection.close();
  if (kinds.has('work_text')) lines.push(...fillTexts().map((statement) => `${statement};`));
  return `${lines.join('\n')}\n`;
}

if (import.meta.main) await storeReleasePoint(new URL(`../server/tests/upgrades/${release.version}.sql`, import.meta.url));
