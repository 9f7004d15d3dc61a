import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDeskDriverFake, createDeskFake, type DeskFake } from '#core/upstreams/request-desk.fake.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { deskId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { labelOf } from './desk.ts';
import { createDesks, type Desks } from './desks.ts';
import type { RequestTables } from './requests.schema.store.ts';

const faultsOf = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'nothing was thrown',
    (error: unknown) => (isAppError(error) ? [error.code, ...error.faults.map((fault) => fault.field)] : error),
  );
const secrets = { encrypt: (text: string) => `sealed(${text})`, decrypt: (text: string) => text.slice(7, -1) };
const signal = AbortSignal.timeout(60_000);

describe.each(DATABASES)('request desks on %s', (kind) => {
  let opened: TestDatabase;
  let desks: Desks;
  let home: DeskFake;
  let now = 1_000;
  const clock = { now: () => now };

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    home = createDeskFake({ clock });
    const seerr = createDeskDriverFake({ 'http://home:5055': home, 'http://far:5055': createDeskFake({ clock }) });
    desks = createDesks({ database: opened.database, clock, secrets, drivers: { seerr } });
  });
  afterAll(() => opened.close());

  it('are stored with their keys encrypted, and handed out without them', async () => {
    const desk = await desks.create({ name: ' Main ', url: 'HTTP://Home:5055/', apiKey: 'key-of-home', role: 'primary' }, { verify: true });
    expect(desk).toMatchObject({
      name: 'Main',
      place: 'internal',
      url: 'http://home:5055',
      hasKey: true,
      role: 'primary',
      version: '3.0.0',
    });
    expect(desk).toMatchObject({ provenAt: 1_000, health: { state: 'ok' } });
    expect(labelOf(desk)).toBe('internal:Main');
    expect(JSON.stringify(desk)).not.toContain('key-of-home');
    const row = await opened.database.tables<RequestTables>().selectFrom('request_desk').selectAll().executeTakeFirstOrThrow();
    expect(row.api_key).toBe('sealed(key-of-home)');
    expect(row.webhook_token).toMatch(/^sealed\(/);
  });

  it('go by their label, or their address however it is spelt', async () => {
    const far = await desks.create({ name: 'Far', place: 'external', url: 'http://far:5055', apiKey: 'k', role: 'subordinate' });
    expect(labelOf(far)).toBe('http://far:5055');
    expect((await desks.byLabel('http://FAR:5055/'))?.id).toBe(far.id);
    expect((await desks.byLabel('internal:Main'))?.name).toBe('Main');
    expect(labelOf(await desks.update(far.id, { label: 'attic' }))).toBe('attic');
    expect((await desks.byLabel('attic'))?.id).toBe(far.id);
    expect(labelOf(await desks.update(far.id, { label: null }))).toBe('http://far:5055');
  });

  it('are refused with every fault named', async () => {
    const bad = { name: ' ', url: 'ftp://x', apiKey: 'two words', place: 'external' as const, label: 'internal:X' };
    expect(await faultsOf(desks.create(bad))).toEqual(['invalid', 'name', 'url', 'api_key', 'label']);
    expect(await faultsOf(desks.create({ name: 'Second', role: 'primary' }))).toEqual(['invalid', 'role', 'url', 'api_key']);
    expect(await faultsOf(desks.create({ name: 'MAIN', role: 'disabled' }))).toEqual(['conflict']);
    expect(await faultsOf(desks.create({ name: 'X', vendor: 'ombi' }))).toEqual(['invalid', 'vendor']);
    expect(await faultsOf(desks.create({ name: 'X', label: 'x' }))).toEqual(['invalid', 'label']);
    expect(await desks.list()).toHaveLength(2);
  });

  it('are kept as a file has them, where that is asked for, and then said to be at fault', async () => {
    const second = await desks.create({ name: 'Second', role: 'primary', url: 'http://second:5055' }, { incomplete: true });
    expect((await desks.faults()).map((fault) => fault.field)).toEqual(['internal:Second.role', 'internal:Second.api_key']);
    await expect(desks.connect(second)).rejects.toMatchObject({ code: 'misconfigured', message: /internal:Second has no API key/ });
    await desks.remove(second.id);
    expect(await desks.faults()).toEqual([]);
    expect(await faultsOf(desks.get(second.id))).toEqual(['not-found']);
  });

  it('do not send a stored key to another server', async () => {
    const main = await desks.byLabel('internal:Main');
    const id = main?.id ?? deskId(0);
    expect(await faultsOf(desks.update(id, { url: 'http://thief:5055' }))).toEqual(['invalid', 'api_key']);
    expect((await desks.update(id, { url: 'http://home:5055/seerr' })).provenAt).toBeUndefined();
    expect((await desks.update(id, { url: 'http://home:5055', apiKey: 'another' })).url).toBe('http://home:5055');
  });

  it('prove a key, and refuse one that shows only a part', async () => {
    const main = await desks.byLabel('internal:Main');
    const id = main?.id ?? deskId(0);
    now = 2_000;
    await desks.prove({ id }, { signal });
    expect((await desks.get(id)).provenAt).toBe(2_000);
    await desks.noteUnproven(id);
    home.addUser({ id: 1, displayName: 'nobody' }, {});
    expect(await faultsOf(desks.prove({ id }, { signal }))).toEqual(['invalid', 'api_key']);
    expect(await faultsOf(desks.test({ url: 'http://home:5055', apiKey: 'k' }))).toEqual(['invalid', 'api_key']);
    home.addUser({ id: 1, displayName: 'admin' }, { admin: true });
    expect((await desks.test({ url: 'http://home:5055', apiKey: 'k' })).raw).toMatchObject({ version: '3.0.0' });
    expect(await faultsOf(desks.test({ url: '', apiKey: '' }))).toEqual(['invalid', 'url', 'api_key']);
    expect(await faultsOf(desks.test({ url: 'home', apiKey: 'k' }))).toEqual(['invalid', 'url']);
  });

  it('remember what went wrong until the next good listing', async () => {
    const { id } = (await desks.byLabel('internal:Main')) ?? { id: deskId(0) };
    await desks.noteFault(id, new AppError('upstream-timeout', 'It did not answer.'));
    await desks.noteFault(id, new AppError('upstream-timeout', 'It did not answer again.'));
    expect((await desks.get(id)).health).toMatchObject({
      state: 'degraded',
      faultsInARow: 2,
      lastError: { message: 'It did not answer again.' },
    });
    await desks.noteListed(id, 3_000);
    expect(await desks.get(id)).toMatchObject({
      listedAt: 3_000,
      health: { state: 'ok', faultsInARow: 0, lastError: { code: 'upstream-timeout' } },
    });
  });

  it('have a token of their own for events', async () => {
    const { id } = (await desks.byLabel('internal:Main')) ?? { id: deskId(0) };
    const token = await desks.webhookTokenOf({ id });
    expect((await desks.byWebhookToken(token))?.id).toBe(id);
    const next = await desks.rotateWebhookToken(id);
    expect(await desks.byWebhookToken(token)).toBeUndefined();
    expect((await desks.byWebhookToken(next))?.id).toBe(id);
  });
});
