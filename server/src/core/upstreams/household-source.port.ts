import type { ExternalIds } from '#kernel/external-ids.ts';
import type { Duration, Instant } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import type { UpstreamItem } from './upstream-item.ts';

/** What cannot be taken, and why. `what` is for people, and finds it again: a file, a row, a name. */
export type Refusal = Readonly<{ what: string; reason: string }>;

/** What one account showed of a title when the other program last looked at it. */
export type ToldCopy = Readonly<{
  /** The name of the account. */
  account: string;
  item: UpstreamItem;
  addedAt?: Instant;
  /** When the other program last heard of it, or told it something. */
  seenAt?: Instant;
  event?: string;
}>;

/** A title, and where a person stands with it, as another program or a portable backup tells it. */
export type ToldTitle = Readonly<{
  kind: 'movie' | 'episode';
  /** Of the movie, or of the episode itself. */
  title: string;
  year?: number;
  ids: ExternalIds;
  show?: Readonly<{ title: string; year?: number; ids: ExternalIds }>;
  season?: number;
  episode?: number;
  watched: boolean;
  /** Of the play where it is watched, else of the day when it came. Absent where no believable date is told. */
  changedAt?: Instant;
  createdAt?: Instant;
  updatedAt?: Instant;
  event?: string;
  /** The name of the account that decided. */
  via?: string;
  position?: Readonly<{ ms: Duration; at?: Instant; account?: string }>;
  copies: readonly ToldCopy[];
}>;

/** One record. Without `title` it cannot be read, and `reason` says why. `left` is what of it had to be left out. */
export type ToldRecord = Readonly<{ what: string; title?: ToldTitle; reason?: string; left?: readonly Refusal[] }>;

/** An account as the other program kept it, tokens included. */
export type LeftAccount = Readonly<{
  name: string;
  type: string;
  url?: string;
  token?: string;
  uuid?: string;
  user?: string;
  userName?: string;
  importEnabled: boolean;
  exportEnabled: boolean;
  /** By their published names, dotted. */
  options: JsonObject;
}>;

export type LeftPerson = Readonly<{
  name: string;
  accounts: readonly LeftAccount[];
  ignoreRules: readonly Readonly<{ rule: string; createdAt?: Instant }>[];
  /** How many records the history has. */
  records: number;
  /** In an order that does not change, a page at a time. */
  history(): AsyncIterable<readonly ToldRecord[]>;
}>;

/** Something that only one other room understands, as it was written. */
export type LeftEntry = Readonly<{ what: string; value: JsonObject }>;

/** All that another program kept of a household. */
export type LeftHousehold = Readonly<{
  people: readonly LeftPerson[];
  customIds: readonly LeftEntry[];
  suppressions: readonly LeftEntry[];
  mapping: readonly LeftEntry[];
  backups: readonly Readonly<{ name: string; file: string }>[];
  /** Whole files, or parts of them, that cannot be read or have no meaning here. */
  refused: readonly Refusal[];
  close(): Promise<void>;
}>;

/** Reads what another program has left in a folder. It never writes there, and locks nothing. */
export type HouseholdSource = Readonly<{
  /** For people. */
  title: string;
  /**
   * `scratch` is an empty folder for whatever has to be copied first. Throws `invalid` naming `folder` where there is no such thing, and
   * `unavailable` where the other program does not leave its files alone.
   */
  open(folder: string, scratch: string, signal: AbortSignal): Promise<LeftHousehold>;
}>;
