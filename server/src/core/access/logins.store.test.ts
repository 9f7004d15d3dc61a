import { beforeEach, describe, expect, it } from 'vitest';
import { MAIN_PERSON, type People } from '#core/people/index.ts';
import { personId } from '#kernel/ids.ts';
import { DATABASES } from '#tests/support/databases.ts';
import type { Access } from './access.ts';
import { codeOf, PASSWORD, UNATTENDED, useAccess } from './access-bench.contract.ts';
import type { Actor } from './actor.ts';

describe.each(DATABASES)('access on %s', (kind) => {
  const bench = useAccess(kind);
  const { actorOf, newPerson, signedIn, signIn } = bench;
  let access: Access;
  let people: People;
  beforeEach(() => {
    ({ access, people } = bench);
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
