import type { MoodyHttp } from '#core/upstreams/moody-http.fake.ts';
import { isRecord } from '#kernel/json.ts';
import type { FakeEventName, FakeEvents } from './seerr-changes.fake.ts';
import { type FakeRequest, MEDIA, mailOf, type SeerrWorld } from './seerr-world.fake.ts';

export const DEFAULT_TEMPLATE = `{
    "notification_type": "{{notification_type}}",
    "event": "{{event}}",
    "subject": "{{subject}}",
    "message": "{{message}}",
    "image": "{{image}}",
    "{{media}}": {
        "media_type": "{{media_type}}",
        "tmdbId": "{{media_tmdbid}}",
        "tvdbId": "{{media_tvdbid}}",
        "status": "{{media_status}}",
        "status4k": "{{media_status4k}}"
    },
    "{{request}}": {
        "request_id": "{{request_id}}",
        "requestedBy_email": "{{requestedBy_email}}",
        "requestedBy_username": "{{requestedBy_username}}",
        "requestedBy_avatar": "{{requestedBy_avatar}}",
        "requestedBy_settings_discordId": "{{requestedBy_settings_discordId}}",
        "requestedBy_settings_telegramChatId": "{{requestedBy_settings_telegramChatId}}"
    },
    "{{issue}}": {
        "issue_id": "{{issue_id}}",
        "issue_type": "{{issue_type}}"
    },
    "{{comment}}": {
        "comment_message": "{{comment_message}}"
    },
    "{{extra}}": []
}`;

export type FakeAgent = {
  enabled: boolean;
  embedPoster: boolean;
  types: number;
  webhookUrl: string;
  authHeader: string | undefined;
  supportVariables: boolean;
  /** What was stored: the template, or whatever a caller's JSON made of it. */
  payload: unknown;
};

const BITS: Readonly<Record<FakeEventName | 'TEST_NOTIFICATION', number>> = {
  MEDIA_PENDING: 2,
  MEDIA_APPROVED: 4,
  MEDIA_AVAILABLE: 8,
  MEDIA_FAILED: 16,
  TEST_NOTIFICATION: 32,
  MEDIA_DECLINED: 64,
  MEDIA_AUTO_APPROVED: 128,
};
const SENTENCES: Readonly<Record<FakeEventName, (what: string) => string>> = {
  MEDIA_PENDING: (what) => `New ${what} Request`,
  MEDIA_APPROVED: (what) => `${what} Request Approved`,
  MEDIA_AVAILABLE: (what) => `${what} Request Now Available`,
  MEDIA_FAILED: (what) => `${what} Request Failed`,
  MEDIA_DECLINED: (what) => `${what} Request Declined`,
  MEDIA_AUTO_APPROVED: (what) => `${what} Request Automatically Approved`,
};
const MEDIA_NAMES = new Map<number, string>(
  Object.entries(MEDIA).map(([name, number]) => [number, name.replace('partly-', 'partially_').toUpperCase()]),
);

/** The one webhook agent of a Seerr: one POST for each event, never again, and nothing at all once its template is damaged. */
export function createAgent(deps: Readonly<{ world: SeerrWorld; http: () => MoodyHttp }>) {
  const log: string[] = [];
  const underWay = new Set<Promise<void>>();
  const agent: FakeAgent = {
    enabled: false,
    embedPoster: true,
    types: 0,
    webhookUrl: '',
    authHeader: undefined,
    supportVariables: false,
    payload: DEFAULT_TEMPLATE,
  };

  function variablesOf(name: FakeEventName, request: FakeRequest): Readonly<Record<string, string>> {
    const { media, requestedBy: by, is4k } = request;
    const { title, year } = deps.world.titleOf(media.kind, media.tmdbId);
    const what = `${is4k ? '4K ' : ''}${media.kind === 'movie' ? 'Movie' : 'Series'}`;
    return {
      notification_type: name,
      event: SENTENCES[name](what),
      subject: `${title} (${year})`,
      message: 'A title of the fake.',
      image: `https://image.tmdb.org/t/p/w600_and_h900_bestv2/${media.tmdbId}.jpg`,
      media_type: media.kind,
      media_tmdbid: String(media.tmdbId),
      media_tvdbid: media.tvdbId === undefined ? '' : String(media.tvdbId),
      media_status: MEDIA_NAMES.get(media.status) ?? '',
      media_status4k: MEDIA_NAMES.get(media.status4k) ?? '',
      request_id: String(request.id),
      requestedBy_email: mailOf(by),
      requestedBy_username: by.name,
      requestedBy_avatar: `/avatarproxy/${by.id}`,
    };
  }

  /** What an event has in place of a key like `{{media}}`; undefined where the key is an ordinary one. */
  function groupOf(key: string, request: FakeRequest | undefined): { name: string; there: boolean } | undefined {
    const name = /^\{\{(media|request|issue|comment|extra)\}\}$/.exec(key)?.[1];
    return name === undefined ? undefined : { name, there: request !== undefined && (name === 'media' || name === 'request') };
  }

  function render(value: unknown, variables: Readonly<Record<string, string>>, request: FakeRequest | undefined): unknown {
    if (typeof value === 'string') return value.replace(/\{\{(\w+)\}\}/g, (_, name: string) => variables[name] ?? '');
    if (Array.isArray(value)) return value.map((each) => render(each, variables, request));
    if (!isRecord(value)) return value;
    const entries = Object.entries(value).map(([key, member]) => {
      const group = groupOf(key, request);
      if (group === undefined) return [key, render(member, variables, request)];
      if (group.name === 'extra') return ['extra', request ? extraOf(request) : []];
      return [group.name, group.there ? render(member, variables, request) : null];
    });
    return Object.fromEntries(entries) as unknown;
  }

  const extraOf = ({ media, seasons }: FakeRequest): unknown =>
    media.kind === 'movie' ? [] : [{ name: 'Requested Seasons', value: seasons.map((season) => season.number).join(', ') }];

  function bodyOf(variables: Readonly<Record<string, string>>, request: FakeRequest | undefined): string | undefined {
    try {
      return JSON.stringify(render(JSON.parse(String(agent.payload)), variables, request));
    } catch (error) {
      log.push(`[error][Notifications]: Error sending webhook notification ${String(error)}`);
      return undefined;
    }
  }

  function post(bit: number, variables: Readonly<Record<string, string>>, request: FakeRequest | undefined): void {
    if (!agent.enabled || (agent.types & bit) === 0 || agent.webhookUrl === '') return;
    const body = bodyOf(variables, request);
    if (body === undefined) return;
    const url = agent.supportVariables ? agent.webhookUrl.replaceAll('{{request_id}}', variables.request_id ?? '') : agent.webhookUrl;
    deps.http().sendEventsTo(url);
    const sending = deps
      .http()
      .sendWebhook({
        headers: {
          'content-type': 'application/json',
          'user-agent': 'axios/1.13.2',
          ...(agent.authHeader && { authorization: agent.authHeader }),
        },
        body,
      })
      .finally(() => underWay.delete(sending));
    underWay.add(sending);
  }

  const events: FakeEvents = { emit: (name, request) => post(BITS[name], variablesOf(name, request), request) };

  return {
    agent,
    log,
    events,
    test: (): void =>
      post(
        agent.types,
        { notification_type: 'TEST_NOTIFICATION', event: '', subject: 'Test Notification', message: 'Check check, 1, 2, 3.' },
        undefined,
      ),
    /** Every event that was sent by now has been answered, or was not. */
    async settled(): Promise<void> {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    shown: () => ({
      enabled: agent.enabled,
      embedPoster: agent.embedPoster,
      types: agent.types,
      options: {
        webhookUrl: agent.webhookUrl,
        ...(agent.authHeader !== undefined && { authHeader: agent.authHeader }),
        jsonPayload: agent.payload,
        supportVariables: agent.supportVariables,
      },
    }),
    /** Takes JSON of the template's text. The text itself is JSON as well, and so is taken, as an object. */
    take(body: Readonly<Record<string, unknown>>): boolean {
      const options = isRecord(body.options) ? body.options : {};
      try {
        agent.payload = JSON.parse(String(options.jsonPayload)) as unknown;
      } catch {
        return false;
      }
      agent.enabled = body.enabled === true;
      agent.embedPoster = body.embedPoster === true;
      agent.types = Number(body.types ?? 0);
      agent.webhookUrl = String(options.webhookUrl ?? '');
      agent.authHeader = typeof options.authHeader === 'string' ? options.authHeader : undefined;
      agent.supportVariables = options.supportVariables === true;
      return true;
    },
  };
}

export type Agent = ReturnType<typeof createAgent>;
