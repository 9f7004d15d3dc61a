import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SERVER_SIGN_IN } from '#features/app-grants/index.ts';
import type { FakePlex } from '#integrations/plex/plex.fake.ts';
import type { PersonId } from '#kernel/ids.ts';
import { minutes } from '#kernel/instant.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { createPaperBrowser, type PaperBrowser, type PaperPage } from '#tests/support/paper-browser.ts';

const PASSWORD = 'open-sesame';
const OWNER = { username: 'owner', password: 'a long enough password' };
const by = { actor: { kind: 'test', id: 'test', name: 'test' } };

let home: Household;
let browser: PaperBrowser;
let kim: PersonId;
let now = Date.UTC(2026, 5, 1);
let clients = 0;

beforeAll(async () => {
  home = await startHousehold({ clock: { now: () => now } });
  kim = (await home.rooms.people.create('kim', 'Kim')).id;
  await home.rooms.people.create('bo', 'Bo');
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
  browser = createPaperBrowser();
  now += minutes(20);
  clients += 1;
});

type Ask = Readonly<{ code: string; poll(): Promise<Readonly<Record<string, unknown>>> }>;
async function newPin(extra = ''): Promise<Ask> {
  const client = `client_id=client-${clients}&app-name=tv-box`;
  const { user_code: code } = (await (await fetch(`${home.address}/oauth/pin?${client}${extra}`)).json()) as { user_code: string };
  return { code, poll: async () => (await (await fetch(`${home.address}/oauth/pin/${code}?${client}`)).json()) as Record<string, unknown> };
}
const askFor = async ({ code }: Ask): Promise<PaperPage> =>
  browser.send(await browser.open(`${home.address}/pin`), 'code', { user_code: code });
const fetchedBy = async (token: unknown): Promise<PersonId | undefined> =>
  (await home.rooms.appGrants.grants.authenticate(String(token)))?.personId;

describe('the page for devices', () => {
  it('takes a code, asks who sits there, and lets the device in', async () => {
    const ask = await newPin();
    const page = await browser.open(`${home.address}/pin`);
    expect([page.status, page.heading, page.forms[0]?.fields.user_code]).toEqual([200, 'Let a device in', '']);
    const asked = await browser.send(page, 'code', { user_code: ask.code.toLowerCase() });
    expect([asked.heading, asked.text.includes(`client-${clients}`)]).toEqual(['tv-box asks to be let in', true]);
    const consent = await browser.send(asked, 'password', OWNER);
    expect((await ask.poll()).message).toBe('Authorization pending');
    const done = await browser.send(consent, 'decide', {}, 'Let it in');
    expect([done.status, done.heading, done.location]).toEqual([200, 'tv-box was let in', null]);
    expect(await fetchedBy((await ask.poll()).access_token)).toBe(1);
  });

  it('is opened with the code in its address, and looks it up only when it is sent', async () => {
    const ask = await newPin();
    const page = await browser.open(`${home.address}/pin/${ask.code}`);
    expect(page.forms[0]?.fields.user_code).toBe(ask.code);
    expect((await browser.send(page, 'code')).heading).toBe('tv-box asks to be let in');
    expect((await browser.open(`${home.address}/pin/%3Cscript%3E`)).text).not.toContain('<script>');
  });

  it('tells the device of nothing where the person refuses, which ends the code', async () => {
    const ask = await newPin();
    const consent = await browser.send(await askFor(ask), 'password', OWNER);
    const done = await browser.send(consent, 'decide', {}, 'Refuse');
    expect(done.heading).toBe('tv-box was not let in');
    expect(await ask.poll()).toMatchObject({ result: 'OK', device_code: 'DEVICE_CODE' });
    expect(await browser.send(consent, 'decide', {}, 'Let it in')).toMatchObject({ status: 404 });
  });

  it('leads on to where the device said, by a link that somebody has to press', async () => {
    const ask = await newPin('&redirect=https%3A%2F%2Fapp.test%2Fdone');
    const consent = await browser.send(await askFor(ask), 'password', OWNER);
    const done = await browser.send(consent, 'decide', {}, 'Let it in');
    expect(done.location).toBeNull();
    expect(done.text).toContain('<a href="https://app.test/done" rel="noreferrer">');
  });

  it('is no place to guess codes', async () => {
    const page = await browser.open(`${home.address}/pin`);
    const statuses = [];
    for (let n = 0; n < 12; n += 1) statuses.push((await browser.send(page, 'code', { user_code: `AAAA${n}` })).status);
    expect(statuses).toEqual([...Array(10).fill(404), 429, 429]);
    expect((await askFor(await newPin())).status).toBe(429);
    now += minutes(15);
    expect((await askFor(await newPin())).status).toBe(200);
  });
});

describe('signing in with an account on a server', () => {
  const pageFor = async (): Promise<Readonly<{ ask: Ask; page: PaperPage }>> => {
    const ask = await newPin();
    return { ask, page: await askFor(ask) };
  };
  const offerOf = async (type: string): Promise<string> => {
    const server = (await home.rooms.connections.servers()).find((one) => one.type === type);
    return `server-${server?.id}`;
  };

  it.each(['jellyfin', 'emby'] as const)('of %s lets in the person whose account that is, and nobody by name', async (kind) => {
    const offer = await offerOf(kind);
    const { ask, page } = await pageFor();
    const consent = await browser.send(page, 'server', { offer, username: 'kimmy', password: PASSWORD });
    expect(consent.text).toContain('You are signed in as kimmy.');
    await browser.send(consent, 'decide', {}, 'Let it in');
    expect(await fetchedBy((await ask.poll()).access_token)).toBe(kim);

    // Somebody of the server who has the name of somebody here, and is nobody's account.
    home.fake(kind).addUser({ name: 'bo' });
    const stranger = await browser.send((await pageFor()).page, 'server', { offer, username: 'bo', password: PASSWORD });
    expect([stranger.status, stranger.alert]).toEqual([403, 'bo is known there, and belongs to nobody here. Sign in another way.']);
    expect(stranger.forms.some(({ fields }) => fields.step === 'decide')).toBe(false);
  });

  it('is refused with a wrong password, and after five of them for a while', async () => {
    const offer = await offerOf('jellyfin');
    const { page } = await pageFor();
    for (let n = 0; n < 5; n += 1) {
      const wrong = await browser.send(page, 'server', { offer, username: 'kimmy', password: 'guess' });
      expect([wrong.status, wrong.alert]).toEqual([401, 'The server does not know this user name with this password.']);
    }
    expect((await browser.send(page, 'server', { offer, username: 'kimmy', password: PASSWORD })).status).toBe(429);
  });

  it('is told where the server does not answer, and asks no other address than those that are connected', async () => {
    const { page } = await pageFor();
    const jellyfin = home.fake('jellyfin');
    jellyfin.setMood('reset');
    const offer = await offerOf('jellyfin');
    for (let n = 0; n < 6; n += 1) {
      const told = await browser.send(page, 'server', { offer, username: 'kimmy', password: PASSWORD });
      expect([told.status, told.heading]).toEqual([502, 'tv-box asks to be let in']);
      expect(told.alert).not.toBe('');
    }
    jellyfin.setMood('fine');
    expect((await browser.send(page, 'server', { offer, username: 'kimmy', password: PASSWORD })).status).toBe(200);
    for (const other of ['server-999', 'http://127.0.0.1:9', 'jellyfin', ''])
      expect((await browser.send(page, 'server', { offer: other, username: 'kimmy', password: PASSWORD })).status).toBe(404);
  });

  it('is refused where the account is that of two people, since neither may be taken for the other', async () => {
    const shared = home.fake('emby').addUser({ name: 'shared' });
    for (const person of ['kim', 'bo']) {
      const { id } = (await home.rooms.people.byName(person)) ?? expect.fail();
      await home.addBackend('emby', { personId: id, name: 'shared', as: shared });
    }
    const both = await browser.send((await pageFor()).page, 'server', {
      offer: await offerOf('emby'),
      username: 'shared',
      password: PASSWORD,
    });
    expect([both.status, both.alert]).toEqual([403, 'shared belongs to more than one person here. Sign in another way.']);
  });

  it.each(['jellyfin', 'emby'] as const)('of %s does not end the token that this house has for the same user', async (kind) => {
    const { baseUrl: url } = home.fake(kind);
    const call = { signal: AbortSignal.timeout(5_000) };
    const driver = home.rooms.connections.driver(kind);
    const kept = await driver.signIn?.({ url, username: 'kimmy', password: PASSWORD }, call);
    const fill = { offer: await offerOf(kind), username: 'kimmy', password: PASSWORD };
    expect((await browser.send((await pageFor()).page, 'server', fill)).status).toBe(200);
    const { userId = '', token = '' } = kept ?? {};
    expect((await driver.connect({ url, token, userId }).listLibraries(call)).length).toBe(0);
    // The one that a second sign-in of the house itself gives ends the first.
    await driver.signIn?.({ url, username: 'kimmy', password: PASSWORD }, call);
    await expect(driver.connect({ url, token, userId }).listLibraries(call)).rejects.toMatchObject({ code: 'upstream-unauthorized' });
  });

  it('of Plex goes by its own page, and by the id that plex.tv tells', async () => {
    const plex = home.fake('plex') as FakePlex;
    const kimmy = plex.users().find(({ name }) => name === 'kimmy');
    for (const [user, person] of [
      [kimmy?.id, kim],
      [undefined, 1],
    ] as const) {
      const { ask, page } = await pageFor();
      const away = await browser.send(page, 'browser', {}, 'Sign in with Plex');
      const link = /href="(https:[^"]+)"/.exec(away.text.replaceAll('&amp;', '&'))?.[1] ?? '';
      expect([away.heading, new URL(link).origin]).toEqual(['Sign in with Plex', 'https://app.plex.tv']);
      const waiting = await browser.send(away, 'browser-done');
      expect([waiting.status, waiting.alert]).toEqual([200, 'You have not signed in at Plex yet.']);
      plex.approvePin(new URLSearchParams(new URL(link).hash.slice(2)).get('code') ?? '', user);
      const consent = await browser.send(waiting, 'browser-done');
      expect((await browser.send(consent, 'decide', {}, 'Let it in')).heading).toBe('tv-box was let in');
      expect(await fetchedBy((await ask.poll()).access_token)).toBe(person);
    }
  });

  it('of Plex is refused to whom it belongs to nobody here, and to another browser', async () => {
    const plex = home.fake('plex') as FakePlex;
    const guest = plex.addUser({ name: 'bo', guest: true });
    const { ask, page } = await pageFor();
    const away = await browser.send(page, 'browser', {}, 'Sign in with Plex');
    plex.approvePin(
      new URLSearchParams(new URL(/href="(https:[^"]+)"/.exec(away.text.replaceAll('&amp;', '&'))?.[1] ?? '').hash.slice(2)).get('code') ??
        '',
      guest.id,
    );
    expect(await browser.send(away, 'browser-done')).toMatchObject({
      status: 403,
      alert: 'bo is known there, and belongs to nobody here. Sign in another way.',
    });

    const stranger = createPaperBrowser();
    const own = await stranger.send(await stranger.open(`${home.address}/pin`), 'code', { user_code: ask.code });
    const carried = { ...away, forms: [{ fields: { ...away.forms[0]?.fields, seal: own.forms[0]?.fields.seal ?? '' }, buttons: [] }] };
    expect(await stranger.send(carried, 'browser-done')).toMatchObject({ status: 401, alert: 'This took too long. Sign in again.' });
  });

  it('is offered for what is connected, and not at all where the owner has switched it off', async () => {
    const { page } = await pageFor();
    const steps = ({ forms }: PaperPage) => forms.map(({ fields }) => fields.step);
    expect(steps(page)).toEqual(['password', 'browser', 'server']);
    await home.rooms.settings.set(SERVER_SIGN_IN, false, by);
    expect(steps((await pageFor()).page)).toEqual(['password']);
    const fill = { offer: await offerOf('jellyfin'), username: 'kimmy', password: PASSWORD };
    expect((await browser.send(page, 'server', fill)).status).toBe(404);
    expect((await browser.send(page, 'browser', {}, 'Sign in with Plex')).status).toBe(404);
    await home.rooms.settings.reset(SERVER_SIGN_IN, by);
  });
});
