import { beforeAll, describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import type { AccountPatch } from './account-draft.ts';
import type { Connections } from './connections.ts';
import { faultOf, URL_A, URL_B, useConnections } from './connections-bench.contract.ts';

describe.each(DATABASES)('connections on %s', (kind) => {
  const house = useConnections(kind);
  const { driver, events, host, wanted } = house;
  let connections: Connections;
  beforeAll(() => {
    ({ connections } = house);
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
});
