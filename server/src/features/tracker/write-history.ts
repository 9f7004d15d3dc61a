import type { TitleClaim } from '#core/media/index.ts';
import { createLists, createRatings, type ListName } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { noteRated } from './library.store.ts';
import { createMemos } from './memos.store.ts';
import type { RewatchStatus } from './plan-rewatches.ts';
import {
  type EpisodeWord,
  filmIn,
  type Numbering,
  planTitleWatch,
  type TitleWatchPlan,
  type TitleWord,
  unknownSeasons,
} from './plan-title-watch.ts';
import { toldDay } from './plan-watch.ts';
import type { Projection, Standing } from './project.ts';
import type { createNumbering, PlainWord } from './read-numbering.ts';
import { type KnownShows, type LooseEpisode, type MeantEpisode, type Words, wholeOf } from './read-words.ts';
import { type Recorded, recordWatches, type WatchWord } from './record-watches.ts';
import type { KeptRewatch } from './rewatches.store.ts';
import { daysBefore, type RewatchAsked, type Rewatches, type RewatchWord } from './rewatches.ts';
import type { Database, StampedTx, Stamps } from './stamps.store.ts';
import { type LibraryTitle, touchPlayback } from './title-types.store.ts';

/** What an app says of one title: that it was watched, where it belongs, what the person thinks of it. */
export type HistoryWord = TitleWord & Readonly<{ claim: TitleClaim; rating?: number; numbering?: Numbering; rewatch?: RewatchWord }>;

export type HistoryWish = Readonly<{
  titles: readonly HistoryWord[];
  episodes: readonly LooseEpisode[];
  skipAutoWatching?: boolean;
  /** What was watched before is a time more; without it, a word on it is kept as a play at most. */
  allowRewatch?: boolean;
}>;

/** What came of one title, in the order of the wish. */
export type HistoryOutcome =
  | Readonly<{ found: false }>
  | Readonly<{
      found: true;
      title: LibraryTitle;
      /** Absent where it is on none, because nothing that was named of it is known. */
      list?: ListName;
      /** The title is new in the library, or something of it is newly watched. */
      isNews: boolean;
      newEpisodes: number;
      /** Episodes that were named and that nobody knows. */
      missing: readonly EpisodeWord[];
      /** The time more that it is a part of. */
      rewatch?: Readonly<{ id: number; status: RewatchStatus }>;
    }>;

export type HistoryResult = Readonly<{
  titles: readonly HistoryOutcome[];
  /** Of each episode that was named by itself: whether it is known, and whether it was not watched before. */
  episodes: readonly Readonly<{ found: boolean; isNews: boolean; show?: Standing }>[];
}>;

export type HistoryWriterDeps = Readonly<{
  database: Database;
  clock: Clock;
  stamps: Stamps;
  projection: Projection;
  words: Words;
  rewatches: Rewatches;
  numbering: ReturnType<typeof createNumbering>;
  /** The person's servers are told of these marks, and who else listens. */
  tellHouse(tx: StampedTx, media: ReadonlySet<MediaId>): Promise<void>;
}>;

type Meant = Readonly<{
  word: HistoryWord;
  title?: LibraryTitle;
  plan: TitleWatchPlan;
  episodes: readonly MeantEpisode<EpisodeWord>[];
  /** What of it nobody can tell. */
  missing: readonly EpisodeWord[];
  listed?: ListName;
  /** All that is out of it; undefined where nobody can tell. */
  whole?: readonly MediaId[];
}>;

const EVENT = 'app.history';
const NOTHING: TitleWatchPlan = { episodes: [] };

/** Takes what apps tell of watching into the one history, in one transaction, so that what they ask next shows it. */
export function createHistoryWriter({ database, clock, stamps, projection, words, numbering, rewatches, tellHouse }: HistoryWriterDeps) {
  async function mean(person: PersonId, wish: HistoryWish): Promise<readonly Meant[]> {
    const titles = await words.titles(wish.titles, words.MAKE);
    const shows = await words.shows(titles);
    const plain = await numbering.plain(wish.titles, titles, shows, { outBy: clock.now() });
    const listed = await createLists(database).of(
      person,
      titles.flatMap((title) => title?.mediaId ?? []),
    );
    const plans = wish.titles.map((word, index) =>
      planFor(asPlain(word, plain[index]), titles[index], shows, { wish, listed: listed.get(titles[index]?.mediaId as MediaId)?.list }),
    );
    const named = plans.flatMap((plan, index) => {
      const show = titles[index]?.mediaId;
      return show === undefined ? [] : plan.episodes.map((episode) => ({ ...episode, show, index }));
    });
    const byTitle = Map.groupBy(await words.episodes(named, shows, words.MAKE), (one) => one.word.index);
    return wish.titles.map((word, index) => {
      const title = titles[index];
      return {
        word,
        plan: plans[index] ?? NOTHING,
        episodes: byTitle.get(index) ?? [],
        missing: [...(plain[index]?.missing ?? []), ...unknownIn(title, plain[index], shows)],
        ...(title && { title, ...aboutRewatch(title, shows, listed.get(title.mediaId)?.list) }),
      };
    });
  }

  const unknownIn = (title: LibraryTitle | undefined, word: PlainWord | undefined, shows: KnownShows): readonly EpisodeWord[] => {
    if (title?.kind === 'movie') return filmIn(word?.seasons ?? []).missing;
    return title === undefined ? [] : unknownSeasons(word?.seasons, words.episodesOf(shows, title.mediaId));
  };

  function planFor(
    word: HistoryWord,
    title: LibraryTitle | undefined,
    shows: KnownShows,
    { wish, listed }: Readonly<{ wish: HistoryWish; listed: ListName | undefined }>,
  ): TitleWatchPlan {
    if (title === undefined) return NOTHING;
    const status = shows.facts.get(title.mediaId)?.status;
    return planTitleWatch({
      kind: title.kind,
      word,
      known: words.episodesOf(shows, title.mediaId),
      skipAutoWatching: wish.skipAutoWatching === true,
      now: clock.now(),
      ...(status !== undefined && { status }),
      ...(listed !== undefined && { listed }),
    });
  }

  return {
    async addToHistory(person: PersonId, wish: HistoryWish): Promise<HistoryResult> {
      const meant = await mean(person, wish);
      const loose = await words.looseEpisodes(wish.episodes, words.MAKE);
      const now = clock.now();
      const watches = [
        ...meant.flatMap((one) => watchesOf(one, now)),
        ...loose.flatMap((mediaId, index) =>
          mediaId === undefined ? [] : [{ mediaId, day: toldDay(wish.episodes[index]?.day, now), event: EVENT }],
        ),
      ];
      return stamps.withinStamp(person, async (tx) => {
        const before = wish.allowRewatch === true ? await daysBefore(tx, watches) : undefined;
        const recorded = await recordWatches(tx, watches, now);
        const again = before && (await rewatches.record(tx, rewatchesIn(meant, recorded, now), before, now));
        await touchPlayback(tx, recorded.ended, clock);
        await keepWords(tx, meant);
        const ids = meant.flatMap((one) => one.title?.mediaId ?? []);
        const standings = await projection.project(tx, [...ids, ...loose.flatMap((id) => id ?? [])], wishesOf(meant, again?.done));
        await noteRated(
          tx,
          meant.flatMap(({ word, title }) => (title && word.rating !== undefined ? title : [])),
        );
        await tellHouse(tx, new Set([...recorded.changed, ...(again?.changed ?? [])]));
        return {
          titles: outcomesOf(meant, recorded, standings, again?.done),
          episodes: loose.map((mediaId) => ({
            found: mediaId !== undefined,
            isNews: mediaId !== undefined && recorded.added.has(mediaId),
          })),
        };
      });
    },
  };

  function aboutRewatch(title: LibraryTitle, shows: KnownShows, listed: ListName | undefined): Pick<Meant, 'listed' | 'whole'> {
    const whole = wholeOf(title, shows, clock.now());
    return { ...(whole && { whole }), ...(listed && { listed }) };
  }

  /** Ratings and memos of titles: by now each is known. */
  async function keepWords(tx: StampedTx, meant: readonly Meant[]): Promise<void> {
    const ratings = meant.flatMap(({ word, title }) =>
      title === undefined || word.rating === undefined ? [] : [{ mediaId: title.mediaId, rating: word.rating, ratedAt: tx.at }],
    );
    await createRatings(tx.handle).put(tx.person, ratings);
    const memos = new Map(
      meant.flatMap(({ word, title }) => (title === undefined || word.memo === undefined ? [] : [[title.mediaId, word.memo] as const])),
    );
    if (memos.size > 0) await createMemos(tx.handle).put(tx.person, memos, tx.at);
  }
}

/** Titles of which nothing was news: whatever is news is watched for the first time. */
function rewatchesIn(meant: readonly Meant[], recorded: Recorded, now: Instant): readonly RewatchAsked[] {
  return meant.flatMap((one): readonly RewatchAsked[] => {
    const { word, title, listed, whole } = one;
    const told = watchesOf(one, now);
    if (title === undefined || told.some((watch) => recorded.added.has(watch.mediaId))) return [];
    const plays = told.flatMap(({ mediaId, day }) => (day === 'unknown' ? [] : [{ mediaId, at: day ?? now }]));
    const isInPart = word.seasons !== undefined;
    return [{ title, isInPart, plays, whole, ...(word.rewatch && { word: word.rewatch }), ...(listed && { listed }) }];
  });
}

const asPlain = (word: HistoryWord, { seasons, part }: PlainWord = { missing: [] }): HistoryWord => ({
  ...word,
  ...(seasons && { seasons }),
  ...(part && { part }),
});

function watchesOf({ word, title, plan, episodes }: Meant, now: Instant): readonly WatchWord[] {
  if (title === undefined) return [];
  if (plan.movie) return [{ mediaId: title.mediaId, day: toldDay(plan.movie.day ?? word.day, now), event: EVENT }];
  return episodes.flatMap(({ word: episode, mediaId }) =>
    mediaId === undefined ? [] : [{ mediaId, day: toldDay(episode.day, now), event: EVENT }],
  );
}

const wishesOf = (meant: readonly Meant[], again: ReadonlyMap<MediaId, unknown> = new Map()) => {
  const titled = meant.flatMap((one) => (one.title ? [{ ...one, id: one.title.mediaId }] : []));
  return {
    lists: new Map(titled.flatMap(({ id, plan }) => (plan.list === undefined ? [] : [[id, plan.list] as const]))),
    since: new Map(titled.flatMap(({ id, word }) => (word.addedAt === undefined ? [] : [[id, word.addedAt] as const]))),
    changed: new Set(titled.flatMap(({ id, word }) => (word.memo === undefined && !again.has(id) ? [] : [id]))),
  };
};

/** A title that is named twice in one body is news once. */
function outcomesOf(
  meant: readonly Meant[],
  recorded: Recorded,
  standings: ReadonlyMap<MediaId, Standing>,
  again: ReadonlyMap<MediaId, KeptRewatch> = new Map(),
): readonly HistoryOutcome[] {
  const counted = new Set<MediaId>();
  const count = (ids: readonly MediaId[]): number => {
    const fresh = ids.filter((id) => recorded.added.has(id) && !counted.has(id));
    for (const id of fresh) counted.add(id);
    return fresh.length;
  };
  return meant.map(({ title, plan, episodes, missing }): HistoryOutcome => {
    if (title === undefined) return { found: false };
    const standing = standings.get(title.mediaId);
    const rewatch = again.get(title.mediaId);
    const newEpisodes = count(episodes.flatMap((one) => one.mediaId ?? []));
    const isWatched = plan.movie !== undefined && count([title.mediaId]) > 0;
    const isListed = standing !== undefined && standing.former === undefined && !counted.has(title.mediaId);
    if (isListed) counted.add(title.mediaId);
    return {
      found: true,
      title,
      ...(standing && { list: standing.list }),
      isNews: isWatched || isListed || newEpisodes > 0,
      newEpisodes,
      ...(rewatch && { rewatch: { id: rewatch.id, status: rewatch.status } }),
      missing: [...missing, ...episodes.flatMap((one) => (one.mediaId === undefined ? one.word : []))],
    };
  });
}
