import { claimedIds, type EpisodePlace, type NativeEpisodes, type TitleClaim } from '#core/media/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { hasAired } from './plan-entry.ts';
import type { EpisodeWord, Numbering, SeasonWord } from './plan-title-watch.ts';
import type { KnownShows } from './read-words.ts';
import type { LibraryTitle } from './title-types.store.ts';

export type NumberedWord = Readonly<{ claim: TitleClaim; numbering?: Numbering; seasons?: readonly SeasonWord[] }>;

/** A word as servers count. */
export type PlainWord = Readonly<{
  seasons?: readonly SeasonWord[];
  /** The whole title that is meant is this part of it. */
  part?: readonly EpisodePlace[];
  /** Named, and nobody can tell which ones they are: as they were named. */
  missing: readonly EpisodeWord[];
}>;

export type NumberingDeps = Readonly<{
  natives: Pick<NativeEpisodes, 'placesOf' | 'partsOf'>;
  numbersOf(media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, number>>;
}>;

type Asked = Readonly<{
  index: number;
  show: MediaId;
  ids: unknown;
  season: number;
  episode: EpisodeWord;
  number: number;
  special: boolean;
}>;

/** Anime has no season of its own beyond the first; whoever names another counts as servers do. */
const isNative = (season: number): boolean => season <= 1;

/** Makes what apps say of anime in the numbers of its sites what servers would say. Never guesses: what nobody can tell is missing. */
export function createNumbering({ natives, numbersOf }: NumberingDeps) {
  /** Whoever names a title by the number that we gave it counts as our answers do. */
  async function nativeShows(
    words: readonly NumberedWord[],
    titles: readonly (LibraryTitle | undefined)[],
  ): Promise<readonly (MediaId | undefined)[]> {
    const shows = words.map((word, index) => {
      const title = titles[index];
      return word.numbering === 'native' && title?.kind === 'show' ? title.mediaId : undefined;
    });
    const ours = await numbersOf([...new Set(shows.flatMap((show) => show ?? []))]);
    return shows.map((show, index) => {
      const { number } = claimedIds(words[index]?.claim.ids);
      return show !== undefined && (number === undefined || ours.get(show) !== number) ? show : undefined;
    });
  }

  return {
    /** In the order given. `outBy`: of whole titles and seasons only what is out by then is meant. */
    async plain(
      words: readonly NumberedWord[],
      titles: readonly (LibraryTitle | undefined)[],
      known: KnownShows,
      { outBy }: Readonly<{ outBy?: Instant }> = {},
    ): Promise<readonly PlainWord[]> {
      const shows = await nativeShows(words, titles);
      if (shows.every((show) => show === undefined)) return words.map(asTold);
      const asked = shows.flatMap((show, index) => (show === undefined ? [] : askedOf(words[index] as NumberedWord, show, index)));
      const places = await natives.placesOf(asked);
      const placed = new Map(asked.map((one, at) => [one.episode, places[at]]));
      const whole = shows.flatMap((show, index) => {
        const word = words[index];
        return show !== undefined && word && isWhole(word) ? [{ index, show, ids: word.claim.ids }] : [];
      });
      const parts = await natives.partsOf(whole);
      const partOf = new Map(whole.map((one, at) => [one.index, parts[at]]));
      return words.map((word, index) => {
        const show = shows[index];
        if (show === undefined) return asTold(word);
        const list = known.episodes.get(show)?.episodes ?? [];
        const status = known.facts.get(show)?.status;
        const isOut = (place: EpisodePlace): boolean =>
          outBy === undefined ||
          list.some((one) => one.season === place.season && one.number === place.number && hasAired(one, { now: outBy, status }));
        const part = partOf.get(index)?.filter(isOut);
        const isOfOneSeason = list.every((one) => isNative(one.season));
        return plainOf(word, { placed, isOfOneSeason, ...(part && { part }), all: list.filter((one) => one.season > 0) });
      });
    },
  };
}

const asTold = ({ seasons }: NumberedWord): PlainWord => ({ missing: [], ...(seasons && { seasons }) });

const isWhole = ({ seasons }: NumberedWord): boolean =>
  seasons === undefined || seasons.some((season) => isNative(season.number) && season.episodes === undefined);

function askedOf({ claim, seasons = [] }: NumberedWord, show: MediaId, index: number): readonly Asked[] {
  return seasons
    .filter((season) => isNative(season.number))
    .flatMap(({ number: season, episodes = [] }) =>
      episodes.flatMap((episode): Asked[] => {
        const { number, ids } = episode;
        return number === undefined || ids !== undefined
          ? []
          : [{ index, show, ids: claim.ids, season, episode, number, special: season === 0 }];
      }),
    );
}

type Known = Readonly<{
  placed: ReadonlyMap<EpisodeWord, readonly EpisodePlace[] | undefined>;
  part?: readonly EpisodePlace[];
  isOfOneSeason: boolean;
  all: readonly EpisodePlace[];
}>;

function plainOf(word: NumberedWord, known: Known): PlainWord {
  const { part, all } = known;
  if (word.seasons === undefined) {
    const isAll = part === undefined || all.every((one) => part.some((own) => own.season === one.season && own.number === one.number));
    return { missing: [], ...(!isAll && { part }) };
  }
  const missing: EpisodeWord[] = [];
  const seasons = word.seasons.flatMap((season): readonly SeasonWord[] => {
    if (!isNative(season.number)) return [season];
    if (season.episodes === undefined) return wholeSeason(season, known, missing);
    const episodes = season.episodes.flatMap((episode) => {
      if (!known.placed.has(episode)) return [episode];
      const places = known.placed.get(episode);
      if (places === undefined) missing.push({ season: season.number, ...episode });
      return (places ?? []).map((place) => ({ ...episode, ...place }));
    });
    return [{ ...season, episodes }];
  });
  return { seasons, missing };
}

function wholeSeason(season: SeasonWord, { part, isOfOneSeason }: Known, missing: EpisodeWord[]): readonly SeasonWord[] {
  if (part === undefined && isOfOneSeason) return [season];
  const own = part?.filter((place) => (season.number === 0) === (place.season === 0)) ?? [];
  if (own.length === 0) missing.push({ season: season.number });
  return own.length === 0 ? [] : [{ ...season, episodes: own }];
}
