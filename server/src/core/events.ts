import type { AccountId, JobId, MediaId, PersonId, PlanId, ServerId } from '#kernel/ids.ts';

/** What made a viewing change. `accountId` is the account that told us; whoever pushes leaves that one alone. */
export type ViewingCause = Readonly<{
  kind: 'import' | 'webhook' | 'person' | 'app' | 'merge' | 'split' | 'restore';
  accountId?: AccountId;
  jobId?: JobId;
}>;

/**
 * The one catalogue of events: topic to payload. A payload is plain JSON, names ids and carries no secret; whoever needs
 * more reads it, since between the event and its delivery the world has moved on.
 */
export type Events = Readonly<{
  /** Watched state, plays, position, rating or a list of these titles changed for this person. */
  'viewing.changed': Readonly<{
    personId: PersonId;
    mediaIds: readonly MediaId[];
    cause: ViewingCause;
    /** Those of them in which the person stands at another place, or at none any more. */
    positions?: readonly MediaId[];
  }>;
  /** Ratings of these titles changed for this person, or the lists that they are on. */
  'shelf.changed': Readonly<{ personId: PersonId; mediaIds: readonly MediaId[] }>;
  /** A whole history went to the bin, or came back from it. */
  'viewing.replaced': Readonly<{ personId: PersonId }>;
  'account.added': Readonly<{ accountId: AccountId; personId: PersonId; serverId: ServerId }>;
  /** Its switches, address or credentials changed; who it is did not. */
  'account.changed': Readonly<{ accountId: AccountId; personId: PersonId; serverId: ServerId }>;
  'account.removed': Readonly<{ accountId: AccountId; personId: PersonId; serverId: ServerId }>;
  'person.added': Readonly<{ personId: PersonId; name: string }>;
  /** They are shown under another name; `name` is the one that stays. */
  'person.renamed': Readonly<{ personId: PersonId; name: string }>;
  'person.removed': Readonly<{ personId: PersonId; name: string }>;
  'plan.decided': Readonly<{ planId: PlanId; feature: string; personId?: PersonId; decision: 'approved' | 'rejected' | 'expired' }>;
  /**
   * What servers hold or say of these titles is not what it was, though nobody's history need have changed: copies that came, went or were
   * replaced, and marks that a server shows.
   */
  'copies.heard': Readonly<{ mediaIds: readonly MediaId[] }>;
  'media.merged': Readonly<{ fromId: MediaId; intoId: MediaId }>;
  'media.split': Readonly<{ fromId: MediaId; intoId: MediaId }>;
  /** What is known of these titles changed: lengths, dates, status, or the episodes that a show has. */
  'media.told': Readonly<{ mediaIds: readonly MediaId[] }>;
  /** Questions to a person about what is which came up, were settled, or have other answers now. */
  'media.conflicts': Readonly<{ conflictIds: readonly number[] }>;
}>;

export type Topic = keyof Events;

/**
 * Writes an event in the transaction of the fact: both are kept, or neither. `Tx` is the handle of that transaction; a
 * room takes this as a dependency and never learns who listens.
 */
export type Publish<Tx> = <T extends Topic>(tx: Tx, topic: T, payload: Events[T]) => Promise<void>;
