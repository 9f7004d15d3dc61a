import type { KnownPlay, Observation, Refinement, StoredObservation, StoredViewing } from '#core/viewing/index.ts';
import type { AccountId, CopyId, MediaId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

/** What an account's word may do. */
export type ListeningSwitches = Readonly<{
  /** Its plays, marks and positions enter the history. Where false it is read for what stands there, and nothing more. */
  listens: boolean;
  neverUnwatch: boolean;
}>;

/** One copy as an account shows it now, beside what it said last. */
export type CopyFacts = Readonly<{
  copyId: CopyId;
  upstreamId: string;
  libraryId: string;
  /** For people. */
  title: string;
  /** One per episode; empty where the title could not be identified. */
  mediaIds: readonly MediaId[];
  last?: StoredObservation;
  now: Observation & Readonly<{ rating?: number; favorite?: boolean }>;
  refined?: Refinement;
  runtimeMs?: number;
}>;

/** All that a merge is decided from. */
export type MergeFacts = Readonly<{
  personId: PersonId;
  accountId: AccountId;
  how: 'import' | 'webhook';
  /** The event that made us look. */
  event: string;
  switches: ListeningSwitches;
  /** The account was last read in full at this time: copies that have not changed since were seen then. */
  lastFullRead?: Instant;
  /** Un-watches are carried out, since a guard or a person has let them pass. Else they are only named. */
  unwatchAllowed: boolean;
  copies: readonly CopyFacts[];
  viewings: ReadonlyMap<MediaId, StoredViewing>;
  plays: ReadonlyMap<MediaId, readonly KnownPlay[]>;
}>;
