import type { PersonId } from '#kernel/ids.ts';
import { type DatabaseKind, idList, sql } from '#platform/db/index.ts';
import type { FieldMatch, HistoryFilter, HistorySort, IdOfProvider, ReportField, ReportFilter } from './history-query.ts';
import { equalText, jsonText, partOf, trigramsOf } from './text-match.store.ts';

type Sql = ReturnType<typeof sql>;

/** A part of a query over `viewing v`; with `ofTitle` it also speaks of the title `m`. */
export type Piece = Readonly<{ sql: Sql; ofTitle: boolean }>;

/** One wish, in the forms in which a query can go about it. */
export type Condition = Piece &
  Readonly<{
    of: keyof HistoryFilter;
    /** All titles that meet it, as ids, by an index: where they are few, a query begins there. Titles of other histories may be among them. */
    set?: Sql;
    /** `set` holds next to nothing, or there is no cheaper way to begin. */
    first?: true;
  }>;

type Words = Omit<Condition, 'of'>;

function when<Name extends keyof HistoryFilter>(
  filter: HistoryFilter,
  of: Name,
  words: (wanted: NonNullable<HistoryFilter[Name]>) => Words,
): readonly Condition[] {
  const wanted = filter[of];
  return wanted === undefined ? [] : [{ of, ...words(wanted as NonNullable<HistoryFilter[Name]>) }];
}

/** The conditions that the counters know: how many titles meet them is known without looking. */
export const COUNTED: ReadonlySet<keyof HistoryFilter> = new Set(['watched', 'via', 'kind']);

const REPORTED = sql`copy_media l join copy c on c.id = l.copy_id join observation o on o.copy_id = c.id join media t on t.id = l.media_id`;
const HOMELESS = sql`m.kind = 'episode' and m.show_id is null`;
const VIA = sql`coalesce(v.via_account_id, 0)`;

/** Words for the person's wishes, over `viewing v`. */
export function createHistoryConditions(kind: DatabaseKind) {
  /** An episode whose series could not be placed is known by what its copies say of it. */
  const toldOfSeries = (path: readonly string[]): Sql =>
    sql`(select ${jsonText(kind, sql`c.detail`, ['show', ...path])}
      from copy_media l join copy c on c.id = l.copy_id where l.media_id = m.id order by c.id limit 1)`;
  // SQLite orders by bytes; without this PostgreSQL would order by whatever language its host speaks.
  const byBytes = kind === 'postgres' ? sql` collate "C"` : sql``;
  const viewed = (text: Sql): Piece => ({ sql: text, ofTitle: false });
  const titled = (text: Sql): Piece => ({ sql: text, ofTitle: true });

  const sorts: Readonly<Record<HistorySort['by'], Piece>> = {
    id: viewed(sql`v.media_id`),
    kind: titled(sql`m.kind${byBytes}`),
    changedAt: viewed(sql`v.changed_at`),
    watched: viewed(sql`v.watched`),
    via: viewed(sql`coalesce((select a.name from account a where a.id = v.via_account_id), '')${byBytes}`),
    title: titled(sql`lower(m.work_title)${byBytes}`),
    year: titled(sql`coalesce(m.work_year, -1)`),
    season: titled(sql`coalesce(m.season, -1)`),
    episode: titled(sql`coalesce(m.episode, -1)`),
    createdAt: viewed(sql`v.created_at`),
    updatedAt: viewed(sql`v.updated_at`),
  };

  const withId = (kinds: Sql, { provider, value }: IdOfProvider): Sql =>
    sql`select media_id from external_id where kind in (${kinds}) and provider = ${provider} and value = ${value}`;

  /**
   * Titles whose text index holds all trigrams of what is looked for, and of these the ones that hold it as it is written; undefined where it
   * is too short to have any. SQLite begins with the first table named, PostgreSQL finds its own index.
   */
  function titlesLike(text: string): Sql | undefined {
    const trigrams = trigramsOf(text);
    if (trigrams === undefined) return undefined;
    if (kind === 'sqlite') {
      const found = sql`work_text w cross join media m on m.id = w.rowid`;
      return sql`select m.id from ${found} where w.work_text match ${trigrams} and m.kind <> 'show' and ${partOf(kind, sql`m.work_title`, text)}
        union all select e.id from ${found} cross join media e on e.show_id = m.id
          where w.work_text match ${trigrams} and m.kind = 'show' and ${partOf(kind, sql`m.title`, text)}`;
    }
    return sql`select id from media where kind in ('movie', 'show') and kind <> 'show' and ${partOf(kind, sql`title`, text)}
      union all select id from media where kind = 'episode' and show_id is null and ${partOf(kind, sql`work_title`, text)}
      union all select id from media where show_id in (
        select id from media where kind in ('movie', 'show') and kind = 'show' and ${partOf(kind, sql`title`, text)})`;
  }

  function episodesLike(text: string): Sql | undefined {
    const trigrams = trigramsOf(text);
    if (trigrams === undefined) return undefined;
    return kind === 'sqlite'
      ? sql`select m.id from episode_text w cross join media m on m.id = w.rowid where w.episode_text match ${trigrams} and ${partOf(kind, sql`m.title`, text)}`
      : sql`select id from media where kind = 'episode' and ${partOf(kind, sql`title`, text)}`;
  }

  /** Episodes without a series are few, and have an index of their own. */
  const listed = kind === 'sqlite' ? sql` indexed by media_homeless` : sql``;

  function ofParent(id: IdOfProvider): Words {
    const shows = sql`(${withId(sql`'show'`, id)})`;
    const told = sql`${HOMELESS} and ${toldOfSeries(['ids', id.provider])} = ${id.value}`;
    return {
      ...titled(sql`(m.show_id in ${shows} or (${told}))`),
      set: sql`select id from media where show_id in ${shows} union all select m.id from media m${listed} where ${told}`,
    };
  }

  /** Items are found by their ids through the index of their server; anything else is looked for in all copies anyway. */
  const onServersOf = (field: ReportField, accounts: readonly number[]): Sql =>
    field === 'upstreamId' ? sql`c.server_id in (select server_id from account where id in ${idList(kind, accounts)})` : sql`1 = 1`;

  /** Titles of which some copy is told of in such words by one of the accounts. */
  function reportedAs({ accounts, field, match }: ReportFilter): Words {
    const told = sql`select distinct l.media_id as id from ${REPORTED}
      where o.account_id in ${idList(kind, accounts)} and ${onServersOf(field, accounts)} and ${matching(kind, fieldOf(kind, field, match), match)}`;
    const ofReports = sql`v.media_id in (${told})`;
    if (field !== 'event') return { ...viewed(ofReports), set: told };
    const decided = sql`(v.via_account_id in ${idList(kind, accounts)} and ${matching(kind, sql`v.event`, match)})`;
    return viewed(sql`(${ofReports} or ${decided})`);
  }

  const ofMedia = (where: Sql): Sql => sql`select id from media where ${where}`;
  const ofViewing = (person: PersonId, where: Sql): Sql =>
    sql`select v.media_id as id from viewing v where v.person_id = ${person} and ${where}`;

  const having = (text: Sql, set?: Sql): Words => ({ ...titled(text), ...(set && { set }) });
  const ofIds = (id: IdOfProvider): Words => {
    const those = withId(sql`'movie', 'episode'`, id);
    return { ...viewed(sql`v.media_id in (${those})`), set: sql`select distinct media_id as id from (${those}) as named`, first: true };
  };
  const numbered = (column: Sql, number: number): Words =>
    having(sql`coalesce(m.${column}, -1) = ${number}`, ofMedia(sql`coalesce(${column}, -1) = ${number}`));
  function ofAccounts(person: PersonId, accounts: readonly number[]): Words {
    // Written out, since PostgreSQL does not guess that a list from elsewhere is short.
    const those = accounts.length === 0 ? sql`1 = 0` : sql`${VIA} in (${sql.join(accounts)})`;
    return { ...viewed(those), set: ofViewing(person, those) };
  }
  function watchedSo(person: PersonId, watched: boolean): Words {
    const so = sql`v.watched = ${Number(watched)}`;
    return { ...viewed(so), set: ofViewing(person, so) };
  }

  /** Those that are met by fewest titles, most of the time, come first. */
  const conditionsOf = (person: PersonId, filter: HistoryFilter): readonly Condition[] => [
    ...when(filter, 'id', (id) => ({ ...viewed(sql`v.media_id = ${id}`), set: sql`select ${sql.lit(id)} as id`, first: true })),
    ...when(filter, 'ids', ofIds),
    ...(filter.reports ?? []).map((report): Condition => ({ of: 'reports', ...reportedAs(report), first: true })),
    ...when(filter, 'parent', ofParent),
    ...when(filter, 'title', (text) => having(partOf(kind, sql`m.work_title`, text), titlesLike(text))),
    ...when(filter, 'episodeTitle', (text) => having(sql`m.kind = 'episode' and ${partOf(kind, sql`m.title`, text)}`, episodesLike(text))),
    ...when(filter, 'year', (year) => numbered(sql`work_year`, year)),
    ...when(filter, 'episode', (episode) => numbered(sql`episode`, episode)),
    ...when(filter, 'season', (season) => numbered(sql`season`, season)),
    ...when(filter, 'via', (accounts) => ofAccounts(person, accounts)),
    ...when(filter, 'watched', (watched) => watchedSo(person, watched)),
    ...when(filter, 'kind', (wanted) => having(sql`m.kind = ${wanted}`, ofMedia(sql`kind = ${wanted}`))),
  ];

  return { conditionsOf, sortOf: (by: HistorySort['by']): Piece => sorts[by] };
}

function matching(kind: DatabaseKind, field: Sql, match: FieldMatch): Sql {
  // As they are, PostgreSQL would take the numbers for those of the column, and refuse 1.5 where that holds whole ones.
  const number = (value: number): Sql => sql`cast(${value} as double precision)`;
  if ('from' in match) return sql`${field} between ${number(match.from)} and ${number(match.to)}`;
  return match.exact ? equalText(field, match.text) : partOf(kind, field, match.text);
}

/** Over the tables of REPORTED. */
function fieldOf(kind: DatabaseKind, field: ReportField, match: FieldMatch): Sql {
  const detail = (...path: string[]): Sql => jsonText(kind, sql`c.detail`, path);
  if (typeof field === 'object') return field.idsOf === 'title' ? detail('ids', field.provider) : detail('show', 'ids', field.provider);
  const fields: Readonly<Record<typeof field, Sql>> = {
    upstreamId: sql`c.upstream_id`,
    kind: sql`c.kind`,
    title: sql`c.title`,
    workTitle: sql`(case when c.kind = 'episode' then ${detail('show', 'title')} else c.title end)`,
    libraryId: sql`c.library_id`,
    showUpstreamId: sql`c.show_upstream_id`,
    path: 'exact' in match && match.exact ? sql`c.path` : sql`(coalesce(c.path, '') || ' ' || c.files)`,
    overview: detail('overview'),
    genres: detail('genres'),
    releasedOn: detail('releasedOn'),
    event: sql`o.event`,
    played: sql`o.played`,
    addedAt: sql`coalesce(o.added_at, c.added_at)`,
    lastPlayedAt: sql`o.last_played_at`,
    positionMs: sql`o.position_ms`,
    rating: sql`o.rating`,
    favorite: sql`o.favorite`,
    season: sql`c.season`,
    episode: sql`t.episode`,
    year: sql`cast(${detail('year')} as integer)`,
    several: sql`(case when c.episodes like '%,%' then 1 else 0 end)`,
    observedAt: sql`o.observed_at`,
  };
  return fields[field];
}
