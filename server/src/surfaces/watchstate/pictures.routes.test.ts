import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { alien, episodeOf, shelve, sync } from '#tests/support/journey.ts';

let home: Household;
const rows: Record<string, number> = {};
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${home.address}/v1/api${path}`, { headers: { 'x-apikey': API_KEY, ...headers } });

beforeAll(async () => {
  home = await startHousehold({ servers: ['plex', 'jellyfin'] });
  expect((await get('/system/images/poster')).status).toBe(204);
  shelve(home, 'plex', alien);
  shelve(home, 'jellyfin', episodeOf(1));
  await home.addBackend('plex');
  await home.addBackend('jellyfin');
  await sync(home);
  const { history } = (await (await get('/history')).json()) as { history: { id: number; type: string }[] };
  for (const { id, type } of history) rows[type] = id;
}, 30_000);
afterAll(() => home.close());

describe('pictures', () => {
  it.each([
    ['movie', 'poster', 'plex'],
    ['movie', 'background', 'plex'],
    ['episode', 'poster', 'jellyfin'],
    ['episode', 'background', 'jellyfin'],
  ])('of a %s: its %s comes from %s', async (type, kind, via) => {
    const reply = await get(`/history/${rows[type]}/images/${kind}`);
    expect([reply.status, reply.headers.get('content-type'), reply.headers.get('x-via')]).toEqual([200, 'image/png', via]);
    expect(
      Buffer.from(await reply.arrayBuffer())
        .subarray(1, 4)
        .toString(),
    ).toBe('PNG');
    const known = await get(`/history/${rows[type]}/images/${kind}`, { 'if-modified-since': reply.headers.get('last-modified') ?? '' });
    expect(known.status).toBe(304);
    const old = await get(`/history/${rows[type]}/images/${kind}`, { 'if-modified-since': 'Mon, 01 Jan 2001 00:00:00 GMT' });
    expect(old.status).toBe(200);
  });

  it('are asked for once', async () => {
    home.fake('plex').forgetCalls();
    for (let time = 0; time < 3; time += 1) await (await get(`/history/${rows.movie}/images/poster`)).arrayBuffer();
    expect(home.fake('plex').calls).toEqual([]);
  });

  it('of some title are there, too', async () => {
    const reply = await get('/system/images/poster?force=1');
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect((await get('/system/images/poster')).headers.get('x-via')).toBe(reply.headers.get('x-via'));
  });

  it('that are none, or of nothing, are said to be so', async () => {
    expect((await get('/history/999999/images/poster')).status).toBe(404);
    expect((await get(`/history/${rows.movie}/images/logo`)).status).toBe(400);
    expect((await get('/system/images/logo')).status).toBe(400);
    expect((await get('/system/cache')).status).toBe(404);
    await fetch(`${home.address}/v1/api/system/cache`, { method: 'DELETE', headers: { 'x-apikey': API_KEY } });
    home.fake('plex').setMood('html');
    expect((await get(`/history/${rows.movie}/images/poster`)).status).toBe(400);
    home.fake('plex').setMood('fine');
  });
});
