import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createJellyfinFake } from '#integrations/jellyfin/jellyfin.fake.ts';
import { createSeerrFake, type FakeSeerr, PERMISSION } from '#integrations/seerr/seerr.fake.ts';
import { accessFaults, fitsTheWidth, settled, startWebApp, type Visit, type WebApp } from './support/web-app.ts';

let app: WebApp;
const visits: Visit[] = [];
const closing: { close(): Promise<void> }[] = [];

beforeAll(async () => {
  app = await startWebApp();
}, 120_000);
afterEach(async () => {
  for (const visit of visits.splice(0)) await visit.end();
});
afterAll(async () => {
  await app?.close();
  for (const one of closing) await one.close();
});

async function visit(path: string, width = 1440): Promise<Visit> {
  const opened = await app.visit(path, { width, context: await app.signedIn({ width }) });
  visits.push(opened);
  return opened;
}

async function expectSound({ page, faults, elsewhere }: Visit): Promise<void> {
  expect([await accessFaults(page), await fitsTheWidth(page), faults, elsewhere]).toEqual([[], true, [], []]);
}

describe('a failed request', () => {
  let cabin: FakeSeerr;

  beforeAll(async () => {
    const main = await createSeerrFake();
    cabin = await createSeerrFake();
    closing.push(main, cabin);
    const { desks, requestReplication } = app.house.rooms;
    await desks.create({ name: 'Main', url: main.baseUrl, apiKey: main.apiKey(), role: 'primary' });
    await desks.create({ name: 'Cabin', url: cabin.baseUrl, apiKey: cabin.apiKey(), role: 'subordinate' });
    const user = main.addUser({ name: 'alice', email: 'alice@example.test', permissions: PERMISSION.REQUEST });
    main.addRequest({ kind: 'movie', tmdbId: 42, status: 'approved', requestedBy: user });
    cabin.blocklist('movie', 42);
    await requestReplication.wake();
    await vi.waitFor(async () => expect(await requestReplication.failed()).toHaveLength(1), { timeout: 20_000 });
  }, 40_000);

  it.each([390, 1440])('is found from Home, tells why, and is tried again with one press (%i px)', async (width) => {
    const opened = await visit('/', width);
    const { page } = opened;
    await page.getByText(/could not be requested on Cabin/).waitFor();
    await expectSound(opened);
    await page.getByRole('link', { name: /Look at the request/ }).click();
    await page.getByText('This media is blocklisted.').first().waitFor();
    await page.getByRole('link', { name: 'Requests' }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Requests' }).waitFor();
    await page.getByText('This media is blocklisted.').first().waitFor();
    await expectSound(opened);
    if (width !== 1440) return;
    cabin.unblocklist('movie', 42);
    await page
      .getByRole('button', { name: /Try again/ })
      .first()
      .click();
    // Nobody reloads: the stream tells that the requests have changed.
    await page.getByText('There', { exact: true }).first().waitFor({ timeout: 30_000 });
    expect(cabin.requests()).toHaveLength(1);
    await expectSound(opened);
  });

  it('has a plan that says what the next round would do', async () => {
    const opened = await visit('/requests/plan');
    await opened.page.getByText(/The next round would make/).waitFor();
    await expectSound(opened);
    await opened.page.goto(`${app.address}/app/requests/rules`);
    await opened.page.getByText('Requests are copied').waitFor();
    await opened.page.getByRole('switch', { name: 'Copy declines' }).click();
    await opened.page.getByRole('button', { name: 'Save 1 rule' }).click();
    await expect.poll(async () => (await app.house.rooms.requestReplication.config.view()).options.sync_declined).toBe(true);
    await expectSound(opened);
  });
});

describe('a log', () => {
  it.each([390, 1440])('is followed, paused with a key, and gone on with (%i px)', async (width) => {
    const logger = app.house.rooms.logging.logger('app');
    logger.warn({ room: 'player' }, `before ${width}`);
    const opened = await visit('/logs', width);
    const { page } = opened;
    await page.getByText(`before ${width}`).waitFor();
    logger.warn({ room: 'player', token: 'open sesame' }, `as it is written ${width}`);
    await page.getByText(`as it is written ${width}`).waitFor();
    await page.keyboard.press('f');
    await page.getByRole('button', { name: 'Follow' }).waitFor();
    for (const n of [1, 2]) logger.error({ room: 'jobs' }, `while paused ${width} ${n}`);
    await page.getByRole('button', { name: '2 new lines' }).waitFor();
    expect(await page.getByText(`while paused ${width} 1`).count()).toBe(0);
    await expectSound(opened);
    await page.getByRole('button', { name: '2 new lines' }).click();
    await page.getByText(`while paused ${width} 1`).waitFor();
    expect(await page.content()).not.toContain('open sesame');

    await page.goto(`${app.address}/app/logs?level=error&text=${encodeURIComponent(`paused ${width} 2`)}`);
    await page.getByText(`while paused ${width} 2`).waitFor();
    expect(await page.getByText(`before ${width}`).count()).toBe(0);
    await expectSound(opened);
  });

  it('keeps few lines on the page, however many there are', async () => {
    const logger = app.house.rooms.logging.logger('app');
    for (let n = 0; n < 2_000; n += 1) logger.warn(`line ${n}`);
    const { page } = await visit('/logs?text=line');
    await page.getByText('line 1999').waitFor();
    expect(await page.locator('ol > li[data-index]').count()).toBeLessThanOrEqual(100);
  });
});

describe('the bin', () => {
  it('gives back what was taken out of a history, and the activity says who did', async () => {
    const jellyfin = await createJellyfinFake();
    closing.push(jellyfin);
    const films = jellyfin.addLibrary({ name: 'Films', kind: 'movies' });
    const heat = jellyfin.addTitle(films, { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } });
    jellyfin.setState(jellyfin.owner.id, heat, { played: true, playCount: 1, lastPlayedAt: Date.now() - 86_400_000 });
    const { rooms } = app.house;
    await rooms.connections.create({
      personId: MAIN_PERSON,
      name: 'attic',
      type: 'jellyfin',
      url: jellyfin.baseUrl,
      token: jellyfin.owner.token,
      user: jellyfin.owner.id,
      importEnabled: true,
      consent: 'given',
    });
    const owner = { kind: 'login', id: '1', name: 'mo', role: 'owner', scopes: ['read', 'sync', 'write', 'admin'] } as const;
    const { id } = await rooms.jobs.enqueue(await rooms.tasks.jobFor({ name: 'import' }, owner));
    await rooms.jobs.settled(id, AbortSignal.timeout(30_000));
    const [entry] = (await rooms.history.list(MAIN_PERSON, {}, { offset: 0, limit: 1 })).entries;
    if (!entry) throw new Error('nothing was imported');
    const keep = rooms.historyBin.keepTitle({ personId: MAIN_PERSON, title: 'Heat (1995)', actor: owner });
    await rooms.watchSync.removeFromHistory(MAIN_PERSON, entry.media.id, keep);

    const opened = await visit('/bin', 390);
    const { page } = opened;
    await page.getByText('Heat (1995)').first().waitFor();
    await expectSound(opened);
    await page.getByRole('button', { name: 'Bring back Heat (1995)' }).click();
    await expect.poll(async () => (await rooms.history.list(MAIN_PERSON, {}, { offset: 0, limit: 1 })).total).toBe(1);
    await page.goto(`${app.address}/app/activity`);
    await page.getByRole('paragraph').filter({ hasText: 'brought Heat (1995) back from the bin' }).first().waitFor();
    await expectSound(opened);
  }, 60_000);

  it('is reached from the activity as well', async () => {
    const { rooms } = app.house;
    const [entry] = (await rooms.history.list(MAIN_PERSON, {}, { offset: 0, limit: 1 })).entries;
    if (!entry) throw new Error('nothing is there');
    const actor = { kind: 'login', id: '1', name: 'mo' };
    await rooms.watchSync.removeFromHistory(
      MAIN_PERSON,
      entry.media.id,
      rooms.historyBin.keepTitle({ personId: MAIN_PERSON, title: 'Heat (1995)', actor }),
    );
    const opened = await visit('/activity?about=history');
    const { page } = opened;
    await page
      .getByRole('button', { name: /^Why\? mo took Heat/ })
      .first()
      .click();
    await page.getByText('history.removed').waitFor();
    await expectSound(opened);
    await page.keyboard.press('Escape');
    await page
      .getByRole('button', { name: /^Bring back/ })
      .first()
      .click();
    await expect.poll(async () => (await rooms.history.list(MAIN_PERSON, {}, { offset: 0, limit: 1 })).total).toBe(1);
  });
});

describe('long work', () => {
  it('shows how far it is, is found again after a reload, and stops where somebody says so', async () => {
    const { jobs } = app.house.rooms;
    const begun = Promise.withResolvers<void>();
    jobs.handle('test:slow', async (_job, { progress, signal }) => {
      progress(250, 1_000, 'Films');
      begun.resolve();
      await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)));
    });
    const { id } = await jobs.enqueue({ name: 'test:slow', lane: 'interactive' });
    await begun.promise;
    const opened = await visit('/tasks');
    const { page } = opened;
    const card = page.getByRole('list', { name: 'Running now' });
    await card.getByText('250 of 1,000').waitFor();
    await expectSound(opened);
    await page.reload();
    await card.getByText('25\u00a0%', { exact: true }).waitFor();
    await card.getByRole('button', { name: /^Stop/ }).click();
    await card.getByText('What was done until now stays done').waitFor();
    await card.getByRole('button', { name: 'Stop it' }).click();
    expect(await jobs.settled(id, AbortSignal.timeout(10_000))).toMatchObject({ status: 'cancelled' });
    await card.waitFor({ state: 'detached' });
  });
});

describe('tasks', () => {
  it('run with one press, and tell what came of it', async () => {
    const opened = await visit('/tasks/indexes');
    const { page } = opened;
    await page.getByRole('button', { name: 'Run now' }).click();
    await page.getByRole('cell', { name: /Done/ }).first().waitFor({ timeout: 30_000 });
    await expectSound(opened);
    await page.getByRole('link', { name: 'Log', exact: true }).first().click();
    await page.getByRole('heading', { level: 1, name: 'Tidy the database' }).waitFor();
    await page.getByText('What came of it').waitFor();
    await expectSound(opened);
    await page.goto(`${app.address}/app/tasks/events`);
    await page.getByText('Everything was delivered.').waitFor();
    await expectSound(opened);
  });
});

describe('diagnostics', () => {
  it.each(['duplicates', 'parity', 'integrity', 'unmatched', 'mismatched', 'stale'])('of %s have their own page', async (kind) => {
    const opened = await visit(`/diagnostics/${kind}`, 390);
    await settled(opened);
    await expectSound(opened);
  });
});
