import { type Static, Type } from 'typebox';
import { Medium } from './contract-media.ts';
import { Count, OneOf, OrNull, PersonQuery, strict, Text, Time } from './contract-words.ts';

/** The household's movies and shows as somebody looks through them, one title with all that is known of it, and its story. */
const Kind = OneOf(['movie', 'show']);
const State = OneOf(['open', 'part', 'watched']);
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER });

const narrowing = {
  ...PersonQuery,
  text: Type.Optional(Type.String({ maxLength: 200, description: 'Parts of the name, or an id at a provider' })),
  kind: Type.Optional(Kind),
  state: Type.Optional(State),
  watched_by: Type.Optional(Text(64)),
  unwatched_by: Type.Optional(Text(64)),
  differs: Type.Optional(Type.Boolean({ description: 'The person’s places, or their history, say different things of it' })),
  place: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description: 'A server that has it' })),
  requested: Type.Optional(Type.Boolean()),
  list: Type.Optional(OneOf(['any', 'watching', 'plantowatch', 'hold', 'completed', 'dropped'])),
  rated: Type.Optional(Type.Boolean()),
  missing_ids: Type.Optional(Type.Boolean({ description: 'No provider’s id is known' })),
};
export const TitlesQuery = Type.Object({
  ...narrowing,
  sort: OneOf(['title', 'added', 'watched', 'year', 'rating'], { default: 'title' }),
  order: Type.Optional(OneOf(['asc', 'desc'])),
  offset: Type.Integer({ minimum: 0, maximum: 10_000_000, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
});
export const TitleCountsQuery = Type.Object(narrowing);

const PersonStand = Type.Object({
  person: Type.String(),
  state: State,
  watched: Count,
  last_watched_at: OrNull(Time),
  rating: OrNull(Type.Integer()),
  list: OrNull(Type.String()),
  differs: Count,
});
export const TitleRow = Type.Object({
  id: Type.Integer(),
  kind: Kind,
  title: Type.String(),
  year: OrNull(Type.Integer()),
  added_at: Time,
  parts: Type.Integer({ minimum: 0, description: 'Episodes that count; 1 of a movie' }),
  missing_ids: Type.Boolean(),
  requested: Type.Boolean(),
  places: Type.Array(Type.Object({ server_id: Type.Integer(), name: Type.String(), type: Type.String(), parts: Count })),
  people: Type.Array(PersonStand, { description: 'Those who have to do with it, as far as the caller may see' }),
});
export type TitleRow = Static<typeof TitleRow>;
export const TitleWindow = Type.Object({ items: Type.Array(TitleRow), total: Count, offset: Count });
export const TitleChips = Type.Object({
  total: Count,
  movies: Count,
  shows: Count,
  open: Count,
  part: Count,
  watched: Count,
  differs: Count,
  requested: Count,
  listed: Count,
  rated: Count,
  missing_ids: Count,
  places: Type.Array(Type.Object({ server_id: Type.Integer(), name: Type.String(), type: Type.String(), titles: Count })),
});

const Cell = Type.Object({
  person: Type.String(),
  account: Type.String(),
  state: OneOf(['open', 'part', 'watched', 'unknown', 'not-there']),
  watched: Count,
  parts: Count,
  known_at: OrNull(Time),
  last: OrNull(State),
});
const Place = Type.Object({
  server_id: Type.Integer(),
  name: Type.String(),
  type: Type.String(),
  parts: Count,
  cells: Type.Array(Cell),
});
const TitleCopy = Type.Object({
  id: Type.Integer(),
  server_id: Type.Integer(),
  path: OrNull(Type.String({ description: 'For who runs the house' })),
  size: OrNull(Type.Integer()),
  resolution: OrNull(Type.String()),
  added_at: OrNull(Time),
  gone_at: OrNull(Time),
});
const Standing = Type.Object({
  person: Type.String(),
  watched: Type.Boolean(),
  changed_at: Time,
  position_ms: Type.Integer(),
  position_at: OrNull(Time),
});
export const TitlePage = Type.Object({
  title: Medium,
  row: TitleRow,
  overview: OrNull(Type.String()),
  runtime_ms: OrNull(Type.Integer()),
  released_at: OrNull(Time),
  status: OrNull(Type.String()),
  genres: Type.Array(Type.String()),
  places: Type.Array(Place),
  copies: Type.Array(TitleCopy),
  standings: Type.Array(Standing),
  seasons: Type.Array(
    Type.Object({
      season: Type.Integer(),
      episodes: Count,
      held: Count,
      people: Type.Array(Type.Object({ person: Type.String(), watched: Count })),
    }),
  ),
  requests: Type.Array(
    Type.Object({
      id: Type.Integer(),
      desk_id: Type.Integer(),
      desk: Type.String(),
      status: Type.String(),
      is_4k: Type.Boolean(),
      requested_by: Type.String(),
      person: OrNull(Type.String()),
      requested_at: Time,
    }),
  ),
});
export const SeasonParams = Type.Object({ id: Id, season: Type.Integer({ minimum: 0, maximum: 100_000 }) });
export const SeasonPage = Type.Object({
  title: Medium,
  season: Type.Integer(),
  episodes: Type.Array(
    Type.Object({
      id: OrNull(Type.Integer({ description: 'Null where nobody has a copy of it and nobody named it' })),
      season: Type.Integer(),
      number: Type.Integer(),
      title: OrNull(Type.String()),
      aired_at: OrNull(Time),
      runtime_ms: OrNull(Type.Integer()),
      server_ids: Type.Array(Type.Integer()),
      standings: Type.Array(Standing),
    }),
  ),
});

export const StoryQuery = Type.Object({
  ...PersonQuery,
  only: Type.Optional(OneOf(['changes'])),
  offset: Type.Integer({ minimum: 0, maximum: 1_000_000, default: 0 }),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});
const Why = Type.Object({
  rule: Type.String(),
  facts: Type.Array(Type.Object({ place: Type.String(), value: Type.String(), how: Type.String(), at: OrNull(Time) })),
  asked_by: Type.String(),
});
export const StoryEntryShown = Type.Object({
  id: Type.String(),
  kind: OneOf([
    'requested',
    'added',
    'replaced',
    'gone',
    'watched',
    'unwatched',
    'stopped',
    'told',
    'waiting',
    'rated',
    'listed',
    'conflict',
    'merged',
    'split',
    'airs',
  ]),
  at: OrNull(Time),
  from: OrNull(Type.String({ description: 'Where several are told as one: when the first was' })),
  ours: Type.Boolean({ description: 'Usherr did it, or would' }),
  person: OrNull(Type.String()),
  place: OrNull(Type.Object({ name: Type.String(), type: Type.String(), server_id: OrNull(Type.Integer()) })),
  episodes: Type.Array(
    Type.Object({ id: Type.Integer(), season: OrNull(Type.Integer()), number: OrNull(Type.Integer()), title: Type.String() }),
  ),
  detail: Type.Object({
    how: OrNull(Type.String()),
    learned_at: OrNull(Time),
    date_unknown: Type.Boolean(),
    position_ms: OrNull(Type.Integer()),
    action: OrNull(OneOf(['mark', 'unmark', 'position'])),
    before: OrNull(Type.Object({ watched: Type.Boolean(), position_ms: Type.Integer() })),
    outcome: OrNull(OneOf(['confirmed', 'failed', 'unconfirmed', 'intended'])),
    fault: OrNull(Type.String()),
    since: OrNull(Time),
    attempts: OrNull(Type.Integer()),
    rating: OrNull(Type.Integer()),
    list: OrNull(Type.String()),
    resolution: OrNull(Type.String()),
    size: OrNull(Type.Integer()),
    path: OrNull(Type.String()),
    status: OrNull(Type.String()),
    is_4k: OrNull(Type.Boolean()),
    seasons: OrNull(Type.Array(Type.Integer())),
    other: OrNull(Type.String()),
    by: OrNull(Type.String()),
    settled: OrNull(Type.String()),
    reference: OrNull(Type.Integer()),
  }),
  why: Why,
});
export const StoryShown = Type.Object({
  now: Time,
  future: Type.Array(StoryEntryShown),
  items: Type.Array(StoryEntryShown),
  total: Count,
  offset: Count,
});

export const MarkWish = Type.Object(
  {
    titles: Type.Array(Id, { minItems: 1, maxItems: 500 }),
    season: Type.Optional(Type.Integer({ minimum: 0, maximum: 100_000 })),
    episode: Type.Optional(Id),
    watched: Type.Boolean(),
    ...PersonQuery,
  },
  strict,
);
export const MarksShown = Type.Object({
  person: Type.String(),
  watched: Type.Boolean(),
  titles: Type.Integer({ minimum: 0, description: 'Movies and episodes that change here' }),
  already: Count,
  places: Type.Array(
    Type.Object({
      account: Type.String(),
      server_id: Type.Integer(),
      name: Type.String(),
      type: Type.String(),
      changes: Count,
      held: OrNull(OneOf(['export-off', 'not-approved', 'not-answering'])),
      known_at: OrNull(Time),
      left: Type.Array(Type.Object({ reason: Type.String(), count: Count })),
    }),
  ),
});
export const MarksDone = Type.Object({ person: Type.String(), watched: Type.Boolean(), titles: Count, already: Count });
