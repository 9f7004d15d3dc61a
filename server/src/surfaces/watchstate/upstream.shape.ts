import { type Static, Type } from '@fastify/type-provider-typebox';
import type { DiscoveredServer, UpstreamSession, UpstreamUser } from '#core/upstreams/index.ts';
import { toAtom } from '#kernel/instant.ts';

export const UserRow = Type.Object({
  id: Type.String(),
  uuid: Type.Optional(Type.String()),
  name: Type.String(),
  admin: Type.Boolean(),
  guest: Type.Boolean(),
  restricted: Type.Boolean(),
  protected: Type.Boolean(),
  disabled: Type.Boolean(),
  updatedAt: Type.Union([Type.String(), Type.Null()]),
  /** Only where tokens were asked for; null where there is none to be had. */
  token: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  raw: Type.Optional(Type.Unknown()),
});
export type UserRow = Static<typeof UserRow>;

export const userRow = (user: UpstreamUser): UserRow => ({
  id: user.id,
  ...(user.uuid !== undefined && { uuid: user.uuid }),
  name: user.name,
  admin: user.admin,
  guest: user.guest ?? false,
  restricted: !user.admin,
  protected: user.protected ?? false,
  disabled: user.disabled ?? false,
  updatedAt: user.updatedAt === undefined ? null : toAtom(user.updatedAt),
  ...(user.raw !== undefined && { raw: user.raw }),
});

export const isUser = (wanted: string | undefined, user: UpstreamUser): boolean =>
  wanted === undefined || user.id === wanted || user.uuid === wanted || user.aliases?.includes(wanted) === true || user.name === wanted;

export const SessionRow = Type.Object({
  id: Type.String(),
  user: Type.String(),
  user_id: Type.String(),
  title: Type.Union([Type.String(), Type.Null()]),
  state: Type.String(),
  progress: Type.Union([Type.Integer({ description: 'Milliseconds' }), Type.Null()]),
  raw: Type.Optional(Type.Unknown()),
});

export const sessionRow = (session: UpstreamSession): Static<typeof SessionRow> => ({
  id: session.upstreamId,
  user: session.userName ?? session.userId,
  user_id: session.userId,
  title: session.title ?? null,
  state: session.paused ? 'paused' : 'playing',
  progress: session.positionMs === undefined ? null : Math.round(session.positionMs),
  ...(session.raw !== undefined && { raw: session.raw }),
});

export const DiscoveredRow = Type.Object({
  name: Type.String(),
  identifier: Type.String(),
  uri: Type.String(),
  proto: Type.String(),
  address: Type.Union([Type.String(), Type.Null()]),
  port: Type.Union([Type.Integer(), Type.Null()]),
  local: Type.Boolean(),
  owned: Type.Boolean(),
  version: Type.Union([Type.String(), Type.Null()]),
});

export const discoveredRow = (server: DiscoveredServer): Static<typeof DiscoveredRow> => ({
  name: server.name,
  identifier: server.uuid,
  uri: server.uri,
  proto: server.uri.split(':', 1)[0] ?? '',
  address: server.address ?? null,
  port: server.port ?? null,
  local: server.local,
  owned: server.owned,
  version: server.version ?? null,
});
