import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPeople, type People } from '#core/people/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import { days, minutes, seconds } from '#kernel/instant.ts';
import { createSecrets } from '#platform/secrets/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import type { AppGrantTables } from './app-grants.schema.store.ts';
import { type AppGrants, createAppGrants } from './app-grants.ts';

const OWNER = { kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin', 'read', 'write'] } as const;
const BACK = 'https://app.test/back';

describe.each(DATABASES)('grants of apps on %s', (kind) => {
  let test: TestDatabase;
  let people: People;
  let grants: AppGrants;
  let folder: string;
  let mo: PersonId;
  let now = 0;
  let open = true;
  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1);
    open = true;
    folder = mkdtempSync(join(tmpdir(), 'usherr-grants-'));
    test = await openTestDatabase(kind);
    const clock = { now: () => now };
    people = createPeople({ database: test.database, clock });
    mo = (await people.create('mo')).id;
    grants = createAppGrants({
      database: test.database,
      clock,
      secrets: createSecrets({ dataDir: folder }),
      settings: { get: async () => open as never },
    });
  }, 60_000);
  afterEach(async () => {
    await test.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const asMo = () => ({ personId: mo, name: 'mo' });
  const wish = (extra: object = {}) => ({ generation: 1, clientId: 'app', redirect: BACK, ...extra }) as const;
  const approve = async (extra: object = {}): Promise<string> => {
    const approved = await grants.codes.approve(wish(extra), asMo());
    return typeof approved === 'string' ? approved : approved.code;
  };
  const exchange = (code: string, extra: object = {}) =>
    grants.codes.exchange({ generation: 1, clientId: 'app', code, secret: 'shh', redirect: BACK, ...extra });
  const letIn = async (): Promise<string> => {
    const exchanged = await exchange(await approve());
    if (exchanged.outcome === 'refused') throw new Error(exchanged.reason);
    return exchanged.tokens.accessToken;
  };

  it('gives a code to the first of many who come with it at once', async () => {
    const code = await approve();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => exchange(code)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['granted', ...Array(7).fill('refused')]);
    expect(await grants.grants.list({}, OWNER)).toHaveLength(1);
  });

  it('spends a code that was brought with a wrong secret, and keeps the secret that came first', async () => {
    await exchange(await approve(), { secret: 'first' });
    const code = await approve();
    expect(await exchange(code, { secret: 'second' })).toEqual({ outcome: 'refused', reason: 'secret' });
    expect(await exchange(code, { secret: 'first' })).toEqual({ outcome: 'refused', reason: 'code' });
  });

  it('lets one of two secrets win that come at once', async () => {
    const codes = [await approve(), await approve()];
    const outcomes = await Promise.all(codes.map((code, at) => exchange(code, { secret: `secret ${at}` })));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['granted', 'refused']);
  });

  it('settles one redirect where two are approved at once', async () => {
    const approved = await Promise.all([approve(), approve({ redirect: 'https://other.test/' })]);
    expect(approved.filter((code) => code === 'redirect-mismatch')).toHaveLength(1);
    const [app] = await grants.apps.list(OWNER);
    expect(app?.redirects).toHaveLength(1);
  });

  it('makes a token of its own each time, and ends them one by one', async () => {
    const tokens = [await letIn(), await letIn(), await letIn()];
    const [newest, , oldest] = await grants.grants.list({ person: mo }, OWNER);
    expect(newest && oldest && newest.createdAt >= oldest.createdAt && newest.id > oldest.id).toBe(true);
    if (!oldest) throw new Error('there are too few grants');
    await grants.grants.revoke(oldest.id, OWNER);
    const holders = await Promise.all(tokens.map((token) => grants.grants.authenticate(token)));
    expect(holders.map((holder) => holder?.personId)).toEqual([undefined, mo, mo]);
    expect(holders[1]?.actor).toMatchObject({ kind: 'app', name: 'app', role: 'person', personId: mo, scopes: ['read', 'write'] });
  });

  it('writes down when a grant was last used, once a minute', async () => {
    const token = await letIn();
    const lastUsed = async () => (await grants.grants.list({}, OWNER))[0]?.lastUsedAt;
    await grants.grants.authenticate(token);
    const first = now;
    now += seconds(59);
    await grants.grants.authenticate(token);
    expect(await lastUsed()).toBe(first);
    now += seconds(1);
    await grants.grants.authenticate(token);
    expect(await lastUsed()).toBe(now);
  });

  it('goes with its person, codes and waiting devices included', async () => {
    const token = await letIn();
    const code = await approve();
    const begun = await grants.devices.begin({ flow: 'pin', clientId: 'app' });
    if (typeof begun === 'string') throw new Error(begun);
    await grants.devices.approve(begun.userCode, asMo());
    await people.remove('mo');
    expect(await grants.grants.authenticate(token)).toBeUndefined();
    expect(await exchange(code)).toEqual({ outcome: 'refused', reason: 'code' });
    expect(await grants.devices.pollPin({ clientId: 'app', userCode: begun.userCode, address: '192.0.2.1' })).toEqual({
      outcome: 'unknown',
    });
  });

  it('gives the token of a device to one of many who fetch it at once', async () => {
    const begun = await grants.devices.begin({ flow: 'pin', clientId: 'app' });
    if (typeof begun === 'string') throw new Error(begun);
    await grants.devices.approve(begun.userCode, asMo());
    const poll = () => grants.devices.pollPin({ clientId: 'app', userCode: begun.userCode, address: '192.0.2.1' });
    const outcomes = await Promise.all(Array.from({ length: 6 }, poll));
    expect(outcomes.filter(({ outcome }) => outcome === 'granted')).toHaveLength(1);
    expect(await grants.grants.list({}, OWNER)).toHaveLength(1);
  });

  it('takes one answer to a short code, not two', async () => {
    const begun = await grants.devices.begin({ flow: 'device', clientId: 'app', scope: 'media:write' });
    if (typeof begun === 'string') throw new Error(begun);
    expect(await grants.devices.refuse(begun.userCode)).toBe(true);
    expect(await grants.devices.approve(begun.userCode, asMo())).toBeUndefined();
    expect(await grants.devices.refuse(begun.userCode)).toBe(false);
  });

  it('forgets codes and short codes that have ended', async () => {
    await approve();
    await grants.devices.begin({ flow: 'pin', clientId: 'app' });
    now += days(2);
    await approve();
    await grants.devices.begin({ flow: 'pin', clientId: 'app' });
    const db = test.database.tables<AppGrantTables>();
    const count = async (table: 'app_code' | 'app_ask') => (await db.selectFrom(table).selectAll().execute()).length;
    expect([await count('app_code'), await count('app_ask')]).toEqual([1, 1]);
  });

  it('lets nobody fill the house with devices that wait', async () => {
    for (let n = 0; n < 1_000; n += 1) await grants.devices.begin({ flow: 'pin', clientId: `app-${n}` });
    await expect(grants.devices.begin({ flow: 'pin', clientId: 'one-more' })).rejects.toMatchObject({ code: 'rate-limited' });
    now += minutes(15);
    expect(await grants.devices.begin({ flow: 'pin', clientId: 'one-more' })).toMatchObject({ interval: 5 });
  });

  it('lets in no app that nobody registered while that is closed, also where it closes between question and answer', async () => {
    expect(await grants.codes.look(wish())).toMatchObject({ clientId: 'app', isKnown: false });
    open = false;
    expect(await approve()).toBe('unknown-app');
    await grants.apps.register({ name: 'App', clientId: 'app' }, OWNER);
    expect(await approve()).toMatch(/^[0-9a-f]{64}$/);
  });

  it('keeps tokens, codes and secrets as hashes of this installation', async () => {
    const code = await approve();
    const token = await letIn();
    const begun = await grants.devices.begin({ flow: 'device', clientId: 'app' });
    if (typeof begun === 'string') throw new Error(begun);
    const db = test.database.tables<AppGrantTables>();
    const rows = [];
    for (const table of ['client_app', 'app_grant', 'app_code', 'app_ask'] as const)
      rows.push(await db.selectFrom(table).selectAll().execute());
    const text = JSON.stringify(rows);
    for (const secret of [code, token, 'shh', begun.userCode, begun.userCode.replace('-', ''), begun.deviceCode])
      expect(text.includes(secret)).toBe(false);
    const elsewhere = mkdtempSync(join(tmpdir(), 'usherr-grants-'));
    const stranger = createAppGrants({
      database: test.database,
      clock: { now: () => now },
      secrets: createSecrets({ dataDir: elsewhere }),
      settings: { get: async () => true as never },
    });
    expect(await stranger.grants.authenticate(token)).toBeUndefined();
    rmSync(elsewhere, { recursive: true });
  });
});
