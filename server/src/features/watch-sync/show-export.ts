import type { Account } from '#core/connections/index.ts';
import type { Copy } from '#core/media/index.ts';
import type { JsonObject } from '#kernel/json.ts';
import { standingOf } from './copy-standing.ts';
import { titleOf } from './merge-items.ts';
import { planPush } from './plan-push.ts';
import { OWN_EVENT } from './push-account.ts';
import type { RunRequest, SyncParts } from './sync-parts.ts';

const WOULD = { mark: 'marked as watched', unmark: 'un-marked', position: 'set to a position', none: '' } as const;

const nameOf = ({ kind, title, season, episodes, detail }: Copy): string =>
  titleOf({
    kind: kind === 'movie' ? 'movie' : 'episode',
    title,
    ...(detail.year !== undefined && { year: detail.year }),
    ...(season !== undefined && { season }),
    ...(detail.show && { show: detail.show }),
    episodes,
  });

/** What an export would tell the account, by its last known state. Nothing is asked of the server, and nothing is queued. */
export async function showExport(parts: SyncParts, account: Account, log: RunRequest['log']): Promise<JsonObject> {
  const { media, viewing, queue } = parts.store.read;
  const replay = await parts.replay();
  const counts = { mark: 0, unmark: 0, position: 0, none: 0 };
  for (const copyId of await queue.differing({ accountId: account.id, personId: account.personId }, replay)) {
    const [copy] = await media.copies([copyId]);
    const standing = await standingOf({ media, viewing }, account, copyId);
    if (copy === undefined || standing === undefined) continue;
    const { target } = standing;
    const push = planPush({
      accountId: account.id,
      ...standing,
      target: { ...target, markedByUs: target.event === OWN_EVENT },
      playingNow: false,
      replay,
    });
    counts[push.action] += 1;
    if (push.action !== 'none') log('info', `${account.name}: ${nameOf(copy)} would be ${WOULD[push.action]} (${push.reason}).`);
  }
  return counts;
}
