import type { Migration } from '#platform/db/index.ts';

export type HistorySizeTables = {
  /** How many titles of a person stand so. `shard` keeps concurrent writers apart on PostgreSQL: whoever reads adds up. */
  history_count: { person_id: number; kind: string; watched: number; via: number; shard: number; titles: number };
};

const KEY = '(person_id, kind, watched, via, shard)';
const KIND = "coalesce((select kind from media where id = %.media_id), '')";
const CHANGED = 'new.watched <> old.watched or new.via_account_id is not old.via_account_id';

const sqliteCount = (row: 'new' | 'old', by: 1 | -1): string => `
  insert into history_count (person_id, kind, watched, via, shard, titles)
  values (${row}.person_id, ${KIND.replace('%', row)}, ${row}.watched, coalesce(${row}.via_account_id, 0), 0, ${by})
  on conflict ${KEY} do update set titles = titles + ${by};`;

const sqliteTriggers: readonly string[] = [
  `create trigger history_counted after insert on viewing begin ${sqliteCount('new', 1)} end`,
  `create trigger history_uncounted after delete on viewing begin ${sqliteCount('old', -1)} end`,
  `create trigger history_recounted after update of watched, via_account_id on viewing when ${CHANGED} begin
    ${sqliteCount('old', -1)} ${sqliteCount('new', 1)} end`,
];

/**
 * Once for each statement. Every connection adds to rows of its own, so that no two transactions ever wait for each other's counters; the
 * rows of connections that are gone are added up by `foldCounts`.
 */
const postgresCount = (changes: string): string => `begin
    insert into history_count (person_id, kind, watched, via, shard, titles)
    select person_id, kind, watched, via, pg_backend_pid(), sum(by) from (${changes}) as changes
    group by person_id, kind, watched, via having sum(by) <> 0
    on conflict ${KEY} do update set titles = history_count.titles + excluded.titles;
    return null;
  end`;
const changesOf = (rows: string, by: 1 | -1): string => `select r.person_id, coalesce(m.kind, '') as kind, r.watched,
    coalesce(r.via_account_id, 0) as via, ${by} as by from ${rows} r left join media m on m.id = r.media_id`;

const postgresTrigger = (name: string, event: string, referencing: string, changes: string): readonly string[] => [
  `create function ${name}() returns trigger language plpgsql as $$ ${postgresCount(changes)} $$`,
  `create trigger ${name} after ${event} on viewing referencing ${referencing} for each statement execute function ${name}()`,
];

const postgresTriggers: readonly string[] = [
  ...postgresTrigger('history_counted', 'insert', 'new table as come', changesOf('come', 1)),
  ...postgresTrigger('history_uncounted', 'delete', 'old table as gone', changesOf('gone', -1)),
  ...postgresTrigger(
    'history_recounted',
    'update',
    'old table as gone new table as come',
    `${changesOf('gone', -1)} union all ${changesOf('come', 1)}`,
  ),
];

export const historySizeMigrations: readonly Migration[] = [
  {
    name: '0131-history-at-size',
    up: ({ kind, bigint, withoutRowid }) => [
      'create index viewing_created on viewing (person_id, created_at, media_id)',
      'create index viewing_watched on viewing (person_id, watched, changed_at, media_id)',
      'create index viewing_via on viewing (person_id, coalesce(via_account_id, 0), media_id)',
      `create table history_count (
        person_id ${bigint} not null,
        kind text not null,
        watched integer not null,
        via ${bigint} not null,
        shard ${bigint} not null,
        titles ${bigint} not null,
        primary key ${KEY}
      ) ${withoutRowid}`,
      `insert into history_count (person_id, kind, watched, via, shard, titles)
        select v.person_id, coalesce(m.kind, ''), v.watched, coalesce(v.via_account_id, 0), 0, count(*)
        from viewing v left join media m on m.id = v.media_id
        group by v.person_id, coalesce(m.kind, ''), v.watched, coalesce(v.via_account_id, 0)`,
      ...(kind === 'sqlite' ? sqliteTriggers : postgresTriggers),
      'create index copy_path on copy (path)',
    ],
  },
];
