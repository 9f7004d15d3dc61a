import type { FastifyRequest } from 'fastify';
import { invalid, isAppError } from '#kernel/app-error.ts';
import { seconds } from '#kernel/instant.ts';
import type { StreamEvent } from '#platform/http-server/index.ts';

const ASKED_EVERY = seconds(15);

/** Throws where whoever sent the request may not any more. */
export type Authenticate = (request: FastifyRequest) => Promise<void>;

/**
 * The events of a source for as long as its listener may hear them. A stream is asked for once and lasts for hours: a key that was revoked
 * and a sign-in that has ended end it within 15 seconds.
 */
export async function* whileWelcome(
  request: FastifyRequest,
  authenticate: Authenticate,
  signal: AbortSignal,
  source: (until: AbortSignal) => AsyncIterable<StreamEvent>,
): AsyncGenerator<StreamEvent> {
  const refused = new AbortController();
  const timer = setInterval(() => {
    authenticate(request).catch((error: unknown) => {
      if (isAppError(error, 'unauthenticated', 'forbidden')) refused.abort();
    });
  }, ASKED_EVERY);
  try {
    yield* source(AbortSignal.any([signal, refused.signal]));
  } finally {
    clearInterval(timer);
  }
}

/** Where a listener that lost its line was. */
export function lastEventOf({ headers }: FastifyRequest, longest = 100): string | undefined {
  const given = headers['last-event-id'];
  if (given === undefined || given === '') return undefined;
  if (typeof given !== 'string' || given.length > longest) throw invalid('header last-event-id', 'must be an id of this stream');
  return given;
}
