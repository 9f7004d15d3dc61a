import type {
  Anime,
  AnimeType,
  AnimeTypes,
  EpisodePlace,
  KnownEpisode,
  Media,
  MediaGraph,
  NativeEpisodes,
  TitleClaim,
  TitleClaims,
  TitleFactDesk,
  TitleFacts,
  TitleNumbers,
  TitleSearch,
  TitleShelf,
} from '#core/media/index.ts';
import type { MediaId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { readFileName } from './file-name.ts';
import { type BeyondSource, createSearchBeyond } from './search-beyond.ts';

/** A movie or a series with all that is known of it. */
export type CatalogueTitle = Readonly<{
  id: MediaId;
  media: Omit<Media, 'createdAt' | 'updatedAt'>;
  /** By which apps know it. */
  number: number;
  shelf: TitleShelf;
  facts: TitleFacts;
  /** Of a series of anime: which sort it is. */
  animeType?: AnimeType;
}>;

/** `tvdb`: where an episode of anime is by TVDB. */
export type CatalogueEpisode = KnownEpisode & Readonly<{ number: number; aired: boolean; appNumber?: number; tvdb?: EpisodePlace }>;

/** `episodes` are those that the file holds, as far as they are known; empty for a series of which the name tells no episode. */
export type FileMatch =
  | Readonly<{ kind: 'movie'; title: CatalogueTitle }>
  | Readonly<{ kind: 'show'; title: CatalogueTitle; episodes: readonly CatalogueEpisode[] }>;

/** What can be played: a movie, or an episode with its series. `tvdb`: where an episode of anime is by TVDB. */
export type PlayableTitle = Readonly<{ title: CatalogueTitle; episode?: Media; tvdb?: EpisodePlace }>;

export type CatalogueDeps = Readonly<{
  clock: Clock;
  graph: Pick<MediaGraph, 'describe'>;
  numbers: TitleNumbers;
  claims: TitleClaims;
  facts: Pick<TitleFactDesk, 'of' | 'episodesOf'>;
  anime: Anime;
  animeTypes: AnimeTypes;
  nativeEpisodes: Pick<NativeEpisodes, 'tvdbOf'>;
  /** Absent without a source of metadata. */
  beyond?: BeyondSource;
  plainTitles: Readonly<{ search(search: TitleSearch): Promise<Readonly<{ titles: readonly MediaId[]; total: number }>> }>;
}>;

export type Catalogue = ReturnType<typeof createCatalogue>;

/** The titles that the house knows of, as anybody in it may look them up. It makes none, and holds nobody's history. */
export function createCatalogue(deps: CatalogueDeps) {
  const { clock, graph, numbers, claims, facts, anime } = deps;
  const FIND = { create: false } as const;
  const searchBeyond = deps.beyond && createSearchBeyond({ claims, source: deps.beyond, isAnime: anime.isAnime });

  /** In the order asked; what is neither a movie nor a series is left out. */
  async function titles(ids: readonly MediaId[]): Promise<readonly CatalogueTitle[]> {
    if (ids.length === 0) return [];
    const [media, given, known, marked] = [
      await graph.describe(ids),
      await numbers.numbersOf(ids),
      await facts.of(ids),
      await anime.isAnime(ids),
    ];
    const types = marked.size === 0 ? undefined : await deps.animeTypes([...marked].flatMap((id) => media.get(id) ?? []));
    return ids.flatMap((id) => {
      const described = media.get(id);
      const number = given.get(id);
      if (!described || number === undefined || (described.kind !== 'movie' && described.kind !== 'show')) return [];
      const shelf = marked.has(id) ? 'anime' : described.kind;
      const animeType = types?.get(described.id);
      return [
        { id: described.id, media: described, number, shelf, facts: known.get(id) ?? { sources: [] }, ...(animeType && { animeType }) },
      ];
    });
  }

  async function find(claim: TitleClaim): Promise<CatalogueTitle | undefined> {
    const [id] = await claims.resolve([claim], FIND);
    return id === undefined ? undefined : (await titles([id]))[0];
  }

  /** By season and number, specials first. An episode that only a source knows has no number of its own. */
  async function episodes(show: MediaId): Promise<readonly CatalogueEpisode[]> {
    const known = (await facts.episodesOf([show])).get(show)?.episodes ?? [];
    const given = await numbers.numbersOf(known.flatMap((episode) => episode.mediaId ?? []));
    const now = clock.now();
    const places = (await anime.isAnime([show])).has(show) ? (await deps.nativeEpisodes.tvdbOf([show])).get(show) : undefined;
    return known.map((episode) => {
      const tvdb = places?.get(`${episode.season} ${episode.number}`);
      const appNumber = episode.mediaId && given.get(episode.mediaId);
      const aired = episode.airedAt === undefined ? episode.mediaId !== undefined : episode.airedAt <= now;
      return { ...episode, aired, ...(appNumber !== undefined && { appNumber }), ...(tvdb && { tvdb }) };
    });
  }

  /** The series with its episodes; a number without a season counts where the series has one season alone. */
  async function inShow(title: CatalogueTitle, season: number | undefined, wanted: readonly number[]): Promise<FileMatch> {
    const known = await episodes(title.id);
    const regular = new Set(known.flatMap((episode) => (episode.season > 0 ? [episode.season] : [])));
    const [only] = regular;
    const at = season ?? (regular.size === 1 ? only : undefined);
    return {
      kind: 'show',
      title,
      episodes: wanted.flatMap((number) => known.find((episode) => episode.season === at && episode.number === number) ?? []),
    };
  }

  return {
    titles,
    find,
    episodes,

    /** Titles as a movie or a series would be found by these ids: one of each kind at most. */
    async findAll(claim: Omit<TitleClaim, 'kind'>, kinds: readonly ('movie' | 'show')[]): Promise<readonly CatalogueTitle[]> {
      const ids = await claims.resolve(
        kinds.map((kind) => ({ ...claim, kind })),
        FIND,
      );
      return titles([...new Set(ids.flatMap((id) => id ?? []))]);
    },

    /** By the id asked for. An episode whose series nobody knows is left out: apps know it by nothing. */
    async playable(ids: readonly MediaId[]): Promise<ReadonlyMap<MediaId, PlayableTitle>> {
      const media = await graph.describe(ids);
      const works = new Map(ids.map((id) => [id, media.get(id)?.kind === 'episode' ? media.get(id)?.show?.id : id]));
      const known = new Map((await titles([...new Set([...works.values()].flatMap((id) => id ?? []))])).map((title) => [title.id, title]));
      const series = [...known.values()].filter((title) => title.shelf === 'anime' && title.media.kind === 'show').map((title) => title.id);
      const places = series.length === 0 ? undefined : await deps.nativeEpisodes.tvdbOf(series);
      return new Map(
        ids.flatMap((id) => {
          const described = media.get(id);
          const title = known.get(described?.kind === 'episode' ? (works.get(id) ?? id) : (described?.id ?? id));
          if (!described || !title) return [];
          if (described.kind !== 'episode') return [[id, { title }] as const];
          const tvdb = places?.get(title.id)?.get(`${described.season} ${described.episode}`);
          return [[id, { title, episode: described, ...(tvdb && { tvdb }) }] as const];
        }),
      );
    },

    /** By the number or the imdb id that stands in an address. */
    byKey: (kind: TitleClaim['kind'], key: string): Promise<CatalogueTitle | undefined> =>
      find({ kind, ids: key.startsWith('tt') ? { imdb: key } : { simkl: key } }),

    /** The house's own titles first; with `beyond`, what a source of metadata has of that name comes behind them. */
    async search(search: TitleSearch, { beyond = false } = {}): Promise<Readonly<{ titles: readonly CatalogueTitle[]; total: number }>> {
      const own = await deps.plainTitles.search(search);
      const room = search.limit - own.titles.length;
      if (!beyond || searchBeyond === undefined || room <= 0 || search.text.trim() === '') {
        return { titles: await titles(own.titles), total: own.total };
      }
      const all =
        own.titles.length === own.total ? own.titles : (await deps.plainTitles.search({ ...search, offset: 0, limit: own.total })).titles;
      const more = await searchBeyond(search, all, { from: Math.max(0, search.offset - own.total), limit: room });
      return { titles: await titles([...own.titles, ...more.titles]), total: own.total + more.total };
    },

    /** What a file is by its name and its folders. Undefined where its name means no title that is known, or more than one. */
    async byFile(path: string): Promise<FileMatch | undefined> {
      const told = readFileName(path);
      if (!told) return undefined;
      const named = { title: told.title, ...(told.year !== undefined && { year: told.year }) };
      if (told.episodes) {
        const show = await find({ kind: 'show', ...named });
        return show && inShow(show, told.season, told.episodes);
      }
      const movie = await find({ kind: 'movie', ...named });
      if (movie) return { kind: 'movie', title: movie };
      const show = await find({ kind: 'show', ...named });
      return show && { kind: 'show', title: show, episodes: [] };
    },
  };
}
