import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FakeMediaServer } from '#core/upstreams/media-server.fake.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { createPlexFake } from '#integrations/plex/plex.fake.ts';
import { eventually, type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';
import { runTask, settled, standings } from './standing.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ADDED_AT = Date.UTC(2024, 0, 1);
const PLAYED_AT = Date.UTC(2024, 5, 1);
const COUNT = 60;
const WATCHED = 40;
const KINDS = ['plex', 'jellyfin', 'emby'] as const;

describe.each(KINDS)('the worst of %s', (kind) => {
  let home: Household;
  let server: FakeMediaServer;
  let ids: ReadonlyMap<ServerKind, readonly string[]>;

  beforeEach(async () => {
    home = await startHousehold({ house: { patienceMs: 5_000, callDeadlineMs: 3_000 } });
    server = home.fake(kind);
    ids = new Map(KINDS.map((each) => [each, fill(home.fake(each))]));
    for (const each of KINDS) await home.addBackend(each);
    await runTask(home, 'runImport');
    await settled(home);
  });
  afterEach(() => home.close());

  const watchedOn = (each: ServerKind): number => {
    const fake = home.fake(each);
    return (ids.get(each) ?? []).filter((id) => isThere(fake, id) && fake.stateOf(fake.owner.id, id).played).length;
  };
  const watchedHere = async (): Promise<number> => [...(await standings(home)).values()].filter(({ watched }) => watched).length;

  it('a server that suddenly lists nothing takes nothing away', async () => {
    for (const id of ids.get(kind) ?? []) server.removeTitle(id);
    await runTask(home, 'runImport');
    await settled(home);
    expect(await watchedHere()).toBe(WATCHED);
    for (const other of KINDS.filter((each) => each !== kind)) expect(watchedOn(other)).toBe(WATCHED);
  });

  it('a library that shrank takes nothing away, and what comes back is told again', async () => {
    const gone = (ids.get(kind) ?? []).slice(0, 30);
    for (const id of gone) server.removeTitle(id);
    await runTask(home, 'runImport');
    await settled(home);
    expect(await watchedHere()).toBe(WATCHED);
    for (const other of KINDS.filter((each) => each !== kind)) expect(watchedOn(other)).toBe(WATCHED);

    const library = server.addLibrary({ name: 'Movies again', kind: 'movies' });
    const back = gone.map((_, number) => server.addTitle(library, { ...film(number), addedAt: PLAYED_AT }));
    await runTask(home, 'runImport');
    await settled(home);
    for (const id of back) expect(server.stateOf(server.owner.id, id)).toMatchObject({ played: true, playCount: 1 });
    expect([...(await standings(home)).values()].filter(({ plays }) => plays > 1)).toEqual([]);
  });

  it('a server whose database was reset is asked about, and nothing is un-watched before the answer', async () => {
    for (const id of ids.get(kind) ?? []) server.setState(server.owner.id, id, RESET);
    await expect(runTask(home, 'runImport')).rejects.toMatchObject({ code: 'stopped-by-guard', message: expect.stringContaining('plan') });
    await settled(home);
    expect(await watchedHere()).toBe(WATCHED);
    for (const other of KINDS.filter((each) => each !== kind)) expect(watchedOn(other)).toBe(WATCHED);
    const { plans } = await home.rooms.plans.list({ states: ['proposed'] }, { offset: 0, limit: 10 });
    expect(plans).toHaveLength(1);
    expect(plans[0]?.summary).toMatchObject({ backend: kind, unwatches: WATCHED });

    const [plan] = plans;
    if (plan) await home.rooms.plans.reject(plan.id, { kind: 'api-key', id: 'test', name: 'test' });
    await eventually(() => expect(watchedOn(kind)).toBe(WATCHED));
    await settled(home);
    await runTask(home, 'runImport');
    expect([...(await standings(home)).values()].filter(({ plays }) => plays > 1)).toEqual([]);
  });

  it('dates in the future win nothing and un-watch nothing', async () => {
    const [first = ''] = ids.get(kind) ?? [];
    const unseen = ids.get(kind)?.[WATCHED] ?? '';
    server.setState(server.owner.id, first, { lastPlayedAt: Date.now() + 900 * DAY });
    server.setState(server.owner.id, unseen, { played: true, playCount: 1, lastPlayedAt: Date.now() + 900 * DAY });
    await runTask(home, 'runImport');
    await settled(home);
    const known = await standings(home);
    expect(await watchedHere()).toBe(WATCHED + 1);
    expect(known.get(`Film ${WATCHED}`)).toMatchObject({ watched: true, plays: 1 });
    for (const { dates } of known.values()) for (const date of dates) expect(date).toBeLessThanOrEqual(Date.now());
  });
});

describe('a server whose clock is two hours off', () => {
  it.each([
    ['ahead', 2 * HOUR],
    ['behind', -2 * HOUR],
  ])('(%s) is in agreement all the same: later acts win, and no play counts twice', async (_way, clockSkewMs) => {
    const home = await startHousehold({ servers: ['emby'], house: { callDeadlineMs: 3_000 } });
    const crooked = [await createPlexFake({ clockSkewMs }), await createJellyfinFake({ clockSkewMs })];
    try {
      const emby = home.fake('emby');
      const right = fill(emby);
      const wrong = crooked.map((fake) => fill(fake));
      await home.addBackend('emby');
      for (const fake of crooked)
        await home.addBackend('emby', {
          name: fake.type,
          type: fake.type,
          url: fake.baseUrl,
          token: fake.owner.token,
          user: fake.owner.id,
        });
      await runTask(home, 'runImport');
      await settled(home);
      for (const [index, fake] of crooked.entries()) {
        const number = WATCHED + index;
        await fake.finish(fake.owner.id, wrong[index]?.[number] ?? '');
      }
      await emby.markByHand(emby.owner.id, right[0] ?? '', false);
      await runTask(home, 'runImport');
      await settled(home);
      await runTask(home, 'runImport');
      await settled(home);
      const known = await standings(home);
      for (const index of [0, 1]) {
        expect(known.get(`Film ${WATCHED + index}`)).toMatchObject({ watched: true, plays: 1 });
        expect(emby.stateOf(emby.owner.id, right[WATCHED + index] ?? '')).toMatchObject({ played: true, playCount: 1 });
      }
      expect(known.get('Film 0')).toMatchObject({ watched: false, plays: 1 });
      for (const [index, fake] of crooked.entries())
        expect(fake.stateOf(fake.owner.id, wrong[index]?.[0] ?? ''), fake.type).toMatchObject({ played: false });
      expect([...known.values()].filter(({ watched }) => watched).length).toBe(WATCHED - 1 + 2);
      expect([...known.values()].filter(({ plays }) => plays > 1)).toEqual([]);
    } finally {
      await home.close();
      for (const fake of crooked) await fake.close();
    }
  });
});

describe('a database that somebody else has locked', () => {
  it('is waited for, and when it stays locked the work is done later, without a loss', { timeout: 90_000 }, async () => {
    const home = await startHousehold({ servers: ['plex', 'jellyfin'], house: { callDeadlineMs: 3_000 } });
    try {
      const plex = home.fake('plex');
      const there = fill(plex);
      const here = fill(home.fake('jellyfin'));
      await home.addBackend('plex');
      await home.addBackend('jellyfin');
      await runTask(home, 'runImport');
      await settled(home);

      for (const [number, lockedMs] of [
        [WATCHED, 1_500],
        [WATCHED + 1, 12_000],
      ] as const) {
        await plex.finish(plex.owner.id, there[number] ?? '', PLAYED_AT + DAY);
        const locked = await lockElsewhere(join(home.config.dataDir, 'usherr.db'), lockedMs);
        await runTask(home, 'runImport').catch(() => undefined);
        await locked.over;
        await runTask(home, 'runImport');
        await settled(home, 30_000);
        const jellyfin = home.fake('jellyfin');
        expect(jellyfin.stateOf(jellyfin.owner.id, here[number] ?? '')).toMatchObject({ played: true, playCount: 1 });
        expect((await standings(home)).get(`Film ${number}`)).toMatchObject({ watched: true, plays: 1 });
        expect((await home.get('/v1/api/system/healthcheck')).status).toBe(200);
      }
    } finally {
      await home.close();
    }
  });
});

/** From another thread, since this one waits in SQLite itself meanwhile. */
async function lockElsewhere(file: string, ms: number): Promise<Readonly<{ over: Promise<void> }>> {
  const program = `
    const { DatabaseSync } = require('node:sqlite');
    const { parentPort, workerData } = require('node:worker_threads');
    const connection = new DatabaseSync(workerData.file, { timeout: 5000 });
    connection.exec('begin immediate');
    parentPort.postMessage('locked');
    setTimeout(() => { connection.exec('rollback'); connection.close(); }, workerData.ms);`;
  const worker = new Worker(program, { eval: true, workerData: { file, ms } });
  const over = new Promise<void>((resolve, reject) => {
    worker.once('exit', () => resolve());
    worker.once('error', reject);
  });
  await new Promise<void>((resolve) => worker.once('message', () => resolve()));
  const probe = new DatabaseSync(file, { timeout: 0 });
  expect(() => probe.exec('begin immediate')).toThrow(/locked/);
  probe.close();
  await sleep(10);
  return { over };
}

const RESET = { played: false, playCount: 0, positionMs: 0, lastPlayedAt: undefined } as unknown as Parameters<
  FakeMediaServer['setState']
>[2];

const film = (number: number) =>
  ({
    kind: 'movie',
    title: `Film ${number}`,
    year: 2000,
    ids: { imdb: `tt${5_000_000 + number}` },
    addedAt: ADDED_AT,
    durationMs: 7_200_000,
  }) as const;

function fill(fake: FakeMediaServer): string[] {
  const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
  return Array.from({ length: COUNT }, (_, number) => {
    const id = fake.addTitle(movies, film(number));
    if (number < WATCHED) fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt: PLAYED_AT });
    return id;
  });
}

function isThere(fake: FakeMediaServer, id: string): boolean {
  try {
    fake.stateOf(fake.owner.id, id);
    return true;
  } catch {
    return false;
  }
}
