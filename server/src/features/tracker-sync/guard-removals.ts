/** How much one run may take away by itself, on one side. */
export const REMOVAL_LIMITS = { titles: 25, fewest: 5, share: 0.05 } as const;

export type RemovalVerdict = Readonly<{ pass: true }> | Readonly<{ pass: false; reason: string }>;

/** `of` is how much both sides had. A library that was emptied by mistake looks just like a person who took everything away. Pure. */
export function guardRemovals(side: 'here' | 'there', losses: number, of: number): RemovalVerdict {
  const what = `${losses} of ${of} watched movies and episodes, ratings and lists would be taken away ${side}`;
  if (losses > REMOVAL_LIMITS.titles) return { pass: false, reason: `${what}, more than ${REMOVAL_LIMITS.titles} in one run` };
  if (losses >= REMOVAL_LIMITS.fewest && losses > REMOVAL_LIMITS.share * of) return { pass: false, reason: `${what}, more than 5 %` };
  return { pass: true };
}
