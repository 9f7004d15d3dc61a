import { beforeEach, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import type { AccessTables } from './access.schema.store.ts';
import type { Access } from './access.ts';
import { BARE, codeOf, PASSWORD, UNATTENDED, useAccess } from './access-bench.contract.ts';
import type { Actor } from './actor.ts';
import type { Surface } from './surface.ts';

describe.each(DATABASES)('access on %s', (kind) => {
  const bench = useAccess(kind);
  const { actorOf, house, later, newPerson, now, signedIn, signIn } = bench;
  let access: Access;
  beforeEach(() => {
    ({ access } = bench);
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
      const rows = await bench.database.tables<AccessTables>().selectFrom('api_key').selectAll().execute();
      const logins = await bench.database.tables<AccessTables>().selectFrom('login').selectAll().execute();
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
      const first = now();
      later(59_000);
      await actorOf(key);
      expect(await lastUse()).toBe(first);
      later(1_000);
      await actorOf(key);
      expect(await lastUse()).toBe(now());
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
});
