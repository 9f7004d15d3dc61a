import { createViewingStore } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { openSessions } from './open-sessions.ts';
import { stands } from './plan-playbacks.ts';
import { createSessions, type Handle } from './sessions.store.ts';

/** Where an app said that a person stopped, in percent: all there is to know of it where nobody knows how long the title is. */
export type KeptPlayback = Readonly<{ mediaId: MediaId; progress: number; at: Instant }>;

/** Whoever keeps a whole history elsewhere takes these along. Each call is a part of its caller's transaction. */
export function createKeptPlaybacks(handle: Handle, { clock }: Readonly<{ clock: Clock }>) {
  return {
    async of(person: PersonId): Promise<readonly KeptPlayback[]> {
      const sessions = await openSessions(handle, person, clock);
      return sessions
        .filter(({ state, progress }) => state !== 'checkin' && progress > 0)
        .map(({ mediaId, progress, at }) => ({ mediaId, progress, at }));
    },

    /** A later word of an app, another place or a mark since then stays. Answers which were taken. */
    async put(person: PersonId, playbacks: readonly KeptPlayback[], client: string): Promise<readonly MediaId[]> {
      const sessions = createSessions(handle, { clock });
      const viewings = await createViewingStore(handle).viewings(
        person,
        playbacks.map(({ mediaId }) => mediaId),
      );
      const known = new Map((await sessions.of(person)).map((session) => [session.mediaId, session.at]));
      const news = playbacks.filter((one) => one.at > (known.get(one.mediaId) ?? 0) && stands(one, viewings.get(one.mediaId)));
      for (const { mediaId, progress, at } of news) {
        await sessions.put(person, { mediaId, state: 'paused', progress, at, startedAt: at, client });
      }
      return news.map(({ mediaId }) => mediaId);
    },
  };
}
