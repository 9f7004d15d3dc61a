import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { OPEN_REGISTRATION } from '#features/app-grants/index.ts';
import { days, minutes, seconds } from '#kernel/instant.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';

const BACK = 'https://app.test/back';
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters';
const S256 = createHash('sha256').update(VERIFIER).digest('base64url');
const MO = { personId: MAIN_PERSON, name: 'mo' };
const OWNER = { kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin'] } as const;

let home: Household;
let now = Date.UTC(2026, 5, 1);
let clients = 0;
let client = '';
beforeAll(async () => {
  home = await startHousehold({ servers: [], clock: { now: () => now } });
});
afterAll(() => home.close());
beforeEach(() => {
  now += minutes(20);
  clients += 1;
  client = `client-${clients}`;
});

type Answer = Readonly<{ status: number; body: Readonly<Record<string, unknown>> }>;
async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const reply = await fetch(`${home.address}${path}`, init);
  const text = await reply.text();
  return { status: reply.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']) };
}
const wordOf = ({ status, body }: Answer): string => `${status} ${String(body.error)}`;
const json = (path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(path, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });
const posted = (path: string, body: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(path, { method: 'POST', body: new URLSearchParams(body), headers });
const settings = (token: unknown, clientId = client): Promise<Answer> =>
  ask('/users/settings', { headers: { authorization: `Bearer ${String(token)}`, 'simkl-api-key': clientId } });

async function newCode(
  extra: Readonly<{ challenge?: string; challengeMethod?: string; redirect?: string; generation?: 1 | 2; scope?: string }> = {},
): Promise<string> {
  const approved = await home.rooms.appGrants.codes.approve({ generation: 1, clientId: client, redirect: BACK, ...extra }, MO);
  if (typeof approved === 'string') throw new Error(approved);
  return approved.code;
}

describe('a code of the first generation', () => {
  const exchange = (code: string, extra: object = {}, secret = 'shh') =>
    json('/oauth/token', {
      grant_type: 'authorization_code',
      code,
      client_id: client,
      client_secret: secret,
      redirect_uri: BACK,
      ...extra,
    });

  it('is exchanged for a token of five years, with credentials in the body or in the header, as JSON or as a form', async () => {
    const basic = { authorization: `Basic ${Buffer.from(`${client}:shh`).toString('base64')}` };
    const answers = [
      await exchange(await newCode()),
      await json('/oauth/token', { code: await newCode(), redirect_uri: BACK }, basic),
      await posted('/oauth/token', {
        code: await newCode(),
        client_id: client,
        client_secret: 'shh',
        redirect_uri: BACK,
        grant_type: 'authorization_code',
      }),
      await posted('/oauth/token/', { code: await newCode(), redirect_uri: BACK }, basic),
    ];
    for (const { status, body } of answers) {
      expect([status, body]).toEqual([
        200,
        { access_token: expect.stringMatching(/^[0-9a-f]{64}$/), token_type: 'bearer', scope: 'public', expires_in: 157_680_000 },
      ]);
      expect((await settings(body.access_token)).status).toBe(200);
    }
    expect(new Set(answers.map(({ body }) => body.access_token)).size).toBe(4);
  });

  it('is exchanged by PKCE without a secret and without a redirect', async () => {
    const challenged = { challenge: S256, challengeMethod: 'S256' };
    const body = async () => ({ code: await newCode(challenged), client_id: client, code_verifier: VERIFIER });
    expect((await json('/oauth/token', await body())).status).toBe(200);
    const plain = await newCode({ challenge: VERIFIER, challengeMethod: 'plain' });
    expect((await json('/oauth/token', { code: plain, client_id: client, code_verifier: VERIFIER })).status).toBe(200);
    expect(wordOf(await json('/oauth/token', { ...(await body()), code_verifier: VERIFIER.toUpperCase() }))).toBe('401 secret_error');
    expect(
      wordOf(await json('/oauth/token', { ...(await body()), code_verifier: undefined, client_secret: 'shh', redirect_uri: BACK })),
    ).toBe('401 secret_error');
  });

  it('is good once', async () => {
    const code = await newCode();
    expect((await exchange(code)).status).toBe(200);
    expect(wordOf(await exchange(code))).toBe('401 grant_error');
  });

  it('is spent by a try that fails', async () => {
    for (const [extra, secret, word] of [
      [{ redirect_uri: 'https://evil.test/' }, 'shh', '403 redirect_failed'],
      [{ redirect_uri: undefined }, 'shh', '403 redirect_failed'],
      [{ client_secret: undefined }, 'shh', '401 secret_error'],
    ] as const) {
      const code = await newCode();
      expect(wordOf(await exchange(code, extra, secret))).toBe(word);
      expect(wordOf(await exchange(code))).toBe('401 grant_error');
    }
  });

  it('is worth nothing after ten minutes, or for another app', async () => {
    const late = await newCode();
    now += minutes(10);
    expect(wordOf(await exchange(late))).toBe('401 grant_error');
    const code = await newCode();
    expect(wordOf(await exchange(code, { client_id: 'somebody-else' }))).toBe('401 grant_error');
    expect(wordOf(await exchange(code))).toBe('401 grant_error');
  });

  it('pins the secret of the first who shows one', async () => {
    expect((await exchange(await newCode(), {}, 'first')).status).toBe(200);
    expect(wordOf(await exchange(await newCode(), {}, 'second'))).toBe('401 secret_error');
    expect((await exchange(await newCode(), {}, 'first')).status).toBe(200);
  });

  it('needs what it needs', async () => {
    expect(wordOf(await json('/oauth/token', { client_id: client }))).toBe('403 empty_field');
    expect(wordOf(await json('/oauth/token', { code: 'x' }))).toBe('412 client_id_failed');
    expect(wordOf(await json('/oauth/token', { code: 'x', client_id: client }))).toBe('401 grant_error');
    expect(wordOf(await json('/oauth/token', { client_id: client, grant_type: 'refresh_token', refresh_token: 'x' }))).toBe(
      '401 grant_error',
    );
  });

  it('makes a token that ends with its five years, with its app being blocked, and with being revoked, the others staying', async () => {
    const tokens: unknown[] = [];
    for (let n = 0; n < 3; n += 1) tokens.push((await exchange(await newCode())).body.access_token);
    const grants = await home.rooms.appGrants.grants.list({ person: MAIN_PERSON }, OWNER);
    const [newest] = grants;
    if (!newest) throw new Error('there is no grant');
    await home.rooms.appGrants.grants.revoke(newest.id, OWNER);
    const statuses = async () => [await settings(tokens[0]), await settings(tokens[1]), await settings(tokens[2])].map(wordOf);
    expect((await statuses()).map((word) => word.split(' ')[0])).toEqual(['200', '200', '401']);
    await home.rooms.appGrants.apps.change(newest.app.id, { blocked: true }, OWNER);
    expect(await statuses()).toEqual(Array(3).fill('412 client_id_failed'));
    await home.rooms.appGrants.apps.change(newest.app.id, { blocked: false }, OWNER);
    now += days(1_825);
    expect(await statuses()).toEqual(Array(3).fill('401 user_token_failed'));
  });

  it('keeps nothing that could be used', async () => {
    const code = await newCode();
    const { access_token: token } = (await exchange(code, {}, 'a very secret secret')).body;
    const rows = JSON.stringify(
      await Promise.all(
        (['client_app', 'app_grant', 'app_code'] as const).map((table) =>
          home.rooms.database.tables<Record<string, Record<string, unknown>>>().selectFrom(table).selectAll().execute(),
        ),
      ),
    );
    for (const secret of [code, String(token), 'a very secret secret']) expect(rows.includes(secret)).toBe(false);
    expect(home.logLines.join('\n')).not.toContain(String(token));
  });

  it('of an app of the second generation is not taken here', async () => {
    await newCode({ generation: 2, challenge: S256, challengeMethod: 'S256' });
    expect(wordOf(await json('/oauth/token', { code: 'x', client_id: client }))).toBe('400 unauthorized_client');
    expect(wordOf(await ask(`/oauth/pin?client_id=${client}`))).toBe('400 unauthorized_client');
  });
});

describe('a short code', () => {
  const begin = () => ask(`/oauth/pin?client_id=${client}&app-name=tv-box`);
  const poll = (code: unknown, id = client) => ask(`/oauth/pin/${String(code)}?client_id=${id}`);
  const agree = (code: unknown) => home.rooms.appGrants.devices.approve(String(code), MO);

  it('is told as devices read it', async () => {
    const { status, body } = await begin();
    const url = `${home.address}/pin`;
    expect([status, body]).toEqual([
      200,
      {
        result: 'OK',
        device_code: 'DEVICE_CODE',
        user_code: expect.stringMatching(/^[2-9A-HJKMNP-TV-Z]{5}$/),
        verification_uri: url,
        verification_url: url,
        expires_in: 900,
        interval: 5,
      },
    ]);
    expect((await ask('/oauth/pin/', { headers: { 'simkl-api-key': client } })).status).toBe(200);
  });

  it('waits in exactly these words until somebody agrees, and gives its token once', async () => {
    const { user_code: code } = (await begin()).body;
    for (let n = 0; n < 3; n += 1) {
      expect(await poll(code)).toEqual({ status: 200, body: { result: 'KO', message: 'Authorization pending' } });
      now += seconds(5);
    }
    await agree(code);
    const { status, body } = await poll(code);
    expect([status, body]).toEqual([200, { result: 'OK', access_token: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
    expect((await settings(body.access_token)).status).toBe(200);
    expect((await poll(code)).body).toMatchObject({
      result: 'OK',
      device_code: 'DEVICE_CODE',
      user_code: expect.not.stringContaining(String(code)),
    });
  });

  it('slows down whoever asks below the interval, not whoever is a little early', async () => {
    const { user_code: code } = (await begin()).body;
    await poll(code);
    now += seconds(2);
    expect((await poll(code)).body).toEqual({ result: 'KO', message: 'Slow down' });
    now += 4_200;
    expect((await poll(code)).body).toEqual({ result: 'KO', message: 'Authorization pending' });
  });

  it('that has ended, was refused or is another app’s is answered with a new one', async () => {
    const fresh = { result: 'OK', device_code: 'DEVICE_CODE', user_code: expect.any(String) };
    const [ended, refused, foreign] = [(await begin()).body.user_code, (await begin()).body.user_code, (await begin()).body.user_code];
    expect((await poll(foreign, 'another-app')).body).toMatchObject(fresh);
    await home.rooms.appGrants.devices.refuse(String(refused));
    expect((await poll(refused)).body).toMatchObject(fresh);
    now += minutes(15);
    expect(await agree(ended)).toBeUndefined();
    expect((await poll(ended)).body).toMatchObject(fresh);
  });

  it('is typed in any letters, with spaces and dashes', async () => {
    const { user_code: code } = (await begin()).body;
    const typed = ` ${String(code).toLowerCase().replace(/^(..)/, '$1- ')}`;
    expect(await home.rooms.appGrants.devices.find(typed, '192.0.2.1')).toMatchObject({ clientId: client, name: 'tv-box' });
  });

  it('cannot be guessed: who asks for too many that are none waits, and the app beside it does not', async () => {
    const { user_code: code } = (await begin()).body;
    const guesses = [];
    for (let n = 0; n < 25; n += 1) {
      now += seconds(20);
      guesses.push((await poll(`AAAA${n}`, 'guesser')).status);
    }
    expect(guesses.slice(0, 20)).toEqual(Array(20).fill(200));
    expect(guesses.slice(20)).toEqual(Array(5).fill(429));
    expect((await poll(code)).body).toEqual({ result: 'KO', message: 'Authorization pending' });
  });

  it('is not made without end for one address', async () => {
    const statuses = [];
    for (let n = 0; n < 32; n += 1) statuses.push((await begin()).status);
    expect(statuses).toEqual([...Array(30).fill(200), 429, 429]);
  });

  it('needs an app that is let in here', async () => {
    expect(wordOf(await ask('/oauth/pin'))).toBe('412 client_id_failed');
    expect(wordOf(await ask(`/oauth/pin?client_id=${client}&redirect=javascript:alert(1)`))).toBe('403 redirect_failed');
    const by = { actor: { kind: 'test', id: 'test', name: 'test' } };
    await home.rooms.settings.set(OPEN_REGISTRATION, false, by);
    expect(wordOf(await begin())).toBe('412 client_id_failed');
    await home.rooms.settings.reset(OPEN_REGISTRATION, by);
  });
});
