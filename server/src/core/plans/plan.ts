import type { ActorRef } from '#core/activity/index.ts';
import type { AccountId, JobId, PersonId, PlanId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Json, JsonObject } from '#kernel/json.ts';

/**
 * proposed → approved | rejected | expired; approved → applying | expired; applying → applied | failed. An applying plan
 * that a crash interrupted stays applying and is taken up again; the others are final.
 */
export type PlanState = 'proposed' | 'approved' | 'rejected' | 'expired' | 'applying' | 'applied' | 'failed';

export const PLAN_MOVES: Readonly<Record<PlanState, readonly PlanState[]>> = {
  proposed: ['approved', 'rejected', 'expired'],
  approved: ['applying', 'expired'],
  applying: ['applying', 'applied', 'failed'],
  applied: [],
  failed: [],
  rejected: [],
  expired: [],
};

/** The states from which `to` may be reached. */
export const statesBefore = (to: PlanState): readonly PlanState[] =>
  (Object.keys(PLAN_MOVES) as PlanState[]).filter((from) => PLAN_MOVES[from].includes(to));

/** `left-out`: somebody took it out of the plan before it was approved; it is not made. */
export type ChangeState = 'planned' | 'left-out' | 'done' | 'skipped' | 'failed' | 'unconfirmed';

/** A fact that a change rests on. */
export type ChangeFact = Readonly<{ text: string; source: string; at?: Instant }>;

export type NewPlanChange = Readonly<{
  /** `mark-played`, `mark-unplayed`, `set-position`. What begins with `learn-` changes our own history, and no server. */
  kind: string;
  accountId?: AccountId;
  /**
   * What it is done to: at least a `title`. Changes of one `mediaId` (else `copyId`) are one row where they are reviewed. `places` may say how
   * the row stands on each account (`PlaceStanding` by its id), on one of its changes.
   */
  subject: JsonObject;
  /** What is there now, and what will be. */
  before: Json;
  after: Json;
  reason: Readonly<{ rule: string; facts: readonly ChangeFact[] }>;
  askedBy: ActorRef;
  /** Whoever made the plan carries out the rest of it without this change, if it is left out. Else it stands or falls with the plan. */
  mayLeaveOut?: boolean;
}>;

/** How a title stood on a place when the plan was made. */
export type PlaceStanding = Readonly<{ watched: boolean; positionMs?: number; at?: Instant }>;

/** A place that a plan speaks of, as `summary.places` lists them: `readAt` null where nothing is known of it. */
export type PlanPlace = Readonly<{ accountId: number; name: string; readAt: Instant | null }>;

export type PlanChange = Omit<NewPlanChange, 'accountId' | 'mayLeaveOut'> &
  Readonly<{
    id: number;
    /** From 1, in the order in which the changes are to be made. */
    seq: number;
    accountId: AccountId | undefined;
    mayLeaveOut: boolean;
    state: ChangeState;
    /** What came of it, where there is something to say. */
    outcome: string | undefined;
  }>;

export type NewPlan = Readonly<{
  feature: string;
  personId?: PersonId;
  title: string;
  /** Why it waits for a person, for people. */
  reason: string;
  /** Counts and names for a list; the changes themselves are kept apart. */
  summary: JsonObject;
  expiresAt?: Instant;
  jobId?: JobId;
  changes: readonly NewPlanChange[];
}>;

export type Plan = Readonly<{
  id: PlanId;
  feature: string;
  personId: PersonId | undefined;
  title: string;
  state: PlanState;
  reason: string;
  summary: JsonObject;
  jobId: JobId | undefined;
  createdAt: Instant;
  expiresAt: Instant | undefined;
  decidedAt: Instant | undefined;
  decidedBy: ActorRef | undefined;
  finishedAt: Instant | undefined;
  /** What came of applying it, for people. */
  outcome: string | undefined;
}>;
