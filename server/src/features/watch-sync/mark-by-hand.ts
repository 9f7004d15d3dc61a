import type { NewPlay, StoredViewing, TakenTitle } from '#core/viewing/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { SyncParts } from './sync-parts.ts';
import type { Announced, Handle, SyncStores } from './watch-sync.store.ts';

export type HandMarks = ReturnType<typeof createHandMarks>;

export type HandMarkDeps = SyncParts & Readonly<{ tell(person: PersonId, media: readonly MediaId[], reason: string): Promise<void> }>;

/** Where the person stood before is no place to go on from any more. */
const byHand = (media: readonly MediaId[], positions: readonly MediaId[]): Announced => ({
  mediaIds: media,
  positions,
  cause: { kind: 'person' },
});

/** Where the person stands once they have said so. A mark that is taken away is one that they had. */
export function handMarked(media: MediaId, known: StoredViewing | undefined, watched: boolean, event: string, at: Instant): StoredViewing {
  const { unwatchedAt: _, ...rest } = known ?? { mediaId: media, createdAt: at };
  return {
    ...rest,
    mediaId: media,
    watched,
    changedAt: at,
    positionMs: 0,
    positionAt: at,
    event,
    updatedAt: at,
    ...(!watched && { unwatchedAt: at }),
  };
}

/** Those of the titles that a mark by hand changes. */
export const movedByHand = (media: readonly MediaId[], known: ReadonlyMap<MediaId, StoredViewing>, watched: boolean): readonly MediaId[] =>
  [...new Set(media)].filter((id) => (known.get(id)?.watched ?? false) !== watched);

/** What a person says and takes away with their own hands. */
export function createHandMarks({ store, clock, tell }: HandMarkDeps) {
  const absent = (id: MediaId): AppError => new AppError('not-found', `There is no title ${id} in this history.`);

  async function write(
    { viewing, announce }: SyncStores,
    person: PersonId,
    media: readonly MediaId[],
    { known, watched, event, at }: Readonly<{ known: ReadonlyMap<MediaId, StoredViewing>; watched: boolean; event: string; at: Instant }>,
  ): Promise<void> {
    await viewing.saveViewings(
      person,
      media.map((id) => handMarked(id, known.get(id), watched, event, at)),
    );
    const plays = media.map((id): NewPlay => ({ mediaId: id, at, evidence: { how: 'manual', event, at, receivedAt: at } }));
    if (watched) await viewing.addPlays(person, plays, at);
    await announce(
      person,
      byHand(
        media,
        media.filter((id) => (known.get(id)?.positionMs ?? 0) > 0),
      ),
    );
  }

  return {
    /** `conflict` where the title stands so already. A mark is a play of now; taking it away keeps the plays. `event` is kept with the title. */
    async mark(person: PersonId, media: MediaId, watched: boolean, event: string): Promise<void> {
      const at = clock.now();
      await store.transaction(async (stores) => {
        await stores.viewing.lock(person);
        const known = await stores.viewing.viewings(person, [media]);
        if (!known.has(media)) throw absent(media);
        if (known.get(media)?.watched === watched)
          throw new AppError('conflict', `The title is ${watched ? 'watched' : 'not watched'} already.`);
        await write(stores, person, [media], { known, watched, event, at });
      });
      await tell(person, [media], event);
    },

    /** The same for many at once: those that stand so already are left alone. Answers those that changed. */
    async markMany(person: PersonId, media: readonly MediaId[], watched: boolean, event: string): Promise<readonly MediaId[]> {
      const at = clock.now();
      const changed = await store.transaction(async (stores) => {
        await stores.viewing.lock(person);
        const known = await stores.viewing.viewings(person, media);
        const moved = movedByHand(media, known, watched);
        if (moved.length > 0) await write(stores, person, moved, { known, watched, event, at });
        return moved;
      });
      if (changed.length > 0) await tell(person, changed, event);
      return changed;
    },

    /** Takes the title with its plays out of the history; `keep` stores what was taken, in the same transaction. */
    async remove(person: PersonId, media: MediaId, keep: (handle: Handle, removed: TakenTitle) => Promise<void>): Promise<void> {
      await store.transaction(async ({ taken, viewing, handle, announce }) => {
        await viewing.lock(person);
        const removed = await taken.takeOut(person, media);
        if (removed === undefined) throw absent(media);
        await keep(handle, removed);
        await announce(person, byHand([media], removed.viewing.position_ms > 0 ? [media] : []));
      });
    },

    /** Puts back what `remove` took. A title that has come back meanwhile keeps its newer standing, and gets its plays back. */
    restore: (handle: Handle, person: PersonId, removed: TakenTitle): Promise<void> => store.within(handle).taken.putBack(person, removed),
  };
}
