import type { EpisodeClaim, EpisodePlace, KnownEpisodes, TitleClaim, TitleFacts } from '#core/media/index.ts';
import type { ListName } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { hasAired, type WatchedEpisode } from './plan-entry.ts';
import type { Numbering } from './plan-title-watch.ts';
import type { LibraryItem, LibraryReader } from './read-library.ts';
import type { createNumbering, PlainWord } from './read-numbering.ts';
import type { KnownShows, Words } from './read-words.ts';
import type { LibraryTitle } from './title-types.store.ts';

/** A title that an app asks about, or one episode of it, and how the app counts. */
export type WatchedQuestion = Readonly<{ claim: TitleClaim; episode?: EpisodeClaim; numbering?: Numbering }>;

export type SeasonCounts = Readonly<{ total: number; aired: number; watched: number }>;
export type SeasonState = SeasonCounts &
  Readonly<{
    number: number;
    episodes: readonly Readonly<{ number: number; watched: boolean; aired: boolean; at?: Instant }>[];
  }>;

export type WatchedAnswer =
  | Readonly<{ known: false }>
  | Readonly<{
      known: true;
      title: LibraryTitle;
      number: number;
      watched: boolean;
      list?: ListName;
      lastWatchedAt?: Instant;
      /** Of a show, specials included. */
      seasons: readonly SeasonState[];
    }>;

/** Pure: the seasons of a show, with what of them is out and what was watched. */
export function seasonsOf(
  known: KnownEpisodes,
  watched: readonly WatchedEpisode[],
  facts: Readonly<{ now: Instant; status: TitleFacts['status'] | undefined }>,
): readonly SeasonState[] {
  const seen = new Map(watched.map((one) => [one.mediaId, one.at]));
  return [...Map.groupBy(known.episodes, (one) => one.season)]
    .sort(([one], [other]) => one - other)
    .map(([number, all]) => {
      const episodes = all.map((one) => {
        const at = one.mediaId === undefined ? undefined : seen.get(one.mediaId);
        return { number: one.number, watched: at !== undefined, aired: hasAired(one, facts), ...(at !== undefined && { at }) };
      });
      return {
        number,
        episodes,
        total: episodes.length,
        aired: episodes.filter((one) => one.aired).length,
        watched: episodes.filter((one) => one.watched).length,
      };
    });
}

export type WatchedLookup = ReturnType<typeof createWatchedLookup>;

export type WatchedLookupDeps = Readonly<{
  clock: Clock;
  words: Words;
  numbering: ReturnType<typeof createNumbering>;
  reader: LibraryReader;
}>;

/** Whether a person has watched what an app names. */
export function createWatchedLookup({ clock, words, numbering, reader }: WatchedLookupDeps) {
  /** Questions as servers count; those of no show as they are. */
  async function plainly(questions: readonly WatchedQuestion[], titles: readonly (LibraryTitle | undefined)[], shows: KnownShows) {
    const asked = questions.map(({ claim, episode, numbering: counted }) => ({
      claim,
      ...(counted && { numbering: counted }),
      ...(episode && { seasons: [{ number: episode.season ?? 1, episodes: [episode] }] }),
    }));
    return numbering.plain(asked, titles, shows);
  }

  /** By question. An episode of a site may be several of ours; none where nobody can tell which one it is. */
  async function episodesMeant(
    plain: readonly PlainWord[],
    titles: readonly (LibraryTitle | undefined)[],
    shows: KnownShows,
  ): Promise<ReadonlyMap<number, readonly (MediaId | undefined)[]>> {
    const asked = plain.flatMap(({ seasons = [] }, index) => {
      const title = titles[index];
      if (title?.kind !== 'show') return [];
      return seasons.flatMap(({ number: season, episodes = [] }) =>
        episodes.map((episode) => ({ season, ...episode, show: title.mediaId, index })),
      );
    });
    const found = Map.groupBy(await words.episodes(asked, shows, words.FIND), (one) => one.word.index);
    return new Map([...found].map(([index, meant]) => [index, meant.map((one) => one.mediaId)]));
  }

  return {
    /** In the order of the questions. */
    async lookUp(
      person: PersonId,
      questions: readonly WatchedQuestion[],
      { seasons }: Readonly<{ seasons: boolean }>,
    ): Promise<readonly WatchedAnswer[]> {
      const titles = await words.titles(questions, words.FIND);
      const ids = titles.flatMap((title) => title?.mediaId ?? []);
      const kept = await reader.titles(person, ids, { episodes: true });
      const numbers = await words.numbersOf(ids);
      const shows = await words.shows(titles.filter((_, index) => seasons || asksForPart(questions[index])));
      const plain = await plainly(questions, titles, shows);
      const named = await episodesMeant(plain, titles, shows);
      return questions.map((question, index): WatchedAnswer => {
        const title = titles[index];
        const number = numbers.get(title?.mediaId as MediaId);
        if (title === undefined || number === undefined) return { known: false };
        const item = kept.get(title.mediaId);
        const base = { known: true, title, number, ...(item && { list: item.list }) } as const;
        if (question.episode && title.kind === 'show') return ofEpisodes(base, item, named.get(index) ?? []);
        const known = knownOf(title, shows, plain[index]?.part);
        const state = stateOf(item, plain[index]?.part && known);
        return { ...base, ...state, seasons: seasons && title.kind === 'show' ? seasonsIn(title, known, { item, shows }) : [] };
      });
    },
  };

  function knownOf({ mediaId }: LibraryTitle, shows: KnownShows, part: PlainWord['part']): KnownEpisodes {
    const known = words.episodesOf(shows, mediaId);
    const isMeant = (one: EpisodePlace): boolean =>
      part === undefined || part.some((place) => place.season === one.season && place.number === one.number);
    return { ...known, episodes: known.episodes.filter(isMeant) };
  }

  function seasonsIn(
    { mediaId }: LibraryTitle,
    known: KnownEpisodes,
    { item, shows }: Readonly<{ item: LibraryItem | undefined; shows: KnownShows }>,
  ): readonly SeasonState[] {
    const facts = { now: clock.now(), status: shows.facts.get(mediaId)?.status };
    return seasonsOf(known, item?.entry.episodes ?? [], facts);
  }
}

/** What a show has has to be known, to tell a part of it. */
const asksForPart = (question: WatchedQuestion | undefined): boolean =>
  question?.episode !== undefined || question?.numbering !== undefined;

type Base = Readonly<{ known: true; title: LibraryTitle; number: number; list?: ListName }>;

/** Watched where all that is meant was. */
function ofEpisodes(base: Base, item: LibraryItem | undefined, meant: readonly (MediaId | undefined)[]): WatchedAnswer {
  if (meant.length === 0 || meant.includes(undefined)) return { known: false };
  const days = meant.flatMap((episode) => item?.entry.episodes.find((one) => one.mediaId === episode)?.at ?? []);
  const watched = days.length === meant.length;
  return { ...base, watched, seasons: [], ...(watched && { lastWatchedAt: Math.max(...days) }) };
}

/** A title that somebody calls completed is watched, though nobody knows when. `part`: these episodes of it alone are asked about. */
function stateOf(item: LibraryItem | undefined, part: KnownEpisodes | undefined): Readonly<{ watched: boolean; lastWatchedAt?: Instant }> {
  const meant = part && new Set(part.episodes.map((one) => one.mediaId));
  const days = item?.entry.episodes.flatMap((one) => (meant?.has(one.mediaId) ? one.at : [])) ?? [];
  const last = days.length === 0 ? undefined : Math.max(...days);
  const at = meant ? last : item?.entry.lastWatchedAt;
  return at === undefined ? { watched: item?.list === 'completed' } : { watched: true, lastWatchedAt: at };
}
