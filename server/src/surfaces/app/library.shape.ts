import { type Static, Type } from 'typebox';
import type { KnownEpisode } from '#core/media/index.ts';
import { type ListedTitle, MEMO_LENGTH, type NextUp, type TitleStanding } from '#features/tracker/index.ts';
import { type Instant, toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import { Medium } from './contract-media.ts';
import { Count, OneOf, OrNull, PageQuery, PersonQuery, strict, Text, Time } from './contract-words.ts';
import { mediumShape } from './media.shape.ts';

export const ListName = OneOf(['watching', 'plantowatch', 'hold', 'completed', 'dropped']);
export const ShelfName = OneOf(['movies', 'shows', 'anime']);
const Stars = Type.Integer({ minimum: 1, maximum: 10 });

const Slot = Type.Object({ season: Count, number: Count });
const Memo = Type.Object({ text: Type.String(), private: Type.Boolean() });

/** How a title stands with a person: what they said of it, and what is counted. */
export const Standing = Type.Object({
  title: Type.Integer(),
  kind: OneOf(['movie', 'show']),
  shelf: ShelfName,
  list: OrNull(ListName),
  listed_since: OrNull(Time),
  rating: OrNull(Stars),
  rated_at: OrNull(Time),
  memo: OrNull(Memo),
  watched: Type.Integer({ minimum: 0, description: 'Regular episodes of a show that are watched' }),
  total: Count,
  not_aired: Count,
  last_watched_at: OrNull(Time),
  next: OrNull(Slot),
});
export type Standing = Static<typeof Standing>;

export const RatingWish = Type.Object({ rating: Stars }, strict);
export const ListWish = Type.Object({ list: ListName }, strict);
export const MemoWish = Type.Object({ text: Text(MEMO_LENGTH), private: Type.Optional(Type.Boolean({ default: true })) }, strict);

/** The first second of 1970 stands for a day that nobody knows. */
const UNKNOWN_DAY = 1_000;
const dayOrNull = (at: Instant | undefined): string | null => (at === undefined || at <= UNKNOWN_DAY ? null : toIso(at));

const memoShape = (memo: ListedTitle['memo']) => (memo ? { text: memo.text, private: memo.isPrivate } : null);

export const standingShape = ({ title, list, rating, memo, counts }: TitleStanding): Standing => ({
  title: title.mediaId,
  kind: title.kind,
  shelf: title.type,
  list: list?.name ?? null,
  listed_since: isoOrNull(list?.since),
  rating: rating?.rating ?? null,
  rated_at: isoOrNull(rating?.ratedAt),
  memo: memoShape(memo),
  watched: counts?.watched ?? 0,
  total: counts?.total ?? 0,
  not_aired: counts?.notAired ?? 0,
  last_watched_at: dayOrNull(counts?.lastWatchedAt),
  next: counts?.next ? { ...counts.next } : null,
});

export const Listed = Type.Object({
  title: Medium,
  shelf: ShelfName,
  list: ListName,
  listed_since: Time,
  list_changed_at: Time,
  watched: Count,
  total: Count,
  not_aired: Count,
  last_watched_at: OrNull(Time),
  last_watched: OrNull(Slot),
  next: OrNull(Slot),
  next_air_at: OrNull(Time),
  rating: OrNull(Stars),
  rated_at: OrNull(Time),
  memo: OrNull(Memo),
});
export type Listed = Static<typeof Listed>;

export const listedShape = (one: ListedTitle): Listed => ({
  title: mediumShape(one.media),
  shelf: one.type,
  list: one.list,
  listed_since: toIso(one.since),
  list_changed_at: toIso(one.changedAt),
  watched: one.watched,
  total: one.total,
  not_aired: one.notAired,
  last_watched_at: dayOrNull(one.lastWatchedAt),
  last_watched: one.lastWatched ? { ...one.lastWatched } : null,
  next: one.nextToWatch ? { ...one.nextToWatch } : null,
  next_air_at: isoOrNull(one.nextAirAt),
  rating: one.rating?.rating ?? null,
  rated_at: isoOrNull(one.rating?.ratedAt),
  memo: memoShape(one.memo),
});

const EpisodeShown = Type.Object({
  id: OrNull(Type.Integer({ description: 'Null where nobody has a copy of it' })),
  season: Count,
  number: Count,
  title: OrNull(Type.String()),
  aired_at: OrNull(Time),
  runtime_ms: OrNull(Type.Number()),
});
export const NextListed = Type.Object({ show: Listed, episode: OrNull(EpisodeShown) });

const episodeShape = (one: KnownEpisode) => ({
  id: one.mediaId ?? null,
  season: one.season,
  number: one.number,
  title: one.title ?? null,
  aired_at: isoOrNull(one.airedAt),
  runtime_ms: one.runtimeMs ?? null,
});
export const nextShape = ({ episode, ...show }: NextUp) => ({ show: listedShape(show), episode: episode ? episodeShape(episode) : null });

export const LibraryQuery = Type.Object({
  ...PageQuery,
  ...PersonQuery,
  shelf: Type.Optional(Type.Array(ShelfName, { maxItems: 3 })),
  list: Type.Optional(Type.Array(ListName, { maxItems: 5 })),
  text: Type.Optional(Text(200)),
  rated: Type.Optional(Type.Boolean()),
  sort: OneOf(['title', 'year', 'added', 'watched', 'rating', 'rated', 'changed'], { default: 'changed' }),
  order: Type.Optional(OneOf(['up', 'down'])),
});
export const LibraryCounts = Type.Object({
  lists: Type.Array(Type.Object({ shelf: ShelfName, list: ListName, count: Count })),
  ratings: Type.Array(Type.Object({ shelf: ShelfName, rating: Stars, count: Count })),
});
