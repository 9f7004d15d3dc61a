import type { NewPlay, StoredViewing, TakenTitle } from '#core/viewing/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { SyncParts } from './sync-parts.ts';
import type { Announced, Handle } from './watch-sync.store.ts';

export type HandMarks = ReturnType<typeof createHandMarks>;

export type HandMarkDeps = SyncParts & Readonly<{ tell(person: PersonId, media: readonly MediaId[], reason: string): Promise<void> }>;

/** Where the person stood before is no place to go on from any more. */
const byHand = (media: MediaId, positionMs: number): Announced => ({
  mediaIds: [media],
  positions: positionMs > 0 ? [media] : [],
  cause: { kind: 'person' },
});

/** What a person says and takes away with their own hands. */
export function createHandMarks({ store, clock, tell }: HandMarkDeps) {
  const absent = (id: MediaId): AppError => new AppError('not-found', `There is no title ${id} in this history.`);

  return {
    /** `conflict` where the title stands so already. A mark is a play of now; taking it away keeps the plays. `event` is kept with the title. */
    async mark(person: PersonId, media: MediaId, watched: boolean, event: string): Promise<void> {
      const at = clock.now();
      await store.transaction(async ({ viewing, announce }) => {
        await viewing.lock(person);
        const known = (await viewing.viewings(person, [media])).get(media);
        if (known === undefined) throw absent(media);
        if (known.watched === watched) throw new AppError('conflict', `The title is ${watched ? 'watched' : 'not watched'} already.`);
        const { unwatchedAt: _, ...rest } = known;
        const state: StoredViewing = {
          ...rest,
          watched,
          changedAt: at,
          positionMs: 0,
          positionAt: at,
          event,
          updatedAt: at,
          ...(!watched && { unwatchedAt: at }),
        };
        await viewing.saveViewings(person, [state]);
        const play: NewPlay = { mediaId: media, at, evidence: { how: 'manual', event, at, receivedAt: at } };
        if (watched) await viewing.addPlays(person, [play], at);
        await announce(person, byHand(media, known.positionMs));
      });
      await tell(person, [media], event);
    },

    /** Takes the title with its plays out of the history; `keep` stores what was taken, in the same transaction. */
    async remove(person: PersonId, media: MediaId, keep: (handle: Handle, removed: TakenTitle) => Promise<void>): Promise<void> {
      await store.transaction(async ({ taken, viewing, handle, announce }) => {
        await viewing.lock(person);
        const removed = await taken.takeOut(person, media);
        if (removed === undefined) throw absent(media);
        await keep(handle, removed);
        await announce(person, byHand(media, removed.viewing.position_ms));
      });
    },

    /** Puts back what `remove` took. A title that has come back meanwhile keeps its newer standing, and gets its plays back. */
    restore: (handle: Handle, person: PersonId, removed: TakenTitle): Promise<void> => store.within(handle).taken.putBack(person, removed),
  };
}
