import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type FakeFolder, writeWatchstateFolder } from '#integrations/watchstate/watchstate-folder.fake.ts';
import type { Database } from '#platform/db/index.ts';
import { sql } from '#platform/db/index.ts';
import type { Household } from './household.ts';

/** A data folder of the other program, on this machine for as long as the test. */
export async function layFolder(content: FakeFolder): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'watchstate-config-'));
  await writeWatchstateFolder(root, content);
  return root;
}

/** The same, for as long as the test that lays it. */
export async function layFolderForTest(content: FakeFolder): Promise<string> {
  const root = await layFolder(content);
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  return root;
}

/** The other program counts in seconds. */
export const unix = (instant: number): number => Math.floor(instant / 1_000);

export type Counted = { taken: number; there: number; refused: number };
export type Report = {
  applied: boolean;
  copy?: string;
  people: {
    name: string;
    is: string;
    backends: { name: string; is: string; reason?: string; items: Counted }[];
    ignore_rules: Counted;
    history: Counted & { records: number; changed: number };
  }[];
  custom_ids: Counted;
  suppressions: Counted;
  mapping: Counted;
  backups: Counted;
  left: { kind: string; reason: string; count: number }[];
  reasons: Record<string, number>;
  refused: { person?: string; kind: string; what: string; reason: string }[];
};

/** Asks for it over our own API, waits, and answers the report. Fails where the run does. */
export async function moveIn(home: Household, body: object, path = '/moving-in'): Promise<Report> {
  const asked = await home.send('POST', `/api/v1${path}`, body, { 'x-api-key': home.config.apiKey ?? '' });
  if (asked.status !== 202) throw new Error(`${asked.status}: ${JSON.stringify(asked.body)}`);
  const { job_id: id } = asked.body as { job_id: string };
  return reportOf(home, id);
}

export async function reportOf(home: Household, id: string): Promise<Report> {
  const job = await home.rooms.jobs.settled(id as never, AbortSignal.timeout(60_000));
  if (job.status !== 'completed') throw new Error(`${job.status}: ${job.error?.message ?? ''}`);
  return (await home.get(`/api/v1/moving-in/${id}/report`, { 'x-api-key': home.config.apiKey ?? '' })).body as Report;
}

const TABLES: Readonly<Record<string, string>> = {
  person: 'id',
  server: 'id',
  account: 'id',
  ignore_rule: 'id',
  custom_provider: 'id',
  custom_link: 'id',
  setting: 'key, subject',
  setting_history: 'id',
  media: 'id',
  external_id: 'kind, provider, value',
  coordinate: 'show_id, season, number, media_id, copy_id',
  copy: 'id',
  copy_media: 'copy_id, place',
  observation: 'account_id, copy_id',
  viewing: 'person_id, media_id',
  play: 'id',
  evidence: 'id',
  media_conflict: 'id',
};

/** Everything that moving in may write, so that two standings can be compared. */
export async function everything(database: Database, tables = Object.keys(TABLES)): Promise<Record<string, unknown[]>> {
  const found: Record<string, unknown[]> = {};
  for (const table of tables) {
    const { rows } = await sql<unknown>`select * from ${sql.id(table)} order by ${sql.raw(TABLES[table] ?? '1')}`.execute(
      database.tables(),
    );
    found[table] = rows;
  }
  return found;
}

export type HistoryRow = {
  updated: number;
  title: string;
  type: string;
  season: number | null;
  episode: number | null;
  watched: number;
  progress: number | null;
  via: string;
  reported_by: string[];
  play_count: number;
  plays: { at: number | null; how: string }[];
};

/** A person's history, as the API of the other program shows it. */
export async function historyOf(home: Household, user = 'main'): Promise<HistoryRow[]> {
  const { body } = await home.get('/v1/api/history?perpage=100&sort=title&sort=episode', { 'x-user': user });
  return (body as { history: HistoryRow[] }).history;
}
