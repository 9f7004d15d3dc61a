import type { MediaId } from '#kernel/ids.ts';
import type { AnimeCoordinates } from './anime-coordinates.ts';
import { siteIdsOf } from './claim-ids.ts';
import type { Media } from './describe.store.ts';

/** What sites of anime call the sorts of series. A film is no series, whatever a mapping says. */
export type AnimeType = 'tv' | 'special' | 'ova' | 'ona' | 'music video';

const WORDS: Readonly<Record<string, AnimeType>> = {
  tv: 'tv',
  special: 'special',
  ova: 'ova',
  ona: 'ona',
  music: 'music video',
  'music video': 'music video',
};

export type AnimeTypes = ReturnType<typeof createAnimeTypes>;

/** Which sort of series these are, as far as a mapping that somebody imported says so. What is no series, or in no mapping, is left out. */
export const createAnimeTypes =
  ({ coordinates }: Readonly<{ coordinates: Pick<AnimeCoordinates, 'titlesOf'> }>) =>
  async (titles: readonly Pick<Media, 'id' | 'kind' | 'ids'>[]): Promise<ReadonlyMap<MediaId, AnimeType>> => {
    const asked = titles
      .filter(({ kind }) => kind === 'show')
      .flatMap(({ id: media, ids }) => siteIdsOf(ids).map(([provider, id]) => ({ media, provider, id })));
    const found = new Map<MediaId, AnimeType>();
    if (asked.length === 0) return found;
    for (const [index, title] of (await coordinates.titlesOf(asked)).entries()) {
      const media = asked[index]?.media;
      const kind = title?.kind?.toLowerCase() ?? '';
      const type = Object.hasOwn(WORDS, kind) ? WORDS[kind] : undefined;
      if (media !== undefined && type !== undefined && !found.has(media)) found.set(media, type);
    }
    return found;
  };
