import { type Static, Type } from 'typebox';
import { Count, Members, OneOf, OrNull, PersonQuery, strict, Text, Time } from './contract-words.ts';

export const SignInWish = Type.Object(
  {
    kind: Text(32),
    way: OneOf(['password', 'device']),
    url: Type.Optional(Text(2_000)),
    username: Type.Optional(Text(200)),
    password: Type.Optional(Type.String({ maxLength: 1_024 })),
  },
  strict,
);
export const SignInShown = Type.Object({
  id: Type.String(),
  kind: Type.String(),
  state: OneOf(['waiting', 'signed-in']),
  url: OrNull(Type.String({ description: 'Where the person agrees' })),
  code: OrNull(Type.String({ description: 'What the person types there' })),
  expires_at: Time,
  user: OrNull(Type.Object({ id: OrNull(Type.String()), name: Type.String() })),
  servers: Type.Array(
    Type.Object({
      uuid: Type.String(),
      name: Type.String(),
      version: OrNull(Type.String()),
      owned: Type.Boolean(),
      addresses: Type.Array(Type.Object({ url: Type.String(), local: Type.Boolean() })),
    }),
  ),
});
export type SignInShown = Static<typeof SignInShown>;

export const CheckWish = Type.Object(
  {
    kind: Text(32),
    url: Type.Optional(Text(2_000)),
    token: Type.Optional(Text(4_000)),
    sign_in: Type.Optional(Text(64)),
    user: Type.Optional(Text(200)),
    options: Type.Optional(Members),
    account: Type.Optional(Type.Integer({ minimum: 1, description: 'The stored connection that the form changes' })),
  },
  strict,
);
export const CheckReport = Type.Object({
  verdict: OneOf(['ready', 'asks', 'silent', 'refused']),
  checks: Type.Array(
    Type.Object({
      check: Type.String(),
      state: OneOf(['passed', 'noted', 'asks', 'failed']),
      code: OrNull(Type.String({ description: 'Of a failure: the word of the closed list' })),
      message: Type.String(),
      facts: Members,
    }),
  ),
  server: OrNull(Type.Object({ uuid: Type.String(), name: Type.String(), version: Type.String() })),
  users: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), admin: Type.Boolean() })),
  user: OrNull(Type.Object({ id: Type.String(), name: Type.String() })),
  libraries: Type.Array(Type.Object({ id: Type.String(), name: Type.String(), kind: Type.String(), read: Type.Boolean() })),
});
export type CheckReport = Static<typeof CheckReport>;

const place = { user: Type.Optional(Text(200)), options: Type.Optional(Members) };
const switches = {
  export: Type.Optional(Type.Boolean()),
  import: Type.Optional(Type.Boolean()),
  metadata_only: Type.Optional(Type.Boolean()),
  never_unwatch: Type.Optional(Type.Boolean()),
};
const secret = {
  token: Type.Optional(Text(4_000)),
  sign_in: Type.Optional(Text(64)),
};
export const NewAccount = Type.Object(
  { name: Text(64), type: Text(32), url: Text(2_000), ...secret, ...PersonQuery, ...place, ...switches },
  strict,
);
export type NewAccount = Static<typeof NewAccount>;
export const AccountPatch = Type.Object({ url: Type.Optional(Text(2_000)), ...secret, ...place, ...switches }, strict);
export type AccountPatch = Static<typeof AccountPatch>;

export const WaitingConnection = Type.Object({
  id: Type.Integer(),
  person: Type.String(),
  kind: Type.String(),
  name: Type.String(),
  url: Type.String(),
  tries: Count,
  tried_at: Time,
  fault: Type.Object({ code: Type.String(), message: Type.String() }),
  created_at: Time,
});
export type WaitingConnection = Static<typeof WaitingConnection>;

export const DemoShown = Type.Object({
  here: Type.Boolean(),
  since: OrNull(Time),
  offered: Type.Boolean({ description: 'Nothing is connected and nothing is known: it may come' }),
  people: Type.Array(Type.String({ description: 'Who came with it' })),
});
