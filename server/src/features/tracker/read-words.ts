import {
  type AnimeTypes,
  claimedIds,
  createMediaGraph,
  createTitleFacts,
  createTitleNumbers,
  type EpisodeClaim,
  type ExternalIds,
  type KnownEpisodes,
  siteIdsOf,
  type TitleClaim,
  type TitleClaims,
  type TitleFactDesk,
  type TitleFacts,
} from '#core/media/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Clock, Instant } from '#kernel/instant.ts';
import { hasAired } from './plan-entry.ts';
import type { EpisodeWord, Numbering } from './plan-title-watch.ts';
import type { Database } from './stamps.store.ts';
import { createTitleTypes, type LibraryTitle } from './title-types.store.ts';

/** An episode that is named outside of its show; the show helps where its own ids do not. */
export type LooseEpisode = EpisodeWord & Readonly<{ show?: TitleClaim }>;

export type WordsDeps = Readonly<{ database: Database; clock: Clock; claims: TitleClaims; animeTypes: AnimeTypes }>;

/** A title with the way in which its episodes are counted. */
export type NamedTitle = Readonly<{ claim: TitleClaim; numbering?: Numbering }>;

const isKnownBeyondSites = ({ tvdb, tmdb, imdb }: ExternalIds): boolean => [tvdb, tmdb, imdb].some((id) => id !== undefined);

const isOfSitesAlone = ({ claim, numbering }: NamedTitle): boolean => {
  const { ids } = claimedIds(claim.ids);
  return numbering === 'tvdb' && Object.keys(ids).length > 0 && !isKnownBeyondSites(ids);
};

/** By what no show shares with a film: our number, and the ids of sites of anime. */
function filmClaim({ ids: told }: TitleClaim): TitleClaim | undefined {
  const { number, ids } = claimedIds(told);
  const own = siteIdsOf(ids);
  if (number === undefined && own.length === 0) return undefined;
  return { kind: 'movie', ids: { ...Object.fromEntries(own), ...(number !== undefined && { simkl: number }) } };
}

/** An episode of a show as it was named, with what it turned out to be. */
export type MeantEpisode<Word> = Readonly<{ word: Word; mediaId?: MediaId }>;

export type KnownShows = Readonly<{ episodes: ReadonlyMap<MediaId, KnownEpisodes>; facts: ReadonlyMap<MediaId, TitleFacts> }>;

const NO_EPISODES: KnownEpisodes = { complete: false, episodes: [] };

/** What apps mean by what they name. Asks before the transaction of the change, since a title may have to be made. */
export function createWords({ database, clock, claims, animeTypes }: WordsDeps) {
  const facts = createTitleFacts({ database, clock });
  const numbers = createTitleNumbers({ database });
  const MAKE = { create: true };
  const FIND = { create: false };

  async function titles(
    named: readonly NamedTitle[],
    options: Readonly<{ create: boolean }>,
  ): Promise<readonly (LibraryTitle | undefined)[]> {
    const shown = await claims.resolve(
      named.map((one) => one.claim),
      FIND,
    );
    const found = await withFilms(named, shown);
    const ids = await withoutGuesses(named, found);
    if (options.create) {
      // Seasons of TVDB cannot be those of a title that is named by sites of anime alone.
      const open = named.flatMap((one, index) => (found[index] === undefined && !isOfSitesAlone(one) ? [{ claim: one.claim, index }] : []));
      const made = open.length === 0 ? [] : await claims.resolve(open.map((one) => one.claim), options); // biome-ignore format: one call
      for (const [at, { index }] of open.entries()) ids[index] = made[at];
      // What was made by one word of a body is known to the others, which need not name it as well.
      const late = open.filter((_, at) => made[at] === undefined);
      const known = late.length > 0 && late.length < open.length ? await claims.resolve(late.map((one) => one.claim), FIND) : []; // biome-ignore format: one call
      for (const [at, { index }] of late.entries()) ids[index] = known[at];
    }
    const titled = await createTitleTypes(database, clock).behind(ids.flatMap((id) => id ?? []));
    const byId = new Map((await withTypes(titled)).map((title) => [title.mediaId, title]));
    return ids.map((id) => (id === undefined ? undefined : byId.get(id)));
  }

  /** Anime is meant by its own ids under shows too, and a film among it is no show. */
  async function withFilms(
    named: readonly NamedTitle[],
    found: readonly (MediaId | undefined)[],
  ): Promise<readonly (MediaId | undefined)[]> {
    const asked = named.map(({ claim }, index) => (found[index] === undefined && claim.kind === 'show' ? filmClaim(claim) : undefined));
    if (asked.every((claim) => claim === undefined)) return found;
    const films = await claims.resolve(
      asked.flatMap((claim) => claim ?? []),
      FIND,
    );
    const known = await createTitleTypes(database, clock).behind(films.flatMap((id) => id ?? []));
    const anime = new Set(known.flatMap((title) => (title.type === 'anime' ? title.mediaId : [])));
    const rest = films.values();
    return found.map((id, index) => {
      const film = asked[index] === undefined ? undefined : rest.next().value;
      return film !== undefined && anime.has(film) ? film : id;
    });
  }

  async function withTypes(titles: readonly LibraryTitle[]): Promise<readonly LibraryTitle[]> {
    const series = titles.filter((title) => title.type === 'anime' && title.kind === 'show').map((title) => title.mediaId);
    if (series.length === 0) return titles;
    const types = await animeTypes([...(await createMediaGraph(database, { clock }).describe(series)).values()]);
    return titles.map((title) => {
      const animeType = types.get(title.mediaId);
      return animeType === undefined ? title : { ...title, animeType };
    });
  }

  /** Whether a title counts as TVDB does, nobody can tell where no id says that others than sites of anime know it. */
  async function withoutGuesses(named: readonly NamedTitle[], found: readonly (MediaId | undefined)[]): Promise<(MediaId | undefined)[]> {
    const asked = named.flatMap((one, index) => (one.numbering === 'tvdb' ? (found[index] ?? []) : []));
    if (asked.length === 0) return [...found];
    const known = await createMediaGraph(database, { clock }).describe(asked);
    return found.map((id, index) => {
      const title = id === undefined ? undefined : known.get(id);
      return named[index]?.numbering === 'tvdb' && title?.kind === 'show' && !isKnownBeyondSites(title.ids) ? undefined : id;
    });
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
      return readShows(facts, ids);
    },

    numbersOf: (media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, number>> => numbers.numbersOf(media),

    factsOf: (media: readonly MediaId[]): Promise<ReadonlyMap<MediaId, TitleFacts>> => facts.of(media),

    episodesOf: ({ episodes: all }: KnownShows, show: MediaId): KnownEpisodes => all.get(show) ?? NO_EPISODES,
  };
}

export type Words = ReturnType<typeof createWords>;

/** Of no show nothing is asked. */
export async function readShows(facts: Pick<TitleFactDesk, 'episodesOf' | 'of'>, shows: readonly MediaId[]): Promise<KnownShows> {
  if (shows.length === 0) return { episodes: new Map(), facts: new Map() };
  return { episodes: await facts.episodesOf(shows), facts: await facts.of(shows) };
}

/** All that is out of a title; undefined where an episode has no title of its own yet. */
export function wholeOf(
  { kind, mediaId }: Pick<LibraryTitle, 'kind' | 'mediaId'>,
  { episodes, facts }: KnownShows,
  now: Instant,
): readonly MediaId[] | undefined {
  if (kind === 'movie') return [mediaId];
  const status = facts.get(mediaId)?.status;
  const out = (episodes.get(mediaId)?.episodes ?? []).filter((one) => one.season > 0 && hasAired(one, { now, status }));
  const ids = out.flatMap((one) => one.mediaId ?? []);
  return ids.length === out.length ? ids : undefined;
}

const slotOf = ({ season, number }: Readonly<{ season: number; number: number }>): string => `${season} ${number}`;
