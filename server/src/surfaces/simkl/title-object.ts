import type { CatalogueTitle, PlayableTitle } from '#features/catalogue/index.ts';
import type { JsonObject } from '#kernel/json.ts';

/** The word for each kind of title, in each place where this API has one of its own. */
export const WORDS_OF_SHELF = {
  movie: { path: 'movies', found: 'movie', type: 'movie', key: 'movie' },
  show: { path: 'tv', found: 'tv', type: 'show', key: 'show' },
  anime: { path: 'anime', found: 'anime', type: 'anime', key: 'anime' },
} as const;

const PLAIN = /^[\x20-\x7e]*$/;

/** A name as it stands in addresses. Not unique, and never read. */
export function slugOf(title: string): string {
  // Most names are of plain letters, for which none of Unicode has to be looked at.
  const words = PLAIN.test(title)
    ? title
        .toLowerCase()
        .replaceAll("'", '')
        .replaceAll(/[^a-z0-9]+/g, '-')
    : title
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/\p{M}|['’]/gu, '')
        .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
  return words.replaceAll(/^-|-$/g, '');
}

/** The number as a number, everything else as text. */
export const idsOf = ({
  number,
  media,
}: Readonly<{ number: number; media: Pick<CatalogueTitle['media'], 'ids' | 'title'> }>): JsonObject => ({
  ...media.ids,
  simkl: number,
  slug: slugOf(media.title),
});

/** Which sort of series it is, a mapping tells; without one nobody does. */
export const animeTypeOf = ({ media, animeType }: Pick<CatalogueTitle, 'media' | 'animeType'>): string | null =>
  media.kind === 'movie' ? 'movie' : (animeType ?? null);

export const shortOf = (title: CatalogueTitle): JsonObject => ({
  title: title.media.title,
  year: title.media.year ?? null,
  ...(title.shelf === 'anime' && { anime_type: animeTypeOf(title) }),
  ids: idsOf(title),
});

/** A movie, or an episode with its series, under the keys of their kind. */
export function playedOf({ title, episode, tvdb }: PlayableTitle): JsonObject {
  const { key } = WORDS_OF_SHELF[title.shelf];
  if (!episode) return { [key]: shortOf(title) };
  const number = episode.episode ?? null;
  return {
    [key]: shortOf(title),
    episode: {
      season: episode.season ?? null,
      number,
      episode: number,
      title: episode.title || `Episode ${number ?? '?'}`,
      ...(tvdb && { tvdb_season: tvdb.season, tvdb_number: tvdb.number }),
    },
  };
}
