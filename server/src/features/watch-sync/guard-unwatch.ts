/** How many un-watches one run may make by itself. */
const UNWATCH_LIMITS = { items: 25, fewest: 5, share: 0.05 } as const;

export type LibraryUnwatches = Readonly<{ libraryId: string; unwatches: number; size: number }>;

export type GuardVerdict = Readonly<{ pass: true }> | Readonly<{ pass: false; reason: string }>;

/**
 * A run that would un-watch more than 25 items, or at least 5 that are more than 5 % of a library, stops and asks: a
 * library that was rescanned, or a database that was lost, looks just like a person who un-watched everything. `before` is what other
 * accounts of the run have un-watched.
 */
export function guardUnwatches(libraries: readonly LibraryUnwatches[], before = 0): GuardVerdict {
  const total = libraries.reduce((sum, library) => sum + library.unwatches, before);
  if (total > UNWATCH_LIMITS.items) {
    const others = before > 0 ? `, ${before} of them by other accounts of the run` : '';
    return { pass: false, reason: `${total} titles would be un-watched${others}, more than ${UNWATCH_LIMITS.items} in one run` };
  }
  const heavy = libraries.find(({ unwatches, size }) => unwatches >= UNWATCH_LIMITS.fewest && unwatches > UNWATCH_LIMITS.share * size);
  if (heavy === undefined) return { pass: true };
  return {
    pass: false,
    reason: `${heavy.unwatches} of ${heavy.size} titles of library ${heavy.libraryId} would be un-watched, more than 5 %`,
  };
}
