import { isAppError } from '#kernel/app-error.ts';
import { seconds } from '#kernel/instant.ts';
import type { StreamEvent } from './event-stream.ts';

const ASKED_EVERY = seconds(15);

/**
 * The events of a source for as long as its listener may hear them. A stream is asked for once and lasts for hours: a key that was revoked
 * and a sign-in that has ended end it within 15 seconds.
 */
export async function* whileWelcome(
  /** Throws where the listener may not any more. */
  check: () => Promise<void>,
  signal: AbortSignal,
  source: (until: AbortSignal) => AsyncIterable<StreamEvent>,
): AsyncGenerator<StreamEvent> {
  const refused = new AbortController();
  const timer = setInterval(() => {
    check().catch((error: unknown) => {
      if (isAppError(error, 'unauthenticated', 'forbidden', 'not-found')) refused.abort();
    });
  }, ASKED_EVERY);
  try {
    yield* source(AbortSignal.any([signal, refused.signal]));
  } finally {
    clearInterval(timer);
  }
}
