import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebApp, type WebApp } from './support/web-app.ts';

let app: WebApp;
beforeAll(async () => {
  app = await startWebApp();
}, 120_000);
afterAll(() => app?.close());

type Manifest = Readonly<{ icons: readonly Readonly<{ src: string; type: string; sizes: string }>[] }>;

describe('the app on a phone', () => {
  it('can be installed: a browser finds nothing wrong, and every picture is what it says', async () => {
    const context = await app.signedIn();
    const { page, end } = await app.visit('/', { context });
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    const session = await context.newCDPSession(page);
    const { url, errors, data } = await session.send('Page.getAppManifest');
    expect(errors).toEqual([]);
    const { icons } = JSON.parse(data ?? '{}') as Manifest;
    expect(icons.map((icon) => icon.sizes)).toEqual(expect.arrayContaining(['any', '192x192', '512x512']));
    for (const { src, type, sizes } of icons) {
      const answer = await fetch(new URL(src, url));
      expect([answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([200, type]);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (type === 'image/png') expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
    }
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A private window, as tests have one, is never offered to be installed.
    expect(installabilityErrors.map((one) => one.errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
    await end();
    await context.close();
  });

  it('opens without the server and says so, and keeps no answer of the API', async () => {
    const context = await app.signedIn();
    const { page, end } = await app.visit('/', { context });
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.evaluate('navigator.serviceWorker.ready.then(() => true)');
    // The worker takes over with the next page, and keeps what that one loads.
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    const kept = (await page.evaluate(
      'caches.keys().then((names) => Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).map((one) => one.url)))).then((all) => all.flat())',
    )) as readonly string[];
    expect(kept.length).toBeGreaterThan(1);
    expect(kept.filter((url) => !url.startsWith(`${app.address}/app/`))).toEqual([]);
    await context.setOffline(true);
    await page.reload();
    await page.getByText('Usherr does not answer').first().waitFor();
    await context.setOffline(false);
    await end();
    await context.close();
  });
});

describe('times', () => {
  const clockIn = (at: string, timeZone: string): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(new Date(at));

  it('stand in the zone of the browser, and in another where a person chose one', async () => {
    const context = await app.signedIn();
    await context.request.post(`${app.address}/api/v1/people`, { data: { name: 'zoe' }, headers: { origin: app.address } });
    const { items } = (await (await context.request.get(`${app.address}/api/v1/activity?limit=1`)).json()) as { items: { at: string }[] };
    const at = items[0]?.at ?? expect.fail('nothing was done yet');
    const { page, end } = await app.visit('/activity', { context });
    await page.getByText(clockIn(at, 'Europe/Oslo')).first().waitFor();
    await page.goto(`${app.address}/app/settings/general`);
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Tokyo');
    await page.getByRole('option', { name: 'Asia/Tokyo' }).click();
    await page.goto(`${app.address}/app/activity`);
    await page.getByText(clockIn(at, 'Asia/Tokyo')).first().waitFor();
    await end();
    await context.close();
  });
});
