import { createHash } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { days, minutes, seconds } from '#kernel/instant.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';

const BACK = 'https://app.test/back';
const VERIFIER = 'a-verifier-of-at-least-forty-three-characters';
const S256 = createHash('sha256').update(VERIFIER).digest('base64url');
const MO = { personId: MAIN_PERSON, name: 'mo' };
const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const BOTH = 'media:read media:write';

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

type Answer = Readonly<{ status: number; body: Readonly<Record<string, unknown>>; text: string; headers: Headers }>;
async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const reply = await fetch(`${home.address}${path}`, init);
  const text = await reply.text();
  return { status: reply.status, body: text === '' ? {} : (JSON.parse(text) as Answer['body']), text, headers: reply.headers };
}
const posted = (path: string, body: Record<string, string>, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(path, { method: 'POST', body: new URLSearchParams(body), headers });
const wordOf = ({ status, body }: Answer): string => `${status} ${String(body.error)}`;
const settings = async (token: unknown): Promise<string> =>
  wordOf(await ask('/users/settings', { headers: { authorization: `Bearer ${String(token)}`, 'simkl-api-key': client } }));

async function newCode(scope?: string): Promise<string> {
  const wish = { generation: 2, clientId: client, redirect: BACK, challenge: S256, challengeMethod: 'S256', scope } as const;
  const approved = await home.rooms.appGrants.codes.approve(wish, MO);
  if (typeof approved === 'string') throw new Error(approved);
  return approved.code;
}
const exchange = (code: string, extra: Record<string, string> = {}, headers: Record<string, string> = {}): Promise<Answer> =>
  posted(
    '/oauth2/token',
    { grant_type: 'authorization_code', code, client_id: client, redirect_uri: BACK, code_verifier: VERIFIER, ...extra },
    headers,
  );
const refresh = (token: unknown, extra: Record<string, string> = {}): Promise<Answer> =>
  posted('/oauth2/token', { grant_type: 'refresh_token', refresh_token: String(token), client_id: client, ...extra });

describe('a code of the second generation', () => {
  it('is exchanged for a token of a week and one that renews it', async () => {
    const { status, body, headers } = await exchange(await newCode(BOTH));
    expect([status, body, headers.get('cache-control')]).toEqual([
      200,
      {
        access_token: expect.stringMatching(/^simkl_at_[\w-]{43}$/),
        token_type: 'Bearer',
        expires_in: 604_800,
        refresh_token: expect.stringMatching(/^simkl_rt_[\w-]{43}$/),
        scope: BOTH,
      },
      'no-store',
    ]);
    expect(await settings(body.access_token)).toBe('200 undefined');
  });

  it.each([
    ['nothing', undefined, 'media:read'],
    ['a misspelt scope', 'media:wirte', 'media:read'],
    ['reading', 'media:read', 'media:read'],
    ['writing alone', 'media:write', BOTH],
    ['both, and something else', `openid ${BOTH}`, BOTH],
  ])('asked with %s grants what that names', async (_what, scope, granted) => {
    expect((await exchange(await newCode(scope))).body.scope).toBe(granted);
  });

  it('is refused with the words of OAuth 2, and spent', async () => {
    for (const [extra, word] of [
      [{ code_verifier: VERIFIER.toUpperCase() }, '400 invalid_grant'],
      [{ redirect_uri: 'https://evil.test/' }, '400 invalid_grant'],
    ] as const) {
      const code = await newCode();
      expect(wordOf(await exchange(code, extra))).toBe(word);
      expect(wordOf(await exchange(code))).toBe('400 invalid_grant');
    }
    const late = await newCode();
    now += minutes(10);
    expect(wordOf(await exchange(late))).toBe('400 invalid_grant');
  });

  it('pins a secret where one is shown, in the body or in the header', async () => {
    const basic = (secret: string) => ({ authorization: `Basic ${Buffer.from(`${client}:${secret}`).toString('base64')}` });
    expect((await exchange(await newCode(), {}, basic('a%2Fb'))).status).toBe(200);
    expect((await exchange(await newCode(), { client_secret: 'a/b' })).status).toBe(200);
    const wrong = await exchange(await newCode(), {}, basic('other'));
    expect([wordOf(wrong), wrong.headers.get('www-authenticate')]).toEqual(['401 invalid_client', 'Basic realm="simkl"']);
    // Whoever knows the verifier needs no secret: that is what public apps have.
    expect((await exchange(await newCode())).status).toBe(200);
  });

  it('needs what it needs', async () => {
    await newCode();
    const cases: readonly (readonly [Record<string, string>, string])[] = [
      [{}, '401 invalid_client'],
      [{ client_id: client }, '400 invalid_request'],
      [{ client_id: client, grant_type: 'password' }, '400 unsupported_grant_type'],
      [{ client_id: client, grant_type: 'constructor' }, '400 unsupported_grant_type'],
      [{ client_id: client, grant_type: 'authorization_code' }, '400 invalid_request'],
      [{ client_id: client, grant_type: 'authorization_code', code: 'x' }, '400 invalid_request'],
      [{ client_id: client, grant_type: 'authorization_code', code: 'x', code_verifier: VERIFIER }, '400 invalid_grant'],
      [{ client_id: 'nobody', grant_type: 'authorization_code', code: 'x', code_verifier: VERIFIER }, '401 invalid_client'],
      [{ client_id: client, grant_type: 'refresh_token', refresh_token: 'x' }, '400 invalid_grant'],
    ];
    for (const [body, word] of cases) {
      const answer = await posted('/oauth2/token', body);
      expect([body, wordOf(answer)]).toEqual([body, word]);
      expect(Object.keys(answer.body)).toEqual(['error', 'error_description']);
    }
  });
});

describe('a refresh token', () => {
  it('stays the same, and ends the token before', async () => {
    const first = (await exchange(await newCode(BOTH))).body;
    const second = (await refresh(first.refresh_token)).body;
    expect(second).toMatchObject({ refresh_token: first.refresh_token, scope: BOTH, expires_in: 604_800 });
    expect([await settings(first.access_token), await settings(second.access_token)]).toEqual(['401 invalid_token', '200 undefined']);
  });

  it('works after the token has ended, and for 180 days from each use on', async () => {
    const { access_token: access, refresh_token: token } = (await exchange(await newCode())).body;
    now += days(7);
    expect(await settings(access)).toBe('401 invalid_token');
    for (let n = 0; n < 2; n += 1) {
      now += days(170);
      expect((await refresh(token)).status).toBe(200);
    }
    now += days(180);
    expect(wordOf(await refresh(token))).toBe('400 invalid_grant');
  });

  it('belongs to its app', async () => {
    const { refresh_token: token } = (await exchange(await newCode(), { client_secret: 'shh' })).body;
    expect(wordOf(await refresh(token, { client_secret: 'other' }))).toBe('401 invalid_client');
    const own = client;
    client = 'another-app';
    await newCode();
    expect(wordOf(await refresh(token))).toBe('400 invalid_grant');
    client = own;
    expect((await refresh(token)).status).toBe(200);
  });

  it('is no access token, and an access token renews nothing', async () => {
    const { access_token: access, refresh_token: token } = (await exchange(await newCode())).body;
    expect(await settings(token)).toBe('401 invalid_token');
    expect(wordOf(await refresh(access))).toBe('400 invalid_grant');
  });
});

describe('giving a grant back', () => {
  it.each(['access_token', 'refresh_token'] as const)('by its %s ends both, and always answers the same', async (which) => {
    const tokens = (await exchange(await newCode())).body;
    const other = (await exchange(await newCode())).body;
    for (const body of [
      { client_id: client, token: 'nothing' },
      { client_id: 'another', token: String(tokens[which]) },
      { token: String(tokens[which]) },
      {},
    ] as Record<string, string>[]) {
      const { status, text } = await posted('/oauth2/revoke', body);
      expect([status, text]).toEqual([200, '']);
    }
    expect(await settings(tokens.access_token)).toBe('200 undefined');
    expect((await posted('/oauth2/revoke', { client_id: client, token: String(tokens[which]) })).status).toBe(200);
    expect([await settings(tokens.access_token), wordOf(await refresh(tokens.refresh_token)), await settings(other.access_token)]).toEqual([
      '401 invalid_token',
      '400 invalid_grant',
      '200 undefined',
    ]);
    const { entries } = await home.rooms.activity.list({}, { offset: 0, limit: 1 });
    expect(entries[0]).toMatchObject({ verb: 'grant.returned', actor: { kind: 'app', name: client }, personId: MAIN_PERSON });
  });
});

describe('a device', () => {
  const begin = (scope = BOTH) => posted('/oauth2/device', { client_id: client, scope });
  const poll = (code: unknown, id = client) =>
    posted('/oauth2/token', { grant_type: DEVICE_GRANT, device_code: String(code), client_id: id });

  it('is told a code to show, and where to type it', async () => {
    const { status, body } = await begin();
    const userCode = String(body.user_code);
    expect([status, body]).toEqual([
      200,
      {
        device_code: expect.stringMatching(/^[0-9a-f]{64}$/),
        user_code: expect.stringMatching(/^[2-9A-HJKMNP-TV-Z]{4}-[2-9A-HJKMNP-TV-Z]{4}$/),
        verification_uri: `${home.address}/pin`,
        verification_uri_complete: `${home.address}/pin/${userCode}`,
        expires_in: 900,
        interval: 5,
      },
    ]);
  });

  it('waits until somebody agrees, and gets its tokens once', async () => {
    const { device_code: code, user_code: shown } = (await begin()).body;
    expect(wordOf(await poll(code))).toBe('400 authorization_pending');
    now += seconds(1);
    expect(wordOf(await poll(code))).toBe('400 slow_down');
    now += seconds(6);
    expect(wordOf(await poll(code))).toBe('400 slow_down');
    now += seconds(15);
    expect(wordOf(await poll(code))).toBe('400 authorization_pending');
    await home.rooms.appGrants.devices.approve(String(shown), MO);
    const { status, body } = await poll(code);
    expect([status, body.scope, String(body.refresh_token)]).toEqual([200, BOTH, expect.stringMatching(/^simkl_rt_/)]);
    expect(await settings(body.access_token)).toBe('200 undefined');
    expect(wordOf(await poll(code))).toBe('400 invalid_grant');
  });

  it('is told of a refusal, of the end of its time, and of a code that is not its own', async () => {
    const [refused, late] = [(await begin()).body, (await begin()).body];
    expect(wordOf(await poll(refused.device_code, 'another'))).toBe('400 invalid_grant');
    expect(wordOf(await poll(refused.user_code))).toBe('400 invalid_grant');
    await home.rooms.appGrants.devices.refuse(String(refused.user_code));
    expect(wordOf(await poll(refused.device_code))).toBe('400 access_denied');
    now += minutes(15);
    expect(wordOf(await poll(late.device_code))).toBe('400 expired_token');
  });

  it('cannot be fetched by the road of the short codes', async () => {
    const { user_code: shown } = (await begin()).body;
    const answer = await ask(`/oauth/pin/${String(shown)}?client_id=${client}`);
    expect(answer.body).toMatchObject({ device_code: 'DEVICE_CODE', user_code: expect.not.stringContaining(String(shown)) });
  });
});

describe('the description of the doors', () => {
  it('is what RFC 8414 asks for', async () => {
    const { status, body, headers } = await ask('/.well-known/oauth-authorization-server');
    expect([status, headers.get('access-control-allow-origin')]).toEqual([200, '*']);
    expect(body).toMatchObject({
      issuer: home.address,
      authorization_endpoint: `${home.address}/oauth2/authorize`,
      token_endpoint: `${home.address}/oauth2/token`,
      device_authorization_endpoint: `${home.address}/oauth2/device`,
      revocation_endpoint: `${home.address}/oauth2/revoke`,
      response_types_supported: ['code'],
      grant_types_supported: ['authorization_code', 'refresh_token', DEVICE_GRANT],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
    });
  });
});
