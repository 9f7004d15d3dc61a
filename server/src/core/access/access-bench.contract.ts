import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';
import { createPeople, type People } from '#core/people/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { accountId, personId } from '#kernel/ids.ts';
import { createSecrets } from '#platform/secrets/index.ts';
import { type DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { type Access, createAccess, type StartOptions } from './access.ts';
import type { Actor, Role } from './actor.ts';
import type { Surface } from './surface.ts';

export const UNATTENDED: StartOptions = { apiKey: undefined, admin: { username: 'Mo', password: 'a good password' } };
export const BARE: StartOptions = { apiKey: undefined, admin: undefined };
export const PASSWORD = 'a good password';

export const codeOf = async (work: Promise<unknown>): Promise<string> => {
  try {
    await work;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.faults[0] ? `${error.code} ${error.faults[0].field}` : error.code;
  }
  return 'fine';
};

/** Access on an empty database for each test of the calling block, and whoever is to sign in there. */
export function useAccess(kind: (typeof DATABASES)[number]) {
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

  return {
    get access() {
      return access;
    },
    get people() {
      return people;
    },
    get database() {
      return test.database;
    },
    /** As another process of the house has it, or this one after a restart. */
    house,
    now: () => now,
    later(ms: number): void {
      now += ms;
    },
    anywhere,
    signIn,
    actorOf,
    signedIn,
    newPerson,
  };
}
