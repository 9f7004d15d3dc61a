import type { MediaId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import { type Handle, idList, insertRows, jsonRows, sql } from '#platform/db/index.ts';
import { createDescribeStore } from './describe.store.ts';
import type { SourceFacts } from './fold-facts.ts';
import type { EpisodeList, ListedEpisode } from './known-episodes.ts';
import { tablesOf } from './media.schema.store.ts';
import type { ToldEpisode, ToldFacts, ToldTitle } from './title-fact.ts';
import { type EpisodeFactRow, factTablesOf, type TitleFactRow } from './title-facts.schema.store.ts';

/** A title as it was asked for and as it lives now; `members` are the entries that became it, itself first. */
export type FactTitle = Readonly<{ asked: MediaId; id: MediaId; kind: string; members: readonly number[] }>;

const TITLE_COLUMNS = {
  media_id: 'integer',
  source: 'text',
  runtime_ms: 'integer',
  status: 'text',
  released_on: 'text',
  last_aired_on: 'text',
  complete: 'integer',
  detail: 'text',
  told_at: 'integer',
} as const;

const EPISODE_COLUMNS = {
  show_id: 'integer',
  source: 'text',
  season: 'integer',
  number: 'integer',
  title: 'text',
  aired_on: 'text',
  runtime_ms: 'integer',
  detail: 'text',
} as const;

export function createToldFactStore(handle: Handle) {
  const db = factTablesOf(handle);
  const media = tablesOf(handle);
  const { kind } = handle;

  /** Entry to what it became, for all that became one of these. */
  async function absorbedInto(ids: readonly number[]): Promise<ReadonlyMap<number, number>> {
    if (ids.length === 0) return new Map();
    const { rows } = await sql<{ id: number; merged_into: number }>`
      select id, merged_into from media where merged_into in ${idList(kind, ids)}`.execute(media);
    const direct = new Map(rows.map((row) => [row.id, row.merged_into]));
    const deeper = await absorbedInto([...direct.keys()]);
    return new Map([...direct, ...[...deeper].map(([id, into]) => [id, direct.get(into) ?? into] as const)]);
  }

  /** An episode is told of under its show and number, since a source knows nothing of our ids. */
  async function toldOfEpisodes(titles: readonly FactTitle[]): Promise<readonly (readonly [number, SourceFacts])[]> {
    const ids = titles.filter((title) => title.kind === 'episode').map(({ id }) => id);
    if (ids.length === 0) return [];
    const { rows: claims } = await sql<{ media_id: number; show_id: number; season: number; number: number }>`
      select distinct media_id, show_id, season, number from coordinate where media_id in ${idList(kind, ids)}`.execute(media);
    const shows = [...new Set(claims.map((claim) => claim.show_id))];
    const members = Map.groupBy(await absorbedInto(shows), ([, into]) => into);
    const keys = claims.flatMap(({ media_id, show_id, season, number }) =>
      [show_id, ...(members.get(show_id) ?? []).map(([member]) => member)].map((show) => [media_id, show, season, number]),
    );
    if (keys.length === 0) return [];
    const given = jsonRows(kind, { media_id: 'integer', show_id: 'integer', season: 'integer', number: 'integer' }, keys);
    const { rows } = await sql<EpisodeFactRow & { media_id: number }>`
      select given.media_id, f.* from ${given}
      join episode_fact f on f.show_id = given.show_id and f.season = given.season and f.number = given.number
      order by given.position, f.source`.execute(db);
    return rows.map((row) => [row.media_id, { source: row.source, facts: factsOfEpisode(row) }]);
  }

  async function episodeRows(shows: readonly number[]): Promise<readonly Omit<EpisodeFactRow, 'detail'>[]> {
    if (shows.length === 0) return [];
    const { rows } = await sql<Omit<EpisodeFactRow, 'detail'>>`
      select show_id, source, season, number, title, aired_on, runtime_ms from episode_fact where show_id in ${idList(kind, shows)}`.execute(
      db,
    );
    return rows;
  }

  async function titleRows(ids: readonly number[]): Promise<readonly TitleFactRow[]> {
    if (ids.length === 0) return [];
    const { rows } = await sql<TitleFactRow>`
      select * from title_fact where media_id in ${idList(kind, ids)} order by source, media_id`.execute(db);
    return rows;
  }

  /** All that is stored of each title, as one text to compare by. */
  async function signatures(source: string, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
    const titles = (await titleRows(ids)).filter((row) => row.source === source);
    const { rows } = await sql<EpisodeFactRow>`
      select * from episode_fact where source = ${source} and show_id in ${idList(kind, ids)} order by show_id, season, number`.execute(db);
    const episodes = Map.groupBy(rows, (row) => row.show_id);
    return new Map(titles.map((row) => [row.media_id, JSON.stringify([{ ...row, told_at: 0 }, episodes.get(row.media_id) ?? []])]));
  }

  return {
    /** In the order asked; unknown titles are left out. */
    async resolve(asked: readonly MediaId[]): Promise<readonly FactTitle[]> {
      if (asked.length === 0) return [];
      const lasting = await createDescribeStore(handle).lasting(asked);
      const ids = [...new Set(lasting.values())];
      const { rows } = await sql<{ id: number; kind: string }>`select id, kind from media where id in ${idList(kind, ids)}`.execute(media);
      const kinds = new Map(rows.map((row) => [row.id, row.kind]));
      const absorbed = Map.groupBy(await absorbedInto(ids), ([, into]) => into);
      return [...new Set(asked)].flatMap((one) => {
        const id = lasting.get(one);
        const of = kinds.get(id ?? 0);
        if (id === undefined || of === undefined) return [];
        return [{ asked: one, id: id as MediaId, kind: of, members: [id, ...(absorbed.get(id) ?? []).map(([member]) => member)] }];
      });
    },

    /** What the title was told itself comes before what those were told that became it. */
    async factsOf(titles: readonly FactTitle[]): Promise<ReadonlyMap<number, readonly SourceFacts[]>> {
      const told = Map.groupBy(await titleRows(titles.flatMap(({ members }) => members)), (row) => row.media_id);
      const ofEpisodes = Map.groupBy(await toldOfEpisodes(titles), ([id]) => id);
      return new Map(
        titles.map(({ id, members }) => [
          id,
          [
            ...members.flatMap((member) => (told.get(member) ?? []).map((row) => ({ source: row.source, facts: factsOfTitle(row) }))),
            ...(ofEpisodes.get(id) ?? []).map(([, facts]) => facts),
          ],
        ]),
      );
    },

    /** Of titles as they live now. */
    async lengthsOf(ids: readonly MediaId[]): Promise<ReadonlyMap<MediaId, number>> {
      if (ids.length === 0) return new Map();
      const absorbed = Map.groupBy(await absorbedInto(ids), ([, into]) => into);
      const members = new Map(ids.map((id) => [id, [id as number, ...(absorbed.get(id) ?? []).map(([member]) => member)]]));
      const { rows } = await sql<{ media_id: number; runtime_ms: number }>`
        select media_id, runtime_ms from title_fact
        where media_id in ${idList(kind, [...members.values()].flat())} and runtime_ms is not null order by source desc`.execute(db);
      // The last that is put is the one by the first source.
      const told = new Map(rows.map((row) => [row.media_id, row.runtime_ms]));
      const first = (of: readonly number[]) => of.map((member) => told.get(member)).find((length) => length !== undefined);
      return new Map([...members].flatMap(([id, of]) => (first(of) === undefined ? [] : [[id, first(of) as number] as const])));
    },

    /** One list for each show: a full one where there is one. */
    async episodesOf(titles: readonly FactTitle[]): Promise<ReadonlyMap<number, EpisodeList>> {
      const members = titles.flatMap((title) => title.members);
      const episodes = Map.groupBy(await episodeRows(members), (row) => `${row.show_id} ${row.source}`);
      const headings = Map.groupBy(await titleRows(members), (row) => row.media_id);
      return new Map(
        titles.flatMap((title): readonly (readonly [number, EpisodeList])[] => {
          const lists = title.members.flatMap((member) => headings.get(member) ?? []);
          const best = lists.find((row) => row.complete === 1) ?? lists.find((row) => episodes.has(`${row.media_id} ${row.source}`));
          if (best === undefined) return [];
          const rows = episodes.get(`${best.media_id} ${best.source}`) ?? [];
          return [[title.id, { complete: best.complete === 1, episodes: rows.map(listedOf) }]];
        }),
      );
    },

    /** Answers of which titles it is something else than before. */
    async tell(source: string, titles: readonly ToldTitle[], now: Instant): Promise<readonly MediaId[]> {
      const ids = titles.map((title) => title.media);
      const before = await signatures(source, ids);
      const theirs = (column: string) => sql`source = ${source} and ${sql.ref(column)} in ${idList(kind, ids)}`;
      await sql`delete from title_fact where ${theirs('media_id')}`.execute(db);
      await sql`delete from episode_fact where ${theirs('show_id')}`.execute(db);
      await insertRows(
        handle,
        'title_fact',
        TITLE_COLUMNS,
        titles.map((title) => titleRow(source, title, now)),
      );
      const episodes = titles.flatMap((title) => (title.episodes ?? []).map((episode) => episodeRow(title.media, source, episode)));
      await insertRows(handle, 'episode_fact', EPISODE_COLUMNS, episodes, 'skip');
      const after = await signatures(source, ids);
      return [...new Set(ids)].filter((id) => before.get(id) !== after.get(id));
    },

    /** Answers whose titles it was. */
    async forget(source: string): Promise<readonly MediaId[]> {
      const gone = await db.deleteFrom('title_fact').where('source', '=', source).returning('media_id').execute();
      await db.deleteFrom('episode_fact').where('source', '=', source).execute();
      return gone.map((row) => row.media_id as MediaId);
    },
  };
}

function titleRow(source: string, { media: id, facts, complete = false }: ToldTitle, now: Instant) {
  const { runtimeMs, status, releasedOn, lastAiredOn, ...detail } = facts;
  const rest = JSON.stringify(detail);
  return [id, source, runtimeMs ?? null, status ?? null, releasedOn ?? null, lastAiredOn ?? null, complete ? 1 : 0, rest, now];
}

function episodeRow(show: MediaId, source: string, episode: ToldEpisode) {
  const { season, number, title, airedOn, runtimeMs, ...detail } = episode;
  const rest = Object.keys(detail).length > 0 ? JSON.stringify(detail) : null;
  return [show, source, season, number, title ?? null, airedOn ?? null, runtimeMs ?? null, rest];
}

const listedOf = (row: Omit<EpisodeFactRow, 'detail'>): ListedEpisode => ({
  season: row.season,
  number: row.number,
  ...(row.title !== null && { title: row.title }),
  ...(row.aired_on !== null && { airedOn: row.aired_on }),
  ...(row.runtime_ms !== null && { runtimeMs: row.runtime_ms }),
});

const factsOfTitle = (row: TitleFactRow): ToldFacts => ({
  ...(JSON.parse(row.detail) as ToldFacts),
  ...(row.runtime_ms !== null && { runtimeMs: row.runtime_ms }),
  ...(row.status !== null && { status: row.status as NonNullable<ToldFacts['status']> }),
  ...(row.released_on !== null && { releasedOn: row.released_on }),
  ...(row.last_aired_on !== null && { lastAiredOn: row.last_aired_on }),
});

function factsOfEpisode(row: EpisodeFactRow): ToldFacts {
  const { overview, still } = JSON.parse(row.detail ?? '{}') as Pick<ToldEpisode, 'overview' | 'still'>;
  return {
    ...(row.runtime_ms !== null && { runtimeMs: row.runtime_ms }),
    ...(row.aired_on !== null && { releasedOn: row.aired_on }),
    ...(overview !== undefined && { overview }),
    ...(still !== undefined && { poster: still }),
  };
}
