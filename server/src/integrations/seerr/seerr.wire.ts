import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** Only what we read. What a release does not know is null in one and absent in another. */
const Maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));
const Text = Maybe(Type.String());

const personMembers = {
  id: Type.Integer({ minimum: 1 }),
  displayName: Text,
  username: Text,
  email: Text,
  plexId: Maybe(Type.Union([Type.Number(), Type.String()])),
  plexUsername: Text,
  jellyfinUserId: Text,
  jellyfinUsername: Text,
};
const Person = Type.Object(personMembers);
export type SeerrPerson = Static<typeof Person>;

const User = Type.Object({ ...personMembers, permissions: Type.Number() });
export type SeerrUser = Static<typeof User>;
export const seerrUser = Compile(User);

const Media = Type.Object({
  mediaType: Text,
  tmdbId: Type.Integer({ minimum: 1 }),
  tvdbId: Maybe(Type.Number()),
  imdbId: Text,
  status: Maybe(Type.Number()),
  status4k: Maybe(Type.Number()),
});
export type SeerrMedia = Static<typeof Media>;

const requestMembers = {
  id: Type.Integer({ minimum: 1 }),
  status: Type.Number(),
  type: Text,
  is4k: Maybe(Type.Boolean()),
  seasons: Maybe(Type.Array(Type.Object({ seasonNumber: Type.Integer({ minimum: 0 }), status: Maybe(Type.Number()) }))),
  requestedBy: Person,
  createdAt: Type.String(),
  updatedAt: Text,
};
const Request = Type.Object({ ...requestMembers, media: Media });
export type SeerrRequest = Static<typeof Request>;
export const seerrRequest = Compile(Request);

export const seerrPage = Compile(
  Type.Object({ pageInfo: Type.Object({ results: Type.Integer({ minimum: 0 }) }), results: Type.Array(Type.Unknown()) }),
);

/** A title as the desk describes it. `mediaInfo` is there once somebody asked for it or has it. */
export const seerrDetails = Compile(
  Type.Object({
    id: Type.Number(),
    mediaInfo: Maybe(Type.Object({ requests: Maybe(Type.Array(Type.Unknown())) })),
  }),
);

export const seerrStatus = Compile(Type.Object({ version: Type.String({ minLength: 1 }) }));

/** Answers 202 to a request of which it has everything. */
export const seerrSaid = Compile(Type.Object({ message: Type.String({ minLength: 1 }) }));

/** What the desk says when it refuses: one of three shapes. */
const Refusal = Type.Object({
  message: Text,
  error: Text,
  errors: Maybe(Type.Array(Type.Object({ path: Text, message: Text }))),
});
export type SeerrRefusal = Static<typeof Refusal>;
export const seerrRefusal = Compile(Refusal);

const Webhook = Type.Object({
  enabled: Type.Optional(Type.Boolean()),
  embedPoster: Type.Optional(Type.Boolean()),
  types: Maybe(Type.Number()),
  options: Type.Object({
    webhookUrl: Text,
    authHeader: Text,
    jsonPayload: Type.Optional(Type.Unknown()),
    supportVariables: Type.Optional(Type.Boolean()),
  }),
});
export type SeerrWebhook = Static<typeof Webhook>;
export const seerrWebhook = Compile(Webhook);
