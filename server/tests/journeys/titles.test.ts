import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import { eventually, type Household, startHousehold } from '#tests/support/household.ts';
import { ago, alien, DAY, episodeOf, heat, importNow, shelve } from '#tests/support/journey.ts';

const PASSWORD = 'a long enough password';

type Row = Readonly<{
  id: number;
  title: string;
  kind: string;
  places: { name: string }[];
  people: { person: string; state: string; watched: number; rating: number | null; list: string | null; differs: number }[];
  requested: boolean;
}>;
type Entry = Readonly<{
  kind: string;
  at: string | null;
  from: string | null;
  ours: boolean;
  person: string | null;
  place: { name: string } | null;
  episodes: { number: number }[];
  detail: Record<string, unknown>;
  why: { rule: string; facts: { place: string; value: string; how: string; at: string | null }[]; asked_by: string };
}>;

describe.each(DATABASES)('titles on %s', (database) => {
  let house: Household;
  let kim: Record<string, string>;
  let onPlex: Record<string, string>;

  type Answer = Readonly<{ status: number; body: unknown }>;
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
    house.send(method, `/api/v1${path}`, body, headers);
  const list = async (query = '', headers: Record<string, string> = {}) =>
    (await call('GET', `/titles${query}`, undefined, headers)).body as { items: Row[]; total: number };
  const names = async (query = '', headers: Record<string, string> = {}) => (await list(query, headers)).items.map((row) => row.title);
  const idOf = async (title: string): Promise<number> =>
    (await list(`?text=${encodeURIComponent(title)}`)).items[0]?.id ?? expect.fail(title);
  const story = async (id: number, query = '', headers: Record<string, string> = {}) =>
    (await call('GET', `/titles/${id}/story${query}`, undefined, headers)).body as { future: Entry[]; items: Entry[]; total: number };

  beforeAll(async () => {
    house = await startHousehold({ database, servers: ['plex', 'jellyfin'] });
    onPlex = { heat: shelve(house, 'plex', heat), alien: shelve(house, 'plex', alien) };
    shelve(house, 'jellyfin', heat);
    for (const number of [1, 2, 3]) {
      onPlex[`e${number}`] = shelve(house, 'plex', episodeOf(number));
      shelve(house, 'jellyfin', episodeOf(number));
    }
    shelve(house, 'jellyfin', { kind: 'movie', title: 'Amélie', year: 2001, ids: { imdb: 'tt0211915' }, addedAt: ago(2 * DAY) });
    const plex = house.fake('plex');
    plex.setState(plex.owner.id, onPlex.heat ?? '', { played: true, playCount: 1, lastPlayedAt: ago(10 * DAY) });
    await call('POST', '/people', { name: 'kim', display_name: 'Kim' });
    await call('POST', '/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' });
    const { body } = await call('POST', '/session', { username: 'kim', password: PASSWORD });
    kim = { 'x-apikey': '', authorization: `Bearer ${(body as { token: string }).token}` };
    await house.addBackend('plex');
    await house.addBackend('jellyfin', { exportEnabled: false });
    await importNow(house);
  }, 120_000);
  afterAll(() => house.close());

  it('are listed whole, in order, and in windows with an exact total', async () => {
    await eventually(async () => expect(await names()).toEqual(['Alien', 'Amélie', 'Heat', 'Twin Peaks']));
    expect(await names('?sort=title&order=desc')).toEqual(['Twin Peaks', 'Heat', 'Amélie', 'Alien']);
    expect((await names('?sort=added'))[0]).toBe('Amélie');
    expect((await names('?sort=watched'))[0]).toBe('Heat');
    expect(await names('?sort=year')).toEqual(['Amélie', 'Heat', 'Twin Peaks', 'Alien']);
    const windows = [];
    for (const offset of [0, 1, 2, 3]) windows.push(await list(`?limit=1&offset=${offset}`));
    expect(windows.map((window) => [window.total, window.items.map((row) => row.title)])).toEqual([
      [4, ['Alien']],
      [4, ['Amélie']],
      [4, ['Heat']],
      [4, ['Twin Peaks']],
    ]);
    expect(await list('?offset=100')).toMatchObject({ items: [], total: 4 });
  });

  it.each([
    ['text, whatever its accents and capitals', '?text=AMELIE', ['Amélie']],
    ['several words in any order', '?text=peaks%20twin', ['Twin Peaks']],
    ['an id', '?text=tt0113277', ['Heat']],
    ['text that nothing has', '?text=%3F%3F', []],
    ['kind', '?kind=show', ['Twin Peaks']],
    ['what is watched', '?state=watched', ['Heat']],
    ['what is not', '?state=open', ['Alien', 'Amélie', 'Twin Peaks']],
    ['who has watched it', '?watched_by=main', ['Heat']],
    ['who has not', '?unwatched_by=main&kind=movie', ['Alien', 'Amélie']],
    ['a difference between places', '?differs=true', ['Heat']],
    ['ids that are missing', '?missing_ids=true', []],
    ['what is on a list', '?list=any', ['Heat']],
    ['what is rated', '?rated=true', []],
    ['what is asked for', '?requested=true', []],
    ['what is not asked for', '?requested=false&kind=movie', ['Alien', 'Amélie', 'Heat']],
  ])('are found by %s', async (_what, query, expected) => {
    await eventually(async () => expect(await names(query)).toEqual(expected));
  });

  it('are found by the place that has them, and counted by what they can be narrowed down to', async () => {
    const counts = (await call('GET', '/titles/counts')).body as { places: { server_id: number; type: string; titles: number }[] };
    expect(counts).toMatchObject({ total: 4, movies: 3, shows: 1, open: 3, part: 0, watched: 1, differs: 1, missing_ids: 0, requested: 0 });
    const plex = counts.places.find((place) => place.type === 'plex');
    expect(await names(`?place=${plex?.server_id}`)).toEqual(['Alien', 'Heat', 'Twin Peaks']);
    expect((await call('GET', '/titles/counts?text=heat')).body).toMatchObject({ total: 1, watched: 1, movies: 1 });
  });

  it('stand on each place as it last said, and a silent place is unknown', async () => {
    const id = await idOf('Heat');
    const page = async () =>
      (await call('GET', `/titles/${id}`)).body as {
        places: { type: string; cells: { state: string; last: string | null; known_at: string | null }[] }[];
      };
    const cells = async () => Object.fromEntries((await page()).places.map(({ type, cells: [cell] }) => [type, [cell?.state, cell?.last]]));
    expect(await cells()).toEqual({ plex: ['watched', null], jellyfin: ['open', null] });
    house.fake('jellyfin').setMood('server-error');
    await importNow(house).catch(() => undefined);
    await eventually(async () => expect((await cells()).jellyfin).toEqual(['unknown', 'open']));
    expect((await page()).places.flatMap((place) => place.cells.map((cell) => typeof cell.known_at))).toEqual(['string', 'string']);
    house.fake('jellyfin').setMood('fine');
    await importNow(house);
  });

  it('tell their story: where they came, who watched and how that was learned, each with its reason', async () => {
    const { items, total } = await story(await idOf('Heat'));
    expect(total).toBe(items.length);
    const watched = items.find((entry) => entry.kind === 'watched');
    expect(watched).toMatchObject({
      person: 'main',
      ours: false,
      detail: { how: 'import', date_unknown: false },
      at: new Date(ago(10 * DAY)).toISOString(),
    });
    expect(watched?.why.facts[0]).toMatchObject({ value: 'watched', how: 'found by reading the server' });
    expect(items.filter((entry) => entry.kind === 'added').map((entry) => entry.place?.name)).toHaveLength(2);
    expect(items.every((entry) => entry.why.rule !== '' && entry.why.facts.length > 0 && entry.why.asked_by !== '')).toBe(true);
    const dates = items.map((entry) => Date.parse(entry.at ?? ''));
    expect(dates).toEqual(dates.toSorted((one, other) => other - one));
  });

  it('are marked as it was shown before, and the story tells what was changed where', async () => {
    const id = await idOf('Twin Peaks');
    const wish = { titles: [id], watched: true };
    const shown = await call('POST', '/titles/marks/preview', wish);
    expect(shown.body).toMatchObject({
      titles: 3,
      already: 0,
      places: [
        { type: 'plex', changes: 3, held: null },
        { type: 'jellyfin', changes: 3, held: 'export-off' },
      ],
    });
    expect((await list('?text=twin')).items[0]?.people).toEqual([]);
    expect((await call('POST', '/titles/marks', wish)).body).toEqual({ person: 'main', watched: true, titles: 3, already: 0 });
    expect((await list('?text=twin')).items[0]?.people).toMatchObject([{ person: 'main', state: 'watched', watched: 3 }]);
    const plex = house.fake('plex');
    await eventually(() =>
      expect([1, 2, 3].map((n) => plex.stateOf(plex.owner.id, onPlex[`e${n}`] ?? '').played)).toEqual([true, true, true]),
    );
    await eventually(async () => {
      const told = (await story(id, '?only=changes')).items.filter((entry) => entry.kind === 'told');
      expect(told).toMatchObject([{ ours: true, person: 'main', detail: { action: 'mark', outcome: 'confirmed' } }]);
      expect(told[0]?.episodes.map((one) => one.number)).toEqual([1, 2, 3]);
    });
    const [by] = (await story(id)).items.filter((entry) => entry.kind === 'watched');
    expect(by).toMatchObject({ detail: { how: 'manual' }, episodes: [{ number: 1 }, { number: 2 }, { number: 3 }] });
    const again = await call('POST', '/titles/marks', wish);
    expect(again.body).toMatchObject({ titles: 0, already: 3 });
    const season = (await call('GET', `/titles/${id}/seasons/1`)).body as { episodes: { id: number; standings: { watched: boolean }[] }[] };
    expect(season.episodes.map((one) => one.standings.map((stand) => stand.watched))).toEqual([[true], [true], [true]]);
    const part = { titles: [id], episode: season.episodes[0]?.id, watched: false };
    expect((await call('POST', '/titles/marks', part)).body).toMatchObject({ titles: 1 });
    expect((await list('?text=twin')).items[0]?.people).toMatchObject([{ state: 'part', watched: 2 }]);
    expect((await call('GET', `/titles/${id}`)).body).toMatchObject({
      seasons: [{ season: 1, episodes: 3, held: 3, people: [{ watched: 2 }, { watched: 0 }] }],
    });
  });

  it('wait for a place that does not answer, and say so above now', async () => {
    const id = await idOf('Alien');
    house.fake('plex').setMood('server-error');
    await call('POST', '/titles/marks', { titles: [id], watched: true });
    await eventually(async () => {
      const [waiting] = (await story(id)).future;
      expect(waiting).toMatchObject({ kind: 'waiting', ours: true, person: 'main', detail: { fault: expect.any(String) } });
    });
    const { body } = await call('POST', '/titles/marks/preview', { titles: [id], watched: false });
    expect(body).toMatchObject({ titles: 1, places: [{ type: 'plex', held: 'not-answering' }] });
    house.fake('plex').setMood('fine');
  });

  it('stand on no place any more that was asked for them and has them not', async () => {
    const jellyfin = house.fake('jellyfin');
    const copy = shelve(house, 'jellyfin', { kind: 'movie', title: 'Lost reel', year: 1920, ids: { imdb: 'tt0888888' } });
    await importNow(house);
    const places = async () => (await list('?text=lost%20reel')).items.map((row) => row.places.length);
    await eventually(async () => expect(await places()).toEqual([1]));
    jellyfin.removeTitle(copy);
    expect((await house.send('POST', '/v1/api/tasks/validate/queue')).status).toBe(202);
    await eventually(async () => expect(await places()).toEqual([0]));
  });

  it('show persons the shared library and what is theirs, and nothing of others', async () => {
    expect(await names('', kim)).toEqual(['Alien', 'Amélie', 'Heat', 'Twin Peaks']);
    expect((await list('', kim)).items.flatMap((row) => row.people)).toEqual([]);
    const id = await idOf('Heat');
    expect((await story(id, '', kim)).items.map((entry) => entry.kind)).toEqual(['added', 'added']);
    const page = (await call('GET', `/titles/${id}`, undefined, kim)).body as { copies: { path: string | null }[]; places: unknown[] };
    expect([page.places, page.copies.map((copy) => copy.path)]).toEqual([[], [null, null]]);
    expect((await call('GET', '/titles?person=main', undefined, kim)).status).toBe(403);
    expect((await call('GET', '/titles?watched_by=main', undefined, kim)).status).toBe(403);
    expect((await call('POST', '/titles/marks', { titles: [id], watched: true, person: 'main' }, kim)).status).toBe(403);
  });

  it('that concern only somebody else are not there for others', async () => {
    await house.rooms.watchSync.markManyByHand((await house.rooms.people.byName('kim'))?.id ?? expect.fail(), [], true, 'none');
    const [known] = await house.rooms.titleClaims.resolve([{ kind: 'movie', title: 'Only mine', year: 1999, ids: { imdb: 'tt0999999' } }], {
      create: true,
    });
    expect(await names('?text=only%20mine')).toEqual(['Only mine']);
    expect(await names('?text=only%20mine', kim)).toEqual([]);
    expect((await call('GET', `/titles/${known}`, undefined, kim)).status).toBe(404);
    await call('POST', '/titles/marks', { titles: [known], watched: true, person: 'kim' });
    await eventually(async () => expect(await names('?text=only%20mine', kim)).toEqual(['Only mine']));
  });

  it.each([
    ['GET', '/titles?sort=colour', undefined, '?sort'],
    ['GET', '/titles?limit=5000', undefined, '?limit'],
    ['GET', '/titles/counts?kind=book', undefined, '?kind'],
    ['GET', '/titles/x', undefined, 'id'],
    ['GET', '/titles/1/seasons/-1', undefined, 'season'],
    ['POST', '/titles/marks', { titles: [], watched: true }, 'titles'],
    ['POST', '/titles/marks', { titles: [1, 2], season: 1, watched: true }, 'season'],
    ['POST', '/titles/marks/preview', { titles: [1] }, 'watched'],
  ] as const)('name the field at fault: %s %s', async (method, path, body, field) => {
    const answer = await call(method, path, body);
    expect([answer.status, JSON.stringify(answer.body)]).toEqual([400, expect.stringContaining(`"field":"${field}"`)]);
  });

  it.each(['/titles/999999', '/titles/999999/story', '/titles/999999/seasons/1'])(
    'are not found by an id that nobody gave: %s',
    async (path) => {
      expect((await call('GET', path)).status).toBe(404);
    },
  );
});
