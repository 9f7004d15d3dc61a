import type { Account } from '#core/connections/index.ts';
import type { Person } from '#core/people/index.ts';
import { createProvisioning } from '#features/provisioning/index.ts';
import { createReset } from '#features/upkeep/index.ts';
import type { Rooms } from './app.ts';

/** What makes and replaces the accounts of whole people: each time their history is written to a file first. */
export function createPeopleDesk(rooms: Rooms) {
  const { clock, people, connections, settings, upkeep, watchSync, logger } = rooms;

  async function backup(person: Person): Promise<void> {
    await upkeep.backup({
      person: person.id,
      flags: new Set(['keep']),
      signal: new AbortController().signal,
      log: (level, text) => logger[level]({ person: person.name }, text),
      progress: () => undefined,
      breathe: async () => undefined,
    });
  }

  /** As when a backend is deleted: what it said goes, what was watched stays. */
  async function removeAccount(account: Account): Promise<void> {
    await connections.remove(account.id, async (handle) => {
      await watchSync.forgetAccount(account, handle);
    });
  }

  const provisioning = createProvisioning({ clock, people, connections, settings, backup, removeAccount });
  const resetHistories = createReset({ database: rooms.database, people, connections, historyBin: rooms.historyBin, backup });
  return { provisioning, backupPerson: backup, removeAccount, resetHistories };
}
