import type { Account } from '#core/connections/index.ts';
import type { MediaGraph } from '#core/media/index.ts';
import type { Refusal, ToldCopy, ToldRecord, ToldTitle, UpstreamItem } from '#core/upstreams/index.ts';
import { believableDate } from '#core/viewing/index.ts';
import { type CopyId, type MediaId, mediaId, type PersonId, type ServerId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { ShownBy } from './plan-arrival.ts';

export type PageInput = Readonly<{
  person: PersonId;
  /** By the names that the records use. */
  accounts: ReadonlyMap<string, Account>;
  records: readonly ToldRecord[];
  now: Instant;
}>;

export type ItemOutcome = Readonly<{ account: string; what: string; is: 'taken' | 'there' | 'left'; reason?: string }>;

/** An item as the graph knows it now. */
export type Placed = Readonly<{
  copyId: CopyId;
  mediaIds: readonly MediaId[];
  episodes: readonly number[];
  isNew: boolean;
  reason?: string;
}>;
/** A title that a record is about; the first of several is its own, the others come with what one backend showed of it. */
export type Standing = Readonly<{ title: ToldTitle; mediaId: MediaId; shownBy: readonly ShownBy[] }>;

/** Without standings it could not be placed, and `reason` says why. */
export type PlacedRecord = Readonly<{ standings: readonly Standing[]; reason?: string }>;

export type PlacedPage = Readonly<{
  records: readonly PlacedRecord[];
  items: readonly ItemOutcome[];
  left: readonly Refusal[];
  placeOf(account: Account, upstreamId: string): Placed | undefined;
}>;

const NOT_HERE = 'its backend is not among those that are taken';
const DISAGREE = 'its backends do not agree on what it is: the state goes to the title that most of them have';

const placeKey = (server: ServerId, upstreamId: string): string => `${server} ${upstreamId}`;

/** Finds the titles of told records: by the items that backends have of them, else by their own ids and numbers. */
export async function placeRecords(media: MediaGraph, input: PageInput): Promise<PlacedPage> {
  const { accounts, records } = input;
  const placed = await placeItems(
    media,
    accounts,
    records.flatMap(({ title }) => (title ? [title] : [])),
  );
  const wanted = records.flatMap(({ title }, index) =>
    title && !title.copies.some((copy) => titleOf(copy, title, accounts, placed) !== undefined) ? [{ title, index }] : [],
  );
  const known = await media.know(wanted.map(({ title }) => title));
  const named = new Map(wanted.map(({ index }, at) => [index, known[at]] as const));
  const lasting = await media.lasting([
    ...[...placed.values()].flatMap((one) => one.mediaIds),
    ...known.flatMap((one) => one.mediaId ?? []),
  ]);
  const current = (id: MediaId): MediaId => mediaId(lasting.get(id) ?? id);

  const items: ItemOutcome[] = [];
  const left: Refusal[] = [];
  const outcomes = records.map(({ what, title, reason }, index): PlacedRecord => {
    if (!title) return { standings: [], reason: reason ?? 'it cannot be read' };
    const standings = standingsOf({ what, title }, input, { placed, current, items, left });
    if (standings.length > 0) return { standings };
    const found = named.get(index);
    if (found?.mediaId === undefined) return { standings, reason: found?.reason ?? 'nothing tells what it is' };
    return { standings: [{ title, mediaId: current(found.mediaId), shownBy: [] }] };
  });
  return { records: outcomes, items, left, placeOf: (account, upstreamId) => placed.get(placeKey(account.server.id, upstreamId)) };
}

/** Makes copies of the items that are not known yet; answers all of them. */
async function placeItems(
  media: MediaGraph,
  accounts: PageInput['accounts'],
  told: readonly ToldTitle[],
): Promise<ReadonlyMap<string, Placed>> {
  const byServer = new Map<ServerId, Map<string, UpstreamItem>>();
  for (const { account, item } of told.flatMap((title) => title.copies)) {
    const server = accounts.get(account)?.server.id;
    if (server === undefined) continue;
    const own = byServer.get(server) ?? new Map<string, UpstreamItem>();
    byServer.set(server, own);
    if (!own.has(item.upstreamId)) own.set(item.upstreamId, item);
  }
  const placed = new Map<string, Placed>();
  for (const [server, items] of byServer) {
    for (const copy of await media.copiesOnServer(server, [...items.keys()])) {
      placed.set(placeKey(server, copy.upstreamId), {
        copyId: copy.id,
        mediaIds: copy.mediaIds,
        episodes: copy.episodes,
        isNew: false,
        ...(copy.unmatched !== undefined && { reason: copy.unmatched }),
      });
    }
    const fresh = [...items.values()].filter((item) => !placed.has(placeKey(server, item.upstreamId)));
    for (const [index, copy] of (await media.ingest(server, fresh)).entries()) {
      placed.set(placeKey(server, copy.upstreamId), {
        copyId: copy.copyId,
        mediaIds: copy.mediaIds,
        episodes: fresh[index]?.episodes ?? [],
        isNew: true,
        ...(copy.reason !== undefined && { reason: copy.reason }),
      });
    }
  }
  return placed;
}

function titleOf(
  copy: ToldCopy,
  title: ToldTitle,
  accounts: PageInput['accounts'],
  placed: ReadonlyMap<string, Placed>,
): MediaId | undefined {
  const account = accounts.get(copy.account);
  const place = account && placed.get(placeKey(account.server.id, copy.item.upstreamId));
  if (!place) return undefined;
  return place.mediaIds[placeAmong(place.episodes, copy.item, title)];
}

/** Which of the copy's episodes the title is; an item with another number by now is still that item. */
function placeAmong(episodes: readonly number[], item: UpstreamItem, title: ToldTitle): number {
  const several = (item.episodes?.length ?? 0) > 1;
  const number = several ? title.episode : item.episodes?.[0];
  const at = number === undefined ? -1 : episodes.indexOf(number);
  return at < 0 && !several && episodes.length <= 1 ? 0 : at;
}

type Shown = Readonly<{ copy: ToldCopy; account: Account; place: Placed; mediaId: MediaId }>;

type Placing = Readonly<{
  placed: ReadonlyMap<string, Placed>;
  current(id: MediaId): MediaId;
  items: ItemOutcome[];
  left: Refusal[];
}>;

/** The titles that a record's items stand for. Nearly always one: the one that most of them have comes first. */
function standingsOf(
  { what, title }: Readonly<{ what: string; title: ToldTitle }>,
  { accounts, now }: PageInput,
  { placed, current, items, left }: Placing,
): readonly Standing[] {
  const shown = title.copies.flatMap((copy): Shown[] => {
    const account = accounts.get(copy.account);
    const place = account && placed.get(placeKey(account.server.id, copy.item.upstreamId));
    if (!account || !place) {
      items.push({ account: copy.account, what, is: 'left', reason: NOT_HERE });
      return [];
    }
    const medium = titleOf(copy, title, accounts, placed);
    items.push({
      account: copy.account,
      what,
      is: place.isNew ? 'taken' : 'there',
      ...(medium === undefined && { reason: place.reason ?? 'its episode is not among those of the item' }),
    });
    return medium === undefined ? [] : [{ copy, account, place, mediaId: current(medium) }];
  });
  const groups = [...Map.groupBy(shown, (one) => one.mediaId)];
  if (groups.length > 1) left.push({ what, reason: DISAGREE });
  const decides = (group: readonly Shown[]): number => Number(group.some((one) => one.copy.account === title.via));
  const ranked = groups.sort(([id, one], [otherId, other]) => other.length - one.length || decides(other) - decides(one) || id - otherId);
  return ranked.map(([mediaId, group], index) => {
    const inOrder = [...group].sort((one, other) => Number(other.copy.account === title.via) - Number(one.copy.account === title.via));
    const shownBy = inOrder.map((one) => shownOf(one, title, now));
    return { title: index === 0 ? title : wordOf(title, inOrder[0]?.copy), mediaId, shownBy };
  });
}

function shownOf({ copy, account, place }: Shown, title: ToldTitle, now: Instant): ShownBy {
  const { state } = copy.item;
  const playedAt = state.played ? believableDate(state.lastPlayedAt, now) : undefined;
  return {
    accountId: account.id,
    copyId: place.copyId,
    seenAt: copy.seenAt ?? playedAt ?? title.updatedAt ?? now,
    ...(playedAt !== undefined && { playedAt }),
    ...(copy.event !== undefined && { event: copy.event }),
  };
}

/** Of a title that the record is not about, only what the backend itself showed is believed. */
function wordOf(title: ToldTitle, copy: ToldCopy | undefined): ToldTitle {
  const { changedAt: _, position: __, ...rest } = title;
  const state = copy?.item.state;
  const at = state?.played === true ? state.lastPlayedAt : copy?.addedAt;
  return {
    ...rest,
    watched: state?.played ?? false,
    ...(at !== undefined && { changedAt: at }),
    ...(copy && state && state.positionMs > 0 && { position: { ms: state.positionMs, account: copy.account } }),
  };
}
