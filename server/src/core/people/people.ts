import { type ActorRef, houseActor } from '#core/activity/index.ts';
import type { Publish } from '#core/events.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { type PersonId, personId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { createPeopleStore, type Database, type Handle, type Person } from './people.store.ts';

/** The person that every house has: the first owner, and WatchState's identity `main`. */
export const MAIN_PERSON: PersonId = personId(1);

const MAIN = 'main';
const NAME = /^[a-z0-9_]{1,64}$/;
const MOST_DISPLAY = 100;

export type PeopleDeps = Readonly<{
  database: Database;
  clock: Clock;
  /** Writes `person.added`, `person.renamed` and `person.removed` in the same transaction. */
  publish?: Publish<Handle>;
}>;

/** Undoes what another room keeps of a person; it runs in the transaction of the removal, and its error prevents it. */
export type PersonRemoval = (handle: Handle, person: Person, by: ActorRef) => Promise<void>;

export type People = Readonly<{
  /** Oldest first, so `main` leads. */
  list(): Promise<Person[]>;
  /** @throws AppError `not-found` */
  get(id: PersonId): Promise<Person>;
  /** Undefined where nobody has that name; capital letters do not matter. */
  byName(name: string): Promise<Person | undefined>;
  /** The name is lower-cased. @throws AppError `invalid` (field `name` or `displayName`), `conflict` where it is taken. */
  create(name: string, displayName?: string): Promise<Person>;
  /** Changes what is shown; the name stays. @throws AppError `not-found`, `invalid` */
  rename(name: string, displayName: string): Promise<Person>;
  /** Removes the person with all that is only theirs. @throws AppError `forbidden` for `main`, `not-found` */
  remove(name: string, by?: ActorRef): Promise<void>;
  /** `main` comes with the database, which has no clock: it is here since the first start. */
  start(): Promise<void>;
  /** Adds what has to happen before a person goes. */
  onRemove(removal: PersonRemoval): void;
}>;

/** The list of people. */
export function createPeople({ database, clock, publish }: PeopleDeps): People {
  const store = createPeopleStore(database);
  const removals: PersonRemoval[] = [];

  // What cannot be a name is nobody's, and PostgreSQL refuses some of it (a zero byte) with an error.
  const byName = async (given: string): Promise<Person | undefined> => {
    const name = given.trim().toLowerCase();
    return NAME.test(name) ? store.byName(name) : undefined;
  };
  const named = async (name: string): Promise<Person> => {
    const person = await byName(name);
    if (!person) throw new AppError('not-found', `There is nobody named "${name}" here.`);
    return person;
  };

  return {
    list: store.list,
    byName,
    async get(id) {
      const person = await store.get(id);
      if (!person) throw new AppError('not-found', `There is nobody with the id ${id} here.`);
      return person;
    },
    async create(given, shown) {
      const name = given.trim().toLowerCase();
      if (!NAME.test(name)) throw invalid('name', 'must be 1 to 64 letters a to z, digits and underscores');
      const displayName = displayNameOf(shown ?? given);
      return database.transaction(async (tx) => {
        const person = await createPeopleStore(tx).add(name, displayName, clock.now());
        if (!person) throw new AppError('conflict', `There is somebody named "${name}" already.`);
        await publish?.(tx, 'person.added', { personId: person.id, name });
        return person;
      });
    },
    async rename(name, shown) {
      const displayName = displayNameOf(shown);
      const person = await named(name);
      if (person.displayName === displayName) return person;
      await database.transaction(async (tx) => {
        await createPeopleStore(tx).rename(person.id, displayName);
        await publish?.(tx, 'person.renamed', { personId: person.id, name: person.name });
      });
      return { ...person, displayName };
    },
    async remove(name, by = houseActor) {
      const person = await named(name);
      if (person.name === MAIN) throw new AppError('forbidden', 'The person "main" cannot be removed: every house has it.');
      await database.transaction(async (tx) => {
        for (const removal of removals) await removal(tx, person, by);
        await publish?.(tx, 'person.removed', { personId: person.id, name: person.name });
        await createPeopleStore(tx).remove(person.id);
      });
    },
    start: () => store.dateUndated(clock.now()),
    onRemove: (removal) => {
      removals.push(removal);
    },
  };
}

function displayNameOf(given: string): string {
  const name = given.trim();
  if (name === '' || name.length > MOST_DISPLAY || /\p{Cc}/u.test(name)) {
    throw invalid('displayName', `must be 1 to ${MOST_DISPLAY} characters`);
  }
  return name;
}
