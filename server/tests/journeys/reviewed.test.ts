import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import {
  ago,
  alien,
  changesMade,
  connectAll,
  DAY,
  eventually,
  type Household,
  heat,
  importNow,
  inHousehold,
  movieNumber,
  type ServerKind,
  settled,
  shelve,
  shelveAll,
  shelvesOf,
  standing,
  sync,
} from '#tests/support/journey.ts';

const owner = (home: Household, kind: ServerKind) => home.fake(kind).owner.id;
const stateOn = (home: Household, kind: ServerKind, id: string) => home.fake(kind).stateOf(owner(home, kind), id);
const watchedOn = (home: Household, kind: ServerKind, id: string) =>
  home.fake(kind).setState(owner(home, kind), id, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });

describe('an un-watch that waits for its guard', () => {
  it('makes no push run in circles', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const { plex, jellyfin } = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      for (const [kind, id] of [
        ['plex', plex.alien],
        ['jellyfin', jellyfin.alien],
      ] as const)
        watchedOn(home, kind, id);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await home.hook('jellyfin', accounts.jellyfin);
      await sync(home);
      // On Plex without any event, then on Jellyfin with one.
      home.fake('plex').setState(owner(home, 'plex'), plex.alien, { played: false, playCount: 0 });
      home.fake('plex').forgetCalls();
      await home.fake('jellyfin').markByHand(owner(home, 'jellyfin'), jellyfin.alien, false);
      await eventually(async () => expect((await standing(home, accounts.jellyfin, jellyfin.alien)).viewing?.watched).toBe(false));
      await settled(home);
      expect(home.fake('plex').calls.length).toBeLessThan(12);
      expect(await home.rooms.watchSync.pushStatus(accounts.plex)).toEqual({ waiting: 0, failed: 0 });
    }));

  it('is none where the history has the title as not watched already', () =>
    inHousehold({ servers: ['plex'] }, async (home) => {
      const id = shelve(home, 'plex', alien);
      watchedOn(home, 'plex', id);
      const account = await home.addBackend('plex');
      await sync(home);
      home.fake('plex').setState(owner(home, 'plex'), id, { played: false, playCount: 0 });
      const [title] = (await standing(home, account, id)).mediaIds;
      expect((await home.send('DELETE', `/v1/api/history/${title}/watch`)).status).toBe(200);
      await settled(home);
      home.fake('plex').forgetCalls();
      await sync(home);
      expect(changesMade(home, 'plex')).toEqual([]);
      expect((await standing(home, account, id)).viewing?.watched).toBe(false);
    }));

  it('counts for the whole run, whatever the number of its servers', () =>
    inHousehold({}, async (home) => {
      const own = ['plex', 'jellyfin', 'emby'] as const;
      const ids = own.flatMap((kind, at) =>
        Array.from({ length: 20 }, (_, n) => [kind, shelve(home, kind, movieNumber(at * 100 + n))] as const),
      );
      // Big enough libraries that only the number counts.
      for (const [at, kind] of own.entries()) for (let n = 20; n < 99; n += 1) shelve(home, kind, movieNumber(at * 100 + n));
      for (const kind of own) for (let n = 300; n < 650; n += 1) shelve(home, kind, movieNumber(n));
      for (const [kind, id] of ids) watchedOn(home, kind, id);
      await connectAll(home, own, { exportEnabled: false });
      await sync(home);
      for (const [kind, id] of ids) home.fake(kind).setState(owner(home, kind), id, { played: false, playCount: 0 });
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      const watched = await home.rooms.history.list(MAIN_PERSON, { watched: true }, { offset: 0, limit: 1 });
      expect(watched.total).toBeGreaterThanOrEqual(60 - 25);
    }));
});

describe('a server that is silent', () => {
  it('keeps no other waiting for what was learned, and is asked once, whatever the number of its accounts', () =>
    inHousehold({ house: { patienceMs: 6_000 } }, async (home) => {
      const { plex, emby } = shelveAll(home, { alien }, ['plex', 'emby']);
      shelve(home, 'jellyfin', heat);
      await connectAll(home);
      for (const name of ['ann', 'ben']) {
        const person = await home.rooms.people.create(name);
        await home.addBackend('jellyfin', { personId: person.id, as: home.fake('jellyfin').addUser({ name }) });
      }
      await sync(home);
      watchedOn(home, 'plex', plex.alien);
      home.fake('jellyfin').setMood('slow', { delayMs: 60_000 });
      const began = Date.now();
      let isOver = false;
      const run = importNow(home)
        .catch(() => undefined)
        .finally(() => {
          isOver = true;
        });
      await eventually(() => expect(stateOn(home, 'emby', emby.alien).played).toBe(true));
      expect(isOver).toBe(false);
      await run;
      expect(Date.now() - began).toBeLessThan(12_000);
    }));
});

describe('an event of a library that is ignored', () => {
  it.each(['jellyfin', 'emby'] as const)('is left alone on %s, and the backend says why', (kind) =>
    inHousehold({ servers: [kind, 'plex'] }, async (home) => {
      const id = shelve(home, kind, alien);
      const there = shelve(home, 'plex', alien);
      const account = await home.addBackend(kind, { options: { ignore: shelvesOf(home, kind).movies } });
      await home.addBackend('plex');
      await home.hook(kind, account);
      await home.fake(kind).finish(owner(home, kind), id);
      await settled(home);
      expect(home.fake(kind).webhookReplies).toContain(304);
      expect(home.fake(kind).webhookReplies).not.toContain(200);
      expect(stateOn(home, 'plex', there).played).toBe(false);
      expect((await home.rooms.connections.byId(account.id)).health.lastEvent).toContain('is ignored');
    }),
  );
});

describe('what is to be told to somebody who plays the title', () => {
  it('is told when they have ended, and not forgotten', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const { plex, jellyfin } = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      const accounts = await connectAll(home, ['plex', 'jellyfin']);
      await sync(home);
      home.fake('jellyfin').startSession(owner(home, 'jellyfin'), jellyfin.alien);
      watchedOn(home, 'plex', plex.alien);
      await sync(home);
      expect(stateOn(home, 'jellyfin', jellyfin.alien).played).toBe(false);
      expect(await home.rooms.watchSync.pushStatus(accounts.jellyfin)).toEqual({ waiting: 1, failed: 0 });
      home.fake('jellyfin').endSession(owner(home, 'jellyfin'));
      await home.rooms.watchSync.retryPushes(accounts.jellyfin);
      await settled(home);
      expect(stateOn(home, 'jellyfin', jellyfin.alien).played).toBe(true);
    }));
});

describe('a server that only shows what would be done', () => {
  it('is told nothing, and the run says what it would have been', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const { plex, jellyfin } = shelveAll(home, { alien }, ['plex', 'jellyfin']);
      watchedOn(home, 'plex', plex.alien);
      await home.addBackend('plex');
      await home.addBackend('jellyfin', { options: { DRY_RUN: true } });
      await sync(home);
      expect(stateOn(home, 'jellyfin', jellyfin.alien).played).toBe(false);
      const { jobs } = await home.rooms.jobs.list({ name: 'on_push' }, 1, 10);
      expect(jobs.find(({ payload }) => payload.backend === 'jellyfin')?.result).toMatchObject({ marked: 0 });
    }));
});
