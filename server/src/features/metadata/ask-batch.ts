import { setTimeout as pause } from 'node:timers/promises';
import type { Media } from '#core/media/index.ts';
import type { CallOptions, MetadataSource } from '#core/upstreams/index.ts';
import { type AppError, isAppError, isUpstreamFault } from '#kernel/app-error.ts';
import { minutes } from '#kernel/instant.ts';
import { askAbout, askedTitleOf, type SourceAnswer } from './ask-about.ts';

export type AskedMedium = Readonly<{ medium: Media; failures: number }>;
/** One of the two. `failures` counts this one. */
export type Outcome = AskedMedium & Readonly<{ answer?: SourceAnswer; fault?: AppError }>;

/** A source that asks for more patience than this is asked again at the next run. */
const PATIENCE = minutes(10);

/** Asks about all of them at once; the source's own client holds back what is too much for it. */
export const askBatch = (source: MetadataSource, asked: readonly AskedMedium[], options: CallOptions): Promise<readonly Outcome[]> =>
  Promise.all(
    asked.map(async ({ medium, failures }): Promise<Outcome> => {
      try {
        return { medium, failures, answer: await askPatiently(source, medium, options) };
      } catch (error) {
        options.signal.throwIfAborted();
        if (!isUpstreamFault(error)) throw error;
        return { medium, failures: failures + 1, fault: error };
      }
    }),
  );

async function askPatiently(source: MetadataSource, medium: Media, options: CallOptions): Promise<SourceAnswer> {
  const title = askedTitleOf(medium);
  if (title === undefined) return { state: 'no-ids' };
  for (;;) {
    try {
      return await askAbout(source, title, options);
    } catch (error) {
      await pause(patienceFor(error), undefined, { signal: options.signal });
    }
  }
}

/** How long the source asks us to wait; whatever else it says is thrown. */
function patienceFor(error: unknown): number {
  const wait = isAppError(error, 'upstream-rate-limited') ? error.retryAfterMs : undefined;
  if (wait === undefined || wait > PATIENCE) throw error;
  return wait;
}

/** A fault that every title would meet: of the key, or of the source's patience. */
export const isOfAll = (fault: AppError): boolean =>
  isAppError(fault, 'upstream-unauthorized', 'upstream-forbidden', 'upstream-rate-limited');
