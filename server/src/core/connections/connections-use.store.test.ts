import { beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { DATABASES } from '#tests/support/databases.ts';
import type { Connections } from './connections.ts';
import { faultOf, MAIN, URL_B, useConnections } from './connections-bench.contract.ts';

const signal = new AbortController().signal;

describe.each(DATABASES)('connections on %s', (kind) => {
  const house = useConnections(kind);
  const { driver, events, host, setNow, wanted } = house;
  let connections: Connections;
  beforeAll(() => {
    ({ connections } = house);
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
    setNow(5_000);
    await connections.noteError(account.id, new AppError('upstream-timeout', 'Attic took too long.'));
    const lastError = { at: 5_000, code: 'upstream-timeout', message: 'Attic took too long.' };
    expect((await connections.byId(account.id)).health).toMatchObject({ state: 'degraded', lastError });
    setNow(6_000);
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
