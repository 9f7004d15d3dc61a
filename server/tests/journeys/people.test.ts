import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ALL_SERVERS,
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
  MINUTE,
  movieNumber,
  settled,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

/** Three people: `main` on all three servers, mia on Plex and Jellyfin, tom on Jellyfin and Emby. */
async function family(home: Household) {
  const ids = shelveAll(home, { alien, heat, third: movieNumber(3) });
  const mia = await home.rooms.people.create('mia');
  const tom = await home.rooms.people.create('tom');
  const users = {
    mia: { plex: home.fake('plex').addUser({ name: 'mia' }), jellyfin: home.fake('jellyfin').addUser({ name: 'mia' }) },
    tom: { jellyfin: home.fake('jellyfin').addUser({ name: 'tom' }), emby: home.fake('emby').addUser({ name: 'tom' }) },
  };
  const accounts = {
    main: await connectAll(home),
    mia: {
      plex: await home.addBackend('plex', { as: users.mia.plex, personId: mia.id }),
      jellyfin: await home.addBackend('jellyfin', { as: users.mia.jellyfin, personId: mia.id }),
    },
    tom: {
      jellyfin: await home.addBackend('jellyfin', { as: users.tom.jellyfin, personId: tom.id }),
      emby: await home.addBackend('emby', { as: users.tom.emby, personId: tom.id }),
    },
  };
  return { ids, mia, tom, users, accounts };
}

describe.each(DATABASES)('a household of three people, on %s', (database) => {
  it('keeps each person in step on their own servers, and nobody’s plays reach another', () =>
    inHousehold({ database }, async (home) => {
      const { ids, users, accounts } = await family(home);
      const [plex, jellyfin, emby] = [home.fake('plex'), home.fake('jellyfin'), home.fake('emby')];
      plex.setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      plex.setState(users.mia.plex.id, ids.plex.heat, { played: true, playCount: 1, lastPlayedAt: ago(50 * DAY) });
      emby.setState(users.tom.emby.id, ids.emby.third, { played: true, playCount: 1, lastPlayedAt: ago(40 * DAY) });
      await sync(home);
      await exportNow(home);
      const seen = (fake: typeof plex, user: string, of: Record<string, string>) =>
        Object.entries(of).flatMap(([name, id]) => (fake.stateOf(user, id).played ? [name] : []));
      expect({
        main: [seen(plex, '1', ids.plex), seen(jellyfin, jellyfin.owner.id, ids.jellyfin), seen(emby, emby.owner.id, ids.emby)],
        mia: [seen(plex, users.mia.plex.id, ids.plex), seen(jellyfin, users.mia.jellyfin.id, ids.jellyfin)],
        tom: [seen(jellyfin, users.tom.jellyfin.id, ids.jellyfin), seen(emby, users.tom.emby.id, ids.emby)],
      }).toEqual({ main: [['alien'], ['alien'], ['alien']], mia: [['heat'], ['heat']], tom: [['third'], ['third']] });
      expect((await standing(home, accounts.mia.plex, ids.plex.alien)).plays).toEqual([]);
      expect((await standing(home, accounts.main.plex, ids.plex.heat)).plays).toEqual([]);
    }));
});

describe('a household of three people', () => {
  it('hears of each by webhook: an event moves only its own person', () =>
    inHousehold({}, async (home) => {
      const { ids, users, accounts } = await family(home);
      for (const kind of ALL_SERVERS) await home.hook(kind, accounts.main[kind]);
      await sync(home);
      const jellyfin = home.fake('jellyfin');
      await jellyfin.finish(users.tom.jellyfin.id, ids.jellyfin.alien);
      await jellyfin.pauseAt(users.mia.jellyfin.id, ids.jellyfin.heat, 30 * MINUTE);
      await eventually(() => {
        expect(home.fake('emby').stateOf(users.tom.emby.id, ids.emby.alien).played).toBe(true);
        expect(home.fake('plex').stateOf(users.mia.plex.id, ids.plex.heat).positionMs).toBe(30 * MINUTE);
      });
      await settled(home);
      for (const kind of ALL_SERVERS) {
        const fake = home.fake(kind);
        expect(fake.stateOf(fake.owner.id, ids[kind].alien).played).toBe(false);
        expect(fake.stateOf(fake.owner.id, ids[kind].heat).positionMs).toBe(0);
      }
    }));

  it('runs for all without a name, and for one person or one backend where it is asked to', () =>
    inHousehold({}, async (home) => {
      const { ids, mia, users, accounts } = await family(home);
      await sync(home);
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      home.fake('plex').setState(users.mia.plex.id, ids.plex.heat, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      await importNow(home, { person: mia.id });
      await settled(home);
      expect(home.fake('jellyfin').stateOf(users.mia.jellyfin.id, ids.jellyfin.heat).played).toBe(true);
      expect((await standing(home, accounts.main.plex, ids.plex.alien)).viewing?.watched).toBe(false);
      await importNow(home, { person: MAIN_PERSON, backend: 'jellyfin' });
      expect((await standing(home, accounts.main.plex, ids.plex.alien)).viewing?.watched).toBe(false);
      await importNow(home, { person: MAIN_PERSON, backend: 'plex' });
      expect((await standing(home, accounts.main.plex, ids.plex.alien)).viewing?.watched).toBe(true);
    }));

  it('un-watches for one person only', () =>
    inHousehold({}, async (home) => {
      const { ids, users } = await family(home);
      const jellyfin = home.fake('jellyfin');
      for (const user of [jellyfin.owner.id, users.mia.jellyfin.id, users.tom.jellyfin.id]) {
        jellyfin.setState(user, ids.jellyfin.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      }
      await sync(home);
      await jellyfin.markByHand(users.mia.jellyfin.id, ids.jellyfin.alien, false);
      await sync(home);
      expect(home.fake('plex').stateOf(users.mia.plex.id, ids.plex.alien).played).toBe(false);
      expect(home.fake('plex').stateOf('1', ids.plex.alien).played).toBe(true);
      expect(home.fake('emby').stateOf(users.tom.emby.id, ids.emby.alien).played).toBe(true);
    }));
});

describe('a backend that is taken away', () => {
  it('leaves the history whole, and the other servers as they are', () =>
    inHousehold({}, async (home) => {
      const ids = shelveAll(home, { alien, heat });
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      const accounts = await connectAll(home);
      await sync(home);
      const reply = await home.send('DELETE', '/v1/api/backend/plex');
      expect(reply.status).toBe(200);
      await sync(home);
      await exportNow(home);
      const { viewing, plays } = await standing(home, accounts.jellyfin, ids.jellyfin.alien);
      expect(viewing?.watched).toBe(true);
      expect(plays.map((play) => play.at)).toEqual([ago(60 * DAY)]);
      for (const kind of ['jellyfin', 'emby'] as const) {
        expect(home.fake(kind).stateOf(home.fake(kind).owner.id, ids[kind].alien).played).toBe(true);
      }
    }));
});

describe('a restart', () => {
  it('takes up the pushes that were waiting, and makes each of them once', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      home.fake('jellyfin').setMood('server-error');
      for (const id of Object.values(ids.plex)) await home.fake('plex').finish('1', id);
      await importNow(home, { backend: 'plex' });
      await settled(home);
      home.fake('jellyfin').setMood('fine');
      await home.restart();
      const [, jellyfin] = await home.rooms.connections.list();
      if (jellyfin) await home.rooms.watchSync.retryPushes(jellyfin);
      await eventually(() => {
        for (const id of Object.values(ids.jellyfin)) {
          expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, id)).toMatchObject({ played: true, playCount: 1 });
        }
      });
    }));

  it('between an import and its pushes loses none of them', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const titles = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`n${index}`, movieNumber(index + 1)]));
      const ids = shelveAll(home, titles, ['plex', 'jellyfin']);
      for (const id of Object.values(ids.plex))
        home.fake('plex').setState('1', id, { played: true, playCount: 1, lastPlayedAt: ago(9 * DAY) });
      await connectAll(home, ['plex', 'jellyfin']);
      await importNow(home);
      await home.restart();
      await eventually(() => {
        for (const id of Object.values(ids.jellyfin)) {
          expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, id)).toMatchObject({ played: true, playCount: 1 });
        }
      }, 20_000);
    }));
});
