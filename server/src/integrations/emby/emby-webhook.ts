import type { IncomingWebhook, PlaybackWebhook, WebhookHints, WebhookReading } from '#core/upstreams/index.ts';
import { instantOf, msOfTicks, text } from '#integrations/mediabrowser/index.ts';
import { isRecord } from '#kernel/json.ts';

type Payload = Readonly<Record<string, unknown>>;

const USER_AGENT = /^Emby(?: |-)?Server\b/i;
const KINDS = new Set(['Movie', 'Episode']);
const EVENTS = new Set([
  'item.markplayed',
  'item.markunplayed',
  'playback.scrobble',
  'playback.start',
  'playback.pause',
  'playback.unpause',
  'playback.stop',
  'library.new',
]);

const object = (value: unknown): Payload => (isRecord(value) ? value : {});

function parsed(value: unknown): Payload | undefined {
  if (isRecord(value)) return value;
  if (typeof value !== 'string') return undefined;
  try {
    const json: unknown = JSON.parse(value);
    return isRecord(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

/** Until 4.8 the payload came wrapped in `data`, as text or as an object, in JSON or in a form. */
function payloadOf({ body, fields }: IncomingWebhook): Payload | undefined {
  const outer = parsed(body);
  const wrapped = parsed(outer?.data) ?? parsed(fields?.data);
  return wrapped !== undefined && 'Event' in wrapped ? wrapped : outer;
}

function hintsOf(event: string, payload: Payload): WebhookHints {
  const playback = object(payload.PlaybackInfo);
  const at = instantOf(payload.Date);
  const finished = event === 'playback.scrobble' || playback.PlayedToCompletion === true;
  if (finished || event === 'item.markplayed')
    return { completed: true, ...(finished && { finished }), ...(at !== undefined && { playedAt: at }) };
  if (event === 'item.markunplayed') return { unplayed: true };
  const positionMs = msOfTicks(playback.PositionTicks);
  return positionMs === undefined ? {} : { positionMs };
}

function read(incoming: IncomingWebhook): WebhookReading {
  const payload = payloadOf(incoming);
  const event = text(payload?.Event);
  const serverUuid = text(object(payload?.Server).Id);
  if (payload !== undefined && event !== undefined && serverUuid !== undefined) return judge(event, serverUuid, payload);
  if (!USER_AGENT.test(incoming.headers['user-agent'] ?? '')) return { outcome: 'not-ours' };
  if (payload !== undefined && !('Event' in payload) && !('Server' in payload)) {
    return { outcome: 'left-alone', reason: 'Emby tells of nothing: that is how it tries an address.', event: 'test' };
  }
  return { outcome: 'unusable', reason: 'Emby sent no JSON with Event and Server.Id.', ...(event !== undefined && { event }) };
}

function judge(event: string, serverUuid: string, payload: Payload): WebhookReading {
  const item = object(payload.Item);
  const userId = text(object(payload.User).Id);
  const reason = reasonToLeave(event, item);
  if (reason !== undefined) return { outcome: 'left-alone', reason, event, serverUuid, ...(userId !== undefined && { userId }) };
  const upstreamId = text(item.Id);
  if (upstreamId === undefined) return { outcome: 'unusable', reason: `Emby sent ${event} without Item.Id.`, event };
  const title = text(item.Name);
  const poke = { event, serverUuid, upstreamId, ...(title !== undefined && { title }), hints: hintsOf(event, payload) };
  // An added item concerns every user; anything else without its user could be anybody's.
  if (event === 'library.new') return { outcome: 'poke', poke };
  if (userId === undefined) {
    return { outcome: 'unusable', reason: `Emby sent ${event} without User.Id, so that nobody can be told whose it is.`, event };
  }
  const userName = text(object(payload.User).Name);
  return { outcome: 'poke', poke: { ...poke, userId, ...(userName !== undefined && { userName }) } };
}

function reasonToLeave(event: string, item: Payload): string | undefined {
  if (event === 'system.notificationtest') return 'The test event has arrived: events from this server find their way here.';
  if (!EVENTS.has(event)) return `${event} says nothing about who watched what.`;
  const itemType = text(item.Type) ?? 'unknown';
  return KINDS.has(itemType) ? undefined : `Items of type ${itemType} are not synchronised.`;
}

/** The payloads of Notifications > Webhooks. `Server.Version` is not looked at: in real payloads it has held an address. */
export const embyWebhook: PlaybackWebhook = { read };
