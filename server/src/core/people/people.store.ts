import { type PersonId, personId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Handle } from '#platform/db/index.ts';
import type { PeopleTables } from './people.schema.store.ts';

export type { Database, Handle } from '#platform/db/index.ts';

/** Somebody of the household. A WatchState identity is a person. */
export type Person = Readonly<{
  id: PersonId;
  /** `[a-z0-9_]+`, unique, and never changed: other people's scripts name it. */
  name: string;
  displayName: string;
  createdAt: Instant;
}>;

type PersonRow = { id: number; name: string; display_name: string; created_at: number };

const personOf = (row: PersonRow): Person => ({
  id: personId(row.id),
  name: row.name,
  displayName: row.display_name,
  createdAt: row.created_at,
});

export function createPeopleStore(handle: Handle) {
  const db = handle.tables<PeopleTables>();
  return {
    async list(): Promise<Person[]> {
      return (await db.selectFrom('person').selectAll().orderBy('id').execute()).map(personOf);
    },
    async get(id: PersonId): Promise<Person | undefined> {
      const row = await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirst();
      return row && personOf(row);
    },
    async byName(name: string): Promise<Person | undefined> {
      const row = await db.selectFrom('person').selectAll().where('name', '=', name).executeTakeFirst();
      return row && personOf(row);
    },
    /** Undefined where the name is taken, also by somebody who came a moment ago. */
    async add(name: string, displayName: string, at: Instant): Promise<Person | undefined> {
      const row = await db
        .insertInto('person')
        .values({ name, display_name: displayName, created_at: at })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .returningAll()
        .executeTakeFirst();
      return row && personOf(row);
    },
    async rename(id: PersonId, displayName: string): Promise<void> {
      await db.updateTable('person').set({ display_name: displayName }).where('id', '=', id).execute();
    },
    /** Whoever came without a day. */
    async dateUndated(at: Instant): Promise<void> {
      await db.updateTable('person').set({ created_at: at }).where('created_at', '=', 0).execute();
    },
    async remove(id: PersonId): Promise<void> {
      await db.deleteFrom('person').where('id', '=', id).execute();
    },
  };
}

/** Within somebody else's transaction. */
export const readPerson = (handle: Handle, id: PersonId): Promise<Person | undefined> => createPeopleStore(handle).get(id);

/** Somebody who was removed, under the name that they had; whoever has that name by now is taken for them. */
export async function bringBack(
  handle: Handle,
  { name, displayName }: Readonly<{ name: string; displayName: string }>,
  at: Instant,
): Promise<Person> {
  const store = createPeopleStore(handle);
  const person = (await store.byName(name)) ?? (await store.add(name, displayName, at));
  if (person === undefined) throw new RangeError(`${name} cannot be brought back`);
  return person;
}
