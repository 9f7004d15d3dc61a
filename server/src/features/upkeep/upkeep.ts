import { join } from 'node:path';
import type { Connections } from '#core/connections/index.ts';
import type { People } from '#core/people/index.ts';
import type { Duration, Instant } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { BACKUPS_KEPT, createBackups } from './backup-accounts.ts';
import { type BackupFolder, createBackupFolder } from './backup-folder.ts';
import { createPruning, type PruneDeps } from './prune-house.ts';
import { createUpkeepStore, type Database, type GraphOn } from './upkeep.store.ts';
import type { UpkeepRequest } from './upkeep-request.ts';
import { createValidation } from './validate-copies.ts';

export type UpkeepDeps = Omit<PruneDeps, 'store' | 'database' | 'pruneBackups' | 'logs'> &
  Readonly<{
    database: Database;
    connections: Pick<Connections, 'list' | 'accountsOf' | 'connect' | 'confirm'>;
    people: Pick<People, 'get' | 'list'>;
    /** Backups go to its folder `backup`. */
    dataDir: string;
    timeZone: string;
    graphOn?: GraphOn;
    logs?: PruneDeps['logs'];
    /** Waited between two questions of `validate` to one server: 25 ms unless told. */
    validatePauseMs?: Duration;
  }>;

/** Each answers what it did, for the record of its run. */
export type Upkeep = Readonly<{
  /**
   * Writes where each person stands to `<dataDir>/backup/{person}.whole-history.{YYYYMMDD}.json.zip`, and what each account said last to
   * `{person}.{backend}.{YYYYMMDD}.json.zip`. Flags: `dry-run`, `keep`, `no-compress`.
   */
  backup(request: UpkeepRequest): Promise<JsonObject>;
  /** The folder that they are in. */
  backups: BackupFolder;
  /** Asks the servers for every stored item. Throws `stopped-by-guard` where suspiciously many are gone. Flags: `dry-run`, `force-full`. */
  validate(request: UpkeepRequest): Promise<JsonObject>;
  /** Brings the statistics of the database up to date. */
  indexes(request: UpkeepRequest): Promise<JsonObject>;
  prune(request: UpkeepRequest): Promise<JsonObject>;
}>;

/** What keeps the house in order: backups, checks, statistics, and the end of what is too old. */
export function createUpkeep(deps: UpkeepDeps): Upkeep {
  const { database, clock, dataDir, timeZone, validatePauseMs: pauseMs = 25, logs } = deps;
  const store = createUpkeepStore(database, clock, deps.graphOn);
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const dayOf = (instant: Instant): string => format.format(instant).replaceAll('-', '');
  const backupDir = join(dataDir, 'backup');
  const backups = createBackups({ ...deps, store, dayOf, backupDir });
  const oldestDay = (): string => dayOf(clock.now() - BACKUPS_KEPT);
  const validation = createValidation({ ...deps, store, pauseMs });
  const pruning = createPruning({ ...deps, logs, store, pruneBackups: backups.pruneBackups });
  return {
    backup: (request) => backups.backup(request),
    backups: createBackupFolder({ folder: backupDir, clock, oldestDay }),
    validate: validation.validate,
    async indexes({ log }) {
      const began = clock.now();
      await store.analyse();
      log('info', `The statistics of the database are up to date; it took ${clock.now() - began} ms.`);
      return { ms: clock.now() - began };
    },
    prune: pruning.prune,
  };
}
