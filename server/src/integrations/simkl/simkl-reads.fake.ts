import type { MoodyReply, MoodyRequest } from '#core/upstreams/moody-http.fake.ts';
import { type Clock, fromIso, type Instant, toIso } from '#kernel/instant.ts';
import { type FakeEntry, type FakeShelf, type FakeSimklTitle, type FakeUser, type SimklQuirks, shelfOf } from './simkl-world.fake.ts';

export type FakeWorld = Readonly<{ titles: readonly FakeSimklTitle[]; user: FakeUser; quirks: SimklQuirks; clock: Clock }>;

const STATUSES = ['watching', 'plantowatch', 'hold', 'completed', 'dropped'];
const KINDS = ['rated_at', 'playback', ...STATUSES, 'removed_from_list'];
const SHELVES: readonly FakeShelf[] = ['shows', 'anime', 'movies'];
const day = (at: Instant | null | undefined): string | null => (at === undefined || at === null ? null : `${toIso(at).slice(0, 19)}Z`);
const UNKNOWN = '1970-01-01T00:00:01Z';

/** What is read of a library; undefined for paths that there are not. */
export function answerRead(world: FakeWorld, { path, query }: MoodyRequest): MoodyReply | undefined {
  if (path === '/users/settings') {
    const { id, name, plan } = world.user;
    return { body: { user: { name, joined_at: '2020-01-01T00:00:00Z' }, account: { id, timezone: 'UTC', type: plan } } };
  }
  if (path === '/sync/activities') return { body: activities(world) };
  const [, area, shelf, status] = /^\/sync\/(all-items|ratings)(?:\/(\w+))?(?:\/(\w+))?$/.exec(path) ?? [];
  if (area === undefined) return undefined;
  const asked = SHELVES.filter((one) => shelf === undefined || shelf === one);
  const word = status === undefined ? undefined : status === 'notinteresting' ? 'dropped' : status;
  const rows = asked.map((one) => [one, rowsOf(world, one, { area, query, ...(word && { status: word }) })] as const);
  const total = rows.reduce((sum, [, some]) => sum + some.length, 0);
  if (word === undefined && total > world.quirks.maxItems) return { status: 400, body: { error: 'max_items', code: 400 } };
  if (total === 0) return { body: emptyAnswer(world, shelf, word) };
  return { body: Object.fromEntries(rows.filter(([, some]) => some.length > 0)) };
}

function emptyAnswer({ quirks }: FakeWorld, shelf: string | undefined, status: string | undefined): string | object {
  if (quirks.dialect === 'legacy') return 'null';
  if (shelf === undefined || (shelf === 'movies' && (status === 'watching' || status === 'hold'))) return {};
  return { [shelf]: [] };
}

function activities({ user, quirks }: FakeWorld): object {
  const { stamps } = user.library;
  const block = (shelf: FakeShelf): object => {
    const kinds = shelf === 'movies' ? KINDS.filter((kind) => kind !== 'watching' && kind !== 'hold') : KINDS;
    const leaves = ['all', ...kinds].map((kind) => {
      const name = kind === 'dropped' && quirks.dialect === 'legacy' ? 'notinteresting' : kind;
      return [name, day(stamps.get(`${shelf}.${kind}`))];
    });
    return Object.fromEntries(leaves);
  };
  return {
    all: day(Math.max(Date.UTC(2020, 0, 1), ...stamps.values())),
    settings: { all: null },
    tv_shows: block('shows'),
    anime: block('anime'),
    movies: block('movies'),
  };
}

type Asked = Readonly<{ area: string; query: MoodyRequest['query']; status?: string }>;

function rowsOf({ titles, user, quirks }: FakeWorld, shelf: FakeShelf, { area, query, status }: Asked): readonly unknown[] {
  const from = query.date_from === undefined ? undefined : (fromIso(query.date_from) ?? 0);
  const changedAt = (entry: FakeEntry): Instant => {
    if (area === 'ratings') return entry.ratingMovedAt ?? 0;
    if (!quirks.deltaByWatchedAt) return entry.modifiedAt;
    return Math.max(entry.watchedAt ?? 0, ...[...entry.episodes.values()].map((at) => at ?? 0));
  };
  return titles.flatMap((title) => {
    const entry = user.library.entries.get(title.number);
    if (!entry || shelfOf(title) !== shelf || (status !== undefined && entry.status !== status)) return [];
    if (from !== undefined && changedAt(entry) <= from) return [];
    return [rowOf(title, entry, query, quirks)];
  });
}

function rowOf(title: FakeSimklTitle, entry: FakeEntry, query: MoodyRequest['query'], quirks: SimklQuirks): object {
  const ids = { simkl: title.number, slug: title.title.toLowerCase().replaceAll(/\W+/g, '-'), ...title.ids };
  const key = title.kind === 'movie' ? 'movie' : 'show';
  if (query.extended === 'simkl_ids_only' || query.extended === 'ids_only') return { [key]: { ids } };
  const slots = title.episodes ?? [];
  const watched = slots.filter(({ season, number }) => entry.episodes.has(`${season}:${number}`));
  return {
    added_to_watchlist_at: day(entry.addedAt),
    last_watched_at: lastWatched(title, entry),
    user_rated_at: entry.rating === undefined ? null : day(entry.ratedAt),
    user_rating: entry.rating ?? null,
    status: entry.status === 'dropped' && quirks.dialect === 'legacy' ? 'notinteresting' : entry.status,
    watched_episodes_count: watched.filter(({ season }) => season > 0).length,
    total_episodes_count: slots.filter(({ season }) => season > 0).length,
    not_aired_episodes_count: 0,
    ...(title.kind === 'anime' && { anime_type: title.animeType ?? 'tv' }),
    [key]: { title: title.title, poster: null, year: title.year, ids },
    ...(listsEpisodes(entry, query) && watched.length > 0 && { seasons: seasonsOf(watched, entry, query) }),
  };
}

function lastWatched(title: FakeSimklTitle, entry: FakeEntry): string | null {
  const ofMovie = title.kind === 'movie' || title.animeType === 'movie';
  const days = ofMovie ? (entry.watchedAt === undefined ? [] : [entry.watchedAt]) : [...entry.episodes.values()];
  if (days.length === 0) return null;
  return day(Math.max(...days.map((at) => at ?? 1_000)));
}

const listsEpisodes = (entry: FakeEntry, query: MoodyRequest['query']): boolean =>
  /^full/.test(query.extended ?? '') && (query.include_all_episodes === 'yes' || !/completed|dropped/.test(entry.status));

function seasonsOf(watched: NonNullable<FakeSimklTitle['episodes']>, entry: FakeEntry, query: MoodyRequest['query']): readonly object[] {
  return [...Map.groupBy(watched, ({ season }) => season)].map(([number, own]) => ({
    number,
    episodes: own.map((slot) => ({
      number: slot.number,
      ...(query.episode_watched_at === 'yes' && { watched_at: day(entry.episodes.get(`${slot.season}:${slot.number}`)) ?? UNKNOWN }),
      ...(query.extended === 'full_anime_seasons' && slot.tvdb && { tvdb: slot.tvdb }),
    })),
  }));
}
