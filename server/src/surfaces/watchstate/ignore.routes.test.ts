import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Household, startHousehold } from '#tests/support/household.ts';

const MADE = expect.stringMatching(/^20\d\d-\d\d-\d\dT.*\+00:00$/);

describe('ignore rules', () => {
  let home: Household;
  let alpha = '';
  const importAll = () =>
    home.rooms.watchSync.runImport({
      signal: new AbortController().signal,
      log: () => undefined,
      progress: () => undefined,
      breathe: async () => undefined,
    });
  const ignored = async (query = ''): Promise<unknown> => (await home.get(`/v1/api/ignore${query}`)).body;
  const add = (body: unknown, path = '/v1/api/ignore') => home.send('POST', path, body);
  const remove = (rule: unknown, path = '/v1/api/ignore') => home.send('DELETE', path, { rule });
  const faultsOf = (body: unknown): unknown =>
    (body as { error: { fields?: { field: string }[] } }).error.fields?.map((fault) => fault.field);

  beforeAll(async () => {
    home = await startHousehold({ servers: ['jellyfin', 'emby'] });
    const library = home.fake('jellyfin').addLibrary({ name: 'Films', kind: 'movies' });
    alpha = home.fake('jellyfin').addTitle(library, { kind: 'movie', title: 'Alpha', year: 1999, ids: { imdb: 'tt0000001', tmdb: '666' } });
    home.fake('emby').addLibrary({ name: 'Films', kind: 'movies' });
    await home.addBackend('jellyfin', { exportEnabled: false });
    await home.addBackend('emby', { exportEnabled: false });
  }, 60_000);
  afterAll(() => home.close());

  it('drop an id before the item is matched', async () => {
    const added = await add({ rule: 'MOVIE://guid_tmdb:666@jellyfin' });
    expect([added.status, added.body]).toEqual([
      200,
      {
        rule: 'movie://tmdb:666@jellyfin',
        id: '666',
        type: 'Movie',
        backend: 'jellyfin',
        db: 'tmdb',
        title: null,
        scoped: false,
        scoped_to: null,
        created: MADE,
      },
    ]);
    await importAll();
    const { body } = await home.get('/v1/api/history');
    expect((body as { history: { guids: object }[] }).history.map((row) => row.guids)).toEqual([{ guid_imdb: 'tt0000001' }]);
  });

  it('are added in parts, and for one item', async () => {
    const { body } = await add({ id: 1, db: 'imdb', backend: 'jellyfin', type: 'Movie', scoped: true, scoped_to: alpha });
    expect(faultsOf(body)).toEqual(['id']);
    const made = await add({ id: 'tt0000001', db: 'imdb', backend: 'jellyfin', type: 'Movie', scoped: true, scoped_to: 101 });
    expect(made.body).toMatchObject({ rule: 'movie://imdb:tt0000001@jellyfin?id=101', title: 'Alpha', scoped: true, scoped_to: 101 });
    const wide = await add({ id: '5', db: 'tvdb', backend: 'emby', type: 'show', scoped: false, scoped_to: 101 });
    expect(wide.body).toMatchObject({ rule: 'show://tvdb:5@emby', scoped: false });
  });

  it.each<[scope: object, rule: string]>([
    [{ scoped: 'false' }, 'movie://tmdb:77@emby'],
    [{ scoped: 'False', scoped_to: 7 }, 'movie://tmdb:77@emby'],
    [{ scoped: 0, scoped_to: 7 }, 'movie://tmdb:77@emby'],
    [{ scoped: '1', scoped_to: 7 }, 'movie://tmdb:77@emby?id=7'],
    [{ scoped: 'true', scoped_to: 'ab' }, 'movie://tmdb:77@emby?id=ab'],
    [{ scoped: 1 }, 'movie://tmdb:77@emby?id=1'],
    [{ scoped: null, scoped_to: '' }, 'movie://tmdb:77@emby'],
  ])('are for the item that %j means', async (scope, rule) => {
    const made = await add({ id: '77', db: 'tmdb', backend: 'emby', type: 'movie', ...scope });
    expect(made.body).toMatchObject({ rule });
    expect((await remove(rule)).status).toBe(200);
  });

  it('are listed, all or some', async () => {
    const rules = async (query: string) => ((await ignored(query)) as { rule: string }[]).map((row) => row.rule);
    expect(await rules('')).toEqual(['movie://tmdb:666@jellyfin', 'movie://imdb:tt0000001@jellyfin?id=101', 'show://tvdb:5@emby']);
    expect(await rules('?type=Show')).toEqual(['show://tvdb:5@emby']);
    expect(await rules('?db=guid_tmdb&id=666')).toEqual(['movie://tmdb:666@jellyfin']);
    expect(await rules('?backend=emby&type=movie')).toEqual([]);
    expect(await rules('?type=song')).toEqual([]);
    expect((await home.get('/v1/api/ignore?id=%00')).status).toBe(400);
  });

  it.each<[unknown, string[]]>([
    [{}, ['type', 'db', 'id', 'backend']],
    [{ rule: 'nothing' }, ['rule']],
    [{ rule: 'movie://nodb:1@jellyfin' }, ['rule']],
    [{ rule: 'movie://tmdb:1@nobody' }, ['rule']],
    [{ type: 'movie', db: 'tmdb', id: '1', backend: 'nobody' }, ['backend']],
    [{ type: 'song', db: 'tmdb', id: '1', backend: 'emby' }, ['type']],
    [{ type: 'movie', db: 'nodb', id: '1', backend: 'emby' }, ['db']],
    [{ type: 'movie', db: 'tmdb', id: '1', backend: 'emby', scoped: true }, ['scoped_to']],
    [{ type: 'movie', db: 'tmdb', id: '1', backend: 'emby', scoped: 'true' }, ['scoped_to']],
    [{ rule: 5 }, ['rule']],
    [[], ['body']],
  ])('refuse %j', async (body, fields) => {
    const reply = await add(body);
    expect([reply.status, faultsOf(reply.body)]).toEqual([400, fields]);
  });

  it('are there once, and go once', async () => {
    expect((await add({ rule: 'movie://tmdb:666@jellyfin' })).status).toBe(409);
    expect((await add({ rule: 'movie://tmdb:666@jellyfin?id=7' })).status).toBe(409);
    const gone = await remove('movie://imdb:tt0000001@jellyfin?id=101');
    expect(gone.body).toEqual({
      rule: 'movie://imdb:tt0000001@jellyfin?id=101',
      id: 'tt0000001',
      type: 'Movie',
      backend: 'jellyfin',
      db: 'imdb',
      title: 'Alpha',
      scoped: true,
      scoped_to: 101,
    });
    expect((await remove('movie://imdb:tt0000001@jellyfin?id=101')).status).toBe(404);
    expect((await remove('nothing')).status).toBe(400);
    expect((await remove(undefined)).status).toBe(400);
  });

  it('are kept for one backend under its own path', async () => {
    const path = '/v1/api/backend/emby/ignore';
    expect((await home.get(path)).body).toEqual([
      { rule: 'show://tvdb:5@emby', type: 'Show', backend: 'emby', db: 'tvdb', id: '5', scoped: 'No', created: MADE },
    ]);
    const made = await add({ type: 'movie', db: 'tmdb', id: '12', scoped: 'abc' }, path);
    expect([made.status, made.body]).toEqual([201, '']);
    expect((await add({ type: 'movie', db: 'tmdb', id: '12', scoped: 'abc' }, path)).status).toBe(409);
    expect((await add({ type: 'show', db: 'tvdb', id: '5', scoped: 'abc' }, path)).status).toBe(409);
    expect((await add({ rule: 'movie://tmdb:1@jellyfin' }, path)).status).toBe(400);
    expect((await add({ type: 'movie' }, path)).status).toBe(400);
    expect((await home.get(path)).body).toContainEqual(expect.objectContaining({ rule: 'movie://tmdb:12@emby?id=abc', scoped: 'Yes' }));
    expect((await remove('movie://tmdb:12@jellyfin', path)).status).toBe(400);
    const gone = await remove('movie://tmdb:12@emby?id=abc', path);
    expect([gone.status, gone.body]).toEqual([200, '']);
    expect((await remove('movie://tmdb:12@emby?id=abc', path)).status).toBe(404);
    for (const method of ['GET', 'POST', 'DELETE']) {
      const reply = await home.send(
        method,
        '/v1/api/backend/nobody/ignore',
        method === 'GET' ? undefined : { rule: 'movie://tmdb:1@nobody' },
      );
      expect([method, reply.status]).toEqual([method, 404]);
    }
  });

  it('are those of one person', async () => {
    await home.rooms.people.create('anna');
    expect(await ignored('?user=anna')).toEqual([]);
    expect((await home.send('DELETE', '/v1/api/ignore?user=anna', { rule: 'movie://tmdb:666@jellyfin' })).status).toBe(404);
    expect((await home.get('/v1/api/ignore?user=nobody')).status).toBe(404);
  });
});
