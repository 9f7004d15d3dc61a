import { createMediaGraph } from '#core/media/index.ts';
import type { HistoryCompanion } from '#core/viewing/index.ts';
import type { Clock } from '#kernel/instant.ts';
import type { Json } from '#kernel/json.ts';
import { createMemos, type KeptMemo } from './memos.store.ts';
import { createRewatchStore, type KeptRewatch } from './rewatches.store.ts';

/** A person's memos go to the bin with their history, and come back with it, on the titles that theirs have become meanwhile. */
export const memosBesideHistory = ({ clock }: Readonly<{ clock: Clock }>): HistoryCompanion => ({
  name: 'memos',

  async take(handle, person) {
    const memos = await createMemos(handle).takeAll(person);
    return memos.length === 0 ? undefined : (memos as unknown as Json);
  },

  async putBack(handle, person, kept) {
    const memos = kept as unknown as readonly KeptMemo[];
    const titles = await createMediaGraph(handle, { clock }).describe(memos.map((memo) => memo.mediaId));
    await createMemos(handle).putBack(
      person,
      memos.map((memo) => ({ ...memo, mediaId: titles.get(memo.mediaId)?.id ?? memo.mediaId })),
    );
  },
});

/** Likewise what belongs together of their plays; each time more has another id afterwards. */
export const rewatchesBesideHistory: HistoryCompanion = {
  name: 'rewatches',

  async take(handle, person) {
    const rewatches = await createRewatchStore(handle).takeAll(person);
    return rewatches.length === 0 ? undefined : (rewatches as unknown as Json);
  },

  async putBack(handle, person, kept) {
    const store = createRewatchStore(handle);
    for (const { id: _, ...rewatch } of kept as unknown as readonly KeptRewatch[]) await store.save(person, rewatch);
  },
};
