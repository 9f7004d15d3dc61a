import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LibraryItem, LibraryType, Slot } from '#features/tracker/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { type Instant, toAtom } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { type LibraryView, libraryEntry } from './library.shape.ts';
import { wordOfList } from './list-words.ts';
import { idsOf, slugOf } from './title-object.ts';
import { secondsOf } from './told-title.ts';

/** What is to be said of a title, as plain objects: what is written must read as this, whatever the title and the view. */
const plainSeconds = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
const shown = (at: Instant | undefined): string | null => (at === undefined ? null : plainSeconds(at));
const minutesOf = (ms: number | undefined): number | null => (ms === undefined ? null : Math.round(ms / 60_000));
const two = (number: number): string => String(number).padStart(2, '0');

/** `S01E02`; of anime, which has no seasons of its own, `E2`, unless a server counts in seasons. */
const markerOf = (slot: Slot | undefined, type: LibraryType): string | null => {
  if (slot === undefined) return null;
  return type === 'anime' && slot.season === 1 ? `E${slot.number}` : `S${two(slot.season)}E${two(slot.number)}`;
};

const keyOf = (type: LibraryType): 'movie' | 'show' => (type === 'movies' ? 'movie' : 'show');

/** One title of a library, as an answer shows it. Anime lies under `show`, films among them too. */
function plainEntry(item: LibraryItem, view: LibraryView): JsonObject {
  const { entry, media } = item;
  const key = keyOf(entry.type);
  if (view.ids === 'own') return { [key]: { ids: { simkl: item.number, slug: slugOf(media.title) } } };
  if (view.ids === 'all') return { [key]: { ids: idsOf(item) } };
  const isMovie = entry.type === 'movies';
  const isFilm = media.kind === 'movie';
  return {
    added_to_watchlist_at: plainSeconds(item.since),
    last_watched_at: shown(entry.lastWatchedAt),
    user_rated_at: shown(item.rating?.ratedAt),
    user_rating: item.rating?.rating ?? null,
    status: wordOfList(item.list, view.app),
    ...(!isMovie && { last_watched: markerOf(entry.lastWatched, entry.type), next_to_watch: markerOf(entry.nextToWatch, entry.type) }),
    ...countsOf(item),
    ...(entry.type === 'anime' && { anime_type: isFilm ? 'movie' : null }),
    [key]: {
      title: media.title,
      poster: null,
      year: media.year ?? null,
      ...(view.full && { runtime: minutesOf(item.length) }),
      ids: idsOf(item),
    },
    ...(!isFilm && detailsOf(item, view)),
    ...(view.memos && { memo: item.memo === undefined ? {} : { text: item.memo.text, is_private: item.memo.isPrivate } }),
  };
}

/** A film among the anime is its own one episode. */
function countsOf({ entry, media }: LibraryItem): JsonObject {
  const isOne = entry.type === 'anime' && media.kind === 'movie';
  return {
    watched_episodes_count: isOne ? Number(entry.lastWatchedAt !== undefined) : entry.watched,
    total_episodes_count: isOne ? 1 : entry.total,
    not_aired_episodes_count: entry.notAired,
  };
}

const BEGUN = new Set(['watching', 'plantowatch', 'hold']);

function detailsOf(item: LibraryItem, view: LibraryView): JsonObject {
  const seasons = view.full && (view.allEpisodes !== 'no' || BEGUN.has(item.list)) ? seasonsOf(item, view) : undefined;
  const next = view.nextInfo && item.list === 'watching' ? nextInfo(item) : undefined;
  return {
    ...(seasons && { seasons }),
    ...(view.tvdbSeasons &&
      item.entry.type === 'anime' && { mapped_tvdb_seasons: [...new Set(item.entry.episodes.map((one) => one.season))] }),
    ...(next && { next_to_watch_info: next }),
  };
}

type Shown = Slot & Readonly<{ at?: Instant; mediaId?: LibraryItem['entry']['mediaId'] }>;

/** Of what somebody called completed as a whole, every episode that is out was watched when the last one was. */
function shownEpisodes({ entry, known, list }: LibraryItem, view: LibraryView): readonly Shown[] {
  if (view.allEpisodes !== 'yes' || list !== 'completed') return entry.episodes;
  const seen = new Set(entry.episodes.map((one) => `${one.season} ${one.number}`));
  const at = entry.lastWatchedAt === undefined ? {} : { at: entry.lastWatchedAt };
  const rest = (known?.episodes ?? []).filter((one) => one.season > 0 && !seen.has(`${one.season} ${one.number}`));
  return [...entry.episodes, ...rest.map(({ season, number }) => ({ season, number, ...at }))].sort(
    (one, other) => one.season - other.season || one.number - other.number,
  );
}

function seasonsOf(item: LibraryItem, view: LibraryView): JsonObject['seasons'] {
  const runtimes = view.runtimes
    ? new Map((item.known?.episodes ?? []).map((one) => [`${one.season} ${one.number}`, one.runtimeMs]))
    : undefined;
  const episodeOf = (one: Shown): JsonObject => {
    const id = one.mediaId === undefined ? undefined : item.episodeIds?.get(one.mediaId);
    return {
      number: one.number,
      ...(view.watchedAt && { watched_at: shown(one.at) }),
      ...(view.tvdbSeasons && item.entry.type === 'anime' && { tvdb: { season: one.season, episode: one.number } }),
      ...(view.tvdbIds && id !== undefined && { ids: { tvdb_id: Number(id) } }),
      ...(runtimes && { runtime: minutesOf(runtimes.get(`${one.season} ${one.number}`)) }),
    };
  };
  return [...Map.groupBy(shownEpisodes(item, view), (one) => one.season)].map(([number, episodes]) => ({
    number,
    episodes: episodes.map(episodeOf),
  }));
}

function nextInfo({ entry, known }: LibraryItem): JsonObject | undefined {
  const { nextToWatch: next } = entry;
  if (next === undefined) return undefined;
  const episode = known?.episodes.find((one) => one.season === next.season && one.number === next.number);
  return {
    title: episode?.title ?? `Episode ${next.number}`,
    ...(entry.type !== 'anime' && { season: next.season }),
    episode: next.number,
    date: episode?.airedAt === undefined ? null : toAtom(episode.airedAt),
  };
}

const DAY = 86_400_000;
const instant = fc.integer({ min: 0, max: Math.floor(Date.UTC(2400, 0, 1) / 1_000) }).map((second) => second * 1_000);
const loose = fc.integer({ min: 0, max: Date.UTC(2400, 0, 1) });
const slot = fc.record({ season: fc.nat(12), number: fc.integer({ min: 1, max: 1_200 }) });
const text = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('Amélie "the" \\ film', "Ocean's 11", '進撃の巨人', '', '</script>\u2028'),
);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const unique = <T extends Slot>(slots: readonly T[]): T[] => [
  ...new Map(slots.map((one) => [`${one.season} ${one.number}`, one])).values(),
];
const inOrder = <T extends Slot>(slots: readonly T[]): T[] =>
  unique(slots).toSorted((one, other) => one.season - other.season || one.number - other.number);

const item: fc.Arbitrary<LibraryItem> = fc
  .record({
    type: fc.constantFrom<LibraryType>('shows', 'anime', 'movies'),
    isFilm: fc.boolean(),
    list: fc.constantFrom('watching', 'plantowatch', 'hold', 'completed', 'dropped') as fc.Arbitrary<LibraryItem['list']>,
    since: loose,
    counts: fc.tuple(fc.nat(500), fc.nat(500), fc.nat(20)),
    lastWatchedAt: maybe(instant),
    lastWatched: maybe(slot),
    nextToWatch: maybe(slot),
    episodes: fc.array(fc.record({ ...slotParts(), at: instant, mediaId: fc.nat(30).map(mediaId) }), { maxLength: 8 }).map(inOrder),
    title: text,
    year: maybe(fc.integer({ min: 1900, max: 2100 })),
    ids: fc.dictionary(fc.constantFrom('imdb', 'tmdb', 'tvdb', 'simkl', 'slug', 'my own'), text, { maxKeys: 4 }),
    number: fc.integer({ min: 1, max: 2_147_483_647 }),
    rating: maybe(fc.record({ rating: fc.integer({ min: 1, max: 10 }), ratedAt: loose })),
    length: maybe(fc.integer({ min: 0, max: 40_000_000 })),
    known: maybe(
      fc
        .array(
          fc.record({
            ...slotParts(),
            title: maybe(text),
            airedAt: maybe(fc.nat(40_000).map((day) => day * DAY)),
            runtimeMs: maybe(fc.nat(9_000_000)),
          }),
          {
            maxLength: 8,
          },
        )
        .map(inOrder),
    ),
    memo: maybe(fc.record({ text, isPrivate: fc.boolean() })),
    episodeIds: maybe(fc.array(fc.tuple(fc.nat(30).map(mediaId), fc.nat(9_999_999).map(String))).map((pairs) => new Map(pairs))),
  })
  .map((one) => {
    const { type, counts, isFilm, known, lastWatchedAt, lastWatched, nextToWatch, episodes, title, year, ids, number, ...rest } = one;
    const [watched, total, notAired] = counts;
    const id = mediaId(1);
    const kind = type === 'movies' || (type === 'anime' && isFilm) ? 'movie' : 'show';
    return defined({
      ...rest,
      entry: defined({ mediaId: id, type, modifiedAt: 1, watched, total, notAired, lastWatchedAt, lastWatched, nextToWatch, episodes }),
      media: defined({ id, kind, title, year, ids }),
      number,
      known: known && { complete: false, episodes: known.map(defined) },
    }) as LibraryItem;
  });

function slotParts() {
  return { season: fc.nat(12), number: fc.integer({ min: 1, max: 1_200 }) };
}

function defined<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}

const view: fc.Arbitrary<LibraryView> = fc
  .record({
    app: fc.record({ dialect: fc.constantFrom('legacy', 'current') }) as unknown as fc.Arbitrary<LibraryView['app']>,
    ids: fc.constantFrom(undefined, undefined, undefined, 'all' as const, 'own' as const),
    full: fc.boolean(),
    tvdbSeasons: fc.boolean(),
    watchedAt: fc.boolean(),
    allEpisodes: fc.constantFrom('no' as const, 'yes' as const, 'original' as const),
    tvdbIds: fc.boolean(),
    runtimes: fc.boolean(),
    nextInfo: fc.boolean(),
    memos: fc.boolean(),
  })
  .map(defined) as fc.Arbitrary<LibraryView>;

describe('a title of a library', () => {
  it('is written as JSON that reads as what is to be said of it', () => {
    fc.assert(
      fc.property(item, view, (one, asked) => {
        expect(JSON.parse(libraryEntry(one, asked))).toEqual(JSON.parse(JSON.stringify(plainEntry(one, asked))));
      }),
      { numRuns: 2_000 },
    );
  });

  it('has its days to the second', () => {
    fc.assert(fc.property(loose, (at) => void expect(secondsOf(at)).toBe(plainSeconds(at))));
    for (const at of [0, 999, 1_000, DAY - 1, DAY, Date.UTC(2024, 1, 29, 23, 59, 59, 999)]) expect(secondsOf(at)).toBe(plainSeconds(at));
  });

  it('has a name for addresses that is the same with and without a look at all of Unicode', () => {
    const plainSlug = (title: string): string =>
      title
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/\p{M}|['’]/gu, '')
        .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
        .replaceAll(/^-|-$/g, '');
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme-ascii' }), text), (title) => void expect(slugOf(title)).toBe(plainSlug(title))),
    );
    expect(slugOf("Ocean's Eleven (2001)!")).toBe('oceans-eleven-2001');
  });
});
