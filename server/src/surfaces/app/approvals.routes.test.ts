import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_REGISTRATION, SERVER_SIGN_IN } from '#features/app-grants/index.ts';
import type { FakePlex } from '#integrations/plex/plex.fake.ts';
import type { PersonId } from '#kernel/ids.ts';
import { minutes } from '#kernel/instant.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';

const KIM = { username: 'kim', password: 'another long password' };
const BACK = 'https://app.test/back?kept=1';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const PASSWORD = 'open-sesame';
const by = { actor: { kind: 'test', id: 'test', name: 'test' } };
const house = { kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin'] } as const;

let home: Household;
let kim: PersonId;
let now = Date.UTC(2026, 5, 1);
let clients = 0;

beforeAll(async () => {
  home = await startHousehold({ clock: { now: () => now } });
  kim = (await home.rooms.people.create('kim', 'Kim')).id;
  await home.rooms.people.create('bo', 'Bo');
  await home.send('POST', '/api/v1/logins', { ...KIM, role: 'person', person: 'kim' });
  for (const kind of ['plex', 'jellyfin', 'emby'] as const) {
    await home.addBackend(kind);
    await home.addBackend(kind, {
      personId: kim,
      as: home.fake(kind).addUser({ name: 'kimmy' }),
      ...(kind === 'plex' && { token: home.fake(kind).owner.token }),
    });
  }
});
afterAll(() => home.close());
beforeEach(() => {
  // A throttle of the test before must not reach into the next one.
  now += minutes(20);
  clients += 1;
});

type Reply = Readonly<{ status: number; body: Record<string, unknown>; headers: Headers }>;
type Browser = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Reply>;

/** A browser that keeps its cookies and says which page it is on. */
function openBrowser(): Browser {
  const cookies = new Map<string, string>();
  return async (method, path, body, headers = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(`${home.address}/api/v1${path}`, {
      method,
      headers: {
        'sec-fetch-site': 'same-origin',
        ...(cookie !== '' && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    for (const line of reply.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
      cookies.set(name, value);
    }
    return { status: reply.status, body: (await reply.json()) as Record<string, unknown>, headers: reply.headers };
  };
}

const anonymous = openBrowser();
async function asKim(): Promise<Browser> {
  const { body } = await anonymous('POST', '/session', KIM);
  const browser = openBrowser();
  return (method, path, sent, headers = {}) => browser(method, path, sent, { authorization: `Bearer ${body.token}`, ...headers });
}
const newClient = () => `client-${clients}`;

type Wish = Readonly<{ clientId?: string; generation?: 1 | 2; redirect?: string; scope?: string; appName?: string }>;
async function requested({ clientId = newClient(), generation = 1, redirect = BACK, ...wish }: Wish = {}): Promise<string> {
  const proof = generation === 2 ? { challenge: CHALLENGE, challengeMethod: 'S256' } : {};
  const opened = await home.rooms.appGrants.approvals.open(
    { wish: { generation, clientId, redirect, ...proof, ...wish }, state: 'x y&z', issuer: 'https://house.test' },
    '192.0.2.1',
  );
  if (typeof opened === 'string') throw new Error(opened);
  return opened.id;
}
async function pinned(extra = '') {
  const client = `client_id=${newClient()}&app-name=tv-box`;
  const { user_code: code } = (await (await fetch(`${home.address}/oauth/pin?${client}${extra}`)).json()) as { user_code: string };
  return { code, poll: async () => (await (await fetch(`${home.address}/oauth/pin/${code}?${client}`)).json()) as Record<string, unknown> };
}
const targetOf = (reply: Reply) => new URL(String(reply.body.redirect ?? 'none:'));
const problem = ({ body }: Reply) => (body.error as { code: string; message: string }).message;
const holderOf = async (token: unknown) => (await home.rooms.appGrants.grants.authenticate(String(token)))?.personId;

describe('what an app asks for', () => {
  it('is shown without a sign-in: who asks, where it leads, what it may do, until when', async () => {
    const id = await requested({ appName: 'kodi-<b>bold</b>\u202Edlob' });
    const { status, body, headers } = await anonymous('GET', `/approvals/${id}`);
    expect([status, headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(body).toMatchObject({
      app: { client_id: newClient(), name: 'kodi-<b>bold</b>dlob', known: false },
      road: 'browser',
      redirect: BACK,
      scopes: ['media:read', 'media:write'],
      expires_at: new Date(now + minutes(15)).toISOString(),
    });
    const readOnly = await anonymous('GET', `/approvals/${await requested({ generation: 2 })}`);
    expect(readOnly.body.scopes).toEqual(['media:read']);
  });

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'https://app.test/#here',
    'https://me:you@app.test/',
    'http://app.test/',
    'nowhere',
    '',
    'file:///etc/passwd',
  ])('is not asked where it would lead to %j', async (redirect) => {
    await expect(requested({ redirect })).rejects.toThrow(/redirect-(missing|unusable)/);
  });

  it('ends after a quarter of an hour, and stands for nothing under another id', async () => {
    const id = await requested();
    expect((await anonymous('GET', `/approvals/${id.replace(/^./, (letter) => (letter === 'a' ? 'b' : 'a'))}`)).status).toBe(404);
    const browser = await asKim();
    now += minutes(15);
    for (const reply of [
      await anonymous('GET', `/approvals/${id}`),
      await browser('POST', `/approvals/${id}/decision`, { answer: 'approve' }),
    ])
      expect([reply.status, problem(reply)]).toEqual([404, expect.stringMatching(/^Nothing waits here/)]);
  });

  it('is limited in number for each network', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 125 }, () => requested()));
    expect(outcomes.filter(({ status }) => status === 'rejected').length).toBe(5);
  });
});

describe('the answer', () => {
  it('lets the app in for whoever is signed in, once, and is in the activity', async () => {
    const id = await requested();
    const browser = await asKim();
    const done = await browser('POST', `/approvals/${id}/decision`, { answer: 'approve' });
    const target = targetOf(done);
    expect([done.status, target.origin + target.pathname, [...target.searchParams]]).toEqual([
      200,
      'https://app.test/back',
      [
        ['kept', '1'],
        ['code', expect.stringMatching(/^[0-9a-f]{64}$/)],
        ['state', 'x y&z'],
      ],
    ]);
    expect((await browser('POST', `/approvals/${id}/decision`, { answer: 'approve' })).status).toBe(404);
    const [entry] = (await home.rooms.activity.list({}, { offset: 0, limit: 1 })).entries;
    expect(entry).toMatchObject({ verb: 'app.approved', actor: { kind: 'person', name: 'kim' }, personId: kim });
    expect((await anonymous('GET', `/approvals/${await requested()}`)).body).toMatchObject({ app: { known: true } });
  });

  it('is taken once of many at once', async () => {
    const id = await requested();
    const browser = await asKim();
    const replies = await Promise.all(Array.from({ length: 5 }, () => browser('POST', `/approvals/${id}/decision`, { answer: 'approve' })));
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 404, 404, 404, 404]);
  });

  it('names the issuer to apps of the second generation, and tells a refusal to them alone', async () => {
    const browser = await asKim();
    const decide = async (wish: Wish, answer: string) => browser('POST', `/approvals/${await requested(wish)}/decision`, { answer });
    expect(targetOf(await decide({ generation: 2, clientId: 'second' }, 'approve')).searchParams.get('iss')).toBe('https://house.test');
    const told = targetOf(await decide({ generation: 2, clientId: 'second' }, 'refuse')).searchParams;
    expect([told.get('error'), told.get('state'), told.get('iss'), told.get('code')]).toEqual([
      'access_denied',
      'x y&z',
      'https://house.test',
      null,
    ]);
    expect((await decide({}, 'refuse')).body).toMatchObject({ redirect: null, code: null, link: null });
  });

  it('is a code to type where nobody can be sent back', async () => {
    const id = await requested({ redirect: 'urn:ietf:wg:oauth:2.0:oob' });
    expect((await anonymous('GET', `/approvals/${id}`)).body.redirect).toBeNull();
    const done = await (await asKim())('POST', `/approvals/${id}/decision`, { answer: 'approve' });
    expect(done.body).toMatchObject({ redirect: null, code: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('comes from somebody: not from nobody, a key, or a page of somebody else', async () => {
    const id = await requested();
    const browser = await asKim();
    const decide = (who: Browser, headers: Record<string, string> = {}, body: object = { answer: 'approve' }) =>
      who('POST', `/approvals/${id}/decision`, body, headers);
    expect((await decide(anonymous)).status).toBe(401);
    expect((await decide(anonymous, { 'x-api-key': 'household-owner-key' })).status).toBe(403);
    expect((await decide(browser, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    expect((await decide(browser, { 'sec-fetch-site': 'same-site' })).status).toBe(403);
    expect((await decide(browser, {}, { answer: 'approve', ticket: 'forged' })).status).toBe(401);
    expect((await decide(browser, {}, { answer: 'perhaps' })).status).toBe(400);
    expect((await decide(browser)).status).toBe(200);
  });

  it('holds to what the first approval settled, at the last moment as well', async () => {
    const browser = await asKim();
    const clientId = newClient();
    const [first, second] = [await requested({ clientId }), await requested({ clientId, redirect: 'https://evil.test/back' })];
    await browser('POST', `/approvals/${first}/decision`, { answer: 'approve' });
    for (const reply of [
      await anonymous('GET', `/approvals/${second}`),
      await browser('POST', `/approvals/${second}/decision`, { answer: 'approve' }),
    ])
      expect([reply.status, problem(reply)]).toEqual([403, 'This app leads somewhere else than when it was approved.']);
    await expect(requested({ clientId, redirect: 'https://app.test/back' })).rejects.toThrow('redirect-mismatch');
    // Another port of a loopback address is the same program started anew.
    const desktop = await requested({ clientId: `${clientId}-desktop`, redirect: 'http://127.0.0.1:1111/cb' });
    await browser('POST', `/approvals/${desktop}/decision`, { answer: 'approve' });
    const again = await requested({ clientId: `${clientId}-desktop`, redirect: 'http://127.0.0.1:2222/cb' });
    expect(targetOf(await browser('POST', `/approvals/${again}/decision`, { answer: 'approve' })).port).toBe('2222');
  });

  it('is refused for an app that was blocked, or is unknown where only registered ones are let in', async () => {
    const browser = await asKim();
    const clientId = newClient();
    const { app } = await home.rooms.appGrants.apps.register({ name: 'To be blocked', clientId }, house);
    const id = await requested({ clientId });
    await home.rooms.appGrants.apps.change(app.id, { blocked: true }, house);
    expect((await browser('POST', `/approvals/${id}/decision`, { answer: 'approve' })).status).toBe(403);
    const other = await requested({ clientId: `${clientId}-other` });
    await home.rooms.settings.set(OPEN_REGISTRATION, false, by);
    expect((await browser('POST', `/approvals/${other}/decision`, { answer: 'approve' })).status).toBe(403);
    await home.rooms.settings.reset(OPEN_REGISTRATION, by);
  });
});

describe('a device', () => {
  it('is found by its code, however it is written, and let in', async () => {
    const { code, poll } = await pinned('&redirect=https%3A%2F%2Fapp.test%2Fdone');
    const { body } = await anonymous('GET', `/approvals/${code.toLowerCase()}`);
    expect(body).toMatchObject({ app: { name: 'tv-box' }, road: 'device' });
    expect((await poll()).message).toBe('Authorization pending');
    const done = await (await asKim())('POST', `/approvals/${code}/decision`, { answer: 'approve' });
    expect(done.body).toMatchObject({ person: 'kim', redirect: null, code: null, link: 'https://app.test/done' });
    expect(await holderOf((await poll()).access_token)).toBe(kim);
  });

  it('hears nothing of a refusal, which ends the code', async () => {
    const { code, poll } = await pinned();
    const browser = await asKim();
    expect((await browser('POST', `/approvals/${code}/decision`, { answer: 'refuse' })).status).toBe(200);
    expect(await poll()).toMatchObject({ result: 'OK', device_code: 'DEVICE_CODE' });
    expect((await browser('POST', `/approvals/${code}/decision`, { answer: 'approve' })).status).toBe(404);
  });

  it('is no place to guess codes, for looking and for deciding alike', async () => {
    const browser = await asKim();
    const statuses = [];
    for (let n = 0; n < 6; n += 1) statuses.push((await anonymous('GET', `/approvals/AAAA${n}`)).status);
    for (let n = 0; n < 6; n += 1) statuses.push((await browser('POST', `/approvals/BBBB${n}/decision`, { answer: 'approve' })).status);
    expect(statuses).toEqual([...Array(10).fill(404), 429, 429]);
    const { code } = await pinned();
    expect((await anonymous('GET', `/approvals/${code}`)).status).toBe(429);
    now += minutes(15);
    expect((await anonymous('GET', `/approvals/${(await pinned()).code}`)).status).toBe(200);
  });
});

describe('signing in with an account on a server', () => {
  const offerOf = async (type: string): Promise<string> =>
    `server-${(await home.rooms.connections.servers()).find((one) => one.type === type)?.id}`;
  const signIn = (browser: Browser, id: string, offer: string, username = 'kimmy', password = PASSWORD) =>
    browser('POST', `/approvals/${id}/sign-in`, { offer, username, password });

  it.each(['jellyfin', 'emby'] as const)('of %s lets in the person whose account that is, and nobody by name', async (kind) => {
    const { code, poll } = await pinned();
    const browser = openBrowser();
    const proved = await signIn(browser, code, await offerOf(kind));
    expect(proved.headers.get('set-cookie')).toMatch(/^usherr_approval=[\w-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Strict$/);
    expect(proved.body.name).toBe('kimmy');
    const { ticket } = proved.body;
    expect((await browser('GET', '/session')).status).toBe(401);
    expect((await openBrowser()('POST', `/approvals/${code}/decision`, { answer: 'approve', ticket })).status).toBe(401);
    expect((await browser('POST', `/approvals/${code}/decision`, { answer: 'approve', ticket })).body.person).toBe('kimmy');
    expect(await holderOf((await poll()).access_token)).toBe(kim);

    // Somebody of the server who has the name of somebody here, and is nobody's account.
    home.fake(kind).addUser({ name: 'bo' });
    const stranger = await signIn(openBrowser(), (await pinned()).code, await offerOf(kind), 'bo');
    expect([stranger.status, problem(stranger)]).toEqual([403, 'bo is known there, and belongs to nobody here. Sign in another way.']);
  });

  it('is worth nothing after a quarter of an hour, or where it was changed', async () => {
    const browser = openBrowser();
    const { body } = await signIn(browser, await requested(), await offerOf('jellyfin'));
    const ticket = String(body.ticket);
    const decide = async (shown: string) =>
      browser('POST', `/approvals/${await requested()}/decision`, { answer: 'approve', ticket: shown });
    expect((await decide(ticket.replace(/^./, (letter) => (letter === 'e' ? 'f' : 'e')))).status).toBe(401);
    now += minutes(16);
    expect((await decide(ticket)).status).toBe(401);
  });

  it('is worth nothing once the person has gone', async () => {
    const lee = await home.rooms.people.create('lee');
    await home.addBackend('jellyfin', { personId: lee.id, name: 'lee', as: home.fake('jellyfin').addUser({ name: 'leelee' }) });
    const [browser, id] = [openBrowser(), await requested()];
    const { body } = await signIn(browser, id, await offerOf('jellyfin'), 'leelee');
    expect(body.name).toBe('leelee');
    await home.send('DELETE', '/api/v1/people/lee');
    const decided = await browser('POST', `/approvals/${id}/decision`, { answer: 'approve', ticket: body.ticket });
    expect(decided.status).toBe(401);
    expect((await anonymous('GET', `/approvals/${id}`)).status).toBe(200);
  });

  it('is refused with a wrong password, and after five of them for a while', async () => {
    const [id, offer] = [await requested(), await offerOf('jellyfin')];
    for (let n = 0; n < 5; n += 1) expect((await signIn(anonymous, id, offer, 'kimmy', 'guess')).status).toBe(401);
    expect((await signIn(anonymous, id, offer)).status).toBe(429);
  });

  it('asks no other address than those that are connected, and says where a server does not answer', async () => {
    const id = await requested();
    for (const offer of ['server-999', 'http://127.0.0.1:9', 'jellyfin']) expect((await signIn(anonymous, id, offer)).status).toBe(404);
    home.fake('jellyfin').setMood('reset');
    expect((await signIn(anonymous, id, await offerOf('jellyfin'))).status).toBe(502);
    home.fake('jellyfin').setMood('fine');
  });

  it('of Plex goes by its own page, and by the id that plex.tv tells', async () => {
    const plex = home.fake('plex') as FakePlex;
    const { code, poll } = await pinned();
    const browser = openBrowser();
    const away = await browser('POST', `/approvals/${code}/sign-in/away`, { offer: 'plex' });
    const link = new URL(String(away.body.url));
    expect(link.origin).toBe('https://app.plex.tv');
    const finish = (who: Browser) => who('POST', `/approvals/${code}/sign-in/away/done`, { ticket: away.body.ticket });
    expect((await finish(browser)).body).toEqual({ name: null, ticket: null });
    plex.approvePin(new URLSearchParams(link.hash.slice(2)).get('code') ?? '', plex.users().find(({ name }) => name === 'kimmy')?.id);
    expect((await finish(openBrowser())).status).toBe(401);
    const { ticket } = (await finish(browser)).body;
    expect((await browser('POST', `/approvals/${code}/decision`, { answer: 'approve', ticket })).status).toBe(200);
    expect(await holderOf((await poll()).access_token)).toBe(kim);
  });

  it('is offered for what is connected, and not at all where the owner has switched it off', async () => {
    const id = await requested();
    const offers = async () => ((await anonymous('GET', `/approvals/${id}`)).body.sign_in as { how: string }[]).map(({ how }) => how);
    expect(await offers()).toEqual(['browser', 'password', 'password']);
    await home.rooms.settings.set(SERVER_SIGN_IN, false, by);
    expect(await offers()).toEqual([]);
    expect((await signIn(anonymous, id, await offerOf('jellyfin'))).status).toBe(404);
    expect((await anonymous('POST', `/approvals/${id}/sign-in/away`, { offer: 'plex' })).status).toBe(404);
    await home.rooms.settings.reset(SERVER_SIGN_IN, by);
  });
});
