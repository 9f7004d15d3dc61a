import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isByTls } from './browser-session.ts';

const COOKIE = 'usherr_approval';
const MARK = /^[A-Za-z0-9_-]{43}$/;
const KEPT_SECONDS = 3_600;

/** The mark that this browser was given; undefined where it was given none. */
export function markOf({ headers }: FastifyRequest): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name = '', value = ''] = pair.trim().split('=');
    if (name === COOKIE && MARK.test(value)) return value;
  }
  return undefined;
}

/**
 * What tells this browser from others while somebody without a sign-in here decides. It opens nothing by itself: it ties what the page
 * carries from step to step to the browser that was given it.
 */
export function giveMark(request: FastifyRequest, reply: FastifyReply, publicUrl: URL | undefined): string {
  const known = markOf(request);
  if (known !== undefined) return known;
  const mark = randomBytes(32).toString('base64url');
  const secure = isByTls(request, publicUrl) ? '; Secure' : '';
  reply.header('set-cookie', `${COOKIE}=${mark}; Path=/; Max-Age=${KEPT_SECONDS}; HttpOnly; SameSite=Strict${secure}`);
  return mark;
}
