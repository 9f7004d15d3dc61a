import type { DeskId } from '#kernel/ids.ts';
import { type Duration, hours, type Instant, minutes } from '#kernel/instant.ts';
import { type Held, type Link, sameParts, type TitleFacts } from './facts.ts';
import type { StoredLink } from './replication.store.ts';

const FIRST_LOOK: Duration = minutes(5);
const LONGEST_PAUSE: Duration = hours(1);

const isStored = (link: Link): link is StoredLink => 'linkedAt' in link;

/** What is to be kept of the links of a title, as the facts have them. Pure. */
export const linksIn = (facts: TitleFacts, deskId: DeskId): readonly StoredLink[] =>
  facts.held.flatMap((held) => held.links.map((link) => keptLink(held, link, deskId, facts.now)));

function keptLink(held: Held, link: Link, deskId: DeskId, now: Instant): StoredLink {
  const former = isStored(link) ? link : undefined;
  const { requestId, how, told } = link;
  const isSeen = held.presence === 'there' || (held.presence === 'hidden' && held.mediaStatus !== 'other');
  const tells = told !== undefined && { told };
  const seen = former !== undefined && !isSeen ? former : held;
  return {
    deskId,
    upstreamId: held.id,
    requestId,
    how,
    ...tells,
    is4k: seen.is4k,
    status: seen.status,
    parts: seen.parts,
    linkedAt: former?.linkedAt ?? now,
    syncedAt: former === undefined || former.told !== told || !sameParts(former.parts, held.parts) ? now : former.syncedAt,
    ...(held.presence === 'hidden' && hiding(former, isSeen, now)),
  };
}

/** A request that is not listed is asked for by its id after growing pauses. */
function hiding(former: StoredLink | undefined, isSeen: boolean, now: Instant): Pick<StoredLink, 'hiddenAt' | 'lookAt'> {
  const hiddenAt = former?.hiddenAt ?? now;
  const pause = Math.min(Math.max(FIRST_LOOK, now - hiddenAt), LONGEST_PAUSE);
  const due = former?.lookAt ?? now;
  return { hiddenAt, lookAt: due > now || !isSeen ? Math.max(due, now) : now + pause };
}

export type LinkChanges = Readonly<{ write: readonly StoredLink[]; drop: readonly StoredLink[] }>;

const keyOf = (link: StoredLink): string => `${link.upstreamId}:${link.requestId}`;

/** Pure. */
export function changedLinks(before: readonly StoredLink[], after: readonly StoredLink[]): LinkChanges {
  if (before.length === 0 && after.length === 0) return { write: [], drop: [] };
  const known = new Map(before.map((link) => [keyOf(link), link]));
  const kept = new Set(after.map(keyOf));
  const write = after.filter((link) => {
    const former = known.get(keyOf(link));
    return former === undefined || !isSame(former, link);
  });
  return { write, drop: before.filter((link) => !kept.has(keyOf(link))) };
}

const isSame = (one: StoredLink, other: StoredLink): boolean =>
  one.told === other.told &&
  one.is4k === other.is4k &&
  one.status === other.status &&
  one.hiddenAt === other.hiddenAt &&
  one.lookAt === other.lookAt &&
  sameParts(one.parts, other.parts);
