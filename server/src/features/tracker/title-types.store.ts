import { type AnimeType, createAnime } from '#core/media/index.ts';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import type { LibraryType } from './activities.ts';
import type { StampedTx } from './stamps.store.ts';

/** A movie or a show of a library. */
export type LibraryTitle = Readonly<{
  mediaId: MediaId;
  kind: 'movie' | 'show';
  type: LibraryType;
  /** Of a series of anime, where somebody asked: which sort it is. */
  animeType?: AnimeType;
}>;

/** Where the person has stopped in these moved: on each of their shelves. */
export async function touchPlayback(tx: StampedTx, media: readonly MediaId[], clock: Clock): Promise<void> {
  for (const title of await createTitleTypes(tx.handle, clock).behind(media)) tx.touch(title.type, 'playback');
}

export type TitleTypes = ReturnType<typeof createTitleTypes>;

/** On which shelf titles lie. Reads the tables of core/media, as one statement. */
export function createTitleTypes(handle: Handle, clock: Clock) {
  const db = handle.tables<Record<string, never>>();

  async function typed(rows: readonly Readonly<{ id: number; kind: string }>[]): Promise<readonly LibraryTitle[]> {
    const titles = rows.filter((row) => row.kind === 'movie' || row.kind === 'show');
    const anime = await createAnime(handle, { clock }).isAnime(titles.map((row) => mediaId(row.id)));
    return titles.map((row) => {
      const kind = row.kind === 'movie' ? 'movie' : 'show';
      const id = mediaId(row.id);
      return { mediaId: id, kind, type: anime.has(id) ? 'anime' : kind === 'movie' ? 'movies' : 'shows' };
    });
  }

  return {
    /** The movies and shows behind these media; an episode stands for its show, and one without a show for nothing. */
    async behind(media: readonly MediaId[]): Promise<readonly LibraryTitle[]> {
      if (media.length === 0) return [];
      const { rows } = await sql<{ id: number; kind: string }>`
        select distinct t.id, t.kind from media m join media t on t.id = coalesce(m.show_id, m.id)
        where m.id in ${idList(handle.kind, media)} and t.merged_into is null order by t.id`.execute(db);
      return typed(rows);
    },
  };
}
