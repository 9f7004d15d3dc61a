/** How much one run may take away by itself. */
const LIMITS = { items: 25, fewest: 5, share: 0.05 } as const;

/** What one account may be told to take away within an hour, without a run that counts it all. */
export const MOST_IN_AN_HOUR = LIMITS.items;

/** Of one kind of words: what would go, and how many titles had one at the last look. */
export type KindRemovals = Readonly<{ removals: number; kept: number }>;

/**
 * Why a run has to ask first, or undefined where it may go on: a server whose database was lost looks just like a person who took all
 * ratings away, and a watchlist that was emptied is not made small by many ratings.
 */
export function whyAsk(kinds: readonly KindRemovals[]): string | undefined {
  const all = kinds.reduce((sum, { removals }) => sum + removals, 0);
  if (all > LIMITS.items) return `${all} ratings or list entries would be taken away, more than ${LIMITS.items} in one run`;
  const heavy = kinds.find(({ removals, kept }) => removals >= LIMITS.fewest && removals > LIMITS.share * kept);
  return heavy && `${heavy.removals} of ${heavy.kept} ratings or list entries would be taken away, more than 5 %`;
}
