import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { createWatchstateApi } from '#tests/support/watchstate-api.ts';
import { ENV_KEYS } from './env-keys.ts';

let home: Household;
const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  createWatchstateApi(home).call(method, `/system/env${path}`, body, headers);

beforeAll(async () => {
  home = await startHousehold({ servers: [] });
}, 30_000);
afterAll(() => home.close());

describe('the environment of the original', () => {
  it('is shown as it is here, without any secret', async () => {
    const { json } = await api('GET', '');
    const data = json.data as { key: string; value: unknown }[];
    expect(Object.fromEntries(data.map(({ key, value }) => [key, value]))).toMatchObject({
      WS_TZ: home.rooms.config.timeZone,
      WS_SECURE_API_ENDPOINTS: true,
      WS_PROGRESS_THRESHOLD: 0,
      WS_CRON_IMPORT_AT: '0 */1 * * *',
    });
    const text = JSON.stringify(json);
    for (const secret of [API_KEY, 'a long enough password']) expect(text).not.toContain(secret);
    expect(data.map(({ key }) => key)).not.toContain('WS_API_KEY');
    expect((await api('GET', '?set=1')).json.data).toEqual([]);
  });

  it('changes the setting behind it, and the schedule with it', async () => {
    expect((await api('GET', '/WS_CRON_IMPORT_AT')).status).toBe(404);
    expect((await api('POST', '/WS_CRON_IMPORT_AT', { value: '5 * * * *' })).json).toMatchObject({ value: '5 * * * *', type: 'string' });
    expect((await home.get('/v1/api/tasks/import')).body).toMatchObject({ timer: '5 * * * *' });
    expect((await api('POST', '/ws_cron_import', { value: 'off' })).json).toMatchObject({ key: 'WS_CRON_IMPORT', value: false });
    expect((await home.get('/v1/api/tasks/import')).body).toMatchObject({ enabled: false });
    expect((await api('POST', '/WS_CRON_IMPORT_ARGS', { value: '--force-full' })).json).toMatchObject({ value: '--force-full' });
    expect((await api('POST', '/WS_PROGRESS_THRESHOLD', { value: 600 })).json).toMatchObject({ value: 600 });
    expect((await api('POST', '/WS_PROGRESS_THRESHOLD', { value: 100 })).json).toMatchObject({ value: 0 });
    expect(((await api('GET', '?set=1')).json.data as unknown[]).length).toBe(4);
    expect((await api('DELETE', '/WS_CRON_IMPORT_AT')).json).toMatchObject({ value: '0 */1 * * *' });
    expect((await api('GET', '/WS_CRON_IMPORT_AT')).status).toBe(404);
  });

  it.each([
    ['GET', '/WS_API_KEY', undefined, 404],
    ['POST', '/WS_API_KEY', { value: 'x' }, 404],
    ['DELETE', '/WS_SYSTEM_SECRET', undefined, 404],
    ['GET', '/WS_NO_SUCH_KEY', undefined, 400],
    ['GET', '/..%2f..%2fetc', undefined, 400],
    ['POST', '/WS_CRON_IMPORT_AT', { value: 'never' }, 400],
    ['POST', '/WS_CRON_IMPORT', { value: 'perhaps' }, 400],
    ['POST', '/WS_PROGRESS_THRESHOLD', { value: 'ten' }, 400],
    ['POST', '/WS_CRON_IMPORT', {}, 400],
    ['POST', '/WS_TZ', { value: 'UTC' }, 400],
    ['POST', '/WS_SECURE_API_ENDPOINTS', { value: 0 }, 400],
  ])('%s %s %j is %i', async (method, path, body, status) => {
    expect((await api(method, path, body)).status).toBe(status);
  });

  it.each([
    ['/WS_CRON_IMPORT_AT', 'never'],
    ['/WS_CRON_IMPORT_ARGS', '--dryrun'],
    ['/WS_CRON_IMPORT_ARGS', '--select-library 1'],
    ['/WS_LOGGER_FILE_LEVEL', 'loud'],
    ['/WS_PROGRESS_THRESHOLD', 'ten'],
  ])('%s of %s is a fault of its value', async (path, value) => {
    const reply = await api('POST', path, { value });
    expect(reply).toMatchObject({ status: 400, json: { error: { fields: [{ field: 'value' }] } } });
  });

  it('is for owners and admins', async () => {
    const key = await createWatchstateApi(home).keyFor('person', ['read', 'write']);
    for (const [method, path] of [
      ['GET', ''],
      ['POST', '/WS_CRON_IMPORT'],
      ['DELETE', '/WS_CRON_IMPORT'],
    ] as const) {
      expect((await api(method, path, method === 'POST' ? { value: 1 } : undefined, key)).status).toBe(403);
    }
  });

  it('names only settings that there are', async () => {
    const known = new Set((await home.rooms.settings.list('house')).map(({ key }) => key));
    const named = ENV_KEYS.flatMap(({ source }) => (source.kind === 'setting' ? [source.key] : []));
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });
});
