import type { CopyId, MediaId } from '#kernel/ids.ts';
import { type Handle, idList, sql } from '#platform/db/index.ts';
import type { CopyDetail } from './copy.store.ts';
import type { CopyFacts } from './fold-facts.ts';
import type { HeldEpisode } from './known-episodes.ts';
import { tablesOf } from './media.schema.store.ts';

type FactRow = { media_id: number; copy_id: number; episodes: string | null; detail: string };
type ShowRow = FactRow & { season: number; number: number };
type LengthRow = Pick<FactRow, 'media_id' | 'copy_id' | 'episodes'> & { gone: number; runtime_ms: number | null };
type HeldRow = {
  show_id: number;
  season: number;
  number: number;
  media_id: number;
  title: string;
  own_season: number | null;
  own_number: number | null;
  aired_on: string | null;
  runtime_ms: number | null;
};

type Sql = ReturnType<typeof sql>;

/** How many episodes of a show are looked at for what is usual in it. */
const SAMPLE = 3;

/** What the copies that are stored tell of their titles. Copies that are gone still count: they were told of once, and it was true. */
export function createCopyFactStore(handle: Handle) {
  const db = tablesOf(handle);
  const { kind } = handle;
  const detail = (name: 'releasedOn' | 'runtimeMs') =>
    kind === 'sqlite' ? sql`json_extract(c.detail, ${sql.lit(`$.${name}`)})` : sql`(c.detail::json ->> ${sql.lit(name)})`;

  async function ofTitles(ids: readonly number[]): Promise<readonly (readonly [number, CopyFacts])[]> {
    if (ids.length === 0) return [];
    const { rows } = await sql<FactRow>`
      select l.media_id, c.id as copy_id, c.episodes, c.detail from copy_media l join copy c on c.id = l.copy_id
      where l.media_id in ${idList(kind, ids)} order by case when c.gone_at is null then 0 else 1 end, c.id`.execute(db);
    return rows.map((row) => {
      const { runtimeMs, releasedOn, overview, genres } = JSON.parse(row.detail) as CopyDetail;
      return [
        row.media_id,
        { copyId: row.copy_id as CopyId, ...definedOf({ runtimeMs: alone(row) ? runtimeMs : undefined, releasedOn, overview, genres }) },
      ];
    });
  }

  /** A show is on no server's list of items: its first regular episodes speak for it. */
  async function ofShows(ids: readonly number[]): Promise<readonly (readonly [number, CopyFacts])[]> {
    return (await firstEpisodes<ShowRow>(ids, sql`c.detail`)).map((row) => {
      const { runtimeMs, releasedOn, genres } = JSON.parse(row.detail) as CopyDetail;
      const isFirst = row.season === 1 && row.number === 1;
      return [
        row.media_id,
        {
          copyId: row.copy_id as CopyId,
          ...definedOf({ runtimeMs: alone(row) ? runtimeMs : undefined, releasedOn: isFirst ? releasedOn : undefined, genres }),
        },
      ];
    });
  }

  /** The low numbers of each season are a fraction of all claims, so that most shows are spoken for without sorting the others. */
  async function firstEpisodes<Row extends { media_id: number }>(shows: readonly number[], what: Sql): Promise<readonly Row[]> {
    const rows = await episodesAmong<Row>(shows, what, sql`and season > 0 and number <= ${sql.lit(SAMPLE)}`);
    const found = new Set(rows.map((row) => row.media_id));
    const late = shows.filter((id) => !found.has(id));
    return [...rows, ...(await episodesAmong<Row>(late, what, sql``))];
  }

  async function episodesAmong<Row>(shows: readonly number[], what: Sql, among: Sql): Promise<readonly Row[]> {
    if (shows.length === 0) return [];
    const { rows } = await sql<Row>`
      select first.show_id as media_id, first.season, first.number, c.id as copy_id, c.episodes, ${what} from (
        select show_id, season, number, copy_id,
          row_number() over (partition by show_id order by case when season = 0 then 1 else 0 end, season, number, copy_id) as place
        from coordinate where show_id in ${idList(kind, shows)} and copy_id > 0 ${among}) as first
      join copy c on c.id = first.copy_id where first.place <= ${sql.lit(SAMPLE)} order by first.show_id, first.place`.execute(db);
    return rows;
  }

  /** In whole and parts of milliseconds, as a server told it. */
  const length =
    kind === 'sqlite'
      ? sql`json_extract(c.detail, '$.runtimeMs') as runtime_ms`
      : sql`(c.detail::json ->> 'runtimeMs')::double precision as runtime_ms`;

  /** By the same evidence as `factsOf`, and nothing else read. */
  async function lengthsOfTitles(ids: readonly number[]): Promise<readonly LengthRow[]> {
    if (ids.length === 0) return [];
    const { rows } = await sql<LengthRow>`
      select l.media_id, c.id as copy_id, c.episodes, case when c.gone_at is null then 0 else 1 end as gone, ${length}
      from copy_media l join copy c on c.id = l.copy_id where l.media_id in ${idList(kind, ids)}`.execute(db);
    return rows.toSorted((one, other) => one.gone - other.gone || one.copy_id - other.copy_id);
  }

  return {
    async lengthsOf(titles: readonly Readonly<{ id: MediaId; kind: string }>[]): Promise<ReadonlyMap<MediaId, number>> {
      const shows = titles.filter((title) => title.kind === 'show').map(({ id }) => id);
      const others = titles.filter((title) => title.kind !== 'show').map(({ id }) => id);
      const found = new Map<MediaId, number>();
      const take = (rows: readonly LengthRow[]): void => {
        for (const row of rows) {
          const id = row.media_id as MediaId;
          if (row.runtime_ms !== null && alone(row) && !found.has(id)) found.set(id, row.runtime_ms);
        }
      };
      take(await lengthsOfTitles(others));
      // Nothing comes before the first episode, so that where its length is told no other has to be read.
      take(await episodesAmong<LengthRow>(shows, length, sql`and season = 1 and number <= 1`));
      take(
        await firstEpisodes<LengthRow>(
          shows.filter((id) => !found.has(id)),
          length,
        ),
      );
      return found;
    },

    async factsOf(titles: readonly Readonly<{ id: MediaId; kind: string }>[]): Promise<ReadonlyMap<number, readonly CopyFacts[]>> {
      const shows = titles.filter((title) => title.kind === 'show').map(({ id }) => id);
      const others = titles.filter((title) => title.kind !== 'show').map(({ id }) => id);
      const facts = [...(await ofTitles(others)), ...(await ofShows(shows))];
      return new Map([...Map.groupBy(facts, ([id]) => id)].map(([id, each]) => [id, each.map(([, fact]) => fact)]));
    },

    async episodesOf(shows: readonly MediaId[]): Promise<ReadonlyMap<number, readonly HeldEpisode[]>> {
      if (shows.length === 0) return new Map();
      const { rows } = await sql<HeldRow>`
        select co.show_id, co.season, co.number, m.id as media_id, m.title, m.season as own_season, m.episode as own_number,
          min(${detail('releasedOn')}) as aired_on,
          min(case when c.episodes like '%,%' then null else cast(${detail('runtimeMs')} as bigint) end) as runtime_ms
        from coordinate co join media m on m.id = co.media_id left join copy c on c.id = co.copy_id
        where co.show_id in ${idList(kind, shows)}
        group by co.show_id, co.season, co.number, m.id`.execute(db);
      return Map.groupBy(rows.map(heldOf), ({ showId }) => showId);
    },
  };
}

/** The length of a file of several episodes is that of none of them. */
const alone = ({ episodes }: Pick<FactRow, 'episodes'>): boolean => !episodes?.includes(',');

const definedOf = (facts: Readonly<Record<string, unknown>>): Omit<CopyFacts, 'copyId'> =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));

const heldOf = (row: HeldRow): HeldEpisode & Readonly<{ showId: number }> => ({
  showId: row.show_id,
  mediaId: row.media_id as MediaId,
  season: row.season,
  number: row.number,
  title: row.title,
  own: row.season === row.own_season && row.number === row.own_number,
  ...(row.aired_on !== null && { airedOn: row.aired_on }),
  ...(row.runtime_ms !== null && { runtimeMs: Number(row.runtime_ms) }),
});
