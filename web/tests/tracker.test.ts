import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createJellyfinFake, type JellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import type { MediaId } from '#kernel/ids.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { accessFaults, fitsTheWidth, startWebApp, type Visit, type WebApp } from './support/web-app.ts';

const HOUR = 3_600_000;
const show = { title: 'Twin Peaks', year: 1990, ids: { tvdb: '70533' } };

let app: WebApp;
let jellyfin: JellyfinFake;

async function idOf(title: string): Promise<MediaId> {
  const graph = createMediaGraph(app.house.rooms.database, { clock: app.house.rooms.clock });
  const ids = Array.from({ length: 40 }, (_, index) => (index + 1) as MediaId);
  const found = [...(await graph.describe(ids)).values()].find((media) => media.title === title && media.kind !== 'episode');
  return found?.id ?? expect.fail(`${title} is not here`);
}

beforeAll(async () => {
  app = await startWebApp();
  jellyfin = await createJellyfinFake({ name: 'Living room' });
  const [movies, shows] = [jellyfin.addLibrary({ name: 'Films', kind: 'movies' }), jellyfin.addLibrary({ name: 'Shows', kind: 'shows' })];
  const alien = { kind: 'movie', title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' }, durationMs: 2 * HOUR } as const;
  const seen = jellyfin.addTitle(movies, alien);
  jellyfin.addTitle(movies, { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' }, durationMs: 3 * HOUR });
  const [first] = [1, 2, 3].map((number) =>
    jellyfin.addTitle(shows, { kind: 'episode', title: `Part ${number}`, show, season: 1, episodes: [number], ids: {}, durationMs: HOUR }),
  );
  const lastPlayedAt = Math.floor(Date.now() / 1_000) * 1_000 - 26 * HOUR;
  for (const id of [seen, first]) jellyfin.setState(jellyfin.owner.id, String(id), { played: true, playCount: 1, lastPlayedAt });
  const { baseUrl: url, owner } = jellyfin;
  const account = { personId: MAIN_PERSON, name: 'living_room', type: 'jellyfin', url, token: owner.token, user: owner.id };
  const { rooms } = app.house;
  await rooms.connections.create({ ...account, importEnabled: true, consent: 'given' });
  const quiet = { signal: AbortSignal.timeout(25_000), log: () => undefined, progress: () => undefined, breathe: async () => undefined };
  await rooms.watchSync.runImport(quiet);
  await rooms.events.idle(AbortSignal.timeout(10_000));
  await letAppIn(rooms.appGrants, { clientId: 'tv-box' });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await jellyfin?.close();
});

const wellMade = async ({ page }: Visit) => [await accessFaults(page), await fitsTheWidth(page)];
const heading = ({ page }: Visit, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

describe.each([
  [390, 'light'],
  [1440, 'dark'],
] as const)('the tracker at %i px, %s', (width, theme) => {
  async function inTracker(path: string, work: (visit: Visit) => Promise<void>): Promise<void> {
    const context = await app.signedIn({ width, theme });
    const visit = await app.visit(path, { context });
    await work(visit);
    expect([await wellMade(visit), visit.faults, visit.elsewhere]).toEqual([[[], true], [], []]);
    await visit.end();
    await context.close();
  }

  it('says what comes next, and leads to the lists', () =>
    inTracker('/tracker', async (visit) => {
      await heading(visit, 'Tracker');
      const number = width === 390 ? 2 : 3;
      await visit.page.getByText(`S1 E${number} · Part ${number}`).waitFor();
      await visit.page.getByText(/^\d episodes? left/).waitFor();
      expect(await wellMade(visit)).toEqual([[], true]);
      await visit.page.getByRole('link', { name: 'Completed' }).click();
      await heading(visit, 'Completed');
      await visit.page.getByText('Alien').waitFor();
    }));

  it('marks the next episode, by a key and after a look at what that changes', () =>
    inTracker('/tracker', async (visit) => {
      const { page } = visit;
      const number = width === 390 ? 2 : 3;
      await page.getByRole('button', { name: `Mark S1 E${number} watched` }).waitFor();
      await page.keyboard.press('e');
      await page.getByText(/^It is marked here/).waitFor();
      expect(await wellMade(visit)).toEqual([[], true]);
      const watched = async () => (await app.house.rooms.tracker.own.standing(MAIN_PERSON, await idOf('Twin Peaks'))).counts?.watched;
      expect(await watched()).toBe(number - 1);
      await page.getByRole('button', { name: `Mark S1 E${number} watched now` }).click();
      await expect.poll(watched).toBe(number);
    }));

  it('rates a title and puts it on another list, which is kept', () =>
    inTracker('/tracker/lists/completed', async (visit) => {
      const { page } = visit;
      const rating = width === 390 ? '8' : '9';
      await page.getByLabel('Rating of Alien').selectOption(rating);
      await expect
        .poll(async () => (await app.house.rooms.tracker.own.standing(MAIN_PERSON, await idOf('Alien'))).rating?.rating)
        .toBe(Number(rating));
      await page.getByLabel('List of Alien').selectOption('dropped');
      await page.getByLabel('List of Alien').waitFor({ state: 'detached' });
      await page.getByLabel('List', { exact: true }).selectOption('dropped');
      await page.getByLabel('Rating of Alien').waitFor();
      expect(await page.getByLabel('Rating of Alien').inputValue()).toBe(rating);
      await page.getByLabel('List of Alien').selectOption('completed');
      await page.getByLabel('List of Alien').waitFor({ state: 'detached' });
      await page.goto(`${app.address}/app/tracker/lists/completed?text=nothing+is+called+so`);
      await page.getByText('Nothing on this list fits.').waitFor();
    }));

  it('has the history by its days, and what it comes to, as charts and as tables', () =>
    inTracker('/tracker/history', async (visit) => {
      await visit.page.getByText(/^\d plays$/).waitFor();
      expect(await wellMade(visit)).toEqual([[], true]);
      await visit.page.getByRole('link', { name: 'Statistics' }).click();
      await heading(visit, 'Statistics');
      await visit.page.getByText('Show the figures as a table').first().click();
      await visit.page.getByText('1 play, 2 hr').first().waitFor();
      await visit.page.locator('.recharts-bar-rectangle path').first().waitFor();
    }));

  it('shows what a file would bring before it takes it in', () =>
    inTracker('/tracker/import', async (visit) => {
      const { page } = visit;
      const name = width === 390 ? 'Blade Runner' : 'Brazil';
      const ids = width === 390 ? { imdb: 'tt0083658', tmdb: 78 } : { imdb: 'tt0088846', tmdb: 68 };
      const watched = [
        {
          plays: 1,
          last_watched_at: '2024-01-02T20:00:00.000Z',
          last_updated_at: '2024-01-02T20:00:00.000Z',
          movie: { title: name, year: 1985, ids: { trakt: 1, slug: 'x', ...ids } },
        },
      ];
      const chooser = page.waitForEvent('filechooser');
      await page.getByLabel('Files').click();
      await (await chooser).setFiles({
        name: 'watched-movies.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify(watched)),
      });
      await page.getByRole('button', { name: 'Show what it would bring' }).click();
      const take = page.getByRole('button', { name: /^Take \d+ entr(y|ies) in$/ });
      await take.waitFor();
      expect(await wellMade(visit)).toEqual([[], true]);
      await expect(idOf(name)).rejects.toThrow('is not here');
      // A reload finds the run again.
      await page.reload();
      await take.click();
      await page.getByText(/entr(y was|ies were) taken in/).waitFor();
      expect(await idOf(name)).toBeGreaterThan(0);
      const download = page.waitForEvent('download');
      await page.getByRole('link', { name: 'Export as JSON' }).click();
      expect((await download).suggestedFilename()).toBe('usherr-history-main.json');
    }));

  it('lists the apps that were let in, and sends one away', () =>
    inTracker('/tracker/apps', async (visit) => {
      const { page } = visit;
      const send = page.getByRole('button', { name: 'Send tv-box away' });
      await send.first().waitFor();
      expect(await wellMade(visit)).toEqual([[], true]);
      await send.first().click();
      await page.getByText('No app was let in.').waitFor();
      await letAppIn(app.house.rooms.appGrants, { clientId: 'tv-box' });
    }));
});
