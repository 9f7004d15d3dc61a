import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '#kernel/instant.ts';
import { createRecordingProxy } from '#tests/support/recording-proxy.ts';
import { createJellyfinDriver } from './index.ts';
import { createJellyfinFake, type JellyfinFake } from './jellyfin.fake.ts';
import { hasNewPaths } from './jellyfin-dialect.ts';

const options = () => ({ signal: AbortSignal.timeout(5_000) });
let fake: JellyfinFake;
afterEach(() => fake.close());

async function open(version: string) {
  fake = await createJellyfinFake({ version });
  const driver = createJellyfinDriver({ clock: systemClock, deviceId: 'test' });
  const connection = { url: fake.baseUrl, token: fake.owner.token, userId: fake.owner.id };
  return { driver, connection, server: driver.connect(connection) };
}

describe('Jellyfin', () => {
  it.each([
    ['10.8.13', `/Users/USER/Items`, `/Users/USER/PlayedItems/ITEM`],
    ['10.11.8', '/Items', '/UserPlayedItems/ITEM'],
  ])('%s is spoken to by its own paths', async (version, list, mark) => {
    const { server } = await open(version);
    const library = fake.addLibrary({ name: 'Films', kind: 'movies' });
    const item = fake.addTitle(library, { kind: 'movie', title: 'Suzume' });
    await server.readItem(item, options());
    await server.markPlayed(item, { ...options(), at: Date.UTC(2024, 0, 1) });
    const paths = fake.calls.map((call) => call.path.replace(fake.owner.id, 'USER').replace(item, 'ITEM'));
    expect(paths).toEqual(expect.arrayContaining([list, mark]));
    expect(paths.filter((path) => path === '/System/Info/Public')).toHaveLength(1);
    expect(fake.calls.every((call) => call.status === 200)).toBe(true);
  });

  it.each([
    ['10.8.13', false],
    ['10.9.0', true],
    ['10.10.7', true],
    ['10.11.8', true],
    ['11.0.0', true],
    ['', true],
    ['unstable', true],
  ])('of version "%s" has the new paths: %s', async (version, expected) => {
    fake = await createJellyfinFake();
    expect(hasNewPaths(version)).toBe(expected);
  });

  it('is asked for movies themselves, which it may show as collections otherwise', async () => {
    const { server } = await open('10.11.8');
    const library = fake.addLibrary({ name: 'Films', kind: 'movies' });
    fake.addTitle(library, { kind: 'movie', title: 'Suzume' });
    const reading = server.readLibrary({ id: library, name: 'Films', kind: 'movies', supported: true }, { ...options(), pageSize: 10 });
    for await (const page of reading) expect(page.items).toHaveLength(1);
    const lists = fake.calls.filter(({ path }) => path === '/Items');
    expect(lists.map(({ query }) => query.collapseBoxSetItems)).toEqual(['false']);
  });

  it('gives a token for a user name and password', async () => {
    const { driver } = await open('10.11.8');
    const issued = await driver.signIn?.({ url: fake.baseUrl, username: 'owner', password: fake.password }, options());
    expect(issued).toEqual({ token: expect.any(String), userId: fake.owner.id, userName: 'owner', serverUuid: fake.uuid });
    const { token = '', userId = '' } = issued ?? {};
    expect(await driver.connect({ url: fake.baseUrl, token, userId }).identify(options())).toMatchObject({ uuid: fake.uuid });
  });

  it('says so where the password is wrong, without showing it', async () => {
    const { driver } = await open('10.11.8');
    const wrong = driver.signIn?.({ url: fake.baseUrl, username: 'owner', password: 'hunter2-secret' }, options());
    await expect(wrong).rejects.toMatchObject({ code: 'upstream-unauthorized', message: expect.not.stringContaining('hunter2-secret') });
  });

  it('lets an administrator act for a child, and not the other way round', async () => {
    const { driver, connection } = await open('10.11.8');
    const child = fake.addUser({ name: 'Robin' });
    expect(await driver.tokenForUser?.(connection, child, options())).toBe(fake.owner.token);
    const asChild = { ...connection, token: child.token, userId: child.id };
    await expect(driver.tokenForUser?.(asChild, fake.owner, options())).rejects.toMatchObject({ code: 'upstream-forbidden' });
  });

  it('takes an API key of the dashboard for any user', async () => {
    const { driver, connection } = await open('10.11.8');
    const item = fake.addTitle(fake.addLibrary({ name: 'Films', kind: 'movies' }), { kind: 'movie', title: 'Suzume' });
    const server = driver.connect({ ...connection, token: fake.apiKey });
    await server.identify(options());
    await server.markPlayed(item, { ...options(), at: Date.UTC(2024, 0, 1) });
    expect(fake.stateOf(fake.owner.id, item).played).toBe(true);
  });

  it('asks for a user before it reads anybody’s state', async () => {
    const { driver } = await open('10.11.8');
    const server = driver.connect({ url: fake.baseUrl, token: fake.owner.token });
    await expect(server.listLibraries(options())).rejects.toMatchObject({ code: 'misconfigured' });
  });

  it('takes the played mark away when a watched title is begun again, and keeps its count', async () => {
    const { server } = await open('10.11.8');
    const item = fake.addTitle(fake.addLibrary({ name: 'Films', kind: 'movies' }), { kind: 'movie', title: 'Suzume' });
    await fake.finish(fake.owner.id, item);
    await fake.pauseAt(fake.owner.id, item, 600_000);
    expect((await server.readItem(item, options()))?.state).toMatchObject({ played: false, playCount: 2, positionMs: 600_000 });
  });
});

describe('the count of a mark on Jellyfin', () => {
  /** Something that happens there between the mark and the write of its count. */
  async function between(act: (item: string) => void): Promise<Readonly<{ item: string; answer: unknown }>> {
    const { driver, connection } = await open('10.11.8');
    const item = fake.addTitle(fake.addLibrary({ name: 'Films', kind: 'movies' }), { kind: 'movie', title: 'Suzume' });
    let acted = false;
    const proxy = await createRecordingProxy(fake.baseUrl, (path) => {
      if (!acted && path.endsWith('/UserData')) {
        acted = true;
        act(item);
      }
    });
    try {
      const server = driver.connect({ ...connection, url: proxy.baseUrl });
      return { item, answer: await server.markPlayed(item, { ...options(), at: Date.UTC(2024, 0, 1), plays: 4 }) };
    } finally {
      await proxy.close();
    }
  }

  it('stands in for nobody’s own start', async () => {
    const { item, answer } = await between((id) => void fake.pauseAt(fake.owner.id, id, 60_000));
    // Four plays that we know, and the one that has begun.
    expect(fake.stateOf(fake.owner.id, item)).toMatchObject({ played: false, playCount: 5, positionMs: 60_000 });
    expect(answer).toMatchObject({ played: false, playCount: 5 });
  });

  it('that the server does not take leaves the mark as it is, and says nothing of the state', async () => {
    const { item, answer } = await between(() => fake.setMood('unauthorized'));
    expect(fake.stateOf(fake.owner.id, item)).toMatchObject({ played: true, playCount: 1 });
    expect(answer).toBeUndefined();
  });
});
