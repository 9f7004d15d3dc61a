import { createViewingStore, type ListName } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import {
  goingOn,
  isApart,
  MOST_REWATCHES,
  type Rewatch,
  type RewatchPlay,
  type RewatchStatus,
  repeatsOf,
  shareOut,
  without,
  withPlays,
} from './plan-rewatches.ts';
import { recordWatches } from './record-watches.ts';
import { createRewatchStore, type KeptRewatch } from './rewatches.store.ts';
import type { Database, StampedTx, Stamps } from './stamps.store.ts';
import type { LibraryTitle } from './title-types.store.ts';

/** What an app says of a time more. `begins`: one begins, also where nothing of it was watched yet. */
export type RewatchWord = Readonly<{ id?: number; status?: RewatchStatus; begins: boolean }>;

/** A title that an app marks, of which nothing was news. */
export type RewatchAsked = Readonly<{
  title: LibraryTitle;
  word?: RewatchWord;
  /** It named episodes of its own. */
  isInPart: boolean;
  listed?: ListName;
  plays: readonly RewatchPlay[];
  /** All that is out of it; undefined where nobody can tell. */
  whole: readonly MediaId[] | undefined;
}>;

/** A title of a library whose rewatches are asked for. */
export type RewatchedTitle = Readonly<{
  mediaId: MediaId;
  /** It, or its episodes. */
  media: readonly MediaId[];
  /** On a list since then: what was before it is over. */
  since: Instant;
  whole: readonly MediaId[] | undefined;
}>;

const EVENT = 'app.history';

/** When these were watched until now. */
export async function daysBefore(
  tx: StampedTx,
  watches: readonly Readonly<{ mediaId: MediaId }>[],
): Promise<ReadonlyMap<MediaId, readonly Instant[]>> {
  const plays = await createViewingStore(tx.handle).plays(
    tx.person,
    watches.map((one) => one.mediaId),
  );
  return new Map([...plays].map(([id, own]) => [id, own.flatMap((play) => play.at ?? [])]));
}

export type Rewatches = ReturnType<typeof createRewatches>;

/** Every play is kept, whoever told it; here they are put together to the times that somebody went through a title again. */
export function createRewatches({ database, stamps }: Readonly<{ database: Database; stamps: Stamps }>) {
  /** Repeats that are in none of the rewatches yet. */
  async function openRepeats(on: Database | StampedTx['handle'], person: PersonId, titles: readonly RewatchedTitle[]) {
    const store = createRewatchStore(on);
    const kept = await store.of(
      person,
      titles.map((title) => title.mediaId),
    );
    const days = await store.repeated(
      person,
      titles.flatMap((title) => title.media),
    );
    const open = new Map(
      titles.map((title) => {
        const repeats = title.media.flatMap((id) => repeatsOf(days.get(id) ?? []).map((at) => ({ mediaId: id, at })));
        return [title.mediaId, without(repeats, kept.get(title.mediaId) ?? [])] as const;
      }),
    );
    return { kept, days, open };
  }

  /** Those of the titles that count: of some all plays may lie in the bin. */
  async function living(tx: StampedTx, asked: readonly RewatchAsked[]): Promise<Map<MediaId, readonly KeptRewatch[]>> {
    const titles = asked.map((one) => one.title.mediaId);
    const kept = await createRewatchStore(tx.handle).of(tx.person, titles);
    const days = await daysBefore(
      tx,
      [...kept.values()].flat().flatMap((one) => one.plays),
    );
    return new Map([...kept].map(([id, all]) => [id, all.filter((one) => one.plays.length === 0 || one.plays.some(isIn(days)))]));
  }

  return {
    /** In the transaction of the write, after what is new was taken. Answers what became of each, which media have another play, and the rewatches as they are now. */
    async record(tx: StampedTx, asked: readonly RewatchAsked[], before: ReadonlyMap<MediaId, readonly Instant[]>, now: Instant) {
      const store = createRewatchStore(tx.handle);
      const kept = await living(tx, asked);
      const days = new Map(before);
      const done = new Map<MediaId, KeptRewatch>();
      const fresh: RewatchPlay[] = [];
      for (const one of asked) {
        const { mediaId } = one.title;
        const known = kept.get(mediaId) ?? [];
        const plan = planOf(one, known, days, now);
        if (plan === undefined) continue;
        const ended = known.filter((other) => other.status === 'active' && plan.id === undefined);
        const closed: KeptRewatch[] = [];
        for (const other of ended) closed.push(await store.save(tx.person, { ...other, status: 'closed' }));
        const saved = await store.save(tx.person, plan);
        const added = plan.plays.filter((play) => !known.some((other) => other.plays.includes(play)));
        done.set(mediaId, saved);
        fresh.push(...added);
        // The same title may be named twice in one body: what was just taken in is known to what comes behind.
        const others = known.filter((other) => other.id !== saved.id && !ended.includes(other));
        kept.set(mediaId, [...others, ...closed, saved]);
        for (const play of added) days.set(play.mediaId, [...(days.get(play.mediaId) ?? []), play.at]);
      }
      const words = fresh.map(({ mediaId, at }) => ({ mediaId, day: at, event: EVENT }));
      const { changed } = words.length > 0 ? await recordWatches(tx, words, now) : { changed: new Set<MediaId>() };
      return { done, changed, kept };
    },

    /** By title, the oldest first. What servers and players told is put together when somebody asks for it. */
    async of(person: PersonId, titles: readonly RewatchedTitle[]): Promise<ReadonlyMap<MediaId, readonly KeptRewatch[]>> {
      const seen = await openRepeats(database, person, titles);
      const open = titles.filter((title) => (seen.open.get(title.mediaId) ?? []).length > 0);
      const { kept, days } = open.length === 0 ? seen : await stamps.withinStamp(person, (tx) => keepOpen(tx, titles, open));
      return new Map(
        titles.map(({ mediaId, since }) => {
          const all = (kept.get(mediaId) ?? []).flatMap((one): KeptRewatch[] => {
            // Plays that were removed are in no rewatch; they come back from the bin into the one where they were.
            const plays = one.plays.filter(isIn(days));
            return plays.length > 0 || (one.plays.length === 0 && one.startedAt >= since) ? [{ ...one, plays }] : [];
          });
          return [mediaId, all];
        }),
      );
    },
  };

  async function keepOpen(tx: StampedTx, titles: readonly RewatchedTitle[], open: readonly RewatchedTitle[]) {
    const now = await openRepeats(tx.handle, tx.person, titles);
    const kept = new Map(now.kept);
    for (const { mediaId, whole } of open) {
      const before = kept.get(mediaId) ?? [];
      const after = shareOut(mediaId, before, now.open.get(mediaId) ?? [], whole);
      const saved: KeptRewatch[] = [];
      for (const one of after) {
        const isKept = before.some((other) => other === one);
        saved.push(isKept ? (one as KeptRewatch) : await createRewatchStore(tx.handle).save(tx.person, one));
      }
      kept.set(mediaId, saved);
    }
    return { ...now, kept };
  }
}

const isIn =
  (days: ReadonlyMap<MediaId, readonly Instant[]>) =>
  (play: RewatchPlay): boolean =>
    (days.get(play.mediaId) ?? []).some((at) => Math.abs(at - play.at) < 1_000);

const isWholeShow = ({ title, isInPart }: RewatchAsked): boolean => title.kind === 'show' && !isInPart;

/** The rewatch that a word is about, as it stands from then on; undefined where it is about none. */
function planOf(
  asked: RewatchAsked,
  known: readonly Rewatch[],
  before: ReadonlyMap<MediaId, readonly Instant[]>,
  now: Instant,
): Rewatch | undefined {
  const { title, word, whole } = asked;
  const pinned = word?.id === undefined ? undefined : known.find((one) => one.id === word.id);
  // Of a show that somebody is in the middle of, marking all of it again is no time more.
  if (pinned === undefined && isWholeShow(asked) && asked.listed !== 'completed') return undefined;
  const begins = word?.begins === true && isWholeShow(asked);
  const plays = playsIn(asked, begins || pinned !== undefined, before);
  if (plays.length === 0 && !begins) return pinned && asSaid(pinned, word);
  const base = pinned ?? (begins ? undefined : goingOn(known, plays));
  if (base === undefined && known.length >= MOST_REWATCHES) return undefined;
  const startedAt = Math.min(now, ...plays.map((play) => play.at));
  const grown = withPlays(base ?? { mediaId: title.mediaId, status: 'active', startedAt, plays: [] }, plays, whole);
  return asSaid(grown, word);
}

const asSaid = (rewatch: Rewatch, word: RewatchWord | undefined): Rewatch =>
  word?.status === undefined ? rewatch : { ...rewatch, status: word.status };

/** A show without episodes, of which it is said that one begins or how one stands, was not watched at all. */
const playsIn = (asked: RewatchAsked, isOnlySaid: boolean, before: ReadonlyMap<MediaId, readonly Instant[]>): readonly RewatchPlay[] =>
  isOnlySaid && isWholeShow(asked) ? [] : asked.plays.filter((play) => isApart(play.at, before.get(play.mediaId) ?? []));
