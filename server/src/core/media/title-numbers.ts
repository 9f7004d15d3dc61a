import type { MediaId } from '#kernel/ids.ts';
import { createTitleNumberStore, type NumberedKind } from './title-number.store.ts';
import type { Database, Handle } from './titles.schema.store.ts';

export type TitleNumbers = Readonly<{
  /**
   * The number by which apps know each title, by the id asked for: the one that was answered before, else the title's Simkl id, else one
   * of the household's own. What was answered once is answered for ever, also after the Simkl id was learnt. Unknown ids are left out.
   */
  numbersOf(media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, number>>;
  /** The titles that these numbers mean; unless told, movies and shows. A number of a merged title means what it became. */
  mediaOf(numbers: readonly number[], kinds?: readonly NumberedKind[]): Promise<ReadonlyMap<number, MediaId>>;
  /** The same within a transaction that is open. */
  on(handle: Handle): Pick<TitleNumbers, 'numbersOf' | 'mediaOf'>;
}>;

/** The numbers that apps see. They are stable across merges and splits, never given twice, and never leave the house as Simkl ids. */
export function createTitleNumbers({ database }: Readonly<{ database: Database }>): TitleNumbers {
  type Giving = (missing: readonly number[]) => Promise<ReadonlyMap<number, number>>;

  async function numbersOf(handle: Handle, media: readonly MediaId[], give: Giving): Promise<ReadonlyMap<MediaId, number>> {
    const store = createTitleNumberStore(handle);
    const lasting = await store.lasting(media);
    const titles = [...new Set(lasting.values())];
    const answered = await store.answered(titles);
    const missing = titles.filter((title) => !answered.has(title));
    const given = missing.length > 0 ? await give(missing) : new Map<number, number>();
    return new Map(
      [...lasting].flatMap(([asked, title]) => {
        const number = answered.get(title) ?? given.get(title);
        return number === undefined ? [] : [[asked as MediaId, number] as const];
      }),
    );
  }

  const TITLES: readonly NumberedKind[] = ['movie', 'show'];
  return {
    numbersOf: (media) =>
      numbersOf(database, media, (missing) => database.transaction((handle) => createTitleNumberStore(handle).give(missing))),
    mediaOf: (numbers, kinds = TITLES) => createTitleNumberStore(database).named(numbers, kinds),
    on: (handle) => ({
      numbersOf: (media) => numbersOf(handle, media, createTitleNumberStore(handle).give),
      mediaOf: (numbers, kinds = TITLES) => createTitleNumberStore(handle).named(numbers, kinds),
    }),
  };
}
