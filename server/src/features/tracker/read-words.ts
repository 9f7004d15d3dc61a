import {
  createTitleFacts,
  createTitleNumbers,
  type EpisodeClaim,
  type KnownEpisodes,
  type TitleClaim,
  type TitleClaims,
  type TitleFacts,
} from '#core/media/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { EpisodeWord } from './plan-title-watch.ts';
import type { Database } from './stamps.store.ts';
import { createTitleTypes, type LibraryTitle } from './title-types.store.ts';

/** An episode that is named outside of its show; the show helps where its own ids do not. */
export type LooseEpisode = EpisodeWord & Readonly<{ show?: TitleClaim }>;

export type WordsDeps = Readonly<{ database: Database; clock: Clock; claims: TitleClaims }>;

/** An episode of a show as it was named, with what it turned out to be. */
export type MeantEpisode<Word> = Readonly<{ word: Word; mediaId?: MediaId }>;

export type KnownShows = Readonly<{ episodes: ReadonlyMap<MediaId, KnownEpisodes>; facts: ReadonlyMap<MediaId, TitleFacts> }>;

const NO_EPISODES: KnownEpisodes = { complete: false, episodes: [] };

/** What apps mean by what they name. Asks before the transaction of the change, since a title may have to be made. */
export function createWords({ database, clock, claims }: WordsDeps) {
  const facts = createTitleFacts({ database, clock });
  const numbers = createTitleNumbers({ database });
  const MAKE = { create: true };
  const FIND = { create: false };

  async function titles(
    named: readonly TitleClaim[],
    options: Readonly<{ create: boolean }>,
  ): Promise<readonly (LibraryTitle | undefined)[]> {
    const ids = await claims.resolve(named, options);
    const known = await createTitleTypes(database, clock).behind(ids.flatMap((id) => id ?? []));
    const byId = new Map(known.map((title) => [title.mediaId, title]));
    return ids.map((id) => (id === undefined ? undefined : byId.get(id)));
  }

  /** Episodes of shows. Where the full list of a show is known, a number that is not on it names nothing. */
  async function episodes<Word extends EpisodeWord & Readonly<{ show: MediaId }>>(
    words: readonly Word[],
    shows: KnownShows,
    options: Readonly<{ create: boolean }>,
  ): Promise<readonly MeantEpisode<Word>[]> {
    const slots = new Map<MediaId, ReadonlyMap<string, MediaId | undefined>>();
    for (const [show, known] of shows.episodes) slots.set(show, new Map(known.episodes.map((one) => [slotOf(one), one.mediaId])));
    const found = words.map((word): MeantEpisode<Word> | undefined => {
      const known = slots.get(word.show);
      const slot = slotOf({ season: word.season ?? 1, number: word.number ?? -1 });
      const mediaId = word.ids === undefined ? known?.get(slot) : undefined;
      if (mediaId !== undefined) return { word, mediaId };
      const isUnlisted = word.ids === undefined && shows.episodes.get(word.show)?.complete === true && known?.has(slot) === false;
      return isUnlisted ? { word } : undefined;
    });
    const open = words.filter((_, index) => found[index] === undefined);
    const asked = open.map((word): EpisodeClaim & { show: MediaId } => ({ ...word }));
    const answers = await claims.resolveManyEpisodes(asked, options);
    const answered = new Map(open.map((word, index) => [word, answers[index]]));
    return words.map((word, index) => {
      const mediaId = answered.get(word);
      return found[index] ?? (mediaId === undefined ? { word } : { word, mediaId });
    });
  }

  async function looseEpisodes(
    words: readonly LooseEpisode[],
    options: Readonly<{ create: boolean }>,
  ): Promise<readonly (MediaId | undefined)[]> {
    const byIds = await claims.resolveManyEpisodes(
      words.map((word) => ({ ...word, show: undefined })),
      FIND,
    );
    const open = words.filter((word, index) => byIds[index] === undefined && word.show !== undefined && word.number !== undefined);
    const shows = await claims.resolve(
      open.flatMap((word) => word.show ?? []),
      FIND,
    );
    // The ids of such a word are those of the episode, and nobody knew them: only its numbers count.
    const placed = open.flatMap((word, index) => {
      const show = shows[index];
      const { ids: _, ...numbered } = word;
      return show === undefined ? [] : [{ word, claim: { ...numbered, show } }];
    });
    const answers = await claims.resolveManyEpisodes(
      placed.map((one) => one.claim),
      options,
    );
    const byShow = new Map(placed.map((one, index) => [one.word, answers[index]]));
    return words.map((word, index) => byIds[index] ?? byShow.get(word));
  }

  return {
    titles,
    episodes,
    looseEpisodes,
    MAKE,
    FIND,

    async shows(named: readonly (LibraryTitle | undefined)[]): Promise<KnownShows> {
      const ids = [...new Set(named.flatMap((title) => (title?.kind === 'show' ? title.mediaId : [])))];
      if (ids.length === 0) return { episodes: new Map(), facts: new Map() };
      return { episodes: await facts.episodesOf(ids), facts: await facts.of(ids) };
    },

    numbersOf: (media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, number>> => numbers.numbersOf(media),

    factsOf: (media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, TitleFacts>> => facts.of(media),

    episodesOf: ({ episodes: all }: KnownShows, show: MediaId): KnownEpisodes => all.get(show) ?? NO_EPISODES,
  };
}

export type Words = ReturnType<typeof createWords>;

const slotOf = ({ season, number }: Readonly<{ season: number; number: number }>): string => `${season} ${number}`;
