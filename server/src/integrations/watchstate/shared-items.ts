import { truthIn, wholeIn } from './loose-values.ts';
import type { ClaimRow } from './state-row.wire.ts';

/** Whose an item is that several rows claim: of the episodes of one file, or of one row alone. */
export type SharedItem = Readonly<{ rows: ReadonlySet<number>; episodes: readonly number[] }>;

export type SharedItems = ReadonlyMap<string, SharedItem>;

export const itemKey = (backend: string, item: string): string => `${backend} ${item}`;

/**
 * A file of several episodes is one item and a row for each of them, which share it. Any other item belongs to one title: to the row that
 * was changed last, since the item was matched anew on its server then. Pure.
 */
export function sharedItems(claims: readonly ClaimRow[]): SharedItems {
  const groups = Map.groupBy(claims, (claim) => itemKey(claim.backend, String(claim.item)));
  return new Map([...groups].filter(([, group]) => group.length > 1).map(([key, group]) => [key, shareOut(group)] as const));
}

function shareOut(group: readonly ClaimRow[]): SharedItem {
  const changed = (claim: ClaimRow): number => wholeIn(claim.updated_at) ?? 0;
  const [owner, ...others] = [...group].sort((one, other) => changed(other) - changed(one) || other.id - one.id);
  if (owner === undefined) return { rows: new Set(), episodes: [] };
  const season = wholeIn(owner.season);
  const numbers = new Map([[wholeIn(owner.episode) ?? 0, owner.id]]);
  if (truthIn(owner.multi) && owner.type === 'episode') {
    for (const other of others) {
      const number = wholeIn(other.episode) ?? 0;
      const fits = other.type === 'episode' && truthIn(other.multi) && wholeIn(other.season) === season && number > 0;
      if (fits && !numbers.has(number)) numbers.set(number, other.id);
    }
  }
  return { rows: new Set(numbers.values()), episodes: [...numbers.keys()].sort((one, other) => one - other) };
}
