import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Household, startHousehold } from '#tests/support/household.ts';

const OWNER = { username: 'owner', password: 'a long enough password' };

let house: Household;
let host: string;
let cookie: string;
beforeAll(async () => {
  house = await startHousehold({ servers: [] });
  host = new URL(house.address).host;
  const answer = await signIn();
  cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
});
afterAll(() => house.close());

const signIn = (body: object = OWNER) =>
  fetch(`${house.address}/api/v1/session/browser`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
const send = async (method: string, path: string, headers: Record<string, string>): Promise<number> =>
  (await fetch(`${house.address}${path}`, { method, headers: { cookie, ...headers } })).status;

describe('signing a browser in', () => {
  it('puts the token where no script and no other site reaches it, and not into the answer', async () => {
    const answer = await signIn();
    const set = answer.headers.get('set-cookie') ?? '';
    expect(set).toMatch(/^usherr_session=[^;]{20,}; /);
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/api/v1', 'Expires=']) expect(set).toContain(part);
    expect(Object.keys((await answer.json()) as object)).toEqual(['expires_at']);
  });

  it('keeps the token to TLS where the public address has it, also behind a proxy that is not trusted', async () => {
    const environment = { USHERR_PUBLIC_URL: 'https://media.example.org/usherr' };
    const behind = await startHousehold({ servers: [], environment });
    const { port } = behind.house.server.server.address() as AddressInfo;
    const setFor = async (name: string): Promise<string> => {
      const headers = { host: name, 'content-type': 'application/json' };
      const sent = request({ host: '127.0.0.1', port, method: 'POST', path: '/usherr/api/v1/session/browser', headers });
      sent.end(JSON.stringify(OWNER));
      const [answer] = (await once(sent, 'response')) as [IncomingMessage];
      answer.resume();
      return String(answer.headers['set-cookie']);
    };
    expect(await setFor('media.example.org')).toMatch(/Path=\/usherr\/api\/v1;.* Secure;/);
    expect(await setFor('192.168.1.5:4848')).not.toContain('Secure');
    await behind.close();
  });

  it('sets nothing for a wrong password', async () => {
    const answer = await signIn({ ...OWNER, password: 'wrong' });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([401, null]);
  });
});

describe('a call with the cookie', () => {
  it.each([
    ['reads', 'GET', {}, 200],
    ['reads for a page of this house', 'GET', { 'sec-fetch-site': 'same-origin' }, 200],
    ['reads for an address that was typed', 'GET', { 'sec-fetch-site': 'none' }, 200],
    ['reads nothing for another site', 'GET', { 'sec-fetch-site': 'cross-site' }, 403],
    ['reads nothing for another service of the same domain', 'GET', { 'sec-fetch-site': 'same-site' }, 403],
    ['reads nothing for a page of another origin', 'GET', { origin: 'http://evil.example' }, 403],
    ['writes nothing for another site', 'POST', { 'sec-fetch-site': 'cross-site', origin: 'http://evil.example' }, 403],
    ['writes nothing for an unnamed page', 'POST', {}, 403],
    ['writes nothing for a page without an origin', 'POST', { origin: 'null' }, 403],
  ])('%s', async (_name, method, headers, status) => {
    const path = method === 'GET' ? '/api/v1/session' : '/api/v1/accounts/999/pushes/retry';
    expect(await send(method, path, headers)).toBe(status);
  });

  it('writes for a page of this house', async () => {
    expect(await send('POST', '/api/v1/accounts/999/pushes/retry', { origin: `http://${host}` })).toBe(404);
  });

  it('opens no other API', async () => {
    expect(await send('GET', '/v1/api/backends', {})).toBe(401);
  });

  it('opens nothing once its login has signed out', async () => {
    const answer = await fetch(`${house.address}/api/v1/session`, { method: 'DELETE', headers: { cookie, origin: `http://${host}` } });
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([204, expect.stringContaining('1970')]);
    expect(await send('GET', '/api/v1/session', {})).toBe(401);
  });
});
