import type { DatabaseKind, Migration } from '#platform/db/index.ts';

/**
 * `work_title` and `work_year` are what a title is listed under: its own, for an episode those of its series; an episode without a series
 * goes by what its first copy tells of it. Whoever inserts a medium writes them, and on SQLite its text too: a trigger that writes makes
 * each insert note the pages it touches so that it could be taken back alone, which costs an import more than all of the indexes. Whatever
 * changes later (a series that is found, joined, renamed or told) is followed by triggers.
 */
const toldByCopy = (kind: DatabaseKind, media: string): string => {
  const title = kind === 'sqlite' ? "json_extract(c.detail, '$.show.title')" : "(c.detail::json #>> '{show,title}')";
  return `(select ${title} from copy_media l join copy c on c.id = l.copy_id where l.media_id = ${media}.id order by c.id limit 1)`;
};
const ofSeries = (column: 'title' | 'year', media: string): string => `(select s.${column} from media s where s.id = ${media}.show_id)`;
const workTitle = (kind: DatabaseKind, media: string): string =>
  `case when ${media}.kind = 'episode' then coalesce(${ofSeries('title', media)}, ${toldByCopy(kind, media)}, '') else ${media}.title end`;
const workYear = (media: string): string => `coalesce(${media}.year, ${ofSeries('year', media)})`;

const WORKS = "kind in ('movie', 'show')";
const HOMELESS = "kind = 'episode' and show_id is null";

const indexes = (kind: DatabaseKind): readonly string[] => [
  `create index media_work_title on media (${kind === 'sqlite' ? 'lower(work_title)' : '(lower(work_title)) collate "C"'}, id)`,
  'create index media_work_year on media (coalesce(work_year, -1), id)',
  'create index media_season on media (coalesce(season, -1), id)',
  'create index media_episode on media (coalesce(episode, -1), id)',
  'create index media_show on media (show_id, season, episode)',
  'create index media_kind on media (kind, id)',
  `create index media_homeless on media (id) where ${HOMELESS}`,
];

const fill = (kind: DatabaseKind): string => `update media set work_title = ${workTitle(kind, 'media')}, work_year = ${workYear('media')}`;

const sqliteText = (name: string): string =>
  `create virtual table ${name} using fts5(title, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none)`;

/** Works are found by their own name, episodes too, and those without a series by that of the series as well. */
const sqliteTriggers: readonly string[] = [
  `create trigger media_listed after update of title, year, show_id on media
    when new.title is not old.title or new.year is not old.year or new.show_id is not old.show_id begin
    update media set work_title = ${workTitle('sqlite', 'media')}, work_year = ${workYear('media')} where id = new.id;
    update media set work_title = ${workTitle('sqlite', 'media')}, work_year = ${workYear('media')} where show_id = new.id;
  end`,
  `create trigger media_listed_linked after insert on copy_media
    when exists (select 1 from media m where m.id = new.media_id and m.kind = 'episode' and m.show_id is null) begin
    update media set work_title = ${workTitle('sqlite', 'media')} where id = new.media_id;
  end`,
  `create trigger media_listed_unlinked after delete on copy_media
    when exists (select 1 from media m where m.id = old.media_id and m.kind = 'episode' and m.show_id is null) begin
    update media set work_title = ${workTitle('sqlite', 'media')} where id = old.media_id;
  end`,
  `create trigger media_listed_retold after update of detail on copy when new.detail is not old.detail begin
    update media set work_title = ${workTitle('sqlite', 'media')}
    where id in (select media_id from copy_media where copy_id = new.id) and ${HOMELESS};
  end`,
  `create trigger work_text_renamed after update of title on media when new.${WORKS} and new.title is not old.title begin
    delete from work_text where rowid = new.id;
    insert into work_text (rowid, title) values (new.id, new.title);
  end`,
  `create trigger work_text_homeless after update of work_title, show_id on media
    when new.kind = 'episode' and (new.show_id is null or old.show_id is null)
    and (new.work_title is not old.work_title or new.show_id is not old.show_id) begin
    delete from work_text where rowid = new.id;
    insert into work_text (rowid, title) select new.id, new.work_title where new.show_id is null and new.work_title <> '';
  end`,
  `create trigger episode_text_renamed after update of title on media when new.kind = 'episode' and new.title is not old.title begin
    delete from episode_text where rowid = new.id;
    insert into episode_text (rowid, title) values (new.id, new.title);
  end`,
  `create trigger media_text_gone after delete on media begin
    delete from work_text where rowid = old.id;
    delete from episode_text where rowid = old.id;
  end`,
];

const sqliteSteps: readonly string[] = [
  sqliteText('work_text'),
  sqliteText('episode_text'),
  `insert into work_text (rowid, title) select id, title from media where ${WORKS}`,
  `insert into work_text (rowid, title) select id, work_title from media where ${HOMELESS} and work_title <> ''`,
  "insert into episode_text (rowid, title) select id, title from media where kind = 'episode'",
  ...sqliteTriggers,
];

const WHERE_TEXTS: Readonly<Record<string, Readonly<{ column: string; where: string }>>> = {
  work_text: { column: 'title', where: WORKS },
  homeless_text: { column: 'work_title', where: HOMELESS },
  episode_text: { column: 'title', where: "kind = 'episode'" },
};

/**
 * The extension comes with PostgreSQL, yet a host may not have it or not allow it. Without it the same searches read every title: slower,
 * and as right. Its names are looked up where it lies, which need not be our schema.
 */
const postgresText: readonly string[] = [
  `do $$ begin
    create extension if not exists pg_trgm;
  exception when others then
    raise notice 'pg_trgm is not to be had (%), texts are searched without it', sqlerrm;
  end $$`,
  ...Object.entries(WHERE_TEXTS).map(
    ([name, { column, where }]) => `do $$ declare home text; begin
      select n.nspname into home from pg_extension e join pg_namespace n on n.oid = e.extnamespace where e.extname = 'pg_trgm';
      if home is not null then
        execute format($q$create index ${name} on media using gin (${column} %I.gin_trgm_ops) where ${where}$q$, home);
      end if;
    exception when others then
      raise notice '${name} was not made (%), texts are searched without it', sqlerrm;
    end $$`,
  ),
];

const postgresSteps: readonly string[] = [
  ...postgresText,
  `create function media_listed() returns trigger language plpgsql as $$ begin
    new.work_title := ${workTitle('postgres', 'new')};
    new.work_year := ${workYear('new')};
    return new;
  end $$`,
  'create trigger media_listed before update of title, year, show_id on media for each row execute function media_listed()',
  `create function media_listed_below() returns trigger language plpgsql as $$ begin
    update media set work_title = ${workTitle('postgres', 'media')}, work_year = ${workYear('media')} where show_id = new.id;
    return null;
  end $$`,
  `create trigger media_listed_below after update of title, year on media for each row when (new.kind = 'show') execute function media_listed_below()`,
  `create function media_listed_links() returns trigger language plpgsql as $$ begin
    update media set work_title = ${workTitle('postgres', 'media')} where id in (select media_id from links) and ${HOMELESS};
    return null;
  end $$`,
  `create trigger media_listed_linked after insert on copy_media referencing new table as links for each statement
    execute function media_listed_links()`,
  `create trigger media_listed_unlinked after delete on copy_media referencing old table as links for each statement
    execute function media_listed_links()`,
  `create function media_listed_retold() returns trigger language plpgsql as $$ begin
    update media set work_title = ${workTitle('postgres', 'media')}
    where id in (select media_id from copy_media where copy_id = new.id) and ${HOMELESS};
    return null;
  end $$`,
  `create trigger media_listed_retold after update of detail on copy for each row when (new.detail is distinct from old.detail)
    execute function media_listed_retold()`,
];

export const mediaOrderMigrations: readonly Migration[] = [
  {
    name: '0130-media-in-order',
    up: ({ kind }) => [
      'alter table media add column work_title text',
      'alter table media add column work_year integer',
      fill(kind),
      ...indexes(kind),
      ...(kind === 'sqlite' ? sqliteSteps : postgresSteps),
    ],
  },
];
