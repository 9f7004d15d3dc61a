import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Topic } from '#core/events.ts';
import { AppError, type AppErrorCode } from '#kernel/app-error.ts';
import { personId } from '#kernel/ids.ts';
import { createSecrets } from '#platform/secrets/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { describe as describeAccount } from './account.ts';
import type { AccountPatch, NewAccount } from './account-draft.ts';
import type { ConnectionTables } from './connections.schema.store.ts';
import { type Connections, createConnections } from './connections.ts';
import { createFakeDriver, type FakeHost, fakeUser } from './media-server-driver.fake.ts';

const MAIN = personId(1);
const URL_A = 'http://a.test:8096';
const URL_B = 'http://b.test:8096';
const signal = new AbortController().signal;

const faultOf = async (promise: Promise<unknown>): Promise<AppError> => {
  const fault = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (fault instanceof AppError) return fault;
  throw fault ?? new Error('expected a fault');
};

describe.each(DATABASES)('connections on %s', (kind) => {
  let opened: TestDatabase;
  let folder: string;
  let connections: Connections;
  let now = 1_000;
  const driver = createFakeDriver('jellyfin');
  const events: { topic: Topic; payload: unknown }[] = [];
  let host: FakeHost;
  let other: FakeHost;
  let count = 0;

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    folder = mkdtempSync(join(tmpdir(), 'usherr-connections-'));
    host = { uuid: 'uuid-a', name: 'Attic', version: '10.11.0', token: 'token-a', users: [fakeUser('u1', 'Alice'), fakeUser('u2', 'Bob')] };
    other = { uuid: 'uuid-b', name: 'Barn', version: '10.8.0', token: 'token-b', users: [fakeUser('u1', 'Alice')] };
    driver.hosts.set(URL_A, host).set(URL_B, other);
    connections = createConnections({
      database: opened.database,
      clock: { now: () => now },
      secrets: createSecrets({ dataDir: folder, secret: 'a secret of this test' }),
      drivers: { jellyfin: driver },
      publish: async (_tx, topic, payload) => {
        events.push({ topic, payload });
      },
    });
  });
  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const wanted = (more: Partial<NewAccount> = {}): NewAccount => ({
    personId: MAIN,
    name: `account_${++count}`,
    type: 'jellyfin',
    url: URL_A,
    token: 'token-a',
    user: 'u1',
    ...more,
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
    const rows = JSON.stringify(await opened.database.tables<ConnectionTables>().selectFrom('account').selectAll().execute());
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

  it('changes what a patch names and leaves the rest', async () => {
    const account = await connections.create(
      wanted({ options: { ignore: '5', ADMIN_TOKEN: 's', client: { timeout: 9 } }, importEnabled: true }),
    );
    events.length = 0;
    const changed = await connections.update(
      account.id,
      { neverUnwatch: true, options: { 'client.timeout': 30, ignore: null, IMPORT_METADATA_ONLY: true } },
      { verify: false },
    );
    expect(changed).toMatchObject({ id: account.id, importEnabled: true, neverUnwatch: true, metadataOnly: true, userName: 'Alice' });
    expect(changed.options).toEqual({ 'client.timeout': 30, DISABLE_MARK_UNPLAYED: true, IMPORT_METADATA_ONLY: true });
    expect(await connections.secretOptionsOf(account)).toEqual({ ADMIN_TOKEN: 's' });
    expect(events.map((event) => event.topic)).toEqual(['account.changed']);
    const back = await connections.update(account.id, { options: { DISABLE_MARK_UNPLAYED: false, ADMIN_TOKEN: null } }, { verify: false });
    expect(back.neverUnwatch).toBe(false);
    expect(await connections.secretOptionsOf(account)).toEqual({});
  });

  it('replaces all of it, and checks it with the server', async () => {
    const account = await connections.create(
      wanted({ options: { ignore: '5', ADMIN_TOKEN: 's' }, neverUnwatch: true, exportEnabled: true }),
    );
    const webhookToken = await connections.webhookTokenOf(account);
    const replaced = await connections.replace(account.id, {
      url: URL_A,
      token: 'token-a',
      uuid: 'uuid-a',
      user: 'u1',
      importEnabled: true,
      options: { IMPORT_METADATA_ONLY: true },
    });
    expect(replaced).toMatchObject({ id: account.id, options: {}, importEnabled: true, exportEnabled: false, neverUnwatch: false });
    expect(replaced.metadataOnly).toBe(false);
    expect(await connections.secretOptionsOf(account)).toEqual({});
    expect(await connections.webhookTokenOf(account)).toBe(webhookToken);
    expect((await faultOf(connections.replace(account.id, { url: URL_A, token: 'wrong', user: 'u1' }))).faults[0]?.field).toBe('token');
    expect((await faultOf(connections.replace(account.id, { url: URL_A }))).faults[0]?.field).toBe('token');
    expect(await connections.byId(account.id)).toEqual(replaced);
  });

  it.each([
    ['user', { user: 'u2' }],
    ['server', { url: URL_B, token: 'token-b' }],
  ])('makes it another account where the %s is another one: nothing observed is held against it', async (_what, patch) => {
    const account = await connections.create(wanted({ importEnabled: true, exportEnabled: true }));
    const webhookToken = await connections.webhookTokenOf(account);
    await connections.setImportSync(account.id, 500);
    events.length = 0;
    const next = await connections.update(account.id, patch, { verify: true });
    expect(next.id).not.toBe(account.id);
    expect(next).toMatchObject({
      name: account.name,
      importEnabled: true,
      exportEnabled: true,
      consent: 'pending',
      importLastSync: undefined,
    });
    expect(await connections.webhookTokenOf(next)).toBe(webhookToken);
    expect((await faultOf(connections.byId(account.id))).code).toBe('not-found');
    expect(events.map((event) => event.topic)).toEqual(['account.removed', 'account.added']);
  });

  it.each<[string, AccountPatch, string]>([
    ['address', { url: URL_B, token: 'token-b' }, 'url'],
    ['address, whatever its token', { url: URL_B }, 'url'],
    ['address and id', { url: URL_B, token: 'token-b', uuid: 'uuid-a' }, 'uuid'],
    ['id', { uuid: 'uuid-b' }, 'uuid'],
  ])('believes no %s that another server answers to, verified or not', async (_what, patch, field) => {
    const account = await connections.create(wanted());
    const fault = await faultOf(connections.update(account.id, patch, { verify: false }));
    expect([fault.code, fault.faults.map((each) => each.field)]).toEqual(['invalid', [field]]);
    expect(fault.message).not.toContain('token-b');
    expect(await connections.byId(account.id)).toEqual(account);
  });

  it('believes what nobody can tell, where no server answers', async () => {
    const account = await connections.create(wanted());
    const away = await connections.update(account.id, { url: 'http://nobody.test', uuid: 'uuid-x' }, { verify: false });
    expect(away.server).toMatchObject({ url: 'http://nobody.test', uuid: 'uuid-x' });
    const back = await connections.update(away.id, { url: URL_B, uuid: 'uuid-b', token: 'token-a' }, { verify: false });
    expect(back.server).toMatchObject({ url: URL_B, uuid: 'uuid-b' });
  });

  it('follows a server to its new address, and knows it as the same', async () => {
    driver.hosts.set('http://old.test', { ...host, uuid: 'uuid-moving' }).set('http://new.test', { ...host, uuid: 'uuid-moving' });
    const account = await connections.create(wanted({ url: 'http://old.test' }));
    const moved = await connections.update(account.id, { url: 'http://new.test' }, { verify: true });
    expect(moved).toMatchObject({ id: account.id, server: { id: account.server.id, url: 'http://new.test' } });
    const second = await connections.create(wanted({ url: 'http://new.test', user: 'u2' }));
    const away = await connections.update(second.id, { url: 'http://old.test' }, { verify: true });
    expect(away.id).toBe(second.id);
    expect(away.server.id).not.toBe(account.server.id);
    expect((await connections.byId(account.id)).server.url).toBe('http://new.test');
  });

  it('does not take saving the same again for consent', async () => {
    const account = await connections.create(wanted({ exportEnabled: true, consent: 'pending' }));
    const again = await connections.update(account.id, { exportEnabled: true }, { verify: false });
    expect(again.consent).toBe('pending');
    await connections.update(account.id, { exportEnabled: false }, { verify: false });
    expect((await connections.update(account.id, { exportEnabled: true }, { verify: false })).consent).toBe('given');
  });

  it('keeps one client until something about the connection changes', async () => {
    const account = await connections.create(wanted());
    const first = await connections.connect(account);
    expect(await connections.connect(account)).toBe(first);
    await connections.update(account.id, { importEnabled: true }, { verify: false });
    await connections.noteOk(account.id);
    expect(await connections.connect(account)).toBe(first);
    await connections.update(account.id, { options: { MAX_EPISODE_RANGE: 9 } }, { verify: false });
    const second = await connections.connect(account);
    expect(second).not.toBe(first);
    expect(driver.connections.at(-1)).toMatchObject({ maxEpisodeRange: 9, userId: 'u1' });
    await connections.remove(account.id);
    expect((await faultOf(connections.connect(account))).code).toBe('not-found');
  });

  it('refuses to read from a server that took the place of another', async () => {
    const place = { ...host, uuid: 'uuid-first' };
    driver.hosts.set('http://place.test', place);
    const account = await connections.create(wanted({ url: 'http://place.test' }));
    place.version = '10.12.0';
    expect(await connections.confirm(account, { signal })).toMatchObject({ uuid: 'uuid-first' });
    expect((await connections.byId(account.id)).server.version).toBe('10.12.0');
    place.uuid = 'uuid-second';
    expect((await faultOf(connections.confirm(account, { signal }))).code).toBe('upstream-rejected');
  });

  it('finds the account of a webhook token, and forgets a token that was replaced', async () => {
    const account = await connections.create(wanted());
    const token = await connections.webhookTokenOf(account);
    expect((await connections.accountByWebhookToken(token))?.id).toBe(account.id);
    const next = await connections.rotateWebhookToken(account.id);
    expect(next).not.toBe(token);
    expect(await connections.accountByWebhookToken(token)).toBeUndefined();
    expect((await connections.accountByWebhookToken(next))?.id).toBe(account.id);
    expect(await connections.webhookTokenOf(account)).toBe(next);
    expect(await connections.accountByWebhookToken('')).toBeUndefined();
  });

  it('keeps what went wrong last, also after it went well again', async () => {
    const account = await connections.create(wanted());
    now = 5_000;
    await connections.noteError(account.id, new AppError('upstream-timeout', 'Attic took too long.'));
    const lastError = { at: 5_000, code: 'upstream-timeout', message: 'Attic took too long.' };
    expect((await connections.byId(account.id)).health).toMatchObject({ state: 'degraded', lastError });
    now = 6_000;
    await connections.noteOk(account.id);
    await connections.noteEvent(account.id, 'media.stop');
    await connections.setImportSync(account.id, 6_000);
    await connections.setExportSync(account.id, 5_999);
    expect(await connections.byId(account.id)).toMatchObject({
      health: { state: 'ok', lastError, lastEventAt: 6_000, lastEvent: 'media.stop' },
      importLastSync: 6_000,
      exportLastSync: 5_999,
    });
    await connections.setImportSync(account.id, undefined);
    expect((await connections.byId(account.id)).importLastSync).toBeUndefined();
  });

  it('knows a change that was not taken from a read that failed, which outlasts it', async () => {
    const account = await connections.create(wanted());
    const health = async () => (await connections.byId(account.id)).health;
    const note = (text: string, from?: 'push') => connections.noteError(account.id, new AppError('upstream-timeout', text), from);
    await note('push', 'push');
    expect(await health()).toMatchObject({ state: 'degraded', errorFrom: 'push' });
    await note('read');
    await note('push again', 'push');
    expect(await health()).toMatchObject({ errorFrom: 'read', lastError: { message: 'push again' } });
    await connections.noteOk(account.id);
    await note('push once more', 'push');
    expect(await health()).toMatchObject({ state: 'degraded', errorFrom: 'push' });
  });

  it('removes an account with what others hold of it, or not at all', async () => {
    const account = await connections.create(wanted());
    const failing = connections.remove(account.id, async () => {
      throw new Error('the other room failed');
    });
    await expect(failing).rejects.toThrow('the other room failed');
    expect(await connections.byId(account.id)).toEqual(account);
    events.length = 0;
    await connections.remove(account.id);
    expect((await faultOf(connections.get(MAIN, account.name))).code).toBe('not-found');
    expect(events.map((event) => event.topic)).toEqual(['account.removed']);
    expect((await faultOf(connections.remove(account.id))).code).toBe('not-found');
    expect((await connections.servers()).map((server) => server.id)).toContain(account.server.id);
  });

  it('probes a server that is not stored', async () => {
    expect(await connections.probe({ type: 'jellyfin', url: URL_B, token: 'token-b' })).toMatchObject({ uuid: 'uuid-b', name: 'Barn' });
    expect((await faultOf(connections.probe({ type: 'jellyfin', url: URL_B }))).faults[0]?.field).toBe('token');
    expect((await faultOf(connections.probe({ type: 'kodi', url: URL_B, token: 'x' }))).faults[0]?.field).toBe('type');
  });
});
