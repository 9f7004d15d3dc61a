import type { EpisodeClaim, KnownEpisodes, TitleClaim, TitleFacts } from '#core/media/index.ts';
import type { ListName } from '#core/viewing/index.ts';
import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { hasAired, type WatchedEpisode } from './plan-entry.ts';
import type { LibraryItem, LibraryReader } from './read-library.ts';
import type { KnownShows, Words } from './read-words.ts';
import type { LibraryTitle } from './title-types.store.ts';

/** A title that an app asks about, or one episode of it. */
export type WatchedQuestion = Readonly<{ claim: TitleClaim; episode?: EpisodeClaim }>;

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

/** Whether a person has watched what an app names. */
export function createWatchedLookup({ clock, words, reader }: Readonly<{ clock: Clock; words: Words; reader: LibraryReader }>) {
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
      const shows = await words.shows(seasons || questions.some((one) => one.episode) ? titles : []);
      const asked = questions.flatMap(({ episode }, index) => {
        const show = titles[index];
        return episode && show?.kind === 'show' ? [{ ...episode, show: show.mediaId, index }] : [];
      });
      const named = new Map((await words.episodes(asked, shows, words.FIND)).map((one) => [one.word.index, one.mediaId]));
      return questions.map((question, index): WatchedAnswer => {
        const title = titles[index];
        const number = numbers.get(title?.mediaId as MediaId);
        if (title === undefined || number === undefined) return { known: false };
        const item = kept.get(title.mediaId);
        const base = { known: true, title, number, ...(item && { list: item.list }) } as const;
        if (question.episode && title.kind === 'show') return ofEpisode(base, item, named.get(index));
        return { ...base, ...stateOf(item), seasons: seasons && title.kind === 'show' ? seasonsIn(title, item, shows) : [] };
      });
    },
  };

  function seasonsIn({ mediaId }: LibraryTitle, item: LibraryItem | undefined, shows: KnownShows): readonly SeasonState[] {
    const facts = { now: clock.now(), status: shows.facts.get(mediaId)?.status };
    return seasonsOf(words.episodesOf(shows, mediaId), item?.entry.episodes ?? [], facts);
  }
}

type Base = Readonly<{ known: true; title: LibraryTitle; number: number; list?: ListName }>;

function ofEpisode(base: Base, item: LibraryItem | undefined, episode: MediaId | undefined): WatchedAnswer {
  if (episode === undefined) return { known: false };
  const at = item?.entry.episodes.find((one) => one.mediaId === episode)?.at;
  return { ...base, watched: at !== undefined, seasons: [], ...(at !== undefined && { lastWatchedAt: at }) };
}

/** A title that somebody calls completed is watched, though nobody knows when. */
function stateOf(item: LibraryItem | undefined): Readonly<{ watched: boolean; lastWatchedAt?: Instant }> {
  const at = item?.entry.lastWatchedAt;
  return at === undefined ? { watched: item?.list === 'completed' } : { watched: true, lastWatchedAt: at };
}
