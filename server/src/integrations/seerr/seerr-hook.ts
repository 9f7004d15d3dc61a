import type { CallOptions, DeskTitle } from '#core/upstreams/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { type SeerrWebhook, seerrWebhook } from './seerr.wire.ts';
import type { SeerrCalls } from './seerr-calls.ts';

const AGENT = '/settings/notifications/webhook';
/** Pending, approved, available, failed, declined, approved at once, asked for by a watchlist. */
const TYPES = 2 | 4 | 8 | 16 | 64 | 128 | 4_096;
const NAMES_REQUEST = /\{\{\s*request_id\s*\}\}/;

export type DeskHook = Readonly<{ url: string; authorization: string; replace?: boolean }>;

/** Points the desk's one webhook agent at us, with the template that it has. */
export async function setSeerrWebhook(calls: SeerrCalls, hook: DeskHook, options: CallOptions): Promise<void> {
  const before = await calls.get(AGENT, seerrWebhook, options);
  const template = templateIn(before, calls.name);
  if (hook.replace !== true) refuseToReplace(before, hook, calls.name);
  await calls.change(
    {
      method: 'POST',
      path: AGENT,
      body: {
        enabled: true,
        ...(before.embedPoster !== undefined && { embedPoster: before.embedPoster }),
        types: (before.types ?? 0) | TYPES,
        options: {
          webhookUrl: hook.url,
          authHeader: hook.authorization,
          ...(before.options.supportVariables !== undefined && { supportVariables: before.options.supportVariables }),
          // Read as text, and wanted as JSON of that text. Sent back as it was read it is taken, and no event is ever sent again.
          jsonPayload: JSON.stringify(template),
        },
      },
    },
    options,
  );
  const after = await calls.get(AGENT, seerrWebhook, options);
  if (after.options.webhookUrl === hook.url && after.options.jsonPayload === template) return;
  throw new AppError(
    'upstream-unreadable',
    `${calls.name}: its webhook was set, and reads back otherwise than it was written. Look at Settings, Notifications, Webhook there: its address and its JSON payload may be wrong.`,
  );
}

function templateIn({ options: { jsonPayload } }: SeerrWebhook, name: string): string {
  if (typeof jsonPayload !== 'string' || jsonPayload.trim() === '') {
    throw new AppError(
      'conflict',
      `${name}: the template of its webhook is empty or damaged. Press "Reset to Default" under Settings, Notifications, Webhook there, and try again.`,
    );
  }
  if (NAMES_REQUEST.test(jsonPayload)) return jsonPayload;
  throw new AppError(
    'conflict',
    `${name}: the template of its webhook does not name the request. Add "request_id": "{{request_id}}" to it under Settings, Notifications, Webhook there, and try again.`,
  );
}

/** There is one agent only. It is ours already where it leads to the same path, whatever the host and the token. */
function refuseToReplace({ enabled, options: { webhookUrl } }: SeerrWebhook, hook: DeskHook, name: string): void {
  if (enabled !== true || !webhookUrl || pathOf(webhookUrl) === pathOf(hook.url)) return;
  const where = URL.canParse(webhookUrl) ? new URL(webhookUrl).host : 'another address';
  throw new AppError(
    'conflict',
    `${name}: its webhook posts to ${where} already, and it has room for one address only. Say that it is to be replaced, or leave it: requests are read at every poll all the same.`,
    { details: { host: where } },
  );
}

const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : url);

const REQUEST_ID = /^request_?id$/i;
const DEEPEST = 4;

/** Which request an event is about. Templates are their owner's to edit, so the id is looked for wherever it may stand. */
export function requestOfSeerrWebhook(body: unknown): number | undefined {
  return requestIn(typeof body === 'string' ? parsed(body) : body, 0);
}

/** The default template has it as its subject, such as "Heat (1995)". What is written otherwise is nobody's guess. */
export function titleOfSeerrWebhook(body: unknown): DeskTitle | undefined {
  const event = typeof body === 'string' ? parsed(body) : body;
  if (!isRecord(event) || typeof event.subject !== 'string' || !isRecord(event.media)) return undefined;
  const [, title, year] = /^(\S.{0,299}) \((\d{4})\)$/.exec(event.subject) ?? [];
  return title === undefined || year === undefined ? undefined : { title, year: Number(year) };
}

function requestIn(value: unknown, depth: number): number | undefined {
  if (!isRecord(value) || depth > DEEPEST) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const found = REQUEST_ID.test(name) ? idOf(member) : requestIn(member, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}

function idOf(value: unknown): number | undefined {
  const id = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
