import { readdir, readFile, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '#core/connections/index.ts';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { ToldRecord } from '#core/upstreams/index.ts';
import { type AppError, isAppError } from '#kernel/app-error.ts';
import { days } from '#kernel/instant.ts';
import { sql } from '#platform/db/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { createUpkeep, type Upkeep } from './upkeep.ts';
import type { UpkeepRequest } from './upkeep-request.ts';

const START = Date.parse('2026-03-28T12:10:00Z');
const WATCHED_AT = Date.parse('2026-02-01T20:00:00Z');

describe.each(DATABASES)('upkeep on %s', (kind) => {
  let now = START;
  let house: Household;
  let upkeep: Upkeep;
  let attic: Account;
  let barn: Account;
  const lines: string[] = [];
  let films: string;

  const request = (more: Partial<UpkeepRequest> = {}): UpkeepRequest => ({
    flags: new Set(),
    signal: new AbortController().signal,
    log: (_level, text) => lines.push(text),
    progress: () => undefined,
    breathe: async () => undefined,
    ...more,
  });
  const importAll = () => house.rooms.watchSync.runImport(request());
  const copy = async (upstreamId: string) =>
    (await createMediaGraph(house.rooms.database, { clock: { now: () => now } }).copiesOnServer(attic.server.id, [upstreamId]))[0];
  const backups = async () => (await readdir(join(house.config.dataDir, 'backup'))).sort();
  const readBackup = async (name: string): Promise<unknown> =>
    JSON.parse(await readFile(join(house.config.dataDir, 'backup', name), 'utf8'));
  const faultOf = async (promise: Promise<unknown>): Promise<AppError> => {
    const error = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    return isAppError(error) ? error : expect.fail(`expected a fault and got ${String(error)}`);
  };

  beforeAll(async () => {
    house = await startHousehold({ database: kind, servers: ['jellyfin'], clock: { now: () => now } });
    const { rooms, config } = house;
    upkeep = createUpkeep({
      ...rooms,
      logs: rooms.logging,
      uploads: rooms.historyFiles,
      dataDir: config.dataDir,
      timeZone: 'Pacific/Auckland',
      validatePauseMs: 0,
    });
    const jellyfin = house.fake('jellyfin');
    films = jellyfin.addLibrary({ id: 'films', name: 'Films', kind: 'movies' });
    const shows = jellyfin.addLibrary({ name: 'Shows', kind: 'shows' });
    const addedAt = Date.parse('2025-01-01T00:00:00Z');
    const movie = (upstreamId: string, title: string, ids: Record<string, string>) =>
      jellyfin.addTitle(films, { upstreamId, kind: 'movie', title, year: 1979, ids, addedAt });
    movie('m1', 'Alien', { imdb: 'tt0078748', tmdb: '348' });
    movie('m2', 'Stalker', { imdb: 'tt0079944' });
    jellyfin.addTitle(shows, {
      upstreamId: 'e1',
      kind: 'episode',
      title: 'Pilot',
      show: { upstreamId: 's1', title: 'Twin Peaks', year: 1990, ids: { tvdb: '70533' } },
      season: 1,
      episodes: [1, 2],
      addedAt,
    });
    attic = await house.addBackend('jellyfin', { name: 'attic', exportEnabled: false });
    const second = jellyfin.addUser({ name: 'second' });
    barn = await house.addBackend('jellyfin', {
      name: 'barn',
      as: second,
      personId: (await rooms.people.create('alice')).id,
      exportEnabled: false,
    });
    jellyfin.setState(jellyfin.owner.id, 'm1', { played: true, playCount: 1, lastPlayedAt: WATCHED_AT });
    jellyfin.setState(jellyfin.owner.id, 'm2', { played: false, positionMs: 300_000 });
    await house.rooms.connections.setImportSync(attic.id, undefined);
  }, 60_000);
  afterAll(() => house.close());

  it('writes no backup of an account of which nothing is known', async () => {
    expect(await upkeep.backup(request())).toEqual({
      'main.whole-history': { items: 0 },
      'alice.whole-history': { items: 0 },
      'main.attic': { items: 0 },
      'alice.barn': { items: 0 },
    });
    expect(lines.join()).toContain('attic: nothing is known yet');
  });

  it('writes one portable file for each person and each account', async () => {
    await importAll();
    // 12:10 UTC is after midnight in Auckland.
    expect(await upkeep.backup(request({ flags: new Set(['no-compress']) }))).toEqual({
      'main.whole-history': { items: 4, file: 'main.whole-history.20260329.json' },
      'alice.whole-history': { items: 4, file: 'alice.whole-history.20260329.json' },
      'main.attic': { items: 4, file: 'main.attic.20260329.json' },
      'alice.barn': { items: 4, file: 'alice.barn.20260329.json' },
    });
    expect(await backups()).toEqual([
      'alice.barn.20260329.json',
      'alice.whole-history.20260329.json',
      'main.attic.20260329.json',
      'main.whole-history.20260329.json',
    ]);
    expect(await readBackup('main.whole-history.20260329.json')).toEqual(
      expect.arrayContaining((await readBackup('main.attic.20260329.json')) as object[]),
    );
    const added = Date.parse('2025-01-01T00:00:00Z') / 1_000;
    const items = (await readBackup('main.attic.20260329.json')) as { type: string; title: string; episode?: number }[];
    expect(items.filter((item) => item.type === 'movie').sort((a, b) => (a.title < b.title ? -1 : 1))).toEqual([
      {
        type: 'movie',
        watched: 1,
        updated: WATCHED_AT / 1_000,
        title: 'Alien',
        year: 1979,
        guids: { guid_imdb: 'tt0078748', guid_tmdb: '348' },
      },
      { type: 'movie', watched: 0, updated: added, title: 'Stalker', year: 1979, guids: { guid_imdb: 'tt0079944' }, progress: 300_000 },
    ]);
    const episodes = items.filter((item) => item.type === 'episode');
    expect(episodes.map((item) => item.episode)).toEqual([1, 2]);
    expect(episodes[0]).toMatchObject({
      watched: 0,
      updated: added,
      show: 'Twin Peaks',
      season: 1,
      parent: { guid_tvdb: '70533' },
      guids: {},
    });
  });

  it('writes what is asked for, keeps what is to be kept, and deletes what is too old', async () => {
    const folder = join(house.config.dataDir, 'backup');
    await writeFile(join(folder, 'main.attic.20251201.json'), '[]');
    await writeFile(join(folder, 'notes.txt'), 'mine');
    expect(await upkeep.backup(request({ backend: 'attic', flags: new Set(['dry-run']) }))).toEqual({ 'main.attic': { items: 4 } });
    expect(await backups()).toContain('main.attic.20251201.json');
    await upkeep.backup(request({ person: MAIN_PERSON, flags: new Set(['keep']) }));
    expect(await backups()).toEqual([
      'alice.barn.20260329.json',
      'alice.whole-history.20260329.json',
      'main.attic.20260329.json',
      'main.attic.json.zip',
      'main.whole-history.20260329.json',
      'main.whole-history.json.zip',
      'notes.txt',
    ]);
    const packed: ToldRecord[] = [];
    for await (const page of await upkeep.backups.open('main.attic.json.zip')) packed.push(...page);
    expect(packed.map(({ title }) => title?.title).sort()).toEqual(['Alien', 'Pilot', 'Pilot', 'Stalker']);
    expect((await upkeep.backups.list()).map(({ name, automatic }) => [name, automatic])).toContainEqual(['main.attic.json.zip', false]);
    expect((await upkeep.backups.list('alice')).every(({ name }) => name.startsWith('alice.'))).toBe(true);
  });

  it('marks as gone only what the server says is not there', async () => {
    const jellyfin = house.fake('jellyfin');
    jellyfin.setMood('server-error');
    expect((await faultOf(upkeep.validate(request()))).message).toContain('attic');
    jellyfin.setMood('unauthorized');
    expect((await faultOf(upkeep.validate(request()))).code).toBe('upstream-unauthorized');
    jellyfin.setMood('fine');
    expect(await upkeep.validate(request())).toEqual({ 'attic, barn': { asked: 3, gone: 0 } });
    jellyfin.removeTitle('m2');
    expect(await upkeep.validate(request({ flags: new Set(['dry-run']) }))).toEqual({ 'attic, barn': { asked: 3, gone: 1 } });
    expect((await copy('m2'))?.goneAt).toBeUndefined();
    expect(await upkeep.validate(request())).toEqual({ 'attic, barn': { asked: 3, gone: 1 } });
    expect((await copy('m2'))?.goneAt).toBe(now);
    expect((await copy('m1'))?.goneAt).toBeUndefined();
    expect(await upkeep.validate(request())).toEqual({ 'attic, barn': { asked: 2, gone: 0 } });
  });

  it('asks a person where suspiciously much is gone', async () => {
    const jellyfin = house.fake('jellyfin');
    const add = (number: number) =>
      jellyfin.addTitle(films, {
        upstreamId: `x${number}`,
        kind: 'movie',
        title: `Film ${number}`,
        year: 2000,
        ids: { tmdb: `9000${number}` },
      });
    const many = Array.from({ length: 26 }, (_, number) => add(number));
    await importAll();
    for (const upstreamId of many) jellyfin.removeTitle(upstreamId);
    const fault = await faultOf(upkeep.validate(request()));
    expect([fault.code, fault.message]).toEqual(['stopped-by-guard', expect.stringContaining('26 of 28')]);
    expect((await copy('x0'))?.goneAt).toBeUndefined();
    expect(await upkeep.validate(request({ flags: new Set(['force-full']) }))).toEqual({ 'attic, barn': { asked: 28, gone: 26 } });
    expect((await copy('x0'))?.goneAt).toBe(now);
  });

  it('concludes nothing while one of the accounts there cannot be asked', async () => {
    const jellyfin = house.fake('jellyfin');
    const token = await house.rooms.connections.tokenOf(barn);
    const gone = jellyfin.addTitle(films, { upstreamId: 'y1', kind: 'movie', title: 'Solaris', year: 1972, ids: { imdb: 'tt0069293' } });
    await importAll();
    jellyfin.removeTitle(gone);
    await house.rooms.connections.update(barn.id, { token: 'revoked' }, { verify: false });
    expect((await faultOf(upkeep.validate(request({ backend: 'attic' })))).code).toBe('upstream-unauthorized');
    expect((await copy('y1'))?.goneAt).toBeUndefined();
    await house.rooms.connections.update(barn.id, { token }, { verify: false });
  });

  it('brings the statistics up to date', async () => {
    expect(await upkeep.indexes(request())).toEqual({ ms: 0 });
    const table = kind === 'sqlite' ? sql`sqlite_stat1` : sql`pg_stats`;
    const { rows } = await sql`select 1 from ${table} limit 1`.execute(house.rooms.database.tables());
    expect(rows).toHaveLength(1);
  });

  it('prunes what has outlived its time, and keeps the newest copy of the database', async () => {
    const { database, activity, jobs } = house.rooms;
    await activity.record({ actor: { kind: 'house', id: 'house', name: 'Usherr' }, verb: 'account.added', subject: 'attic' });
    const { id } = await jobs.enqueue({ name: 'system:task', lane: 'bulk', payload: { name: 'indexes' } });
    await jobs.settled(id, AbortSignal.timeout(5_000));
    const ages = [days(200), days(120), days(100)];
    for (const age of ages) await database.copy(`before-0030-media-${START - age}`);
    const log = join(house.config.dataDir, 'logs', 'app.20250101.log');
    await writeFile(log, '');
    await utimes(log, new Date('2025-01-01'), new Date('2025-01-01'));
    now = START + days(6);
    expect(await upkeep.prune(request())).toMatchObject({ jobs: 0, activity: 0, copies: 2, logs: 1, backups: 0, uploads: 0 });
    now = START + days(400);
    const counts = await upkeep.prune(request());
    expect(counts).toMatchObject({ copies: 0, activity: 1, backups: 4 });
    expect(counts.jobs).toBeGreaterThan(0);
    expect(await backups()).toEqual(['main.attic.json.zip', 'main.whole-history.json.zip', 'notes.txt']);
  });
});
