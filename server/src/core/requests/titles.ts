import type { MediaGraph, NamedTitle } from '#core/media/index.ts';
import type { DeskRequest } from '#core/upstreams/index.ts';

type Named = Pick<DeskRequest, 'kind' | 'tmdbId' | 'tvdbId' | 'imdbId'>;

/** As many as one step of the media graph is meant for. */
const PAGE = 1_000;

/** The title of a request as the media graph is asked for it: by its ids, which are all that a desk lists of it. */
export const titleNamed = (
  { kind, tmdbId, tvdbId, imdbId }: Named,
  title = '',
): Pick<NamedTitle, 'title' | 'ids'> & Readonly<{ kind: 'movie' | 'show' }> => ({
  kind: kind === 'movie' ? 'movie' : 'show',
  title,
  ids: {
    tmdb: String(tmdbId),
    ...(tvdbId !== undefined && { tvdb: String(tvdbId) }),
    ...(imdbId !== undefined && { imdb: imdbId }),
  },
});

/**
 * Makes the titles known that somebody asked for, whether or not a server has them. Ids that speak against each other are nobody's guess: such a request has no
 * title until a person has settled what its ids are.
 */
export async function knowTitles(graph: Pick<MediaGraph, 'know'>, requests: readonly Named[]): Promise<void> {
  for (let from = 0; from < requests.length; from += PAGE)
    await graph.know(requests.slice(from, from + PAGE).map((one) => titleNamed(one)));
}
