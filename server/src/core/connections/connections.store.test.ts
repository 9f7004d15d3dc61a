import { beforeAll, describe, expect, it } from 'vitest';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { describe as describeAccount } from './account.ts';
import type { NewAccount } from './account-draft.ts';
import type { ConnectionTables } from './connections.schema.store.ts';
import type { Connections } from './connections.ts';
import { faultOf, MAIN, URL_A, URL_B, useConnections } from './connections-bench.contract.ts';

const signal = new AbortController().signal;

describe.each(DATABASES)('connections on %s', (kind) => {
  const house = useConnections(kind);
  const { driver, events, host, wanted } = house;
  let connections: Connections;
  beforeAll(() => {
    ({ connections } = house);
  });

  it('takes two servers with one id, as copied installations have, for two', async () => {
    const clone = 'http://clone.test:8096';
    driver.hosts.set(clone, { ...host, token: 'token-clone' });
    const first = await connections.create(wanted());
    const second = await connections.create(wanted({ url: clone, token: 'token-clone' }));
    expect(second.server).toMatchObject({ uuid: first.server.uuid, url: clone });
    expect(second.server.id).not.toBe(first.server.id);
    for (const account of [first, second]) await connections.remove(account.id);
    driver.hosts.delete(clone);
  });

  it('reads the server id and the user, and stores what it found', async () => {
    events.length = 0;
    const account = await connections.create(wanted({ name: 'attic', url: `${URL_A}/`, user: 'alice', exportEnabled: true }));
    expect(account).toMatchObject({
      name: 'attic',
      userId: 'u1',
      userName: 'Alice',
      server: { type: 'jellyfin', uuid: 'uuid-a', url: URL_A, name: 'Attic', version: '10.11.0' },
      importEnabled: false,
      exportEnabled: true,
      consent: 'given',
      importLastSync: undefined,
      health: { state: 'unknown', lastError: undefined },
    });
    expect(await connections.get(MAIN, 'attic')).toEqual(account);
    expect(events).toEqual([{ topic: 'account.added', payload: { accountId: account.id, personId: 1, serverId: account.server.id } }]);
  });

  it('takes over what another program knew, and asks no server', async () => {
    events.length = 0;
    const far = { url: 'http://far.test:8096/', uuid: 'uuid-far', user: 'u9', token: 'token-far' };
    const options = { ignore: '7', ADMIN_TOKEN: 'admin-far' };
    const account = await connections.adopt(
      wanted({ ...far, name: 'far', options, importEnabled: true, exportEnabled: true, consent: 'pending' }),
      'Ines',
    );
    expect(account).toMatchObject({
      userId: 'u9',
      userName: 'Ines',
      server: { type: 'jellyfin', uuid: 'uuid-far', url: 'http://far.test:8096', name: 'far', version: '' },
      importEnabled: true,
      exportEnabled: true,
      consent: 'pending',
      options: { ignore: '7' },
    });
    expect([await connections.tokenOf(account), await connections.secretOptionsOf(account)]).toEqual([
      'token-far',
      { ADMIN_TOKEN: 'admin-far' },
    ]);
    expect(events).toEqual([{ topic: 'account.added', payload: { accountId: account.id, personId: 1, serverId: account.server.id } }]);
    const known = await connections.adopt(wanted({ uuid: 'uuid-a', user: 'u2' }));
    expect(known.server).toMatchObject({ name: 'Attic', version: '10.11.0' });
    expect((await faultOf(connections.confirm(account, { signal }))).code).toBe('upstream-unreachable');
  });

  it.each<[string, Partial<NewAccount>, string]>([
    ['its server', { uuid: '' }, 'uuid'],
    ['its user', { uuid: 'x', user: undefined }, 'user'],
    ['a token', { uuid: 'x', token: ' ' }, 'token'],
    ['an address', { uuid: 'x', url: 'far' }, 'url'],
    ['a known type', { uuid: 'x', type: 'kodi' }, 'type'],
  ])('takes nothing over without %s', async (_, more, field) => {
    expect((await faultOf(connections.adopt(wanted(more)))).faults[0]?.field).toBe(field);
  });

  it('keeps tokens and secret options encrypted, and out of what it hands out', async () => {
    const options = { ADMIN_TOKEN: 'admin-secret', client: { timeout: 42 }, nonsense: true };
    const account = await connections.create(wanted({ options }));
    const shown = JSON.stringify([account, describeAccount(account), await connections.list(MAIN)]);
    const rows = JSON.stringify(await house.database.tables<ConnectionTables>().selectFrom('account').selectAll().execute());
    const webhookToken = await connections.webhookTokenOf(account);
    for (const secret of ['token-a', 'admin-secret', webhookToken]) {
      expect(shown).not.toContain(secret);
      expect(rows).not.toContain(secret);
    }
    expect(account.options).toEqual({ 'client.timeout': 42 });
    expect(await connections.tokenOf(account)).toBe('token-a');
    expect(await connections.secretOptionsOf(account)).toEqual({ ADMIN_TOKEN: 'admin-secret' });
    expect(await connections.connectionFor(account)).toMatchObject({
      url: URL_A,
      token: 'token-a',
      userId: 'u1',
      uuid: 'uuid-a',
      timeoutMs: 42_000,
      options: { ADMIN_TOKEN: 'admin-secret' },
    });
  });

  it.each<[string, Partial<NewAccount>, AppErrorCode, string]>([
    ['a malformed name', { name: 'My Server' }, 'invalid', 'name'],
    ['an unknown type', { type: 'constructor' }, 'invalid', 'type'],
    ['no address', { url: undefined }, 'invalid', 'url'],
    ['no token', { token: '' }, 'invalid', 'token'],
    ['a token that the server refuses', { token: 'wrong' }, 'invalid', 'token'],
    ['the id of another server', { uuid: 'uuid-b' }, 'invalid', 'uuid'],
    ['a user whom the server does not have', { user: 'mallory' }, 'invalid', 'user'],
    ['no user where there are two', { user: undefined }, 'invalid', 'user'],
    ['a bad option', { options: { LIBRARY_SEGMENT: 1 } }, 'invalid', 'options.LIBRARY_SEGMENT'],
    ['a server that does not answer', { url: 'http://nobody.test' }, 'upstream-unreachable', 'url'],
  ])('refuses %s, naming the field', async (_what, more, code, field) => {
    const before = (await connections.list()).length;
    const fault = await faultOf(connections.create(wanted(more)));
    expect({ code: fault.code, fields: fault.faults.map((each) => each.field) }).toEqual({ code, fields: [field] });
    expect(fault.message).not.toContain('token-a');
    expect(await connections.list()).toHaveLength(before);
  });

  it('tells all that is wrong with the input at once', async () => {
    const fault = await faultOf(connections.create(wanted({ name: '', url: 'x', token: '', options: { DRY_RUN: 7 } })));
    expect(fault.faults.map((each) => each.field)).toEqual(['name', 'url', 'token', 'options.DRY_RUN']);
  });

  it('takes a proxy page for a wrong address', async () => {
    host.fault = new AppError('upstream-unreadable', 'HTML');
    const fault = await faultOf(connections.create(wanted()));
    delete host.fault;
    expect(fault.faults[0]?.field).toBe('url');
  });

  it('refuses a name that the person has already, before anything is asked', async () => {
    const { name } = await connections.create(wanted());
    const asked = driver.connections.length;
    expect((await faultOf(connections.create(wanted({ name })))).code).toBe('conflict');
    expect(driver.connections).toHaveLength(asked);
  });

  it('takes the user as given where the token may not list users, and asks for one where none is given', async () => {
    host.usersFault = new AppError('upstream-forbidden', 'no');
    expect((await connections.create(wanted({ user: 'u9' }))).userId).toBe('u9');
    expect((await faultOf(connections.create(wanted({ user: undefined })))).faults[0]?.field).toBe('user');
    host.usersFault = new AppError('upstream-timeout', 'slow');
    expect((await faultOf(connections.create(wanted()))).code).toBe('upstream-timeout');
    delete host.usersFault;
  });

  it('takes the only user of a server where none is named', async () => {
    expect((await connections.create(wanted({ url: URL_B, token: 'token-b', user: undefined }))).userId).toBe('u1');
  });

  it('stores a server once, whoever uses it, and finds all its accounts', async () => {
    const one = await connections.create(wanted());
    const two = await connections.create(wanted({ user: 'u2' }));
    expect(two.server.id).toBe(one.server.id);
    expect((await connections.accountsOnServer('jellyfin', 'uuid-a')).map((account) => account.id)).toEqual(
      expect.arrayContaining([one.id, two.id]),
    );
    expect(await connections.accountsOnServer('plex', 'uuid-a')).toEqual([]);
  });

  it('reads a server with an account that is imported from and in good health', async () => {
    driver.hosts.set('http://c.test', { ...host, uuid: 'uuid-c' });
    const at = { url: 'http://c.test' };
    const exported = await connections.create(wanted({ ...at, exportEnabled: true }));
    expect((await connections.readerOf(exported.server.id))?.id).toBe(exported.id);
    const sick = await connections.create(wanted({ ...at, importEnabled: true }));
    const well = await connections.create(wanted({ ...at, importEnabled: true, user: 'u2' }));
    await connections.noteError(sick.id, new AppError('upstream-timeout', 'slow'));
    expect((await connections.readerOf(exported.server.id))?.id).toBe(well.id);
    await connections.noteOk(sick.id);
    expect((await connections.readerOf(exported.server.id))?.id).toBe(sick.id);
  });
});
