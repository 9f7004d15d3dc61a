import { randomBytes } from 'node:crypto';
import type { FakeState, FakeTitle, FakeUser } from '#core/upstreams/media-server.fake.ts';
import type { Instant } from '#kernel/instant.ts';

export type ShelfUser = FakeUser & Readonly<{ admin: boolean }>;
export type ShelfLibrary = Readonly<{ id: string; name: string; kind: 'movies' | 'shows' | 'music'; items: string[]; shows: string[] }>;
export type ShelfShow = Readonly<{ id: string; libraryId: string; title: string; year?: number; ids: Readonly<Record<string, string>> }>;
export type ShelfItem = Readonly<{
  id: string;
  libraryId: string;
  title: FakeTitle;
  addedAt: Instant;
  show?: ShelfShow;
  seasonId?: string;
}>;

const UNTOUCHED: FakeState = { played: false, playCount: 0, positionMs: 0 };

export const newHexId = (): string => randomBytes(16).toString('hex');

/** What the fake server holds: who, what, and each user's state, with the rules by which the family changes a state. */
export function createShelf({ newItemId, now }: Readonly<{ newItemId(): string; now(): Instant }>) {
  const users = new Map<string, ShelfUser>();
  const libraries = new Map<string, ShelfLibrary>();
  const items = new Map<string, ShelfItem>();
  const shows = new Map<string, ShelfShow>();
  const seasons = new Map<string, string>();
  const states = new Map<string, Map<string, FakeState>>();
  const sessions = new Map<string, string>();

  const itemOf = (id: string): ShelfItem => {
    const item = items.get(id);
    if (!item) throw new Error(`The fake has no item ${id}.`);
    return item;
  };
  const stateOf = (userId: string, id: string): FakeState => states.get(userId)?.get(id) ?? UNTOUCHED;
  function write(userId: string, id: string, state: FakeState): void {
    const own = states.get(userId) ?? new Map<string, FakeState>();
    states.set(userId, own);
    own.set(id, state);
  }

  function showOf(library: ShelfLibrary, show: NonNullable<FakeTitle['show']>): ShelfShow {
    const known = [...shows.values()].find((each) =>
      show.upstreamId === undefined ? each.libraryId === library.id && each.title === show.title : each.id === show.upstreamId,
    );
    if (known) return known;
    const made: ShelfShow = {
      id: show.upstreamId ?? newItemId(),
      libraryId: library.id,
      title: show.title,
      ids: show.ids ?? {},
      ...(show.year !== undefined && { year: show.year }),
    };
    shows.set(made.id, made);
    library.shows.push(made.id);
    return made;
  }

  const showsByKey = new Map<string, ShelfShow>();
  function showOnce(library: ShelfLibrary, show: NonNullable<FakeTitle['show']>): ShelfShow {
    const key = `${library.id}/${show.upstreamId ?? ''}/${show.title}`;
    const known = showsByKey.get(key) ?? showOf(library, show);
    showsByKey.set(key, known);
    return known;
  }

  function seasonOf(show: ShelfShow, season: number): string {
    const key = `${show.id}/${season}`;
    const id = seasons.get(key) ?? newItemId();
    seasons.set(key, id);
    return id;
  }

  return {
    users,
    libraries,
    items,
    shows,
    sessions,
    itemOf,
    stateOf,

    addUser(user: Readonly<{ id?: string; name: string; admin: boolean }>): ShelfUser {
      const made: ShelfUser = { id: user.id ?? newHexId(), name: user.name, token: newHexId(), admin: user.admin };
      users.set(made.id, made);
      return made;
    },
    addLibrary(library: Readonly<{ id?: string; name: string; kind: ShelfLibrary['kind'] }>): string {
      const id = library.id ?? newHexId();
      libraries.set(id, { id, name: library.name, kind: library.kind, items: [], shows: [] });
      return id;
    },
    addTitle(libraryId: string, title: FakeTitle): ShelfItem {
      const library = libraries.get(libraryId);
      if (!library) throw new Error(`The fake has no library ${libraryId}.`);
      const id = title.upstreamId ?? newItemId();
      const show = title.show === undefined ? undefined : showOnce(library, title.show);
      const item: ShelfItem = {
        id,
        libraryId,
        title,
        addedAt: title.addedAt ?? now(),
        ...(show && { show, seasonId: seasonOf(show, title.season ?? 1) }),
      };
      if (!items.has(id)) library.items.push(id);
      items.set(id, item);
      return item;
    },
    removeTitle(id: string): void {
      const item = items.get(id);
      const list = item && libraries.get(item.libraryId)?.items;
      if (list) list.splice(list.indexOf(id), 1);
      items.delete(id);
    },
    /** The family keys states by the title's ids: a new file of the same title finds the old state again. */
    replaceCopy(id: string, addedAt: Instant): void {
      items.set(id, { ...itemOf(id), addedAt });
    },

    setState(userId: string, id: string, state: Partial<FakeState>): void {
      if (!shows.has(id)) itemOf(id);
      write(userId, id, { ...stateOf(userId, id), ...state });
    },
    /** A mark with a date counts a play; one without only makes sure that there is one, and keeps the date it has. */
    mark(userId: string, id: string, at: Instant | undefined): FakeState {
      const before = stateOf(userId, id);
      write(userId, id, {
        ...before,
        played: true,
        playCount: at === undefined ? Math.max(1, before.playCount) : before.playCount + 1,
        lastPlayedAt: at ?? before.lastPlayedAt ?? now(),
        positionMs: 0,
      });
      return stateOf(userId, id);
    },
    unmark(userId: string, id: string): FakeState {
      const { lastPlayedAt: _gone, ...before } = stateOf(userId, id);
      write(userId, id, { ...before, played: false, playCount: 0, positionMs: 0 });
      return stateOf(userId, id);
    },
    finish(userId: string, id: string, at: Instant): FakeState {
      const before = stateOf(userId, id);
      write(userId, id, { ...before, played: true, playCount: before.playCount + 1, lastPlayedAt: at, positionMs: 0 });
      return stateOf(userId, id);
    },
    /** The family counts every start, and takes the played mark away when a watched title is begun again. */
    pauseAt(userId: string, id: string, positionMs: number): FakeState {
      const before = stateOf(userId, id);
      write(userId, id, { ...before, played: false, playCount: before.playCount + 1, lastPlayedAt: now(), positionMs });
      return stateOf(userId, id);
    },
  };
}

export type Shelf = ReturnType<typeof createShelf>;
