/** How much one run may take away by itself. */
const LIMITS = { items: 25, fewest: 5, share: 0.05 } as const;

/** What one account may be told to take away within an hour, without a run that counts it all. */
export const MOST_IN_AN_HOUR = LIMITS.items;

/**
 * Why a run has to ask first, or undefined where it may go on: a server whose database was lost looks just like a person who took all
 * ratings away. `kept` is how many titles had one at the last look.
 */
export function whyAsk(removals: number, kept: number): string | undefined {
  if (removals > LIMITS.items) return `${removals} ratings or list entries would be taken away, more than ${LIMITS.items} in one run`;
  if (removals >= LIMITS.fewest && removals > LIMITS.share * kept)
    return `${removals} of ${kept} ratings or list entries would be taken away, more than 5 %`;
  return undefined;
}
