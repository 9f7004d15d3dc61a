import { type Static, Type } from 'typebox';
import { OneOf, OrNull, PersonQuery, strict, Text, Time } from './contract-words.ts';

const Dialect = OneOf(['legacy', 'modern']);
const Generation = Type.Union([Type.Literal(1), Type.Literal(2)]);
const Redirects = Type.Array(Text(2_000), { maxItems: 20 });

export const ClientApp = Type.Object({
  id: Type.Integer(),
  client_id: Type.String(),
  name: Type.String(),
  dialect: Dialect,
  generation: OrNull(Generation),
  redirects: Type.Array(Type.String()),
  has_secret: Type.Boolean(),
  origin: OneOf(['owner', 'approval']),
  blocked_at: OrNull(Time),
  created_by: Type.String(),
  created_at: Time,
});
export type ClientApp = Static<typeof ClientApp>;

export const NewClientApp = Type.Object(
  {
    name: Text(100),
    client_id: Type.Optional(Text(200)),
    client_secret: Type.Optional(Text(500)),
    make_secret: Type.Optional(Type.Boolean({ description: 'Make a client_secret, and show it this once' })),
    redirects: Type.Optional(Redirects),
    dialect: Type.Optional(Dialect),
    generation: Type.Optional(Generation),
  },
  strict,
);
export const ClientAppGiven = Type.Object({ app: ClientApp, client_secret: OrNull(Type.String({ description: 'Shown this once' })) });
export const ClientAppPatch = Type.Object(
  {
    name: Type.Optional(Text(100)),
    dialect: Type.Optional(Dialect),
    redirects: Type.Optional(Redirects),
    client_secret: Type.Optional(OrNull(Text(500))),
    blocked: Type.Optional(Type.Boolean()),
  },
  strict,
);

export const Grant = Type.Object({
  id: Type.Integer(),
  app: Type.Object({ id: Type.Integer(), client_id: Type.String(), name: Type.String() }),
  person: OrNull(Type.String()),
  scopes: Type.Array(Type.String()),
  generation: Generation,
  flow: OneOf(['code', 'pin', 'device']),
  approved_by: Type.String(),
  created_at: Time,
  ends_at: Time,
  last_used_at: OrNull(Time),
  revoked_at: OrNull(Time),
});
export type Grant = Static<typeof Grant>;
export const GrantQuery = Type.Object({
  ...PersonQuery,
  app: Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })),
});
