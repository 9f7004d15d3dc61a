import type { MediaId, PersonId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';

export type StoryKind =
  | 'requested'
  | 'added'
  | 'replaced'
  | 'gone'
  | 'watched'
  | 'unwatched'
  | 'stopped'
  | 'told'
  | 'waiting'
  | 'rated'
  | 'listed'
  | 'conflict'
  | 'merged'
  | 'split'
  | 'airs';

/** A server or a request desk, by the name that the household knows. `type` is the key of its driver. */
export type StoryPlace = Readonly<{ name: string; type: string; serverId?: number }>;

/** One thing that is known, where, how and since when. */
export type WhyFact = Readonly<{ place: string; value: string; how: string; at?: Instant }>;

/** Why something is so: the rule, what it went by, and who or what asked for it. */
export type Why = Readonly<{ rule: string; facts: readonly WhyFact[]; askedBy: string }>;

export type StoryPart = Readonly<{ id: MediaId; season?: number; number?: number; title: string }>;

/** What is to be said beside the kind. What does not apply is absent. */
export type StoryDetail = Readonly<{
  /** How it was learned: `webhook`, `import`, `app`, `manual`, `migration`. */
  how?: string;
  /** When it was learned, where that is another time. */
  learnedAt?: Instant;
  /** The day of a play that nobody knows: the entry stands where it was first told. */
  dateUnknown?: boolean;
  positionMs?: number;
  action?: 'mark' | 'unmark' | 'position';
  before?: Readonly<{ watched: boolean; positionMs: number }>;
  /** What came of a change. */
  outcome?: 'confirmed' | 'failed' | 'unconfirmed' | 'intended';
  fault?: string;
  since?: Instant;
  attempts?: number;
  rating?: number;
  list?: string;
  resolution?: string;
  size?: number;
  path?: string;
  status?: string;
  is4k?: boolean;
  seasons?: readonly number[];
  other?: string;
  by?: string;
  settled?: string;
  /** Of a request its id here, of a merge or a conflict the number by which it is settled or split. */
  reference?: number;
}>;

export type StoryEntry = Readonly<{
  /** Names the entry among those of the title: it stays the same while nothing is added before it. */
  id: string;
  kind: StoryKind;
  /** Absent only for what waits without a time. */
  at?: Instant;
  /** Where several are told as one: when the first was. */
  from?: Instant;
  isFuture: boolean;
  /** Usherr did it, or would. */
  isOurs: boolean;
  personId?: PersonId;
  place?: StoryPlace;
  /** The episodes that it is about; empty for the title itself. */
  parts: readonly StoryPart[];
  detail: StoryDetail;
  why: Why;
}>;
