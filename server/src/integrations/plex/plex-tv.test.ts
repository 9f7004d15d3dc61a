import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '#kernel/instant.ts';
import { createPlexFake, type FakePlex } from './plex.fake.ts';
import { createPlexDriver, type PlexDriver } from './plex-driver.ts';

const signal = { signal: new AbortController().signal };
let fake: FakePlex;
let driver: PlexDriver;
beforeEach(async () => {
  fake = await createPlexFake();
  driver = createPlexDriver({ clock: systemClock, clientIdentifier: 'usherr-test', plexTvUrl: fake.plexTvUrl });
});
afterEach(async () => {
  await driver.close();
  await fake.close();
});
const connection = () => ({ url: fake.baseUrl, token: fake.owner.token, uuid: fake.uuid });

describe('a sign-in at plex.tv', () => {
  it('has a code, and a token once its person has agreed', async () => {
    const pin = await driver.generatePin(signal);
    expect(pin.authUrl).toContain(pin.code);
    expect(pin.clientHeaders).toEqual({ 'x-plex-client-identifier': 'usherr-test', 'x-plex-product': 'Usherr' });
    expect((await driver.checkPin(pin, signal)).authToken).toBeUndefined();
    fake.approvePin(pin.code);
    expect((await driver.checkPin(pin, signal)).authToken).toBe(fake.owner.token);
  });

  it('with another code is not found', async () => {
    const pin = await driver.generatePin(signal);
    await expect(driver.checkPin({ id: pin.id, code: 'other' }, signal)).rejects.toMatchObject({ code: 'upstream-not-found' });
  });
});

describe('the household', () => {
  it('is the home and its guests, and the owner is known by their local id', async () => {
    const kid = fake.addUser({ name: 'kid', pin: '1234' });
    const friend = fake.addUser({ name: 'friend', guest: true });
    const users = await driver.listHouseholdUsers(connection(), signal);
    expect(users).toEqual([
      expect.objectContaining({ id: '1', name: 'owner', admin: true, protected: false }),
      expect.objectContaining({ id: kid.id, uuid: kid.uuid, name: 'kid', admin: false, protected: true }),
      expect.objectContaining({ id: friend.id, name: 'friend', guest: true }),
    ]);
  });

  it('gives the token of a member, by id or uuid, with their PIN', async () => {
    const kid = fake.addUser({ name: 'kid', pin: '1234' });
    const { uuid = '' } = kid;
    expect(await driver.tokenForUser(connection(), { id: kid.id, pin: '1234' }, signal)).toBe(kid.token);
    expect(await driver.tokenForUser(connection(), { id: kid.id, uuid, pin: '1234' }, signal)).toBe(kid.token);
    await expect(driver.tokenForUser(connection(), { id: kid.id, pin: '9999' }, signal)).rejects.toMatchObject({
      code: 'upstream-forbidden',
    });
    await expect(driver.tokenForUser(connection(), { id: kid.id }, signal)).rejects.toThrow(/If they have a PIN/);
  });

  it('gives the token of a guest from the shares, and the owner’s own', async () => {
    const friend = fake.addUser({ name: 'friend', guest: true });
    expect(await driver.tokenForUser(connection(), { id: friend.id }, signal)).toBe(friend.token);
    expect(await driver.tokenForUser(connection(), { id: '1' }, signal)).toBe(fake.owner.token);
    await expect(driver.tokenForUser(connection(), { id: '404' }, signal)).rejects.toMatchObject({ code: 'upstream-not-found' });
  });

  it('is listed with the admin’s token where the connection has one', async () => {
    const kid = fake.addUser({ name: 'kid' });
    const options = { ADMIN_TOKEN: fake.owner.token };
    const users = await driver.listHouseholdUsers({ ...connection(), token: kid.token, options }, signal);
    expect(users.map((user) => user.name)).toContain('kid');
    expect(await driver.connect({ ...connection(), token: kid.token, options }).listSessions(signal)).toEqual([]);
    await expect(driver.connect({ ...connection(), token: kid.token }).listSessions(signal)).rejects.toMatchObject({
      code: 'upstream-forbidden',
    });
  });

  it('is not empty where plex.tv fails, but an error', async () => {
    fake.setMood('server-error');
    await expect(driver.listHouseholdUsers(connection(), signal)).rejects.toMatchObject({ code: 'upstream-rejected' });
    fake.setMood('html');
    await expect(driver.listHouseholdUsers(connection(), signal)).rejects.toMatchObject({ code: 'upstream-unreadable' });
  });
});

it('servers are found with their addresses, and players are not servers', async () => {
  expect(await driver.discover(fake.owner.token, signal)).toEqual([
    expect.objectContaining({ name: 'Fake Plex', uuid: fake.uuid, uri: fake.baseUrl, local: true, owned: true }),
  ]);
  await expect(driver.discover('stranger', signal)).rejects.toMatchObject({ code: 'upstream-unauthorized' });
});
