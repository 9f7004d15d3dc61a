import type { MediaId } from '#kernel/ids.ts';
import { idList, insertRows, sql, textList } from '#platform/db/index.ts';
import { animeChoices, hasAnimeId } from './anime.store.ts';
import { plainTitle } from './signature.ts';
import { type Database, titleTablesOf } from './titles.schema.store.ts';

export type PlainTitle = Readonly<{ mediaId: MediaId; kind: 'movie' | 'show'; plain: string; year?: number }>;

/** `movie`: no anime. `show`: no anime. `anime`: movies and series. */
export type TitleShelf = 'movie' | 'show' | 'anime';

export type TitleSearch = Readonly<{ shelf: TitleShelf | 'all'; text: string; limit: number; offset: number }>;

const PAGE = 5_000;
const COLUMNS = { media_id: 'integer', kind: 'text', plain: 'text', year: 'integer' } as const;

type Row = Readonly<{ media_id: number; kind: string; plain: string; year: number | null }>;

/** Finds movies and series by their names. A title keeps the name that it came with, so each is taken up once, when it is first looked for. */
export function createPlainTitles(database: Database) {
  const db = titleTablesOf(database);
  const { kind } = database;

  /** Titles get rising ids under one lock, so nothing below the highest one is missing. */
  async function catchUp(): Promise<void> {
    for (;;) {
      const { rows } = await sql<{ id: number; kind: string; title: string; year: number | null }>`
        select id, kind, title, year from media
        where kind in ('movie', 'show') and id > (select coalesce(max(media_id), 0) from plain_title)
        order by id limit ${PAGE}`.execute(db);
      if (rows.length === 0) return;
      const values = rows.map((row) => [row.id, row.kind, plainTitle(row.title), row.year]);
      await database.transaction((handle) => insertRows(handle, 'plain_title', COLUMNS, values, 'skip'));
    }
  }

  const found = (rows: readonly Row[]): readonly PlainTitle[] =>
    rows.map((row) => ({
      mediaId: row.media_id as MediaId,
      kind: row.kind as PlainTitle['kind'],
      plain: row.plain,
      ...(row.year !== null && { year: row.year }),
    }));

  return {
    /** Titles of exactly these plain names, merged ones left out. */
    async named(plain: readonly string[]): Promise<readonly PlainTitle[]> {
      const wanted = [...new Set(plain)].filter(Boolean);
      if (wanted.length === 0) return [];
      await catchUp();
      const { rows } = await sql<Row>`
        select p.media_id, p.kind, p.plain, p.year from plain_title p join media m on m.id = p.media_id
        where p.plain in ${textList(database.kind, wanted)} and m.merged_into is null order by p.media_id`.execute(db);
      return found(rows);
    },

    /** Titles whose plain name holds the text: the name itself first, then names that begin with it, then short ones. */
    async search({ shelf, text, limit, offset }: TitleSearch): Promise<Readonly<{ titles: readonly MediaId[]; total: number }>> {
      const plain = plainTitle(text);
      if (plain === '') return { titles: [], total: 0 };
      await catchUp();
      const said = await animeChoices(database);
      const chosen = (anime: boolean) =>
        idList(
          kind,
          [...said].flatMap(([id, choice]) => (choice === anime ? [id] : [])),
        );
      const isAnime = sql`(p.media_id in ${chosen(true)} or (p.media_id not in ${chosen(false)} and ${hasAnimeId(sql`p.media_id`)}))`;
      const where = sql`
        from plain_title p join media m on m.id = p.media_id and m.merged_into is null
        where p.plain like ${`%${plain}%`}
        ${shelf === 'all' ? sql`` : shelf === 'anime' ? sql`and ${isAnime}` : sql`and p.kind = ${shelf} and not ${isAnime}`}`;
      const { rows } = await sql<{ media_id: number }>`
        select p.media_id ${where}
        order by case when p.plain = ${plain} then 0 when p.plain like ${`${plain}%`} then 1 else 2 end,
          length(p.plain), p.plain, p.year desc, p.media_id
        limit ${limit} offset ${offset}`.execute(db);
      const { rows: counted } = await sql<{ count: number }>`select count(*) as count ${where}`.execute(db);
      return { titles: rows.map((row) => row.media_id as MediaId), total: Number(counted[0]?.count ?? 0) };
    },
  };
}
