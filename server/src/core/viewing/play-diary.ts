import { createMediaGraph, type Media } from '#core/media/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { createPlayDiary, type DiaryPlay, type DiarySpan } from './play-diary.store.ts';

export type DiaryDeps = Readonly<{ database: Parameters<typeof createPlayDiary>[0]; clock: Clock }>;
export type DiaryEntry = DiaryPlay & Readonly<{ media: Media }>;
export type Diary = ReturnType<typeof createDiary>;

/** What a person watched on which day, newest first. What was watched on a day that nobody knows is not in it. */
export function createDiary({ database, clock }: DiaryDeps) {
  const store = createPlayDiary(database);
  const graph = createMediaGraph(database, { clock });
  return {
    async page(
      person: PersonId,
      span: DiarySpan,
      page: Readonly<{ offset: number; limit: number }>,
    ): Promise<Readonly<{ entries: readonly DiaryEntry[]; total: number }>> {
      const { plays, total } = await store.page(person, span, page);
      const media = await graph.describe(plays.map((play) => play.mediaId));
      const entries = plays.flatMap((play): DiaryEntry[] => {
        const described = media.get(play.mediaId);
        return described ? [{ ...play, media: described }] : [];
      });
      return { entries, total };
    },
    /** For sums. */
    after: store.after,
  };
}
