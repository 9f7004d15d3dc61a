import { type RequestId, requestId } from '#kernel/ids.ts';
import { basisOf, type Demand, type Held, type Link, type Rules, type Standing, type TitleFacts, WHOLE } from './facts.ts';

export const ALL: Rules = {
  syncPending: true,
  syncApproved: true,
  syncDeclined: true,
  syncDeletes: true,
  sync4kSeparately: true,
  userMapping: 'admin',
};
export const NOW = 1_000_000;
export const id = (number: number): RequestId => requestId(number);

/** An approved request of the primary, for a movie unless parts are told. */
export const demand = (number: number, more: Partial<Demand> = {}): Demand => ({
  id: id(number),
  primaryId: number,
  kind: more.parts === undefined ? 'movie' : 'tv',
  tmdbId: 603,
  is4k: false,
  parts: [WHOLE],
  status: 'approved',
  presence: 'there',
  owner: { id: 2, displayName: 'alice' },
  removal: 'held',
  ...more,
});
export const gone = (number: number, more: Partial<Demand> = {}): Demand =>
  demand(number, { presence: 'gone', removal: 'allowed', ...more });
export const link = (number: number, told?: Link['told'], how: Link['how'] = 'created'): Link => ({
  requestId: id(number),
  how,
  ...(told && { told }),
});
/** A request on the subordinate, pending and without a link. */
export const held = (number: number, more: Partial<Held> = {}): Held => ({
  id: number,
  is4k: false,
  status: 'pending',
  mediaStatus: 'pending',
  parts: [WHOLE],
  done: [],
  presence: 'there',
  links: [],
  ...more,
});
export const standing = (of: Demand, state: Standing['state'], more: Partial<Standing> = {}): Standing => ({
  state,
  reason: 'as before',
  basis: basisOf(of),
  satisfied: [],
  ...more,
});
export const facts = (demands: readonly Demand[], helds: readonly Held[], more: Partial<TitleFacts> = {}): TitleFacts => ({
  kind: demands[0]?.kind ?? 'movie',
  tmdbId: 603,
  demands,
  held: helds,
  now: NOW,
  ...more,
});

export const S1 = { parts: [1] };
export const S12 = { parts: [1, 2] };
