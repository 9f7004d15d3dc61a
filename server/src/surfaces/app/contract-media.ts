import { type Static, Type } from 'typebox';
import { OneOf, OrNull, PageQuery, PersonQuery, strict, Text, Time } from './contract-words.ts';

/** Titles, what is asked and decided about them, and people's histories. */
const Ids = Type.Record(Type.String(), Type.String());
const Series = Type.Object({ id: OrNull(Type.Integer()), title: Type.String(), year: OrNull(Type.Integer()), ids: Ids });
export const Medium = Type.Object({
  id: Type.Integer(),
  kind: Type.String(),
  title: Type.String(),
  year: OrNull(Type.Integer()),
  season: OrNull(Type.Integer()),
  episode: OrNull(Type.Integer()),
  series: OrNull(Series),
  ids: Ids,
});
export type Medium = Static<typeof Medium>;
export const Conflict = Type.Object({
  id: Type.Integer(),
  kind: OneOf(['draw', 'ids', 'same']),
  reason: Type.String(),
  copy: OrNull(
    Type.Object({
      id: Type.Integer(),
      server_id: Type.Integer(),
      upstream_id: Type.String(),
      title: Type.String(),
      path: OrNull(Type.String()),
    }),
  ),
  place: Type.Integer(),
  candidates: Type.Array(Medium),
  created_at: Time,
  resolved_at: OrNull(Time),
  resolution: OrNull(Type.String()),
});
export const ConflictQuery = Type.Object({ ...PageQuery, state: OneOf(['open', 'settled', 'all'], { default: 'open' }) });
export const ConflictChoice = Type.Object(
  { choice: Type.Optional(OneOf(['new', 'merge', 'apart', 'leave'])), media: Type.Optional(Type.Integer({ minimum: 1 })) },
  { ...strict, minProperties: 1, maxProperties: 1 },
);

export const Merge = Type.Object({
  id: Type.Integer(),
  from: Medium,
  into: Medium,
  by: Type.String({ description: '`matching` where nobody asked' }),
  at: Time,
  split_at: OrNull(Time),
});
export type Merge = Static<typeof Merge>;
export const MergeWish = Type.Object({ from: Type.Integer({ minimum: 1 }), into: Type.Integer({ minimum: 1 }) }, strict);

export const HistoryQuery = Type.Object({
  ...PageQuery,
  ...PersonQuery,
  watched: Type.Optional(Type.Boolean()),
  kind: Type.Optional(OneOf(['movie', 'episode'])),
  title: Type.Optional(Text(200)),
  year: Type.Optional(Type.Integer()),
  season: Type.Optional(Type.Integer({ minimum: 0 })),
  episode: Type.Optional(Type.Integer({ minimum: 0 })),
});
const Report = Type.Object({
  account: Type.String(),
  upstream_id: Type.String(),
  watched: Type.Boolean(),
  play_count: OrNull(Type.Integer()),
  last_played_at: OrNull(Time),
  position_ms: Type.Integer(),
  seen_at: Time,
  path: OrNull(Type.String()),
  gone_at: OrNull(Time),
});
const Play = Type.Object({ at: OrNull(Time), account: OrNull(Type.String()), how: OrNull(Type.String()) });
export const HistoryEntry = Type.Object({
  title: Medium,
  watched: Type.Boolean(),
  changed_at: Time,
  unwatched_at: OrNull(Time),
  position_ms: Type.Integer(),
  position_at: OrNull(Time),
  event: OrNull(Type.String()),
  via: OrNull(Type.String()),
  reports: Type.Array(Report),
  silent: Type.Array(Type.String()),
  plays: Type.Array(Play),
});
export type HistoryEntry = Static<typeof HistoryEntry>;
