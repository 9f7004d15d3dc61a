import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
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
let house: House;
let address: string;
let jellyfin: JellyfinFake;
let app: Server;
let page: Page;
let faults: string[];
let elsewhere: string[];

beforeAll(async () => {
  browser = await openChromium();
}, 120_000);
afterAll(() => browser?.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usherr-apps-'));
  const config = loadConfig({ USHERR_DATA_DIR: folder, USHERR_HOST: '127.0.0.1', USHERR_PORT: '0', USHERR_LOG_LEVEL: 'warn' });
  house = await openHouse({ config: { ...config, port: 0 }, logOutput: { write: () => true } });
  address = await house.listen();
  await house.rooms.access.signup({ username: 'mo', password: PASSWORD, setupCode: house.words.setupCode, address: '127.0.0.1' });
  jellyfin = await createJellyfinFake({ name: 'Living room' });
  const { baseUrl: url, owner } = jellyfin;
  const account = { personId: MAIN_PERSON, name: 'living_room', type: 'jellyfin', url, token: owner.token, user: owner.id };
  await house.rooms.connections.create({ ...account, importEnabled: true, consent: 'given' });
  // The app: it shows that its person came back to it, on the port that it was given this time.
  app = createServer((request, reply) =>
    reply
      .setHeader('content-type', 'text/html')
      .end(`<title>The app</title><h1>Back with ${request.url?.split('?')[0]}</h1><link rel="icon" href="data:,">`),
  );
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await page.context().close();
  await new Promise((resolve) => app.close(resolve));
  app.closeAllConnections();
  await house.close();
  await jellyfin.close();
  await rm(folder, { recursive: true, force: true });
});

async function visit(url: string, width: number, scheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme: scheme });
  page = await context.newPage();
  faults = [];
  elsewhere = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/status of 401/.test(message.text())) faults.push(message.text());
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith('data:')) elsewhere.push(request.url());
  });
  await page.goto(url);
}

const fitsTheWidth = () => page.evaluate('document.documentElement.scrollWidth <= document.documentElement.clientWidth');
const everyFieldIsNamed = () =>
  page.evaluate('[...document.querySelectorAll("input:not([type=hidden]), select")].every((input) => input.labels.length === 1)');
const bigEnough = () =>
  page.evaluate(
    '[...document.querySelectorAll("button, .button")].every((one) => one.checkVisibility() === false || one.getBoundingClientRect().height >= 44)',
  );
const wellMade = async () => [await fitsTheWidth(), await everyFieldIsNamed(), await bigEnough()];
const heading = (name: string) => page.getByRole('heading', { level: 1, name });

describe.each([
  [390, 'light'],
  [1440, 'dark'],
] as const)('letting an app in at %i px, %s', (width, scheme) => {
  it('through a browser: sign in, see what it is, agree, and be back in the app with a code that works', async () => {
    const redirect = `http://127.0.0.1:${(app.address() as AddressInfo).port}/back`;
    const clientId = 'a-client-id-that-is-as-long-as-real-ones-are-0123456789abcdef0123456789abcdef';
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: clientId,
      'app-name': 'kodi',
      redirect_uri: redirect,
      state: 'st',
    });
    await visit(`${address}/oauth/authorize?${query}`, width, scheme);
    await heading('kodi asks to be let in').waitFor();
    await page.getByText(clientId).waitFor();
    await page.getByText(redirect).waitFor();
    expect(await wellMade()).toEqual([true, true, true]);

    await page.getByLabel('User name').first().fill('mo');
    await page.getByLabel('Password').first().fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('The username or the password is wrong.').waitFor();
    await page.getByLabel('User name').first().fill('mo');
    await page.getByLabel('Password').first().fill(PASSWORD);
    await page.keyboard.press('Enter');

    await heading('Let kodi in?').waitFor();
    await page.getByText('You are signed in as mo.').waitFor();
    expect(await wellMade()).toEqual([true, true, true]);
    expect(elsewhere).toEqual([]);
    await page.getByRole('button', { name: 'Let it in' }).click();
    await heading('Back with /back').waitFor();
    const told = new URL(page.url()).searchParams;
    expect(told.get('state')).toBe('st');
    const body = {
      code: told.get('code'),
      client_id: clientId,
      client_secret: 'shh',
      redirect_uri: redirect,
      grant_type: 'authorization_code',
    };
    const given = await fetch(`${address}/oauth/token`, { method: 'POST', body: JSON.stringify(body) });
    expect([given.status, await given.json()]).toEqual([200, expect.objectContaining({ token_type: 'bearer' })]);
    expect(faults).toEqual([]);
  });

  it('on a device: type the code, sign in with the account of a server, agree', async () => {
    const begun = (await (await fetch(`${address}/oauth/pin?client_id=tv-box`)).json()) as { user_code: string; verification_url: string };
    await visit(begun.verification_url, width, scheme);
    await heading('Let a device in').waitFor();
    expect(await wellMade()).toEqual([true, true, true]);
    await page.getByLabel('Code').fill('nope');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await page.getByLabel('Code').fill(begun.user_code.toLowerCase());
    await page.keyboard.press('Enter');

    await heading('tv-box asks to be let in').waitFor();
    await page.getByText('Sign in with an account on a media server').click();
    expect(await wellMade()).toEqual([true, true, true]);
    await page.getByLabel('Server').selectOption({ label: 'Living room (Jellyfin)' });
    await page.locator('#server-username').fill('owner');
    await page.locator('#server-password').fill(jellyfin.password);
    await page.keyboard.press('Enter');
    await heading('Let tv-box in?').waitFor();
    await page.getByText('You are signed in as owner.').waitFor();
    await page.getByRole('button', { name: 'Let it in' }).click();
    await heading('tv-box was let in').waitFor();
    const poll = (await (await fetch(`${address}/oauth/pin/${begun.user_code}?client_id=tv-box`)).json()) as Record<string, unknown>;
    expect(poll).toEqual({ result: 'OK', access_token: expect.any(String) });
    expect([elsewhere, faults.filter((fault) => !fault.includes('status of 404'))]).toEqual([[], []]);
  });

  it('or refusing it: nothing is granted, and the app is not told', async () => {
    const query = new URLSearchParams({ client_id: 'tv', redirect_uri: 'com.example.tv://back', response_type: 'code' });
    await visit(`${address}/oauth/authorize?${query}`, width, scheme);
    await page.getByLabel('User name').first().fill('mo');
    await page.getByLabel('Password').first().fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Refuse' }).click();
    await heading('tv was not let in').waitFor();
    expect([elsewhere, faults]).toEqual([[], []]);
  });
});
