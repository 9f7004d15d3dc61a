import { createTitleFacts, type KnownEpisodes, type TitleFactDesk, type TitleFacts } from '#core/media/index.ts';
import { createLists, type ListEntry, type ListName } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { beforeOf, createLibraryStore, type StoredEntry } from './library.store.ts';
import { type Entry, planEntry } from './plan-entry.ts';
import type { Database, Handle, StampedTx } from './stamps.store.ts';
import { createTitleTypes, type LibraryTitle } from './title-types.store.ts';

/** What somebody said beside what was watched. */
export type Wishes = Readonly<{
  lists?: ReadonlyMap<MediaId, ListName>;
  /** Since when titles that are new here are on a list; now unless an earlier day is told. */
  since?: ReadonlyMap<MediaId, Instant>;
  /** These are told as changed, whatever came of it. */
  changed?: ReadonlySet<MediaId>;
}>;

/** A title with the list that it is on now. `moved`: it was on none, or on another. */
export type Standing = Readonly<{ title: LibraryTitle; list: ListName; former?: ListName; changed: boolean }>;

export type Projection = ReturnType<typeof createProjection>;

export type ProjectionDeps = Readonly<{ database: Database; clock: Clock }>;

/** Facts and numbers as they are within a transaction that is open. */
export const factsOn = ({ database, clock }: ProjectionDeps, handle: Handle): TitleFactDesk =>
  createTitleFacts({ database: { ...database, ...handle, transaction: (work) => work(handle) }, clock });

/** All that the next state of some titles is planned from. */
type Gathered = Readonly<{
  titles: readonly LibraryTitle[];
  listed: ReadonlyMap<MediaId, ListEntry>;
  kept: ReadonlyMap<MediaId, StoredEntry>;
  known: ReadonlyMap<MediaId, KnownEpisodes>;
  facts: ReadonlyMap<MediaId, TitleFacts>;
  watched: ReadonlyMap<MediaId, Instant>;
}>;

const NO_EPISODES: KnownEpisodes = { complete: false, episodes: [] };

/** Makes library rows from the history, in the transaction of the change. */
export function createProjection(deps: ProjectionDeps) {
  const { clock } = deps;

  async function gather({ handle, person }: StampedTx, media: readonly MediaId[]): Promise<Gathered> {
    const titles = await createTitleTypes(handle, clock).behind(media);
    const ids = titles.map((title) => title.mediaId);
    const library = createLibraryStore(handle);
    const shows = titles.flatMap((title) => (title.kind === 'show' ? title.mediaId : []));
    const movies = titles.flatMap((title) => (title.kind === 'movie' ? title.mediaId : []));
    const desk = factsOn(deps, handle);
    const known = shows.length > 0 ? await desk.episodesOf(shows) : new Map<MediaId, KnownEpisodes>();
    const episodes = [...known.values()].flatMap((all) => all.episodes.flatMap((one) => one.mediaId ?? []));
    return {
      titles,
      listed: await createLists(handle).of(person, ids),
      kept: await library.entries(person, ids),
      known,
      facts: shows.length > 0 ? await desk.of(shows) : new Map(),
      watched: await library.watchedOf(person, [...movies, ...episodes]),
    };
  }

  function planOf(title: LibraryTitle, gathered: Gathered, wish: ListName | undefined): Entry | undefined {
    const id = title.mediaId;
    const known = gathered.known.get(id) ?? NO_EPISODES;
    const own = title.kind === 'movie' ? [id] : known.episodes.flatMap((one) => one.mediaId ?? []);
    const watched = picked(gathered.watched, own);
    const before = beforeOf(gathered.listed.get(id)?.list, gathered.kept.get(id), watched);
    const status = gathered.facts.get(id)?.status;
    return planEntry({
      kind: title.kind,
      known,
      watched,
      now: clock.now(),
      ...(before && { before }),
      ...(wish !== undefined && { wish }),
      ...(status !== undefined && { status }),
    });
  }

  /** What becomes of one title, or undefined where it is in no library. */
  function place(tx: StampedTx, title: LibraryTitle, gathered: Gathered, wishes: Wishes): Placed | undefined {
    const id = title.mediaId;
    const entry = planOf(title, gathered, wishes.lists?.get(id));
    if (entry === undefined) return undefined;
    const [on, kept] = [gathered.listed.get(id), gathered.kept.get(id)];
    const { list, ...rest } = entry;
    const changed = wishes.changed?.has(id) === true || isChange(title, entry, on, kept);
    const row = { ...rest, mediaId: id, type: title.type, modifiedAt: changed || !kept ? tx.at : kept.modifiedAt };
    const since = on?.since ?? Math.min(wishes.since?.get(id) ?? tx.at, tx.at);
    if (changed) tell(tx, title, kept, [list, on?.list ?? list]);
    return {
      standing: { title, list, ...(on && { former: on.list }), changed },
      row,
      ...(on?.list !== list && { moved: { mediaId: id, list, since, changedAt: tx.at } }),
    };
  }

  return {
    async listsOf(tx: StampedTx, titles: readonly LibraryTitle[]): Promise<ReadonlyMap<MediaId, ListName>> {
      const entries = await createLists(tx.handle).of(
        tx.person,
        titles.map((title) => title.mediaId),
      );
      return new Map([...entries].map(([id, entry]) => [id, entry.list]));
    },

    /** For movies and shows, or episodes, that changed. Meant for some hundreds at once: the number of statements does not grow with them. */
    async project(tx: StampedTx, media: readonly MediaId[], wishes: Wishes = {}): Promise<ReadonlyMap<MediaId, Standing>> {
      const gathered = await gather(tx, media);
      const placed = gathered.titles.flatMap((title) => place(tx, title, gathered, wishes) ?? []);
      const moved = placed.flatMap((one) => one.moved ?? []);
      await createLists(tx.handle).put(tx.person, moved);
      tx.shelved(moved.map((one) => one.mediaId));
      await createLibraryStore(tx.handle).save(
        tx.person,
        placed.map((one) => one.row),
      );
      return new Map(placed.map((one) => [one.row.mediaId, one.standing]));
    },
  };
}

type Placed = Readonly<{ standing: Standing; row: StoredEntry; moved?: ListEntry }>;

function tell(tx: StampedTx, { type }: LibraryTitle, row: StoredEntry | undefined, lists: readonly ListName[]): void {
  for (const list of lists) tx.touch(type, list);
  if (row !== undefined && row.type !== type) tx.touch(row.type, 'removed_from_list');
}

function picked(all: ReadonlyMap<MediaId, Instant>, ids: readonly MediaId[]): ReadonlyMap<MediaId, Instant> {
  const own = new Map<MediaId, Instant>();
  for (const id of ids) {
    const at = all.get(id);
    if (at !== undefined) own.set(id, at);
  }
  return own;
}

/** Counts that only grew old are no change: apps would read the title again for nothing. */
function isChange(title: LibraryTitle, entry: Entry, on: ListEntry | undefined, row: StoredEntry | undefined): boolean {
  if (row === undefined || on === undefined || on.list !== entry.list || row.type !== title.type) return true;
  if (isOutForWhoWasThrough(entry, row)) return true;
  if (row.lastWatchedAt !== entry.lastWatchedAt || row.episodes.length !== entry.episodes.length) return true;
  return entry.episodes.some((one, index) => {
    const other = row.episodes[index];
    return (
      other === undefined ||
      other.mediaId !== one.mediaId ||
      other.at !== one.at ||
      other.season !== one.season ||
      other.number !== one.number
    );
  });
}

/** Somebody had seen all that there was of it, and there is more now: the one change that nobody made. */
const isOutForWhoWasThrough = (entry: Entry, row: StoredEntry): boolean =>
  entry.list === 'watching' && row.watched > 0 && row.nextToWatch === undefined && entry.nextToWatch !== undefined;
