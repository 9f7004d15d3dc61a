import type { BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createEmbyFake, type EmbyFake } from '#integrations/emby/emby.fake.ts';
import { createJellyfinFake, type JellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { eventually } from '#tests/support/household.ts';
import { movieNumber } from '#tests/support/journey.ts';
import { accessFaults, fitsTheWidth, startWebApp, type WebApp } from './support/web-app.ts';

const DAY = 86_400_000;
const FILMS = 30;

let app: WebApp;
let jellyfin: JellyfinFake;
let emby: EmbyFake;
let context: BrowserContext;
const ids = { jellyfin: [] as string[], emby: [] as string[] };

const wellMade = async (page: Parameters<typeof accessFaults>[0]) =>
  expect([await accessFaults(page), await fitsTheWidth(page)]).toEqual([[], true]);
const session = async () => {
  const { name, value } = (await context.cookies()).find((cookie) => cookie.httpOnly) ?? { name: '', value: '' };
  return { cookie: `${name}=${value}` };
};
const importNow = () =>
  app.house.rooms.watchSync.runImport({ signal: AbortSignal.timeout(60_000), log: () => {}, progress: () => {}, breathe: async () => {} });
const watchedOn = (fake: JellyfinFake | EmbyFake, some: readonly string[]): number =>
  some.filter((id) => fake.stateOf(fake.owner.id, id).played).length;

beforeAll(async () => {
  [jellyfin, emby] = await Promise.all([createJellyfinFake({ name: 'Attic' }), createEmbyFake({ name: 'Cabin' })]);
  for (const fake of [jellyfin, emby]) {
    const library = fake.addLibrary({ name: 'Films', kind: 'movies' });
    const own = ids[fake.type as 'emby'];
    for (let n = 0; n < FILMS; n += 1) own.push(fake.addTitle(library, movieNumber(n)));
    for (const id of own) fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt: Date.now() - 60 * DAY });
  }
  app = await startWebApp();
  for (const fake of [jellyfin, emby]) {
    await app.house.rooms.connections.create({
      personId: MAIN_PERSON,
      name: fake.type,
      type: fake.type,
      url: fake.baseUrl,
      token: fake.owner.token,
      user: fake.owner.id,
      importEnabled: true,
      exportEnabled: true,
      consent: 'given',
    });
  }
  await importNow();
  context = await app.signedIn({ width: 390, theme: 'dark' });
}, 180_000);
afterAll(async () => {
  await context?.close();
  await app?.close();
  for (const fake of [jellyfin, emby]) await fake?.close();
});

describe('sync', () => {
  it('runs a server when it is asked to, and shows what came of it', async () => {
    const { page, faults, end } = await app.visit('/sync', { context });
    await page.getByRole('heading', { level: 1, name: 'Sync' }).waitFor();
    await page.getByText('Every title is clear.').waitFor();
    await wellMade(page);
    await page.getByRole('button', { name: 'Run jellyfin now' }).click();
    await page.getByRole('heading', { level: 1, name: /^Import, / }).waitFor();
    await page.getByText(`jellyfin: ${FILMS} titles read`).waitFor();
    await wellMade(page);
    expect(faults).toEqual([]);
    await end();
  });

  it('has a run that stopped at its limit approved, but for what was left out of it', async () => {
    for (const id of ids.jellyfin.slice(0, 28)) await jellyfin.markByHand(jellyfin.owner.id, id, false);
    await importNow().catch(() => undefined);
    const { page, faults, end } = await app.visit('/sync', { context });
    await page.getByRole('button', { name: 'Review the plan of jellyfin' }).click();
    await page.getByRole('heading', { level: 1, name: 'Usherr would make 28 changes' }).waitFor();
    await page.getByText('28 changes take something away.').waitFor();
    await page.getByText('more than 25 in one run.').first().waitFor();
    await page.getByRole('button', { name: /Show titles.*Mark not watched/ }).click();
    const first = page.getByRole('checkbox', { name: /^Include: Movie/ }).first();
    await first.uncheck();
    await page.getByRole('heading', { level: 1, name: 'Usherr would make 27 changes' }).waitFor();
    await wellMade(page);
    await page.getByRole('button', { name: 'Apply 27 changes' }).click();
    await page.getByText('Applied', { exact: true }).waitFor({ timeout: 60_000 });
    await wellMade(page);
    await eventually(() => expect([watchedOn(emby, ids.emby), watchedOn(jellyfin, ids.jellyfin)]).toEqual([3, 3]), 60_000);
    expect(faults).toEqual([]);
    await end();
  });

  it('has a conflict settled by a person, with what each choice does', async () => {
    const films = jellyfin.addLibrary({ name: 'Doubtful', kind: 'movies' });
    jellyfin.addTitle(films, { kind: 'movie', title: 'Which One', year: 1999, ids: { imdb: 'tt9000001', tmdb: '700002' } });
    await importNow();
    const { page, faults, end } = await app.visit('/sync/conflicts', { context });
    await page.getByRole('radio', { name: 'It is none of these' }).waitFor();
    await wellMade(page);
    expect(await page.getByRole('button', { name: /^Settle/ }).count()).toBe(0);
    const about = String((await app.house.server.inject({ url: '/api/v1/conflicts', headers: await session() })).json().items[0].reason);
    await page.getByText(about).waitFor();
    await page.getByRole('radio', { name: /^It is Movie 1 / }).check();
    await page.getByRole('button', { name: 'Settle Which One' }).click();
    await page.getByText(about).waitFor({ state: 'hidden' });
    expect((await app.house.rooms.activity.list({ verb: 'conflict.settled' }, { offset: 0, limit: 5 })).total).toBe(1);
    expect(faults).toEqual([]);
    await end();
  });
});

describe('connections', () => {
  it('tells how each stands, asks before it removes, and takes a new key only where it opens the server', async () => {
    const { page, faults, end } = await app.visit('/connections', { context });
    await page.getByRole('link', { name: /Cabin/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Cabin' }).waitFor();
    await page.getByText('No notice has come yet.').waitFor();
    await wellMade(page);
    await page.getByLabel('Key', { exact: true }).last().fill('wrong');
    await page.getByText('The key is wrong or was revoked').waitFor();
    expect(await page.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Remove emby' }).click();
    await page.getByLabel('Type 1 to go on').fill('1');
    await page.getByRole('dialog').getByRole('button', { name: 'Remove emby' }).click();
    await page.getByRole('heading', { level: 1, name: 'Connections' }).waitFor();
    expect((await app.house.rooms.connections.list()).map(({ name }) => name)).toEqual(['jellyfin']);
    expect(faults).toEqual([]);
    await end();
  });
});
