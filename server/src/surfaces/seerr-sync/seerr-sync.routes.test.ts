import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSeerrFake, type FakeSeerr } from '#integrations/seerr/seerr.fake.ts';
import { API_KEY, eventually, type Household, startHousehold } from '#tests/support/household.ts';

let home: Household;
let primary: FakeSeerr;
let subordinate: FakeSeerr;
let key: string;

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = { 'x-api-key': key }) {
  const reply = await fetch(`${home.address}${path}`, {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, body: text === '' ? null : JSON.parse(text) };
}
const page = (path: string, method = 'GET', body?: unknown) => call(method, `/api/seerr-sync${path}`, body);
const add = (name: string, fake: FakeSeerr, role: string) =>
  call('POST', '/api/v1/request-desks', { name, url: fake.baseUrl, api_key: fake.apiKey(), role });
const round = () =>
  home.rooms.requestReplication.runCycle({ signal: AbortSignal.timeout(20_000), log: () => {}, progress: () => {} }).catch(() => undefined);

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

beforeAll(async () => {
  home = await startHousehold({ servers: [] });
  key = API_KEY;
  primary = await createSeerrFake();
  subordinate = await createSeerrFake();
}, 30_000);
afterAll(async () => {
  await home.close();
  await primary.close();
  await subordinate.close();
});

describe('the Seerr Sync API', () => {
  it('is closed to who has no key, in its own words', async () => {
    for (const path of ['/status', '/failed', '/state']) {
      expect(await call('GET', `/api/seerr-sync${path}`, undefined, {})).toEqual({ status: 401, body: { detail: expect.any(String) } });
    }
    expect((await call('GET', '/api/seerr-sync/status', undefined, { authorization: `Bearer ${key}` })).status).toBe(200);
    expect((await page('/nothing')).body).toEqual({ detail: expect.any(String) });
    const post = await call('POST', '/api/seerr-sync/webhook', {}, { authorization: 'Bearer nobodys' });
    expect(post).toEqual({ status: 401, body: { detail: expect.any(String) } });
  });

  it('is disabled without subordinates', async () => {
    expect((await page('/status')).body).toEqual({ enabled: false, status: 'disabled' });
    expect((await page('/failed')).body).toEqual({ count: 0, failed_requests: [] });
    expect((await page('/state')).body).toEqual({ last_poll_ts: null, requests: {}, failed: {}, requests_by_id: {} });
  });

  it('tries a Seerr, and says what is wrong with it', async () => {
    const tried = await page('/test', 'POST', { url: subordinate.baseUrl, api_key: subordinate.apiKey() });
    expect(tried).toEqual({ status: 200, body: { ok: true, status: expect.objectContaining({ version: expect.any(String) }) } });
    for (const body of [{ url: subordinate.baseUrl, api_key: 'wrong' }, { url: 'http://127.0.0.1:9', api_key: 'x' }, { url: 'x' }, {}]) {
      expect(await page('/test', 'POST', body)).toEqual({ status: 400, body: { detail: expect.any(String) } });
    }
  });

  it('shows what is where, in the shapes of its page', async () => {
    const wrong = await call('POST', '/api/v1/request-desks', { name: 'P', url: primary.baseUrl, api_key: 'wrong', role: 'primary' });
    expect(wrong.status).toBeGreaterThanOrEqual(400);
    expect(await call('GET', '/api/v1/request-desks')).toEqual({ status: 200, body: [] });
    const added = await add('Primary', primary, 'primary');
    expect(added).toMatchObject({ status: 201, body: { name: 'Primary', role: 'primary', has_key: true } });
    expect(JSON.stringify(added.body)).not.toContain(primary.apiKey());
    expect((await page('/status')).body).toEqual({ enabled: false, status: 'disabled' });

    const film = primary.addRequest({ kind: 'movie', tmdbId: 603, status: 'approved' });
    await add('Sync1', subordinate, 'subordinate');
    await eventually(async () => {
      await round();
      expect((await page('/status')).body).toEqual({
        enabled: true,
        status: 'active',
        last_poll: TIME,
        next_poll: TIME,
        poll_interval_seconds: 60,
        total_requests_tracked: 1,
        total_failed: 0,
        subordinates: { 'internal:Sync1': { synced: 1, failed: 0 } },
      });
    });
    const [there] = subordinate.requests();
    const replica = { id: there?.id, status: 2, synced_at: TIME };
    expect((await page('/state')).body).toEqual({
      last_poll_ts: TIME,
      requests: { 'movie:603:False': { primary_id: film, subordinates: { 'internal:Sync1': replica } } },
      failed: {},
      requests_by_id: { [film]: { fingerprint: 'movie:603:False', subordinates: { 'internal:Sync1': [replica] } } },
    });
    const drift = await call('GET', '/api/v1/request-replication/drift?subordinate=internal:Sync1');
    expect(drift).toMatchObject({ status: 200, body: { subordinate: 'internal:Sync1', in_step: 1, differences: [] } });
    expect((await call('GET', '/api/v1/request-replication/preview')).status).toBe(200);
  });

  it('clears what failed, and takes no word that is no fingerprint', async () => {
    expect(await page('/failed', 'DELETE')).toEqual({ status: 200, body: { message: 'Cleared 0 failed request(s)', cleared: 0 } });
    expect((await page('/failed?fingerprint=movie:1:False', 'DELETE')).body).toMatchObject({ cleared: 0 });
    const refused = await page('/failed?fingerprint=x', 'DELETE');
    expect(refused).toEqual({ status: 400, body: { detail: expect.stringContaining('fingerprint') } });
  });
});
