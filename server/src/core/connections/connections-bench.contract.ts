import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { Topic } from '#core/events.ts';
import { AppError } from '#kernel/app-error.ts';
import { personId } from '#kernel/ids.ts';
import { createSecrets } from '#platform/secrets/index.ts';
import { type DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import type { NewAccount } from './account-draft.ts';
import { type Connections, createConnections } from './connections.ts';
import { createFakeDriver, type FakeHost, fakeUser } from './media-server-driver.fake.ts';

export const MAIN = personId(1);
export const URL_A = 'http://a.test:8096';
export const URL_B = 'http://b.test:8096';

export const faultOf = async (promise: Promise<unknown>): Promise<AppError> => {
  const fault = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (fault instanceof AppError) return fault;
  throw fault ?? new Error('expected a fault');
};

/** Connections to two servers in memory, which all tests of the calling block share, with what they published. */
export function useConnections(kind: (typeof DATABASES)[number]) {
  let opened: TestDatabase;
  let folder: string;
  let connections: Connections;
  let now = 1_000;
  let count = 0;
  const driver = createFakeDriver('jellyfin');
  const events: { topic: Topic; payload: unknown }[] = [];
  const host: FakeHost = {
    uuid: 'uuid-a',
    name: 'Attic',
    version: '10.11.0',
    token: 'token-a',
    users: [fakeUser('u1', 'Alice'), fakeUser('u2', 'Bob')],
  };
  const other: FakeHost = { uuid: 'uuid-b', name: 'Barn', version: '10.8.0', token: 'token-b', users: [fakeUser('u1', 'Alice')] };
  driver.hosts.set(URL_A, host).set(URL_B, other);

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    folder = mkdtempSync(join(tmpdir(), 'usherr-connections-'));
    connections = createConnections({
      database: opened.database,
      clock: { now: () => now },
      secrets: createSecrets({ dataDir: folder, secret: 'a secret of this test' }),
      drivers: { jellyfin: driver },
      publish: async (_tx, topic, payload) => {
        events.push({ topic, payload });
      },
    });
  });
  afterAll(async () => {
    await opened.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const wanted = (more: Partial<NewAccount> = {}): NewAccount => ({
    personId: MAIN,
    name: `account_${++count}`,
    type: 'jellyfin',
    url: URL_A,
    token: 'token-a',
    user: 'u1',
    ...more,
  });

  return {
    get connections() {
      return connections;
    },
    get database() {
      return opened.database;
    },
    driver,
    host,
    events,
    wanted,
    setNow(instant: number): void {
      now = instant;
    },
  };
}
