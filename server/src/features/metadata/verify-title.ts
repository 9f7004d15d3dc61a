import type { MetadataSource } from '#core/upstreams/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { type Clock, type Duration, days, type Instant, minutes, seconds } from '#kernel/instant.ts';
import { type AskedTitle, isKnown, waysIn } from './ask-about.ts';
import type { SourceDesk } from './source-desk.ts';

export type Word = 'known' | 'unknown' | 'unavailable';

/** Somebody waits for it. */
export const QUICK_TIMEOUT: Duration = seconds(8);
/** A source that did not answer is left alone for so long, so that not each call of an app waits for it. */
const REST: Duration = minutes(1);
const KEPT: Readonly<Record<'known' | 'unknown', Duration>> = { known: days(1), unknown: minutes(10) };
const MOST_KEPT = 5_000;

/** Whether a title exists at all, as the source knows it. `unavailable` where it cannot tell: no key, no id that it looks up, no answer. */
export function createVerify({ desk, clock }: Readonly<{ desk: SourceDesk; clock: Clock }>) {
  const words = new Map<string, Readonly<{ word: 'known' | 'unknown'; until: Instant }>>();
  let restsUntil: Instant = 0;

  function keep(key: string, word: 'known' | 'unknown'): void {
    words.delete(key);
    words.set(key, { word, until: clock.now() + KEPT[word] });
    for (const oldest of words.keys()) {
      if (words.size <= MOST_KEPT) return;
      words.delete(oldest);
    }
  }

  async function ask(source: MetadataSource, asked: AskedTitle, key: string): Promise<Word> {
    try {
      const word = (await isKnown(source, asked, { signal: AbortSignal.timeout(QUICK_TIMEOUT) })) ? 'known' : 'unknown';
      await desk.count();
      keep(key, word);
      return word;
    } catch (error) {
      // An id that the source would never take is none that it knows.
      if (isAppError(error, 'invalid')) return 'unknown';
      restsUntil = clock.now() + REST;
      return 'unavailable';
    }
  }

  return async (asked: AskedTitle): Promise<Word> => {
    const source = await desk.open(QUICK_TIMEOUT);
    const ways = source === undefined ? [] : waysIn(source, asked);
    if (source === undefined || ways.length === 0) return 'unavailable';
    const key = JSON.stringify([asked.kind, ways]);
    const kept = words.get(key);
    if (kept && kept.until > clock.now()) return kept.word;
    if (restsUntil > clock.now() || (await desk.callsLeft()) <= 0) return 'unavailable';
    return ask(source, asked, key);
  };
}
