import type { ExportedRecord, ExportedStanding } from '#core/upstreams/index.ts';
import { type KnownPlay, type ListEntry, type Rating, sittingOf, type ViewingState } from '#core/viewing/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Duration, Instant } from '#kernel/instant.ts';

/** All that a file tells of one movie or episode. */
export type ToldViewing = Readonly<{ watches: readonly Readonly<{ at?: Instant }>[]; standing?: ExportedStanding }>;

export type ViewingFacts = Readonly<{
  told: ToldViewing;
  known?: ViewingState;
  plays: readonly KnownPlay[];
  runtimeMs?: Duration;
  now: Instant;
}>;

export type ViewingArrival = Readonly<{
  /** Plays that are new, on their days, or on none. */
  plays: readonly Readonly<{ at?: Instant }>[];
  /** Where the person stands from now on; absent where that does not move. */
  state?: ViewingState;
}>;

/**
 * What a file adds to what is known of a title. It adds: a day that is near a known play's is that play, and only more watches than are
 * known are plays of no day. It takes no mark away, and where somebody un-watched since, that stays. Pure.
 */
export function planViewing({ told, known, plays, runtimeMs, now }: ViewingFacts): ViewingArrival {
  const days = told.watches.flatMap(({ at }) => (at === undefined ? [] : [Math.min(at, now)]));
  const playedAt = plays.flatMap((play) => play.at ?? []);
  const news: { at?: Instant }[] = unknownDays(days, playedAt, sittingOf(runtimeMs)).map((at) => ({ at }));
  for (let count = plays.length + news.length; count < told.watches.length; count += 1) news.push({});
  const state = standingAfter({ told, now, ...(known && { known }) });
  return { plays: news, ...(state && { state }) };
}

/**
 * The days that stand for no known one, each of which is taken once. Equal ones belong together; of the others as many as can be are paired, in
 * their order: were each given its nearest, what one day took could leave another without, and the same file would bring it once more.
 */
function unknownDays(days: readonly Instant[], known: readonly Instant[], within: Duration): readonly Instant[] {
  const free = known.toSorted((one, other) => one - other);
  const others = days
    .toSorted((one, other) => one - other)
    .filter((day) => {
      const equal = free.indexOf(day);
      if (equal >= 0) free.splice(equal, 1);
      return equal < 0;
    });
  let next = 0;
  return others.filter((day) => {
    while (next < free.length && (free[next] ?? 0) < day - within) next += 1;
    const isKnown = next < free.length && (free[next] ?? 0) <= day + within;
    if (isKnown) next += 1;
    return !isKnown;
  });
}

function standingAfter({
  told,
  known,
  now,
}: Readonly<{ told: ToldViewing; known?: ViewingState; now: Instant }>): ViewingState | undefined {
  const { standing } = told;
  const lastDay = told.watches.reduce<Instant | undefined>(
    (last, { at }) => (at === undefined ? last : Math.max(at, last ?? 0)),
    undefined,
  );
  const isWatched = standing?.watched ?? told.watches.length > 0;
  const since = Math.min(standing?.at ?? lastDay ?? now, now);
  if (known === undefined) return firstStanding({ isWatched, since, standing, everWatched: told.watches.length > 0 });
  if (isWatched && !known.watched && since > (known.unwatchedAt ?? Number.NEGATIVE_INFINITY)) {
    const { unwatchedAt: _, ...rest } = known;
    return { ...rest, watched: true, changedAt: since, positionMs: 0, positionAt: Math.max(since, known.positionAt ?? 0) };
  }
  const position = standing?.position;
  if (known.watched || position === undefined || (position.at ?? 0) <= (known.positionAt ?? 0)) return undefined;
  return { ...known, positionMs: position.ms, ...(position.at !== undefined && { positionAt: position.at }) };
}

type FirstStanding = Readonly<{
  isWatched: boolean;
  since: Instant;
  standing: ExportedStanding | undefined;
  everWatched: boolean;
}>;

function firstStanding({ isWatched, since, standing, everWatched }: FirstStanding): ViewingState | undefined {
  if (!isWatched && standing === undefined) return undefined;
  const { ms: positionMs = 0, at: positionAt } = standing?.position ?? {};
  return {
    watched: isWatched,
    changedAt: since,
    // Plays without the mark: somebody took it away, as far as the file tells.
    ...(!isWatched && everWatched && { unwatchedAt: since }),
    positionMs,
    ...(positionAt !== undefined && { positionAt }),
  };
}

export type TitleFacts = Readonly<{
  told: ExportedRecord;
  mediaId: MediaId;
  list?: ListEntry;
  rating?: Rating;
  hasMemo: boolean;
  now: Instant;
}>;

export type TitleArrival = Readonly<{
  list?: ListEntry;
  rating?: Rating;
  memo?: NonNullable<ExportedRecord['memo']>;
  /** What is here already and was kept, though the file says something else. */
  kept: readonly string[];
}>;

/** Lists, ratings and memos: what is not here comes in, a newer rating replaces an older one, and everything else here stays. Pure. */
export function planTitle(facts: TitleFacts): TitleArrival {
  const { told, mediaId, list, hasMemo, now } = facts;
  const kept: string[] = [];
  const since = Math.min(told.list?.at ?? now, now);
  if (told.list && list && list.list !== told.list.name)
    kept.push(`it is on the list "${list.list}" here, and on "${told.list.name}" there`);
  if (told.memo && hasMemo) kept.push('it has a memo here');
  const rating = ratingAfter(facts, kept);
  return {
    ...(told.list && list === undefined && { list: { mediaId, list: told.list.name, since, changedAt: now } }),
    ...(rating && { rating }),
    ...(told.memo && !hasMemo && { memo: told.memo }),
    kept,
  };
}

function ratingAfter({ told: { rating: told }, mediaId, rating: known, now }: TitleFacts, kept: string[]): Rating | undefined {
  if (told === undefined) return undefined;
  if (known === undefined || (told.at !== undefined && told.at > known.ratedAt))
    return { mediaId, rating: told.value, ratedAt: Math.min(told.at ?? now, now) };
  if (known.rating !== told.value) kept.push(`it is rated ${known.rating} here, and ${told.value} there, which is not newer`);
  return undefined;
}
