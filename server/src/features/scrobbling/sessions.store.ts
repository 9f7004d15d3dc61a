import { createMediaGraph } from '#core/media/index.ts';
import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { type Database, type Handle, idList } from '#platform/db/index.ts';
import type { ScrobblingTables } from './scrobbling.schema.store.ts';

export type { Database, Handle };

/** `checkin`: nobody will say how far it went; it counts as watched when its time has come. */
export type SessionState = 'started' | 'paused' | 'checkin';

/** `at`: when the app said it last. `progress` in percent, as it was told. */
export type Session = Readonly<{
  mediaId: MediaId;
  state: SessionState;
  progress: number;
  at: Instant;
  startedAt: Instant;
  dueAt?: Instant;
  client: string;
}>;

export type Sessions = ReturnType<typeof createSessions>;

/** One for each title of a person. Takes part in the caller's transaction. */
export function createSessions(handle: Handle, { clock }: Readonly<{ clock: Clock }>) {
  const db = handle.tables<ScrobblingTables>();

  return {
    /** All of a person, under the titles as they are now; the last word first. */
    async of(person: PersonId): Promise<readonly Session[]> {
      const rows = await db.selectFrom('scrobble_session').selectAll().where('person_id', '=', person).orderBy('at', 'desc').execute();
      if (rows.length === 0) return [];
      const now = await createMediaGraph(handle, { clock }).lasting(rows.map((row) => mediaId(row.media_id)));
      const sessions = rows.map(
        (row): Session => ({
          mediaId: mediaId(now.get(row.media_id) ?? row.media_id),
          state: row.state as SessionState,
          progress: row.progress,
          at: row.at,
          startedAt: row.started_at,
          ...(row.due_at !== null && { dueAt: row.due_at }),
          client: row.client,
        }),
      );
      return sessions.filter((one, index) => sessions.findIndex((other) => other.mediaId === one.mediaId) === index);
    },

    async put(person: PersonId, session: Session): Promise<void> {
      const { state, progress, at, startedAt, dueAt, client } = session;
      const row = { state, progress, at, started_at: startedAt, due_at: dueAt ?? null, client };
      await db
        .insertInto('scrobble_session')
        .values({ person_id: person, media_id: session.mediaId, ...row })
        .onConflict((conflict) => conflict.columns(['person_id', 'media_id']).doUpdateSet(row))
        .execute();
    },

    /** Also those of entries that became one of these titles. */
    async end(person: PersonId, media: readonly MediaId[]): Promise<void> {
      const rows = await db.selectFrom('scrobble_session').select('media_id').where('person_id', '=', person).execute();
      const now = await createMediaGraph(handle, { clock }).lasting(rows.map((row) => mediaId(row.media_id)));
      const ended = rows.map((row) => row.media_id).filter((id) => media.includes(mediaId(now.get(id) ?? id)));
      if (ended.length === 0) return;
      await db.deleteFrom('scrobble_session').where('person_id', '=', person).where('media_id', 'in', idList(handle.kind, ended)).execute();
    },
  };
}
