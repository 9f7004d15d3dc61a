import type { Generated, Handle, Migration } from '#platform/db/index.ts';

/** What stores of this room query with; re-exported so that the verbs can name it without knowing the database. */
export type { Handle } from '#platform/db/index.ts';

type Media = {
  id: Generated<number>;
  kind: string;
  title: string;
  year: number | null;
  show_id: number | null;
  season: number | null;
  episode: number | null;
  merged_into: number | null;
  created_at: number;
  updated_at: number;
  /** What it is listed under, see media-order.schema.store.ts. */
  work_title: string | null;
  work_year: number | null;
};

type Copy = {
  id: Generated<number>;
  server_id: number;
  upstream_id: string;
  library_id: string;
  fingerprint: string;
  added_at: number | null;
  gone_at: number | null;
  unmatched: string | null;
  kind: string;
  title: string;
  show_upstream_id: string | null;
  season: number | null;
  episodes: string | null;
  path: string | null;
  size: number | null;
  resolution: string | null;
  replaced_at: number | null;
  first_seen_at: number;
  files: string;
  detail: string;
};

export type MediaTables = {
  media: Media;
  external_id: { kind: string; provider: string; value: string; media_id: number };
  coordinate: {
    show_id: number;
    season: number;
    number: number;
    scheme: string;
    media_id: number;
    copy_id: number;
    server_id: number | null;
  };
  copy: Copy;
  copy_media: { copy_id: number; media_id: number; place: number; how: string };
  server_show: { server_id: number; upstream_id: string; media_id: number; identity: string };
  media_conflict: {
    id: Generated<number>;
    kind: string;
    subject: string;
    copy_id: number | null;
    place: number;
    candidates: string;
    reason: string;
    created_at: number;
    resolved_at: number | null;
    resolution: string | null;
  };
  media_merge: {
    id: Generated<number>;
    parent_id: number | null;
    from_id: number;
    into_id: number;
    moved: string;
    at: number;
    actor: string;
    split_at: number | null;
  };
  media_apart: { a_id: number; b_id: number };
};

export const tablesOf = (handle: Handle) => handle.tables<MediaTables>();

/**
 * `kind` has no check list, so that albums, artists, books and authors can come without touching a row. A coordinate row
 * is one copy's claim ("this server calls it S02E03"); `copy_id` 0 is a claim that no copy makes. The hot columns of `copy`
 * come first, and there are no foreign keys: this room is the only writer of its tables, and an import is mostly inserts.
 */
export const mediaMigrations: readonly Migration[] = [
  {
    name: '0030-media',
    up: ({ id, bigint, withoutRowid }) => [
      `create table media (
        id ${id}, kind text not null, title text not null, year integer, show_id ${bigint}, season integer, episode integer,
        merged_into ${bigint}, created_at ${bigint} not null, updated_at ${bigint} not null)`,
      `create table external_id (
        kind text not null, provider text not null, value text not null, media_id ${bigint} not null,
        primary key (kind, provider, value)) ${withoutRowid}`,
      `create index external_id_media on external_id (media_id)`,
      `create table coordinate (
        show_id ${bigint} not null, season integer not null, number integer not null, scheme text not null,
        media_id ${bigint} not null, copy_id ${bigint} not null, server_id ${bigint},
        primary key (show_id, season, number, scheme, media_id, copy_id)) ${withoutRowid}`,
      `create index coordinate_media on coordinate (media_id)`,
      `create table copy (
        id ${id}, server_id ${bigint} not null, upstream_id text not null, library_id text not null, fingerprint text not null,
        added_at ${bigint}, gone_at ${bigint}, unmatched text, kind text not null, title text not null, show_upstream_id text,
        season integer, episodes text, path text, size ${bigint}, resolution text, replaced_at ${bigint},
        first_seen_at ${bigint} not null, files text not null, detail text not null)`,
      `create unique index copy_upstream on copy (server_id, upstream_id)`,
      `create index copy_library on copy (server_id, library_id)`,
      `create table copy_media (
        copy_id ${bigint} not null, media_id ${bigint} not null, place integer not null, how text not null,
        primary key (copy_id, media_id)) ${withoutRowid}`,
      `create index copy_media_media on copy_media (media_id)`,
      `create table server_show (
        server_id ${bigint} not null, upstream_id text not null, media_id ${bigint} not null, identity text not null,
        primary key (server_id, upstream_id)) ${withoutRowid}`,
      `create table media_conflict (
        id ${id}, kind text not null, subject text not null, copy_id ${bigint}, place integer not null, candidates text not null,
        reason text not null, created_at ${bigint} not null, resolved_at ${bigint}, resolution text)`,
      `create index media_conflict_subject on media_conflict (subject)`,
      `create index media_conflict_copy on media_conflict (copy_id)`,
      `create table media_merge (
        id ${id}, parent_id ${bigint}, from_id ${bigint} not null, into_id ${bigint} not null, moved text not null,
        at ${bigint} not null, actor text not null, split_at ${bigint})`,
      `create table media_apart (a_id ${bigint} not null, b_id ${bigint} not null, primary key (a_id, b_id)) ${withoutRowid}`,
    ],
  },
];
