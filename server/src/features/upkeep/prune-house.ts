import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Activity } from '#core/activity/index.ts';
import type { Bin } from '#core/bin/index.ts';
import type { Plans } from '#core/plans/index.ts';
import { AppError, messageOf } from '#kernel/app-error.ts';
import { type Clock, type Duration, days, type Instant } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Journal } from '#platform/journal/index.ts';
import type { Logging } from '#platform/logging/index.ts';
import { namesIn } from './backup-files.ts';
import type { Database, UpkeepStore } from './upkeep.store.ts';
import type { UpkeepRequest } from './upkeep-request.ts';

/** How long each kind of record is kept once it is over. */
export const KEPT = {
  jobs: days(7),
  journal: days(30),
  plans: days(90),
  activity: days(180),
  logs: days(14),
  copies: days(90),
} as const satisfies Readonly<Record<string, Duration>>;

export type PruneDeps = Readonly<{
  database: Pick<Database, 'kind' | 'place'>;
  store: UpkeepStore;
  clock: Clock;
  jobs: Pick<JobQueue, 'prune'>;
  journal: Pick<Journal, 'prune'>;
  activity: Pick<Activity, 'prune'>;
  bin: Pick<Bin, 'prune'>;
  plans: Pick<Plans, 'prune' | 'expireDue'>;
  logs: Pick<Logging, 'files' | 'remove'> | undefined;
  /** Files that people handed over and did not take. */
  uploads: Readonly<{ prune(): Promise<number> }>;
  pruneBackups(): Promise<readonly string[]>;
}>;

type OldCopy = Readonly<{ name: string; at: Instant; remove(): Promise<void> }>;

/** `prune` deletes what has outlived its time. What fails is told, and the rest is pruned all the same. */
export function createPruning(deps: PruneDeps) {
  const { database, store, clock } = deps;

  /** Copies of the database that were made before a migration. */
  async function databaseCopies(): Promise<readonly OldCopy[]> {
    if (database.kind === 'postgres') {
      return (await store.copySchemas()).map(({ name, at }) => ({ name, at, remove: () => store.dropSchema(name) }));
    }
    const [folder, start] = [dirname(database.place), `${basename(database.place)}.before-`];
    return (await namesIn(folder)).flatMap((name) => {
      const at = name.startsWith(start) ? /-(\d{13})$/.exec(name)?.[1] : undefined;
      return at === undefined ? [] : [{ name, at: Number(at), remove: () => rm(join(folder, name), { force: true }) }];
    });
  }

  /** The newest stays, whatever its age: it is the way back. */
  async function pruneCopies(): Promise<number> {
    const [, ...older] = [...(await databaseCopies())].sort((a, b) => b.at - a.at);
    const old = older.filter((copy) => copy.at < clock.now() - KEPT.copies);
    for (const copy of old) await copy.remove();
    return old.length;
  }

  function pruneLogs(): number {
    const old = (deps.logs?.files() ?? []).filter((file) => file.modified < clock.now() - KEPT.logs);
    for (const file of old) deps.logs?.remove(file.filename);
    return old.length;
  }

  const pruners: Readonly<Record<string, () => Promise<number>>> = {
    plansExpired: async () => (await deps.plans.expireDue()).length,
    plans: () => deps.plans.prune(KEPT.plans),
    jobs: () => deps.jobs.prune(clock.now() - KEPT.jobs),
    journal: () => deps.journal.prune(clock.now() - KEPT.journal),
    activity: () => deps.activity.prune(KEPT.activity),
    bin: () => deps.bin.prune(),
    logs: async () => pruneLogs(),
    backups: async () => (await deps.pruneBackups()).length,
    uploads: () => deps.uploads.prune(),
    copies: pruneCopies,
  };

  return {
    async prune(request: UpkeepRequest): Promise<JsonObject> {
      const counts: Record<string, number> = {};
      const faults: string[] = [];
      for (const [name, prune] of Object.entries(pruners)) {
        request.signal.throwIfAborted();
        try {
          counts[name] = await prune();
        } catch (error) {
          request.log('error', `${name}: ${messageOf(error)}`);
          faults.push(`${name}: ${messageOf(error)}`);
        }
      }
      if (faults.length > 0) throw new AppError('unavailable', `Not everything could be pruned. ${faults.join(' ')}`);
      return counts;
    },
  };
}
