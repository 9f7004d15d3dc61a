import { Type } from 'typebox';
import type { Invitation, Open, TrackerLink } from '#features/tracker-sync/index.ts';
import { type Instant, toIso } from '#kernel/instant.ts';
import { Count, OneOf, OrNull, PersonQuery, strict, Text, Time } from './contract-words.ts';

const switches = {
  import: Type.Optional(Type.Boolean({ description: 'What is there comes here' })),
  export: Type.Optional(Type.Boolean({ description: 'What is here goes there' })),
  lists: Type.Optional(Type.Boolean()),
  ratings: Type.Optional(Type.Boolean()),
};

export const Tracker = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  vendor: Type.String(),
  person: Type.String(),
  client_id: Type.String(),
  state: OneOf(['waiting', 'connected', 'ended']),
  account: OrNull(Type.Object({ id: Type.String(), name: Type.String(), plan: Type.String() })),
  import: Type.Boolean(),
  export: Type.Boolean(),
  lists: Type.Boolean(),
  ratings: Type.Boolean(),
  consent: OneOf(['pending', 'given', 'refused']),
  calls: Type.Object({ day: OrNull(Type.String()), spent: Count, per_day: Count }),
  last_read: OrNull(Time),
  last_sync: OrNull(Time),
  resumes_at: OrNull(Time),
  last_error: OrNull(Type.Object({ at: Time, code: Type.String(), message: Type.String() })),
  created_at: Time,
});

export const NewTracker = Type.Object(
  {
    name: Text(64),
    vendor: Type.Optional(Text(32)),
    client_id: Type.Optional(Text(200)),
    client_secret: Type.Optional(Text(500)),
    redirect_uri: Type.Optional(Text(2_000)),
    ...PersonQuery,
    ...switches,
  },
  strict,
);
export const TrackerPatch = Type.Object(switches, strict);
export const TrackerInvite = Type.Object({ redirect_uri: Type.Optional(Text(2_000)) }, strict);
export const TrackerProof = Type.Object({ code: Type.Optional(Text(2_000)), state: Type.Optional(Text(200)) }, strict);
export const TrackerRun = Type.Object({ full: Type.Optional(Type.Boolean({ description: 'Reads the whole library there' })) }, strict);
export const TrackerState = Type.Object({ state: OneOf(['pending', 'expired', 'refused', 'connected']) });
export const TrackerInvitation = Type.Union([
  Type.Object({
    how: Type.Literal('code'),
    user_code: Type.String(),
    page: Type.String(),
    link: Type.String(),
    expires_at: Time,
    interval_ms: Count,
  }),
  Type.Object({ how: Type.Literal('page'), address: Type.String() }),
]);
export const TrackerAdded = Type.Object({ tracker: Tracker, invitation: TrackerInvitation });
export const TrackerRemoved = Type.Object({ revoked: Type.Boolean({ description: 'Whether the grant was ended there too' }) });
export const TrackerOpen = Type.Object({
  media_id: Type.Integer(),
  what: OneOf(['watched', 'list', 'rating']),
  state: OneOf(['sent', 'taken', 'missed']),
  reason: Type.String(),
  at: Time,
});

const isoOrNull = (at: Instant | undefined): string | null => (at === undefined ? null : toIso(at));

export const trackerShape = (link: TrackerLink, nameOf: (id: number) => string | null) => ({
  id: link.id,
  name: link.name,
  vendor: link.vendor,
  person: nameOf(link.personId) ?? '',
  client_id: link.clientId,
  state: link.state,
  account: link.account ?? null,
  import: link.switches.takes,
  export: link.switches.sends,
  lists: link.switches.lists,
  ratings: link.switches.ratings,
  consent: link.consent,
  calls: { day: link.budget.day === '' ? null : link.budget.day, spent: link.budget.spent, per_day: link.budget.callsPerDay },
  last_read: isoOrNull(link.readAt),
  last_sync: isoOrNull(link.syncedAt),
  resumes_at: isoOrNull(link.resumeAt),
  last_error: link.lastError ? { ...link.lastError, at: toIso(link.lastError.at) } : null,
  created_at: toIso(link.createdAt),
});

export const invitationShape = (invitation: Invitation) =>
  invitation.how === 'page'
    ? invitation
    : {
        how: invitation.how,
        user_code: invitation.userCode,
        page: invitation.page,
        link: invitation.link,
        expires_at: toIso(invitation.expiresAt),
        interval_ms: invitation.interval,
      };

export const openShape = ({ mediaId, what, state, reason, at }: Open) => ({ media_id: mediaId, what, state, reason, at: toIso(at) });
