import type { AccountId, PersonId, ServerId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import type { AccountOptions } from './account-options.ts';

/** A server as it is reached at one address. It is read once, whoever uses it. */
export type ServerRecord = Readonly<{
  id: ServerId;
  /** `plex`, `jellyfin`, `emby`: the key of its driver. */
  type: string;
  /** The server's own id. */
  uuid: string;
  url: string;
  name: string;
  version: string;
}>;

export type AccountHealth = Readonly<{
  state: 'unknown' | 'ok' | 'degraded';
  /** Kept after the recovery: what went wrong last. */
  lastError: Readonly<{ at: Instant; code: string; message: string }> | undefined;
  /** What found it: a change that it did not take is taken back by one that it takes, a read that failed only by a read. */
  errorFrom: 'read' | 'push';
  /** The last webhook that came in. */
  lastEventAt: Instant | undefined;
  lastEvent: string | undefined;
}>;

/** A person's account on a server; WatchState calls it a backend. Without any secret: ask `secretsOf` for those. */
export type Account = Readonly<{
  id: AccountId;
  personId: PersonId;
  /** Unique for the person: `[a-z0-9_]+`. */
  name: string;
  server: ServerRecord;
  /** The user there, as the server's own items and webhooks spell it. */
  userId: string;
  userName: string | undefined;
  /** By their published names, dotted (`client.timeout`). Secret ones are left out. */
  options: AccountOptions;
  importEnabled: boolean;
  exportEnabled: boolean;
  /** Its titles and ids are read, its plays are not. */
  metadataOnly: boolean;
  /** Nothing that it says takes a watched mark away. */
  neverUnwatch: boolean;
  /** Whether the person has agreed that something is added to this account. Nothing is pushed while it is pending. */
  consent: 'pending' | 'given';
  importLastSync: Instant | undefined;
  exportLastSync: Instant | undefined;
  health: AccountHealth;
  createdAt: Instant;
  updatedAt: Instant;
}>;

/** Its plays, marks and positions enter the history: the person wants them, and has agreed to the first plan. */
export const isListenedTo = (account: Pick<Account, 'importEnabled' | 'metadataOnly' | 'consent'>): boolean =>
  account.importEnabled && !account.metadataOnly && account.consent === 'given';

/** The account in plain words, for logs, plans, the activity and error details. */
export const describe = (account: Account): JsonObject => ({
  id: account.id,
  name: account.name,
  personId: account.personId,
  type: account.server.type,
  server: account.server.name,
  url: account.server.url,
  uuid: account.server.uuid,
  user: account.userId,
  userName: account.userName ?? null,
  import: account.importEnabled,
  export: account.exportEnabled,
  metadataOnly: account.metadataOnly,
  neverUnwatch: account.neverUnwatch,
  consent: account.consent,
  health: account.health.state,
});
