import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebApp, type WebApp } from './support/web-app.ts';

let app: WebApp;
beforeAll(async () => {
  app = await startWebApp();
}, 120_000);
afterAll(() => app?.close());

describe('the page at /', () => {
  it('answers 200 to whoever probes, and runs nothing', async () => {
    const answer = await fetch(app.address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-security-policy')).not.toContain('script-src');
    expect(await answer.text()).not.toContain('<script');
  });

  it('leads people on to the web app', async () => {
    const { page, faults, end } = await app.visit('/../');
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/app/sign-in');
    expect(faults).toEqual([]);
    await end();
  });

  it('leads to a page that shows the API without anything from elsewhere', async () => {
    const { page, faults, elsewhere, end } = await app.visit('/../api/docs');
    await page.locator('#operations-tag-health').waitFor();
    expect([elsewhere, faults]).toEqual([[], []]);
    await end();
  });
});
