-- Made by `npm run schema` from the steps in server/src/migrations.ts. Read it in review; do not edit it.

CREATE TRIGGER episode_text_renamed after update of title on media when new.kind = 'episode' and new.title is not old.title begin
  delete from episode_text where rowid = new.id;
  insert into episode_text (rowid, title) values (new.id, new.title);
  end;

CREATE TRIGGER history_counted after insert on viewing begin
  insert into history_count (person_id, kind, watched, via, shard, titles)
  values (new.person_id, coalesce((select kind from media where id = new.media_id), ''), new.watched, coalesce(new.via_account_id, 0), 0, 1)
  on conflict (person_id, kind, watched, via, shard) do update set titles = titles + 1; end;

CREATE TRIGGER history_recounted after update of watched, via_account_id on viewing when new.watched <> old.watched or new.via_account_id is not old.via_account_id begin
  insert into history_count (person_id, kind, watched, via, shard, titles)
  values (old.person_id, coalesce((select kind from media where id = old.media_id), ''), old.watched, coalesce(old.via_account_id, 0), 0, -1)
  on conflict (person_id, kind, watched, via, shard) do update set titles = titles + -1;
  insert into history_count (person_id, kind, watched, via, shard, titles)
  values (new.person_id, coalesce((select kind from media where id = new.media_id), ''), new.watched, coalesce(new.via_account_id, 0), 0, 1)
  on conflict (person_id, kind, watched, via, shard) do update set titles = titles + 1; end;

CREATE TRIGGER history_uncounted after delete on viewing begin
  insert into history_count (person_id, kind, watched, via, shard, titles)
  values (old.person_id, coalesce((select kind from media where id = old.media_id), ''), old.watched, coalesce(old.via_account_id, 0), 0, -1)
  on conflict (person_id, kind, watched, via, shard) do update set titles = titles + -1; end;

CREATE TRIGGER media_listed after update of title, year, show_id on media
  when new.title is not old.title or new.year is not old.year or new.show_id is not old.show_id begin
  update media set work_title = case when media.kind = 'episode' then coalesce((select s.title from media s where s.id = media.show_id), (select json_extract(c.detail, '$.show.title') from copy_media l join copy c on c.id = l.copy_id where l.media_id = media.id order by c.id limit 1), '') else media.title end, work_year = coalesce(media.year, (select s.year from media s where s.id = media.show_id)) where id = new.id;
  update media set work_title = case when media.kind = 'episode' then coalesce((select s.title from media s where s.id = media.show_id), (select json_extract(c.detail, '$.show.title') from copy_media l join copy c on c.id = l.copy_id where l.media_id = media.id order by c.id limit 1), '') else media.title end, work_year = coalesce(media.year, (select s.year from media s where s.id = media.show_id)) where show_id = new.id;
  end;

CREATE TRIGGER media_listed_linked after insert on copy_media
  when exists (select 1 from media m where m.id = new.media_id and m.kind = 'episode' and m.show_id is null) begin
  update media set work_title = case when media.kind = 'episode' then coalesce((select s.title from media s where s.id = media.show_id), (select json_extract(c.detail, '$.show.title') from copy_media l join copy c on c.id = l.copy_id where l.media_id = media.id order by c.id limit 1), '') else media.title end where id = new.media_id;
  end;

CREATE TRIGGER media_listed_retold after update of detail on copy when new.detail is not old.detail begin
  update media set work_title = case when media.kind = 'episode' then coalesce((select s.title from media s where s.id = media.show_id), (select json_extract(c.detail, '$.show.title') from copy_media l join copy c on c.id = l.copy_id where l.media_id = media.id order by c.id limit 1), '') else media.title end
  where id in (select media_id from copy_media where copy_id = new.id) and kind = 'episode' and show_id is null;
  end;

CREATE TRIGGER media_listed_unlinked after delete on copy_media
  when exists (select 1 from media m where m.id = old.media_id and m.kind = 'episode' and m.show_id is null) begin
  update media set work_title = case when media.kind = 'episode' then coalesce((select s.title from media s where s.id = media.show_id), (select json_extract(c.detail, '$.show.title') from copy_media l join copy c on c.id = l.copy_id where l.media_id = media.id order by c.id limit 1), '') else media.title end where id = old.media_id;
  end;

CREATE TRIGGER media_text_gone after delete on media begin
  delete from work_text where rowid = old.id;
  delete from episode_text where rowid = old.id;
  end;

CREATE TRIGGER work_text_homeless after update of work_title, show_id on media
  when new.kind = 'episode' and (new.show_id is null or old.show_id is null)
  and (new.work_title is not old.work_title or new.show_id is not old.show_id) begin
  delete from work_text where rowid = new.id;
  insert into work_text (rowid, title) select new.id, new.work_title where new.show_id is null and new.work_title <> '';
  end;

CREATE TRIGGER work_text_renamed after update of title on media when new.kind in ('movie', 'show') and new.title is not old.title begin
  delete from work_text where rowid = new.id;
  insert into work_text (rowid, title) values (new.id, new.title);
  end;

CREATE TABLE access_mark (name text primary key, at integer not null);

CREATE TABLE account (
  id integer primary key autoincrement,
  server_id integer not null references server (id),
  person_id integer not null references person (id) on delete cascade,
  name text not null,
  upstream_user_id text not null,
  upstream_user_name text,
  token text not null,
  options text not null,
  secret_options text,
  import_enabled integer not null,
  export_enabled integer not null,
  metadata_only integer not null,
  never_unwatch integer not null,
  consent text not null,
  import_last_sync integer,
  export_last_sync integer,
  webhook_token text not null,
  webhook_token_hash text not null unique,
  health_state text not null,
  error_at integer,
  error_code text,
  error_message text,
  last_event_at integer,
  last_event text,
  created_at integer not null,
  updated_at integer not null, error_from text,
  unique (person_id, name)
);

CREATE TABLE activity (
  id integer primary key autoincrement,
  at integer not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  verb text not null,
  subject text not null,
  detail text not null,
  person_id integer
);

CREATE TABLE anime_entry (
  format text not null, number integer not null, tvdb_id text, title text, kind text, primary key (format, number)) without rowid;

CREATE TABLE anime_entry_id (
  provider text not null, value text not null, format text not null, number integer not null,
  primary key (provider, value, format, number)) without rowid;

CREATE TABLE anime_mapping (
  format text primary key, digest text not null, entries integer not null, spans integer not null, imported_at integer not null);

CREATE TABLE anime_span (
  format text not null, number integer not null, place integer not null, special integer not null, first integer not null,
  last integer, season integer not null, shift integer, rank integer not null, primary key (format, number, place)) without rowid;

CREATE TABLE api_key (
  id integer primary key autoincrement,
  name text not null,
  key_hash text not null unique,
  role text not null,
  scopes text not null,
  surface text not null,
  person_id integer references person (id) on delete cascade,
  origin text not null,
  created_by text not null,
  created_at integer not null,
  last_used_at integer,
  revoked_at integer
  , made_by_login integer);

CREATE TABLE app_ask (
  id integer primary key autoincrement,
  flow text not null,
  user_code_hash text not null unique,
  device_code_hash text unique,
  client_id text not null,
  app_name text not null,
  redirect text,
  scopes text not null,
  state text not null,
  app_id integer references client_app (id) on delete cascade,
  person_id integer references person (id) on delete cascade,
  approved_by text,
  interval_seconds integer not null,
  polled_at integer,
  created_at integer not null,
  expires_at integer not null
);

CREATE TABLE app_code (
  code_hash text not null primary key,
  app_id integer not null references client_app (id) on delete cascade,
  person_id integer not null references person (id) on delete cascade,
  generation integer not null,
  redirect text not null,
  challenge text,
  challenge_method text,
  scopes text not null,
  approved_by text not null,
  expires_at integer not null,
  used_at integer
) without rowid;

CREATE TABLE app_grant (
  id integer primary key autoincrement,
  app_id integer not null references client_app (id) on delete cascade,
  person_id integer not null references person (id) on delete cascade,
  generation integer not null,
  scopes text not null,
  flow text not null,
  token_hash text not null unique,
  token_until integer not null,
  refresh_hash text unique,
  refresh_until integer,
  approved_by text not null,
  created_at integer not null,
  last_used_at integer,
  revoked_at integer
);

CREATE TABLE app_request (id_hash text not null primary key, request text not null, expires_at integer not null) without rowid;

CREATE TABLE bin_entry (
  id integer primary key autoincrement,
  kind text not null,
  person_id integer,
  title text not null,
  payload text not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null,
  deleted_at integer not null,
  restore_until integer not null,
  restored_at integer
);

CREATE TABLE client_app (
  id integer primary key autoincrement,
  client_id text not null unique,
  name text not null,
  dialect text not null,
  generation integer,
  redirects text not null,
  secret_hash text,
  origin text not null,
  created_by text not null,
  created_at integer not null,
  blocked_at integer
);

CREATE TABLE coordinate (
  show_id integer not null, season integer not null, number integer not null, scheme text not null,
  media_id integer not null, copy_id integer not null, server_id integer,
  primary key (show_id, season, number, scheme, media_id, copy_id)) without rowid;

CREATE TABLE copy (
  id integer primary key autoincrement, server_id integer not null, upstream_id text not null, library_id text not null, fingerprint text not null,
  added_at integer, gone_at integer, unmatched text, kind text not null, title text not null, show_upstream_id text,
  season integer, episodes text, path text, size integer, resolution text, replaced_at integer,
  first_seen_at integer not null, files text not null, detail text not null);

CREATE TABLE copy_media (
  copy_id integer not null, media_id integer not null, place integer not null, how text not null,
  primary key (copy_id, media_id)) without rowid;

CREATE TABLE custom_id_binned (
  bin_id integer not null references bin_entry (id) on delete cascade, kind text not null, provider text not null,
  value text not null, media_id integer not null, primary key (bin_id, kind, provider, value)) without rowid;

CREATE TABLE custom_link (
  id text primary key, type text not null, source text not null, provider text not null, legacy integer, replace_from text,
  replace_to text, created_at integer not null, position integer not null, unique (type, source));

CREATE TABLE custom_provider (
  id text primary key, name text not null unique, type text not null, description text not null, pattern text not null,
  example text not null, tests text not null, created_at integer not null);

CREATE TABLE demo (id integer primary key check (id = 1), started_at integer not null, tables text not null, people text not null);

CREATE TABLE desk_user (
  desk_id integer not null references request_desk (id) on delete cascade,
  user_id integer not null,
  display_name text not null,
  email text,
  plex_id text,
  plex_username text,
  jellyfin_user_id text,
  jellyfin_username text,
  person_id integer references person (id) on delete set null,
  person_by text,
  primary key (desk_id, user_id)
) without rowid;

CREATE TABLE episode_fact (
  show_id integer not null, source text not null, season integer not null, number integer not null, title text, aired_on text,
  runtime_ms integer, detail text, primary key (show_id, source, season, number)) without rowid;

CREATE VIRTUAL TABLE episode_text using fts5(title, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none);

CREATE TABLE 'episode_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'episode_text_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'episode_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'episode_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE evidence (
  id integer primary key autoincrement,
  play_id integer not null,
  account_id integer,
  copy_id integer,
  how text not null,
  event text,
  at integer,
  received_at integer not null
);

CREATE TABLE evidence_binned (bin_id integer not null references bin_entry (id) on delete cascade, play_id integer not null, account_id integer, copy_id integer, how text not null, event text,
  at integer, received_at integer not null);

CREATE TABLE external_id (
  kind text not null, provider text not null, value text not null, media_id integer not null,
  primary key (kind, provider, value)) without rowid;

CREATE TABLE hidden_binned (bin_id integer not null references bin_entry (id) on delete cascade, person_id integer not null, media_id integer not null);

CREATE TABLE hidden_title (person_id integer not null, media_id integer not null, primary key (person_id, media_id)) without rowid;

CREATE TABLE history_count (
  person_id integer not null,
  kind text not null,
  watched integer not null,
  via integer not null,
  shard integer not null,
  titles integer not null,
  primary key (person_id, kind, watched, via, shard)
) without rowid;

CREATE TABLE id_counter (name text primary key, next bigint not null);

CREATE TABLE ignore_rule (
  id integer primary key autoincrement,
  person_id integer not null references person (id) on delete cascade,
  rule text not null,
  type text not null,
  provider text not null,
  value text not null,
  account text not null,
  upstream_id text,
  created_at integer not null,
  unique (person_id, rule)
);

CREATE TABLE job (
  seq integer primary key autoincrement,
  id text not null unique,
  name text not null,
  lane text not null,
  payload text not null,
  person integer,
  reference text,
  status integer not null,
  attempts integer not null,
  max_attempts integer not null,
  run_at integer not null,
  progress text,
  logs text not null,
  result text,
  error text,
  cancel_requested integer not null,
  owner text,
  created_at integer not null,
  updated_at integer not null,
  started_at integer,
  finished_at integer,
  heartbeat_at integer
);

CREATE TABLE journal (
  id integer primary key autoincrement,
  kind text not null,
  target text not null,
  subject text not null,
  payload text not null,
  before text,
  repeatable integer not null,
  deadline_at integer not null,
  state text not null,
  outcome text,
  created_at integer not null,
  finished_at integer
);

CREATE TABLE list_aside (person_id integer not null, media_id integer not null, list text not null, since integer not null, changed_at integer not null, primary key (person_id, media_id)) without rowid;

CREATE TABLE list_binned (bin_id integer not null references bin_entry (id) on delete cascade, person_id integer not null, media_id integer not null, list text not null, since integer not null, changed_at integer not null);

CREATE TABLE list_entry (person_id integer not null, media_id integer not null, list text not null, since integer not null, changed_at integer not null, primary key (person_id, media_id)) without rowid;

CREATE TABLE login (
  id integer primary key autoincrement,
  username text not null,
  username_key text not null unique,
  password_hash text not null,
  role text not null,
  person_id integer not null references person (id) on delete cascade,
  token_version integer not null,
  created_at integer not null,
  last_used_at integer
  , scopes text);

CREATE TABLE media (
  id integer primary key autoincrement, kind text not null, title text not null, year integer, show_id integer, season integer, episode integer,
  merged_into integer, created_at integer not null, updated_at integer not null, work_title text, work_year integer);

CREATE TABLE media_apart (a_id integer not null, b_id integer not null, primary key (a_id, b_id)) without rowid;

CREATE TABLE media_conflict (
  id integer primary key autoincrement, kind text not null, subject text not null, copy_id integer, place integer not null, candidates text not null,
  reason text not null, created_at integer not null, resolved_at integer, resolution text);

CREATE TABLE media_merge (
  id integer primary key autoincrement, parent_id integer, from_id integer not null, into_id integer not null, moved text not null,
  at integer not null, actor text not null, split_at integer);

CREATE TABLE metadata_check (
  media_id integer not null, source text not null, state text not null, checked_at integer not null, due_at integer not null,
  failures integer not null, fault text, primary key (media_id, source)) without rowid;

CREATE TABLE metadata_day (source text not null, day text not null, calls integer not null, primary key (source, day)) without rowid;

CREATE TABLE observation (
  account_id integer not null,
  copy_id integer not null,
  played integer not null,
  play_count integer,
  last_played_at integer,
  position_ms integer not null,
  rating real,
  favorite integer,
  added_at integer,
  observed_at integer not null,
  event text,
  heard integer not null,
  pushed_played integer,
  pushed_at integer,
  pushed_played_at integer, pushed_count integer,
  primary key (account_id, copy_id)
) without rowid;

CREATE TABLE outbox (
  id integer primary key autoincrement,
  topic text not null,
  payload text not null,
  created_at integer not null
);

CREATE TABLE outbox_delivery (
  subscriber text not null,
  event_id integer not null,
  attempts integer not null,
  retry_at integer not null,
  error text,
  dead integer not null,
  primary key (subscriber, event_id)
) without rowid;

CREATE TABLE outbox_subscription (
  topic text not null,
  subscriber text not null,
  primary key (topic, subscriber)
) without rowid;

CREATE TABLE person (
  id integer primary key autoincrement,
  name text not null unique,
  display_name text not null,
  created_at integer not null
);

CREATE TABLE plain_title (
  media_id integer not null primary key, kind text not null, plain text not null, year integer) without rowid;

CREATE TABLE plan (
  id text primary key,
  feature text not null,
  person_id integer,
  title text not null,
  state text not null,
  reason text not null,
  summary text not null,
  job_id text,
  created_at integer not null,
  expires_at integer,
  decided_at integer,
  decided_by text,
  finished_at integer,
  outcome text
);

CREATE TABLE plan_change (
  id integer primary key autoincrement,
  plan_id text not null references plan (id) on delete cascade,
  seq integer not null,
  kind text not null,
  account_id integer,
  subject text not null,
  before text not null,
  after text not null,
  reason text not null,
  asked_by text not null,
  state text not null,
  outcome text, rule text not null default '', row_key text not null default '', may_leave_out integer not null default 0,
  unique (plan_id, seq)
);

CREATE TABLE play (
  id integer primary key,
  person_id integer not null,
  media_id integer not null,
  recorded_as integer not null,
  at integer,
  created_at integer not null
);

CREATE TABLE play_binned (bin_id integer not null references bin_entry (id) on delete cascade, id integer not null, person_id integer not null, media_id integer not null,
  recorded_as integer not null, at integer, created_at integer not null);

CREATE TABLE push_held (
  account_id integer not null, copy_id integer not null, until integer not null, primary key (account_id, copy_id)) without rowid;

CREATE TABLE push_queue (
  account_id integer not null,
  copy_id integer not null,
  reason text not null,
  attempts integer not null,
  next_at integer not null,
  queued_at integer not null,
  error_code text,
  error_message text,
  primary key (account_id, copy_id)
) without rowid;

CREATE TABLE rating (person_id integer not null, media_id integer not null, rating integer not null, rated_at integer not null, primary key (person_id, media_id)) without rowid;

CREATE TABLE rating_aside (person_id integer not null, media_id integer not null, rating integer not null, rated_at integer not null, primary key (person_id, media_id)) without rowid;

CREATE TABLE rating_binned (bin_id integer not null references bin_entry (id) on delete cascade, person_id integer not null, media_id integer not null, rating integer not null, rated_at integer not null);

CREATE TABLE remote_agreed (
  connection_id integer not null references remote_tracker (id) on delete cascade, media_id integer not null, title_id integer not null, number integer not null, season integer not null,
  episode integer not null, here_at integer, there_at integer, primary key (connection_id, media_id)) without rowid;

CREATE TABLE remote_open (
  connection_id integer not null references remote_tracker (id) on delete cascade, media_id integer not null, title_id integer not null, what text not null, state text not null, reason text not null,
  at integer not null, primary key (connection_id, media_id, what)) without rowid;

CREATE TABLE remote_title (
  connection_id integer not null references remote_tracker (id) on delete cascade, number integer not null, shelf text not null, media_id integer, seen text, list_here text, list_there text,
  rating_here integer, rating_there integer, dirty integer not null, primary key (connection_id, number)) without rowid;

CREATE TABLE remote_tracker (
  id integer primary key autoincrement, person_id integer not null, name text not null unique, vendor text not null, client_id text not null, client_secret text,
  waiting text, grant_sealed text, account_id text, account_name text, account_plan text, calls_per_day integer not null,
  takes integer not null, sends integer not null, lists integer not null, ratings integer not null, consent text not null,
  stamps text, read_at integer, synced_at integer, spent_on text not null, spent integer not null, resume_at integer,
  error_at integer, error_code text, error_message text, created_at integer not null);

CREATE TABLE replica (
  desk_id integer not null references request_desk (id) on delete cascade,
  request_id integer not null references request (id) on delete cascade,
  state text not null,
  reason text not null,
  basis text not null,
  next_at integer,
  satisfied text not null,
  failed_at integer,
  code text,
  message text,
  permanent integer not null,
  attempts integer not null,
  since integer not null,
  primary key (desk_id, request_id)
) without rowid;

CREATE TABLE replica_link (
  desk_id integer not null references request_desk (id) on delete cascade,
  upstream_id integer not null,
  request_id integer not null references request (id) on delete cascade,
  how text not null,
  told text,
  is4k integer not null,
  seen_status text not null,
  seen_parts text not null,
  linked_at integer not null,
  synced_at integer not null,
  look_at integer,
  hidden_at integer,
  primary key (desk_id, upstream_id, request_id)
) without rowid;

CREATE TABLE replica_removal (
  request_id integer primary key references request (id) on delete cascade,
  decision text not null,
  plan_id text not null,
  decided_at integer not null
);

CREATE TABLE replication_cycle (
  id integer primary key,
  started_at integer not null,
  outcome text not null
);

CREATE TABLE replication_revision (id integer primary key, revision integer not null);

CREATE TABLE request (
  id integer primary key autoincrement,
  desk_id integer not null references request_desk (id) on delete cascade,
  upstream_id integer not null,
  kind text not null,
  tmdb_id integer not null,
  tvdb_id integer,
  imdb_id text,
  is4k integer not null,
  status text not null,
  media_status text not null,
  seasons text not null,
  user_id integer not null,
  created_at integer not null,
  first_seen_at integer not null,
  last_seen_at integer,
  look_at integer,
  hidden_at integer,
  gone_at integer,
  unique (desk_id, upstream_id)
);

CREATE TABLE request_desk (
  id integer primary key autoincrement,
  name text not null unique,
  place text not null,
  vendor text not null,
  url text not null,
  api_key text,
  role text not null,
  label text,
  version text,
  proven_at integer,
  listed_at integer,
  error_at integer,
  error_code text,
  error_message text,
  faults_in_a_row integer not null,
  webhook_token text not null,
  webhook_token_hash text not null unique,
  created_at integer not null,
  updated_at integer not null
);

CREATE TABLE schedule_mark (
  task text not null primary key,
  fired_for integer not null
) without rowid;

CREATE TABLE "schema_migration" ("name" text primary key, "applied_at" bigint not null);

CREATE TABLE scrobble_session (
  person_id integer not null, media_id integer not null, state text not null, progress double precision not null,
  at integer not null, started_at integer not null, due_at integer, client text not null,
  primary key (person_id, media_id)) without rowid;

CREATE TABLE server (
  id integer primary key autoincrement,
  type text not null,
  uuid text not null,
  url text not null,
  name text not null,
  version text not null,
  created_at integer not null,
  updated_at integer not null,
  unique (type, uuid, url)
);

CREATE TABLE server_show (
  server_id integer not null, upstream_id text not null, media_id integer not null, identity text not null,
  primary key (server_id, upstream_id)) without rowid;

CREATE TABLE setting (
  key text not null,
  subject integer not null,
  value text not null,
  updated_at integer not null,
  primary key (key, subject)
) without rowid;

CREATE TABLE setting_history (
  id integer primary key autoincrement,
  key text not null,
  subject integer not null,
  value text,
  at integer not null,
  actor_kind text not null,
  actor_id text not null,
  actor_name text not null
);

CREATE TABLE shelf_word (
  account_id integer not null references account (id) on delete cascade,
  what text not null,
  upstream_id text not null,
  media_id integer not null,
  title text not null,
  theirs real,
  ours real,
  mode text not null,
  seen_at integer not null,
  due integer not null default 0,
  primary key (account_id, what, upstream_id)
) without rowid;

CREATE TABLE title_anime (
  media_id integer not null primary key, anime integer not null, at integer not null, actor text not null) without rowid;

CREATE TABLE title_card (
  media_id integer not null primary key, kind text not null, title text not null,
  sort_title text  not null, plain text not null, year integer, added_at integer not null,
  servers integer not null, parts integer not null, has_ids integer not null);

CREATE TABLE title_due (media_id integer not null primary key) without rowid;

CREATE TABLE title_fact (
  media_id integer not null, source text not null, runtime_ms integer, status text, released_on text, last_aired_on text,
  complete integer not null, detail text not null, told_at integer not null, primary key (media_id, source)) without rowid;

CREATE TABLE title_number (
  media_id integer not null primary key, number integer not null, owner_id integer not null) without rowid;

CREATE TABLE title_place (
  media_id integer not null, server_id integer not null, parts integer not null, primary key (media_id, server_id)) without rowid;

CREATE TABLE title_stand (
  person_id integer not null references person (id) on delete cascade, media_id integer not null, state integer not null,
  watched integer not null, last_watched_at integer, rating integer, list text, differs integer not null,
  primary key (person_id, media_id)) without rowid;

CREATE TABLE tracker_entry (
  person_id integer not null, media_id integer not null, type text not null, modified_at integer not null,
  watched integer not null, total integer not null, not_aired integer not null, last_watched_at integer,
  last_season integer, last_episode integer, next_season integer, next_episode integer, next_air_at integer,
  episodes text not null, rating_changed_at integer, primary key (person_id, media_id));

CREATE TABLE tracker_memo (
  person_id integer not null, media_id integer not null, recorded_as integer not null, text text not null,
  is_private integer not null, changed_at integer not null, primary key (person_id, recorded_as)) without rowid;

CREATE TABLE tracker_person (
  person_id integer primary key, started_at integer not null, filled_at integer, last_stamp integer not null, told_stamp integer not null default 0, time_zone text);

CREATE TABLE tracker_rewatch (
  id integer primary key autoincrement, person_id integer not null, media_id integer not null, status text not null, started_at integer not null);

CREATE TABLE tracker_rewatch_play (
  rewatch_id integer not null, media_id integer not null, at integer not null, primary key (rewatch_id, media_id)) without rowid;

CREATE TABLE tracker_stamp (
  person_id integer not null, type text not null, kind text not null, at integer not null,
  primary key (person_id, type, kind)) without rowid;

CREATE TABLE tracker_unwatch (
  person_id integer not null, media_id integer not null, client text not null, removed_at integer not null,
  plan_id text, done_at integer, primary key (person_id, media_id)) without rowid;

CREATE TABLE viewing (
  person_id integer not null,
  media_id integer not null,
  watched integer not null,
  changed_at integer not null,
  unwatched_at integer,
  via_account_id integer,
  position_ms integer not null,
  position_at integer,
  position_account_id integer,
  event text,
  created_at integer not null,
  updated_at integer not null,
  primary key (person_id, media_id)
) without rowid;

CREATE TABLE viewing_aside (
  person_id integer not null,
  media_id integer not null,
  watched integer not null,
  changed_at integer not null,
  unwatched_at integer,
  via_account_id integer,
  position_ms integer not null,
  position_at integer,
  position_account_id integer,
  event text,
  created_at integer not null,
  updated_at integer not null,
  primary key (person_id, media_id)
) without rowid;

CREATE TABLE viewing_binned (bin_id integer not null references bin_entry (id) on delete cascade, person_id integer not null, media_id integer not null, watched integer not null,
  changed_at integer not null, unwatched_at integer, via_account_id integer, position_ms integer not null, position_at integer,
  position_account_id integer, event text, created_at integer not null, updated_at integer not null);

CREATE TABLE waiting_connection (
  id integer primary key autoincrement, person_id integer not null references person (id) on delete cascade, kind text not null, name text not null,
  url text not null, draft text not null, tries integer not null, tried_at integer not null, error_code text not null,
  error_message text not null, created_at integer not null, unique (person_id, name));

CREATE TABLE wish_search (
  account_id integer not null references account (id) on delete cascade,
  media_id integer not null,
  due integer not null default 1,
  searched_at integer,
  primary key (account_id, media_id)
) without rowid;

CREATE VIRTUAL TABLE work_text using fts5(title, tokenize = 'trigram', content = '', contentless_delete = 1, detail = none);

CREATE TABLE 'work_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'work_text_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'work_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'work_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE INDEX account_server on account (server_id);

CREATE INDEX activity_at on activity (at);

CREATE INDEX activity_person on activity (person_id, at);

CREATE INDEX anime_entry_id_entry on anime_entry_id (format, number);

CREATE INDEX anime_entry_tvdb on anime_entry (tvdb_id);

CREATE INDEX api_key_maker on api_key (made_by_login);

CREATE INDEX api_key_person on api_key (person_id);

CREATE INDEX app_ask_expiry on app_ask (expires_at);

CREATE INDEX app_code_expiry on app_code (expires_at);

CREATE INDEX app_grant_app on app_grant (app_id);

CREATE INDEX app_grant_person on app_grant (person_id);

CREATE INDEX app_request_expiry on app_request (expires_at);

CREATE INDEX bin_entry_person on bin_entry (person_id, deleted_at);

CREATE INDEX bin_entry_restore_until on bin_entry (restore_until);

CREATE INDEX coordinate_media on coordinate (media_id);

CREATE INDEX copy_library on copy (server_id, library_id);

CREATE INDEX copy_media_media on copy_media (media_id);

CREATE INDEX copy_path on copy (path);

CREATE UNIQUE INDEX copy_upstream on copy (server_id, upstream_id);

CREATE INDEX desk_user_person on desk_user (person_id);

CREATE INDEX evidence_binned_play on evidence_binned (bin_id, play_id);

CREATE INDEX evidence_play on evidence (play_id);

CREATE INDEX external_id_media on external_id (media_id);

CREATE INDEX hidden_binned_bin on hidden_binned (bin_id);

CREATE INDEX ignore_rule_account on ignore_rule (person_id, account);

CREATE INDEX job_due on job (lane, run_at, seq) where status = 0;

CREATE UNIQUE INDEX job_pending_reference on job (reference) where status = 0 and reference is not null;

CREATE INDEX job_running on job (lane, reference) where status = 1;

CREATE INDEX job_status on job (status, seq);

CREATE INDEX journal_finished on journal (finished_at) where finished_at is not null;

CREATE INDEX journal_open on journal (deadline_at) where state = 'intended';

CREATE INDEX journal_target on journal (target, id);

CREATE INDEX list_binned_bin on list_binned (bin_id);

CREATE INDEX list_entry_media on list_entry (media_id);

CREATE INDEX login_person on login (person_id);

CREATE INDEX media_conflict_copy on media_conflict (copy_id);

CREATE INDEX media_conflict_subject on media_conflict (subject);

CREATE INDEX media_episode on media (coalesce(episode, -1), id);

CREATE INDEX media_homeless on media (id) where kind = 'episode' and show_id is null;

CREATE INDEX media_kind on media (kind, id);

CREATE INDEX media_merged on media (merged_into) where merged_into is not null;

CREATE INDEX media_season on media (coalesce(season, -1), id);

CREATE INDEX media_show on media (show_id, season, episode);

CREATE INDEX media_titles on media (id) where kind in ('movie', 'show');

CREATE INDEX media_work_title on media (lower(work_title), id);

CREATE INDEX media_work_year on media (coalesce(work_year, -1), id);

CREATE INDEX observation_copy on observation (copy_id);

CREATE INDEX outbox_created on outbox (created_at);

CREATE INDEX outbox_delivery_event on outbox_delivery (event_id);

CREATE INDEX plain_title_plain on plain_title (plain);

CREATE INDEX plan_change_row on plan_change (plan_id, row_key);

CREATE INDEX plan_state on plan (state, created_at);

CREATE INDEX play_binned_bin on play_binned (bin_id, media_id);

CREATE INDEX play_days on play (person_id, at, id);

CREATE INDEX play_title on play (person_id, media_id);

CREATE INDEX push_queue_due on push_queue (account_id, next_at);

CREATE INDEX rating_binned_bin on rating_binned (bin_id);

CREATE INDEX rating_media on rating (media_id);

CREATE INDEX remote_agreed_title on remote_agreed (connection_id, title_id);

CREATE INDEX remote_title_media on remote_title (connection_id, media_id);

CREATE INDEX remote_tracker_person on remote_tracker (person_id);

CREATE INDEX replica_due on replica (desk_id, next_at) where next_at is not null;

CREATE INDEX replica_link_request on replica_link (request_id);

CREATE INDEX replica_request on replica (request_id);

CREATE INDEX request_imdb on request (kind, imdb_id) where imdb_id is not null;

CREATE INDEX request_tmdb on request (kind, tmdb_id);

CREATE INDEX request_tvdb on request (kind, tvdb_id) where tvdb_id is not null;

CREATE INDEX request_user on request (desk_id, user_id);

CREATE INDEX setting_history_key on setting_history (key, subject, id);

CREATE INDEX shelf_word_due on shelf_word (account_id) where due > 0;

CREATE INDEX shelf_word_media on shelf_word (media_id);

CREATE INDEX title_card_added on title_card (added_at, media_id);

CREATE INDEX title_card_sort on title_card (sort_title, media_id);

CREATE INDEX title_card_year on title_card (coalesce(year, -1), media_id);

CREATE INDEX title_number_number on title_number (number);

CREATE INDEX title_place_server on title_place (server_id, media_id);

CREATE INDEX title_stand_media on title_stand (media_id);

CREATE INDEX tracker_entry_airs on tracker_entry (next_air_at);

CREATE INDEX tracker_entry_changes on tracker_entry (person_id, type, modified_at, media_id);

CREATE INDEX tracker_entry_media on tracker_entry (media_id);

CREATE INDEX tracker_entry_rated on tracker_entry (person_id, type, rating_changed_at);

CREATE INDEX tracker_memo_media on tracker_memo (media_id);

CREATE INDEX tracker_rewatch_play_media on tracker_rewatch_play (media_id);

CREATE INDEX tracker_rewatch_title on tracker_rewatch (person_id, media_id);

CREATE INDEX tracker_unwatch_plan on tracker_unwatch (plan_id);

CREATE INDEX viewing_begun on viewing (person_id, position_at) where position_ms > 0;

CREATE INDEX viewing_binned_bin on viewing_binned (bin_id, media_id);

CREATE INDEX viewing_changed on viewing (person_id, changed_at, media_id);

CREATE INDEX viewing_created on viewing (person_id, created_at, media_id);

CREATE INDEX viewing_updated on viewing (person_id, updated_at, media_id);

CREATE INDEX viewing_via on viewing (person_id, coalesce(via_account_id, 0), media_id);

CREATE INDEX viewing_watched on viewing (person_id, watched, changed_at, media_id);

CREATE INDEX wish_search_due on wish_search (account_id) where due > 0;
