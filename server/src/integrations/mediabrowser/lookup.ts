import type { Clock, Duration } from '#kernel/instant.ts';

const MAX_ENTRIES = 200;

export type Lookup<Value> = (key: string, ask: () => Promise<Value>) => Promise<Value>;

/** Remembers answers for a short while; a question that failed is asked again. */
export function createLookup<Value>(clock: Clock, kept: Duration): Lookup<Value> {
  const entries = new Map<string, Readonly<{ value: Value; at: number }>>();
  return async (key, ask) => {
    const known = entries.get(key);
    if (known && clock.now() - known.at < kept) return known.value;
    const value = await ask();
    if (entries.size >= MAX_ENTRIES) entries.clear();
    entries.set(key, { value, at: clock.now() });
    return value;
  };
}
