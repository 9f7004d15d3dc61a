import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** Only what we read. What is not there is null, absent, or of an empty kind of its own, by the age of the app and the kind of answer. */
const Maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const Text = Maybe(Type.String());
const Num = Maybe(Type.Union([Type.Number(), Type.String()]));

const Ids = Type.Record(Type.String(), Type.Unknown());
const Media = Type.Object({ title: Text, year: Num, ids: Ids });
export type SimklMedia = Static<typeof Media>;
const Episode = Type.Object({
  number: Type.Union([Type.Number(), Type.String()]),
  watched_at: Text,
  tvdb: Maybe(Type.Object({ season: Num, episode: Num })),
});
const Season = Type.Object({ number: Num, episodes: Maybe(Type.Array(Episode)) });
const Entry = Type.Object({
  status: Text,
  user_rating: Num,
  user_rated_at: Text,
  last_watched_at: Text,
  watched_episodes_count: Num,
  anime_type: Text,
  is_rewatch: Maybe(Type.Boolean()),
  movie: Maybe(Media),
  show: Maybe(Media),
  anime: Maybe(Media),
  seasons: Maybe(Type.Array(Season)),
});
export type SimklEntry = Static<typeof Entry>;
export const simklEntry = Compile(Entry);

/** `ids` alone, in whichever wrapper. */
const IdEntry = Type.Object({
  movie: Maybe(Type.Object({ ids: Ids })),
  show: Maybe(Type.Object({ ids: Ids })),
  anime: Maybe(Type.Object({ ids: Ids })),
});
export const simklIdEntry = Compile(IdEntry);

const Leaves = Type.Record(Type.String(), Type.Unknown());
export const simklActivities = Compile(Type.Object({ all: Text, tv_shows: Maybe(Leaves), anime: Maybe(Leaves), movies: Maybe(Leaves) }));

export const simklSettings = Compile(
  Type.Object({
    user: Maybe(Type.Object({ name: Text })),
    account: Type.Object({ id: Type.Union([Type.Number(), Type.String()]), type: Text }),
  }),
);

export const simklGrant = Compile(
  Type.Object({ access_token: Type.String({ minLength: 1 }), refresh_token: Text, expires_in: Num, scope: Text }),
);

export const simklDevice = Compile(
  Type.Object({
    device_code: Type.String({ minLength: 1 }),
    user_code: Type.String({ minLength: 1 }),
    verification_uri: Type.String({ minLength: 1 }),
    verification_uri_complete: Text,
    expires_in: Num,
    interval: Num,
  }),
);

export const simklRefusal = Compile(Type.Object({ error: Type.String(), message: Text, error_description: Text, code: Num }));

const Echo = Type.Object({
  title: Text,
  year: Num,
  ids: Maybe(Ids),
  to: Text,
  seasons: Maybe(Type.Array(Type.Object({ number: Num, episodes: Maybe(Type.Array(Type.Object({ number: Num }))) }))),
});
export type SimklEcho = Static<typeof Echo>;
const Echoes = Maybe(Type.Array(Echo));

export const simklWritten = Compile(
  Type.Object({
    /** Counts, or of lists the items themselves. */
    added: Maybe(Type.Object({ movies: Type.Optional(Type.Unknown()), shows: Type.Optional(Type.Unknown()) })),
    not_found: Maybe(Type.Object({ movies: Echoes, shows: Echoes, anime: Echoes, episodes: Maybe(Type.Array(Type.Unknown())) })),
  }),
);
export const simklEcho = Compile(Echo);
