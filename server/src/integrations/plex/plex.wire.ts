import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';

/** Only what we read. The wire is looser than its descriptions: numbers arrive as text, empty lists are absent, ids are either. */
const Numeric = Type.Union([Type.Number(), Type.String({ pattern: '^-?\\d+(\\.\\d+)?$' })]);
const Id = Type.Union([Type.String({ minLength: 1 }), Type.Number()]);
const Tag = Type.Object({ tag: Type.Optional(Type.String()) });
const Guid = Type.Object({ id: Type.Optional(Type.String()) });
const Part = Type.Object({ file: Type.Optional(Type.String()), size: Type.Optional(Numeric) });
const Media = Type.Object({ videoResolution: Type.Optional(Type.String()), Part: Type.Optional(Type.Array(Part)) });

const Item = Type.Object({
  ratingKey: Id,
  type: Type.String(),
  title: Type.Optional(Type.String()),
  guid: Type.Optional(Type.Union([Type.String(), Type.Array(Guid)])),
  Guid: Type.Optional(Type.Array(Guid)),
  year: Type.Optional(Numeric),
  index: Type.Optional(Numeric),
  parentIndex: Type.Optional(Numeric),
  parentRatingKey: Type.Optional(Id),
  grandparentRatingKey: Type.Optional(Id),
  grandparentTitle: Type.Optional(Type.String()),
  grandparentYear: Type.Optional(Numeric),
  librarySectionID: Type.Optional(Id),
  thumb: Type.Optional(Type.String()),
  art: Type.Optional(Type.String()),
  summary: Type.Optional(Type.String()),
  originallyAvailableAt: Type.Optional(Type.String()),
  duration: Type.Optional(Numeric),
  addedAt: Type.Optional(Numeric),
  viewCount: Type.Optional(Numeric),
  lastViewedAt: Type.Optional(Numeric),
  viewOffset: Type.Optional(Numeric),
  userRating: Type.Optional(Numeric),
  lastRatedAt: Type.Optional(Numeric),
  Genre: Type.Optional(Type.Array(Tag)),
  Media: Type.Optional(Type.Array(Media)),
});
export type PlexItem = Static<typeof Item>;
export const plexItem = Compile(Item);

const Page = Type.Object({
  MediaContainer: Type.Object({
    size: Type.Optional(Numeric),
    totalSize: Type.Optional(Numeric),
    librarySectionID: Type.Optional(Id),
    Metadata: Type.Optional(Type.Array(Type.Unknown())),
  }),
});
export const plexPage = Compile(Page);

const Section = Type.Object({ key: Id, title: Type.Optional(Type.String()), type: Type.String(), agent: Type.Optional(Type.String()) });
const Sections = Type.Object({ MediaContainer: Type.Object({ Directory: Type.Optional(Type.Array(Section)) }) });
export const plexSections = Compile(Sections);

const Identity = Type.Object({
  MediaContainer: Type.Object({ machineIdentifier: Type.String({ minLength: 1 }), version: Type.Optional(Type.String()) }),
});
export const plexIdentity = Compile(Identity);

const Root = Type.Object({ MediaContainer: Type.Object({ friendlyName: Type.Optional(Type.String()) }) });
export const plexRoot = Compile(Root);

const Account = Type.Object({ id: Id, name: Type.Optional(Type.String()) });
const Accounts = Type.Object({ MediaContainer: Type.Object({ Account: Type.Optional(Type.Array(Account)) }) });
export const plexAccounts = Compile(Accounts);

const Session = Type.Object({
  ratingKey: Id,
  title: Type.Optional(Type.String()),
  viewOffset: Type.Optional(Numeric),
  User: Type.Object({ id: Id, title: Type.Optional(Type.String()) }),
  Player: Type.Optional(Type.Object({ state: Type.Optional(Type.String()) })),
});
export const plexSession = Compile(Session);

const Maybe = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) => Type.Optional(Type.Union([schema, Type.Null()]));

const Pin = Type.Object({ id: Id, code: Type.String(), authToken: Maybe(Type.String()) });
export const plexPin = Compile(Pin);

const Connection = Type.Object({
  uri: Type.String(),
  address: Type.Optional(Type.String()),
  port: Type.Optional(Numeric),
  local: Type.Optional(Type.Boolean()),
});
/** Players are listed among the servers, and lack most of this. */
const Resource = Type.Object({
  name: Type.Optional(Type.String()),
  clientIdentifier: Type.String(),
  provides: Type.Optional(Type.String()),
  productVersion: Maybe(Type.String()),
  accessToken: Maybe(Type.String()),
  owned: Type.Optional(Type.Boolean()),
  ownerId: Maybe(Id),
  connections: Type.Optional(Type.Array(Connection)),
});
export type PlexResource = Static<typeof Resource>;
export const plexResources = Compile(Type.Array(Resource));

const HomeUser = Type.Object({
  id: Id,
  uuid: Type.String(),
  title: Type.String(),
  username: Maybe(Type.String()),
  email: Maybe(Type.String()),
  admin: Type.Optional(Type.Boolean()),
  guest: Type.Optional(Type.Boolean()),
  protected: Type.Optional(Type.Boolean()),
  updatedAt: Maybe(Type.Union([Type.Number(), Type.String()])),
});
export const plexHome = Compile(Type.Object({ users: Type.Array(HomeUser) }));
export const plexSwitch = Compile(Type.Object({ authToken: Type.String({ minLength: 1 }) }));
export const plexTvAccount = Compile(
  Type.Object({
    id: Id,
    uuid: Maybe(Type.String()),
    title: Maybe(Type.String()),
    username: Maybe(Type.String()),
    email: Maybe(Type.String()),
  }),
);

const UserState = Type.Object({ watchlistedAt: Maybe(Numeric) });
/** The state comes alone or as a list of one. */
export const plexUserState = Compile(
  Type.Object({ MediaContainer: Type.Object({ UserState: Type.Optional(Type.Union([UserState, Type.Array(UserState)])) }) }),
);

const XmlUser = Type.Object({
  id: Type.String(),
  title: Type.Optional(Type.String()),
  username: Type.Optional(Type.String()),
  home: Type.Optional(Type.String()),
  protected: Type.Optional(Type.String()),
  Server: Type.Optional(Type.Array(Type.Object({ machineIdentifier: Type.Optional(Type.String()) }))),
});
export const plexXmlUsers = Compile(Type.Object({ User: Type.Optional(Type.Array(XmlUser)) }));

const SharedServer = Type.Object({ userID: Type.Optional(Type.String()), accessToken: Type.Optional(Type.String()) });
export const plexSharedServers = Compile(Type.Object({ SharedServer: Type.Optional(Type.Array(SharedServer)) }));

/** Templates of Tautulli leave empty texts where there is nothing to tell. */
const Named = Maybe(Type.Union([Type.String(), Type.Number()]));
const Payload = Type.Object({
  event: Type.String({ minLength: 1 }),
  user: Type.Optional(Type.Unknown()),
  owner: Type.Optional(Type.Unknown()),
  Account: Maybe(Type.Object({ id: Named, title: Maybe(Type.String()) })),
  Server: Maybe(Type.Object({ uuid: Maybe(Type.String()) })),
  Metadata: Maybe(
    Type.Object({
      type: Maybe(Type.String()),
      ratingKey: Named,
      guid: Type.Optional(Type.Unknown()),
      title: Maybe(Type.String()),
      grandparentTitle: Maybe(Type.String()),
      librarySectionID: Named,
      viewOffset: Type.Optional(Type.Unknown()),
      lastViewedAt: Type.Optional(Type.Unknown()),
    }),
  ),
});
export type PlexPayload = Static<typeof Payload>;
export const plexPayload = Compile(Payload);
