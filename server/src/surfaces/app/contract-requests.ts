import { type Static, Type } from 'typebox';
import { Count, Members, OneOf, OrNull, strict, Text, Time } from './contract-words.ts';

const DeskRole = OneOf(['disabled', 'primary', 'subordinate']);

/** A Seerr, Jellyseerr or Overseerr. Its key is never shown. */
export const RequestDesk = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  place: OneOf(['internal', 'external']),
  vendor: Type.String(),
  url: Type.String(),
  has_key: Type.Boolean(),
  role: DeskRole,
  label: OrNull(Type.String()),
  version: OrNull(Type.String()),
  proven_at: OrNull(Time),
  listed_at: OrNull(Time),
  health: OneOf(['unknown', 'ok', 'degraded']),
  last_error: OrNull(Type.String()),
  created_at: Time,
});
export type RequestDesk = Static<typeof RequestDesk>;

const deskWish = {
  url: Type.Optional(Type.String({ maxLength: 2_000 })),
  api_key: Type.Optional(Type.String({ maxLength: 512 })),
  role: Type.Optional(DeskRole),
  label: Type.Optional(OrNull(Type.String({ maxLength: 200 }))),
  verify: Type.Optional(Type.Boolean({ description: 'Absent: the key is proven now where the desk has a role' })),
};
export const NewRequestDesk = Type.Object({ name: Text(64), place: Type.Optional(OneOf(['internal', 'external'])), ...deskWish }, strict);
export const RequestDeskPatch = Type.Object({ name: Type.Optional(Text(64)), ...deskWish }, strict);

const Fault = Type.Object({ field: Type.String(), message: Type.String() });
const Label = Type.String({ description: '`internal:<Name>`, else its label, else its address' });
const Fingerprint = Type.String({ description: 'Such as movie:603:False. Several requests may share one' });
const Seasons = Type.Array(Type.Integer());
const Kind = OneOf(['movie', 'tv']);
const about = { request_id: Type.Integer(), primary_id: Type.Integer(), fingerprint: Fingerprint };
const DeskHealth = Type.Object({ state: Type.String(), last_error: OrNull(Type.String()) });

export const Replication = Type.Object({
  state: OneOf(['disabled', 'misconfigured', 'initializing', 'active']),
  faults: Type.Array(Fault),
  primary: OrNull(Type.Object({ label: Label, health: DeskHealth })),
  last_poll: OrNull(Time),
  next_poll: OrNull(Time),
  tracked: Count,
  failed: Count,
  subordinates: Type.Array(Type.Object({ label: Label, synced: Count, failed: Count, waiting: Count, due: Count, health: DeskHealth })),
  stopped: OrNull(Type.Object({ reason: Type.String(), plan_id: OrNull(Type.String()) })),
  options: Members,
});
export type Replication = Static<typeof Replication>;

const Failure = Type.Object({
  ...about,
  kind: Kind,
  tmdb_id: Type.Integer(),
  subordinate: Label,
  error: Type.String({ description: 'In the words of the subordinate' }),
  failed_at: Time,
  unconfirmed: Type.Boolean({ description: 'Nobody can tell whether it was made: left alone until it is retried' }),
  permanent: Type.Boolean(),
  attempts: Count,
  next_at: OrNull(Time),
});
export const FailedList = Type.Array(Failure);
export type FailedList = Static<typeof FailedList>;

export const RetryWish = Type.Object(
  {
    fingerprint: Type.Optional(Type.String({ pattern: '^(movie|tv):[0-9]{1,15}:(True|False)$' })),
    subordinate: Type.Optional(Text(2_000)),
  },
  strict,
);
export const Retried = Type.Object({ cleared: Count });

const Replica = Type.Object({ id: Type.Integer(), status: Type.String(), seasons: Seasons, how: Type.String(), synced_at: Time });
export const Tracked = Type.Array(Type.Object({ ...about, subordinates: Type.Record(Type.String(), Type.Array(Replica)) }));
export type Tracked = Static<typeof Tracked>;

export const RequestShown = Type.Object({
  id: Type.Integer(),
  desk_id: Type.Integer(),
  primary_id: Type.Integer({ description: 'Of the desk itself' }),
  fingerprint: Fingerprint,
  kind: Kind,
  tmdb_id: Type.Integer(),
  tvdb_id: OrNull(Type.Integer()),
  imdb_id: OrNull(Type.String()),
  is_4k: Type.Boolean(),
  status: Type.String(),
  seasons: Seasons,
  requested_by: Type.Object({ user_id: Type.Integer(), name: Type.String(), person: OrNull(Type.String()) }),
  media_id: OrNull(Type.Integer({ description: 'The title of the media graph' })),
  title: OrNull(Type.String({ description: 'Where somebody has told it' })),
  requested_at: Time,
  hidden_since: OrNull(Time),
  gone_at: OrNull(Time),
});
export type RequestShown = Static<typeof RequestShown>;

export const TitleQuery = Type.Object({ kind: Kind, tmdb_id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }) });
export const StandingShown = Type.Object({
  subordinate: Label,
  state: OrNull(Type.String()),
  reason: OrNull(Type.String()),
  since: OrNull(Time),
  next_at: OrNull(Time),
  error: OrNull(Type.String()),
  requests: Type.Array(Replica),
});
export const Whereabouts = Type.Array(
  Type.Object({ ...about, status: Type.String(), seasons: Seasons, gone: Type.Boolean(), subordinates: Type.Array(StandingShown) }),
);
export type Whereabouts = Static<typeof Whereabouts>;

const Change = Type.Object({
  action: Type.String(),
  ...about,
  there: OrNull(Type.Integer({ description: 'The id of the subordinate’s request' })),
  seasons: OrNull(Seasons),
  as: OrNull(Type.String()),
  reason: Type.String(),
});
export const PreviewShown = Type.Object({
  primary: Label,
  requests: Count,
  stopped: OrNull(Type.String()),
  subordinates: Type.Array(
    Type.Object({
      subordinate: Label,
      known: Type.Boolean(),
      reason: OrNull(Type.String()),
      changes: Type.Array(Change),
      waiting: Type.Array(Type.Object({ ...about, state: Type.String(), reason: Type.String() })),
      foreign: Count,
    }),
  ),
});
export type PreviewShown = Static<typeof PreviewShown>;

export const DriftShown = Type.Object({
  subordinate: Label,
  in_step: Count,
  foreign: Count,
  differences: Type.Array(
    Type.Object({
      kind: Type.String(),
      ...about,
      primary: Type.Object({ status: Type.String(), seasons: Seasons, gone: Type.Boolean() }),
      there: Type.Array(Type.Object({ id: Type.Integer(), status: Type.String(), seasons: Seasons })),
      reason: Type.String(),
      planned: Type.Boolean({ description: 'The next cycle does something about it' }),
    }),
  ),
});
export type DriftShown = Static<typeof DriftShown>;

export const ImportWish = Type.Object(
  {
    config: Type.Optional(Type.Unsafe<unknown>({ description: 'What a dumb_config.json holds' })),
    state: Type.Optional(Type.Unsafe<unknown>({ description: 'What a seerr_sync_state.json holds' })),
    keys: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'API keys of the internal instances, by name' })),
    host: Type.Optional(Type.String({ maxLength: 255, description: 'Where the internal instances are reached. Default localhost' })),
    apply: Type.Optional(Type.Boolean({ description: 'Absent: shown, and nothing changed' })),
  },
  strict,
);
export const Imported = Type.Object({
  applied: Type.Boolean(),
  config: OrNull(
    Type.Object({
      desks: Type.Array(Type.Object({ label: Label, role: Type.String(), outcome: OneOf(['added', 'changed', 'same']) })),
      options: Type.Array(Type.String()),
      notes: Type.Array(Type.String()),
      faults: Type.Array(Fault),
    }),
  ),
  state: OrNull(
    Type.Object({
      linked: Count,
      skipped: Type.Array(Type.Object({ fingerprint: Fingerprint, subordinate: OrNull(Label), reason: Type.String() })),
    }),
  ),
});
export type Imported = Static<typeof Imported>;

export const WebhookWish = Type.Object(
  {
    url: Type.Optional(
      Type.String({
        maxLength: 2_000,
        pattern: '^https?://[^\\s]+$',
        description: 'Where the primary reaches this server. Default the public address',
      }),
    ),
    replace: Type.Optional(Type.Boolean({ description: 'Also where it posts to somebody else now' })),
    new_token: Type.Optional(Type.Boolean({ description: 'The former token is worth nothing from then on' })),
  },
  strict,
);

export const DeskUser = Type.Object({
  desk_id: Type.Integer(),
  user_id: Type.Integer(),
  name: Type.String(),
  person: OrNull(Type.String()),
  by: OrNull(OneOf(['word', 'jellyfin', 'plex', 'email'])),
});
export type DeskUser = Static<typeof DeskUser>;
export const DeskUserParams = Type.Object({
  id: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
  user: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
});
export const PersonWish = Type.Object({ person: OrNull(Text(64)) }, strict);
