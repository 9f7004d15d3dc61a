import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  eventually,
  exportNow,
  type Household,
  inHousehold,
  MINUTE,
  movieNumber,
  settled,
  shelve,
  shelveAll,
  sync,
} from '#tests/support/journey.ts';

type Event = Readonly<{ id: string; status: number; logs: readonly string[] }>;

/** Asks for a run as WatchState's users do, and waits for its end. */
async function runTask(home: Household, name: string, more: object = {}): Promise<Event> {
  const asked = await home.send('POST', '/v1/api/system/events', { event: 'system:task', event_data: { name, args: [], ...more } });
  expect([200, 202]).toContain(asked.status);
  const { id } = asked.body as Event;
  let event: Event | undefined;
  await eventually(async () => {
    event = (await home.get(`/v1/api/system/events/${id}`)).body as Event;
    expect(event.status).toBeGreaterThan(1);
  });
  if (!event) throw new Error('no event');
  return event;
}

const textOf = (event: Event): string => JSON.stringify(event.logs);

describe('a run that was asked for over the API', () => {
  it('is Completed, and has told every server', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      await connectAll(home, ['plex', 'jellyfin']);
      expect((await runTask(home, 'import')).status).toBe(2);
      await eventually(() => expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, ids.jellyfin.alien).played).toBe(true));
      expect((await runTask(home, 'export')).status).toBe(2);
    }));

  it('is Failed where any backend failed, names it, and has still read the others', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      home.fake('jellyfin').setMood('server-error');
      const event = await runTask(home, 'import');
      expect(event.status).toBe(3);
      expect(textOf(event)).toContain('jellyfin');
      home.fake('jellyfin').setMood('fine');
      expect((await runTask(home, 'import')).status).toBe(2);
      await settled(home);
      expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, ids.jellyfin.alien).played).toBe(true);
    }));

  it('that a guard stopped is Failed with the id of its plan', () =>
    inHousehold({ servers: ['jellyfin'] }, async (home) => {
      const fake = home.fake('jellyfin');
      const ids = Array.from({ length: 10 }, (_, index) => shelve(home, 'jellyfin', movieNumber(index + 1)));
      for (const id of ids) fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(9 * DAY) });
      await connectAll(home, ['jellyfin']);
      await sync(home);
      fake.sendEventsTo(undefined);
      for (const id of ids) await fake.markByHand(fake.owner.id, id, false);
      const event = await runTask(home, 'import');
      expect(event.status).toBe(3);
      const { plans } = await home.rooms.plans.list({ states: ['proposed'] }, { offset: 0, limit: 5 });
      expect(plans).toHaveLength(1);
      expect(textOf(event)).toContain(plans[0]?.id);
    }));

  it('for one backend reads only that one', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      shelveAll(home, { alien }, ['plex', 'jellyfin']);
      await connectAll(home, ['plex', 'jellyfin']);
      for (const fake of home.fakes) fake.forgetCalls();
      expect((await runTask(home, 'import', { identity: 'main', backend: 'plex' })).status).toBe(2);
      expect(home.fake('plex').calls.length).toBeGreaterThan(0);
      expect(home.fake('jellyfin').calls).toEqual([]);
    }));
});

describe('Jellyfin of every age', () => {
  it.each(['10.8.13', '10.9.11', '10.11.8'])('%s is read, marked and un-marked', async (version) => {
    const old = await createJellyfinFake({ version });
    try {
      await inHousehold({ servers: ['plex'] }, async (home) => {
        const there = old.addTitle(old.addLibrary({ name: 'Movies', kind: 'movies' }), alien);
        const here = shelve(home, 'plex', alien);
        await connectAll(home, ['plex']);
        await home.rooms.connections.create({
          personId: MAIN_PERSON,
          name: 'old',
          type: 'jellyfin',
          url: old.baseUrl,
          token: old.owner.token,
          user: old.owner.id,
          importEnabled: true,
          exportEnabled: true,
          consent: 'given',
        });
        await sync(home);
        await home.fake('plex').finish('1', here, ago(MINUTE));
        await sync(home);
        expect(old.stateOf(old.owner.id, there)).toMatchObject({ played: true, playCount: 1 });
        await home.fake('plex').markByHand('1', here, false);
        await sync(home);
        expect(old.stateOf(old.owner.id, there).played).toBe(false);
        await old.finish(old.owner.id, there);
        await sync(home);
        await exportNow(home);
        expect(home.fake('plex').stateOf('1', here)).toMatchObject({ played: true, playCount: 1 });
      });
    } finally {
      await old.close();
    }
  });
});

it('Jellyfin 10.8 has no place for positions: it is not asked to keep them, stays well, and gets every mark', async () => {
  const old = await createJellyfinFake({ version: '10.8.13' });
  try {
    await inHousehold({ servers: ['plex'] }, async (home) => {
      const movies = old.addLibrary({ name: 'Movies', kind: 'movies' });
      const numbers = Array.from({ length: 8 }, (_, number) => number);
      const here = numbers.map((number) => shelve(home, 'plex', movieNumber(number)));
      const there = numbers.map((number) => old.addTitle(movies, movieNumber(number)));
      await connectAll(home, ['plex']);
      const account = await home.rooms.connections.create({
        personId: MAIN_PERSON,
        name: 'old',
        type: 'jellyfin',
        url: old.baseUrl,
        token: old.owner.token,
        user: old.owner.id,
        importEnabled: true,
        exportEnabled: true,
        consent: 'given',
      });
      await sync(home);
      for (const id of here.slice(0, 7)) await home.fake('plex').pauseAt('1', id, 30 * MINUTE);
      await home.fake('plex').finish('1', here[7] ?? '');
      await sync(home);
      await exportNow(home);
      expect(old.stateOf(old.owner.id, there[7] ?? '')).toMatchObject({ played: true, playCount: 1 });
      expect(old.stateOf(old.owner.id, there[0] ?? '')).toEqual({ played: false, playCount: 0, positionMs: 0 });
      expect((await home.rooms.connections.byId(account.id)).health.state).toBe('ok');
      expect(await home.rooms.watchSync.pushStatus(account)).toEqual({ waiting: 0, failed: 0 });
    });
  } finally {
    await old.close();
  }
});

describe('health', () => {
  it('of a backend shows its last error and its last event, and recovers', () =>
    inHousehold({ servers: ['jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien }, ['jellyfin']);
      const { jellyfin } = await connectAll(home, ['jellyfin']);
      await home.hook('jellyfin', jellyfin);
      await sync(home);
      await home.fake('jellyfin').finish(home.fake('jellyfin').owner.id, ids.jellyfin.alien);
      home.fake('jellyfin').setMood('unauthorized');
      await runTask(home, 'import');
      const health = async () => ((await home.get('/v1/api/backend/jellyfin')).body as { health: Record<string, unknown> }).health;
      expect(await health()).toMatchObject({ state: 'degraded', last_error: { code: expect.any(String), message: expect.any(String) } });
      expect((await health()).last_event_at).toBeTruthy();
      home.fake('jellyfin').setMood('fine');
      await runTask(home, 'import');
      expect(await health()).toMatchObject({ state: 'ok' });
    }));
});
