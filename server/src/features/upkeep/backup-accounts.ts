import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Account, Connections } from '#core/connections/index.ts';
import type { People } from '#core/people/index.ts';
import { AppError, messageOf } from '#kernel/app-error.ts';
import { type Clock, type Duration, days, type Instant } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { pruneBackups, writeBackup } from './backup-files.ts';
import { portableItems } from './portable-items.ts';
import type { UpkeepStore } from './upkeep.store.ts';
import { accountsFor, type UpkeepRequest } from './upkeep-request.ts';

const PAGE = 1_000;
export const BACKUPS_KEPT: Duration = days(90);

export type BackupDeps = Readonly<{
  store: UpkeepStore;
  connections: Pick<Connections, 'list'>;
  people: Pick<People, 'get'>;
  clock: Clock;
  /** `YYYYMMDD` in the zone of the installation. */
  dayOf(instant: Instant): string;
  backupDir: string;
}>;

/** `backup` writes what each account said last to a file of its own. */
export function createBackups(deps: BackupDeps) {
  const { store, connections, people, clock, dayOf, backupDir } = deps;

  /** Answers which files went. */
  const prune = (): Promise<readonly string[]> => pruneBackups(backupDir, dayOf(clock.now() - BACKUPS_KEPT));
  const ownName = async (account: Account): Promise<string> => `${(await people.get(account.personId)).name}.${account.name}`;

  async function pages(account: Account, request: UpkeepRequest, take: (items: readonly object[]) => Promise<void>): Promise<number> {
    let count = 0;
    let after = 0;
    for (;;) {
      const said = await store.saidBy(account.id, after, PAGE);
      const items = said.flatMap(portableItems);
      await take(items);
      count += items.length;
      after = said.at(-1)?.copyId ?? after;
      request.progress(count, undefined, account.name);
      if (said.length < PAGE) return count;
      await request.breathe();
      request.signal.throwIfAborted();
    }
  }

  async function backUp(account: Account, request: UpkeepRequest): Promise<JsonObject> {
    const name = `${await ownName(account)}${request.flags.has('keep') ? '' : `.${dayOf(clock.now())}`}.json`;
    if ((await store.saidBy(account.id, 0, 1)).length === 0) {
      request.log('info', `${account.name}: nothing has been read from it yet, so there is nothing to write.`);
      return { items: 0 };
    }
    if (request.flags.has('dry-run')) {
      const items = await pages(account, request, async () => undefined);
      request.log('info', `${account.name}: ${items} titles would be written to ${name}.`);
      return { items };
    }
    await mkdir(backupDir, { recursive: true });
    const writer = await writeBackup(backupDir, name);
    try {
      const items = await pages(account, request, writer.add);
      await writer.finish();
      request.log('info', `${account.name}: ${items} titles were written to ${join(backupDir, name)}.`);
      return { items, file: name };
    } catch (error) {
      await writer.abandon().catch(() => undefined);
      throw error;
    }
  }

  return {
    async backup(request: UpkeepRequest): Promise<JsonObject> {
      const results: Record<string, JsonObject> = {};
      const faults: string[] = [];
      for (const account of await accountsFor(connections, request)) {
        request.signal.throwIfAborted();
        try {
          results[await ownName(account)] = await backUp(account, request);
        } catch (error) {
          if (request.signal.aborted) throw error;
          request.log('error', `${account.name}: ${messageOf(error)}`);
          faults.push(`${account.name}: ${messageOf(error)}`);
        }
      }
      if (!request.flags.has('dry-run')) await prune();
      if (faults.length > 0) throw new AppError('unavailable', `The backup is not complete. ${faults.join(' ')}`);
      return results;
    },

    pruneBackups: prune,
  };
}
