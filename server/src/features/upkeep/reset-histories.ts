import type { ActorRef } from '#core/activity/index.ts';
import type { Connections } from '#core/connections/index.ts';
import type { People, Person } from '#core/people/index.ts';
import type { HistoryBin } from '#core/viewing/index.ts';
import type { Database } from './upkeep.store.ts';

export type ResetDeps = Readonly<{
  database: Database;
  people: Pick<People, 'list'>;
  connections: Pick<Connections, 'list' | 'setImportSync' | 'setExportSync'>;
  historyBin: Pick<HistoryBin, 'takeAll'>;
  /** Writes the history of a person to a portable file. */
  backup(person: Person): Promise<void>;
}>;

/**
 * Everybody's history, begun anew: a backup first, then all of it into the bin for 30 days, and the marks of the last runs forgotten.
 * Servers are told nothing: what they have is read again as if for the first time. Answers how many titles went.
 */
export function createReset({ database, people, connections, historyBin, backup }: ResetDeps) {
  return async (by: ActorRef): Promise<number> => {
    let titles = 0;
    for (const person of await people.list()) {
      await backup(person);
      const departure = { personId: person.id, title: `The history of ${person.displayName}`, actor: by };
      titles += await database.transaction((handle) => historyBin.takeAll(handle, departure));
      for (const account of await connections.list(person.id)) {
        await connections.setImportSync(account.id, undefined);
        await connections.setExportSync(account.id, undefined);
      }
    }
    return titles;
  };
}
