import type { Clock, Instant } from '#kernel/instant.ts';

export type FakeSlot = Readonly<{ season: number; number: number; tvdb?: Readonly<{ season: number; episode: number }> }>;

/** A title of the catalogue. Anime counts its episodes in season 1, each season being a title of its own. */
export type FakeSimklTitle = Readonly<{
  kind: 'movie' | 'show' | 'anime';
  number: number;
  title: string;
  year: number;
  ids: Readonly<Record<string, string>>;
  animeType?: 'tv' | 'movie';
  episodes?: readonly FakeSlot[];
  ended?: boolean;
}>;

export type FakeEntry = {
  status: string;
  addedAt: Instant;
  /** Null: nobody knows the day. */
  watchedAt?: Instant | null;
  rating?: number;
  ratedAt?: Instant;
  /** Also where it was taken back. */
  ratingMovedAt?: Instant;
  /** `2:7` to the day, null where nobody knows it. */
  episodes: Map<string, Instant | null>;
  modifiedAt: Instant;
};

export type FakeShelf = 'movies' | 'shows' | 'anime';
export const shelfOf = (title: FakeSimklTitle): FakeShelf =>
  title.kind === 'movie' ? 'movies' : title.kind === 'show' ? 'shows' : 'anime';
const isMovie = (title: FakeSimklTitle): boolean => title.kind === 'movie' || title.animeType === 'movie';

export type FakeLibrary = ReturnType<typeof createFakeLibrary>;

/** One person's library, with the days that Simkl keeps of its changes. Nothing remembers what was taken out but one of them. */
export function createFakeLibrary(clock: Clock) {
  const entries = new Map<number, FakeEntry>();
  const stamps = new Map<string, Instant>();
  let last = 0;

  function touch(title: FakeSimklTitle, kinds: readonly string[], entry?: FakeEntry): void {
    // Published in seconds: two changes of one second must not look like one.
    last = Math.max(clock.now(), last + 1);
    for (const kind of ['all', ...kinds]) stamps.set(`${shelfOf(title)}.${kind}`, last);
    if (entry) entry.modifiedAt = last;
  }

  function entryOf(title: FakeSimklTitle, status: string, addedAt = clock.now()): FakeEntry {
    const known = entries.get(title.number);
    if (known) return known;
    const made: FakeEntry = { status, addedAt, episodes: new Map(), modifiedAt: 0 };
    entries.set(title.number, made);
    return made;
  }

  function settle(title: FakeSimklTitle, entry: FakeEntry, before: string | undefined): void {
    const regular = (title.episodes ?? []).filter(({ season }) => season > 0);
    const done = regular.length > 0 && regular.every(({ season, number }) => entry.episodes.has(`${season}:${number}`));
    if (title.ended === true && done) entry.status = 'completed';
    else if (entry.status === 'plantowatch' || entry.status === 'hold') entry.status = 'watching';
    touch(title, before !== undefined && before !== entry.status ? [before, entry.status] : [entry.status], entry);
  }

  function complete(title: FakeSimklTitle, entry: FakeEntry): void {
    if (isMovie(title)) entry.watchedAt ??= clock.now();
    for (const { season, number } of title.episodes ?? []) {
      const slot = `${season}:${number}`;
      if (season > 0 && !entry.episodes.has(slot)) entry.episodes.set(slot, clock.now());
    }
  }

  function watchMovie(title: FakeSimklTitle, at: Instant | null): number {
    const before = entries.get(title.number)?.status;
    const entry = entryOf(title, 'completed');
    if (entry.watchedAt !== undefined) return 0;
    entry.watchedAt = at;
    entry.status = 'completed';
    touch(title, before === undefined || before === 'completed' ? ['completed'] : [before, 'completed'], entry);
    return 1;
  }

  return {
    entries,
    stamps,

    /** Answers how much was new. A repeat is none. */
    watch(
      title: FakeSimklTitle,
      slots: readonly Readonly<{ slot?: FakeSlot; at: Instant | null }>[],
    ): Readonly<{ titles: number; episodes: number }> {
      if (isMovie(title)) return { titles: watchMovie(title, slots[0]?.at ?? null), episodes: 0 };
      const before = entries.get(title.number)?.status;
      const entry = entryOf(title, 'watching');
      const fresh = slots.flatMap(({ slot, at }) => (slot && !entry.episodes.has(`${slot.season}:${slot.number}`) ? [{ slot, at }] : []));
      for (const { slot, at } of fresh) entry.episodes.set(`${slot.season}:${slot.number}`, at);
      if (fresh.length > 0 || before === undefined) settle(title, entry, before);
      return { titles: before === undefined ? 1 : 0, episodes: fresh.length };
    },

    unwatch(title: FakeSimklTitle, slots: readonly FakeSlot[]): number {
      const entry = entries.get(title.number);
      if (!entry) return 0;
      const gone = slots.filter(({ season, number }) => entry.episodes.delete(`${season}:${number}`));
      if (gone.length > 0) {
        if (entry.status === 'completed') entry.status = 'watching';
        touch(title, [entry.status], entry);
      }
      return gone.length;
    },

    /** With its history, its place and its rating; nothing but a day tells of it afterwards. */
    remove(title: FakeSimklTitle): boolean {
      const entry = entries.get(title.number);
      if (!entry) return false;
      entries.delete(title.number);
      touch(title, ['removed_from_list', ...(entry.rating === undefined ? [] : ['rated_at'])]);
      return true;
    },

    /** Answers where it was put in the end. */
    list(title: FakeSimklTitle, to: string): string {
      const final = finalList(title, to);
      const before = entries.get(title.number)?.status;
      const entry = entryOf(title, final);
      entry.status = final;
      if (final === 'completed') complete(title, entry);
      touch(title, before === undefined || before === final ? [final] : [before, final], entry);
      return final;
    },

    /** What was on no list is put on one; what was, comes in no delta for it. */
    rate(title: FakeSimklTitle, rating: number, at: Instant): void {
      const isNew = !entries.has(title.number);
      const entry = entryOf(title, isMovie(title) ? 'completed' : 'watching');
      if (isNew && isMovie(title)) entry.watchedAt = clock.now();
      entry.rating = rating;
      entry.ratedAt = at;
      entry.ratingMovedAt = clock.now();
      touch(title, isNew ? ['rated_at', entry.status] : ['rated_at'], isNew ? entry : undefined);
    },

    unrate(title: FakeSimklTitle): void {
      const entry = entries.get(title.number);
      if (entry?.rating === undefined) return;
      delete entry.rating;
      entry.ratingMovedAt = clock.now();
      touch(title, ['rated_at']);
    },
  };
}

function finalList(title: FakeSimklTitle, to: string): string {
  if (isMovie(title)) return to === 'watching' ? 'completed' : to;
  return to === 'completed' && title.ended !== true ? 'watching' : to;
}

export type FakeUser = {
  id: number;
  name: string;
  plan: 'free' | 'pro' | 'vip';
  library: FakeLibrary;
  callsToday: number;
  callsPerDay: number;
};

/** What some releases and some days of the real one do. */
export type SimklQuirks = {
  /** `legacy`: an empty answer is null, and `dropped` has its old name. */
  dialect: 'legacy' | 'modern';
  /** Deltas go by the day of watching, so that what is entered late never shows. */
  deltaByWatchedAt: boolean;
  /** Whole libraries of more titles than this are refused. */
  maxItems: number;
  /** Enforces ten reads and one write a second. */
  strictPace: boolean;
};
