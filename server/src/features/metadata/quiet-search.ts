import type { SourcePage, SourceQuery } from '#core/upstreams/index.ts';
import { type Clock, type Duration, hours, type Instant, minutes } from '#kernel/instant.ts';
import { QUICK_TIMEOUT } from './verify-title.ts';

export type QuietSearchDeps = Readonly<{
  clock: Clock;
  /** Undefined without a key, and where the calls of the day are used up. Throws the source's fault. */
  ask(query: SourceQuery, signal: AbortSignal): Promise<SourcePage | undefined>;
}>;

const KEPT: Duration = hours(6);
/** A source that did not answer is left alone for so long, so that not each search waits for it. */
const REST: Duration = minutes(1);
const MOST_KEPT = 500;

/** What a source finds by a name, for whoever has answers of their own: remembered for some hours, and never a fault. */
export function createQuietSearch({ clock, ask }: QuietSearchDeps) {
  const pages = new Map<string, Readonly<{ page: SourcePage; until: Instant }>>();
  let restsUntil: Instant = 0;

  function keep(key: string, page: SourcePage): void {
    pages.delete(key);
    pages.set(key, { page, until: clock.now() + KEPT });
    for (const oldest of pages.keys()) {
      if (pages.size <= MOST_KEPT) return;
      pages.delete(oldest);
    }
  }

  return async (query: SourceQuery): Promise<SourcePage | undefined> => {
    const key = JSON.stringify([query.kind, query.text.trim().toLowerCase(), query.year, query.page]);
    const kept = pages.get(key);
    if (kept !== undefined && kept.until > clock.now()) return kept.page;
    if (restsUntil > clock.now()) return undefined;
    try {
      const page = await ask(query, AbortSignal.timeout(QUICK_TIMEOUT));
      if (page !== undefined) keep(key, page);
      return page;
    } catch {
      restsUntil = clock.now() + REST;
      return undefined;
    }
  };
}
