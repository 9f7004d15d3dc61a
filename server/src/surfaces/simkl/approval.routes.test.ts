import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_REGISTRATION } from '#features/app-grants/index.ts';
import { minutes } from '#kernel/instant.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { createPaperBrowser, type PaperBrowser, type PaperPage } from '#tests/support/paper-browser.ts';

const KIM = { username: 'kim', password: 'another long password' };
const BACK = 'https://app.test/back?kept=1';
const CHALLENGE = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
const actor = { kind: 'test', id: 'test', name: 'test' };

let home: Household;
let browser: PaperBrowser;
let now = Date.UTC(2026, 5, 1);
let apps = 0;
beforeAll(async () => {
  home = await startHousehold({ servers: [], clock: { now: () => now } });
  const kim = await home.rooms.people.create('kim', 'Kim');
  const [owner] = await home.rooms.access.logins.list({ kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin'] });
  if (!owner) throw new Error('nobody owns this house');
  const by = { kind: 'login', id: String(owner.id), name: 'owner', role: 'owner', personId: owner.personId, scopes: ['admin'] } as const;
  await home.rooms.access.logins.create({ ...KIM, role: 'person', personId: kim.id }, by);
});
afterAll(() => home.close());
beforeEach(() => {
  browser = createPaperBrowser();
  // A throttle of the test before must not reach into the next one.
  now += minutes(20);
});

const newClient = (): string => {
  apps += 1;
  return `client-${apps}`;
};
const v1 = (query: Readonly<Record<string, string>>): string =>
  `${home.address}/oauth/authorize?${new URLSearchParams({ response_type: 'code', redirect_uri: BACK, ...query })}`;
const v2 = (query: Readonly<Record<string, string>>): string => {
  const wish = { response_type: 'code', redirect_uri: BACK, code_challenge: CHALLENGE, code_challenge_method: 'S256', ...query };
  return `${home.address}/oauth2/authorize?${new URLSearchParams(wish)}`;
};
const consent = async (url: string, who = KIM): Promise<PaperPage> => browser.send(await browser.open(url), 'password', who);
const decide = async (url: string, button: 'Let it in' | 'Refuse'): Promise<PaperPage> =>
  browser.send(await consent(url), 'decide', {}, button);
const letIn = (url: string): Promise<PaperPage> => decide(url, 'Let it in');
const codeIn = ({ location }: PaperPage): string => new URL(location ?? 'none:').searchParams.get('code') ?? '';

describe('the page of an unknown app', () => {
  it('shows its name, its id, where it leads back to and what it may do, and asks who sits there', async () => {
    const page = await browser.open(v1({ client_id: 'the-client-id', 'app-name': 'kodi-<b>bold</b>\u202Edlob', state: 's' }));
    expect([page.status, page.heading]).toEqual([200, 'kodi-<b>bold</b>dlob asks to be let in']);
    for (const shown of ['the-client-id', 'https://app.test/back?kept=1', 'not known here yet', 'see and change'])
      expect(page.text).toContain(shown);
    expect(page.text).not.toContain('<b>bold');
    expect((await browser.open(v2({ client_id: newClient() }))).text).toContain('and change nothing');
    expect((await browser.open(v2({ client_id: newClient(), scope: 'media:read media:write' }))).text).toContain('see and change');
  });

  it('may run no script, load nothing, be framed by nobody, and be kept nowhere', async () => {
    const page = await consent(v1({ client_id: newClient() }));
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; img-src data:; form-action 'self' https:\/\/app\.test; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect([page.headers.get('cache-control'), page.headers.get('x-frame-options')]).toEqual(['no-store', 'DENY']);
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
    expect(page.text).not.toMatch(/<script|https?:\/\/(?!app\.test)/);
  });

  it('sends the person back with a code and the state once they agree, and keeps the query of the redirect', async () => {
    const done = await letIn(v1({ client_id: newClient(), state: 'x y&z' }));
    const target = new URL(done.location ?? 'none:');
    expect([done.status, target.origin + target.pathname, target.searchParams.get('kept'), target.searchParams.get('state')]).toEqual([
      303,
      'https://app.test/back',
      '1',
      'x y&z',
    ]);
    expect(codeIn(done)).toMatch(/^[0-9a-f]{64}$/);
    expect([...target.searchParams.keys()]).toEqual(['kept', 'code', 'state']);
  });

  it('names the issuer to apps of the second generation', async () => {
    const done = await letIn(v2({ client_id: newClient(), state: 's' }));
    expect(new URL(done.location ?? 'none:').searchParams.get('iss')).toBe(home.address);
  });

  it('tells a refusal to apps of the second generation alone', async () => {
    const old = await decide(v1({ client_id: newClient(), state: 's' }), 'Refuse');
    expect([old.status, old.location, old.heading]).toEqual([200, null, expect.stringContaining('was not let in')]);
    const modern = await decide(v2({ client_id: newClient(), state: 's' }), 'Refuse');
    const told = new URL(modern.location ?? 'none:').searchParams;
    expect([modern.status, told.get('error'), told.get('state'), told.get('iss'), told.get('code')]).toEqual([
      303,
      'access_denied',
      's',
      home.address,
      null,
    ]);
    expect((await home.rooms.appGrants.grants.list({}, { kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin'] })).length).toBe(
      0,
    );
  });

  it('shows the code where nobody can be sent back', async () => {
    const done = await letIn(v1({ client_id: newClient(), redirect_uri: 'urn:ietf:wg:oauth:2.0:oob' }));
    expect([done.status, done.location]).toEqual([200, null]);
    expect(done.text).toMatch(/<p class="code">[0-9a-f]{64}<\/p>/);
  });

  it.each([
    ['a scheme of its own', 'com.example.app://login', " form-action 'self' com.example.app:;"],
    ['a loopback address', 'http://127.0.0.1:4711/cb', " form-action 'self' http://127.0.0.1:4711;"],
    ['a loopback address of IPv6', 'http://[::1]:4711/cb', " form-action 'self' http:;"],
  ])('may lead to %s, and its form to nowhere else', async (_what, redirect_uri, rule) => {
    const page = await consent(v1({ client_id: newClient(), redirect_uri }));
    expect(page.headers.get('content-security-policy')).toContain(rule);
    expect((await browser.send(page, 'decide', {}, 'Let it in')).location).toMatch(
      new RegExp(`^${redirect_uri.replaceAll(/[[\]]/g, '\\$&')}\\?code=`),
    );
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
  ])('never leads to %j', async (redirect_uri) => {
    const page = await browser.open(v1({ client_id: newClient(), redirect_uri }));
    expect([page.status, page.forms.length, page.location]).toEqual([403, 0, null]);
    expect(page.text).toContain('redirect_failed');
  });
});

describe('an app that was approved before', () => {
  it('may lead where the first approval said, and nowhere else', async () => {
    const client_id = newClient();
    await letIn(v1({ client_id }));
    expect((await browser.open(v1({ client_id }))).text).not.toContain('not known here yet');
    for (const redirect_uri of ['https://evil.test/back?kept=1', 'https://app.test/back', 'https://app.test/back?kept=1&x=1']) {
      const page = await browser.open(v1({ client_id, redirect_uri }));
      expect([page.status, page.forms.length]).toEqual([403, 0]);
      expect(page.text).toContain('redirect_failed');
    }
  });

  it('on the desktop may come with another port each time, and with another path never', async () => {
    const client_id = newClient();
    await letIn(v1({ client_id, redirect_uri: 'http://127.0.0.1:1111/cb' }));
    expect(codeIn(await letIn(v1({ client_id, redirect_uri: 'http://127.0.0.1:2222/cb' })))).not.toBe('');
    for (const redirect_uri of ['http://127.0.0.1:2222/other', 'http://localhost:2222/cb'])
      expect((await browser.open(v1({ client_id, redirect_uri }))).status).toBe(403);
  });

  it('that shall read another name later is shown under the name that it was approved with', async () => {
    const client_id = newClient();
    await letIn(v1({ client_id, 'app-name': 'honest' }));
    expect((await browser.open(v1({ client_id, 'app-name': 'Plex' }))).heading).toBe('honest asks to be let in');
  });

  it('of the second generation is told what is wrong with its request at the redirect that is known; an unknown one never', async () => {
    const client_id = newClient();
    expect(await browser.open(v2({ client_id, code_challenge: '' }))).toMatchObject({ status: 400, location: null });
    expect(await browser.open(v2({ client_id, response_type: 'token' }))).toMatchObject({ status: 400, location: null });
    await letIn(v2({ client_id }));
    const faults = [
      v2({ client_id, code_challenge: '' }),
      v2({ client_id, code_challenge_method: 'plain' }),
      v2({ client_id, response_type: 'token' }),
    ];
    const told = [];
    for (const url of faults) told.push(new URL((await browser.open(url)).location ?? 'none:').searchParams.get('error'));
    expect(told).toEqual(['invalid_request', 'invalid_request', 'unsupported_response_type']);
    expect((await browser.open(v2({ client_id, code_challenge: '', redirect_uri: 'https://evil.test/' }))).location).toBeNull();
  });

  it('of the second generation cannot go back to the road of eternal tokens', async () => {
    const client_id = newClient();
    await letIn(v2({ client_id }));
    const page = await browser.open(v1({ client_id }));
    expect([page.status, page.text.includes('unauthorized_client')]).toEqual([400, true]);
  });
});

describe('what an owner closes', () => {
  it('keeps unknown apps out, and takes those that are known', async () => {
    const client_id = newClient();
    await letIn(v1({ client_id }));
    await home.rooms.settings.set(OPEN_REGISTRATION, false, { actor });
    try {
      const page = await browser.open(v1({ client_id: newClient() }));
      expect([page.status, page.forms.length, page.text.includes('client_id_failed')]).toEqual([412, 0, true]);
      expect((await browser.open(v1({ client_id }))).status).toBe(200);
    } finally {
      await home.rooms.settings.reset(OPEN_REGISTRATION, { actor });
    }
  });

  it('keeps a blocked app out, at every step', async () => {
    const client_id = newClient();
    const owner = { kind: 'job', id: 'x', name: 'x', role: 'owner', scopes: ['admin'] } as const;
    const { app } = await home.rooms.appGrants.apps.register({ name: 'To be blocked', clientId: client_id }, owner);
    const page = await consent(v1({ client_id }));
    await home.rooms.appGrants.apps.change(app.id, { blocked: true }, owner);
    expect(await browser.send(page, 'decide', {}, 'Let it in')).toMatchObject({ status: 412, location: null });
    expect((await browser.open(v1({ client_id }))).status).toBe(412);
  });
});

describe('signing in on the page', () => {
  it('is refused with a wrong password, and after five of them for a while', async () => {
    const page = await browser.open(v1({ client_id: newClient() }));
    for (let tried = 0; tried < 5; tried += 1) {
      const again = await browser.send(page, 'password', { username: 'kim', password: 'wrong' });
      expect([again.status, again.alert]).toEqual([401, 'The username or the password is wrong.']);
    }
    const waiting = await browser.send(page, 'password', KIM);
    expect([waiting.status, waiting.alert, Number(waiting.headers.get('retry-after'))]).toEqual([
      429,
      expect.stringMatching(/^Too many/),
      900,
    ]);
  });

  it('shows who agrees, and the grant is theirs', async () => {
    const page = await consent(v1({ client_id: newClient() }));
    expect(page.text).toContain('You are signed in as kim.');
    const entry = async () => (await home.rooms.activity.list({}, { offset: 0, limit: 1 })).entries[0];
    await browser.send(page, 'decide', {}, 'Let it in');
    expect(await entry()).toMatchObject({
      verb: 'app.approved',
      actor: { kind: 'person', name: 'kim' },
      personId: (await home.rooms.people.byName('kim'))?.id,
    });
  });

  it('is worth nothing in another browser, after a quarter of an hour, or where it was changed', async () => {
    const url = v1({ client_id: newClient() });
    const page = await consent(url);
    const [decision] = page.forms;
    if (!decision) throw new Error('there is nothing to decide');
    const stranger = createPaperBrowser();
    const theirs = await stranger.open(url);
    const forged = {
      ...theirs,
      forms: [{ ...decision, fields: { ...theirs.forms[0]?.fields, step: 'decide', who: decision.fields.who ?? '' } }],
    };
    expect(await stranger.send(forged, 'decide', {}, 'Let it in')).toMatchObject({ status: 401, location: null });
    const changed = { who: (decision.fields.who ?? '').replace(/^./, (letter) => (letter === 'e' ? 'f' : 'e')) };
    expect(await browser.send(page, 'decide', changed, 'Let it in')).toMatchObject({ status: 401, location: null });
    now += minutes(16);
    expect(await browser.send(page, 'decide', {}, 'Let it in')).toMatchObject({
      status: 401,
      location: null,
      alert: 'This took too long. Sign in again.',
    });
  });

  it('is not taken from a page of somebody else', async () => {
    const url = v1({ client_id: newClient() });
    const page = await consent(url);
    expect(await browser.send(page, 'decide', {}, 'Let it in', { 'sec-fetch-site': 'cross-site' })).toMatchObject({
      status: 403,
      location: null,
    });
    for (const seal of ['', 'nonsense', '0'.repeat(64)])
      expect(await browser.send(page, 'decide', { seal }, 'Let it in')).toMatchObject({ status: 403, location: null });
    browser.cookies.clear();
    expect(await browser.send(page, 'decide', {}, 'Let it in')).toMatchObject({ status: 403, location: null });
  });

  it('gives a cookie that scripts cannot read and that other sites cannot send along', async () => {
    const { headers } = await browser.open(v1({ client_id: newClient() }));
    expect(headers.get('set-cookie')).toMatch(/^usherr_approval=[\w-]{43}; Path=\/; Max-Age=3600; HttpOnly; SameSite=Lax$/);
    expect((await browser.open(v1({ client_id: newClient() }))).headers.get('set-cookie')).toBeNull();
  });

  it('does not open the rest of the house', async () => {
    await consent(v1({ client_id: newClient() }));
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await fetch(`${home.address}/api/v1/session`, { headers: { cookie } })).status).toBe(401);
  });
});
