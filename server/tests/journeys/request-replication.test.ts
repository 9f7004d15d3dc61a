import { describe, expect, it } from 'vitest';
import { PERMISSION } from '#integrations/seerr/seerr.fake.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { type DeskHousehold, holds, withDesks } from '#tests/support/desks.ts';
import { eventually } from '#tests/support/household.ts';

const HOUR = 3_600_000;
const changes = (house: DeskHousehold, name?: string): readonly string[] =>
  house
    .sub(name)
    .changes.map(
      ({ method, path, asUser, status }) =>
        `${method} ${path.replace('/api/v1', '')}${asUser === undefined ? '' : ` as ${asUser}`} ${status}`,
    );

describe.each(DATABASES)('requests of a primary Seerr on %s', (database) => {
  it('are made on the subordinates as their people, decided as the primary decides, and leave with it', () =>
    withDesks(
      { subordinates: ['A', 'B'], options: { user_mapping: 'email_match', sync_declined: true }, household: { database } },
      async (house) => {
        const { primary } = house;
        const alice = house.person('alice');
        const bob = house.person('bob', { B: PERMISSION.REQUEST | PERMISSION.AUTO_APPROVE });
        const film = primary.ask(alice.primary ?? 0, { kind: 'movie', tmdbId: 603 });
        const show = primary.ask(bob.primary ?? 0, { kind: 'tv', tmdbId: 1396, seasons: [1] });
        primary.addRequest({ kind: 'movie', tmdbId: 11, status: 'approved' });
        primary.addRequest({ kind: 'movie', tmdbId: 12, status: 'completed' });
        primary.addRequest({ kind: 'movie', tmdbId: 13, status: 'declined' });
        await house.cycle();
        expect(holds(house.sub('A'))).toEqual([
          `movie:11 approved by 1`,
          `movie:603 pending by ${alice.A}`,
          `tv:1396 [1] pending by ${bob.A}`,
        ]);
        expect(holds(house.sub('B'))).toEqual([`movie:11 approved by 1`, `movie:603 pending by ${alice.B}`]);

        primary.approve(film);
        primary.approve(show);
        const more = primary.ask(alice.primary ?? 0, { kind: 'tv', tmdbId: 1396, seasons: [1, 2] });
        await house.cycle();
        expect(holds(house.sub('A'))).toEqual([
          `movie:11 approved by 1`,
          `movie:603 approved by ${alice.A}`,
          `tv:1396 [1] approved by ${bob.A}`,
          `tv:1396 [2] pending by ${alice.A}`,
        ]);
        expect(holds(house.sub('B'))).toEqual([
          `movie:11 approved by 1`,
          `movie:603 approved by ${alice.B}`,
          `tv:1396 [1] approved by ${bob.B}`,
          `tv:1396 [2] pending by ${alice.B}`,
        ]);

        primary.edit(more, [2, 3]);
        primary.remove(film);
        await house.cycle();
        expect(holds(house.sub('A')).slice(1)).toEqual([`tv:1396 [1] approved by ${bob.A}`, `tv:1396 [2,3] pending by ${alice.A}`]);
        primary.decline(more);
        house.sub('B').complete(
          house
            .sub('B')
            .requests()
            .find((one) => one.tmdbId === 11)?.id ?? 0,
        );
        await house.cycle();
        for (const name of ['A', 'B']) expect(holds(house.sub(name))).toContain(`tv:1396 [2,3] declined by ${alice[name]}`);

        house.forgetCalls();
        await house.cycle();
        house.forgetCalls();
        await house.cycle();
        for (const fake of house.everyone())
          expect(fake.calls.map((call) => `${call.method} ${call.path}`)).toEqual(['GET /api/v1/request']);
        expect(await house.rooms.requestReplication.status()).toMatchObject({
          state: 'active',
          failed: 0,
          subordinates: [{ waiting: 0 }, { waiting: 0 }],
        });
      },
    ));
});

describe('a primary Seerr', () => {
  it('whose key was rotated loses nothing, and goes on with the new one', () =>
    withDesks({}, async (house) => {
      for (let tmdbId = 1; tmdbId <= 30; tmdbId += 1) house.primary.addRequest({ kind: 'movie', tmdbId });
      await house.cycle();
      house.primary.rotateKey();
      await expect(house.cycle()).rejects.toMatchObject({ code: 'upstream-unauthorized' });
      expect(house.sub().requests()).toHaveLength(30);
      await house.rooms.desks.update(house.primaryDesk.id, { apiKey: house.primary.apiKey() }, { verify: true });
      house.forgetCalls();
      await house.cycle();
      expect(changes(house)).toEqual([]);
    }));

  it('that blocklists a title keeps it on the subordinates, until it takes the request away', () =>
    withDesks({}, async (house) => {
      for (let tmdbId = 1; tmdbId <= 3; tmdbId += 1) house.primary.addRequest({ kind: 'movie', tmdbId });
      await house.cycle();
      house.primary.blocklist('movie', 2);
      await house.cycle(3);
      expect(house.sub().requests()).toHaveLength(3);
      house.primary.unblocklist('movie', 2);
      house.later(2 * HOUR);
      await house.cycle();
      expect(
        house
          .sub()
          .requests()
          .map((one) => one.tmdbId),
      ).toEqual([1, 3]);
    }));

  it('where one is deleted in the middle of a walk loses just that one', () =>
    withDesks({ seerr: {} }, async (house) => {
      for (let tmdbId = 1; tmdbId <= 40; tmdbId += 1) house.primary.addRequest({ kind: 'movie', tmdbId });
      await house.cycle();
      const [first] = house.primary.requests();
      house.primary.onceAfter(
        ({ path }) => path === '/api/v1/request',
        () => house.primary.remove(first?.id ?? 0),
      );
      await house.cycle(2);
      expect(
        house
          .sub()
          .requests()
          .map((one) => one.tmdbId)
          .toSorted((one, other) => one - other),
      ).toEqual(Array.from({ length: 39 }, (_, index) => index + 2));
    }));

  it('that posts its events has them acted upon at once', () =>
    withDesks({ options: { user_mapping: 'email_match' } }, async (house) => {
      const alice = house.person('alice');
      await house.cycle();
      const { requestReplication, desks } = house.rooms;
      const token = await desks.webhookTokenOf(house.primaryDesk);
      const id = house.primary.ask(alice.primary ?? 0, { kind: 'movie', tmdbId: 603 });
      const body = {
        notification_type: 'MEDIA_PENDING',
        subject: 'The Matrix (1999)',
        media: { media_type: 'movie', tmdbId: '603' },
        request: { request_id: String(id) },
      };
      expect(await requestReplication.receiveWebhook({ authorization: token, body })).toEqual({ accepted: true, request: id });
      await eventually(() => expect(holds(house.sub())).toEqual([`movie:603 pending by ${alice.A}`]));
      const { requests } = house.rooms;
      const [asked] = (await requests.list({}, { offset: 0, limit: 1 })).requests;
      const named = await requests.titlesOf([asked].flatMap((one) => one ?? []));
      expect([...named.values()]).toMatchObject([{ title: 'The Matrix', year: 1999 }]);
      house.primary.approve(id);
      await requestReplication.receiveWebhook({ authorization: token, body });
      await eventually(() => expect(holds(house.sub())).toEqual([`movie:603 approved by ${alice.A}`]));
      await requestReplication.setUpWebhook({ url: 'http://usherr.test/api/seerr-sync/webhook' }, AbortSignal.timeout(5_000));
      await expect(requestReplication.setUpWebhook({ url: 'http://other.test/hook' }, AbortSignal.timeout(5_000))).rejects.toMatchObject({
        code: 'conflict',
      });
      await requestReplication.setUpWebhook({ url: 'http://other.test/hook', replace: true }, AbortSignal.timeout(5_000));
    }));

  it('without subordinates is read all the same: who asked for what is known by the titles of the media graph', () =>
    withDesks({ subordinates: [] }, async (house) => {
      const alice = house.person('alice');
      house.primary.ask(alice.primary ?? 0, { kind: 'movie', tmdbId: 603 });
      await house.cycle();
      expect(await house.rooms.requestReplication.status()).toMatchObject({ state: 'disabled', faults: [] });
      const { body } = await house.home.get('/api/v1/requests');
      expect(body).toMatchObject({
        total: 1,
        items: [{ fingerprint: 'movie:603:False', requested_by: { name: 'alice' }, media_id: expect.any(Number), title: null }],
      });
    }));

  it('is looked at by the house itself', () =>
    withDesks({ byItself: true, options: { poll_interval_seconds: 10 } }, async (house) => {
      house.primary.addRequest({ kind: 'movie', tmdbId: 1 });
      await house.rooms.requestReplication.wake();
      await eventually(() => expect(holds(house.sub())).toEqual(['movie:1 approved by 1']));
      const { jobs } = await house.rooms.jobs.list({ name: 'requests:cycle', statuses: ['pending'] }, 1, 5);
      expect(jobs).toHaveLength(1);
    }));
});

describe('a subordinate Seerr', () => {
  it('refuses in its own words, which are kept, and is not hammered', () =>
    withDesks({ options: { user_mapping: 'email_match' } }, async (house) => {
      const dave = house.person('dave', { A: 0 });
      house.primary.addRequest({ kind: 'movie', tmdbId: 1, requestedBy: dave.primary ?? 0 });
      house.primary.addRequest({ kind: 'movie', tmdbId: 2 });
      house.primary.addRequest({ kind: 'movie', tmdbId: 3 });
      house.primary.addRequest({ kind: 'movie', tmdbId: 4 });
      house.sub().setTitle('movie', 2, { tmdb: 'gone' });
      house.sub().setTitle('movie', 3, { tmdb: 'down' });
      house.sub().blocklist('movie', 4);
      await house.cycle();
      const failed = await house.rooms.requestReplication.failed();
      expect(failed.map(({ fingerprint, error, permanent }) => [fingerprint, error, permanent]).toSorted()).toEqual([
        ['movie:1:False', 'You do not have permission to make movie requests.', true],
        ['movie:2:False', '[TMDB] Failed to fetch movie details: Request failed with status code 404', true],
        ['movie:3:False', expect.stringContaining('[TMDB] Failed to fetch movie details'), false],
        ['movie:4:False', 'This media is blocklisted.', true],
      ]);
      house.forgetCalls();
      house.sub().setTitle('movie', 3, { tmdb: 'fine' });
      await house.cycle(3);
      expect(changes(house)).toEqual(['POST /request as 1 201']);
      house.sub().setPermissions(dave.A ?? 0, PERMISSION.REQUEST);
      expect(await house.rooms.requestReplication.retry()).toBe(3);
      await house.cycle();
      expect(holds(house.sub())).toContain(`movie:1 approved by ${dave.A}`);
    }));

  it('has what is asked for already: adopted, or satisfied', () =>
    withDesks({ options: { user_mapping: 'email_match' } }, async (house) => {
      const alice = house.person('alice');
      house.primary.addRequest({ kind: 'movie', tmdbId: 1, requestedBy: alice.primary ?? 0 });
      house.primary.addRequest({ kind: 'tv', tmdbId: 2, seasons: [1], requestedBy: alice.primary ?? 0 });
      house.primary.addRequest({ kind: 'tv', tmdbId: 3, seasons: [0, 1], requestedBy: alice.primary ?? 0 });
      house.sub().addRequest({ kind: 'movie', tmdbId: 1, status: 'pending', requestedBy: alice.A ?? 0 });
      const watched = house.sub().addRequest({ kind: 'tv', tmdbId: 2, seasons: [1, 2] });
      house.sub().complete(watched);
      await house.cycle(3);
      expect(holds(house.sub())).toEqual([
        `movie:1 approved by ${alice.A}`,
        'tv:2 [1,2] completed by 1',
        `tv:3 [1] approved by ${alice.A}`,
      ]);
      expect(changes(house).filter((line) => line.startsWith('POST /request '))).toHaveLength(1);
      expect(await house.rooms.requestReplication.failed()).toEqual([]);
    }));

  it('is told of each title once, however its people and ours ask at the same time', () =>
    withDesks({ subordinates: ['A', 'B'] }, async (house) => {
      for (let tmdbId = 1; tmdbId <= 30; tmdbId += 1) {
        house.primary.addRequest({ kind: 'movie', tmdbId });
        house.primary.addRequest({ kind: 'movie', tmdbId, is4k: true });
        house.primary.addRequest({ kind: 'tv', tmdbId, seasons: [1] });
        house.primary.addRequest({ kind: 'tv', tmdbId, seasons: [2, 3] });
      }
      for (const fake of house.everyone()) fake.setDelay(5);
      await house.cycle();
      for (const name of ['A', 'B']) {
        const titles = house
          .sub(name)
          .requests()
          .map((one) => `${one.kind}:${one.tmdbId}:${one.is4k}:${one.seasons.map((season) => season.number).join()}`);
        expect(titles).toHaveLength(120);
        expect(new Set(titles).size).toBe(120);
      }
    }));
});
