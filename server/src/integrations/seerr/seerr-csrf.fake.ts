import { createHash, randomBytes } from 'node:crypto';
import type { MoodyReply, MoodyRequest } from '#core/upstreams/moody-http.fake.ts';

const REFUSED: MoodyReply = { status: 403, body: { message: 'invalid csrf token' } };

/** `network.csrfProtection`: off by default. The API key does not stand above it. */
export function createCsrf() {
  const secrets = new Set<string>();
  let on = false;
  const tokenOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
  const cookie = (request: MoodyRequest, name: string): string =>
    new RegExp(`(?:^|;\\s*)${name}=([^;]*)`).exec(request.headers.cookie ?? '')?.[1] ?? '';

  return {
    /** The desk is restarted with it: what was handed out before is worth nothing. */
    protect(yes: boolean): void {
      on = yes;
      secrets.clear();
    },
    refusal(request: MoodyRequest): MoodyReply | undefined {
      if (!on || request.method === 'GET') return undefined;
      const secret = cookie(request, '_csrf');
      return secrets.has(secret) && request.headers['x-xsrf-token'] === tokenOf(secret) ? undefined : REFUSED;
    },
    /** With the cookies that any read hands out. */
    stamped(request: MoodyRequest, reply: MoodyReply): MoodyReply {
      if (!on || request.method !== 'GET') return reply;
      const secret = randomBytes(12).toString('base64url');
      secrets.add(secret);
      const flags = 'Path=/; Expires=Fri, 01 Jan 2100 00:00:00 GMT; Secure; SameSite=Strict';
      return {
        ...reply,
        headers: { ...reply.headers, 'set-cookie': [`_csrf=${secret}; HttpOnly; ${flags}`, `XSRF-TOKEN=${tokenOf(secret)}; ${flags}`] },
      };
    },
  };
}
