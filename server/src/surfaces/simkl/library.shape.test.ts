import { describe, expect, it } from 'vitest';
import type { KeptRewatch, LibraryItem, LibraryType, Slot } from '#features/tracker/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { type Instant, toAtom } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { fc } from '#tests/support/properties.ts';
import { type LibraryView, libraryEntries } from './library.shape.ts';
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

function plainEntries(item: LibraryItem, view: LibraryView): readonly JsonObject[] {
  const own = plainEntry(item, view);
  if (!view.rewatches || view.ids !== undefined) return [own];
  return [{ ...own, is_rewatch: false }, ...(item.rewatches ?? []).map((one) => ({ ...own, ...rewatchOf(item, one, view) }))];
}

/** What of an entry is another in one of its rewatches. */
function rewatchOf(item: LibraryItem, { id, status, plays }: KeptRewatch, view: LibraryView): JsonObject {
  const { entry, media } = item;
  const at = new Map(plays.map((play) => [play.mediaId, play.at]));
  const episodes = entry.episodes.flatMap((one) => (at.has(one.mediaId) ? [{ ...one, at: at.get(one.mediaId) ?? one.at }] : []));
  const regular = episodes.filter((one) => one.season > 0);
  const last = regular.toSorted((one, other) => one.at - other.at || one.season - other.season || one.number - other.number).at(-1);
  const next = entry.episodes.find(
    (one) =>
      one.season > 0 &&
      !at.has(one.mediaId) &&
      (!last || one.season > last.season || (one.season === last.season && one.number > last.number)),
  );
  const days = [...at.values()];
  return {
    is_rewatch: true,
    rewatch_id: id,
    rewatch_status: status,
    last_watched_at: days.length === 0 ? null : plainSeconds(Math.max(...days)),
    ...(media.kind === 'show' && {
      watched_episodes_count: regular.length,
      last_watched: markerOf(last, entry.type),
      next_to_watch: markerOf(next, entry.type),
    }),
    ...(media.kind === 'show' && view.full && { seasons: seasonsOf({ ...item, entry: { ...entry, episodes }, list: 'watching' }, view) }),
  };
}

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
    ...(entry.type === 'anime' && { anime_type: isFilm ? 'movie' : (item.animeType ?? null) }),
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
    ...(view.tvdbSeasons && item.entry.type === 'anime' && { mapped_tvdb_seasons: tvdbSeasonsOf(item) }),
    ...(next && { next_to_watch_info: next }),
  };
}

const tvdbSeasonsOf = ({ tvdbPlaces }: LibraryItem): number[] =>
  [...new Set([...(tvdbPlaces?.values() ?? [])].map((place) => place.season))].sort((one, other) => one - other);

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
    const place = view.tvdbSeasons ? item.tvdbPlaces?.get(`${one.season} ${one.number}`) : undefined;
    const id = one.mediaId === undefined ? undefined : item.episodeIds?.get(one.mediaId);
    return {
      number: one.number,
      ...(view.watchedAt && { watched_at: shown(one.at) }),
      ...(place && { tvdb: { season: place.season, episode: place.number } }),
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
    animeType: maybe(fc.constantFrom('tv', 'special', 'music video') as fc.Arbitrary<NonNullable<LibraryItem['animeType']>>),
    tvdbPlaces: maybe(fc.array(fc.tuple(fc.option(slot), slot), { maxLength: 8 })),
    rewatches: maybe(
      fc.array(
        fc.record({
          id: fc.integer({ min: 1, max: 2_147_483_647 }),
          mediaId: fc.constant(mediaId(1)),
          status: fc.constantFrom('active', 'completed', 'closed') as fc.Arbitrary<KeptRewatch['status']>,
          startedAt: instant,
          plays: fc.array(fc.record({ mediaId: fc.nat(30).map(mediaId), at: instant }), { maxLength: 12 }),
        }),
        { maxLength: 3 },
      ),
    ),
    episodeIds: maybe(fc.array(fc.tuple(fc.nat(30).map(mediaId), fc.nat(9_999_999).map(String))).map((pairs) => new Map(pairs))),
  })
  .map((one) => {
    const {
      type,
      counts,
      isFilm,
      known,
      lastWatchedAt,
      lastWatched,
      nextToWatch,
      episodes,
      title,
      year,
      ids,
      number,
      tvdbPlaces,
      ...rest
    } = one;
    const [watched, total, notAired] = counts;
    const id = mediaId(1);
    const kind = type === 'movies' || (type === 'anime' && isFilm) ? 'movie' : 'show';
    return defined({
      ...rest,
      entry: defined({ mediaId: id, type, modifiedAt: 1, watched, total, notAired, lastWatchedAt, lastWatched, nextToWatch, episodes }),
      media: defined({ id, kind, title, year, ids }),
      number,
      tvdbPlaces: tvdbPlaces && new Map(tvdbPlaces.map(([from, place], at) => [placeText(from ?? episodes[at] ?? place), place])),
      known: known && { complete: false, episodes: known.map(defined) },
    }) as LibraryItem;
  });

function placeText({ season, number }: Slot): string {
  return `${season} ${number}`;
}

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
    rewatches: fc.boolean(),
  })
  .map(defined) as fc.Arbitrary<LibraryView>;

describe('a title of a library', () => {
  it('is written as JSON that reads as what is to be said of it', () => {
    fc.assert(
      fc.property(item, view, (one, asked) => {
        expect(JSON.parse(`[${libraryEntries(one, asked)}]`)).toEqual(JSON.parse(JSON.stringify(plainEntries(one, asked))));
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
