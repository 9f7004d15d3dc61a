import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#kernel/instant.ts';
import { createEmbyFake, type EmbyFake } from './emby.fake.ts';
import { createEmbyDriver } from './index.ts';

const options = () => ({ signal: AbortSignal.timeout(5_000) });
const driver = createEmbyDriver({ clock: systemClock, deviceId: 'test' });

describe('Emby', () => {
  let fake: EmbyFake;
  let item: string;
  beforeEach(async () => {
    fake = await createEmbyFake();
    item = fake.addTitle(fake.addLibrary({ name: 'Films', kind: 'movies' }), { kind: 'movie', title: 'Suzume' });
  });
  afterEach(() => fake.close());
  const connection = () => ({ url: fake.baseUrl, token: fake.owner.token, userId: fake.owner.id });

  it('gets dates of plays in its own form', async () => {
    await driver.connect(connection()).markPlayed(item, { ...options(), at: Date.UTC(2024, 5, 1, 21, 10, 5) });
    expect(fake.calls.find((call) => call.method === 'POST')?.query).toEqual({ DatePlayed: '20240601211005' });
  });

  it('keeps the favourite and the count when a position is set', async () => {
    fake.setState(fake.owner.id, item, { played: true, playCount: 3, favorite: true, lastPlayedAt: Date.UTC(2024, 0, 1) });
    const position = { ...options(), positionMs: 600_000, at: Date.UTC(2024, 5, 1), played: false };
    await driver.connect(connection()).setPosition(item, position);
    expect(fake.stateOf(fake.owner.id, item)).toMatchObject({ played: true, playCount: 3, favorite: true, positionMs: 600_000 });
  });

  it('says that an item is gone instead of setting its position', async () => {
    fake.removeTitle(item);
    const position = { ...options(), positionMs: 600_000, at: Date.UTC(2024, 5, 1), played: false };
    await expect(driver.connect(connection()).setPosition(item, position)).rejects.toMatchObject({ code: 'upstream-not-found' });
  });

  it('is asked for movies themselves, which it may show as collections otherwise', async () => {
    await driver.connect(connection()).readItem(item, options());
    const lists = fake.calls.filter(({ path }) => path.endsWith('/Items'));
    expect(lists.map(({ query }) => query.GroupItemsIntoCollections)).toEqual(['false']);
  });

  it('is found below /emby as well', async () => {
    const server = driver.connect({ ...connection(), url: `${fake.baseUrl}/emby` });
    expect(await server.readItem(item, options())).toMatchObject({ title: 'Suzume' });
  });

  it('gives a token for a user name and password', async () => {
    const issued = await driver.signIn?.({ url: fake.baseUrl, username: 'owner', password: fake.password }, options());
    expect(issued).toMatchObject({ token: expect.any(String), userId: fake.owner.id, serverUuid: fake.uuid });
    const { token = '', userId = '' } = issued ?? {};
    expect(await driver.connect({ url: fake.baseUrl, token, userId }).identify(options())).toMatchObject({ uuid: fake.uuid });
  });
});
