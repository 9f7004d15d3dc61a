import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Type } from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AppErrorCode, isAppError } from '#kernel/app-error.ts';
import { accountId, personId } from '#kernel/ids.ts';
import { createSecrets, type Secrets } from '#platform/secrets/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { defineSetting } from './setting-definition.ts';
import type { SettingTables } from './settings.schema.store.ts';
import { createSettings, type Settings, type SettingsDeps } from './settings.ts';

const limit = defineSetting({
  key: 'sync.limit',
  schema: Type.Integer({ minimum: 1 }),
  default: 25,
  scope: 'house',
  description: 'How many un-watches a run may make.',
});
const words = defineSetting({
  key: 'sync.words',
  schema: Type.Object({ hello: Type.String() }),
  default: { hello: 'hi' },
  scope: 'house',
  needsRestart: true,
  description: 'Words.',
});
const secret = defineSetting({
  key: 'mail.password',
  schema: Type.String(),
  default: '',
  scope: 'house',
  secret: true,
  description: 'A password.',
});
const replay = defineSetting({ key: 'sync.replay', schema: Type.Boolean(), default: false, scope: 'person', description: 'Replay.' });
const pace = defineSetting({ key: 'sync.pace', schema: Type.Number(), default: 1, scope: 'account', description: 'Pace.' });
const definitions = [limit, words, secret, replay, pace];

const actor = { kind: 'login', id: 7, name: 'alice' };
const ALL = { offset: 0, limit: 100 };
const coded = (code: AppErrorCode) => (error: unknown) => isAppError(error, code);

describe('a setting', () => {
  it.each([
    ['a key without a dot', { key: 'limit', default: 1 }],
    ['a default that its schema refuses', { key: 'sync.limit', default: 'x' as never }],
  ])('is not declared with %s', (_what, given) => {
    expect(() => defineSetting({ schema: Type.Integer(), scope: 'house', description: '', ...given })).toThrow();
  });
});

describe.each(DATABASES)('settings on %s', (kind) => {
  let opened: TestDatabase;
  let folder: string;
  let secrets: Secrets;
  let settings: Settings;
  let now = 0;
  const open = (more: Partial<SettingsDeps> = {}): Settings =>
    createSettings({ database: opened.database, clock: { now: () => now }, secrets, definitions, ...more });

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    folder = mkdtempSync(join(tmpdir(), 'usherr-settings-'));
    secrets = createSecrets({ dataDir: folder, secret: 'a secret of this test' });
  });
  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await opened.database.tables<SettingTables>().deleteFrom('setting').execute();
    await opened.database.tables<SettingTables>().deleteFrom('setting_history').execute();
    settings = open();
  });

  it('have their default until somebody chooses', async () => {
    expect(await settings.get(limit)).toBe(25);
    await settings.set(limit, 30, { actor });
    expect(await settings.get(limit)).toBe(30);
    await settings.set('sync.words', { hello: 'ho' }, { actor });
    expect((await settings.get(words)).hello).toBe('ho');
    await settings.reset(limit, { actor });
    expect(await settings.get(limit)).toBe(25);
  });

  it('belong to the house, to one person or to one account', async () => {
    await settings.set(replay, true, { actor, subject: personId(1) });
    await settings.set(pace, 2.5, { actor, subject: accountId(1) });
    for (const setting of [limit, pace]) {
      const asPerson = { actor, scope: 'person', subject: personId(1) } as const;
      await expect(settings.set(setting, 9, asPerson)).rejects.toSatisfy(coded('not-found'));
      await expect(settings.reset(setting.key, asPerson)).rejects.toSatisfy(coded('not-found'));
      await expect(settings.history(setting.key, ALL, asPerson)).rejects.toSatisfy(coded('not-found'));
    }
    expect(await settings.get(replay, personId(1))).toBe(true);
    expect(await settings.get(replay, personId(2))).toBe(false);
    expect(await settings.get(pace, accountId(1))).toBe(2.5);
    await expect(settings.get(replay)).rejects.toSatisfy(coded('invalid'));
    expect((await settings.list('person', personId(1))).map((view) => [view.key, view.value, view.source])).toEqual([
      ['sync.replay', true, 'stored'],
    ]);
  });

  it.each<[string, unknown, AppErrorCode]>([
    ['sync.limit', 0, 'invalid'],
    ['sync.limit', '30', 'invalid'],
    ['sync.words', { hello: 1 }, 'invalid'],
    ['sync.nothing', 1, 'not-found'],
  ])('refuse %s = %j', async (key, value, code) => {
    await expect(settings.set(key, value, { actor })).rejects.toSatisfy(coded(code));
    await expect(settings.set(key, value, { actor })).rejects.toThrow(key);
    expect((await settings.list('house')).every((view) => view.source === 'default')).toBe(true);
  });

  it('remember who changed what and when', async () => {
    now = 5;
    await settings.set(limit, 30, { actor });
    now = 6;
    await settings.reset(limit, { actor: { ...actor, name: 'bob' } });
    const { changes, total } = await settings.history('sync.limit', ALL);
    expect(total).toBe(2);
    expect(changes).toMatchObject([
      { value: undefined, reset: true, at: 6, actor: { name: 'bob' } },
      { value: 30, reset: false, at: 5, actor: { kind: 'login', id: '7', name: 'alice' } },
    ]);
    expect((await settings.history('sync.words', ALL)).total).toBe(0);
  });

  it('never show a secret, and never store it in clear', async () => {
    await settings.set(secret, 'hunter22', { actor });
    expect(await settings.get(secret)).toBe('hunter22');
    const db = opened.database.tables<SettingTables>();
    const stored = [await db.selectFrom('setting').selectAll().execute(), await db.selectFrom('setting_history').selectAll().execute()];
    const shown = [await settings.list('house'), await settings.history('mail.password', ALL)];
    expect(JSON.stringify([stored, shown])).not.toContain('hunter22');
    expect((await settings.list('house')).find((view) => view.key === 'mail.password')).toMatchObject({ isSet: true, value: undefined });
    await expect(settings.set(secret, 4711, { actor })).rejects.not.toThrow('4711');
  });

  it('are held fast by the file, and above it by the environment', async () => {
    await settings.set(limit, 30, { actor });
    const file = { name: '/data/settings.yaml', kind: 'json' as const, values: { 'sync.limit': 40, 'sync.words': { hello: 'file' } } };
    const environment = { name: 'environment', kind: 'text' as const, values: { 'sync.limit': '50', 'mail.password': '123' } };
    const pinned = open({ file, environment });
    expect(await pinned.get(limit)).toBe(50);
    expect(await pinned.get(secret)).toBe('123');
    const views = await pinned.list('house');
    expect(views.map(({ key, source, pinnedAt, readOnly }) => ({ key, source, pinnedAt, readOnly }))).toEqual([
      { key: 'mail.password', source: 'environment', pinnedAt: 'environment', readOnly: true },
      { key: 'sync.limit', source: 'environment', pinnedAt: 'environment', readOnly: true },
      { key: 'sync.words', source: 'file', pinnedAt: '/data/settings.yaml', readOnly: true },
    ]);
    expect(JSON.stringify(views)).not.toContain('"123"');
    await expect(pinned.set(words, { hello: 'me' }, { actor })).rejects.toThrow('/data/settings.yaml');
    await expect(pinned.reset(limit, { actor })).rejects.toSatisfy(coded('forbidden'));
    expect(await settings.get(limit)).toBe(30);
  });

  it('tell all that is wrong with a file and the environment together', () => {
    const file = { name: 'settings.yaml', kind: 'json' as const, values: { 'sync.limit': 0, 'sync.nothing': 1 } };
    const environment = { name: 'environment', kind: 'text' as const, values: { 'sync.replay': 'true', 'sync.words': '{"hello":' } };
    const faults = (() => {
      try {
        open({ file, environment });
      } catch (error) {
        if (isAppError(error, 'misconfigured')) return error.faults;
      }
      return [];
    })();
    expect(faults.map((fault) => fault.field)).toEqual(['sync.limit', 'sync.nothing', 'sync.replay', 'sync.words']);
  });

  it('may be refused though their shape is right; what was stored before is read all the same', async () => {
    const strict = { ...limit, refusal: (value: number) => (value > 30 ? 'is more than anybody wants' : undefined) };
    await settings.set(limit, 40, { actor });
    const later = open({ definitions: [strict] });
    expect(await later.get(strict)).toBe(40);
    await expect(later.set('sync.limit', 50, { actor })).rejects.toThrow('sync.limit: is more than anybody wants');
    await later.set('sync.limit', 30, { actor });
    expect(await later.get(strict)).toBe(30);
  });

  it('do not fall back to the default where what is stored is unusable', async () => {
    await settings.set(limit, 30, { actor });
    const stricter = defineSetting({ ...limit, schema: Type.Integer({ maximum: 20 }), default: 20 });
    const updated = open({ definitions: [stricter] });
    await expect(updated.get(stricter)).rejects.toSatisfy(coded('misconfigured'));
    expect(await updated.list('house')).toMatchObject([{ broken: true, source: 'stored' }]);
    await updated.reset(stricter, { actor });
    expect(await updated.get(stricter)).toBe(20);
  });
});
