import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';

const GUIDS = '/v1/api/system/guids';
const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const boxd = {
  name: 'letterboxd',
  type: 'plex',
  description: 'Letterboxd movie GUID',
  validator: { pattern: '/^[a-z0-9-]+$/', example: 'movie-name', tests: { valid: ['movie-name'], invalid: ['movie name'] } },
};
const link = { type: 'plex', map: { from: 'GuidField', to: 'letterboxd' }, options: { legacy: true }, replace: { from: 'old', to: 'new' } };

describe('GUIDs', () => {
  let home: Household;
  beforeAll(async () => {
    home = await startHousehold({ servers: [] });
  }, 30_000);
  afterAll(() => home.close());

  const put = (body: unknown, path = '/custom') => home.send('PUT', `${GUIDS}${path}`, body);
  const document = async () => (await home.get(`${GUIDS}/custom`)).body as { version: string; guids: unknown[]; links: { id: string }[] };
  const fieldsOf = (body: unknown) => (body as { error: { fields?: { field: string }[] } }).error.fields?.map(({ field }) => field);

  it('are listed with how they look, in PCRE form', async () => {
    const { body } = await home.get(GUIDS);
    expect(body).toContainEqual({ guid: 'imdb', type: 'string', validator: { pattern: '/^tt\\d+$/i', example: 'tt0113277' } });
    expect((body as { guid: string }[]).map(({ guid }) => guid)).toEqual(
      expect.arrayContaining(['tmdb', 'tvdb', 'tvmaze', 'tvrage', 'anidb', 'youtube', 'cmdb']),
    );
    expect(await document()).toEqual({ version: '0.0', guids: [], links: [] });
  });

  it('of the household’s own are added, linked, read and taken away', async () => {
    const made = await put(boxd);
    const shown = { ...boxd, name: 'guid_letterboxd', id: UUID };
    expect([made.status, made.body]).toEqual([200, shown]);
    const linked = await put(link, '/custom/plex');
    const asLinked = { ...link, map: { from: 'GuidField', to: 'guid_letterboxd' }, id: UUID };
    expect([linked.status, linked.body]).toEqual([200, asLinked]);
    expect(await document()).toEqual({ version: '0.0', guids: [shown], links: [asLinked] });
    expect((await home.get(`${GUIDS}/custom/plex`)).body).toEqual([asLinked]);
    expect((await home.get(`${GUIDS}/custom/plex/0`)).body).toEqual(asLinked);
    expect((await home.get(`${GUIDS}/custom/emby`)).body).toEqual([]);
    expect((await home.get(GUIDS)).body).toContainEqual({ guid: 'letterboxd', type: 'string', validator: boxd.validator });

    const { id } = linked.body as { id: string };
    expect((await home.send('DELETE', `${GUIDS}/custom/emby/${id}`)).status).toBe(404);
    expect((await home.send('DELETE', `${GUIDS}/custom/plex/${id}`)).body).toEqual(asLinked);
    expect((await home.send('DELETE', `${GUIDS}/custom/plex/${id}`)).status).toBe(404);
    await put(link, '/custom/plex');
    const provider = (made.body as { id: string }).id;
    const removed = await home.send('DELETE', `${GUIDS}/custom/${provider}`);
    expect([removed.status, removed.body]).toEqual([200, { id: provider, name: 'guid_letterboxd', type: 'plex' }]);
    expect(await document()).toEqual({ version: '0.0', guids: [], links: [] });
    expect((await home.send('DELETE', `${GUIDS}/custom/${provider}`)).status).toBe(404);
  });

  it.each<[string, object, string]>([
    ['no name', { name: undefined }, 'name'],
    ['no pattern', { validator: { ...boxd.validator, pattern: undefined } }, 'validator.pattern'],
    ['no tests', { validator: { ...boxd.validator, tests: undefined } }, 'validator.tests'],
    ['a kind of title for a type', { type: 'movie' }, 'type'],
    ['a pattern that cannot be read', { validator: { ...boxd.validator, pattern: '/(/' } }, 'validator.pattern'],
    ['a pattern that only trying again could match', { validator: { ...boxd.validator, pattern: '/(a)\\1/' } }, 'validator.pattern'],
    ['a sample that fails', { validator: { ...boxd.validator, tests: { valid: ['A'], invalid: [] } } }, 'validator.tests.valid.0'],
    ['a zero byte', { name: 'a\u0000' }, 'name'],
  ])('%s is refused by name', async (_, change, field) => {
    const { status, body } = await put({ ...boxd, ...change });
    expect([status, fieldsOf(body)]).toEqual([400, [field]]);
  });

  it.each<[string, object, string, number, string[] | undefined]>([
    ['no target', { map: { from: 'x' } }, 'plex', 400, ['map.to']],
    ['a target that is unknown', { map: { from: 'x', to: 'guid_nothing' } }, 'plex', 400, ['map.to']],
    ['no legacy for Plex', { options: undefined, map: { from: 'x', to: 'imdb' } }, 'plex', 400, ['options.legacy']],
    ['another type than the path', { map: { from: 'x', to: 'imdb' } }, 'emby', 400, ['type']],
    ['a client that is none', { type: undefined, map: { from: 'x', to: 'imdb' } }, 'kodi', 404, undefined],
  ])('a link with %s is refused', async (_, change, client, status, fields) => {
    const answer = await put({ ...link, ...change }, `/custom/${client}`);
    expect([answer.status, fieldsOf(answer.body)]).toEqual([status, fields]);
  });

  it('may be linked once from each name', async () => {
    const emby = { map: { from: 'Letterboxd', to: 'guid_tmdb' } };
    expect((await put(emby, '/custom/emby')).status).toBe(200);
    const again = await put(emby, '/custom/emby');
    expect([again.status, fieldsOf(again.body)]).toEqual([400, ['map.from']]);
  });

  it.each(['/custom/kodi', '/custom/kodi/0', '/custom/plex/9', '/custom/plex/x', '/custom/plex/99999999999999999999'])(
    'GET %s is not there',
    async (path) => {
      expect((await home.get(`${GUIDS}${path}`)).status).toBe(404);
    },
  );

  it('are changed by those who may decide for everybody', async () => {
    const owner = await home.rooms.access.authenticate({ credential: home.config.apiKey ?? '', surface: 'watchstate' });
    const { key } = await home.rooms.access.keys.create(
      { name: 'k', role: 'person', personId: MAIN_PERSON },
      owner?.actor ?? expect.fail(),
    );
    const as = { 'x-apikey': key };
    expect((await home.get(`${GUIDS}/custom`, as)).status).toBe(200);
    for (const [method, path, body] of [
      ['PUT', '/custom', boxd],
      ['PUT', '/custom/plex', link],
      ['DELETE', '/custom/x', undefined],
      ['DELETE', '/custom/plex/x', undefined],
    ] as const)
      expect((await home.send(method, `${GUIDS}${path}`, body, as)).status).toBe(403);
  });
});
