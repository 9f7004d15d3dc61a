import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecord } from '#kernel/json.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { type AppInside, letAppIn } from '#tests/support/simkl-apps.ts';

const PASSWORD = 'a long enough password';

let house: Household;
let kim: Record<string, string>;
let kims: AppInside;
let owners: AppInside;

type Answer = Readonly<{ status: number; body: unknown }>;
const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  house.send(method, `/api/v1${path}`, body, headers);
const member = (answer: Answer, name: string): unknown => (isRecord(answer.body) ? answer.body[name] : undefined);
const grants = async (query = '', headers: Record<string, string> = {}) =>
  (await call('GET', `/grants${query}`, undefined, headers)).body as {
    id: number;
    person: string;
    app: { client_id: string };
    revoked_at: string | null;
  }[];
const isIn = async (app: AppInside): Promise<boolean> =>
  (await fetch(`${house.address}/users/settings`, { headers: app.headers })).status === 200;

beforeAll(async () => {
  house = await startHousehold({ servers: [] });
  await call('POST', '/people', { name: 'kim' });
  await call('POST', '/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' });
  const { body } = await call('POST', '/session', { username: 'kim', password: PASSWORD });
  kim = { 'x-apikey': '', authorization: `Bearer ${(body as { token: string }).token}` };
  const person = await house.rooms.people.byName('kim');
  if (!person) throw new Error('kim is nobody');
  kims = await letAppIn(house.rooms.appGrants, { person: person.id, clientId: 'shared-app' });
  owners = await letAppIn(house.rooms.appGrants, { clientId: 'shared-app' });
});
afterAll(() => house.close());

describe('apps', () => {
  it('are registered beforehand: with what they have, or with what is made for them', async () => {
    const wish = {
      name: 'Kodi',
      client_id: 'kodi-id',
      client_secret: 'its secret',
      redirects: ['kodi://back'],
      dialect: 'legacy',
      generation: 1,
    };
    const given = await call('POST', '/apps', wish);
    expect([given.status, given.body]).toEqual([
      201,
      {
        app: {
          id: expect.any(Number),
          client_id: 'kodi-id',
          name: 'Kodi',
          dialect: 'legacy',
          generation: 1,
          redirects: ['kodi://back'],
          has_secret: true,
          origin: 'owner',
          blocked_at: null,
          created_by: expect.any(String),
          created_at: expect.any(String),
        },
        client_secret: null,
      },
    ]);
    const made = await call('POST', '/apps', { name: 'Own', make_secret: true });
    expect(made.body).toMatchObject({
      app: { client_id: expect.stringMatching(/^[0-9a-f]{64}$/), dialect: 'modern' },
      client_secret: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify((await call('GET', '/apps')).body)).not.toMatch(/its secret|secret_hash/);
  });

  it('that are registered hold to what was registered', async () => {
    const { codes } = house.rooms.appGrants;
    const look = (redirect: string) => codes.look({ generation: 1, clientId: 'kodi-id', redirect });
    expect([await look('kodi://elsewhere'), await look('kodi://back')]).toEqual([
      'redirect-mismatch',
      expect.objectContaining({ name: 'Kodi', isKnown: true }),
    ]);
    const exchange = async (secret: string) => {
      const approved = await codes.approve(
        { generation: 1, clientId: 'kodi-id', redirect: 'kodi://back' },
        { personId: (await house.rooms.people.list())[0]?.id ?? expect.fail(), name: 'mo' },
      );
      if (typeof approved === 'string') throw new Error(approved);
      return (await codes.exchange({ generation: 1, clientId: 'kodi-id', code: approved.code, secret, redirect: 'kodi://back' })).outcome;
    };
    expect([await exchange('another'), await exchange('its secret')]).toEqual(['refused', 'granted']);
  });

  it('are refused with the field at fault', async () => {
    const faults: readonly (readonly [object, string])[] = [
      [{}, 'name'],
      [{ name: '\u200b' }, 'name'],
      [{ name: 'x', client_id: 'a b' }, 'client_id'],
      [{ name: 'x', redirects: ['javascript:alert(1)'] }, 'redirects'],
      [{ name: 'x', client_secret: 'a', make_secret: true }, 'client_secret'],
      [{ name: 'x', dialect: 'klingon' }, 'dialect'],
    ];
    for (const [wish, field] of faults)
      expect([wish, await call('POST', '/apps', wish)]).toEqual([
        wish,
        expect.objectContaining({
          status: 400,
          body: { error: expect.objectContaining({ fields: [expect.objectContaining({ field })] }) },
        }),
      ]);
    expect((await call('POST', '/apps', { name: 'Kodi', client_id: 'kodi-id' })).status).toBe(409);
    expect((await call('PATCH', '/apps/999', { name: 'x' })).status).toBe(404);
    expect((await call('DELETE', '/apps/999')).status).toBe(404);
  });

  it('change their dialect, which their callers see at once', async () => {
    const [app] = ((await call('GET', '/apps')).body as { id: number; client_id: string }[]).filter(
      (one) => one.client_id === 'shared-app',
    );
    expect((await house.rooms.appGrants.grants.authenticate(kims.token))?.app.dialect).toBe('modern');
    const changed = await call('PATCH', `/apps/${app?.id}`, { dialect: 'legacy', name: 'Shared' });
    expect(changed).toMatchObject({ status: 200, body: { dialect: 'legacy', name: 'Shared' } });
    expect((await house.rooms.appGrants.grants.authenticate(kims.token))?.app.dialect).toBe('legacy');
    await call('PATCH', `/apps/${app?.id}`, { blocked: true });
    expect([await isIn(kims), await isIn(owners)]).toEqual([false, false]);
    await call('PATCH', `/apps/${app?.id}`, { blocked: false });
    expect([await isIn(kims), await isIn(owners)]).toEqual([true, true]);
  });

  it('are only for who runs the house', async () => {
    for (const [method, path] of [
      ['GET', '/apps'],
      ['POST', '/apps'],
      ['PATCH', '/apps/1'],
      ['DELETE', '/apps/1'],
    ] as const)
      expect([path, (await call(method, path, method === 'GET' || method === 'DELETE' ? undefined : { name: 'x' }, kim)).status]).toEqual([
        path,
        403,
      ]);
  });
});

describe('grants', () => {
  it('are seen by their person, and all of them by who runs the house', async () => {
    expect((await grants('', kim)).map(({ person }) => person)).toEqual(['kim']);
    expect(new Set((await grants()).map(({ person }) => person))).toEqual(new Set(['kim', 'main']));
    expect((await grants('?person=kim')).map(({ person }) => person)).toEqual(['kim']);
    expect((await call('GET', '/grants?person=main', undefined, kim)).status).toBe(403);
    const [one] = await grants('', kim);
    expect(one).toEqual({
      id: expect.any(Number),
      app: { id: expect.any(Number), client_id: 'shared-app', name: 'Shared' },
      person: 'kim',
      scopes: ['media:read', 'media:write'],
      generation: 1,
      flow: 'code',
      approved_by: 'test',
      created_at: expect.any(String),
      ends_at: expect.any(String),
      last_used_at: expect.any(String),
      revoked_at: null,
    });
    expect((await grants('?app=999')).length).toBe(0);
  });

  it('are revoked by their person, not by another, and alone', async () => {
    const [mine] = await grants('?person=kim');
    const [theirs] = (await grants('?person=main')).filter((grant) => grant.app.client_id === 'shared-app');
    expect((await call('DELETE', `/grants/${theirs?.id}`, undefined, kim)).status).toBe(404);
    expect((await call('DELETE', `/grants/${mine?.id}`, undefined, kim)).status).toBe(204);
    expect([await isIn(kims), await isIn(owners)]).toEqual([false, true]);
    expect((await grants('', kim))[0]?.revoked_at).not.toBeNull();
    expect((await call('DELETE', `/grants/${theirs?.id}`)).status).toBe(204);
    expect(await isIn(owners)).toBe(false);
  });

  it('go with their app and with their person', async () => {
    const again = await letAppIn(house.rooms.appGrants, { clientId: 'short-lived' });
    const [app] = ((await call('GET', '/apps')).body as { id: number; client_id: string }[]).filter(
      (one) => one.client_id === 'short-lived',
    );
    expect(await isIn(again)).toBe(true);
    await call('DELETE', `/apps/${app?.id}`);
    expect(await isIn(again)).toBe(false);
    await call('DELETE', '/people/kim');
    expect((await grants()).some(({ person }) => person === 'kim')).toBe(false);
  });

  it('and apps leave notes of who did what', async () => {
    const entries = member(await call('GET', '/activity?per_page=1000'), 'items') as { verb: string; actor: { name: string } }[];
    const verbs = new Set(entries.map(({ verb }) => verb));
    for (const verb of ['app.added', 'app.changed', 'app.removed', 'grant.revoked']) expect([verb, verbs.has(verb)]).toEqual([verb, true]);
    expect(entries.find(({ verb, actor }) => verb === 'grant.revoked' && actor.name === 'kim')).toBeDefined();
    expect(JSON.stringify(entries)).not.toContain('its secret');
  });
});
