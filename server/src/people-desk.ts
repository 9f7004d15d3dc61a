import type { Account } from '#core/connections/index.ts';
import type { Person } from '#core/people/index.ts';
import { labelOf } from '#core/requests/index.ts';
import { createProvisioning, createWhoIsWho, type DeskUserKnown } from '#features/provisioning/index.ts';
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
  /** A desk knows its users by ids of media servers; Emby's are called as Jellyfin's there. */
  async function deskUsers(): Promise<readonly DeskUserKnown[]> {
    const desks = new Map((await rooms.desks.list()).map((desk) => [desk.id, labelOf(desk)]));
    return (await rooms.requests.users()).flatMap(({ deskId, user }): DeskUserKnown[] => {
      const { personId, email, displayName: name, plexId, jellyfinUserId: family } = user;
      if (personId === undefined) return [];
      const ids = { ...(plexId !== undefined && { plex: plexId }), ...(family !== undefined && { jellyfin: family, emby: family }) };
      return [{ desk: desks.get(deskId) ?? '', name, personId, ids, ...(email !== undefined && { email }) }];
    });
  }
  const whoIsWho = createWhoIsWho({ clock, people, connections, deskUsers });
  const resetHistories = createReset({ database: rooms.database, people, connections, historyBin: rooms.historyBin, backup });
  return { provisioning, whoIsWho, backupPerson: backup, removeAccount, resetHistories };
}

export type PeopleDesk = ReturnType<typeof createPeopleDesk>;
