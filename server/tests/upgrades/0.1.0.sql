pragma foreign_keys = off;
CREATE TABLE "schema_migration" ("name" text primary key, "applied_at" bigint not null);
insert into schema_migration values ('0010-people',1795258863090);
insert into schema_migration values ('0020-access',1795258863090);
insert into schema_migration values ('0015-connections',1795258863090);
insert into schema_migration values ('0030-media',1795258863090);
insert into schema_migration values ('0040-settings',1795258863090);
insert into schema_migration values ('0050-activity',1795258863090);
insert into schema_migration values ('0060-plans',1795258863090);
insert into schema_migration values ('0070-bin',1795258863090);
insert into schema_migration values ('0035-viewing',1795258863090);
insert into schema_migration values ('0036-ignore-rules',1795258863090);
insert into schema_migration values ('0001-journal',1795258863090);
insert into schema_migration values ('0001-jobs',1795258863090);
insert into schema_migration values ('0001-events',1795258863090);
insert into schema_migration values ('0080-watch-sync',1795258863090);
CREATE TABLE person (
        id integer primary key autoincrement,
        name text not null unique,
        display_name text not null,
        created_at integer not null
      );
insert into person values (1,'main','Main',0);
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
      );
insert into login values (1,'owner','owner','$argon2id$v=19$m=19456,t=2,p=1$PeUdtRaGYXBaM5x7Cl1nSw$aesPW7Mx0PZboOi9UvXlIcegIju9VsgYrQ9v2iG9lIw','owner',1,1,1795258864076,NULL);
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
      );
insert into api_key values (1,'USHERR_API_KEY','8ba361e9d778f3155480aced713d1c20066d5de587dae25f1981443c7d59d68d','owner','["read","sync","write","admin","webhook"]','api',NULL,'environment','environment',1795258864079,NULL,NULL);
insert into api_key values (2,'Command line on this host','3d668b97bd5f280f9fbbd2c883c16550ae3078a60b09f53ed5d64f869c58dd05','owner','["read","sync","write","admin"]','api',NULL,'person','start',1795258864091,NULL,NULL);
CREATE TABLE access_mark (name text primary key, at integer not null);
insert into access_mark values ('first-owner',1795258864076);
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
insert into server values (1,'plex','53e1e5a5ac591276f17ae2d8695b8ab4b5b89bb1','http://127.0.0.1:35993','Fake Plex','1.41.3.9314-a0bfb8370',1795258864208,1795258864208);
insert into server values (2,'jellyfin','98c9aad866e769505e5a581eba8c2778','http://127.0.0.1:39099','Fake jellyfin','10.11.8',1795258864248,1795258864248);
insert into server values (3,'emby','efa3b647154aa36ad2518e2b0bc1c814','http://127.0.0.1:38691','Fake emby','4.9.1.80',1795258864314,1795258864314);
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
        updated_at integer not null,
        unique (person_id, name)
      );
insert into account values (1,1,1,'plex','1','owner','u1.10bccf394640ac06.PubyhXoGKfWlRmjxYr8Y4VTIURYwHlJ2fPQef-j4u-z1n2sKz0rYrpFzfZB15eEC','{}',NULL,1,1,0,0,'given',1795258864512,1795258864512,'u1.10bccf394640ac06.lW1FOFm_Z1uQ7VnsNio8dUZ-eZHouJ1_xxbM5M86RFLJEIYsZOjOQOM2S2YmmJ635X40unHS1w34xJ_JrsCfmvNB29bRYZ0','c85671ca2e97f240e8229f40f668c96d066247015cb0e64ae3cfc264c94dee79','ok',NULL,NULL,NULL,NULL,NULL,1795258864208,1795258864208);
insert into account values (2,2,1,'jellyfin','14721bfa6b1bd9fa3dacf5a622d6cbab','owner','u1.10bccf394640ac06.Soe5B8PpnxOqQT2joXid1lzIUTBxx6VxJQIocisKZRxp8SLr1U4vOZxStCHIxLLLW6mfSt0vGohECYH0','{}',NULL,1,1,0,0,'given',1795258864512,1795258864512,'u1.10bccf394640ac06.vC0PIr01fwMtUeMGTGGKZ2ZiQq1NkLZELwYrKKHb_ZtxikXVcvASXrtslIE6JGoysaYRoj4PqNntP4tw4WIfnSFbL8BMoWQ','efa6b2b63830a70d09692c4b0b92a78c45edd6d98f10c72e51db6ab5275608bf','ok',NULL,NULL,NULL,NULL,NULL,1795258864248,1795258864248);
insert into account values (3,3,1,'emby','f675339aa34a9bbc276cec520f25ea24','owner','u1.10bccf394640ac06.yBkMaczyRJ229DtFeVc7Fy_-FLuPAiZ4BfSxrkTgrPBtyLK8RnO5Mtq_M-MXOOUOAw7j1ERJUtyJtVPP','{}',NULL,1,1,0,0,'given',1795258864513,1795258864512,'u1.10bccf394640ac06.JFQ4JJC743hqRCVUvGF180rblILc0XYZ6I_SLv7BNtZLngYOS0IBawlo2dqcwug0wldahYZZr7WkwnzkjPjEJOlN2RKeh6M','71ef07647415f4db5761f1cf25a9fde32251f09cd48c71b00bcc07317c4da6a6','ok',NULL,NULL,NULL,NULL,NULL,1795258864314,1795258864314);
CREATE TABLE media (
        id integer primary key autoincrement, kind text not null, title text not null, year integer, show_id integer, season integer, episode integer,
        merged_into integer, created_at integer not null, updated_at integer not null);
insert into media values (1,'movie','Heat',1995,NULL,NULL,NULL,NULL,1795258864388,1795258864388);
insert into media values (2,'show','Twin Peaks',1990,NULL,NULL,NULL,NULL,1795258864420,1795258864420);
insert into media values (3,'episode','Episode 1',NULL,2,1,1,NULL,1795258864420,1795258864420);
insert into media values (4,'episode','Episode 2',NULL,2,1,2,NULL,1795258864420,1795258864420);
insert into media values (5,'episode','Episode 3',NULL,2,1,3,NULL,1795258864420,1795258864420);
CREATE TABLE external_id (
        kind text not null, provider text not null, value text not null, media_id integer not null,
        primary key (kind, provider, value)) without rowid;
insert into external_id values ('movie','imdb','tt0113277',1);
insert into external_id values ('movie','tmdb','949',1);
insert into external_id values ('show','tvdb','70533',2);
CREATE TABLE coordinate (
        show_id integer not null, season integer not null, number integer not null, scheme text not null,
        media_id integer not null, copy_id integer not null, server_id integer,
        primary key (show_id, season, number, scheme, media_id, copy_id)) without rowid;
insert into coordinate values (2,1,1,'aired',3,4,1);
insert into coordinate values (2,1,1,'aired',3,7,2);
insert into coordinate values (2,1,1,'aired',3,10,3);
insert into coordinate values (2,1,2,'aired',4,5,1);
insert into coordinate values (2,1,2,'aired',4,8,2);
insert into coordinate values (2,1,2,'aired',4,11,3);
insert into coordinate values (2,1,3,'aired',5,6,1);
insert into coordinate values (2,1,3,'aired',5,9,2);
insert into coordinate values (2,1,3,'aired',5,12,3);
CREATE TABLE copy (
        id integer primary key autoincrement, server_id integer not null, upstream_id text not null, library_id text not null, fingerprint text not null,
        added_at integer, gone_at integer, unmatched text, kind text not null, title text not null, show_upstream_id text,
        season integer, episodes text, path text, size integer, resolution text, replaced_at integer,
        first_seen_at integer not null, files text not null, detail text not null);
insert into copy values (1,1,'101','1','156tnf6s3av.23wwjb38ayy',1704067200000,NULL,NULL,'movie','Heat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795258864388,'[]','{"ids":{"imdb":"tt0113277","tmdb":"949"},"year":1995}');
insert into copy values (2,2,'194d6b216323d634e6717f3dc4709545','cc76a0d270bd5378297bfbc5dcc25200','156tnf6s3av.126cqm6aanm',1704067200000,NULL,NULL,'movie','Heat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795258864397,'[]','{"ids":{"imdb":"tt0113277","tmdb":"949"},"year":1995}');
insert into copy values (3,3,'1001','b72c7bf11ab872a727beaa327c3b1c14','156tnf6s3av.usu92mq93d',1704067200000,NULL,NULL,'movie','Heat',NULL,NULL,NULL,NULL,NULL,NULL,NULL,1795258864406,'[]','{"ids":{"imdb":"tt0113277","tmdb":"949"},"year":1995}');
insert into copy values (4,1,'105','2','17qhi30n1g9.4k30gry8th',1704067200000,NULL,NULL,'episode','Episode 1','103',1,'[1]',NULL,NULL,NULL,NULL,1795258864420,'[]','{"ids":{},"show":{"ids":{"tvdb":"70533"},"title":"Twin Peaks","year":1990}}');
insert into copy values (5,1,'107','2','13p8lcdzorl.mij34aud4m',1704067200000,NULL,NULL,'episode','Episode 2','103',1,'[2]',NULL,NULL,NULL,NULL,1795258864420,'[]','{"ids":{},"show":{"ids":{"tvdb":"70533"},"title":"Twin Peaks","year":1990}}');
insert into copy values (6,1,'109','2','wjj1cogrk4.29kt2keexwr',1704067200000,NULL,NULL,'episode','Episode 3','103',1,'[3]',NULL,NULL,NULL,NULL,1795258864420,'[]','{"ids":{},"show":{"ids":{"tvdb":"70533"},"title":"Twin Peaks","year":1990}}');
insert into copy values (7,2,'291c7b3e76a2c7d6e67932470feafd3d','a915b18f024574f0d43d96062ced0213','15ay7uouund.20djy1yx31x',1704067200000,NULL,NULL,'episode','Episode 1','cdf3b6a063853acd90bc4d71817d1bff',1,'[1]',NULL,NULL,NULL,NULL,1795258864447,'[]','{"ids":{},"show":{"ids":{"tvdb":"70533"},"title":"Twin Peaks","year":1990}}');
insert into copy values (8,2,'7f2f74760b59d0147911dc8ed3ee5864','a915b18f024574f0d43d96062ced0213','26oypb7ur82.15vjf1qyn7c',1704067200000,NULL,NULL,'episode','Episode 2','cdf3b6a063853acd90bc4d71817d1bff',1,'[2]',NULL,NULL,NULL,NULL,1795258864447,'[]','{"ids":{},"show":{"ids":{"tvdb":"70533"},"title":"Twin Peaks","year":1990}}');
insert into copy values (9,2,'c1c2e8c8ad278999649b72757ff47d42','a915b18f024574f0d43d96062ced0213','st053fiwey.1fy8u404djj',1704067200000,NULL,NULL,'episode','Episode 3','cdf3b6a063853acd90bc4d71817d1bff',1,'[3]',NULL,NULL,NULL,NULL,1795258864447,'[]','{"ids":{},"show":{"ids":{"tvdb":"70533"},"title":"Twin Peaks","year":1990}}');
insert into copy values (10,3,'1002','a0568320ae5d1e4cc592f973f71113fb','9v24q1lrxs.pdh24k2i9p',1704067200000,NULL,NULL,'episode','Episode 1','1003',1,'[1]',NULL,NULL,NULL,NULL,1795258864458,'[]','{"ids":{},"show":{"ids":{"tvdb":"70533"},"title":"Twin Peaks","year":1990}}');
insert into copy values (11,3,'1005','a0568320ae5d1e4cc592f973f71113fb','15zpdie2g97.ltqa0fht1u',1704067200000,NULL,NULL,'episode','Episode 2','1003',1,'[2]',NULL,NULL,NULL,NULL,1795258864458,'[]','{"ids":{},"show":{"ids":{"tvdb":"70533"},"title":"Twin Peaks","year":1990}}');
insert into copy values (12,3,'1006','a0568320ae5d1e4cc592f973f71113fb','2fjpwo8silj.2eenq4bs713',1704067200000,NULL,NULL,'episode','Episode 3','1003',1,'[3]',NULL,NULL,NULL,NULL,1795258864458,'[]','{"ids":{},"show":{"ids":{"tvdb":"70533"},"title":"Twin Peaks","year":1990}}');
CREATE TABLE copy_media (
        copy_id integer not null, media_id integer not null, place integer not null, how text not null,
        primary key (copy_id, media_id)) without rowid;
insert into copy_media values (1,1,0,'ids');
insert into copy_media values (2,1,0,'ids');
insert into copy_media values (3,1,0,'ids');
insert into copy_media values (4,3,0,'number');
insert into copy_media values (5,4,0,'number');
insert into copy_media values (6,5,0,'number');
insert into copy_media values (7,3,0,'number');
insert into copy_media values (8,4,0,'number');
insert into copy_media values (9,5,0,'number');
insert into copy_media values (10,3,0,'number');
insert into copy_media values (11,4,0,'number');
insert into copy_media values (12,5,0,'number');
CREATE TABLE server_show (
        server_id integer not null, upstream_id text not null, media_id integer not null, identity text not null,
        primary key (server_id, upstream_id)) without rowid;
insert into server_show values (1,'103',2,'a0h3e7im9');
insert into server_show values (2,'cdf3b6a063853acd90bc4d71817d1bff',2,'a0h3e7im9');
insert into server_show values (3,'1003',2,'a0h3e7im9');
CREATE TABLE media_conflict (
        id integer primary key autoincrement, kind text not null, subject text not null, copy_id integer, place integer not null, candidates text not null,
        reason text not null, created_at integer not null, resolved_at integer, resolution text);
CREATE TABLE media_merge (
        id integer primary key autoincrement, parent_id integer, from_id integer not null, into_id integer not null, moved text not null,
        at integer not null, actor text not null, split_at integer);
CREATE TABLE media_apart (a_id integer not null, b_id integer not null, primary key (a_id, b_id)) without rowid;
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
        outcome text,
        unique (plan_id, seq)
      );
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
        pushed_played_at integer,
        primary key (account_id, copy_id)
      ) without rowid;
insert into observation values (1,1,1,2,1748736000000,0,NULL,NULL,1704067200000,1795258864372,NULL,1,NULL,NULL,NULL);
insert into observation values (1,4,0,0,NULL,0,NULL,NULL,1704067200000,1795258864411,NULL,1,NULL,NULL,NULL);
insert into observation values (1,5,0,0,NULL,0,NULL,NULL,1704067200000,1795258864411,NULL,1,NULL,NULL,NULL);
insert into observation values (1,6,0,0,NULL,0,NULL,NULL,1704067200000,1795258864411,NULL,1,NULL,NULL,NULL);
insert into observation values (2,2,1,1,1748736000000,0,NULL,0,1704067200000,1795258864555,'usherr.push',1,NULL,NULL,NULL);
insert into observation values (2,7,0,0,NULL,0,NULL,0,1704067200000,1795258864411,NULL,1,NULL,NULL,NULL);
insert into observation values (2,8,0,0,NULL,0,NULL,0,1704067200000,1795258864411,NULL,1,NULL,NULL,NULL);
insert into observation values (2,9,0,0,NULL,0,NULL,0,1704067200000,1795258864411,NULL,1,NULL,NULL,NULL);
insert into observation values (3,3,1,1,1748736000000,0,NULL,0,1704067200000,1795258864565,'usherr.push',1,NULL,NULL,NULL);
insert into observation values (3,10,0,0,NULL,0,NULL,0,1704067200000,1795258864412,NULL,1,NULL,NULL,NULL);
insert into observation values (3,11,0,0,NULL,0,NULL,0,1704067200000,1795258864412,NULL,1,NULL,NULL,NULL);
insert into observation values (3,12,0,0,NULL,0,NULL,0,1704067200000,1795258864412,NULL,1,NULL,NULL,NULL);
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
insert into viewing values (1,1,1,1748736000000,NULL,1,0,1748736000000,NULL,'task.import',1795258864372,1795258864372);
insert into viewing values (1,3,0,1704067200000,NULL,1,0,NULL,NULL,'task.import',1795258864411,1795258864411);
insert into viewing values (1,4,0,1704067200000,NULL,1,0,NULL,NULL,'task.import',1795258864411,1795258864411);
insert into viewing values (1,5,0,1704067200000,NULL,1,0,NULL,NULL,'task.import',1795258864411,1795258864411);
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
CREATE TABLE hidden_title (person_id integer not null, media_id integer not null, primary key (person_id, media_id)) without rowid;
CREATE TABLE play (
        id integer primary key,
        person_id integer not null,
        media_id integer not null,
        recorded_as integer not null,
        at integer,
        created_at integer not null
      );
insert into play values (1,1,1,1,1748736000000,1795258864372);
insert into play values (2,1,1,1,NULL,1795258864372);
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
insert into evidence values (1,1,1,1,'import','import',1748736000000,1795258864372);
insert into evidence values (2,2,1,1,'import','import',NULL,1795258864372);
insert into evidence values (3,1,2,2,'mark','usherr.push',1748736000000,1795258864555);
insert into evidence values (4,1,3,3,'mark','usherr.push',1748736000000,1795258864565);
CREATE TABLE id_counter (name text primary key, next bigint not null);
insert into id_counter values ('play',3);
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
insert into journal values (1,'watch-sync.push','account 2 copy 2','jellyfin: Heat (1995)','{"accountId":2,"copyId":2,"upstreamId":"194d6b216323d634e6717f3dc4709545","action":"mark","reason":"watched elsewhere"}','{"played":false,"playCount":0,"positionMs":0}',0,1795258894530,'confirmed',NULL,1795258864530,1795258864551);
insert into journal values (2,'watch-sync.push','account 3 copy 3','emby: Heat (1995)','{"accountId":3,"copyId":3,"upstreamId":"1001","action":"mark","reason":"watched elsewhere"}','{"played":false,"playCount":0,"positionMs":0}',0,1795258894534,'confirmed',NULL,1795258864534,1795258864562);
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
insert into job values (1,'4ce82168-441a-4973-a22b-b4b494002463','on_push','push:2','{"accountId":2,"backend":"jellyfin"}',1,'push:2',2,1,1,1795258864473,'{"done":2,"total":3,"text":"jellyfin"}','[{"at":1795258864561,"level":"info","text":"jellyfin: Heat (1995): marked as watched (watched elsewhere)."}]','{"marked":1,"unmarked":0,"positions":0,"skipped":1,"failed":0}',NULL,0,NULL,1795258864473,1795258864617,1795258864475,1795258864617,NULL);
insert into job values (2,'29007f42-77ab-44d6-bff9-56978dd4ec00','on_push','push:3','{"accountId":3,"backend":"emby"}',1,'push:3',2,1,1,1795258864477,'{"done":2,"total":3,"text":"emby"}','[{"at":1795258864569,"level":"info","text":"emby: Heat (1995): marked as watched (watched elsewhere)."}]','{"marked":1,"unmarked":0,"positions":0,"skipped":1,"failed":0}',NULL,0,NULL,1795258864477,1795258864635,1795258864510,1795258864635,NULL);
insert into job values (3,'aad962cc-95e2-474c-93a0-417482738458','on_push','push:2','{"accountId":2,"backend":"jellyfin"}',1,'push:2',2,1,1,1795258864604,NULL,'[]','{"marked":0,"unmarked":0,"positions":0,"skipped":0,"failed":0}',NULL,0,NULL,1795258864604,1795258864622,1795258864618,1795258864622,NULL);
insert into job values (4,'9ac8d368-8c78-4113-b887-5ec1701b7a1a','on_push','push:3','{"accountId":3,"backend":"emby"}',1,'push:3',2,1,1,1795258864609,NULL,'[]','{"marked":0,"unmarked":0,"positions":0,"skipped":0,"failed":0}',NULL,0,NULL,1795258864609,1795258864637,1795258864636,1795258864637,NULL);
CREATE TABLE schedule_mark (
        task text not null primary key,
        fired_for integer not null
      ) without rowid;
insert into schedule_mark values ('backup',1795258864130);
insert into schedule_mark values ('dispatch',1795258864145);
insert into schedule_mark values ('export',1795258864125);
insert into schedule_mark values ('import',1795258864115);
insert into schedule_mark values ('indexes',1795258864133);
insert into schedule_mark values ('prune',1795258864141);
insert into schedule_mark values ('validate',1795258864137);
CREATE TABLE outbox (
        id integer primary key autoincrement,
        topic text not null,
        payload text not null,
        created_at integer not null
      );
insert into outbox values (1,'account.added','{"accountId":1,"personId":1,"serverId":1}',1795258864215);
insert into outbox values (2,'account.added','{"accountId":2,"personId":1,"serverId":2}',1795258864248);
insert into outbox values (3,'account.added','{"accountId":3,"personId":1,"serverId":3}',1795258864315);
CREATE TABLE outbox_subscription (
        topic text not null,
        subscriber text not null,
        primary key (topic, subscriber)
      ) without rowid;
insert into outbox_subscription values ('account.added','switched-on');
insert into outbox_subscription values ('account.changed','switched-on');
insert into outbox_subscription values ('plan.decided','plans');
CREATE TABLE outbox_delivery (
        subscriber text not null,
        event_id integer not null,
        attempts integer not null,
        retry_at integer not null,
        error text,
        dead integer not null,
        primary key (subscriber, event_id)
      ) without rowid;
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
CREATE INDEX login_person on login (person_id);
CREATE INDEX api_key_person on api_key (person_id);
CREATE INDEX account_server on account (server_id);
CREATE INDEX external_id_media on external_id (media_id);
CREATE INDEX coordinate_media on coordinate (media_id);
CREATE UNIQUE INDEX copy_upstream on copy (server_id, upstream_id);
CREATE INDEX copy_library on copy (server_id, library_id);
CREATE INDEX copy_media_media on copy_media (media_id);
CREATE INDEX media_conflict_subject on media_conflict (subject);
CREATE INDEX media_conflict_copy on media_conflict (copy_id);
CREATE INDEX setting_history_key on setting_history (key, subject, id);
CREATE INDEX activity_at on activity (at);
CREATE INDEX activity_person on activity (person_id, at);
CREATE INDEX plan_state on plan (state, created_at);
CREATE INDEX bin_entry_restore_until on bin_entry (restore_until);
CREATE INDEX bin_entry_person on bin_entry (person_id, deleted_at);
CREATE INDEX observation_copy on observation (copy_id);
CREATE INDEX viewing_changed on viewing (person_id, changed_at, media_id);
CREATE INDEX viewing_updated on viewing (person_id, updated_at, media_id);
CREATE INDEX play_title on play (person_id, media_id);
CREATE INDEX evidence_play on evidence (play_id);
CREATE INDEX ignore_rule_account on ignore_rule (person_id, account);
CREATE INDEX journal_open on journal (deadline_at) where state = 'intended';
CREATE INDEX journal_target on journal (target, id);
CREATE INDEX journal_finished on journal (finished_at) where finished_at is not null;
CREATE INDEX job_due on job (lane, run_at, seq) where status = 0;
CREATE INDEX job_running on job (lane, reference) where status = 1;
CREATE UNIQUE INDEX job_pending_reference on job (reference) where status = 0 and reference is not null;
CREATE INDEX job_status on job (status, seq);
CREATE INDEX outbox_created on outbox (created_at);
CREATE INDEX outbox_delivery_event on outbox_delivery (event_id);
CREATE INDEX push_queue_due on push_queue (account_id, next_at);
