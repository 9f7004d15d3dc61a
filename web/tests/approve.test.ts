import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createJellyfinFake, type JellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { accessFaults, fitsTheWidth, OWNER, startWebApp, type Visit, type WebApp } from './support/web-app.ts';

let app: WebApp;
let jellyfin: JellyfinFake;
let client: Server;
let redirect: string;

beforeAll(async () => {
  app = await startWebApp();
  jellyfin = await createJellyfinFake({ name: 'Living room' });
  const { baseUrl: url, owner } = jellyfin;
  const account = { personId: MAIN_PERSON, name: 'living_room', type: 'jellyfin', url, token: owner.token, user: owner.id };
  await app.house.rooms.connections.create({ ...account, importEnabled: true, consent: 'given' });
  // The app: it shows that its person came back to it, on the port that it was given this time.
  client = createServer((request, reply) =>
    reply
      .setHeader('content-type', 'text/html')
      .end(`<title>The app</title><h1>Back with ${request.url?.split('?')[0]}</h1><link rel="icon" href="data:,">`),
  );
  await new Promise<void>((resolve) => client.listen(0, '127.0.0.1', resolve));
  redirect = `http://127.0.0.1:${(client.address() as AddressInfo).port}/back`;
}, 120_000);
afterAll(async () => {
  await app?.close();
  await jellyfin?.close();
  client?.closeAllConnections();
  client?.close();
});

const pinOf = async (clientId: string) =>
  (await (await fetch(`${app.address}/oauth/pin?client_id=${clientId}`)).json()) as { user_code: string; verification_url: string };
const heading = ({ page }: Visit, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
const wellMade = async ({ page }: Visit) => [await accessFaults(page), await fitsTheWidth(page)];

describe.each([
  [390, 'light'],
  [1440, 'dark'],
] as const)('letting an app in at %i px, %s', (width, theme) => {
  it('through a browser: sign in, see what it is, agree, and be back in the app with a code that works', async () => {
    const clientId = `a-client-id-that-is-as-long-as-real-ones-are-0123456789abcdef0123456789abcdef-${width}`;
    const query = { response_type: 'code', client_id: clientId, 'app-name': 'kodi', redirect_uri: redirect, state: 'st' };
    const visit = await app.visit('/approve', { width, theme });
    const { page } = visit;
    await page.goto(`${app.address}/oauth/authorize?${new URLSearchParams(query)}`);
    await heading(visit, 'kodi asks to be let in');
    for (const shown of [clientId, redirect]) await page.getByText(shown).waitFor();
    expect(await wellMade(visit)).toEqual([[], true]);

    await page.getByLabel('User name').fill(OWNER.username);
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The username or the password is wrong.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
    await page.keyboard.press('Enter');
    await page.getByText('You are signed in as main.').waitFor();
    expect([await wellMade(visit), visit.elsewhere]).toEqual([[[], true], []]);

    await page.getByRole('button', { name: 'Let kodi in' }).click();
    await heading(visit, 'Back with /back');
    const told = new URL(page.url()).searchParams;
    expect(told.get('state')).toBe('st');
    const body = {
      code: told.get('code'),
      client_id: clientId,
      client_secret: 'shh',
      redirect_uri: redirect,
      grant_type: 'authorization_code',
    };
    const given = await fetch(`${app.address}/oauth/token`, { method: 'POST', body: JSON.stringify(body) });
    expect([given.status, await given.json(), visit.faults]).toEqual([200, expect.objectContaining({ token_type: 'bearer' }), []]);
    await visit.end();
  });

  it('on a device: type the code, sign in with the account of a server, agree', async () => {
    const clientId = `tv-box-${width}`;
    const begun = await pinOf(clientId);
    const visit = await app.visit('/approve', { width, theme });
    const { page } = visit;
    await page.goto(begun.verification_url);
    await heading(visit, 'Let a device in');
    expect(await wellMade(visit)).toEqual([[], true]);
    await page.getByLabel('Code').fill('nope');
    await page.keyboard.press('Enter');
    await page.getByText('Nothing waits here.').waitFor();
    await page.getByLabel('Code').fill(begun.user_code.toLowerCase());
    await page.keyboard.press('Enter');

    await heading(visit, `${clientId} asks to be let in`);
    await page.getByLabel('Account').selectOption({ label: 'Living room (Jellyfin)' });
    await page.getByLabel('User name').fill('owner');
    await page.getByLabel('Password', { exact: true }).fill(jellyfin.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByText('You are signed in as owner.').waitFor();
    expect(await wellMade(visit)).toEqual([[], true]);
    await page.getByRole('button', { name: `Let ${clientId} in` }).click();
    await heading(visit, `${clientId} was let in`);
    expect(await wellMade(visit)).toEqual([[], true]);
    const poll = await (await fetch(`${app.address}/oauth/pin/${begun.user_code}?client_id=${clientId}`)).json();
    expect(poll).toEqual({ result: 'OK', access_token: expect.any(String) });
    expect([visit.elsewhere, visit.faults]).toEqual([[], []]);
    await visit.end();
  });

  it('or refusing it, by whoever is signed in: nothing is granted', async () => {
    const clientId = `tv-${width}`;
    const context = await app.signedIn({ width, theme });
    const visit = await app.visit(`/approve?code=${(await pinOf(clientId)).user_code}`, { context });
    await visit.page.getByRole('button', { name: 'Look up this code' }).click();
    await visit.page.getByRole('button', { name: `Refuse ${clientId}` }).click();
    await heading(visit, `${clientId} was not let in`);
    const grants = await app.house.rooms.appGrants.apps.list({ kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin'] });
    expect(grants.map((one) => one.clientId)).not.toContain(clientId);
    expect([visit.elsewhere, visit.faults]).toEqual([[], []]);
    await visit.end();
    await context.close();
  });

  it('says why an app cannot be let in', async () => {
    const visit = await app.visit('/approve', { width, theme });
    const query = { response_type: 'code', client_id: 'x', redirect_uri: 'javascript:alert(1)' };
    await visit.page.goto(`${app.address}/oauth/authorize?${new URLSearchParams(query)}`);
    await heading(visit, 'This app cannot be let in');
    await visit.page.getByText('Nobody can be sent where it leads back to.').waitFor();
    expect([await wellMade(visit), visit.faults]).toEqual([[[], true], []]);
    await visit.end();
  });
});
