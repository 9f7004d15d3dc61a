import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { AppError } from '#kernel/app-error.ts';
import { memberText } from '../lenient-requests.ts';

const COOKIE = 'usherr_approval';
const MARK = /^[A-Za-z0-9_-]{43}$/;
const KEPT_SECONDS = 3_600;

function markIn({ headers }: FastifyRequest): string | undefined {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [name = '', value = ''] = pair.trim().split('=');
    if (name === COOKIE && MARK.test(value)) return value;
  }
  return undefined;
}

/**
 * What tells this browser from others while somebody decides. It opens nothing by itself: it only ties what a form carries to the browser
 * that was given the form.
 */
export function browserOf(request: FastifyRequest, reply: FastifyReply): string {
  const known = markIn(request);
  if (known !== undefined) return known;
  const mark = randomBytes(32).toString('base64url');
  const secure = request.protocol === 'https' ? '; Secure' : '';
  // Lax, since people come here from the page of an app.
  reply.header('set-cookie', `${COOKIE}=${mark}; Path=/; Max-Age=${KEPT_SECONDS}; HttpOnly; SameSite=Lax${secure}`);
  return mark;
}

/** Refuses a form that another page sent in somebody's name. */
export function requireOwnForm(request: FastifyRequest, tickets: Readonly<{ isFormSeal(browser: string, seal: string): boolean }>): void {
  const site = request.headers['sec-fetch-site'];
  const mark = markIn(request);
  const isOurs = site === undefined || site === 'same-origin' || site === 'none';
  if (isOurs && mark !== undefined && tickets.isFormSeal(mark, memberText(request.body, 'seal') ?? '')) return;
  throw new AppError(
    'forbidden',
    'This form does not come from this page, or is too old. Go back to the app, and begin again. Cookies are needed.',
  );
}
