import { describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import { eventually, type Household, inHousehold, settled } from '#tests/support/journey.ts';
import { tablesWithRows } from '#tests/support/tables.ts';

const ask = async <T>(home: Household, method: string, path: string, body?: unknown, status = 200): Promise<T> => {
  const answer = await home.send(method, `/api/v1${path}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBe(status);
  return answer.body as T;
};
const accountsOf = (home: Household) =>
  ask<{ name: string; person: string; consent: string; last_event: null }[]>(home, 'GET', '/accounts');
const PASSWORD = 'a long enough password';

describe.each(DATABASES)('the demo household, on %s', (database) => {
  it('comes with people, servers and their plans, is carried out like any other, and goes without a trace', { timeout: 120_000 }, () =>
    inHousehold({ database, servers: [] }, async (home) => {
      const before = await tablesWithRows(home);
      expect(await ask(home, 'GET', '/demo')).toMatchObject({ here: false, offered: true });
      expect(await ask(home, 'POST', '/demo', undefined, 201)).toMatchObject({ here: true, offered: false, people: ['ben', 'cleo'] });
      await settled(home, 60_000);
      const accounts = await accountsOf(home);
      expect(accounts.map(({ person, consent }) => [person, consent])).toEqual(
        ['main', 'ben', 'cleo'].flatMap((name) => Array.from({ length: 3 }, () => [name, 'pending'])),
      );
      const plans = (await ask<{ items: { id: string; person: string; state: string }[] }>(home, 'GET', '/plans')).items;
      expect(plans.map(({ person, state }) => [person, state]).sort()).toEqual([
        ['ben', 'proposed'],
        ['cleo', 'proposed'],
        ['main', 'proposed'],
      ]);
      const own = plans.find(({ person }) => person === 'main')?.id;
      await ask(home, 'POST', `/plans/${own}/approve`);
      await eventually(async () => expect((await home.rooms.plans.get(String(own))).state).toBe('applied'), 60_000);
      expect(await ask(home, 'GET', '/history?person=main&watched=true')).toMatchObject({ total: expect.any(Number) });
      await ask(home, 'POST', '/keys', { name: 'made meanwhile' }, 201);

      expect(await ask(home, 'DELETE', '/demo')).toMatchObject({ here: false, offered: true });
      expect(await accountsOf(home)).toEqual([]);
      expect((await ask<{ name: string }[]>(home, 'GET', '/people')).map(({ name }) => name)).toEqual(['main']);
      expect(JSON.stringify(await ask(home, 'GET', '/keys'))).toContain('made meanwhile');
      expect((await home.send('POST', '/api/v1/session', { username: 'owner', password: PASSWORD })).status).toBe(200);
      // Events that were delivered are numbers without names, and go with their time.
      const lasting = ['activity', 'outbox', 'outbox_delivery'];
      expect((await tablesWithRows(home)).filter((name) => !before.includes(name) && !lasting.includes(name))).toEqual([]);
      expect((await ask<{ items: { verb: string }[] }>(home, 'GET', '/activity')).items.map(({ verb }) => verb)).toEqual([
        'demo.ended',
        'key.added',
        'demo.began',
      ]);
      // And it may come again.
      await ask(home, 'POST', '/demo', undefined, 201);
      await ask(home, 'DELETE', '/demo');
    }),
  );
});

describe('the demo household', () => {
  it('does not come into a house that knows something, and lets nothing else be connected while it is here', () =>
    inHousehold({ servers: ['jellyfin'] }, async (home) => {
      const { baseUrl, owner } = home.fake('jellyfin');
      home.fake('jellyfin').addLibrary({ name: 'Films', kind: 'movies' });
      const wish = { name: 'mine', type: 'jellyfin', url: baseUrl, token: owner.token, user: owner.name };
      await ask(home, 'POST', '/demo', undefined, 201);
      await ask(home, 'POST', '/demo', undefined, 409);
      for (const [path, body] of [
        ['/accounts', wish],
        ['/connections/waiting', wish],
        ['/request-desks', { name: 'Seerr', url: baseUrl, api_key: 'x', role: 'disabled' }],
        ['/trackers', { name: 'simkl', client_id: 'x', client_secret: 'y' }],
      ] as const) {
        expect(JSON.stringify(await ask(home, 'POST', path, body, 409))).toContain('demo');
      }
      await ask(home, 'DELETE', '/demo');
      await ask(home, 'POST', '/accounts', wish, 201);
      expect(await ask(home, 'GET', '/demo')).toMatchObject({ here: false, offered: false });
      expect(JSON.stringify(await ask(home, 'POST', '/demo', undefined, 409))).toContain('nothing is connected');
      await ask(home, 'DELETE', '/demo', undefined, 409);
    }));

  it('is gone when the process that played its servers has ended', () =>
    inHousehold({ servers: [] }, async (home) => {
      await ask(home, 'POST', '/demo', undefined, 201);
      await home.restart();
      expect(await ask(home, 'GET', '/demo')).toMatchObject({ here: false, offered: true });
      expect(await accountsOf(home)).toEqual([]);
      expect((await ask<unknown[]>(home, 'GET', '/people')).length).toBe(1);
    }));

  it('is for owners', () =>
    inHousehold({ servers: [] }, async (home) => {
      await ask(home, 'POST', '/people', { name: 'kim' }, 201);
      await ask(home, 'POST', '/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' }, 201);
      const { token } = await ask<{ token: string }>(home, 'POST', '/session', { username: 'kim', password: PASSWORD });
      const kim = { 'x-apikey': '', authorization: `Bearer ${token}` };
      for (const method of ['POST', 'DELETE']) expect((await home.send(method, '/api/v1/demo', undefined, kim)).status).toBe(403);
    }));
});
