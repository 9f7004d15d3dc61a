import type { Account } from '#core/connections/index.ts';
import type { StoredViewing } from '#core/viewing/index.ts';
import type { CopyId } from '#kernel/ids.ts';
import { isRecord } from '#kernel/json.ts';
import type { Journal } from '#platform/journal/index.ts';
import { PUSH_KIND, targetOf } from './changes-in-doubt.ts';

/**
 * Whether the server has answered our mark of this copy by saying that it is not watched, and nothing is new since. Another mark would be
 * answered so too, while some servers count each of them.
 */
export async function isMarkUnkept(
  journal: Journal,
  account: Account,
  copyId: CopyId,
  viewings: readonly StoredViewing[],
): Promise<boolean> {
  const { entries } = await journal.list({ kind: PUSH_KIND, target: targetOf(account, copyId), states: ['confirmed'] }, 1, 1);
  const [last] = entries;
  if (last === undefined || !isRecord(last.payload) || last.payload.action !== 'mark') return false;
  return isRecord(last.outcome) && last.outcome.played === false && viewings.every(({ updatedAt }) => updatedAt <= last.createdAt);
}
