import type { FastifyRequest } from 'fastify';
import { memberText } from './lenient-requests.ts';

/** How an app says who it is where it comes for a token. */
export type ClientCredentials = Readonly<{ clientId: string | undefined; secret: string | undefined }>;

/** HTTP Basic, else members of the body, else the client_id of the address or of the header. */
export function credentialsOf(request: FastifyRequest): ClientCredentials {
  const basic = basicOf(request.headers.authorization);
  if (basic) return basic;
  const { body, query, headers } = request;
  const inHeader = headers['simkl-api-key'];
  const clientId = memberText(body, 'client_id') ?? memberText(query, 'client_id') ?? (typeof inHeader === 'string' ? inHeader : undefined);
  return { clientId, secret: memberText(body, 'client_secret') };
}

function basicOf(header: string | undefined): ClientCredentials | undefined {
  const [, encoded] = /^\s*basic\s+([A-Za-z0-9+/_-]+=*)\s*$/i.exec(header ?? '') ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  const [id, secret] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  return { clientId: plain(id) || undefined, secret: plain(secret) || undefined };
}

/** Both halves are form-encoded before they are put together; senders that leave that out are taken at their word. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
