import { type Static, Type } from 'typebox';
import type { Approval, Decided } from '#features/app-grants/index.ts';
import { toIso } from '#kernel/instant.ts';
import { OneOf, OrNull, strict, Text, Time } from './contract-words.ts';

const AppShown = Type.Object({
  client_id: Type.String(),
  name: Type.String({ description: 'As it calls itself, or as it was registered: nobody vouches for it' }),
  known: Type.Boolean({ description: 'Somebody here has approved or registered it before' }),
});
const SignInOffer = Type.Object({ id: Type.String(), title: Type.String(), how: OneOf(['password', 'browser']) });

export const ApprovalShown = Type.Object({
  app: AppShown,
  road: OneOf(['browser', 'device']),
  redirect: OrNull(Type.String({ description: 'Where it leads back to' })),
  scopes: Type.Array(OneOf(['media:read', 'media:write'])),
  expires_at: Time,
  sign_in: Type.Array(SignInOffer, { description: 'Where somebody may prove who they are, besides their sign-in here' }),
});
export type ApprovalShown = Static<typeof ApprovalShown>;

export const ServerSignInWish = Type.Object({ offer: Text(64), username: Text(256), password: Type.String({ maxLength: 1_024 }) }, strict);
export const AwayWish = Type.Object({ offer: Text(64) }, strict);
export const AwayBegun = Type.Object({
  url: Type.String({ description: 'Where the person signs in, in a window of its own' }),
  title: Type.String(),
  ticket: Type.String(),
});
export const TicketWish = Type.Object({ ticket: Text(8_000) }, strict);
export const SignedIn = Type.Object({
  name: OrNull(Type.String({ description: 'Null: they have not signed in there yet' })),
  ticket: OrNull(Type.String({ description: 'For the decision, in this browser alone, for a quarter of an hour' })),
});

export const DecisionWish = Type.Object(
  {
    answer: OneOf(['approve', 'refuse']),
    ticket: Type.Optional(
      Type.String({ minLength: 1, maxLength: 8_000, description: 'Of a sign-in elsewhere; else the sign-in here decides' }),
    ),
  },
  strict,
);
export const DecisionMade = Type.Object({
  app: AppShown,
  person: Type.String(),
  redirect: OrNull(Type.String({ description: 'The browser goes there at once' })),
  code: OrNull(Type.String({ description: 'The person types it into the app' })),
  link: OrNull(Type.String({ description: 'Where the device would like them to go on' })),
});

const appShape = ({ clientId, name, isKnown }: Approval) => ({ client_id: clientId, name, known: isKnown });

export const approvalShape = (
  approval: Approval,
  offers: readonly Readonly<{ id: string; title: string; how: 'password' | 'browser' }>[],
): ApprovalShown => ({
  app: appShape(approval),
  road: approval.road,
  redirect: approval.redirect ?? null,
  scopes: [...approval.scopes],
  expires_at: toIso(approval.expiresAt),
  sign_in: offers.map((offer) => ({ ...offer })),
});

export const decisionShape = ({ approval, redirect, code, link }: Decided, person: string) => ({
  app: appShape(approval),
  person,
  redirect: redirect ?? null,
  code: code ?? null,
  link: link ?? null,
});
