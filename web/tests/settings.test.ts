import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessFaults, fitsTheWidth, OWNER, startWebApp, type Visit, type WebApp } from './support/web-app.ts';

const by = { kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin', 'read', 'write', 'sync'] } as const;
const KIM = { username: 'kim', password: 'another long password' };

let app: WebApp;
beforeAll(async () => {
  app = await startWebApp();
  const kim = await app.house.rooms.people.create('kim', 'Kim');
  await app.house.rooms.access.logins.create({ ...KIM, role: 'person', personId: kim.id }, by);
}, 120_000);
afterAll(() => app?.close());

const wellMade = async ({ page }: Visit) => [await accessFaults(page), await fitsTheWidth(page)];

describe.each([
  [390, 'light'],
  [1440, 'dark'],
] as const)('settings at %i px, %s', (width, theme) => {
  async function visited(path: string, work: (visit: Visit) => Promise<void>, who = OWNER): Promise<void> {
    const context = await app.signedIn({ width, theme }, who);
    const visit = await app.visit(path, { context });
    await work(visit);
    expect([await wellMade(visit), visit.faults, visit.elsewhere]).toEqual([[[], true], [], []]);
    await visit.end();
    await context.close();
  }

  it('make a key, which is shown this once, and revoke it, which ends it', () =>
    visited('/settings/keys', async (visit) => {
      const { page } = visit;
      const name = `script ${width}`;
      await page.getByLabel('Name').fill(name);
      await page.getByRole('button', { name: 'Make this key' }).click();
      const key = await page.getByText(/^usherr_/).innerText();
      const status = async () => (await fetch(`${app.address}/api/v1/session`, { headers: { 'x-api-key': key } })).status;
      expect(await status()).toBe(200);
      expect(await wellMade(visit)).toEqual([[], true]);
      await page.reload();
      await page.getByRole('button', { name: `Revoke ${name}`, exact: true }).click();
      await page.getByText('Whatever uses this key is refused from now on.').waitFor();
      expect([await status(), await page.getByText(key).count()]).toEqual([200, 0]);
      await page.getByRole('button', { name: `Revoke ${name} now` }).click();
      await page
        .getByText(/^Revoked: /)
        .first()
        .waitFor();
      expect(await status()).toBe(401);
    }));

  it('change one thing of the house, with a bar that says what', () =>
    visited('/settings/general', async (visit) => {
      const { page } = visit;
      const field = page.getByLabel(/^Language/).last();
      await field.waitFor();
      expect(await wellMade(visit)).toEqual([[], true]);
      const files = page.getByRole('switch', { name: /path/i }).first();
      const before = await files.isChecked();
      await files.setChecked(!before, { force: true });
      await page.getByRole('button', { name: 'Save 1 change' }).click();
      await page.getByRole('button', { name: 'Save 1 change' }).waitFor({ state: 'detached' });
      await page.reload();
      await expect.poll(() => page.getByRole('switch', { name: /path/i }).first().isChecked()).toBe(!before);
    }));

  it('keep how somebody likes to see things', () =>
    visited('/settings', async (visit) => {
      const { page } = visit;
      await page.getByLabel('Theme').selectOption('dark');
      await page.getByLabel('Rows of lists').selectOption('compact');
      await page.reload();
      expect([await page.getByLabel('Theme').inputValue(), await page.getByLabel('Rows of lists').inputValue()]).toEqual([
        'dark',
        'compact',
      ]);
    }));

  it.each(['limits', 'backups', 'apps', 'about'])('show %s', (path) =>
    visited(`/settings/${path}`, async ({ page }) => {
      await page.getByRole('heading', { level: 2 }).first().waitFor();
      await page.waitForLoadState('networkidle');
    }),
  );

  it('are those of their own for members', () =>
    visited(
      '/settings/limits',
      async ({ page }) => {
        await page.getByText('This page is for those who run this house.').waitFor();
        expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(1);
        expect(await page.getByRole('link', { name: 'Backups' }).count()).toBe(0);
      },
      KIM,
    ));
});
