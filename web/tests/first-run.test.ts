import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createEmbyFake, type EmbyFake } from '#integrations/emby/emby.fake.ts';
import { createJellyfinFake, type JellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { createPlexFake } from '#integrations/plex/plex.fake.ts';
import { createSeerrFake, type FakeSeerr } from '#integrations/seerr/seerr.fake.ts';
import { accessFaults, fitsTheWidth, OWNER, startWebApp, type Theme, type WebApp } from './support/web-app.ts';

const DAY = 86_400_000;
const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name });
const wellMade = async (page: Page) => expect([await accessFaults(page), await fitsTheWidth(page)]).toEqual([[], true]);

async function createOwner(page: Page, app: WebApp): Promise<void> {
  await heading(page, 'Welcome to Usherr').waitFor();
  await wellMade(page);
  await page.getByLabel('Set-up code').fill('AAAA-AAAA-AAAA');
  await page.getByLabel('User name').fill(OWNER.username);
  await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
  await page.getByRole('button', { name: 'Create the owner' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByLabel('Set-up code').fill(String(app.house.words.setupCode));
  await page.getByRole('button', { name: 'Create the owner' }).click();
  await heading(page, 'Connect your servers').waitFor();
}

describe.each([
  [390, 'dark'],
  [1440, 'light'],
] as const)('the first run at %i px, %s', (width: number, theme: Theme) => {
  let app: WebApp;
  beforeAll(async () => {
    app = await startWebApp({ owner: false });
  }, 120_000);
  afterAll(() => app?.close());

  it('leads from an empty house over the demo household to a finished first sync, and the demo goes with one press', async () => {
    const { page, faults, elsewhere, end } = await app.visit('/', { width, theme });
    await createOwner(page, app);
    await page.getByRole('button', { name: 'Look around in the demo household' }).click();
    await page.getByRole('heading', { name: 'This is the demo household' }).waitFor();
    await page.getByText('Attic').first().waitFor();
    await wellMade(page);
    await page.getByRole('button', { name: 'Show the first plan' }).click();
    await heading(page, /^Usherr would make \d+ changes$/).waitFor({ timeout: 60_000 });
    await page.getByText('Nothing is taken away.').waitFor();
    await page
      .getByRole('button', { name: /Show titles.*Mark watched/ })
      .first()
      .click();
    await page.getByRole('table').first().waitFor();
    await wellMade(page);
    await page.getByRole('button', { name: /^Apply \d+ changes$/ }).click();
    await page.getByText('Applied', { exact: true }).waitFor({ timeout: 60_000 });
    await wellMade(page);
    const { rooms } = app.house;
    const waiting = await Promise.all((await rooms.connections.list()).map((one) => rooms.watchSync.pushStatus(one)));
    expect(waiting.filter((one) => one.failed > 0)).toEqual([]);
    await page.getByRole('button', { name: 'Remove the demo household' }).click();
    await page.getByRole('heading', { name: 'This is the demo household' }).waitFor({ state: 'hidden', timeout: 60_000 });
    expect(await rooms.connections.list()).toEqual([]);
    expect([faults, elsewhere]).toEqual([[], []]);
    await end();
  });
});

describe('connecting servers of one’s own', () => {
  let app: WebApp;
  let plex: Awaited<ReturnType<typeof createPlexFake>>;
  let jellyfin: JellyfinFake;
  let emby: EmbyFake;
  let seerr: FakeSeerr;
  const films = [1, 2, 3].map((n) => ({ kind: 'movie' as const, title: `Film ${n}`, year: 2000, ids: { imdb: `tt000000${n}` } }));
  const ids = new Map<string, readonly string[]>();

  beforeAll(async () => {
    [plex, jellyfin, emby, seerr] = await Promise.all([
      createPlexFake({ name: 'Living room' }),
      createJellyfinFake({ name: 'Attic' }),
      createEmbyFake({ name: 'Cabin' }),
      createSeerrFake({}),
    ]);
    for (const fake of [plex, jellyfin, emby]) {
      const library = fake.addLibrary({ name: 'Films', kind: 'movies' });
      ids.set(
        fake.type,
        films.map((film) => fake.addTitle(library, film)),
      );
    }
    jellyfin.addUser({ name: 'ben' });
    const watched = { played: true, playCount: 1 };
    plex.setState(plex.owner.id, ids.get('plex')?.[0] ?? '', { ...watched, lastPlayedAt: Date.now() - 9 * DAY });
    jellyfin.setState(jellyfin.owner.id, ids.get('jellyfin')?.[1] ?? '', { ...watched, lastPlayedAt: Date.now() - 3 * DAY });
    app = await startWebApp({ owner: false, plexTvUrl: plex.plexTvUrl });
  }, 120_000);
  afterEach(() => {
    for (const fake of [plex, jellyfin, emby]) fake.setMood('fine');
  });
  afterAll(async () => {
    await app?.close();
    for (const fake of [plex, jellyfin, emby, seerr]) await fake?.close();
  });

  it('tries each while it is typed, says what is wrong, and approves a first plan with a title left out', async () => {
    const { page, faults, elsewhere, end } = await app.visit('/welcome', { width: 1440 });
    await createOwner(page, app);
    const test = page.getByRole('region', { name: 'Live check' });
    const saved = (name: string) => page.getByText(`${name} is connected.`).waitFor();

    await page.getByRole('button', { name: 'Jellyfin', exact: true }).click();
    await page.getByLabel('Address').fill(jellyfin.baseUrl);
    await page.getByLabel('User name there').fill('owner');
    await page.getByLabel('Password there').fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Password there').fill('open-sesame');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await test.getByText('What was watched can be read').waitFor();
    await wellMade(page);
    await page.getByRole('button', { name: 'Save jellyfin' }).click();
    await saved('jellyfin');

    await page.getByRole('button', { name: 'Emby', exact: true }).click();
    await page.getByText('Key', { exact: true }).click();
    await page.getByLabel('Address').fill(emby.baseUrl);
    await page.getByLabel('Key', { exact: true }).last().fill('wrong');
    await test.getByText('The key is wrong or was revoked').waitFor();
    expect(await page.getByRole('button', { name: 'Save emby' }).isDisabled()).toBe(true);
    await wellMade(page);
    await page.getByLabel('Key', { exact: true }).last().fill(emby.owner.token);
    await test.getByText('What was watched can be read').waitFor();
    await page.getByRole('button', { name: 'Save emby' }).click();
    await saved('emby');

    await page.getByRole('button', { name: 'Plex', exact: true }).click();
    await page.getByRole('button', { name: 'Sign in with Plex' }).click();
    const link = String(await page.getByRole('link', { name: 'Open Plex to agree' }).getAttribute('href'));
    plex.approvePin(new URLSearchParams(new URL(link).hash.slice(2)).get('code') ?? '', plex.owner.id);
    await page.getByRole('radio', { name: /Living room/ }).waitFor();
    await test.getByText('What was watched can be read').waitFor();
    await page.getByRole('button', { name: 'Save plex' }).click();
    await saved('plex');

    await page.getByRole('button', { name: 'Seerr', exact: true }).click();
    await page.getByLabel('Address').fill(seerr.baseUrl);
    await page.getByLabel('Key', { exact: true }).last().fill(seerr.apiKey());
    await test.getByText('is an administrator there').waitFor();
    await page.getByRole('button', { name: 'Save seerr' }).click();
    await saved('seerr');

    await page.getByRole('button', { name: 'Show the first plan' }).click();
    await heading(page, 'Usherr would make 6 changes').waitFor({ timeout: 60_000 });
    await page
      .getByRole('button', { name: /Show titles.*Mark watched/ })
      .first()
      .click();
    await page.getByRole('checkbox', { name: 'Include: Film 1' }).first().uncheck();
    await heading(page, 'Usherr would make 3 changes').waitFor();
    await wellMade(page);
    await page.getByRole('button', { name: 'Apply 3 changes' }).click();
    await page.getByText('Applied', { exact: true }).waitFor({ timeout: 60_000 });
    const played = (fake: JellyfinFake | EmbyFake, n: number) => fake.stateOf(fake.owner.id, ids.get(fake.type)?.[n] ?? '').played;
    expect([played(emby, 1), played(emby, 0), played(jellyfin, 0)]).toEqual([true, false, false]);
    // The wrong password was refused, which the browser writes down as well.
    expect([faults.filter((fault) => !fault.includes('status of 400')), elsewhere]).toEqual([[], []]);
    await end();
  });
});
