import type { Account } from '#core/connections/index.ts';
import type { StoredViewing } from '#core/viewing/index.ts';
import type { CopyId } from '#kernel/ids.ts';
import { isRecord } from '#kernel/json.ts';
import type { Journal, JournalEntry } from '#platform/journal/index.ts';
import { PUSH_KIND, targetOf } from './changes-in-doubt.ts';
import type { Change } from './push-call.ts';

/**
 * Why this change is not made again: the server has taken it before and does not show it, and nothing is new since. Some servers count
 * each mark that they do not keep, and whoever has cleared a position there does not want it back.
 */
export async function whyNotAgain(
  journal: Journal,
  account: Account,
  copyId: CopyId,
  { push, viewings }: Readonly<{ push: Change; viewings: readonly StoredViewing[] }>,
): Promise<string | undefined> {
  const { entries } = await journal.list({ kind: PUSH_KIND, target: targetOf(account, copyId), states: ['confirmed'] }, 1, 1);
  const [last] = entries;
  if (last === undefined || viewings.some(({ updatedAt }) => updatedAt > last.createdAt)) return undefined;
  if (push.action === 'position') return isSame(last, push.positionMs) ? 'the server was told this position before' : undefined;
  return wasNotKept(last, push.action) ? `the server took the ${push.action} before and does not keep it` : undefined;
}

const wasNotKept = ({ payload, outcome }: JournalEntry, action: 'mark' | 'unmark'): boolean =>
  isRecord(payload) && payload.action === action && isRecord(outcome) && outcome.played === (action === 'unmark');

const isSame = ({ payload }: JournalEntry, positionMs: number): boolean =>
  isRecord(payload) && payload.action === 'position' && payload.positionMs === positionMs;
