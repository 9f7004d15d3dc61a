import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import pino from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecord } from '#kernel/json.ts';
import { createHttpServer, guard } from '#platform/http-server/index.ts';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { type AppInside, letAppIn } from '#tests/support/simkl-apps.ts';
import { anyKnownApp, appOf, callerDecorations, callerIfAny, callerOf, createAuthenticator } from './simkl.auth.ts';
import { simklError } from './simkl.errors.ts';

let home: Household;
let app: AppInside;
beforeAll(async () => {
  home = await startHousehold({ servers: [] });
  app = await letAppIn(home.rooms.appGrants);
});
afterAll(() => home.close());

type Reply = Readonly<{ status: number; body: unknown; headers: Headers }>;
async function call(path: string, init: RequestInit = {}): Promise<Reply> {
  const reply = await fetch(`${home.address}${path}`, init);
  const text = await reply.text();
  return { status: reply.status, body: text === '' ? undefined : JSON.parse(text), headers: reply.headers };
}
const wordOf = ({ body, status }: Reply): string => `${status} ${isRecord(body) ? String(body.error) : ''}`;
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

describe('an app that calls', () => {
  it.each([
    ['in the address', () => call(`/users/settings?client_id=${app.clientId}`, { headers: bearer(app.token) })],
    ['in the header', () => call('/users/settings', { headers: { ...bearer(app.token), 'simkl-api-key': app.clientId } })],
    ['in both', () => call(`/users/settings?client_id=${app.clientId}`, { headers: app.headers })],
    [
      'with a header in small letters',
      () => call('/users/settings', { headers: { ...app.headers, authorization: `bearer ${app.token}` } }),
    ],
    ['with a slash at the end', () => call('/users/settings/', { headers: app.headers })],
    ['with a bare question mark', () => call('/users/settings?', { headers: app.headers })],
    ['with parameters that nobody knows', () => call('/users/settings?app-name=x&app-version=1&__proto__=2', { headers: app.headers })],
  ])('is known by its client_id %s', async (_how, ask) => {
    const { status, body } = await ask();
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({ account: { id: 1, timezone: home.config.timeZone, type: 'vip' }, connections: { facebook: false } }),
    ]);
  });

  it('is told of a missing or foreign client_id before anything is said of its token', async () => {
    await letAppIn(home.rooms.appGrants, { clientId: 'another-app' });
    for (const headers of [{}, bearer(app.token), bearer('nonsense')])
      expect(wordOf(await call('/users/settings', { headers }))).toBe('412 client_id_failed');
    expect(wordOf(await call('/users/settings?client_id=another-app', { headers: bearer(app.token) }))).toBe('412 client_id_failed');
    expect(wordOf(await call('/users/settings?client_id=another-app', { headers: app.headers }))).toBe('412 client_id_failed');
  });

  it('is told in words that it greps for that its token is worth nothing', async () => {
    const header = { 'simkl-api-key': app.clientId };
    const [none, old, modern] = [
      await call('/users/settings', { headers: header }),
      await call('/users/settings', { headers: { ...header, ...bearer('0'.repeat(64)) } }),
      await call('/users/settings', { headers: { ...header, ...bearer('simkl_at_0000') } }),
    ];
    expect([wordOf(none), wordOf(old), wordOf(modern)]).toEqual(['401 user_token_failed', '401 user_token_failed', '401 invalid_token']);
    expect(old.headers.get('www-authenticate')).toBe('Bearer realm="simkl", error="user_token_failed"');
    expect(old.body).toMatchObject({ error: 'user_token_failed', code: 401, message: expect.any(String) });
  });

  it('of the second generation is told that it needs a token where it sends none', async () => {
    await letAppIn(home.rooms.appGrants, { clientId: 'modern-app', generation: 2 });
    expect(wordOf(await call('/users/settings?client_id=modern-app'))).toBe('401 user_token_required');
  });

  it('gets nowhere with a key of the house, and nowhere else with its token', async () => {
    for (const headers of [bearer(API_KEY), { 'x-apikey': API_KEY }])
      expect(wordOf(await call('/users/settings?client_id=test-app', { headers }))).toBe('401 user_token_failed');
    for (const path of ['/api/v1/session', '/v1/api/system/version', '/api/seerr-sync/status', '/metrics'])
      expect((await call(path, { headers: app.headers })).status, path).toBe(401);
  });

  it('is answered by POST as by GET, with 201', async () => {
    const posted = await call('/users/settings', { method: 'POST', headers: app.headers });
    expect(posted.status).toBe(201);
    expect(posted.body).toEqual((await call('/users/settings', { headers: app.headers })).body);
  });

  it('is told in its own words what is not served', async () => {
    const reply = await call('/sync/nowhere', { headers: app.headers });
    expect([wordOf(reply), reply.headers.get('access-control-allow-origin')]).toEqual(['404 url_failed', '*']);
    for (const path of ['/oauth/nowhere', '/sync', '/tv', '/movies/', '/users', '/checkin'])
      expect([path, wordOf(await call(path, { headers: app.headers }))]).toEqual([path, '404 url_failed']);
  });
});

describe('a page in a browser', () => {
  it.each(['/sync/activities', '/users/settings', '/checkin', '/oauth/token', '/oauth/pin/ABCDE'])('may ask %s', async (path) => {
    const headers = {
      origin: 'https://app.test',
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'simkl-api-key',
    };
    const { status, headers: said } = await call(path, { method: 'OPTIONS', headers });
    expect([status, said.get('access-control-allow-origin'), said.get('access-control-allow-headers')]).toEqual([
      204,
      '*',
      'simkl-api-key',
    ]);
    expect(said.get('access-control-allow-methods')).toContain('POST');
  });

  it('hears of refusals too, and is never told to send cookies', async () => {
    const { status, headers } = await call('/users/settings', { headers: { origin: 'https://app.test' } });
    expect([status, headers.get('access-control-allow-origin'), headers.get('access-control-allow-credentials')]).toEqual([412, '*', null]);
  });
});

describe('a route that belongs to nobody', () => {
  let server: ReturnType<typeof createHttpServer>;
  beforeAll(async () => {
    server = createHttpServer({ logger: pino({ level: 'silent' }), trustedProxies: [], publicUrl: undefined, clock: { now: () => 0 } });
    const routes: FastifyPluginAsyncTypebox = async (scope) => {
      scope.setErrorHandler(simklError);
      for (const name of callerDecorations) scope.decorateRequest(name, null);
      guard(scope, { open: [], authenticate: createAuthenticator(home.rooms) });
      scope.get('/titles', { config: anyKnownApp }, async (request) => [appOf(request).name, callerIfAny(request)?.personId ?? null]);
      scope.get('/mine', async (request) => callerOf(request).personId);
    };
    await server.register(routes);
  });
  afterAll(() => server.close());
  const ask = async (url: string, headers: Record<string, string>) => {
    const reply = await server.inject({ url, headers });
    return [reply.statusCode, isRecord(reply.json()) ? reply.json<{ error: string }>().error : reply.json()];
  };

  it('takes an app that is known here without a person, and says for whom where one is named', async () => {
    expect(await ask('/titles', { 'simkl-api-key': app.clientId })).toEqual([200, [app.clientId, null]]);
    expect(await ask('/titles', { ...app.headers })).toEqual([200, [app.clientId, 1]]);
    expect(await ask('/mine', { 'simkl-api-key': app.clientId })).toEqual([401, 'user_token_failed']);
  });

  it('takes no app that nobody let in, none without a name, and no worthless token', async () => {
    expect(await ask('/titles', { 'simkl-api-key': 'a-stranger' })).toEqual([412, 'client_id_failed']);
    expect(await ask('/titles', {})).toEqual([412, 'client_id_failed']);
    expect(await ask('/titles', { 'simkl-api-key': app.clientId, ...bearer('0') })).toEqual([401, 'user_token_failed']);
  });
});
