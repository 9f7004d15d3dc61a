import type { Account } from '#core/connections/index.ts';
import type { Copy } from '#core/media/index.ts';
import type { StoredObservation, StoredViewing } from '#core/viewing/index.ts';
import type { CopyId, MediaId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { handMarked, movedByHand } from './mark-by-hand.ts';
import { type Push, planPush } from './plan-push.ts';
import { OWN_EVENT } from './push-account.ts';
import type { SyncParts } from './sync-parts.ts';

/** What a mark by hand would come to on one account. Nothing is asked of its server: all is by what it last said. */
export type MarksOnPlace = Readonly<{
  account: Account;
  /** So many copies would be told. */
  changes: number;
  /** Those that would not, by the reason. */
  left: ReadonlyMap<string, number>;
  /** Why the account is told nothing at all, or not now. */
  held?: 'export-off' | 'not-approved' | 'not-answering';
  /** The oldest word by which this was decided. */
  knownAt?: Instant;
}>;

export type ShownMarks = Readonly<{
  /** Those that would change in the person's own history. */
  changed: readonly MediaId[];
  already: number;
  places: readonly MarksOnPlace[];
}>;

const NEVER_SEEN = 'this account has never shown it';

/** What marking these titles by hand would change, here and on each of the person's places, before it is done. */
export async function showMarks(
  { store, connections, clock, replay }: Pick<SyncParts, 'store' | 'connections' | 'clock' | 'replay'>,
  person: PersonId,
  media: readonly MediaId[],
  watched: boolean,
): Promise<ShownMarks> {
  const { media: graph, viewing } = store.read;
  const known = await viewing.viewings(person, media);
  const changed = movedByHand(media, known, watched);
  const copies = (await graph.copiesOf(changed)).filter((copy) => copy.goneAt === undefined);
  const around = await viewing.viewings(person, [...new Set(copies.flatMap((copy) => copy.mediaIds))]);
  const now = clock.now();
  const standing = new Map([...around, ...changed.map((id) => [id, handMarked(id, known.get(id), watched, 'preview', now)] as const)]);
  const plays = await viewing.playCounts(person, [...standing.keys()]);
  const replays = await replay();
  const places: MarksOnPlace[] = [];
  for (const account of await connections.list(person)) {
    const here = copies.filter((copy) => copy.serverId === account.server.id);
    if (here.length === 0) continue;
    const said = await viewing.observations(
      account.id,
      here.map((copy) => copy.id),
    );
    places.push(onPlace(account, here, { said, standing, plays, replay: replays }));
  }
  return { changed, already: new Set(media).size - changed.length, places };
}

type Facts = Readonly<{
  said: ReadonlyMap<CopyId, StoredObservation>;
  standing: ReadonlyMap<MediaId, StoredViewing>;
  plays: ReadonlyMap<MediaId, number>;
  replay: boolean;
}>;

function onPlace(account: Account, copies: readonly Copy[], facts: Facts): MarksOnPlace {
  const pushes = copies.map((copy) => pushOf(account, copy, facts));
  const left = new Map<string, number>();
  for (const push of pushes) if (push.action === 'none') left.set(push.reason, (left.get(push.reason) ?? 0) + 1);
  const dates = copies.flatMap((copy) => facts.said.get(copy.id)?.at ?? []);
  const held = heldBy(account);
  return {
    account,
    changes: pushes.filter((push) => push.action !== 'none').length,
    left,
    ...(held !== undefined && { held }),
    ...(dates.length > 0 && { knownAt: Math.min(...dates) }),
  };
}

function heldBy({ exportEnabled, consent, health }: Account): MarksOnPlace['held'] {
  if (!exportEnabled) return 'export-off';
  if (consent !== 'given') return 'not-approved';
  return health.state === 'degraded' ? 'not-answering' : undefined;
}

function pushOf(account: Account, copy: Copy, { said, standing, plays, replay }: Facts): Push {
  const target = said.get(copy.id);
  if (target === undefined) return { action: 'none', reason: NEVER_SEEN };
  return planPush({
    accountId: account.id,
    viewings: copy.mediaIds.flatMap((id) => standing.get(id) ?? []),
    titles: copy.mediaIds.length,
    plays: Math.min(...copy.mediaIds.map((id) => plays.get(id) ?? 0)),
    target: { ...target, markedByUs: target.event === OWN_EVENT },
    playingNow: false,
    replay,
  });
}
