import { createViewingStore } from '#core/viewing/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { stands } from './plan-playbacks.ts';
import { createSessions, type Handle, type Session } from './sessions.store.ts';

/** What apps said last of a person's titles, as far as it still holds. */
export async function openSessions(handle: Handle, person: PersonId, clock: Clock): Promise<readonly Session[]> {
  const sessions = await createSessions(handle, { clock }).of(person);
  const viewings = await createViewingStore(handle).viewings(
    person,
    sessions.map((session) => session.mediaId),
  );
  return sessions.filter((session) => stands(session, viewings.get(session.mediaId)));
}
