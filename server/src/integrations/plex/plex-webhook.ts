import type { IncomingWebhook, PlaybackWebhook, WebhookHints, WebhookPoke, WebhookReading } from '#core/upstreams/index.ts';
import { type PlexPayload, plexPayload } from './plex.wire.ts';

type Metadata = NonNullable<PlexPayload['Metadata']>;
type Rule = Readonly<{
  /** The event is about the item alone, and concerns everybody who can see it. */
  everybody?: true;
  completed?: true;
}>;

/** The events that are applied. All others are left alone, new ones of a later Plex included. */
const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['library.new', { everybody: true }],
  ['library.on.deck', {}],
  ['media.play', {}],
  ['media.pause', {}],
  ['media.resume', {}],
  ['media.stop', {}],
  ['media.scrobble', { completed: true }],
  ['tautulli.start', {}],
  ['tautulli.play', {}],
  ['tautulli.pause', {}],
  ['tautulli.resume', {}],
  ['tautulli.stop', {}],
  ['tautulli.watched', { completed: true }],
  ['tautulli.created', { everybody: true }],
]);

const REASONS: ReadonlyMap<string, string> = new Map([
  ['media.rate', 'Ratings are read with the library, not from events.'],
  ['tautulli.rate', 'Ratings are read with the library, not from events.'],
  ['playback.started', 'This event does not say what its owner watched, only that a guest began.'],
]);

const KINDS: Readonly<Record<string, string>> = {
  track: 'music',
  album: 'music',
  artist: 'music',
  photo: 'a photo',
  photoalbum: 'a photo album',
  clip: 'a clip or trailer',
  show: 'a whole series; its episodes are read one by one',
  season: 'a whole season; its episodes are read one by one',
  collection: 'a collection',
  playlist: 'a playlist',
};

/** Webhooks of Plex (a multipart form whose field `payload` is JSON) and of Tautulli (a JSON body of the same build). */
export const plexWebhook: PlaybackWebhook = {
  read(incoming) {
    const { payload, named } = payloadOf(incoming);
    if (!plexPayload.Check(payload)) {
      if (named) return { outcome: 'unusable', reason: 'The event from Plex is not readable: it has no JSON payload with an event.' };
      return { outcome: 'not-ours' };
    }
    if (!named && !payload.Server && !payload.Account) return { outcome: 'not-ours' };
    return readPayload(payload);
  },
};

/** `named`: the sender says that it is Plex or Tautulli. */
function payloadOf({ headers, body, fields }: IncomingWebhook): { payload: unknown; named: boolean } {
  const agent = headers['user-agent'] ?? '';
  const named = agent.startsWith('PlexMediaServer/') || agent.startsWith('Tautulli/');
  const text = fields?.payload ?? (typeof body === 'string' ? body : undefined);
  return { payload: text === undefined ? body : parse(text), named };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readPayload(payload: PlexPayload): WebhookReading {
  const { event, Metadata: item } = payload;
  const rule = RULES.get(event);
  if (rule === undefined) return leftAlone(payload, REASONS.get(event) ?? `The event ${event} says nothing of what was watched.`);
  if (!item) return { outcome: 'unusable', reason: `The event ${event} names no item.`, event };
  if (item.type !== 'movie' && item.type !== 'episode') {
    const what = KINDS[item.type ?? ''] ?? `an item of type ${item.type ?? 'unknown'}`;
    return leftAlone(payload, `The event is about ${what}; only movies and episodes are kept in step.`);
  }
  if (!rule.everybody && textOf(payload.Account?.id) === undefined) {
    return { outcome: 'unusable', reason: `The event ${event} does not say whose it is.`, event };
  }
  const names = namesOf(item);
  if (names === undefined) return leftAlone(payload, 'The event names its item neither by its id nor by a guid.');
  return {
    outcome: 'poke',
    poke: {
      event,
      serverUuid: payload.Server?.uuid ?? '',
      ...(!rule.everybody && whoOf(payload)),
      ...names,
      ...(item.title && { title: item.grandparentTitle ? `${item.grandparentTitle} - ${item.title}` : item.title }),
      hints: hintsOf(item, rule),
    },
  };
}

function leftAlone(payload: PlexPayload, reason: string): WebhookReading {
  const serverUuid = payload.Server?.uuid;
  const userId = textOf(payload.Account?.id);
  return {
    outcome: 'left-alone',
    reason,
    event: payload.event,
    ...(serverUuid && { serverUuid }),
    ...(userId !== undefined && { userId }),
  };
}

function namesOf(item: Metadata): Pick<WebhookPoke, 'upstreamId' | 'guid' | 'libraryId'> | undefined {
  const upstreamId = textOf(item.ratingKey);
  const guid = typeof item.guid === 'string' && item.guid !== '' ? item.guid : undefined;
  if (upstreamId === undefined && guid === undefined) return undefined;
  const libraryId = textOf(item.librarySectionID);
  return {
    ...(upstreamId !== undefined && { upstreamId }),
    ...(guid !== undefined && { guid }),
    ...(libraryId !== undefined && { libraryId }),
  };
}

function whoOf(payload: PlexPayload): Pick<WebhookPoke, 'userId' | 'userName' | 'owner'> {
  const userId = String(payload.Account?.id);
  const userName = payload.Account?.title;
  const owner = isOwner(payload, userId);
  return { userId, ...(owner !== undefined && { owner }), ...(userName && { userName }) };
}

/**
 * Plex counts its local owner as user 1; elsewhere the two flags say it: the hook's owner owns the server, and did it themselves. Tautulli
 * has no such flags.
 */
function isOwner({ owner, user }: PlexPayload, userId: string): boolean | undefined {
  if (userId === '1') return true;
  return typeof owner === 'boolean' && typeof user === 'boolean' ? owner && user : undefined;
}

function hintsOf(item: Metadata, rule: Rule): WebhookHints {
  const playedAt = numberFrom(item.lastViewedAt);
  const positionMs = numberFrom(item.viewOffset);
  // A mark, by hand or by us, sends no event.
  if (rule.completed) return { completed: true, finished: true, ...(playedAt !== undefined && { playedAt: playedAt * 1_000 }) };
  return positionMs === undefined ? {} : { positionMs };
}

const textOf = (value: string | number | null | undefined): string | undefined =>
  value === undefined || value === null || value === '' ? undefined : String(value);

/** Tautulli's templates write numbers as text, and an empty text where there is none. */
function numberFrom(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\d+$/.test(value) && value !== '0' ? Number(value) : undefined;
}

/** For Tautulli, which sends what it is given. It fills in what stands in braces. */
const TAUTULLI_DATA = JSON.stringify({
  event: 'tautulli.{action}',
  Account: { id: '{user_id}', title: '{username}' },
  Server: { uuid: '{server_machine_id}' },
  Metadata: { type: '{media_type}', ratingKey: '{rating_key}', librarySectionID: '{section_id}', title: '{title}' },
});

/** The steps that a person takes in Plex to send its events to `url`. */
export const plexWebhookSteps = (url: string): readonly string[] => [
  'Webhooks need a Plex Pass on the account that owns the server.',
  'Plex Web, Settings, the server, Network: switch on "Webhooks".',
  'Plex Web, Settings, your account, Webhooks: press "Add Webhook".',
  `Paste this address and save: ${url}`,
  'Play something for a moment. The event should be shown here within a second.',
  'Without a Plex Pass: in Tautulli, Settings, Notification Agents, add a Webhook agent with the same address, method POST.',
  'Tautulli, Triggers: Playback Start, Playback Stop, Playback Pause, Playback Resume, Watched, Recently Added.',
  `Tautulli, Data: give each of these triggers this JSON Data: ${TAUTULLI_DATA}`,
];
