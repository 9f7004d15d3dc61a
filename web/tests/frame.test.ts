import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessFaults, fitsTheWidth, OWNER, startWebApp, type WebApp } from './support/web-app.ts';

let app: WebApp;
beforeAll(async () => {
  app = await startWebApp();
}, 120_000);
afterAll(() => app?.close());

describe.each([
  [390, 'light'],
  [1440, 'dark'],
] as const)('the frame at %i px, %s', (width, theme) => {
  it('asks a stranger to sign in, and leads on to the address that was asked for', async () => {
    const { page, faults, elsewhere, end } = await app.visit('/', { width, theme });
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect([await accessFaults(page), await fitsTheWidth(page)]).toEqual([[], true]);
    await page.getByLabel('User name').fill(OWNER.username);
    await page.getByLabel('Password', { exact: true }).fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('The username or the password is wrong.').waitFor();
    await page.getByLabel('Password', { exact: true }).fill(OWNER.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect([await accessFaults(page), await fitsTheWidth(page), faults, elsewhere]).toEqual([[], true, [], []]);
    await end();
  });

  it('keeps the session where no script can read it, and ends it on every device', async () => {
    const context = await app.signedIn({ width, theme });
    const { page, end } = await app.visit('/', { context });
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect(await page.evaluate('document.cookie')).toBe('');
    await page.getByRole('button', { name: 'Your account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await end();
    await context.close();
  });

  it('says of an address that leads nowhere that it does', async () => {
    const context = await app.signedIn({ width, theme });
    const { page, end } = await app.visit('/nowhere', { context });
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    await end();
    await context.close();
  });
});

describe('by keyboard', () => {
  it('opens the palette, and goes to a room by its name', async () => {
    const context = await app.signedIn();
    const { page, faults, end } = await app.visit('/', { context });
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Search titles, people, actions').fill('Home');
    await page.getByRole('button', { name: 'Home' }).waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    expect(faults).toEqual([]);
    await end();
    await context.close();
  });

  it('shows the keys that there are, and finds the page of an action', async () => {
    const context = await app.signedIn();
    const { page, faults, end } = await app.visit('/', { context });
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor();
    expect(await accessFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: 'Keys' }).waitFor({ state: 'detached' });
    await page.keyboard.press('/');
    await page.getByPlaceholder('Search titles, people, actions').fill('api key');
    await page.getByText('Make an API key').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL('**/app/settings/keys');
    expect(faults).toEqual([]);
    await end();
    await context.close();
  });
});
