import type { RequestId } from '#kernel/ids.ts';
import type { Instant } from '#kernel/instant.ts';
import type { Part } from './facts.ts';
import type { Asker } from './who-asks.ts';

/** What needs nothing but a line in our own tables. */
export type LocalStep =
  | Readonly<{ do: 'adopt'; held: number; demand: RequestId; handedOver: boolean }>
  | Readonly<{ do: 'release'; held: number; demand: RequestId }>
  | Readonly<{ do: 'forget'; held: number; reason: string }>;

/** What has to be asked of the subordinate. `demand` is the one that it is done for, with which a failure is kept. */
export type DeskStep =
  | Readonly<{ do: 'approve' | 'decline'; held: number; demand: RequestId; reason: string }>
  | Readonly<{ do: 'edit'; held: number; demand: RequestId; parts: readonly Part[]; reason: string }>
  | Readonly<{ do: 'ask'; demand: RequestId; parts: readonly Part[]; is4k: boolean; asker: Asker; reason: string }>
  | Readonly<{ do: 'remove'; held: number; demand: RequestId; reason: string }>
  /** The users there have to be known before a request can be made. */
  | Readonly<{ do: 'learn-users'; demand: RequestId; reason: string }>;

/** Nothing is asked for until the primary has decided. */
export type Wait = Readonly<{ demand: RequestId; reason: string; lookAgainAt: Instant }>;

export type TitlePlan = Readonly<{ steps: readonly DeskStep[]; waits: readonly Wait[] }>;
