import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createJellyfinFake, type JellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { loadConfig } from '#platform/config/index.ts';
import { openChromium } from '#tests/support/chromium.ts';
import { type House, openHouse } from '../../src/house.ts';

const PASSWORD = 'a long enough password';

let browser: Browser;
let folder: string;
let jellyfin: JellyfinFake;
let heat: string;
let house: House;
let address: string;
let page: Page;
let faults: string[];

beforeAll(async () => {
  browser = await openChromium();
}, 120_000);
afterAll(() => browser?.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usherr-home-'));
  jellyfin = await createJellyfinFake();
  const library = jellyfin.addLibrary({ name: 'Films', kind: 'movies' });
  heat = jellyfin.addTitle(library, { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } });
  const config = loadConfig({ USHERR_DATA_DIR: folder, USHERR_HOST: '127.0.0.1', USHERR_PORT: '0', USHERR_LOG_LEVEL: 'warn' });
  house = await openHouse({ config: { ...config, port: 0 }, logOutput: { write: () => true } });
  address = await house.listen();
});
afterEach(async () => {
  await page.context().close();
  await house.close();
  await jellyfin.close();
  await rm(folder, { recursive: true, force: true });
});

async function visit(width: number, scheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme: scheme });
  page = await context.newPage();
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  // A refused sign-in is told by the browser as well; anything else is a fault of ours, above all what the policy blocked.
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 40[13]/.test(message.text())) faults.push(message.text());
  });
  await page.goto(address);
}

const fitsTheWidth = () => page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
const everyFieldIsNamed = () => page.evaluate('[...document.querySelectorAll("input")].every((input) => input.labels.length === 1)');
const heading = (name: string) => page.getByRole('heading', { level: 1, name });

async function setUp(code: string): Promise<void> {
  await page.getByLabel('Set-up code').fill(code);
  await page.getByLabel('User name').fill('mo');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
}

describe.each([
  [390, 'light'],
  [1440, 'dark'],
] as const)('the page at / at %i px, %s', (width, scheme) => {
  it('leads from the set-up code to the state of the house', async () => {
    await visit(width, scheme);
    await heading('Welcome to Usherr').waitFor();
    expect([await fitsTheWidth(), await everyFieldIsNamed()]).toEqual([true, true]);

    await page.getByRole('button', { name: 'Create the owner' }).click();
    expect(await page.getByRole('alert').textContent()).toBe('Set-up code is missing.');
    await setUp('AAAA-AAAA-AAAA');
    await page.getByText('code', { exact: false }).and(page.getByRole('alert')).waitFor();
    await heading('Welcome to Usherr').waitFor();

    await setUp(house.words.setupCode ?? '');
    await heading('State of the house').waitFor();
    await page.getByText('None yet.', { exact: false }).waitFor();
    expect(await fitsTheWidth()).toBe(true);
    expect(faults).toEqual([]);
  });

  it('shows servers and plans, and an approval is one key away', async () => {
    await house.rooms.access.signup({ username: 'mo', password: PASSWORD, setupCode: house.words.setupCode, address: '127.0.0.1' });
    jellyfin.setState(jellyfin.owner.id, heat, { played: true, playCount: 1, lastPlayedAt: Date.UTC(2026, 0, 2) });
    const account = await house.rooms.connections.create({
      personId: MAIN_PERSON,
      name: 'living_room',
      type: 'jellyfin',
      url: jellyfin.baseUrl,
      token: jellyfin.owner.token,
      user: jellyfin.owner.id,
      importEnabled: true,
      consent: 'pending',
    });
    const signal = AbortSignal.timeout(10_000);
    const run = { signal, log: () => undefined, progress: () => undefined, breathe: async () => undefined };
    const plan = await house.rooms.watchSync.proposeFirstSync(MAIN_PERSON, run);

    await visit(width, scheme);
    await heading('Sign in').waitFor();
    await page.getByLabel('User name').fill('mo');
    await page.getByLabel('Password').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The username or the password is wrong.').waitFor();
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');

    await heading('State of the house').waitFor();
    await page.getByRole('heading', { level: 3, name: 'living_room works' }).waitFor();
    await page.getByText('Nothing is written to it before its plan is approved.').waitFor();
    expect(await fitsTheWidth()).toBe(true);
    await page.getByText('What would change, and why').click();
    await page.locator('.changes').getByText('Heat: learn as watched').waitFor();
    await page.locator('.changes').getByText('living_room: watched').waitFor();

    const approve = page.getByRole('button', { name: `Approve: ${plan.title}` });
    await approve.focus();
    await page.keyboard.press('Enter');
    await approve.waitFor({ state: 'detached' });
    await expect.poll(async () => (await house.rooms.connections.byId(account.id)).consent, { timeout: 10_000 }).toBe('given');

    await page.getByRole('button', { name: 'Sign out everywhere' }).click();
    await heading('Sign in').waitFor();
    expect(faults).toEqual([]);
  });

  it('has a page that shows the API without anything from elsewhere', async () => {
    await visit(width, scheme);
    const elsewhere: string[] = [];
    page.on('request', (request) => {
      if (!request.url().startsWith(address) && !request.url().startsWith('data:')) elsewhere.push(request.url());
    });
    await page.goto(`${address}/api/docs`);
    await page.locator('#operations-tag-health').waitFor();
    expect([elsewhere, faults]).toEqual([[], []]);
  });
});
