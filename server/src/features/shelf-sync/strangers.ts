import type { Account } from '#core/connections/index.ts';
import type { NewPlanChange } from '#core/plans/index.ts';
import type { UpstreamShelfItem } from '#core/upstreams/index.ts';
import { ASKED_BY, titleOf } from './compare.ts';
import type { Mapping } from './mappings.ts';

/** Titles of a watchlist that nobody here knows: no server of the household has them. */

/** Whether it can become a title: it needs a name, and an id that says which it is. */
export const becomesTitle = ({ title, ids }: UpstreamShelfItem): boolean => title !== '' && Object.keys(ids).length > 0;

const WHY = 'no server of the household has it, and it becomes a title by its ids';

/** As it will be taken in, for a plan. */
export const strangerChange = (account: Account, { list = 'plantowatch' }: Mapping, item: UpstreamShelfItem): NewPlanChange => ({
  kind: 'learn-watchlist',
  accountId: account.id,
  subject: { title: titleOf(item), upstreamId: item.upstreamId },
  before: { [list]: false },
  after: { [list]: true },
  reason: {
    rule: 'The watchlist stands for a list, where the switches of the server say so.',
    facts: [{ text: `kept: ${WHY}`, source: account.name }],
  },
  askedBy: ASKED_BY,
});

export const strangerSentence = (account: Account, { list = 'plantowatch' }: Mapping, item: UpstreamShelfItem): string =>
  `${account.name}: ${titleOf(item)} would be put on ${list} here (${WHY}).`;

const NAMED = 10;

export function strangersInWords(strangers: readonly UpstreamShelfItem[]): string {
  const names = strangers.slice(0, NAMED).map(titleOf).join(', ');
  const more = strangers.length > NAMED ? ` and ${strangers.length - NAMED} more` : '';
  return `nobody can tell which titles these of the watchlist are, and they are left alone: ${names}${more}.`;
}
