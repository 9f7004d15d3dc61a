import { describe, expect, it } from 'vitest';
import {
  alien,
  connectAll,
  eventually,
  type Household,
  inHousehold,
  MINUTE,
  settled,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

const owed = async (home: Household) => (await home.rooms.jobs.list({ name: 'on_webhook' }, 1, 10)).jobs;

/** Something happens on Jellyfin while it cannot be read, and something else before the read that is owed for it is made. */
async function inBetween(home: Household, first: (id: string) => Promise<void>, then: (id: string) => Promise<void>) {
  const ids = shelveAll(home, { alien }, ['jellyfin', 'plex']);
  const fake = home.fake('jellyfin');
  const accounts = await connectAll(home, ['jellyfin', 'plex']);
  await home.hook('jellyfin', accounts.jellyfin);
  await sync(home);
  fake.setMood('server-error');
  await first(ids.jellyfin.alien);
  await eventually(async () => {
    const [read] = await owed(home);
    expect(read?.status).toBe('pending');
    expect(read?.attempts).toBeGreaterThan(0);
  });
  fake.setMood('fine');
  await then(ids.jellyfin.alien);
  for (const { id, status } of await owed(home)) if (status === 'pending') await home.rooms.jobs.update(id, { status });
  await eventually(async () => expect((await owed(home))[0]?.status).toBe('completed'));
  await settled(home);
  return { ids, accounts };
}

const stateOn = (home: Household, kind: 'jellyfin' | 'plex', id: string) => home.fake(kind).stateOf(home.fake(kind).owner.id, id);

describe('an event whose item could be read only later', () => {
  it('takes nobody back to where they were then', () =>
    inHousehold({ servers: ['jellyfin', 'plex'] }, async (home) => {
      const fake = home.fake('jellyfin');
      const { ids, accounts } = await inBetween(
        home,
        (id) => fake.pauseAt(fake.owner.id, id, 20 * MINUTE),
        (id) => fake.pauseAt(fake.owner.id, id, 80 * MINUTE),
      );
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.positionMs).toBe(80 * MINUTE);
      expect(stateOn(home, 'plex', ids.plex.alien).positionMs).toBe(80 * MINUTE);
    }));

  it('does not bring back a mark that was taken away since', () =>
    inHousehold({ servers: ['jellyfin', 'plex'] }, async (home) => {
      const fake = home.fake('jellyfin');
      const { ids, accounts } = await inBetween(
        home,
        (id) => fake.finish(fake.owner.id, id),
        async (id) => {
          await fake.markByHand(fake.owner.id, id, true);
          await fake.markByHand(fake.owner.id, id, false);
        },
      );
      expect((await standing(home, accounts.plex, ids.plex.alien)).viewing?.watched).toBe(false);
      for (const kind of ['jellyfin', 'plex'] as const) expect(stateOn(home, kind, ids[kind].alien).played).toBe(false);
    }));

  it('is given up for this time where the server is silent, so that others are read', () =>
    inHousehold({ servers: ['jellyfin', 'plex'], house: { patienceMs: 500 } }, async (home) => {
      const { jellyfin } = shelveAll(home, { alien }, ['jellyfin', 'plex']);
      const accounts = await connectAll(home, ['jellyfin', 'plex']);
      await home.hook('jellyfin', accounts.jellyfin);
      await sync(home);
      home.fake('jellyfin').setMood('slow', { delayMs: 25_000 });
      await home.fake('jellyfin').pauseAt(home.fake('jellyfin').owner.id, jellyfin.alien, 20 * MINUTE);
      await eventually(async () => expect((await owed(home)).at(-1)?.error).toMatchObject({ code: 'upstream-timeout' }));
      home.fake('jellyfin').setMood('fine');
    }));
});
