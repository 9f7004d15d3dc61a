/** How many deletions one cycle may make by itself. */
export const DELETION_LIMITS = { requests: 10, fewest: 5, share: 0.05 } as const;

export type DeletionVerdict = Readonly<{ pass: true }> | Readonly<{ pass: false; reason: string }>;

/**
 * `gone` are the requests that have disappeared from the primary and of which nobody has spoken yet, `tracked` all that are replicated. A primary that
 * was set up anew, or restored from an old copy, looks just like somebody who deleted everything. Pure.
 */
export function guardDeletions(gone: number, tracked: number): DeletionVerdict {
  if (gone > DELETION_LIMITS.requests)
    return { pass: false, reason: `${gone} requests are gone from the primary, more than ${DELETION_LIMITS.requests} in one cycle` };
  if (gone >= DELETION_LIMITS.fewest && gone > DELETION_LIMITS.share * tracked)
    return { pass: false, reason: `${gone} of ${tracked} requests are gone from the primary, more than 5 %` };
  return { pass: true };
}
