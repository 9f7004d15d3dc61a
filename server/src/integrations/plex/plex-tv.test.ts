import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
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

describe('a sign-in in a browser', () => {
  async function provedAs(userId?: string) {
    const { ticket, url } = await driver.signInInBrowser.begin(signal);
    expect(new URL(url).host).toBe('app.plex.tv');
    expect(await driver.signInInBrowser.finish(ticket, signal)).toBeUndefined();
    fake.approvePin(ticket.split(' ')[1] ?? '', userId);
    return driver.signInInBrowser.finish(ticket, signal);
  }

  it('tells the owner by the servers that are theirs, and nobody else by the number 1', async () => {
    const friend = fake.addUser({ name: 'friend', guest: true });
    const [owner, guest] = [await provedAs(), await provedAs(friend.id)];
    expect([owner?.name, guest?.name]).toEqual(['owner', 'friend']);
    expect(owner?.is({ serverUuid: fake.uuid, userId: '1' })).toBe(true);
    expect(owner?.is({ serverUuid: 'another server', userId: '1' })).toBe(false);
    expect(guest?.is({ serverUuid: fake.uuid, userId: '1' })).toBe(false);
    expect(guest?.is({ serverUuid: fake.uuid, userId: friend.id })).toBe(true);
    expect(owner?.is({ serverUuid: fake.uuid, userId: friend.id })).toBe(false);
  });

  it('with a ticket that has ended is not found', async () => {
    await expect(driver.signInInBrowser.finish('1 nothing', signal)).rejects.toMatchObject({ code: 'upstream-not-found' });
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

  it('is named as it names itself, whatever signs are in the name', async () => {
    fake.addUser({ name: `Zoë O'Brien & "Sons" <3`, guest: true });
    expect((await driver.listHouseholdUsers(connection(), signal)).map(({ name }) => name)).toEqual(['owner', `Zoë O'Brien & "Sons" <3`]);
  });

  it('gives the token of a member, by id or uuid, with their PIN', async () => {
    const kid = fake.addUser({ name: 'kid', pin: '1234' });
    const { uuid = '' } = kid;
    expect(await driver.tokenForUser(connection(), { id: kid.id, pin: '1234' }, signal)).toBe(kid.token);
    expect(await driver.tokenForUser(connection(), { id: kid.id, uuid, pin: '1234' }, signal)).toBe(kid.token);
  });

  const faultOf = async (work: Promise<unknown>) => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (isAppError(error)) return { code: error.code, field: error.faults[0]?.field, message: error.message };
    throw error ?? new Error('expected a fault');
  };

  it('gives the token of a member whose PIN is an option, and names the option where it is missing or wrong', async () => {
    const kid = fake.addUser({ name: 'kid', pin: '1234' });
    const withPin = (pin: string | number) => ({ ...connection(), options: { PLEX_USER_PIN: pin } });
    expect(await driver.tokenForUser(withPin('1234'), { id: kid.id }, signal)).toBe(kid.token);
    expect(await driver.tokenForUser(withPin(1234), { id: kid.id, uuid: kid.uuid ?? '', protected: true }, signal)).toBe(kid.token);
    const missing = await faultOf(driver.tokenForUser(connection(), { id: kid.id }, signal));
    expect(missing).toMatchObject({ code: 'invalid', field: 'options.PLEX_USER_PIN', message: expect.stringContaining('kid has a PIN') });
    const wrong = await faultOf(driver.tokenForUser(withPin('9431'), { id: kid.id }, signal));
    expect(wrong).toMatchObject({ code: 'invalid', field: 'options.PLEX_USER_PIN', message: expect.stringContaining('does not take') });
    expect(wrong.message).not.toContain('9431');
    // Where several are asked for, one user's PIN is not tried on another.
    expect(await faultOf(driver.tokenForUser(withPin('1234'), { id: kid.id, pin: '' }, signal))).toEqual(missing);
  });

  it('has an option of its own for the PIN of its admin', async () => {
    await fake.close();
    fake = await createPlexFake({ ownerPin: '4321' });
    driver = createPlexDriver({ clock: systemClock, clientIdentifier: 'usherr-test', plexTvUrl: fake.plexTvUrl });
    const options = { ADMIN_PLEX_USER_PIN: '4321', PLEX_USER_PIN: '1234' };
    const [admin] = await driver.listHouseholdUsers(connection(), signal);
    const asked = { id: admin?.aliases?.[0] ?? '' };
    expect(await driver.tokenForUser({ ...connection(), options }, asked, signal)).toBe(fake.owner.token);
    const fault = await faultOf(driver.tokenForUser({ ...connection(), userId: 'kid', options: { PLEX_USER_PIN: '4321' } }, asked, signal));
    expect(fault).toMatchObject({ code: 'invalid', field: 'options.ADMIN_PLEX_USER_PIN' });
    const own = { ...connection(), userId: '1', options: { PLEX_USER_PIN: '4321' } };
    expect(await driver.tokenForUser(own, asked, signal)).toBe(fake.owner.token);
  });

  it('does not send a PIN for whom needs none', async () => {
    const sister = fake.addUser({ name: 'sister' });
    const options = { PLEX_USER_PIN: '1234' };
    expect(await driver.tokenForUser({ ...connection(), options }, { id: sister.id }, signal)).toBe(sister.token);
    expect(fake.calls.filter((call) => call.path.endsWith('/switch')).map((call) => call.query)).toEqual([{}]);
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

  it.each(['1.41.6.9685', '1.43.2.10687'])(
    'is not shown by a server of version %s to whoever does not own it, whose token is good all the same',
    async (version) => {
      await fake.close();
      fake = await createPlexFake({ version });
      const kid = fake.addUser({ name: 'kid' });
      const codesFor = async (token: string) => {
        const server = driver.connect({ ...connection(), token });
        const asked = await Promise.allSettled([server.listSessions(signal), server.listUsers(signal)]);
        return asked.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : outcome.status));
      };
      expect(await codesFor(kid.token)).toEqual(['upstream-forbidden', 'upstream-forbidden']);
      expect(await codesFor('stranger')).toEqual(['upstream-unauthorized', 'upstream-unauthorized']);
    },
  );

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
