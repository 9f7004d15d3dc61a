import type { CatalogueEpisode, CatalogueTitle, FileMatch } from '#features/catalogue/index.ts';
import type { JsonObject } from '#kernel/json.ts';
import { animeTypeOf, idsOf, slugOf, WORDS_OF_SHELF } from './title-object.ts';

/** The words of this API: a series of which no episode was shown yet has no day of its own. */
export function statusOf({ media, facts }: CatalogueTitle): string | null {
  if (media.kind === 'show' && facts.status === 'upcoming') return 'tba';
  return facts.status ?? null;
}

const headOf = ({ media }: CatalogueTitle): JsonObject => ({ title: media.title, poster: null, year: media.year ?? null });

/** A hit of a search by ids. `episodes`: how many are known of a series. */
export function foundOf(title: CatalogueTitle, episodes: number): JsonObject {
  const { media, number, shelf } = title;
  return {
    type: WORDS_OF_SHELF[shelf].found,
    ...headOf(title),
    status: statusOf(title),
    ids: { simkl: number, slug: slugOf(media.title) },
    ...(media.kind === 'show' && { total_episodes: episodes }),
    ...(shelf === 'anime' && {
      anime_type: animeTypeOf(title),
      ...(media.ids.mal !== undefined && { mal: { id: Number(media.ids.mal), type: null } }),
    }),
  };
}

/** A hit of a search by name. */
export function listedOf(title: CatalogueTitle, full: boolean): JsonObject {
  const { media, number, shelf, facts } = title;
  const { path } = WORDS_OF_SHELF[shelf];
  const slug = slugOf(media.title);
  return {
    ...headOf(title),
    endpoint_type: path,
    ...(shelf === 'anime' && { type: animeTypeOf(title) }),
    ids: { simkl_id: number, slug, ...(media.ids.tmdb !== undefined && { tmdb: media.ids.tmdb }) },
    ...(full && {
      all_titles: [...new Set([media.title, ...(facts.originalTitle === undefined ? [] : [facts.originalTitle])])],
      url: `/${path}/${number}/${slug}`,
      rank: null,
      status: statusOf(title),
      ratings: {},
    }),
  };
}

/** `part`: which of the episodes of a file, from 1. */
export function fileMatchOf(match: FileMatch, part: number): JsonObject {
  const { media, shelf } = match.title;
  const type = shelf === 'movie' ? 'movie' : 'show';
  const title = { title: media.title, year: media.year ?? null, type, ids: idsOf(match.title) };
  if (match.kind === 'movie') return { type: 'movie', movie: { ...title, type: 'movie' } };
  const episode = match.episodes[Math.min(part, match.episodes.length) - 1];
  if (!episode) return { type: 'show', show: title };
  return { type: 'episode', show: title, episode: episodeOf(episode, match.episodes.length > 1) };
}

const episodeOf = (episode: CatalogueEpisode, multipart: boolean): JsonObject => ({
  title: episode.title ?? `Episode ${episode.number}`,
  season: episode.season,
  episode: episode.number,
  multipart,
  ids: episode.appNumber === undefined ? {} : { simkl: episode.appNumber },
});
