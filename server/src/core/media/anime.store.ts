import type { MediaId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import { idList, sql } from '#platform/db/index.ts';
import { createDescribeStore } from './describe.store.ts';
import { type Handle, titleTablesOf } from './titles.schema.store.ts';

export type Anime = Readonly<{
  /** Those of these titles that are anime: by a person's word, else by an id that only anime have. Never by genre. */
  isAnime(media: readonly MediaId[]): Promise<ReadonlySet<MediaId>>;
  /** A person's word, which outweighs the ids. `undefined` takes it back. */
  choose(media: MediaId, anime: boolean | undefined, actor: string): Promise<void>;
}>;

/** What persons said, by the titles as they are now; where several were joined, the last word counts. */
export async function animeChoices(handle: Handle): Promise<ReadonlyMap<number, boolean>> {
  const rows = await titleTablesOf(handle).selectFrom('title_anime').select(['media_id', 'anime']).orderBy('at').execute();
  if (rows.length === 0) return new Map();
  const now = await createDescribeStore(handle).lasting(rows.map((row) => row.media_id));
  return new Map(rows.map((row) => [now.get(row.media_id) ?? row.media_id, row.anime === 1]));
}

/** A condition of SQL: the title has an id that only anime have. */
export const hasAnimeId = (id: ReturnType<typeof sql>): ReturnType<typeof sql> => sql`exists (
  select 1 from external_id e
  where e.media_id = ${id} and e.kind in ('movie', 'show') and e.provider in ('anidb', 'mal', 'anilist', 'kitsu'))`;

/** On the handle given: the whole database, or one transaction of it. */
export function createAnime(handle: Handle, { clock }: Readonly<{ clock: Clock }>): Anime {
  const db = titleTablesOf(handle);
  const { lasting } = createDescribeStore(handle);

  return {
    async isAnime(media) {
      const titles = await lasting(media);
      const { rows } = await sql<{ id: number }>`
        select id from media where id in ${idList(handle.kind, [...new Set(titles.values())])} and ${hasAnimeId(sql`media.id`)}`.execute(
        db,
      );
      const byId = new Set(rows.map((row) => row.id));
      const said = await animeChoices(handle);
      return new Set(media.filter((id) => said.get(titles.get(id) ?? id) ?? byId.has(titles.get(id) ?? id)));
    },

    async choose(media, anime, actor) {
      if (anime === undefined) return void (await db.deleteFrom('title_anime').where('media_id', '=', media).execute());
      const row = { anime: anime ? 1 : 0, at: clock.now(), actor };
      await db
        .insertInto('title_anime')
        .values({ media_id: media, ...row })
        .onConflict((conflict) => conflict.column('media_id').doUpdateSet(row))
        .execute();
    },
  };
}
