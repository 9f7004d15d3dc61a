import { type DatabaseKind, idList, sql } from '#platform/db/index.ts';
import type { FieldMatch, HistoryFilter, HistorySort, IdOfProvider, ReportField, ReportFilter } from './history-query.ts';
import { equalText, jsonText, partOf } from './text-match.store.ts';

type Sql = ReturnType<typeof sql>;

/** A part of a query over `viewing v`; with `ofTitle` it also speaks of the title `m` and its series `s`. */
export type Piece = Readonly<{ sql: Sql; ofTitle: boolean }>;

const ofViewing = (text: Sql): Piece => ({ sql: text, ofTitle: false });
const ofTitle = (text: Sql): Piece => ({ sql: text, ofTitle: true });

const when = <T>(wanted: T | undefined, piece: (wanted: T) => Piece): readonly Piece[] => (wanted === undefined ? [] : [piece(wanted)]);

const REPORTED = sql`copy_media l join copy c on c.id = l.copy_id join observation o on o.copy_id = c.id join media t on t.id = l.media_id`;

/** Words for the person's wishes, over `viewing v`. */
export function createHistoryConditions(kind: DatabaseKind) {
  const showOfCopy = (path: readonly string[]): Sql => jsonText(kind, sql`c.detail`, ['show', ...path]);
  /** An episode whose series could not be placed is known by what its copies say of it. */
  const homeless = (wanted: Sql): Sql =>
    sql`(select ${wanted} from copy_media l join copy c on c.id = l.copy_id where l.media_id = m.id order by c.id limit 1)`;
  const title = sql`case when m.kind = 'episode' then coalesce(s.title, ${homeless(showOfCopy(['title']))}, '') else m.title end`;
  // SQLite orders by bytes; without this PostgreSQL would order by whatever language its host speaks.
  const byBytes = kind === 'postgres' ? sql` collate "C"` : sql``;

  const sorts: Readonly<Record<HistorySort['by'], Piece>> = {
    id: ofViewing(sql`v.media_id`),
    kind: ofTitle(sql`m.kind${byBytes}`),
    changedAt: ofViewing(sql`v.changed_at`),
    watched: ofViewing(sql`v.watched`),
    via: ofViewing(sql`coalesce((select a.name from account a where a.id = v.via_account_id), '')${byBytes}`),
    title: ofTitle(sql`lower(${title})${byBytes}`),
    year: ofTitle(sql`coalesce(m.year, s.year, -1)`),
    season: ofTitle(sql`coalesce(m.season, -1)`),
    episode: ofTitle(sql`coalesce(m.episode, -1)`),
    createdAt: ofViewing(sql`v.created_at`),
    updatedAt: ofViewing(sql`v.updated_at`),
  };

  const withId = (kinds: Sql, { provider, value }: IdOfProvider): Sql =>
    sql`(select media_id from external_id where kind in (${kinds}) and provider = ${provider} and value = ${value})`;

  function ofParent(id: IdOfProvider): Sql {
    const told = sql`m.kind = 'episode' and m.show_id is null and ${homeless(showOfCopy(['ids', id.provider]))} = ${id.value}`;
    return sql`(m.show_id in ${withId(sql`'show'`, id)} or (${told}))`;
  }

  /** Items are found by their ids through the index of their server; anything else is looked for in all copies anyway. */
  const onServersOf = (field: ReportField, accounts: readonly number[]): Sql =>
    field === 'upstreamId' ? sql`c.server_id in (select server_id from account where id in ${idList(kind, accounts)})` : sql`1 = 1`;

  /** Titles of which some copy is told of in such words by one of the accounts. */
  function reportedAs({ accounts, field, match }: ReportFilter): Piece {
    const told = sql`v.media_id in (select l.media_id from ${REPORTED}
      where o.account_id in ${idList(kind, accounts)} and ${onServersOf(field, accounts)} and ${matching(kind, fieldOf(kind, field, match), match)})`;
    if (field !== 'event') return ofViewing(told);
    const decided = sql`(v.via_account_id in ${idList(kind, accounts)} and ${matching(kind, sql`v.event`, match)})`;
    return ofViewing(sql`(${told} or ${decided})`);
  }

  const conditionsOf = (filter: HistoryFilter): readonly Piece[] => [
    ...when(filter.watched, (watched) => ofViewing(sql`v.watched = ${Number(watched)}`)),
    ...when(filter.id, (id) => ofViewing(sql`v.media_id = ${id}`)),
    ...when(filter.via, (accounts) => ofViewing(sql`v.via_account_id in ${idList(kind, accounts)}`)),
    ...when(filter.year, (year) => ofTitle(sql`coalesce(m.year, s.year) = ${year}`)),
    ...when(filter.kind, (wanted) => ofTitle(sql`m.kind = ${wanted}`)),
    ...when(filter.title, (text) => ofTitle(partOf(kind, title, text))),
    ...when(filter.episodeTitle, (text) => ofTitle(sql`m.kind = 'episode' and ${partOf(kind, sql`m.title`, text)}`)),
    ...when(filter.season, (season) => ofTitle(sql`m.season = ${season}`)),
    ...when(filter.episode, (episode) => ofTitle(sql`m.episode = ${episode}`)),
    ...when(filter.parent, (id) => ofTitle(ofParent(id))),
    ...when(filter.ids, (id) => ofViewing(sql`v.media_id in ${withId(sql`'movie', 'episode'`, id)}`)),
    ...(filter.reports ?? []).map(reportedAs),
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
