import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { FakeMediaServer } from '#core/upstreams/media-server.fake.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { createPlexFake } from '#integrations/plex/plex.fake.ts';
import { insertRows } from '#platform/db/index.ts';
import { accessFaults, fitsTheWidth, startWebApp, type WebApp } from './support/web-app.ts';

let app: WebApp;
let plex: FakeMediaServer;
let jellyfin: FakeMediaServer;
const DAY = 86_400_000;
const show = { title: 'Twin Peaks', year: 1990, ids: { tvdb: '70533', imdb: 'tt0098936' } };

beforeAll(async () => {
  [plex, jellyfin] = [await createPlexFake(), await createJellyfinFake()];
  app = await startWebApp({ plexTvUrl: (plex as unknown as { plexTvUrl: string }).plexTvUrl });
  for (const fake of [plex, jellyfin]) {
    const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
    const shows = fake.addLibrary({ name: 'Shows', kind: 'shows' });
    const heat = fake.addTitle(movies, {
      kind: 'movie',
      title: 'Heat',
      year: 1995,
      ids: { imdb: 'tt0113277', tmdb: '949' },
      durationMs: 170 * 60_000,
    });
    fake.addTitle(movies, { kind: 'movie', title: 'Alien', year: 1979, ids: { imdb: 'tt0078748', tmdb: '348' } });
    for (const episode of [1, 2, 3]) {
      fake.addTitle(shows, {
        kind: 'episode',
        title: `Part ${episode}`,
        show,
        season: 1,
        episodes: [episode],
        ids: { tvdb: String(127_130 + episode) },
      });
    }
    if (fake === plex) fake.setState(fake.owner.id, heat, { played: true, playCount: 1, lastPlayedAt: Date.now() - 3 * DAY });
  }
  const { rooms } = app.house;
  for (const [name, fake] of [
    ['plex', plex],
    ['jellyfin', jellyfin],
  ] as const) {
    await rooms.connections.create({
      personId: MAIN_PERSON,
      name,
      type: name,
      url: fake.baseUrl,
      token: fake.owner.token,
      user: fake.owner.id,
      importEnabled: true,
      exportEnabled: true,
      consent: 'given',
    });
  }
  await rooms.watchSync.runImport({
    signal: AbortSignal.timeout(60_000),
    log: () => undefined,
    progress: () => undefined,
    breathe: async () => undefined,
  });
}, 180_000);
afterAll(async () => {
  await app?.close();
  await plex?.close();
  await jellyfin?.close();
});

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

describe.each([
  [390, 'light'],
  [390, 'dark'],
  [1440, 'light'],
  [1440, 'dark'],
] as const)('titles at %i px, %s', (width, theme) => {
  it('are looked through, opened, and tell their story; nothing is in anybody’s way', async () => {
    const context = await app.signedIn({ width, theme });
    const { page, faults, elsewhere, end } = await app.visit('/titles', { context });
    await heading(page, 'Titles');
    await page.getByRole('link', { name: 'Heat' }).waitFor();
    expect([await accessFaults(page), await fitsTheWidth(page)]).toEqual([[], true]);
    await page.getByRole('link', { name: 'Heat' }).click();
    await heading(page, 'Heat');
    await page.getByRole('heading', { name: 'Where it stands' }).waitFor();
    await page.getByRole('heading', { level: 3, name: /watched it on/ }).waitFor();
    expect([await accessFaults(page), await fitsTheWidth(page)]).toEqual([[], true]);
    await page.getByRole('button', { name: /^Why\? .*watched it on/ }).click();
    await page.getByText('Rule: Reports of one sitting are one play').waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.goto(`${app.address}/app/titles`);
    await page.getByRole('link', { name: 'Twin Peaks' }).click();
    await page.getByRole('link', { name: 'Season 1' }).click();
    await page.getByText('Part 2').waitFor();
    expect([await accessFaults(page), await fitsTheWidth(page), faults, elsewhere]).toEqual([[], true, [], []]);
    await end();
    await context.close();
  });
});

describe('a title', () => {
  it('is rated and put on a list, and its story says so', async () => {
    const context = await app.signedIn();
    const { page, faults, end } = await app.visit('/titles', { context });
    await page.getByRole('link', { name: 'Alien' }).click();
    await heading(page, 'Alien');
    await page.keyboard.press('r');
    await page.getByLabel('Your rating').selectOption('9');
    await page.getByRole('heading', { level: 3, name: /gave it 9 of 10/ }).waitFor();
    await page.getByLabel('Your list').selectOption('plantowatch');
    await page.getByRole('heading', { level: 3, name: /put it on: Plan to watch/ }).waitFor();
    await page.getByRole('link', { name: 'Titles' }).first().click();
    await page.getByRole('button', { name: /^On a list/ }).click();
    await page.getByRole('link', { name: 'Alien' }).waitFor();
    expect(new URL(page.url()).search).toContain('list=any');
    await page.getByRole('button', { name: /^Rated/ }).click();
    await expect.poll(() => page.evaluate('document.querySelectorAll(\'main [role="row"]\').length')).toBe(2);
    expect(faults).toEqual([]);
    await end();
    await context.close();
  });

  it('is marked after its preview has said what that changes where, and both servers hear of it', async () => {
    const context = await app.signedIn();
    const { page, faults, end } = await app.visit('/titles?text=twin', { context });
    await page.getByRole('link', { name: 'Twin Peaks' }).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await page.getByRole('button', { name: 'Mark 1 title watched…' }).click();
    await page.getByText('3 films and episodes become watched').waitFor();
    await page.getByText('3 items are told.').first().waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Mark 3 watched' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Twin Peaks' }).click();
    await page
      .getByRole('heading', { level: 3, name: /^Marked 3 episodes watched on/ })
      .first()
      .waitFor({ timeout: 30_000 })
      .catch(async () => {
        await page.reload();
        await page
          .getByRole('heading', { level: 3, name: /^Marked 3 episodes watched on/ })
          .first()
          .waitFor();
      });
    expect(faults).toEqual([]);
    await end();
    await context.close();
  });
});

describe('a hundred thousand titles', () => {
  const MANY = 100_000;

  it('keep at most a hundred rows on the page, wherever one scrolls, and Back leads to the same place', async () => {
    await app.house.rooms.database.transaction(async (handle) => {
      const named = Array.from({ length: MANY }, (_, index) => `Zebra ${String(index).padStart(6, '0')}`);
      await insertRows(
        handle,
        'title_card',
        {
          media_id: 'integer',
          kind: 'text',
          title: 'text',
          sort_title: 'text',
          plain: 'text',
          year: 'integer',
          added_at: 'integer',
          servers: 'integer',
          parts: 'integer',
          has_ids: 'integer',
        },
        named.map((title, index) => [1_000_000 + index, 'movie', title, title.toLowerCase(), title.toLowerCase(), 2000, index, 1, 1, 1]),
      );
    });
    const context = await app.signedIn();
    const { page, faults, end } = await app.visit('/titles?text=zebra', { context });
    await page.getByRole('link', { name: 'Zebra 000000' }).waitFor();
    const rows = () => page.evaluate('document.querySelectorAll(\'main [role="row"]\').length') as Promise<number>;
    expect(await page.getByRole('table', { name: 'Titles' }).getAttribute('aria-rowcount')).toBe(String(MANY + 1));
    const seen: number[] = [await rows()];
    for (const part of [0.1, 0.5, 0.9, 1]) {
      await page.evaluate(`window.scrollTo(0, document.documentElement.scrollHeight * ${part})`);
      await expect.poll(rows).toBeGreaterThan(5);
      seen.push(await rows());
    }
    await page.getByRole('link', { name: 'Zebra 099999' }).waitFor();
    expect(Math.max(...seen)).toBeLessThanOrEqual(100);
    await page.evaluate('window.scrollTo(0, 3500000)');
    await page.getByRole('link', { name: 'Zebra 05' }).first().waitFor();
    const before = (await page.evaluate('window.scrollY')) as number;
    await page.goto(`${app.address}/app/titles/${await idOfHeat()}`, { waitUntil: 'load' });
    await heading(page, 'Heat');
    await page.goBack();
    await expect.poll(async () => Math.abs(((await page.evaluate('window.scrollY')) as number) - before)).toBeLessThan(80);
    await page.getByRole('link', { name: 'Zebra 05' }).first().waitFor();
    expect(faults).toEqual([]);
    await end();
    await context.close();
  });

  const idOfHeat = async (): Promise<number> => {
    const { cards } = await app.house.rooms.titles.list(
      { person: MAIN_PERSON, everything: true },
      { text: 'heat' },
      { sort: 'title', descending: false, offset: 0, limit: 1 },
      [],
    );
    return cards[0]?.id ?? expect.fail('Heat is gone');
  };
});
