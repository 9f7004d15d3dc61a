import { describe, expect, it } from 'vitest';
import type { UpstreamUser } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { listUsers } from './list-users.ts';
import { createFakeDriver, fakeUser } from './media-server-driver.fake.ts';

const CONNECTION = { url: 'http://plex', token: 'token' };
const call = { signal: new AbortController().signal };
const refusal = new AppError('upstream-forbidden', 'Not for you.');
const outage = new AppError('upstream-unreachable', 'Nobody there.');

const driverWith = (own: readonly UpstreamUser[] | AppError, household?: readonly UpstreamUser[] | AppError) => {
  const driver = createFakeDriver('plex');
  const host = { uuid: 'p', name: 'Plex', version: '1', token: 'token', users: own instanceof AppError ? [] : [...own] };
  driver.hosts.set('http://plex', own instanceof AppError ? { ...host, usersFault: own } : host);
  if (household === undefined) return driver;
  const listHouseholdUsers = async () => {
    if (household instanceof AppError) throw household;
    return household;
  };
  return { ...driver, listHouseholdUsers };
};

describe('the users of a server', () => {
  it('are its own, with what the vendor knows of them, and those whom only the vendor knows', async () => {
    const driver = driverWith(
      [fakeUser('1', 'owner', { admin: true }), fakeUser('2', 'anna')],
      [fakeUser('2', 'Anna', { uuid: 'a-2' }), fakeUser('3', 'guest', { guest: true })],
    );
    expect(await listUsers(driver, CONNECTION, call)).toEqual([
      fakeUser('1', 'owner', { admin: true }),
      fakeUser('2', 'Anna', { uuid: 'a-2' }),
      fakeUser('3', 'guest', { guest: true }),
    ]);
  });

  it('are those of one list where the token may not see the other', async () => {
    expect(await listUsers(driverWith([fakeUser('1', 'owner')], refusal), CONNECTION, call)).toHaveLength(1);
    expect(await listUsers(driverWith(refusal, [fakeUser('3', 'guest')]), CONNECTION, call)).toHaveLength(1);
  });

  it.each([
    ['neither may be seen', driverWith(refusal, refusal), refusal],
    ['there is one list, and it may not be seen', driverWith(refusal), refusal],
    ['the server fails', driverWith(outage, []), outage],
    ['the vendor fails', driverWith([], outage), outage],
  ])('are unknown where %s', async (_, driver, fault) => {
    await expect(listUsers(driver, CONNECTION, call)).rejects.toBe(fault);
  });
});
