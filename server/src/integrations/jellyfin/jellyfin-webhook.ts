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

const DASHED = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Templates of the plugin write ids with dashes, and the server writes them without. */
function idOf(value: unknown): string | undefined {
  const id = text(value);
  return id !== undefined && DASHED.test(id) ? id.replaceAll('-', '').toLowerCase() : id;
}

/** True where the payload itself says that the title was watched: its end, or somebody's mark. */
function saysCompleted(event: string, payload: Payload): boolean {
  if (event === 'PlaybackStop') return payload.PlayedToCompletion === true;
  const wished = payload.SaveReason === 'TogglePlayed' || payload.SaveReason === 'PlaybackFinished';
  return event === 'UserDataSaved' && payload.Played === true && wished;
}

/** Of a completed one: a player has come to the end, and did not only stop on the way of a title that was marked meanwhile. */
const saysFinished = (event: string, payload: Payload): boolean =>
  event === 'PlaybackStop' || (payload.SaveReason === 'PlaybackFinished' && (msOfTicks(payload.PlaybackPositionTicks) ?? 0) === 0);

/** `UserDataSaved` says why the state was saved: only the toggle is somebody's wish to take the mark away. */
function hintsOf(event: string, payload: Payload): WebhookHints {
  if (saysCompleted(event, payload)) {
    const at = instantOf(payload.UtcTimestamp) ?? instantOf(payload.Timestamp);
    return { completed: true, ...(saysFinished(event, payload) && { finished: true }), ...(at !== undefined && { playedAt: at }) };
  }
  if (event === 'UserDataSaved' && payload.SaveReason === 'TogglePlayed' && payload.Played === false) return { unplayed: true };
  const positionMs = msOfTicks(payload.PlaybackPositionTicks);
  return positionMs === undefined ? {} : { positionMs };
}

function read({ headers, body }: IncomingWebhook): WebhookReading {
  const payload = payloadOf(body);
  const event = text(payload?.NotificationType);
  const serverUuid = idOf(payload?.ServerId);
  if (payload !== undefined && event !== undefined && serverUuid !== undefined) return judge(event, serverUuid, payload);
  if (!USER_AGENT.test(headers['user-agent'] ?? '')) return { outcome: 'not-ours' };
  return {
    outcome: 'unusable',
    reason: 'Jellyfin sent no JSON with NotificationType and ServerId: switch "Send All Properties" on in the webhook plugin.',
    ...(event !== undefined && { event }),
  };
}

function judge(event: string, serverUuid: string, payload: Payload): WebhookReading {
  const userId = idOf(payload.UserId);
  const reason = reasonToLeave(event, payload);
  if (reason !== undefined) return { outcome: 'left-alone', reason, event, serverUuid, ...(userId !== undefined && { userId }) };
  const upstreamId = idOf(payload.ItemId);
  if (upstreamId === undefined) return { outcome: 'unusable', reason: `Jellyfin sent ${event} without ItemId.`, event };
  const title = text(payload.Name);
  const poke = { event, serverUuid, upstreamId, ...(title !== undefined && { title }), hints: hintsOf(event, payload) };
  // An added item concerns every user; anything else without its user could be anybody's.
  if (event === 'ItemAdded') return { outcome: 'poke', poke };
  if (userId === undefined) {
    return { outcome: 'unusable', reason: `Jellyfin sent ${event} without UserId, so that nobody can be told whose it is.`, event };
  }
  const userName = text(payload.NotificationUsername);
  return { outcome: 'poke', poke: { ...poke, userId, ...(userName !== undefined && { userName }) } };
}

function reasonToLeave(event: string, payload: Payload): string | undefined {
  if (!EVENTS.has(event)) return `${event} says nothing about who watched what.`;
  const itemType = text(payload.ItemType) ?? 'unknown';
  if (!KINDS.has(itemType)) return `Items of type ${itemType} are not synchronised.`;
  if (event !== 'UserDataSaved' || payload.SaveReason !== 'PlaybackProgress') return undefined;
  return 'The play goes on; its end tells where it stopped.';
}

/** The payloads of the Webhook plugin's "Generic" destination. */
export const jellyfinWebhook: PlaybackWebhook = { read };
