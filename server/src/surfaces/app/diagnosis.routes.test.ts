import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PATH_MAPPINGS } from '#core/connections/index.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { alien, heat, shelve, sync } from '#tests/support/journey.ts';

type Row = Readonly<{
  title: { id: number; title: string };
  places: string[];
  missing: string[];
  faults: { message: string }[];
  others: number[];
}>;

let home: Household;
let folder: string;
let plex = 0;
let heatAtPlex = '';
const get = async (path: string) => await home.get(`/api/v1${path}`);
const send = (method: string, path: string, body?: unknown) => home.send(method, `/api/v1${path}`, body);
const items = async (path: string): Promise<Row[]> => ((await get(path)).body as { items: Row[] }).items;
const titlesOf = (rows: readonly Row[]): string[] => rows.map(({ title }) => title.title).toSorted();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usherr-media-'));
  await mkdir(join(folder, 'Heat (1995)'));
  await writeFile(join(folder, 'Heat (1995)', 'Heat.mkv'), 'x');
  home = await startHousehold({ servers: ['plex', 'jellyfin'] });
  heatAtPlex = shelve(home, 'plex', { ...heat, path: '/media/Heat (1995)/Heat.mkv' });
  shelve(home, 'plex', { ...alien, path: '/media/Alien (1979)/Alien.mkv' });
  shelve(home, 'plex', { ...heat, title: 'Ronin', year: 1998, ids: { imdb: 'tt0122690' }, path: '/media/x/Paddington 2 (2017).mkv' });
  shelve(home, 'plex', { ...heat, title: 'Home video', ids: {}, path: '/media/home/Home video.mkv' });
  shelve(home, 'jellyfin', heat);
  const account = await home.addBackend('plex');
  plex = account.id;
  await home.addBackend('jellyfin');
  await sync(home);
  const actor = { kind: 'login', id: '1', name: 'owner' } as const;
  await home.rooms.settings.set(PATH_MAPPINGS, [{ from: '/media', to: folder }], { actor, subject: account.id });
}, 40_000);
afterAll(async () => {
  await home.close();
  await rm(folder, { recursive: true, force: true });
});

describe('diagnostics', () => {
  it('show what has no id, and what its file calls something else', async () => {
    expect((await get(`/diagnostics/accounts/${plex}/unmatched`)).body).toMatchObject([
      { title: 'Home video', path: '/media/home/Home video.mkv' },
    ]);
    expect((await get(`/diagnostics/accounts/${plex}/mismatched`)).body).toMatchObject([{ title: 'Ronin', percent: expect.any(Number) }]);
    const libraries = (await get(`/diagnostics/accounts/${plex}/libraries`)).body as { id: string; kind: string }[];
    expect(libraries).toMatchObject([{ kind: 'movies', supported: true }, { kind: 'shows' }]);
    expect((await get(`/diagnostics/accounts/${plex}/unmatched?library=999`)).status).toBe(404);
  });

  it('show files that are not where they are told to be, page by page', async () => {
    const all = await items('/diagnostics/integrity?anew=true');
    expect(titlesOf(all)).toEqual(['Alien', 'Ronin']);
    expect(all.find(({ title }) => title.title === 'Alien')?.faults[0]?.message).toContain('Folder does not exist');
    const pages = [await items('/diagnostics/integrity?per_page=1'), await items('/diagnostics/integrity?per_page=1&page=2')];
    expect(pages.map((page) => page.length)).toEqual([1, 1]);
    expect(titlesOf(pages.flat())).toEqual(['Alien', 'Ronin']);
  });

  it('show which places do not tell of a title, take such out, and bring them back from the activity', async () => {
    const below = await items('/diagnostics/parity');
    expect(below.map(({ title, missing }) => [title.title, missing]).toSorted()).toEqual([
      ['Alien', ['jellyfin']],
      ['Ronin', ['jellyfin']],
    ]);
    expect((await send('POST', '/diagnostics/parity/remove', { min: 2 })).body).toEqual({ changed: 2 });
    expect(await items('/diagnostics/parity')).toEqual([]);
    const { body } = await home.get('/api/v1/activity?verb=history.removed');
    const [entry] = (body as { items: { subject: string; undo: { kind: string; id: number } | null }[] }).items;
    expect(entry?.undo).toMatchObject({ kind: 'restore' });
    expect((await send('POST', `/bin/${entry?.undo?.id}/restore`)).status).toBe(200);
    expect(titlesOf(await items('/diagnostics/parity'))).toEqual([entry?.subject.replace(/ \(.*/, '')]);
    const again = (await home.get('/api/v1/activity?verb=history.removed')).body as { items: { id: number; undo: unknown }[] };
    expect(again.items.filter(({ undo }) => undo === null)).toHaveLength(1);
  });

  it('show what a server does not list any more, and take only that out', async () => {
    const [library] = (await get(`/diagnostics/accounts/${plex}/libraries`)).body as [{ id: string }];
    const stale = `/diagnostics/accounts/${plex}/libraries/${library.id}/stale`;
    expect((await get(stale)).body).toMatchObject({ items: [] });
    home.fake('plex').removeTitle(heatAtPlex);
    const found = (await get(`${stale}?anew=true`)).body as { items: Row[] };
    expect(titlesOf(found.items)).toEqual(['Heat']);
    expect((await send('POST', `${stale}/remove`, { media: [999_999] })).status).toBe(404);
    expect((await send('POST', `${stale}/remove`, { media: [found.items[0]?.title.id] })).body).toEqual({ changed: 1 });
    expect((await get(stale)).body).toMatchObject({ items: [] });
  });

  it('show no duplicates where there are none, and merge nothing', async () => {
    expect(await items('/diagnostics/duplicates?anew=true')).toEqual([]);
    expect((await send('POST', '/diagnostics/duplicates/merge', {})).status).toBe(404);
  });

  it.each([
    ['GET', '/diagnostics/accounts/999/unmatched', undefined, 404],
    ['GET', '/diagnostics/duplicates?person=nobody', undefined, 404],
    ['GET', '/diagnostics/parity?min=-1', undefined, 400],
    ['GET', '/diagnostics/parity?min=9', undefined, 400],
    ['POST', '/diagnostics/parity/remove', { min: 0 }, 400],
    ['POST', '/diagnostics/parity/remove', { min: 1, more: 1 }, 400],
  ])('%s %s with %j is %i', async (method, path, body, status) => {
    expect((await send(method, path, body)).status).toBe(status);
  });
});
