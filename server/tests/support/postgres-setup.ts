import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgresServer } from './postgres-server.ts';

/** What the set-up hands to the tests: where PostgreSQL is, or why there is none. */
export type PostgresOffer = { readonly url: string } | { readonly fault: string };

declare module 'vitest' {
  interface ProvidedContext {
    postgres: PostgresOffer;
  }
}

// Every project loads its own copy of this file in the one process of the run; the server is shared through the process.
type Shared = { users: number; server: Promise<PostgresServer> };
const holder = globalThis as { usherrTestPostgres?: Shared | undefined };

const offer = async (shared: Shared): Promise<PostgresOffer> => {
  try {
    return { url: (await shared.server).url };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : String(error) };
  }
};

export const setup = async (project: TestProject): Promise<void> => {
  holder.usherrTestPostgres ??= { users: 0, server: startPostgresServer() };
  holder.usherrTestPostgres.users += 1;
  project.provide('postgres', await offer(holder.usherrTestPostgres));
};

export const teardown = async (): Promise<void> => {
  const shared = holder.usherrTestPostgres;
  if (!shared) return;
  shared.users -= 1;
  if (shared.users > 0) return;
  holder.usherrTestPostgres = undefined;
  const server = await shared.server.catch(() => undefined);
  await server?.stop();
};
