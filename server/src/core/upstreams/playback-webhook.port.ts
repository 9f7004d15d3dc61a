import type { Instant } from '#kernel/instant.ts';

/** A webhook as it came in: header names in lower case; `body` is the parsed JSON, `fields` those of a multipart form. */
export type IncomingWebhook = Readonly<{
  headers: Readonly<Record<string, string | undefined>>;
  body: unknown;
  fields?: Readonly<Record<string, string>>;
}>;

/** What the payload itself claims about the state. The item's read decides; these refine its dates. */
export type WebhookHints = Readonly<{
  /** True where the payload says that the title was watched to its end (scrobble, PlayedToCompletion, mark played). */
  completed?: boolean;
  /** True where a player has played it to its end, which no mark looks like, whoever makes it. */
  finished?: boolean;
  /** True where the person took the mark away. */
  unplayed?: boolean;
  playedAt?: Instant;
  positionMs?: number;
}>;

export type WebhookPoke = Readonly<{
  /** The vendor's own event name, as shown to people. */
  event: string;
  serverUuid: string;
  /** Absent for events that concern every user of the server (an item was added). */
  userId?: string;
  userName?: string;
  /** Whether it was the owner of the server (Plex counts its local owner as user 1). Absent where the payload does not tell. */
  owner?: boolean;
  /** The item to read. Where it is absent, `guid` names it. */
  upstreamId?: string;
  guid?: string;
  libraryId?: string;
  title?: string;
  hints: WebhookHints;
}>;

export type WebhookReading =
  | Readonly<{ outcome: 'poke'; poke: WebhookPoke }>
  /** Ours to read, and deliberately left alone: music, photos, server events. The reason is for people. */
  | Readonly<{ outcome: 'left-alone'; reason: string; event: string; serverUuid?: string; userId?: string }>
  /** Recognised, and broken: the sender's fault. */
  | Readonly<{ outcome: 'unusable'; reason: string; event?: string }>
  /** Another vendor's. */
  | Readonly<{ outcome: 'not-ours' }>;

/** Pure and total: it never throws and never calls out. Recognises by shape and user agent, not by a version number. */
export interface PlaybackWebhook {
  read(incoming: IncomingWebhook): WebhookReading;
}
