import type { IncomingWebhook, PlaybackWebhook, WebhookHints, WebhookReading } from '#core/upstreams/index.ts';
import { instantOf, msOfTicks, text } from '#integrations/mediabrowser/index.ts';
import { isRecord } from '#kernel/json.ts';

type Payload = Readonly<Record<string, unknown>>;

const USER_AGENT = /^Jellyfin-Server\//i;
const KINDS = new Set(['Movie', 'Episode']);

/** What we act on; everything else that the plugin can send is left alone by name. */
const EVENTS = new Set(['ItemAdded', 'UserDataSaved', 'PlaybackStart', 'PlaybackStop']);

/** The plugin sends JSON as text/plain too, and then it arrives as text. */
function payloadOf(body: unknown): Payload | undefined {
  if (isRecord(body)) return body;
  if (typeof body !== 'string') return undefined;
  try {
    const parsed: unknown = JSON.parse(body);
    return isRecord(parsed) ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** `UserDataSaved` says why the state was saved; only some reasons are somebody's wish about the mark. */
function hintsOf(event: string, payload: Payload): WebhookHints {
  const reason = text(payload['SaveReason']);
  const played = payload['Played'];
  const at = instantOf(payload['UtcTimestamp']) ?? instantOf(payload['Timestamp']);
  const positionMs = msOfTicks(payload['PlaybackPositionTicks']);
  const completed =
    (event === 'PlaybackStop' && payload['PlayedToCompletion'] === true) ||
    (event === 'UserDataSaved' && played === true && (reason === 'TogglePlayed' || reason === 'PlaybackFinished'));
  if (completed) return { completed: true, ...(at !== undefined && { playedAt: at }) };
  if (event === 'UserDataSaved' && reason === 'TogglePlayed' && played === false) return { unplayed: true };
  return positionMs === undefined ? {} : { positionMs };
}

function read({ headers, body }: IncomingWebhook): WebhookReading {
  const payload = payloadOf(body);
  const byAgent = USER_AGENT.test(headers['user-agent'] ?? '');
  const event = text(payload?.['NotificationType']);
  const serverUuid = text(payload?.['ServerId']);
  if (payload === undefined || event === undefined || serverUuid === undefined) {
    if (!byAgent) return { outcome: 'not-ours' };
    return {
      outcome: 'unusable',
      reason: 'Jellyfin sent no JSON with NotificationType and ServerId: switch "Send All Properties" on in the webhook plugin.',
      ...(event !== undefined && { event }),
    };
  }
  const userId = text(payload['UserId']);
  const leftAlone = (reason: string): WebhookReading => ({
    outcome: 'left-alone',
    reason,
    event,
    serverUuid,
    ...(userId !== undefined && { userId }),
  });
  if (!EVENTS.has(event)) return leftAlone(`${event} says nothing about who watched what.`);
  const itemType = text(payload['ItemType']) ?? 'unknown';
  if (!KINDS.has(itemType)) return leftAlone(`Items of type ${itemType} are not synchronised.`);
  if (event === 'UserDataSaved' && payload['SaveReason'] === 'PlaybackProgress') {
    return leftAlone('The play goes on; its end tells where it stopped.');
  }
  const upstreamId = text(payload['ItemId']);
  if (upstreamId === undefined) return { outcome: 'unusable', reason: `Jellyfin sent ${event} without ItemId.`, event };
  // An added item concerns every user; anything else without its user could be anybody's.
  if (event !== 'ItemAdded' && userId === undefined) {
    return { outcome: 'unusable', reason: `Jellyfin sent ${event} without UserId, so that nobody can be told whose it is.`, event };
  }
  const userName = text(payload['NotificationUsername']);
  const title = text(payload['Name']);
  return {
    outcome: 'poke',
    poke: {
      event,
      serverUuid,
      ...(event !== 'ItemAdded' && userId !== undefined && { userId }),
      ...(event !== 'ItemAdded' && userName !== undefined && { userName }),
      upstreamId,
      ...(title !== undefined && { title }),
      hints: hintsOf(event, payload),
    },
  };
}

/** The payloads of the Webhook plugin's "Generic" destination. */
export const jellyfinWebhook: PlaybackWebhook = { read };
