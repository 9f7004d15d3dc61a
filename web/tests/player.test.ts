import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MEDIA_FOLDERS } from '#core/connections/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { FakeMediaServer } from '#core/upstreams/media-server.fake.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { type Films, openFilms, SUBRIP } from '#tests/support/films.ts';
import { accessFaults, fitsTheWidth, startWebApp, type WebApp } from './support/web-app.ts';

let app: WebApp;
let films: Films;
let jellyfin: FakeMediaServer;
let item = '';

beforeAll(async () => {
  films = openFilms();
  films.make('Plain.mkv', { subtitles: SUBRIP });
  jellyfin = await createJellyfinFake();
  app = await startWebApp();
  const library = jellyfin.addLibrary({ name: 'Films', kind: 'movies' });
  item = jellyfin.addTitle(library, {
    kind: 'movie',
    title: 'Plain',
    year: 2000,
    ids: { imdb: 'tt0000777' },
    path: films.path('Plain.mkv'),
  });
  jellyfin.addTitle(library, { kind: 'movie', title: 'Lost', year: 2001, ids: { imdb: 'tt0000778' }, path: films.path('Lost.mkv') });
  const { rooms } = app.house;
  await rooms.settings.set(MEDIA_FOLDERS, [films.folder], { actor: { kind: 'login', id: '1', name: 'mo' } });
  await rooms.connections.create({
    personId: MAIN_PERSON,
    name: 'jellyfin',
    type: 'jellyfin',
    url: jellyfin.baseUrl,
    token: jellyfin.owner.token,
    user: jellyfin.owner.id,
    importEnabled: true,
    exportEnabled: true,
    consent: 'given',
  });
  await rooms.watchSync.runImport({
    signal: AbortSignal.timeout(60_000),
    log: () => undefined,
    progress: () => undefined,
    breathe: async () => undefined,
  });
}, 180_000);
afterAll(async () => {
  await app?.close();
  await jellyfin?.close();
  films?.close();
});

describe.each([390, 1440])('the player at %i px', (width) => {
  it('plays a film that a server named, and what was watched of it is in the history and on the server', async () => {
    const context = await app.signedIn({ width });
    const { page, faults, elsewhere, end } = await app.visit('/titles?text=plain', { context });
    await page.getByRole('link', { name: 'Plain' }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByRole('heading', { level: 1, name: 'Plain' }).waitFor();
    await page.getByText('Is told when you pause or finish.').waitFor();
    expect([await accessFaults(page), await fitsTheWidth(page)]).toEqual([[], true]);
    await page.getByRole('button', { name: /^(Play|From the beginning)$/ }).click();
    const time = () => page.evaluate('document.querySelector("video")?.currentTime ?? 0') as Promise<number>;
    await expect.poll(time, { timeout: 60_000 }).toBeGreaterThan(1);
    expect(await accessFaults(page)).toEqual([]);
    await page.evaluate('{ const video = document.querySelector("video"); video.currentTime = video.duration - 0.5; }');
    await page.getByText('Watched: it is in your history').waitFor({ timeout: 60_000 });
    await expect.poll(() => jellyfin.stateOf(jellyfin.owner.id, item).played, { timeout: 30_000 }).toBe(true);
    expect([faults, elsewhere]).toEqual([[], []]);
    await end();
    await context.close();
  });

  it('says of a film whose file is not here why it cannot be played', async () => {
    const context = await app.signedIn({ width });
    const { page, faults, end } = await app.visit('/titles?text=lost', { context });
    await page.getByRole('link', { name: 'Lost' }).click();
    await page.getByRole('button', { name: 'Play' }).click();
    await page.getByText('Cannot be played here').waitFor();
    await page.getByText('The file is not there.').waitFor();
    expect([await accessFaults(page), faults]).toEqual([[], []]);
    await end();
    await context.close();
  });

  it('shows what can be gone on with', async () => {
    const context = await app.signedIn({ width });
    const { page, faults, end } = await app.visit('/player', { context });
    await page.getByRole('heading', { level: 1, name: 'Player' }).waitFor();
    await page.getByText('Nothing is begun.').waitFor();
    expect([await accessFaults(page), await fitsTheWidth(page), faults]).toEqual([[], true, []]);
    await end();
    await context.close();
  });
});
