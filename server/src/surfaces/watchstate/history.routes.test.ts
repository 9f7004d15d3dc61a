import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeTitle } from '#core/upstreams/media-server.fake.ts';
import { isRecord } from '#kernel/json.ts';
import { eventually, type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';

const AT = Date.UTC(2026, 0, 10, 20);
const ADDED = Date.UTC(2025, 5, 1);
const PATH = '/v1/api/history';

const ALPHA: FakeTitle = {
  kind: 'movie',
  title: 'Alpha',
  year: 1999,
  ids: { imdb: 'tt0000001', tmdb: '11' },
  path: '/films/Alpha (1999)/Alpha.mkv',
  addedAt: ADDED,
  durationMs: 7_200_000,
  overview: 'A man, a boat.',
  genres: ['Drama', 'Film Noir'],
  releasedOn: '1999-03-31',
};
const BETA: FakeTitle = { kind: 'movie', title: 'Beta', year: 2001, ids: { imdb: 'tt0000002' }, path: '/films/Beta.mkv', addedAt: ADDED };
const episode = (episodes: readonly number[], title: string): FakeTitle => ({
  kind: 'episode',
  title,
  ids: { tvdb: `70${episodes[0]}` },
  show: { upstreamId: 'bridge', title: 'The Bridge', year: 2011, ids: { tvdb: '252019', imdb: 'tt1733785' } },
  season: 1,
  episodes,
  path: `/shows/The Bridge/S01E0${episodes.join('-E0')}.mkv`,
  addedAt: ADDED,
  durationMs: 3_600_000,
});

type Row = Record<string, unknown> & { id: number };
type List = Readonly<{
  paging: Record<string, unknown>;
  filters: object;
  history: Row[];
  links: Record<string, string>;
  searchable: object[];
}>;

describe('the history', () => {
  let home: Household;
  const upstream: Record<string, string> = {};

  const seed = (kind: ServerKind, name: string, library: string, title: FakeTitle): void => {
    upstream[`${kind} ${name}`] = home.fake(kind).addTitle(library, title);
  };
  const upstreamOf = (name: string): string => upstream[name] ?? expect.fail(`no ${name}`);
  const importAll = () =>
    home.rooms.watchSync.runImport({
      signal: new AbortController().signal,
      log: () => undefined,
      progress: () => undefined,
      breathe: async () => undefined,
    });
  const list = async (query = ''): Promise<List> => {
    const { status, body } = await home.get(`${PATH}${query}`);
    expect([query, status, status === 200 ? '' : body]).toEqual([query, 200, '']);
    return body as List;
  };
  const titles = async (query: string): Promise<unknown[]> => (await list(query)).history.map((row) => row.content_title ?? row.title);
  const rowOf = async (title: string): Promise<Row> =>
    (await list('?perpage=100')).history.find((row) => (row.content_title ?? row.title) === title) ?? expect.fail(`no ${title}`);
  const block = (row: Row, member: 'metadata' | 'extra', backend: string): Record<string, unknown> => {
    const blocks = row[member];
    const found = isRecord(blocks) ? blocks[backend] : undefined;
    return isRecord(found) ? found : expect.fail(`no ${member} of ${backend}`);
  };

  beforeAll(async () => {
    home = await startHousehold({ servers: ['plex', 'jellyfin'] });
    for (const kind of ['plex', 'jellyfin'] as const) {
      const films = home.fake(kind).addLibrary({ name: 'Films', kind: 'movies' });
      seed(kind, 'Alpha', films, ALPHA);
      if (kind === 'plex') seed(kind, 'Beta', films, BETA);
      const shows = home.fake(kind).addLibrary({ name: 'Shows', kind: 'shows' });
      if (kind === 'jellyfin') {
        seed(kind, 'One', shows, episode([1], 'One'));
        seed(kind, 'Two', shows, episode([2, 3], 'Two'));
      }
    }
    home
      .fake('jellyfin')
      .setState(home.fake('jellyfin').owner.id, upstreamOf('jellyfin Alpha'), { played: true, playCount: 2, lastPlayedAt: AT });
    home.fake('jellyfin').setState(home.fake('jellyfin').owner.id, upstreamOf('jellyfin One'), { played: false, positionMs: 600_000 });
    await home.addBackend('plex', { exportEnabled: false });
    await home.addBackend('jellyfin', { exportEnabled: false });
    await importAll();
  }, 60_000);
  afterAll(() => home.close());

  it('shows a movie in the forms that scripts know', async () => {
    const alpha = await rowOf('Alpha');
    const id = upstreamOf('jellyfin Alpha');
    const seconds = (instant: number) => String(instant / 1_000);
    expect(alpha).toMatchObject({
      type: 'movie',
      watched: 1,
      updated: AT / 1_000,
      via: 'jellyfin',
      title: 'Alpha',
      year: 1999,
      season: null,
      episode: null,
      parent: {},
      guids: { guid_imdb: 'tt0000001', guid_tmdb: '11' },
      progress: null,
      event: 'task.import',
      content_title: null,
      content_path: '/films/Alpha (1999)/Alpha.mkv',
      content_overview: 'A man, a boat.',
      content_genres: ['drama', 'film noir'],
      rguids: {},
      reported_by: ['plex', 'jellyfin'],
      not_reported_by: [],
      isTainted: false,
      duplicate_reference_ids: [],
      play_count: 2,
      plays: [
        { at: null, backend: 'jellyfin', how: 'import' },
        { at: AT / 1_000, backend: 'jellyfin', how: 'import' },
      ],
    });
    expect(block(alpha, 'metadata', 'jellyfin')).toEqual({
      id,
      type: 'movie',
      watched: '1',
      via: 'jellyfin',
      title: 'Alpha',
      guids: { guid_imdb: 'tt0000001', guid_tmdb: '11' },
      added_at: seconds(ADDED),
      played_at: seconds(AT),
      progress: '0',
      library: expect.any(String),
      year: '1999',
      path: '/films/Alpha (1999)/Alpha.mkv',
      multi: false,
      extra: { overview: 'A man, a boat.', genres: ['drama', 'film noir'], date: '1999-03-31', favorite: 0 },
      webUrl: alpha.webUrl,
    });
    expect(String(alpha.webUrl)).toContain(id);
    expect(block(alpha, 'metadata', 'plex')).toMatchObject({ watched: '0', progress: '0' });
    expect(block(alpha, 'metadata', 'plex')).not.toHaveProperty('played_at');
    expect(block(alpha, 'extra', 'plex')).toEqual({ event: 'task.import', received_at: expect.stringMatching(/^20\d\d-.*\+00:00$/) });
  });

  it('shows episodes under their series, and a file of two as two', async () => {
    const one = await rowOf('One');
    expect(one).toMatchObject({
      type: 'episode',
      watched: 0,
      title: 'The Bridge',
      season: 1,
      episode: 1,
      parent: { guid_imdb: 'tt1733785', guid_tvdb: '252019' },
      rguids: { guid_imdb: 'tt1733785/1/1', guid_tvdb: '252019/1/1' },
      progress: 600_000,
      content_title: 'One',
      reported_by: ['jellyfin'],
      not_reported_by: ['plex'],
    });
    expect(block(one, 'metadata', 'jellyfin')).toMatchObject({
      title: 'The Bridge',
      season: '1',
      episode: '1',
      progress: '600000',
      watched: '0',
      parent: { guid_tvdb: '252019' },
      extra: { title: 'One' },
    });
    const two = (await list('?episode=3')).history;
    expect(two).toHaveLength(1);
    expect(block(two[0] ?? expect.fail(), 'metadata', 'jellyfin')).toMatchObject({
      multi: true,
      episode: '3',
      id: upstreamOf('jellyfin Two'),
    });
  });

  it('pages in a stable order, with links that carry no key', async () => {
    const all = (await list('?perpage=1000')).history.map((row) => row.id);
    expect(all).toHaveLength(5);
    const first = await list('?perpage=2&apikey=household-owner-key&sort=updated:desc');
    expect(first.paging).toEqual({ total: 5, perpage: 2, current_page: 1, first_page: 1, next_page: 2, prev_page: null, last_page: 3 });
    expect(first.links).toEqual({
      self: `${PATH}?perpage=2&sort=updated%3Adesc&page=1`,
      first_url: `${PATH}?perpage=2&sort=updated%3Adesc&page=1`,
      next_url: `${PATH}?perpage=2&sort=updated%3Adesc&page=2`,
      prev_url: null,
      last_url: `${PATH}?perpage=2&sort=updated%3Adesc&page=3`,
    });
    const [second, third] = [await list('?perpage=2&page=2'), await list('?perpage=2&page=3')];
    expect([...first.history, ...second.history, ...third.history].map((row) => row.id)).toEqual(all);
    expect((await home.get(`${PATH}?perpage=2&page=4`)).status).toBe(404);
    expect((await list('')).paging.perpage).toBe(12);
    expect(first.searchable).toContainEqual({ key: 'title', description: expect.any(String), type: 'string' });
  });

  it.each<[string, unknown[]]>([
    ['?watched=1', ['Alpha']],
    ['?watched=0&type=movie', ['Beta']],
    ['?via=jellyfin&type=episode&sort=episode:asc', ['One', 'Two', 'Two']],
    ['?year=2001', ['Beta']],
    ['?title=ALPH', ['Alpha']],
    ['?title=bridge&season=1&episode=1', ['One']],
    ['?parent=tvdb://252019&sort=episode', ['One', 'Two', 'Two']],
    ['?parent=guid_tvdb://252019&episode=1', ['One']],
    ['?guids=guid_imdb://tt0000002', ['Beta']],
    ['?guids=tmdb://11', ['Alpha']],
    ['?rguid=guid_tvdb://252019/1/1', ['One']],
    ['?rguid=tvdb://252019/1&sort=episode:desc', ['Two', 'Two', 'One']],
    ['?path=/films/alpha', ['Alpha']],
    ['?subtitle=on', ['One']],
    ['?genres=noir', ['Alpha']],
    ['?metadata=1&key=jellyfin.watched&value=1', ['Alpha']],
    ['?metadata=1&key=plex.path&value=/films/Beta.mkv&exact=1', ['Beta']],
    ['?metadata=1&key=guids.guid_imdb&value=tt0000002&exact=true', ['Beta']],
    [`?metadata=1&key=jellyfin.played_at&value=${AT / 1_000}`, ['Alpha']],
    ['?metadata=1&key=title&value=the bridge&sort=episode', ['One', 'Two', 'Two']],
    ['?extra=1&key=jellyfin.event&value=task.import&watched=1', ['Alpha']],
    ['?metadata=plex&sort=title', ['Alpha', 'Beta']],
    ['?metadata=jellyfin&type=movie', ['Alpha']],
    ['?metadata=jellyfin&key=watched&value=1', ['Alpha']],
    ['?metadata=plex&key=path&value=beta', ['Beta']],
    ['?extra=jellyfin&key=event&value=task&watched=1', ['Alpha']],
    ['?metadata=0&extra=no&type=movie&sort=title', ['Alpha', 'Beta']],
    ['?sort[]=type:desc&sort[]=title:desc', ['Beta', 'Alpha', 'Two', 'Two', 'One']],
    ['?sort=type:desc,title:asc&title=&perpage=2', ['Alpha', 'Beta']],
  ])('is searched by %s', async (query, expected) => {
    expect(await titles(query)).toEqual(expected);
  });

  it('says what it was asked for, and answers only the fields in view', async () => {
    const { filters, history } = await list('?watched=true&title=alpha&view=id,title,metadata.jellyfin.id,nothing&sort=id');
    expect(filters).toEqual({ watched: 1, title: 'alpha' });
    expect((await list('?metadata=jellyfin&extra=off')).filters).toEqual({ metadata: 'jellyfin', extra: 0 });
    expect(history).toEqual([{ id: expect.any(Number), title: 'Alpha', 'metadata.jellyfin.id': upstreamOf('jellyfin Alpha') }]);
  });

  it.each<[string, string]>([
    ['?page=0', '?page'],
    ['?page=x', '?page'],
    ['?perpage=1001', '?perpage'],
    ['?type=show', '?type'],
    ['?year=99999', '?year'],
    ['?id=99999999999999999999', '?id'],
    ['?title=a%00b', '?title'],
    ['?sort=nothing:desc', '?sort'],
    ['?sort=title:up', '?sort'],
    ['?sort=a%00', '?sort.0'],
    ['?parent=252019', '?parent'],
    ['?guids=imdb:tt1', '?guids'],
    ['?rguid=tvdb://252019', '?rguid'],
    ['?rguid=tvdb://252019/x/1', '?rguid'],
    ['?rguid=tvdb://252019/1&season=2', '?rguid'],
    ['?metadata=1', '?key'],
    ['?metadata=nobody', '?metadata'],
    ['?extra=nobody&key=event&value=x', '?extra'],
    ['?metadata=plex&key=path', '?value'],
    ['?metadata=1&key=plex.id', '?value'],
    ['?metadata=1&key=plex.nothing&value=1', '?key'],
    ['?metadata=1&key=__proto__&value=1', '?key'],
    ['?metadata=1&key=plex.watched&value=often', '?value'],
    ['?extra=1&key=path&value=1', '?key'],
    ['?extra=1&key=received_at&value=soon', '?value'],
  ])('refuses %s and names the parameter', async (query, field) => {
    const { status, body } = await home.get(`${PATH}${query}`);
    expect([status, (body as { error: { fields?: { field: string }[] } }).error.fields?.[0]?.field]).toEqual([400, field]);
  });

  it('answers 404 where nothing matches, and where there is no such title', async () => {
    for (const path of [
      '?title=nothing',
      '?id=999999',
      '?via=nobody',
      '?guids=tmdb://999',
      '/999999',
      '/999999/watch',
      '/999999/validate',
      '/999999/duplicates',
    ]) {
      expect([path, (await home.get(`${PATH}${path}`)).status]).toEqual([path, 404]);
    }
    expect((await home.get(`${PATH}/abc`)).status).toBe(400);
    expect((await home.send('DELETE', `${PATH}/1/metadata/%00`)).status).toBe(400);
    expect((await home.send('POST', `${PATH}/999999/watch`)).status).toBe(404);
    expect((await home.send('DELETE', `${PATH}/999999`)).status).toBe(404);
  });

  it('is that of the person who is asked for', async () => {
    await home.rooms.people.create('anna');
    expect((await home.get(PATH, { 'x-user': 'anna' })).status).toBe(404);
    const { id } = await rowOf('Alpha');
    expect((await home.get(`${PATH}/${id}?user=anna`)).status).toBe(404);
    expect((await home.get(`${PATH}?user=nobody`)).status).toBe(404);
  });

  it('shows one title with whether its file is here', async () => {
    const { id } = await rowOf('Alpha');
    const { body } = await home.get(`${PATH}/${id}?with_duplicates=1`);
    expect(body).toMatchObject({ id, title: 'Alpha', content_exists: false, duplicate_reference_ids: [] });
    expect((await home.get(`${PATH}/${id}/duplicates`)).body).toEqual({ duplicate_reference_ids: [] });
  });

  it('marks and un-marks by hand, once each', async () => {
    const { id } = await rowOf('Beta');
    const path = `${PATH}/${id}/watch`;
    expect((await home.get(path)).body).toEqual({ watched: false });
    const marked = await home.send('POST', path);
    expect(marked.body).toMatchObject({ id, watched: 1, event: 'webui.markplayed', play_count: 1, content_exists: false });
    expect((marked.body as Row).plays).toEqual([{ at: expect.any(Number), backend: null, how: 'manual' }]);
    expect(block(marked.body as Row, 'extra', 'plex')).toMatchObject({ event: 'webui.markplayed' });
    expect(block(marked.body as Row, 'metadata', 'plex')).toMatchObject({ watched: '0' });
    expect((await home.send('POST', path)).status).toBe(409);
    expect((await home.get(path)).body).toEqual({ watched: true });
    expect(await titles('?extra=1&key=plex.event&value=markplayed&exact=0')).toEqual(['Beta']);
    const unmarked = await home.send('DELETE', path);
    expect(unmarked.body).toMatchObject({ watched: 0, event: 'webui.markunplayed', play_count: 1 });
    expect((await home.send('DELETE', path)).status).toBe(409);
  });

  it('asks the servers whether the title is there, and remembers the answer', async () => {
    const { id } = await rowOf('Alpha');
    const path = `${PATH}/${id}/validate`;
    home.fake('plex').setMood('server-error');
    const doubtful = await home.get(path);
    expect(doubtful.body).toMatchObject({
      plex: { status: false, message: expect.stringContaining('did not answer') },
      jellyfin: { id: upstreamOf('jellyfin Alpha'), status: true, message: 'Item found.' },
    });
    home.fake('plex').setMood('fine');
    const first = await home.get(path);
    expect([first.headers.get('x-cache'), first.body]).toEqual([
      'MISS',
      expect.objectContaining({ plex: expect.objectContaining({ status: true }) }),
    ]);
    expect((await home.get(path)).headers.get('x-cache')).toBe('HIT');
    home.fake('jellyfin').removeTitle(upstreamOf('jellyfin One'));
    const one = await rowOf('One');
    expect((await home.get(`${PATH}/${one.id}/validate`)).body).toEqual({
      jellyfin: { id: upstreamOf('jellyfin One'), status: false, message: 'Item not found.' },
    });
  });

  it('forgets what one backend says, and the title with the last of them; both can be brought back', async () => {
    const { id } = await rowOf('Alpha');
    expect((await home.send('DELETE', `${PATH}/${id}/metadata/nobody`)).status).toBe(404);
    const left = await home.send('DELETE', `${PATH}/${id}/metadata/plex`);
    expect(left.body).toMatchObject({ id, watched: 1, reported_by: ['jellyfin'], not_reported_by: ['plex'] });
    expect((await home.send('DELETE', `${PATH}/${id}/metadata/plex`)).status).toBe(404);
    expect((await home.send('DELETE', `${PATH}/${id}/metadata/jellyfin`)).body).toEqual({
      info: { code: 200, message: 'Record deleted.' },
    });
    expect((await home.get(`${PATH}/${id}`)).status).toBe(404);
    const { entries } = await home.rooms.bin.list({}, { offset: 0, limit: 10 });
    expect(entries.map((entry) => [entry.kind, entry.title]).sort()).toEqual([
      ['viewing.reports', 'Alpha (1999)'],
      ['viewing.reports', 'Alpha (1999)'],
      ['viewing.title', 'Alpha (1999)'],
    ]);
    for (const entry of entries) await home.rooms.restoring.restore(entry.id, { kind: 'login', id: 1, name: 'owner' });
    expect((await home.get(`${PATH}/${id}`)).body).toMatchObject({ watched: 1, play_count: 2, reported_by: ['plex', 'jellyfin'] });
  });

  it('lets a title go, and does not take it for news when its server says the same again', async () => {
    const { id } = await rowOf('Beta');
    const gone = await home.send('DELETE', `${PATH}/${id}`);
    expect([gone.status, gone.body]).toEqual([200, '']);
    await importAll();
    await eventually(async () => expect((await home.get(`${PATH}/${id}`)).status).toBe(404));
  });
});
