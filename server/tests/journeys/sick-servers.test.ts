import { describe, expect, it } from 'vitest';
import {
  ago,
  alien,
  connectAll,
  DAY,
  eventually,
  exportNow,
  type Household,
  heat,
  importNow,
  inHousehold,
  movieNumber,
  type ServerKind,
  settled,
  shelve,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

const playedOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id).played;
const failed = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => error as Error & { code?: string },
  );

describe('a page that failed to download', () => {
  it.each(['page-fails', 'short-library', 'truncated', 'html', 'reset', 'server-error', 'unauthorized'] as const)(
    'loses no change that was on it, and moves no mark (%s)',
    (mood) =>
      inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
        const ids = { jellyfin: [] as string[], emby: [] as string[] };
        for (const kind of ['jellyfin', 'emby'] as const) {
          for (let number = 1; number <= 320; number += 1) {
            const id = shelve(home, kind, { ...movieNumber(number), addedAt: ago(500 * DAY) + number * 1_000 });
            ids[kind].push(id);
            if (number <= 10)
              home.fake(kind).setState(home.fake(kind).owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
          }
        }
        const options = { options: { LIBRARY_SEGMENT: 300 } };
        const accounts = await connectAll(home, ['jellyfin', 'emby'], options);
        await sync(home);
        const before = (await home.rooms.connections.byId(accounts.jellyfin.id)).importLastSync;
        const fake = home.fake('jellyfin');
        // The change is on the second page.
        await fake.finish(fake.owner.id, ids.jellyfin[319] ?? '', ago(0));
        fake.setMood(mood);
        const error = await failed(importNow(home));
        expect(error?.message).toContain('jellyfin');
        const sick = await home.rooms.connections.byId(accounts.jellyfin.id);
        expect(sick.importLastSync).toBe(before);
        expect(sick.health.state).toBe('degraded');
        expect(sick.health.lastError?.message).not.toBe('');
        await settled(home);
        // Nothing was taken for un-watched, nowhere.
        for (const id of ids.emby.slice(0, 10)) expect(playedOn(home, 'emby', id)).toBe(true);
        fake.setMood('fine');
        await sync(home);
        expect(playedOn(home, 'emby', ids.emby[319] ?? '')).toBe(true);
        const well = await home.rooms.connections.byId(accounts.jellyfin.id);
        expect(well.health.state).toBe('ok');
        expect(well.importLastSync).toBeGreaterThan(before ?? 0);
      }),
  );
});

it.each(['page-fails', 'short-library'] as const)('a library that cannot be read to its end holds up no other of its server (%s)', (mood) =>
  inHousehold({ servers: ['jellyfin', 'plex'] }, async (home) => {
    const fake = home.fake('jellyfin');
    for (let number = 1; number <= 320; number += 1) shelve(home, 'jellyfin', movieNumber(number));
    const other = fake.addLibrary({ name: 'More movies', kind: 'movies' });
    const there = fake.addTitle(other, alien);
    const here = shelve(home, 'plex', alien);
    const accounts = await connectAll(home, ['jellyfin', 'plex'], { options: { LIBRARY_SEGMENT: 300 } });
    await sync(home);
    const { importLastSync } = await home.rooms.connections.byId(accounts.jellyfin.id);
    fake.setState(fake.owner.id, there, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
    fake.setMood(mood);
    expect((await failed(importNow(home)))?.message).toContain('jellyfin');
    expect(await home.rooms.connections.byId(accounts.jellyfin.id)).toMatchObject({ importLastSync, health: { state: 'degraded' } });
    await eventually(() => expect(playedOn(home, 'plex', here)).toBe(true));
  }),
);

describe('a sick server', () => {
  it('is given up for this run after its time, and holds up no other', () =>
    inHousehold({ house: { patienceMs: 600 } }, async (home) => {
      const ids = shelveAll(home, { alien, heat });
      const accounts = await connectAll(home);
      await sync(home);
      home.fake('emby').setMood('slow', { delayMs: 20_000 });
      await home.fake('plex').finish('1', ids.plex.alien);
      const startedAt = Date.now();
      const error = await failed(importNow(home));
      expect(Date.now() - startedAt).toBeLessThan(20_000);
      expect(error).toMatchObject({ code: 'upstream-timeout' });
      expect(error?.message).toContain('emby');
      await eventually(() => expect(playedOn(home, 'jellyfin', ids.jellyfin.alien)).toBe(true));
      expect((await home.rooms.connections.byId(accounts.emby.id)).health.state).toBe('degraded');
      expect((await home.rooms.connections.byId(accounts.plex.id)).health.state).toBe('ok');
    }));

  it('gets what it missed when it is well again, by itself', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      home.fake('jellyfin').setMood('server-error');
      await home.fake('plex').finish('1', ids.plex.alien);
      await failed(importNow(home));
      await settled(home);
      expect(playedOn(home, 'jellyfin', ids.jellyfin.alien)).toBe(false);
      home.fake('jellyfin').setMood('fine');
      await sync(home);
      await eventually(() => expect(playedOn(home, 'jellyfin', ids.jellyfin.alien)).toBe(true));
      expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, ids.jellyfin.alien).playCount).toBe(1);
    }));

  it('that did not take a change is well again when it takes one, also after a restart', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      const { jellyfin } = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      const health = async () => (await home.rooms.connections.byId(jellyfin.id)).health;
      home.fake('jellyfin').setMood('unauthorized');
      await home.fake('plex').finish('1', ids.plex.alien);
      await importNow(home, { backend: 'plex' });
      await eventually(async () => expect(await health()).toMatchObject({ state: 'degraded', errorFrom: 'push' }));
      await settled(home);
      await home.restart();
      home.fake('jellyfin').setMood('fine');
      await home.rooms.watchSync.retryPushes(jellyfin);
      await eventually(() => expect(playedOn(home, 'jellyfin', ids.jellyfin.alien)).toBe(true));
      await eventually(async () => expect(await health()).toMatchObject({ state: 'ok' }));
    }));

  it('that answers with another id is another server: nothing is read from it', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      const { createJellyfinFake } = await import('#integrations/jellyfin/jellyfin.fake.ts');
      const port = Number(new URL(home.fake('jellyfin').baseUrl).port);
      await home.fake('jellyfin').close();
      const stranger = await createJellyfinFake({ port });
      try {
        const movies = stranger.addLibrary({ name: 'Movies', kind: 'movies' });
        stranger.addTitle(movies, { ...alien, upstreamId: ids.jellyfin.alien });
        const error = await failed(importNow(home, { backend: 'jellyfin' }));
        expect(error?.message).toMatch(/[Aa]nother server|token|refuse/);
        expect((await home.rooms.connections.byId(accounts.jellyfin.id)).health.state).toBe('degraded');
      } finally {
        await stranger.close();
      }
    }));

  it('that shows no library at all is taken for sick, not for empty', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex']);
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      await connectAll(home, ['plex', 'jellyfin']);
      const error = await failed(importNow(home));
      expect(error).toMatchObject({ code: 'upstream-unreadable' });
      expect((await failed(exportNow(home)))?.message).toContain('jellyfin');
      const [plex] = await home.rooms.connections.list();
      expect((await standing(home, plex as never, ids.plex.alien)).viewing?.watched).toBe(true);
    }));
});
