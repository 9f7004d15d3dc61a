import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Account, type Connections, createConnections } from '#core/connections/index.ts';
import { createFakeDriver, fakeUser } from '#core/connections/media-server-driver.fake.ts';
import { createMediaGraph } from '#core/media/index.ts';
import { createPeople } from '#core/people/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { type MediaId, mediaId, type PersonId, personId } from '#kernel/ids.ts';
import { createSecrets } from '#platform/secrets/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createHistoryStore, type TakenReports } from './history.store.ts';
import { createHistory, type History } from './history.ts';
import type { HistoryQuery, HistorySort } from './history-query.ts';
import { createViewingStore, type StoredObservation } from './viewing.store.ts';

const MAIN = personId(1);
const ALL = { offset: 0, limit: 100 };
const DAY = 86_400_000;

const movie = (upstreamId: string, title: string, year: number, more: Partial<UpstreamItem> = {}): UpstreamItem => ({
  upstreamId,
  libraryId: 'm',
  kind: 'movie',
  title,
  year,
  ids: { imdb: `tt${year}`, tmdb: String(year) },
  files: [{ path: `/films/${title}.mkv` }],
  genres: ['Drama'],
  state: { played: false, positionMs: 0 },
  ...more,
});
const episode = (upstreamId: string, season: number, episodes: readonly number[], title: string): UpstreamItem => ({
  upstreamId,
  libraryId: 's',
  kind: 'episode',
  title,
  ids: { tvdb: `9${season}${episodes[0]}` },
  show: { upstreamId: 'show', title: 'Die Brücke', year: 2011, ids: { tvdb: '252019' } },
  season,
  episodes,
  files: [{ path: `/shows/bruecke/S0${season}E0${episodes[0]}.mkv` }],
  genres: [],
  state: { played: false, positionMs: 0 },
});

describe.each(DATABASES)('a history on %s', (kind) => {
  let test: TestDatabase;
  let folder: string;
  let connections: Connections;
  let history: History;
  let attic: Account;
  let barn: Account;
  const ids = new Map<string, MediaId>();
  const idOf = (name: string): MediaId => ids.get(name) ?? expect.fail(`no ${name}`);
  const nameOf = (id: MediaId): string => [...ids].find(([, one]) => one === id)?.[0] ?? '?';
  const clock = { now: () => 100 * DAY };

  async function listen(account: Account, items: readonly UpstreamItem[], said: Partial<StoredObservation>): Promise<void> {
    const copies = await test.database.transaction((handle) => createMediaGraph(handle, { clock }).ingest(account.server.id, items));
    const observations = copies.map((copy) => ({ copyId: copy.copyId, played: false, positionMs: 0, heard: true, at: 50 * DAY, ...said }));
    await createViewingStore(test.database).saveObservations(account.id, observations);
    for (const [index, copy] of copies.entries()) {
      for (const [place, id] of copy.mediaIds.entries()) ids.set(`${items[index]?.title}${place === 0 ? '' : ` ${place + 1}`}`, id);
    }
  }
  const stands = (person: PersonId, name: string, watched: boolean, day: number, via?: Account) =>
    createViewingStore(test.database).saveViewings(person, [
      {
        mediaId: idOf(name),
        watched,
        changedAt: day * DAY,
        positionMs: 0,
        createdAt: day * DAY,
        updatedAt: (100 - day) * DAY,
        event: 'task.import',
        ...(via && { viaAccountId: via.id }),
      },
    ]);
  const names = async (query: HistoryQuery, page = ALL): Promise<string[]> => {
    const { entries, total } = await history.list(MAIN, query, page);
    if (page === ALL) expect(total).toBe(entries.length);
    return entries.map((entry) => nameOf(entry.media.id));
  };

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    folder = mkdtempSync(join(tmpdir(), 'usherr-history-'));
    const driver = createFakeDriver('jellyfin');
    driver.hosts
      .set('http://a.test', { uuid: 'a', name: 'Attic', version: '1', token: 't', users: [fakeUser('u', 'Mo'), fakeUser('w', 'Anna')] })
      .set('http://b.test', { uuid: 'b', name: 'Barn', version: '1', token: 't', users: [fakeUser('u', 'Mo')] });
    connections = createConnections({
      database: test.database,
      clock,
      secrets: createSecrets({ dataDir: folder, secret: 'a secret of this test' }),
      drivers: { jellyfin: driver },
    });
    const anna = await createPeople({ database: test.database, clock }).create('anna');
    const add = (name: string, url: string, user = 'u', person = MAIN) =>
      connections.create({ personId: person, name, type: 'jellyfin', url, token: 't', user });
    attic = await add('attic', 'http://a.test');
    barn = await add('barn', 'http://b.test');
    const hers = await add('hers', 'http://a.test', 'w', anna.id);
    history = createHistory({ database: test.database, clock, accountsOf: (person) => connections.list(person) });

    const items = [
      movie('1', 'Alpha', 1999, { overview: 'Ein Ärger.', genres: ['Drama', 'Film Noir'], releasedOn: '1999-03-31' }),
      movie('2', 'Beta*[100%]', 2001, { files: [{ path: '/films/two/a.mkv' }, { path: '/films/two/b.mkv' }] }),
      episode('3', 1, [1], 'Folge Eins'),
      episode('4', 1, [2, 3], 'Folge Zwei'),
    ];
    await listen(attic, items, { played: true, lastPlayedAt: 20 * DAY, addedAt: 5 * DAY, rating: 8 });
    await listen(hers, [items[0] as UpstreamItem], { played: true });
    await listen(barn, [movie('b1', 'Alpha', 1999, { files: [{ path: '/films/Alpha.mkv' }] })], { event: 'ItemAdded', favorite: true });
    await listen(barn, [movie('b9', 'Gamma', 2010, { files: [{ path: '/films/Alpha.mkv' }] })], {});
    await stands(MAIN, 'Alpha', true, 10, attic);
    await stands(MAIN, 'Beta*[100%]', false, 40);
    await stands(MAIN, 'Folge Eins', true, 30, barn);
    await stands(MAIN, 'Folge Zwei', true, 20, attic);
    await stands(MAIN, 'Folge Zwei 2', false, 20, attic);
    await stands(MAIN, 'Gamma', false, 1, barn);
    await stands(anna.id, 'Alpha', true, 1, hers);
    await createViewingStore(test.database).addPlays(
      MAIN,
      [
        { mediaId: idOf('Alpha'), at: 9 * DAY, evidence: { how: 'import', accountId: attic.id, receivedAt: 11 * DAY } },
        { mediaId: idOf('Alpha'), evidence: { how: 'manual', receivedAt: 12 * DAY } },
      ],
      clock.now(),
    );
  });
  afterAll(async () => {
    await test.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows the newest change first, and ties by id', async () => {
    expect(await names({})).toEqual(['Beta*[100%]', 'Folge Eins', 'Folge Zwei 2', 'Folge Zwei', 'Alpha', 'Gamma']);
  });

  it('cuts pages that neither repeat nor lose a title, and counts them all', async () => {
    const pages = [0, 2, 4, 6].map((offset) => history.list(MAIN, {}, { offset, limit: 2 }));
    const cut = await Promise.all(pages);
    expect(cut.map((page) => page.total)).toEqual([6, 6, 6, 6]);
    expect(cut.flatMap((page) => page.entries.map((entry) => nameOf(entry.media.id)))).toEqual(await names({}));
  });

  it.each<[HistorySort[], string[]]>([
    [[{ by: 'changedAt', descending: false }], ['Gamma', 'Alpha', 'Folge Zwei', 'Folge Zwei 2', 'Folge Eins', 'Beta*[100%]']],
    [[{ by: 'updatedAt', descending: true }], ['Gamma', 'Alpha', 'Folge Zwei 2', 'Folge Zwei', 'Folge Eins', 'Beta*[100%]']],
    [
      [
        { by: 'title', descending: false },
        { by: 'episode', descending: true },
      ],
      ['Alpha', 'Beta*[100%]', 'Folge Zwei 2', 'Folge Zwei', 'Folge Eins', 'Gamma'],
    ],
    [
      [
        { by: 'kind', descending: true },
        { by: 'year', descending: true },
      ],
      ['Gamma', 'Beta*[100%]', 'Alpha', 'Folge Zwei 2', 'Folge Zwei', 'Folge Eins'],
    ],
    [
      [
        { by: 'via', descending: false },
        { by: 'watched', descending: true },
      ],
      ['Beta*[100%]', 'Alpha', 'Folge Zwei', 'Folge Zwei 2', 'Folge Eins', 'Gamma'],
    ],
  ])('is sorted by %j', async (sort, expected) => {
    expect(await names({ sort })).toEqual(expected);
  });

  it.each<[string, () => HistoryQuery, string[]]>([
    ['watched', () => ({ watched: true }), ['Folge Eins', 'Folge Zwei', 'Alpha']],
    ['an id', () => ({ id: idOf('Gamma') }), ['Gamma']],
    ['an id of nothing', () => ({ id: mediaId(999_999) }), []],
    ['the account that decided', () => ({ via: [barn.id] }), ['Folge Eins', 'Gamma']],
    ['no account', () => ({ via: [] }), []],
    ['the year, of the series for episodes', () => ({ year: 2011 }), ['Folge Eins', 'Folge Zwei 2', 'Folge Zwei']],
    ['the kind', () => ({ kind: 'movie' }), ['Beta*[100%]', 'Alpha', 'Gamma']],
    ['a part of the title, capitals and umlauts alike', () => ({ title: 'BRÜC' }), ['Folge Eins', 'Folge Zwei 2', 'Folge Zwei']],
    ['signs that mean something to a database', () => ({ title: '*[100%]' }), ['Beta*[100%]']],
    ['signs that would match everything', () => ({ title: '%' }), ['Beta*[100%]']],
    ['a star', () => ({ title: 'A*p' }), []],
    ['the title of the episode', () => ({ episodeTitle: 'eins' }), ['Folge Eins']],
    ['season and episode', () => ({ season: 1, episode: 3 }), ['Folge Zwei 2']],
    ['the series', () => ({ parent: { provider: 'tvdb', value: '252019' } }), ['Folge Eins', 'Folge Zwei 2', 'Folge Zwei']],
    ['an id of the title', () => ({ ids: { provider: 'imdb', value: 'tt1999' } }), ['Alpha']],
    ['the id of a series as that of a title', () => ({ ids: { provider: 'tvdb', value: '252019' } }), []],
    ['several things at once', () => ({ watched: true, kind: 'movie', title: 'a' }), ['Alpha']],
  ])('is filtered by %s', async (_, query, expected) => {
    expect(await names(query())).toEqual(expected);
  });

  const told = (field: Parameters<typeof reported>[0], match: Parameters<typeof reported>[1]) => () => reported(field, match);
  type Wish = NonNullable<HistoryQuery['reports']>[number];
  const reported = (field: Wish['field'], match: Wish['match'], accounts = [attic.id, barn.id]): HistoryQuery => ({
    reports: [{ accounts, field, match }],
  });
  const part = (text: string) => ({ text, exact: false });
  const whole = (text: string) => ({ text, exact: true });
  const number = (value: number) => ({ from: value, to: value });

  it.each<[string, () => HistoryQuery, string[]]>([
    ['upstreamId', told('upstreamId', whole('b1')), ['Alpha']],
    ['upstreamId of another account', () => reported('upstreamId', whole('b1'), [attic.id]), []],
    ['path', told('path', part('/FILMS/two/B')), ['Beta*[100%]']],
    ['path in full', told('path', whole('/films/Alpha.mkv')), ['Alpha', 'Gamma']],
    ['path in part, asked for in full', told('path', whole('/films')), []],
    ['libraryId', told('libraryId', whole('s')), ['Folge Eins', 'Folge Zwei 2', 'Folge Zwei']],
    ['showUpstreamId', told('showUpstreamId', whole('show')), ['Folge Eins', 'Folge Zwei 2', 'Folge Zwei']],
    ['workTitle', told('workTitle', part('brücke')), ['Folge Eins', 'Folge Zwei 2', 'Folge Zwei']],
    ['title', told('title', whole('Folge Zwei')), ['Folge Zwei 2', 'Folge Zwei']],
    ['kind', told('kind', whole('movie')), ['Beta*[100%]', 'Alpha', 'Gamma']],
    ['overview', told('overview', part('ÄRGER')), ['Alpha']],
    ['genres', told('genres', part('noir')), ['Alpha']],
    ['releasedOn', told('releasedOn', part('1999-03')), ['Alpha']],
    ['an id', told({ idsOf: 'title', provider: 'tmdb' }, whole('2001')), ['Beta*[100%]']],
    ['an id of the series', told({ idsOf: 'show', provider: 'tvdb' }, part('2520')), ['Folge Eins', 'Folge Zwei 2', 'Folge Zwei']],
    ['event', told('event', part('itemadded')), ['Alpha']],
    ['event of the decision', told('event', whole('task.import')), ['Folge Eins', 'Folge Zwei 2', 'Folge Zwei', 'Alpha', 'Gamma']],
    ['played', told('played', number(0)), ['Alpha', 'Gamma']],
    [
      'addedAt',
      told('addedAt', { from: 5 * DAY, to: 5 * DAY + 999 }),
      ['Beta*[100%]', 'Folge Eins', 'Folge Zwei 2', 'Folge Zwei', 'Alpha'],
    ],
    ['lastPlayedAt', told('lastPlayedAt', number(21 * DAY)), []],
    ['positionMs', told('positionMs', { from: 1, to: 9 }), []],
    ['rating', told('rating', number(8)), ['Beta*[100%]', 'Folge Eins', 'Folge Zwei 2', 'Folge Zwei', 'Alpha']],
    ['favorite', told('favorite', number(1)), ['Alpha']],
    ['season', told('season', number(1)), ['Folge Eins', 'Folge Zwei 2', 'Folge Zwei']],
    ['episode', told('episode', number(3)), ['Folge Zwei 2']],
    ['half an episode', told('episode', number(1.5)), []],
    ['a number beyond all columns', told('season', number(1e15)), []],
    ['an id of a provider that nobody knows', told({ idsOf: 'title', provider: 'null' }, whole('1')), []],
    ['an id of a provider that begins with a digit', told({ idsOf: 'show', provider: '9x' }, whole('1')), []],
    ['year', told('year', number(2010)), ['Gamma']],
    ['several', told('several', number(1)), ['Folge Zwei 2', 'Folge Zwei']],
    ['observedAt', told('observedAt', number(50 * DAY)), ['Beta*[100%]', 'Folge Eins', 'Folge Zwei 2', 'Folge Zwei', 'Alpha', 'Gamma']],
  ])('is filtered by what accounts say: %s', async (_, query, expected) => {
    expect(await names(query())).toEqual(expected);
  });

  it('tells of each title what every account of the person says, and nothing of others', async () => {
    const alpha = await history.get(MAIN, idOf('Alpha'), { duplicates: true });
    expect(alpha.media.title).toBe('Alpha');
    expect(alpha.reports.map((report) => [report.account.name, report.copy.upstreamId, report.observation.played])).toEqual([
      ['attic', '1', true],
      ['barn', 'b1', false],
    ]);
    expect([alpha.silent, alpha.via?.name]).toEqual([[], 'attic']);
    expect(alpha.plays).toEqual([
      { mediaId: alpha.media.id, how: 'manual' },
      { mediaId: alpha.media.id, at: 9 * DAY, accountId: attic.id, how: 'import' },
    ]);
    expect(alpha.duplicates).toEqual([idOf('Gamma')]);
    const two = await history.get(MAIN, idOf('Folge Zwei'), { duplicates: true });
    expect([two.silent.map((account) => account.name), two.plays, two.duplicates]).toEqual([['barn'], [], []]);
  });

  it('lets the copy speak that is there', async () => {
    const copies = await test.database.transaction((handle) =>
      createMediaGraph(handle, { clock }).ingest(attic.server.id, [movie('7', 'Gamma', 2010), movie('8', 'Gamma', 2010)]),
    );
    const [first, second] = copies.map((copy) => copy.copyId);
    if (first === undefined || second === undefined) expect.fail();
    await createViewingStore(test.database).saveObservations(
      attic.id,
      [first, second].map((copyId) => ({ copyId, played: copyId === first, positionMs: 0, heard: true, at: 1 })),
    );
    const speaker = async () => (await history.get(MAIN, idOf('Gamma'))).reports[0]?.copy.upstreamId;
    expect(await speaker()).toBe('7');
    await test.database.transaction((handle) => createMediaGraph(handle, { clock }).markCopiesGone([first]));
    expect(await speaker()).toBe('8');
  });

  it('forgets what one account said, and takes it back', async () => {
    const gone: { taken?: TakenReports } = {};
    const keep = async (_: unknown, taken: TakenReports) => {
      gone.taken = taken;
    };
    const backends = async () => (await history.get(MAIN, idOf('Folge Eins'))).reports.map((report) => report.account.name);
    await history.removeReports(MAIN, idOf('Folge Eins'), attic, keep);
    expect(await backends()).toEqual([]);
    const twice = await history.removeReports(MAIN, idOf('Folge Eins'), attic, keep).catch((error: unknown) => error);
    expect(isAppError(twice, 'not-found')).toBe(true);
    const { taken } = gone;
    if (taken === undefined) expect.fail('nothing was kept');
    await test.database.transaction((handle) => createHistoryStore(handle).putBackReports(taken));
    expect(await backends()).toEqual(['attic']);
  });

  it('says so where it does not hold a title', async () => {
    const error = await history.get(personId(2), idOf('Gamma')).catch((fault: unknown) => fault);
    expect(isAppError(error, 'not-found')).toBe(true);
  });
});
