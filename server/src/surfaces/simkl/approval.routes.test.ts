import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_REGISTRATION } from '#features/app-grants/index.ts';
import { minutes } from '#kernel/instant.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';

const BACK = 'https://app.test/back';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const by = { actor: { kind: 'test', id: 'test', name: 'test' } };
const owner = { kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin'] } as const;

let home: Household;
let now = Date.UTC(2026, 5, 1);
let apps = 0;

beforeAll(async () => {
  home = await startHousehold({ servers: [], clock: { now: () => now }, environment: { USHERR_PUBLIC_URL: 'https://house.test/media' } });
});
afterAll(() => home.close());
beforeEach(() => {
  now += minutes(20);
  apps += 1;
});

/** Of a house that is reached elsewhere than it listens: no test goes there. */
const get = (url: string, headers: Record<string, string> = {}) => home.house.server.inject({ method: 'GET', url, headers });
type Reply = Awaited<ReturnType<typeof get>>;
const newClient = (): string => `client-${apps}`;
async function sent(root: 'oauth' | 'oauth2', query: Readonly<Record<string, string>> = {}) {
  const proof: Record<string, string> = root === 'oauth2' ? { code_challenge: CHALLENGE, code_challenge_method: 'S256' } : {};
  const wish = { response_type: 'code', client_id: newClient(), redirect_uri: BACK, ...proof, ...query };
  return get(`/${root}/authorize?${new URLSearchParams(wish)}`);
}
const target = (reply: Reply): URL => new URL(String(reply.headers.location ?? 'none:'), 'https://house.test');
const page = (reply: Reply) => {
  const { pathname, searchParams } = target(reply);
  return [reply.statusCode, pathname, [...searchParams.keys()], searchParams.get('fault')];
};
const asked = async (reply: Reply) => {
  const id = target(reply).searchParams.get('request') ?? '';
  return (await get(`/api/v1/approvals/${id}`)).json() as Record<string, unknown>;
};

describe('the door of an app', () => {
  it.each(['oauth', 'oauth2'] as const)('of /%s hands its person on to the page where they decide, which nobody keeps', async (root) => {
    const reply = await sent(root, { state: 's', 'app-name': 'kodi', scope: 'media:read media:write' });
    expect(page(reply)).toEqual([303, '/media/app/approve', ['request'], null]);
    expect([reply.headers['cache-control'], reply.headers['referrer-policy']]).toEqual(['no-store', 'no-referrer']);
    expect(reply.headers['access-control-allow-origin']).toBeUndefined();
    expect(await asked(reply)).toMatchObject({
      app: { client_id: newClient(), name: 'kodi', known: false },
      redirect: BACK,
      scopes: ['media:read', 'media:write'],
    });
  });

  it('asks anew each time, so that one answer is worth nothing for the next', async () => {
    const ids = [target(await sent('oauth')), target(await sent('oauth'))].map((url) => url.searchParams.get('request'));
    expect(new Set(ids).size).toBe(2);
  });

  it.each([
    ['nobody can be sent back', { redirect_uri: 'javascript:alert(1)' }, 'redirect-unusable'],
    ['it does not say where to', { redirect_uri: '' }, 'redirect-missing'],
    ['it does not say who it is', { client_id: '' }, 'client-unusable'],
    ['it asks for something else than a code', { response_type: 'token' }, 'response-type'],
  ])('says what is wrong on that page where %s', async (_what, query, fault) => {
    expect(page(await sent('oauth', query))).toEqual([303, '/media/app/approve', ['fault'], fault]);
  });

  it('leads nowhere else than the first approval said', async () => {
    await letAppIn(home.rooms.appGrants, { clientId: newClient() });
    expect(await asked(await sent('oauth'))).toMatchObject({ app: { known: true } });
    for (const redirect_uri of ['https://evil.test/back', `${BACK}?x=1`])
      expect(page(await sent('oauth', { redirect_uri }))[3]).toBe('redirect-mismatch');
  });

  it('tells apps of the second generation what is wrong with their request, at the redirect that is known and no other', async () => {
    const faults = [{ code_challenge: '' }, { code_challenge_method: 'plain' }, { response_type: 'token' }];
    expect((await Promise.all(faults.map((query) => sent('oauth2', query)))).map((reply) => page(reply)[3])).toEqual([
      'challenge-unusable',
      'challenge-unusable',
      'response-type',
    ]);
    await letAppIn(home.rooms.appGrants, { clientId: newClient(), generation: 2 });
    const told = await Promise.all(faults.map(async (query) => target(await sent('oauth2', { ...query, state: 's' }))));
    expect(
      told.map((url) => [url.origin, url.searchParams.get('error'), url.searchParams.get('state'), url.searchParams.get('iss')]),
    ).toEqual([
      ['https://app.test', 'invalid_request', 's', 'https://house.test/media'],
      ['https://app.test', 'invalid_request', 's', 'https://house.test/media'],
      ['https://app.test', 'unsupported_response_type', 's', 'https://house.test/media'],
    ]);
    expect(page(await sent('oauth2', { code_challenge: '', redirect_uri: 'https://evil.test/' }))[1]).toBe('/media/app/approve');
    // It cannot go back to the road of tokens that never end.
    expect(page(await sent('oauth'))[3]).toBe('other-generation');
  });

  it('is closed to blocked apps, and to unknown ones where only registered ones are let in', async () => {
    const { app } = await home.rooms.appGrants.apps.register({ name: 'Blocked', clientId: newClient() }, owner);
    await home.rooms.appGrants.apps.change(app.id, { blocked: true }, owner);
    expect(page(await sent('oauth'))[3]).toBe('blocked');
    await home.rooms.settings.set(OPEN_REGISTRATION, false, by);
    expect(page(await sent('oauth', { client_id: 'somebody-new' }))[3]).toBe('unknown-app');
    await home.rooms.settings.reset(OPEN_REGISTRATION, by);
  });

  it('takes so many from one network and no more', async () => {
    const replies = await Promise.all(Array.from({ length: 125 }, () => sent('oauth')));
    expect(replies.filter((reply) => page(reply)[3] === 'busy').length).toBe(5);
  });
});

describe('the page for devices', () => {
  it.each([
    ['/pin', {}],
    ['/pin/AB2CD', { code: 'AB2CD' }],
    ['/pin?code=AB2CD', { code: 'AB2CD' }],
    ['/pin/%3Cscript%3E', { code: '<script>' }],
    [`/pin/${'A'.repeat(60)}`, { code: 'A'.repeat(20) }],
  ])('%s hands the code on, and looks nothing up', async (path, query) => {
    const reply = await get(path);
    expect([reply.statusCode, target(reply).pathname, Object.fromEntries(target(reply).searchParams)]).toEqual([
      303,
      '/media/app/approve',
      query,
    ]);
  });
});
