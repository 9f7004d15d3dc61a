import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeUser } from '#core/upstreams/media-server.fake.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';

const PASSWORD = 'a long enough password';

type Server = {
  server: { id: number; type: string };
  state: string;
  fault: { code: string } | null;
  accounts: { id: number; person: string; user: { name: string }; consent: string; pin: boolean | null }[];
  users: {
    id: string;
    name: string;
    protected: boolean;
    accounts: number[];
    suggestions: { person: string; evidence: { kind: string }[] }[];
  }[];
};
type Answer<Body> = Readonly<{ status: number; body: Body }>;
type Problem = { error: { code: string; message: string; fields?: { field: string }[] } };

let house: Household;
let kim: Record<string, string>;
const users: Record<string, FakeUser> = {};

const call = async <Body = Problem>(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Answer<Body>> => (await house.send(method, `/api/v1${path}`, body, headers)) as Answer<Body>;
const servers = async (query = '?anew=true') => (await call<Server[]>('GET', `/who-is-who${query}`)).body;
const of = async (type: string, query?: string): Promise<Server> =>
  (await servers(query)).find((one) => one.server.type === type) ?? expect.fail();
const userOf = async (type: string, name: string) => (await of(type)).users.find((one) => one.name === name) ?? expect.fail();

beforeAll(async () => {
  house = await startHousehold();
  for (const kind of ['plex', 'jellyfin', 'emby'] as const) await house.addBackend(kind);
  users.plexKim = house.fake('plex').addUser({ name: 'kim' });
  users.plexBo = house.fake('plex').addUser({ name: 'bobo', pin: '4321' });
  users.jellyfinKim = house.fake('jellyfin').addUser({ name: 'Kim' });
  await call('POST', '/people', { name: 'kim', display_name: 'Kim' });
  await call('POST', '/people', { name: 'bo', display_name: 'Bo' });
  await call('POST', '/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' });
  const { body } = await call<{ token: string }>('POST', '/session', { username: 'kim', password: PASSWORD });
  kim = { 'x-apikey': '', authorization: `Bearer ${body.token}` };
});
afterAll(() => house.close());

describe('who is who', () => {
  it('shows each server with its users, whose they are, and who they may be', async () => {
    const plex = await of('plex');
    expect(plex).toMatchObject({ state: 'known', fault: null, accounts: [{ person: 'main', consent: 'given', pin: false }] });
    const owner = plex.users.find((one) => one.accounts.length > 0);
    expect(owner?.suggestions).toEqual([]);
    expect((await userOf('plex', 'kim')).suggestions).toEqual([
      { person: 'kim', evidence: [{ kind: 'same-name', place: '', name: 'Kim' }] },
    ]);
    expect(await userOf('plex', 'bobo')).toMatchObject({ protected: true, suggestions: [] });
    expect((await of('jellyfin')).accounts[0]?.pin).toBeNull();
  });

  it('joins nobody by itself', async () => {
    await servers();
    expect((await call<unknown[]>('GET', '/accounts')).body).toHaveLength(3);
  });

  it('says where a server does not answer, and shows what it last said', async () => {
    house.fake('jellyfin').setMood('reset');
    const silent = await of('jellyfin');
    house.fake('jellyfin').setMood('fine');
    expect([silent.state, silent.fault?.code, silent.users.some((one) => one.name === 'Kim')]).toEqual([
      'unknown',
      expect.stringMatching(/^upstream-/),
      true,
    ]);
  });

  it('is asked of servers at most every five minutes, unless anew', async () => {
    await servers();
    house.fake('emby').addUser({ name: 'late' });
    expect((await of('emby', '')).users.map((one) => one.name)).not.toContain('late');
    expect((await of('emby')).users.map((one) => one.name)).toContain('late');
  });

  it('is for whoever runs the house', async () => {
    for (const [method, path] of [
      ['GET', '/who-is-who'],
      ['POST', '/who-is-who/join'],
      ['GET', '/provisioning'],
      ['GET', '/provisioning/mapping'],
    ] as const)
      expect([path, (await call(method, path, method === 'POST' ? {} : undefined, kim)).status]).toEqual([path, 403]);
  });
});

describe('joining', () => {
  it('gives the person an account of their own there, to which nothing is written before its first plan', async () => {
    const { server } = await of('jellyfin');
    const wish = { server: server.id, user: users.jellyfinKim?.id, person: 'kim' };
    const joined = await call<{ person: string; consent: string; user: { name: string } }>('POST', '/who-is-who/join', wish);
    expect([joined.status, joined.body]).toEqual([
      201,
      expect.objectContaining({ person: 'kim', consent: 'pending', user: { id: users.jellyfinKim?.id, name: 'Kim' } }),
    ]);
    expect((await userOf('jellyfin', 'Kim')).accounts).toHaveLength(1);
    const again = await call('POST', '/who-is-who/join', { ...wish, person: 'bo' });
    expect([again.status, again.body.error.message]).toEqual([409, expect.stringContaining("is somebody's already")]);
    // The name of a person on one server is evidence on the next.
    expect((await userOf('plex', 'kim')).suggestions[0]?.evidence.map((one) => one.kind)).toEqual(['same-name', 'same-name']);
    const [entry] = (await house.rooms.activity.list({}, { offset: 0, limit: 1 })).entries;
    expect(entry).toMatchObject({ verb: 'person.joined', subject: 'kim' });
  });

  it('is taken apart again by removing the account, and can be said otherwise', async () => {
    const { server, accounts } = await of('jellyfin');
    const own = accounts.find((one) => one.person === 'kim');
    expect((await call('DELETE', `/accounts/${own?.id}`)).status).toBe(200);
    const joined = await call('POST', '/who-is-who/join', { server: server.id, user: users.jellyfinKim?.id, person: 'bo' });
    expect(joined.status).toBe(201);
  });

  it('needs the PIN of a protected user, keeps it once it was taken, and never shows it', async () => {
    const { server } = await of('plex');
    const wish = { server: server.id, user: users.plexBo?.id, person: 'bo' };
    for (const pin of [undefined, '0000']) {
      const refused = await call('POST', '/who-is-who/join', { ...wish, ...(pin !== undefined && { pin }) });
      expect([pin, refused.status, refused.body.error.fields?.[0]?.field]).toEqual([pin, 400, 'pin']);
    }
    const joined = await call<{ id: number }>('POST', '/who-is-who/join', { ...wish, pin: '4321' });
    expect(joined.status).toBe(201);
    const shown = await of('plex');
    expect(shown.accounts.find((one) => one.person === 'bo')?.pin).toBe(true);
    expect(JSON.stringify([joined.body, shown, (await call('GET', '/accounts')).body])).not.toContain('"4321"');

    expect((await call('PUT', `/accounts/${joined.body.id}/pin`, { pin: '1111' })).body.error.fields?.[0]?.field).toBe('pin');
    expect((await call('DELETE', `/accounts/${joined.body.id}/pin`)).status).toBe(204);
    expect((await of('plex')).accounts.find((one) => one.person === 'bo')?.pin).toBe(false);
    expect((await call('PUT', `/accounts/${joined.body.id}/pin`, { pin: '4321' })).status).toBe(204);
    expect((await call('PUT', `/accounts/${joined.body.id}/pin`, { pin: '4321' }, kim)).status).toBe(403);
    const jellyfin = (await of('jellyfin')).accounts[0];
    expect((await call('PUT', `/accounts/${jellyfin?.id}/pin`, { pin: '1' })).status).toBe(409);
  });

  it.each([
    ['a server that is not here', { server: 999 }, 404, 'server'],
    ['a user who is not listed there', { user: 'nobody' }, 404, 'user'],
    ['a person who is not here', { person: 'nobody' }, 404, 'person'],
    ['no person', { person: undefined }, 400, 'person'],
  ])('names what is wrong: %s', async (_what, extra, status, field) => {
    const { server } = await of('plex');
    const answer = await call('POST', '/who-is-who/join', { server: server.id, user: users.plexKim?.id, person: 'kim', ...extra });
    expect([answer.status, answer.body.error.fields?.[0]?.field]).toEqual([status, field]);
  });
});

describe('accounts for everybody', () => {
  it('are shown before they are made, and follow the mapping, whose PINs are never told', async () => {
    const mapping = {
      people: [
        {
          person: 'zoe',
          members: [
            { account: 'plex', user: 'zoe_p', pin: '8642' },
            { account: 'emby', user: 'zoe_e' },
          ],
        },
      ],
    };
    house.fake('plex').addUser({ name: 'zoe_p', pin: '8642' });
    house.fake('emby').addUser({ name: 'zoe_e' });
    const said = await call<{ people: { members: { has_pin: boolean }[] }[] }>('PUT', '/provisioning/mapping', mapping);
    expect(said.body.people[0]?.members.map((one) => one.has_pin)).toEqual([true, false]);
    const { pin: _, ...unnamed } = mapping.people[0]?.members[0] ?? expect.fail();
    const members = [unnamed, mapping.people[0]?.members[1]];
    const kept = await call('PUT', '/provisioning/mapping', { people: [{ person: 'zoe', members }] });
    expect(kept.body).toEqual(said.body);
    const preview = await call<{ matched: { person: string }[] }>('GET', '/provisioning?anew=true');
    expect(preview.body.matched.map((one) => one.person)).toContain('zoe');
    expect(JSON.stringify([said.body, preview.body, (await call('GET', '/settings')).body])).not.toContain('"8642"');

    const wish = { mode: 'update', backup: false };
    const shown = await call<{ dry_run: boolean; people: { person: string }[] }>('POST', '/provisioning', wish);
    expect(shown.body).toMatchObject({ dry_run: true });
    expect(await house.rooms.people.byName('zoe')).toBeUndefined();
    const done = await call<{ failed: unknown[] }>('POST', '/provisioning', { ...wish, dry_run: false });
    expect([done.status, done.body.failed]).toEqual([200, []]);
    expect((await call<unknown[]>('GET', '/accounts?person=zoe')).body).toHaveLength(2);
    expect((await call<{ dry_run: boolean }>('POST', '/provisioning/links')).body).toMatchObject({ dry_run: true, updated: [] });
  });
});

describe('what a login may do', () => {
  it('can be less than its role, at once, and ends keys that could do more', async () => {
    const [login] = (await call<{ id: number; username: string; scopes: string[] }[]>('GET', '/logins')).body.filter(
      (one) => one.username === 'kim',
    );
    expect(login?.scopes).toEqual(['read', 'sync', 'write', 'webhook']);
    const key = (await call<{ key: string }>('POST', '/keys', { name: 'script' }, kim)).body.key;
    const limited = await call<{ scopes: string[] }>('PUT', `/logins/${login?.id}/scopes`, { scopes: ['read'] });
    expect([limited.status, limited.body.scopes]).toEqual([200, ['read']]);
    expect((await call<{ scopes: string[] }>('GET', '/session', undefined, kim)).body.scopes).toEqual(['read']);
    expect((await call('PATCH', '/people/kim', { display_name: 'Kimmy' }, kim)).status).toBe(403);
    expect((await call('GET', '/session', undefined, { 'x-apikey': key })).status).toBe(401);
    expect((await call('PUT', `/logins/${login?.id}/scopes`, { scopes: ['read', 'write', 'sync'] })).status).toBe(200);
    expect((await call<{ display_name: string }>('PATCH', '/people/kim', { display_name: 'Kimmy' }, kim)).body.display_name).toBe('Kimmy');
    expect((await call('PATCH', '/people/bo', { display_name: 'Mine' }, kim)).status).toBe(403);
  });

  it.each([
    ['without seeing what is theirs', ['write'], 400],
    ['with more than the role', ['read', 'admin'], 400],
    ['with a word that is no right', ['read', 'fly'], 400],
  ])('cannot be %s', async (_what, scopes, status) => {
    const [login] = (await call<{ id: number; username: string }[]>('GET', '/logins')).body.filter((one) => one.username === 'kim');
    expect((await call('PUT', `/logins/${login?.id}/scopes`, { scopes })).status).toBe(status);
  });

  it('is all of it for owners, and whole again in another role', async () => {
    const logins = (await call<{ id: number; username: string }[]>('GET', '/logins')).body;
    const idOf = (name: string) => logins.find((one) => one.username === name)?.id;
    expect((await call('PUT', `/logins/${idOf('owner')}/scopes`, { scopes: ['read'] })).status).toBe(409);
    await call('PUT', `/logins/${idOf('kim')}/scopes`, { scopes: ['read'] });
    await call('PUT', `/logins/${idOf('kim')}/role`, { role: 'admin' });
    await call('PUT', `/logins/${idOf('kim')}/role`, { role: 'person' });
    const again = (await call<{ username: string; scopes: string[] }[]>('GET', '/logins')).body.find((one) => one.username === 'kim');
    expect(again?.scopes).toEqual(['read', 'sync', 'write', 'webhook']);
  });

  it('has a password that they change themselves, or whoever runs the house', async () => {
    const wrong = await call('PUT', '/session/password', { current: 'no', password: 'quite another password' }, kim);
    expect(wrong.status).toBe(401);
    expect((await call('PUT', '/session/password', { current: PASSWORD, password: 'quite another password' }, kim)).status).toBe(204);
    expect((await call('GET', '/session', undefined, kim)).status).toBe(401);
    const id = (await call<{ id: number; username: string }[]>('GET', '/logins')).body.find((one) => one.username === 'kim')?.id;
    expect((await call('PUT', `/logins/${id}/password`, { password: 'short' })).body.error.fields?.[0]?.field).toBe('password');
    expect((await call('PUT', `/logins/${id}/password`, { password: PASSWORD })).status).toBe(204);
    expect((await call('POST', '/session', { username: 'kim', password: PASSWORD })).status).toBe(200);
  });
});
