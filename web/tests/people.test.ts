import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createJellyfinFake, type JellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { accessFaults, fitsTheWidth, OWNER, startWebApp, type Visit, type WebApp } from './support/web-app.ts';

const KIM = { username: 'kim', password: 'another long password' };

let app: WebApp;
let jellyfin: JellyfinFake;

beforeAll(async () => {
  app = await startWebApp();
  jellyfin = await createJellyfinFake({ name: 'Living room' });
  jellyfin.addUser({ name: 'Kim' });
  jellyfin.addUser({ name: 'stranger' });
  const { baseUrl: url, owner } = jellyfin;
  const account = { personId: MAIN_PERSON, name: 'living_room', type: 'jellyfin', url, token: owner.token, user: owner.id };
  const { rooms } = app.house;
  await rooms.connections.create({ ...account, importEnabled: true, consent: 'given' });
  const kim = await rooms.people.create('kim', 'Kim');
  const by = { kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin'] } as const;
  await rooms.access.logins.create({ ...KIM, role: 'person', personId: kim.id }, by);
}, 120_000);
afterAll(async () => {
  await app?.close();
  await jellyfin?.close();
});

const wellMade = async ({ page }: Visit) => [await accessFaults(page), await fitsTheWidth(page)];
const heading = ({ page }: Visit, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

describe.each([
  [390, 'dark'],
  [1440, 'light'],
] as const)('people at %i px, %s', (width, theme) => {
  async function visited(path: string, who: typeof OWNER, work: (visit: Visit) => Promise<void>): Promise<void> {
    const context = await app.signedIn({ width, theme }, who);
    const visit = await app.visit(path, { context });
    await work(visit);
    expect([await wellMade(visit), visit.faults, visit.elsewhere]).toEqual([[[], true], [], []]);
    await visit.end();
    await context.close();
  }

  it('are matched by the word of whoever runs the house, shown with what speaks for it, and split again', () =>
    visited('/people', OWNER, async (visit) => {
      const { page } = visit;
      await heading(visit, 'People');
      await page.getByText('2 users of your servers are nobody here yet.').waitFor();
      expect(await wellMade(visit)).toEqual([[], true]);
      await page.getByRole('link', { name: 'Match users' }).click();
      await heading(visit, 'Match users');
      await page.getByText('Kim: called Kim here').waitFor();
      expect(await page.getByLabel('Who Kim on Living room is').inputValue()).toBe('kim');
      expect(await page.getByLabel('Who stranger on Living room is').inputValue()).toBe('');
      expect(await wellMade(visit)).toEqual([[], true]);
      const { rooms } = app.house;
      const kim = (await rooms.people.byName('kim'))?.id ?? expect.fail();
      expect(await rooms.connections.list(kim)).toEqual([]);
      await page.getByRole('button', { name: 'Join Kim to Kim' }).click();
      await page.getByText('Kim is Kim').waitFor();
      expect((await rooms.connections.list(kim)).map((one) => [one.userName, one.consent])).toEqual([['Kim', 'pending']]);
      await page.getByRole('link', { name: 'People' }).last().click();
      await page.getByText('Kim, waits for its first plan').waitFor();
      await page.goto(`${app.address}/app/people/match`);
      await page.getByRole('button', { name: 'Split Kim from Kim' }).click();
      await page.getByText('Only the account of the first owner is here.').waitFor();
      expect(await rooms.connections.list(kim)).toEqual([]);
    }));

  it('may do what the switches say', () =>
    visited('/people/kim', OWNER, async (visit) => {
      const { page } = visit;
      await heading(visit, 'Kim');
      const write = page.getByLabel('May mark, rate and list titles, change their own accounts and let apps in');
      await write.waitFor();
      await write.click({ force: true });
      const by = { kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin'] } as const;
      const scopes = async () => (await app.house.rooms.access.logins.list(by)).find((one) => one.username === 'kim')?.scopes;
      await expect.poll(scopes).not.toContain('write');
      await expect.poll(() => write.isEnabled()).toBe(true);
      await write.click({ force: true });
      await expect.poll(scopes).toContain('write');
    }));

  it('see themselves alone where they do not run the house', () =>
    visited('/people', KIM, async (visit) => {
      await visit.page.getByRole('link', { name: 'Kim' }).waitFor();
      expect(await visit.page.getByRole('link', { name: 'Match users' }).count()).toBe(0);
    }));
});
