import { Type } from 'typebox';
import type { Desk } from '#core/requests/index.ts';
import { toIso } from '#kernel/instant.ts';
import { isoOrNull } from './account.shape.ts';
import { Anything, OneOf, OrNull, strict, Text, Time } from './contract-words.ts';

const ROLES = OneOf(['disabled', 'primary', 'subordinate']);

/** A Seerr, Jellyseerr or Overseerr. Its key is never shown. */
export const RequestDesk = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  place: OneOf(['internal', 'external']),
  vendor: Type.String(),
  url: Type.String(),
  has_key: Type.Boolean(),
  role: ROLES,
  label: OrNull(Type.String()),
  version: OrNull(Type.String()),
  proven_at: OrNull(Time),
  listed_at: OrNull(Time),
  health: OneOf(['unknown', 'ok', 'degraded']),
  last_error: OrNull(Type.String()),
  created_at: Time,
});

const WISH = {
  url: Type.Optional(Type.String({ maxLength: 2_000 })),
  api_key: Type.Optional(Type.String({ maxLength: 512 })),
  role: Type.Optional(ROLES),
  label: Type.Optional(OrNull(Type.String({ maxLength: 200 }))),
  verify: Type.Optional(Type.Boolean({ description: 'Absent: the key is proven now where the desk has a role' })),
};
export const NewRequestDesk = Type.Object({ name: Text(64), place: Type.Optional(OneOf(['internal', 'external'])), ...WISH }, strict);
export const RequestDeskPatch = Type.Object({ name: Type.Optional(Text(64)), ...WISH }, strict);

export const ConfigImportWish = Type.Object(
  {
    config: Type.Optional(Type.Unsafe<unknown>({ description: 'What a dumb_config.json holds' })),
    state: Type.Optional(Type.Unsafe<unknown>({ description: 'What a seerr_sync_state.json holds' })),
    keys: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'API keys of the internal instances, by name' })),
    host: Type.Optional(Type.String({ maxLength: 255, description: 'Where the internal instances are reached. Default localhost' })),
    apply: Type.Optional(Type.Boolean({ description: 'Absent: shown, and nothing changed' })),
  },
  strict,
);
export const Told = Anything;

export const deskShape = (desk: Desk) => ({
  id: desk.id,
  name: desk.name,
  place: desk.place,
  vendor: desk.vendor,
  url: desk.url,
  has_key: desk.hasKey,
  role: desk.role,
  label: desk.label ?? null,
  version: desk.version ?? null,
  proven_at: isoOrNull(desk.provenAt),
  listed_at: isoOrNull(desk.listedAt),
  health: desk.health.state,
  last_error: desk.health.lastError?.message ?? null,
  created_at: toIso(desk.createdAt),
});
