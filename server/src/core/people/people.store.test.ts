import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createPeople, MAIN_PERSON, type People } from './people.ts';

const failsWith = async (work: Promise<unknown>, code: string, field?: string): Promise<void> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(isAppError(error) && [error.code, error.faults[0]?.field]).toEqual([code, field]);
};

describe.each(DATABASES)('people on %s', (kind) => {
  let test: TestDatabase;
  let people: People;
  const events: [string, unknown][] = [];
  beforeAll(async () => {
    test = await openTestDatabase(kind);
    people = createPeople({
      database: test.database,
      clock: { now: () => 1_000 },
      publish: async (_tx, topic, payload) => {
        events.push([topic, payload]);
      },
    });
  }, 60_000);
  afterAll(() => test.close());

  it('has main from the start, with the id 1', async () => {
    expect(await people.get(MAIN_PERSON)).toEqual({ id: 1, name: 'main', displayName: 'Main', createdAt: 0 });
  });

  it('has main since its first start', async () => {
    await people.start();
    await createPeople({ database: test.database, clock: { now: () => 9_000 } }).start();
    expect((await people.get(MAIN_PERSON)).createdAt).toBe(1_000);
  });

  it('lower-cases a new name, keeps what is shown, and finds it whatever the letters', async () => {
    const anna = await people.create('Anna_2', 'Anna B.');
    expect(anna).toEqual({ id: 2, name: 'anna_2', displayName: 'Anna B.', createdAt: 1_000 });
    expect(await people.byName('ANNA_2')).toEqual(anna);
    expect((await people.rename('anna_2', 'Änne')).displayName).toBe('Änne');
    expect((await people.list()).map((person) => person.name)).toEqual(['main', 'anna_2']);
    expect(events).toContainEqual(['person.added', { personId: 2, name: 'anna_2' }]);
  });

  it.each(['', '  ', 'a-b', 'ä', 'a b', '../etc', 'x'.repeat(65)])('refuses the name %j', (name) =>
    failsWith(people.create(name), 'invalid', 'name'),
  );

  it('refuses a name that is taken, main included', async () => {
    await failsWith(people.create('MAIN'), 'conflict');
    const made = await Promise.allSettled([people.create('twin'), people.create('twin')]);
    expect(made.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('never removes main, and says so when there is nobody', async () => {
    await failsWith(people.remove('main'), 'forbidden');
    await failsWith(people.remove('Main'), 'forbidden');
    await failsWith(people.remove('nobody'), 'not-found');
    for (const name of ['nobody', '', 'a\u0000b', "'", '\ud800']) expect(await people.byName(name)).toBeUndefined();
  });

  it('removes a person with what other rooms keep, or not at all', async () => {
    const bert = await people.create('bert');
    let fail = true;
    people.onRemove(async (_handle, person) => {
      if (fail && person.name === 'bert') throw new Error('still needed');
    });
    await expect(people.remove('bert')).rejects.toThrow('still needed');
    expect(await people.byName('bert')).toEqual(bert);
    fail = false;
    await people.remove('bert');
    expect(await people.byName('bert')).toBeUndefined();
    expect(events).toContainEqual(['person.removed', { personId: bert.id, name: 'bert' }]);
    expect((await people.create('bert')).id).not.toBe(bert.id);
  });
});
