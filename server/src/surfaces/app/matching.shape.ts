import { type Static, Type } from 'typebox';
import type { Identity, Mapping, ServerUser, ServerUsers, Unmatched } from '#features/provisioning/index.ts';
import { isoOrNull } from './account.shape.ts';
import { Count, OneOf, OrNull, strict, Text, Time } from './contract-words.ts';

type NameOf = (id: number | undefined) => string | null;

const AccountHere = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  person: Type.String(),
  user: Type.Object({ id: Type.String(), name: OrNull(Type.String()) }),
  consent: OneOf(['pending', 'given']),
  pin: OrNull(Type.Boolean({ description: 'Whether a PIN is kept for its user; null where users have none there' })),
});
const Suggestion = Type.Object({
  person: Type.String(),
  evidence: Type.Array(
    Type.Object({
      kind: OneOf(['same-user', 'requests', 'same-email', 'same-name']),
      place: Type.String({ description: 'The server or the place of requests that says so; empty: the list of people here' }),
      name: Type.String(),
    }),
  ),
});
const UserThere = Type.Object({
  id: Type.String(),
  name: Type.String(),
  admin: Type.Boolean(),
  guest: Type.Boolean(),
  protected: Type.Boolean({ description: 'Needs a PIN to be switched to' }),
  disabled: Type.Boolean(),
  accounts: Type.Array(Type.Integer(), { description: 'Accounts here that are this user' }),
  suggestions: Type.Array(Suggestion),
});
export const ServerShown = Type.Object({
  server: Type.Object({ id: Type.Integer(), type: Type.String(), name: Type.String(), url: Type.String() }),
  state: OneOf(['known', 'unknown'], {}),
  read_at: OrNull(Time),
  fault: OrNull(Type.Object({ code: Type.String(), message: Type.String() })),
  accounts: Type.Array(AccountHere),
  users: Type.Array(UserThere),
});
export type ServerShown = Static<typeof ServerShown>;

const userShape = ({ user, accounts, suggestions }: ServerUser, nameOf: NameOf) => ({
  id: user.id,
  name: user.name,
  admin: user.admin,
  guest: user.guest ?? false,
  protected: user.protected ?? false,
  disabled: user.disabled ?? false,
  accounts: accounts.map((account) => account.id),
  suggestions: suggestions.map(({ personId, evidence }) => ({
    person: nameOf(personId) ?? '',
    evidence: evidence.map((one) => ({ ...one })),
  })),
});

export const serverShape = (
  { server, state, readAt, fault, accounts, users }: ServerUsers,
  nameOf: NameOf,
  pinOf: ReadonlyMap<number, boolean | undefined>,
): ServerShown => ({
  server: { id: server.id, type: server.type, name: server.name, url: server.url },
  state,
  read_at: isoOrNull(readAt),
  fault: fault ? { ...fault } : null,
  accounts: accounts.map((account) => ({
    id: account.id,
    name: account.name,
    person: nameOf(account.personId) ?? '',
    user: { id: account.userId, name: account.userName ?? null },
    consent: account.consent,
    pin: pinOf.get(account.id) ?? null,
  })),
  users: users.map((user) => userShape(user, nameOf)),
});

export const JoinWish = Type.Object(
  {
    server: Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER }),
    user: Text(200),
    person: Text(64),
    pin: Type.Optional(Text(32)),
  },
  strict,
);
export const PinWish = Type.Object({ pin: Text(32) }, strict);

const MemberShown = Type.Object({
  account: Type.String({ description: 'The account of `main` on whose server the user is' }),
  id: Type.String(),
  name: Type.String(),
  protected: Type.Boolean(),
  has_pin: Type.Boolean(),
  reason: OrNull(Type.String({ description: 'Why nobody else is this person' })),
});
const IdentityShown = Type.Object({ person: Type.String(), members: Type.Array(MemberShown) });
export const ProvisionPreview = Type.Object({
  accounts: Type.Array(Type.String()),
  has_people: Type.Boolean({ description: 'Others than `main` have accounts already' }),
  has_mapping: Type.Boolean(),
  matched: Type.Array(IdentityShown),
  unmatched: Type.Array(MemberShown),
  expires_at: Time,
});

const memberShape = (member: Identity['members'][number] | Unmatched) => ({
  account: member.backend,
  id: member.id,
  name: member.realName,
  protected: member.protected,
  has_pin: Object.keys(member.options).length > 0,
  reason: 'reason' in member ? member.reason : null,
});
export const identityShape = ({ identity, members }: Identity) => ({ person: identity, members: members.map(memberShape) });
export const unmatchedShape = memberShape;

export const MappingWish = Type.Object(
  {
    people: Type.Array(
      Type.Object(
        {
          person: Text(64),
          members: Type.Array(
            Type.Object(
              {
                account: Text(64),
                user: Text(200),
                pin: Type.Optional(Type.String({ maxLength: 32, description: 'Absent: the one that is kept stays. Empty: it goes' })),
              },
              strict,
            ),
            { minItems: 1, maxItems: 50 },
          ),
        },
        strict,
      ),
      { minItems: 1, maxItems: 500 },
    ),
  },
  strict,
);
export type MappingWish = Static<typeof MappingWish>;
export const MappingShown = Type.Object({
  people: Type.Array(
    Type.Object({
      person: Type.String(),
      members: Type.Array(Type.Object({ account: Type.String(), user: Type.String(), has_pin: Type.Boolean() })),
    }),
  ),
});
/** Without any secret: a PIN is for whoever typed it in. */
export const mappingShape = ({ identities }: Mapping) => ({
  people: identities.map(({ identity, members }) => ({
    person: identity,
    members: members.map(({ backend, username, options }) => ({
      account: backend,
      user: username,
      has_pin: Object.keys(options).length > 0,
    })),
  })),
});

export const ProvisionWish = Type.Object(
  {
    mode: OneOf(['create', 'update', 'recreate']),
    dry_run: Type.Optional(Type.Boolean({ default: true, description: 'Only show; true unless told' })),
    backup: Type.Optional(Type.Boolean({ default: true })),
    new_tokens: Type.Optional(Type.Boolean({ default: false })),
    single: Type.Optional(Type.Boolean({ default: false, description: 'Each user of the only server is a person' })),
  },
  strict,
);
const FailedShown = Type.Object({ person: Type.String(), account: Type.String(), reason: Type.String() });
export const ProvisionDone = Type.Object({ dry_run: Type.Boolean(), people: Type.Array(IdentityShown), failed: Type.Array(FailedShown) });
export const failedShape = ({ identity, backend, reason }: Readonly<{ identity: string; backend: string; reason: string }>) => ({
  person: identity,
  account: backend,
  reason,
});

export const LinkWish = Type.Object({ dry_run: Type.Optional(Type.Boolean({ default: true })) }, strict);
export const LinksDone = Type.Object({
  dry_run: Type.Boolean(),
  updated: Type.Array(Type.Object({ person: Type.String(), account: Type.String(), source: Type.String() })),
  skipped: Type.Array(FailedShown),
  failed: Type.Array(FailedShown),
  count: Count,
});
