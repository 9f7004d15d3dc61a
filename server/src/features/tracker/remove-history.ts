import type { Activity, ActorRef } from '#core/activity/index.ts';
import type { Bin } from '#core/bin/index.ts';
import { createMediaGraph, titleInWords } from '#core/media/index.ts';
import { createLists, createRatings, createTakenTitles, type ListEntry, type Rating, type TakenTitle } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { createLibraryStore } from './library.store.ts';
import { createMemos, type Memo } from './memos.store.ts';
import { type EpisodeWord, filmIn, unknownSeasons } from './plan-title-watch.ts';
import type { Projection } from './project.ts';
import type { createNumbering, NumberedWord } from './read-numbering.ts';
import type { LooseEpisode, Words } from './read-words.ts';
import type { StampedTx, Stamps } from './stamps.store.ts';
import { type LibraryTitle, touchPlayback } from './title-types.store.ts';
import { createUnwatches } from './unwatches.store.ts';

/** Without seasons the whole title leaves the library. A season without episodes is all of it. */
export type RemovalWord = NumberedWord;

export type RemovalWish = Readonly<{ titles: readonly RemovalWord[]; episodes: readonly LooseEpisode[] }>;

export type RemovalOutcome =
  | Readonly<{ found: false }>
  | Readonly<{ found: true; title: LibraryTitle; whole: boolean; removed: boolean; episodes: number; missing: readonly EpisodeWord[] }>;

export type RemovalResult = Readonly<{
  titles: readonly RemovalOutcome[];
  episodes: readonly Readonly<{ found: boolean; removed: boolean }>[];
}>;

/** Who asks: an app, by the name under which it is known here, in somebody's place. */
export type RemovalAsker = Readonly<{ client: string; actor: ActorRef }>;

export type HistoryRemoverDeps = Readonly<{
  clock: Clock;
  bin: Pick<Bin, 'put'>;
  activity: Pick<Activity, 'record'>;
  stamps: Stamps;
  projection: Projection;
  words: Words;
  numbering: ReturnType<typeof createNumbering>;
  /** After the transaction: something waits to be told to servers. */
  unwatchSoon(person: PersonId): Promise<void>;
}>;

/** What a removal takes, as plain data for the bin. */
export type TakenFromLibrary = Readonly<{
  mediaId: MediaId;
  titles: readonly TakenTitle[];
  list?: ListEntry;
  rating?: Rating;
  memo?: Memo;
}>;

export const REMOVED_IN_BIN = 'tracker.title';

type Meant = Readonly<{ word: RemovalWord; title?: LibraryTitle; episodes?: readonly MediaId[]; missing: readonly EpisodeWord[] }>;

/** Perhaps only some of its episodes are meant. */
const isInPart = (word: RemovalWord | undefined): boolean => word?.seasons !== undefined || word?.numbering === 'native';

/** Whoever counts a film in episodes marks it off by its one episode, and leaves it in the library. */
function filmOf(word: RemovalWord, title: LibraryTitle): Meant {
  if (word.seasons === undefined) return { word, title, missing: [] };
  const { film, missing } = filmIn(word.seasons);
  return { word, title, episodes: film ? [title.mediaId] : [], missing };
}

/** Takes titles and episodes out of a library, into the bin. Servers are told afterwards, within limits: see unwatch-servers.ts. */
export function createHistoryRemover({ clock, bin, activity, stamps, projection, words, numbering, unwatchSoon }: HistoryRemoverDeps) {
  async function mean(wish: RemovalWish): Promise<readonly Meant[]> {
    const titles = await words.titles(wish.titles, words.FIND);
    const shows = await words.shows(titles.filter((_, index) => isInPart(wish.titles[index])));
    const plain = (await numbering.plain(wish.titles, titles, shows)).map(({ part, seasons, missing }) => ({
      missing,
      // A part of a show that is named as a whole leaves the rest of it in the library.
      seasons: part === undefined ? seasons : [{ number: 1, episodes: part }],
    }));
    const named = plain.flatMap(({ seasons = [] }, index) => {
      const title = titles[index];
      if (title?.kind !== 'show') return [];
      const known = words.episodesOf(shows, title.mediaId).episodes;
      return seasons.flatMap(({ number, episodes }) => {
        const all = known.filter((one) => one.season === number).map((one) => ({ season: one.season, number: one.number }));
        return (episodes ?? all).map((episode) => ({ season: number, ...episode, show: title.mediaId, index }));
      });
    });
    const found = Map.groupBy(await words.episodes(named, shows, words.FIND), (one) => one.word.index);
    return wish.titles.map((word, index): Meant => {
      const title = titles[index];
      const own = found.get(index) ?? [];
      if (title?.kind === 'movie') return filmOf(word, title);
      return {
        word,
        ...(title && { title }),
        ...(plain[index]?.seasons !== undefined && { episodes: own.flatMap((one) => one.mediaId ?? []) }),
        missing: [
          ...(plain[index]?.missing ?? []),
          ...(title?.kind === 'show' ? unknownSeasons(plain[index]?.seasons, words.episodesOf(shows, title.mediaId)) : []),
          ...own.flatMap((one) => (one.mediaId === undefined ? one.word : [])),
        ],
      };
    });
  }

  /** What was watched, begun, or played once; what a server merely lists stays in the history. */
  async function takeTitles(tx: StampedTx, media: readonly MediaId[], client: string): Promise<readonly TakenTitle[]> {
    const library = createLibraryStore(tx.handle);
    const taken: TakenTitle[] = [];
    for (const id of await library.touchedOf(tx.person, media)) {
      const title = await createTakenTitles(tx.handle).takeOut(tx.person, id);
      if (title) taken.push(title);
    }
    const watched = taken.filter((title) => title.viewing.watched === 1).map((title) => title.mediaId);
    const begun = taken.filter((title) => title.viewing.position_ms > 0).map((title) => title.mediaId);
    await touchPlayback(tx, begun, clock);
    await createUnwatches(tx.handle).owe(tx.person, watched, client, clock.now());
    return taken;
  }

  async function keep(tx: StampedTx, taken: TakenFromLibrary, { actor }: RemovalAsker): Promise<void> {
    const media = (await createMediaGraph(tx.handle, { clock }).describe([taken.mediaId])).get(taken.mediaId);
    const title = media ? titleInWords(media) : `title ${taken.mediaId}`;
    const binId = await bin.put(tx.handle, {
      kind: REMOVED_IN_BIN,
      personId: tx.person,
      title,
      payload: taken as unknown as JsonObject,
      actor,
    });
    const detail = { mediaId: taken.mediaId, titles: taken.titles.length, binId };
    await activity.record({ actor, verb: 'history.removed', subject: title, personId: tx.person, detail }, tx.handle);
  }

  async function removeWhole(tx: StampedTx, { mediaId, kind }: LibraryTitle, asker: RemovalAsker): Promise<boolean> {
    const all = kind === 'movie' ? [mediaId] : await createMediaGraph(tx.handle, { clock }).episodesOf(mediaId);
    const titles = await takeTitles(tx, all, asker.client);
    const [list] = await createLists(tx.handle).take(tx.person, [mediaId]);
    const [rating] = await createRatings(tx.handle).take(tx.person, [mediaId]);
    const memo = (await createMemos(tx.handle).of(tx.person, [mediaId])).get(mediaId);
    await createMemos(tx.handle).take(tx.person, [mediaId]);
    const [entry] = await createLibraryStore(tx.handle).drop(tx.person, [mediaId]);
    if (titles.length === 0 && !list && !rating && !memo) return false;
    const kept = { mediaId, titles, ...(list && { list }), ...(rating && { rating }), ...(memo && { memo }) };
    await keep(tx, kept, asker);
    tx.shelved([mediaId]);
    if (entry) tx.touch(entry.type, 'removed_from_list');
    if (entry && rating) tx.touch(entry.type, 'rated_at');
    return true;
  }

  return {
    keep,

    async removeFromHistory(person: PersonId, wish: RemovalWish, asker: RemovalAsker): Promise<RemovalResult> {
      const meant = await mean(wish);
      const loose = await words.looseEpisodes(wish.episodes, words.FIND);
      const result = await stamps.withinStamp(person, async (tx): Promise<RemovalResult> => {
        const titles: RemovalOutcome[] = [];
        for (const one of meant) titles.push(await removeOne(tx, one, asker));
        const episodes: { found: boolean; removed: boolean }[] = [];
        for (const id of loose) {
          const removed = id !== undefined && (await removeEpisodes(tx, id, [id], asker)) > 0;
          episodes.push({ found: id !== undefined, removed });
        }
        await projection.project(tx, [...meant.flatMap((one) => one.title?.mediaId ?? []), ...loose.flatMap((id) => id ?? [])]);
        return { titles, episodes };
      });
      await unwatchSoon(person);
      return result;
    },
  };

  async function removeEpisodes(tx: StampedTx, about: MediaId, episodes: readonly MediaId[], asker: RemovalAsker): Promise<number> {
    const titles = await takeTitles(tx, episodes, asker.client);
    if (titles.length > 0) await keep(tx, { mediaId: about, titles }, asker);
    return titles.filter((title) => title.viewing.watched === 1).length;
  }

  async function removeOne(tx: StampedTx, { title, episodes, missing }: Meant, asker: RemovalAsker): Promise<RemovalOutcome> {
    if (title === undefined) return { found: false };
    if (episodes === undefined) {
      return { found: true, title, whole: true, removed: await removeWhole(tx, title, asker), episodes: 0, missing };
    }
    const count = await removeEpisodes(tx, title.mediaId, episodes, asker);
    return { found: true, title, whole: false, removed: count > 0, episodes: count, missing };
  }
}
