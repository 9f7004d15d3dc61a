import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPeople, MAIN_PERSON, type People } from '#core/people/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { accountId, personId } from '#kernel/ids.ts';
import { hours, minutes } from '#kernel/instant.ts';
import { createSecrets } from '#platform/secrets/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import type { AccessTables } from './access.schema.store.ts';
import { type Access, createAccess, type StartOptions } from './access.ts';
import type { Actor, Role } from './actor.ts';
import type { Surface } from './surface.ts';

const UNATTENDED: StartOptions = { apiKey: undefined, admin: { username: 'Mo', password: 'a good password' } };
const BARE: StartOptions = { apiKey: undefined, admin: undefined };
const PASSWORD = 'a good password';

const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.faults[0] ? `${error.code} ${error.faults[0].field}` : error.code;
  }
  return 'fine';
};

describe.each(DATABASES)('access on %s', (kind) => {
  let test: TestDatabase;
  let people: People;
  let access: Access;
  let folder: string;
  let now = 0;
  const clock = { now: () => now };
  const house = (): Access =>
    createAccess({
      database: test.database,
      clock,
      secrets: createSecrets({ dataDir: folder }),
      people,
      webhookAccountOf: async (token) => (token === 'hook' ? { id: accountId(7), personId: personId(1), name: 'plex_main' } : undefined),
    });
  beforeEach(async () => {
    now = Date.UTC(2026, 0, 1);
    folder = mkdtempSync(join(tmpdir(), 'usherr-access-'));
    test = await openTestDatabase(kind);
    people = createPeople({ database: test.database, clock });
    access = house();
  }, 60_000);
  afterEach(async () => {
    await test.close();
    rmSync(folder, { recursive: true, force: true });
  });

  let lastAddress = 0;
  const anywhere = (): string => {
    lastAddress += 1;
    return `198.51.100.${lastAddress % 250}`;
  };
  const signIn = (username: string, password: string, address = anywhere()) => access.login({ username, password, address });
  const actorOf = async (credential: string, surface: Surface = 'watchstate'): Promise<Actor | undefined> =>
    (await access.authenticate({ credential, surface }))?.actor;
  const signedIn = async (username: string): Promise<Actor> => {
    const actor = await actorOf((await signIn(username, PASSWORD)).token);
    if (!actor) throw new Error('the token of a moment ago is refused');
    return actor;
  };
  const newPerson = async (name: string, role: Role, by: Actor): Promise<Actor> => {
    const person = await people.create(name);
    await access.logins.create({ username: name, password: PASSWORD, role, personId: person.id }, by);
    return signedIn(name);
  };

  describe('setting up', () => {
    it('makes the owner of main for whoever has the printed code, once', async () => {
      const { setupCode } = await access.start(BARE);
      expect(setupCode).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
      expect(await access.hasOwner()).toBe(false);
      const attempt = { username: 'Mo', password: PASSWORD, address: '192.0.2.1' };
      expect(await codeOf(access.signup({ ...attempt, setupCode: undefined }))).toBe('forbidden');
      expect(await codeOf(access.signup({ ...attempt, setupCode: 'AAAA-AAAA-AAAA' }))).toBe('forbidden');
      const typed = setupCode?.toLowerCase().replaceAll('-', ' ');
      expect(await codeOf(access.signup({ ...attempt, password: 'short', setupCode: typed }))).toBe('invalid password');
      expect(await access.signup({ ...attempt, setupCode: typed })).toMatchObject({ username: 'Mo', role: 'owner', personId: MAIN_PERSON });
      expect(await access.hasOwner()).toBe(true);
      expect(await codeOf(access.signup({ ...attempt, username: 'eve', setupCode }))).toBe('forbidden');
      expect(await house().start(BARE)).toEqual({ setupCode: undefined, ownerKey: undefined });
    });

    it('lets only one of many win who have the code at the same time', async () => {
      const { setupCode } = await access.start(BARE);
      const tries = ['a', 'b', 'c'].map((username) => access.signup({ username, password: PASSWORD, address: anywhere(), setupCode }));
      const codes = await Promise.all(tries.map(codeOf));
      expect(codes.sort()).toEqual(['fine', 'forbidden', 'forbidden']);
    });

    it('stops who guesses the code, without stopping the owner elsewhere', async () => {
      const { setupCode } = await access.start(BARE);
      const guess = (code: string | undefined, address: string) =>
        codeOf(access.signup({ username: 'mo', password: PASSWORD, address, setupCode: code }));
      for (let tried = 0; tried < 5; tried += 1) expect(await guess(`AAAA-AAAA-AAA${tried}`, '192.0.2.1')).toBe('forbidden');
      expect(await guess(setupCode, '192.0.2.1')).toBe('rate-limited');
      expect(await guess(setupCode, '192.0.2.2')).toBe('fine');
    });

    it('knows no code before the start has made one', async () => {
      expect(await codeOf(access.signup({ username: 'mo', password: PASSWORD, address: anywhere(), setupCode: '' }))).toBe('forbidden');
    });

    it('makes the unattended owner, and leaves one who is there alone', async () => {
      expect((await access.start(UNATTENDED)).setupCode).toBeUndefined();
      const other = { username: 'eve', password: 'another password' };
      await house().start({ ...UNATTENDED, admin: other });
      expect((await signedIn('mo')).role).toBe('owner');
      expect(await codeOf(signIn('eve', other.password))).toBe('unauthenticated');
    });

    it('names the variable that cannot be used', async () => {
      const admin = { username: 'mo', password: 'short' };
      expect(await codeOf(access.start({ apiKey: undefined, admin }))).toBe('misconfigured USHERR_ADMIN_PASSWORD');
      expect(await access.hasOwner()).toBe(false);
    });
  });

  describe('signing in', () => {
    beforeEach(() => access.start(UNATTENDED));

    it('gives a token of 48 hours, whatever the letters of the name', async () => {
      const { token, expiresAt } = await signIn('  MO ', PASSWORD);
      expect(expiresAt).toBe(now + hours(48));
      expect(await access.authenticate({ credential: token, surface: 'watchstate' })).toMatchObject({
        actor: { kind: 'login', name: 'Mo', role: 'owner', personId: 1 },
        issuedAt: now,
      });
      now += hours(48) - 1_000;
      expect(await actorOf(token)).toBeDefined();
      now += 1_000;
      expect(await actorOf(token)).toBeUndefined();
    });

    it.each([
      ['mo', 'a wrong password'],
      ['mo', ''],
      ['nobody', PASSWORD],
      ['', ''],
      ['mo\u0000', PASSWORD],
      ['mo', 'x'.repeat(5_000)],
    ])('refuses %j with %j', async (username, password) => {
      expect(await codeOf(signIn(username, password))).toBe('unauthenticated');
    });

    it('refuses the right password after five wrong ones for the account, from wherever they came', async () => {
      for (let tried = 0; tried < 5; tried += 1)
        expect(await codeOf(signIn(tried % 2 ? 'MO' : 'mo', 'wrong guess'))).toBe('unauthenticated');
      expect(await codeOf(signIn('mo', PASSWORD))).toBe('rate-limited');
      now += minutes(15);
      expect(await codeOf(signIn('mo', PASSWORD))).toBe('fine');
    });

    it('refuses an address after five failures, whoever they were about', async () => {
      const address = '203.0.113.9';
      for (let tried = 0; tried < 5; tried += 1) await codeOf(signIn(`guess${tried}`, PASSWORD, address));
      expect(await codeOf(signIn('mo', PASSWORD, address))).toBe('rate-limited');
      expect(await codeOf(signIn('mo', PASSWORD, '203.0.113.10'))).toBe('fine');
    });

    it('gives guesses that are sent at once no more tries than others', async () => {
      const tries = Array.from({ length: 20 }, (_, index) => codeOf(signIn('mo', `guess ${index}`)));
      const codes = await Promise.all(tries);
      expect(codes.filter((code) => code === 'unauthenticated')).toHaveLength(5);
      expect(codes.filter((code) => code === 'rate-limited')).toHaveLength(15);
    });

    it('forgives the failures before a success', async () => {
      for (let round = 0; round < 3; round += 1) {
        for (let tried = 0; tried < 4; tried += 1) expect(await codeOf(signIn('mo', 'wrong guess', '203.0.113.1'))).toBe('unauthenticated');
        expect(await codeOf(signIn('mo', PASSWORD, '203.0.113.1'))).toBe('fine');
      }
    });

    it('ends all sessions of a login with its password, and on request', async () => {
      const [one, two] = [(await signIn('mo', PASSWORD)).token, (await signIn('mo', PASSWORD)).token];
      const mo = await signedIn('mo');
      const address = anywhere();
      expect(await codeOf(access.changePassword(mo, { current: 'no', next: 'another password', address }))).toBe('unauthenticated');
      expect(await codeOf(access.changePassword(mo, { current: PASSWORD, next: 'short', address }))).toBe('invalid password');
      expect(await actorOf(one)).toBeDefined();
      await access.changePassword(mo, { current: PASSWORD, next: 'another password', address });
      expect([await actorOf(one), await actorOf(two)]).toEqual([undefined, undefined]);
      expect(await codeOf(signIn('mo', PASSWORD))).toBe('unauthenticated');
      const { token } = await signIn('mo', 'another password');
      await access.endSessions(mo);
      expect(await actorOf(token)).toBeUndefined();
    });

    it('counts wrong current passwords as failed sign-ins', async () => {
      const mo = await signedIn('mo');
      for (let tried = 0; tried < 5; tried += 1)
        await codeOf(access.changePassword(mo, { current: 'no', next: 'another password', address: anywhere() }));
      expect(await codeOf(access.changePassword(mo, { current: PASSWORD, next: 'another password', address: anywhere() }))).toBe(
        'rate-limited',
      );
    });

    it('resets a password from the host, which ends the sessions and the wait', async () => {
      const { token } = await signIn('mo', PASSWORD);
      for (let tried = 0; tried < 5; tried += 1) await codeOf(signIn('mo', 'wrong guess'));
      expect(await codeOf(access.resetPassword('nobody', 'another password'))).toBe('not-found');
      expect(await codeOf(access.resetPassword('mo', 'short'))).toBe('invalid password');
      await access.resetPassword('MO', 'another password');
      expect(await actorOf(token)).toBeUndefined();
      expect(await codeOf(signIn('mo', 'another password'))).toBe('fine');
    });

    it('refuses a token that is changed, cut, foreign or of a login that is gone', async () => {
      const { token } = await signIn('mo', PASSWORD);
      const [payload = '', signature = ''] = token.split('.');
      const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
      const forged = Buffer.from(JSON.stringify({ ...claims, exp: 9_999_999_999 })).toString('base64url');
      for (const bad of [`${forged}.${signature}`, payload, `${payload}.`, `.${signature}`, `${token}0`, token.slice(0, -1), '']) {
        expect(await actorOf(bad)).toBeUndefined();
      }
      const elsewhere = mkdtempSync(join(tmpdir(), 'usherr-access-'));
      const foreign = createSecrets({ dataDir: elsewhere });
      expect(await actorOf(`${payload}.${foreign.hmac('user-token', payload)}`)).toBeUndefined();
      rmSync(elsewhere, { recursive: true });
      const mo = await signedIn('mo');
      const anna = await newPerson('anna', 'admin', mo);
      const hers = (await signIn('anna', PASSWORD)).token;
      await access.logins.remove((await access.logins.list(anna)).find((login) => login.username === 'anna')?.id ?? expect.fail(), mo);
      await access.logins.create({ username: 'anna', password: PASSWORD, role: 'admin', personId: MAIN_PERSON }, mo);
      expect(await actorOf(hers)).toBeUndefined();
    });
  });

  describe('keys', () => {
    let mo: Actor;
    let ownerKey: string | undefined;
    beforeEach(async () => {
      ({ ownerKey } = await access.start(UNATTENDED));
      mo = await signedIn('mo');
    });

    it('makes one owner key in the life of a house, and shows it once', async () => {
      expect(await actorOf(ownerKey ?? '')).toMatchObject({ kind: 'api-key', role: 'owner' });
      expect((await house().start(BARE)).ownerKey).toBeUndefined();
      const [key] = await access.keys.list(mo);
      await access.keys.revoke(key?.id ?? expect.fail(), mo);
      expect(await actorOf(ownerKey ?? '')).toBeUndefined();
      expect((await house().start(BARE)).ownerKey).toBeUndefined();
    });

    it('keeps no key that could be read', async () => {
      const { key } = await access.keys.create({ name: 'scripts' }, mo);
      const rows = await test.database.tables<AccessTables>().selectFrom('api_key').selectAll().execute();
      const logins = await test.database.tables<AccessTables>().selectFrom('login').selectAll().execute();
      expect(rows).toHaveLength(2);
      const kept = JSON.stringify([rows, logins]);
      for (const secret of [key, ownerKey ?? '', PASSWORD]) expect(kept).not.toContain(secret);
      expect(JSON.stringify([await access.keys.list(mo), await access.logins.list(mo)])).not.toMatch(/hash|argon2/i);
    });

    it('follows USHERR_API_KEY from start to start', async () => {
      expect((await house().start({ ...BARE, apiKey: 'first-value' })).ownerKey).toBeUndefined();
      expect(await actorOf('first-value')).toMatchObject({ role: 'owner', scopes: ['read', 'sync', 'write', 'admin', 'webhook'] });
      const pinned = (await access.keys.list(mo)).find((key) => key.origin === 'environment');
      expect(await codeOf(access.keys.revoke(pinned?.id ?? expect.fail(), mo))).toBe('conflict');
      await house().start({ ...BARE, apiKey: 'second-value' });
      expect([await actorOf('first-value'), (await actorOf('second-value'))?.role]).toEqual([undefined, 'owner']);
      await house().start({ ...BARE, apiKey: 'first-value' });
      expect([(await actorOf('first-value'))?.role, await actorOf('second-value')]).toEqual(['owner', undefined]);
      await house().start(BARE);
      expect([await actorOf('first-value'), await actorOf('second-value')]).toEqual([undefined, undefined]);
    });

    it('takes the generated key back from the environment, and a lesser key as the owner key while it stands there', async () => {
      await house().start({ ...BARE, apiKey: ownerKey });
      await house().start(BARE);
      expect((await actorOf(ownerKey ?? ''))?.role).toBe('owner');
      const { key } = await access.keys.create({ name: 'reader', role: 'admin', scopes: ['read'] }, mo);
      await house().start({ ...BARE, apiKey: key });
      expect((await actorOf(key))?.scopes).toContain('admin');
      await house().start(BARE);
      expect(await actorOf(key)).toBeUndefined();
    });

    it('notes the last use, to the minute', async () => {
      const { key, record } = await access.keys.create({ name: 'scripts' }, mo);
      const lastUse = async () => (await access.keys.list(mo)).find((one) => one.id === record.id)?.lastUsedAt;
      expect(await lastUse()).toBeUndefined();
      await actorOf(key);
      const first = now;
      now += 59_000;
      await actorOf(key);
      expect(await lastUse()).toBe(first);
      now += 1_000;
      await actorOf(key);
      expect(await lastUse()).toBe(now);
    });

    it('works only on the surface that it was issued for', async () => {
      const { key: all } = await access.keys.create({ name: 'all' }, mo);
      const { key: hunt } = await access.keys.create({ name: 'hunt', surface: 'huntarr' }, mo);
      const { token } = await signIn('mo', PASSWORD);
      const opened = async (credential: string) => {
        const surfaces: Surface[] = ['watchstate', 'app', 'huntarr', 'simkl'];
        const actors = await Promise.all(surfaces.map((surface) => actorOf(credential, surface)));
        return surfaces.filter((_, index) => actors[index] !== undefined);
      };
      expect(await opened(all)).toEqual(['watchstate', 'app', 'huntarr']);
      expect(await opened(token)).toEqual(['watchstate', 'app', 'huntarr']);
      expect(await opened(hunt)).toEqual(['huntarr']);
      expect(await opened('hook')).toEqual(['watchstate']);
    });

    it('gives nobody a key that can do more than they can', async () => {
      const admin = await newPerson('anna', 'admin', mo);
      const bert = await newPerson('bert', 'person', mo);
      const { key: reading } = await access.keys.create({ name: 'reader', scopes: ['read'] }, mo);
      const { key: bound } = await access.keys.create({ name: 'bound', personId: MAIN_PERSON }, admin);
      const reader = (await actorOf(reading)) ?? expect.fail();
      const boundKey = (await actorOf(bound)) ?? expect.fail();
      expect(await codeOf(access.keys.create({ name: 'k', role: 'owner' }, admin))).toBe('forbidden');
      expect(await codeOf(access.keys.create({ name: 'k', role: 'admin' }, bert))).toBe('forbidden');
      expect(await codeOf(access.keys.create({ name: 'k', scopes: ['admin'] }, bert))).toBe('forbidden');
      expect(await codeOf(access.keys.create({ name: 'k', personId: MAIN_PERSON }, bert))).toBe('forbidden');
      expect(await codeOf(access.keys.create({ name: 'k', scopes: ['read'] }, reader))).toBe('forbidden');
      expect((await access.keys.create({ name: 'k' }, boundKey)).record.personId).toBe(MAIN_PERSON);
      expect(await codeOf(access.keys.create({ name: 'k', personId: bert.personId ?? MAIN_PERSON }, boundKey))).toBe('forbidden');
      expect((await access.keys.create({ name: 'k' }, bert)).record).toMatchObject({
        role: 'person',
        personId: bert.personId,
        scopes: ['read', 'sync', 'write'],
      });
      expect(await codeOf(access.keys.create({ name: ' ' }, mo))).toBe('invalid name');
      expect(await codeOf(access.keys.create({ name: 'k', scopes: [] }, mo))).toBe('invalid scopes');
    });

    it('shows and revokes for a person only what is theirs', async () => {
      const admin = await newPerson('anna', 'admin', mo);
      const bert = await newPerson('bert', 'person', mo);
      const { record: his, key } = await access.keys.create({ name: 'his' }, bert);
      const owners = (await access.keys.list(mo)).find((one) => one.role === 'owner') ?? expect.fail();
      expect((await access.keys.list(bert)).map((one) => one.name)).toEqual(['his']);
      expect(await codeOf(access.keys.revoke(owners.id, bert))).toBe('not-found');
      expect(await codeOf(access.keys.revoke(owners.id, admin))).toBe('forbidden');
      expect(await codeOf(access.keys.revoke(his.id, bert))).toBe('fine');
      expect(await actorOf(key)).toBeUndefined();
    });

    it('recognises a webhook token as its account, and nothing else of it', async () => {
      expect(await actorOf('hook')).toEqual({
        kind: 'webhook',
        id: '7',
        name: 'plex_main',
        role: 'person',
        personId: 1,
        scopes: ['webhook'],
      });
      expect(await access.authenticate({ credential: 'hook', surface: 'watchstate', kinds: ['api-key', 'login'] })).toBeUndefined();
    });
  });

  describe('logins', () => {
    let mo: Actor;
    beforeEach(async () => {
      await access.start(UNATTENDED);
      mo = await signedIn('mo');
    });
    const idOf = async (username: string) =>
      (await access.logins.list(mo)).find((login) => login.username === username)?.id ?? expect.fail();

    it('are made by admins, owners only by owners', async () => {
      const admin = await newPerson('anna', 'admin', mo);
      const bert = await newPerson('bert', 'person', admin);
      const wish = { username: 'x', password: PASSWORD, personId: MAIN_PERSON };
      expect(await codeOf(access.logins.create({ ...wish, role: 'owner' }, admin))).toBe('forbidden');
      expect(await codeOf(access.logins.create({ ...wish, role: 'person' }, bert))).toBe('forbidden');
      expect(await codeOf(access.logins.setRole(await idOf('anna'), 'owner', admin))).toBe('forbidden');
      expect(await codeOf(access.logins.remove(await idOf('Mo'), admin))).toBe('forbidden');
      expect(await codeOf(access.logins.create({ ...wish, username: 'ANNA', role: 'person' }, mo))).toBe('conflict');
      expect(await codeOf(access.logins.create({ ...wish, role: 'person', personId: personId(99) }, mo))).toBe('not-found');
      expect((await access.logins.list(bert)).map((login) => login.username)).toEqual(['bert']);
    });

    it('never leave the house without an owner', async () => {
      const id = await idOf('Mo');
      expect(await codeOf(access.logins.remove(id, mo))).toBe('conflict');
      expect(await codeOf(access.logins.setRole(id, 'admin', mo))).toBe('conflict');
      const anna = await newPerson('anna', 'owner', mo);
      const gone = await Promise.all([codeOf(access.logins.remove(id, anna)), codeOf(access.logins.remove(await idOf('anna'), mo))]);
      expect(gone.sort()).toEqual(['conflict', 'fine']);
    });

    it('go with their person, with the keys, but not the last owner', async () => {
      const bert = await newPerson('bert', 'person', mo);
      const { key } = await access.keys.create({ name: 'his' }, bert);
      const { token } = await signIn('bert', PASSWORD);
      await people.remove('bert');
      expect([await actorOf(key), await actorOf(token)]).toEqual([undefined, undefined]);
      await newPerson('anna', 'owner', mo);
      await access.logins.remove(await idOf('Mo'), mo);
      expect(await codeOf(people.remove('anna'))).toBe('conflict');
    });

    it('of owners go with their person where an owner says so, and nobody less', async () => {
      const anna = await newPerson('anna', 'owner', mo);
      const bert = await newPerson('bert', 'admin', mo);
      const { key } = await access.keys.create({ name: 'his' }, bert);
      const his = (await actorOf(key)) ?? expect.fail();
      expect(await codeOf(people.remove('anna', bert))).toBe('forbidden');
      expect(await codeOf(people.remove('anna', his))).toBe('forbidden');
      expect((await signIn('anna', PASSWORD)).token).toBeTypeOf('string');
      expect(await codeOf(people.remove('bert', anna))).toBe('fine');
      expect(await codeOf(people.remove('anna', mo))).toBe('fine');
    });

    it('take the keys that they made with them, but for those that are somebody else’s own', async () => {
      const anna = await newPerson('anna', 'admin', mo);
      const bert = await newPerson('bert', 'person', mo);
      const { key: unbound } = await access.keys.create({ name: 'scripts' }, anna);
      const { key: ofBert } = await access.keys.create({ name: 'his tv', role: 'person', personId: bert.personId ?? expect.fail() }, anna);
      const byKey = await actorOf(unbound, 'app');
      const { key: second } = await access.keys.create({ name: 'made by a key' }, byKey ?? expect.fail());
      const { key: mos } = await access.keys.create({ name: 'the owner’s' }, mo);
      await access.logins.remove(await idOf('anna'), mo);
      expect([await actorOf(unbound), await actorOf(second)]).toEqual([undefined, undefined]);
      expect((await actorOf(ofBert))?.personId).toBe(bert.personId);
      expect((await actorOf(mos))?.role).toBe('owner');
      // Another login of that name has nothing to do with them.
      await access.logins.create({ username: 'anna', password: PASSWORD, role: 'person', personId: bert.personId ?? MAIN_PERSON }, mo);
      await access.logins.remove(await idOf('anna'), mo);
      expect((await actorOf(mos))?.role).toBe('owner');
    });

    it('go with their person, and so do the keys that they made', async () => {
      const anna = await newPerson('anna', 'admin', mo);
      const { key } = await access.keys.create({ name: 'scripts' }, anna);
      await people.remove('anna');
      expect(await actorOf(key)).toBeUndefined();
    });

    it('lose, with their role, the keys that could do more', async () => {
      const anna = await newPerson('anna', 'admin', mo);
      const { key: strong } = await access.keys.create({ name: 'scripts' }, anna);
      const { key: weak } = await access.keys.create({ name: 'tv', role: 'person', personId: anna.personId ?? expect.fail() }, anna);
      await access.logins.setRole(await idOf('anna'), 'person', mo);
      expect([await actorOf(strong), (await actorOf(weak))?.role]).toEqual([undefined, 'person']);
    });
  });
});
