import type { Instant } from '#kernel/instant.ts';

/** The three shelves of a library. A film that is anime lies with the anime. */
export const LIBRARY_TYPES = ['shows', 'anime', 'movies'] as const;
export type LibraryType = (typeof LIBRARY_TYPES)[number];

export const STAMP_KINDS = [
  'rated_at',
  'playback',
  'plantowatch',
  'watching',
  'completed',
  'hold',
  'dropped',
  'removed_from_list',
] as const;
export type StampKind = (typeof STAMP_KINDS)[number];

export type Stamp = Readonly<{ type: LibraryType | 'settings'; kind: StampKind | 'all'; at: Instant }>;

/** When something of a person's library last changed, by shelf and by what it was; what never changed is absent. */
export type Activities = Readonly<{
  all: Instant;
  settings?: Instant;
  shelves: Readonly<Record<LibraryType, Readonly<{ all?: Instant; kinds: Readonly<Partial<Record<StampKind, Instant>>> }>>>;
}>;

/** Pure. `startedAt` is what a library that never changed answers: some apps take a missing date for a fault. */
export function activitiesOf(startedAt: Instant, stamps: readonly Stamp[]): Activities {
  const shelf = (type: LibraryType): Activities['shelves'][LibraryType] => {
    const own = stamps.filter((stamp) => stamp.type === type);
    const all = newest(own);
    return { ...(all !== undefined && { all }), kinds: Object.fromEntries(own.map((stamp) => [stamp.kind, stamp.at])) };
  };
  const settings = newest(stamps.filter((stamp) => stamp.type === 'settings'));
  return {
    all: newest(stamps) ?? startedAt,
    ...(settings !== undefined && { settings }),
    shelves: { shows: shelf('shows'), anime: shelf('anime'), movies: shelf('movies') },
  };
}

const newest = (stamps: readonly Stamp[]): Instant | undefined =>
  stamps.length === 0 ? undefined : Math.max(...stamps.map((stamp) => stamp.at));
