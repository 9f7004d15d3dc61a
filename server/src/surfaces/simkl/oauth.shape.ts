import { type TSchema, Type } from 'typebox';

/** Apps send null for what they do not have. */
const Text = Type.Optional(Type.Union([Type.String(), Type.Null()]));
/** No body says as little as an empty one. */
const orNone = <T extends Record<string, TSchema>>(members: T) => Type.Union([Type.Object(members), Type.Null()]);
const QueryText = Type.Optional(Type.String());

export const TokenWish = orNone({
  grant_type: Text,
  code: Text,
  client_id: Text,
  client_secret: Text,
  redirect_uri: Text,
  code_verifier: Text,
  refresh_token: Text,
  device_code: Text,
});
export const DeviceWish = orNone({ client_id: Text, scope: Text, 'app-name': Text });
export const RevokeWish = orNone({ client_id: Text, token: Text, token_type_hint: Text });

/** How an app names itself in an address. */
export const AppQuery = Type.Object({ client_id: QueryText, 'app-name': QueryText, 'app-version': QueryText });
export const PinQuery = Type.Object({ ...AppQuery.properties, redirect: QueryText });
export const PinParams = Type.Object({ user_code: Type.String() });

export const V1Token = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('bearer'),
  scope: Type.Literal('public'),
  expires_in: Type.Integer(),
});
export const V2Tokens = Type.Object({
  access_token: Type.String(),
  token_type: Type.Literal('Bearer'),
  expires_in: Type.Integer(),
  refresh_token: Type.Optional(Type.String()),
  scope: Type.String(),
});

export const Failure = Type.Object(
  { error: Type.String(), code: Type.Integer(), message: Type.Optional(Type.String()) },
  { additionalProperties: true },
);
export const Oauth2Failure = Type.Object({ error: Type.String(), error_description: Type.Optional(Type.String()) });
