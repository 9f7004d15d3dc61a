import { setTimeout as sleep } from 'node:timers/promises';
import { keyOf, type LiveJob, type Outbound, type Whose } from './outbound.ts';
import type { Topic } from './topics.ts';

/** What a listener is told. `id` is where to go on from after a break. */
export type LiveMessage = Readonly<{ id: string }> & Told;

type Told =
  | Readonly<{ kind: 'ready'; resumed: boolean }>
  /** Something was missed that nobody can tell again: whatever is shown is to be read again. */
  | Readonly<{ kind: 'reload' }>
  | Readonly<{ kind: 'job'; job: LiveJob }>
  | Readonly<{ kind: 'changed'; topics: readonly Topic[] }>;

/** More than this waiting for one who reads slowly, and they are told to read it all again. */
const MOST_WAITING = 500;
/** What comes together is told together: an import changes titles many times in a second. */
const GATHER_MS = 200;

export type Listener = ReturnType<typeof createListener>;

/** One who listens: what waits for them is bounded, and of one thing only the last is kept. */
export function createListener(sees: (whose: Whose) => boolean, idOf: (n: number) => string, from: number) {
  const waiting = new Map<string, Outbound>();
  let position = from;
  let lostAt: number | undefined;
  let wake: () => void = () => undefined;

  function offer(out: Outbound): void {
    if (!sees(out.whose)) return;
    const key = keyOf(out);
    // At the end, so that what waits stays in the order of its numbers.
    waiting.delete(key);
    waiting.set(key, out);
    if (waiting.size > MOST_WAITING) {
      waiting.clear();
      lostAt = out.n;
    }
    wake();
  }

  function taken(): readonly LiveMessage[] {
    const batch = [...waiting.values()];
    waiting.clear();
    const lost = lostAt;
    lostAt = undefined;
    const topics = [...new Set(batch.flatMap((out) => (out.kind === 'changed' ? [out.topic] : [])))].sort();
    const told: Told[] = batch.flatMap((out) => (out.kind === 'job' ? [{ kind: 'job', job: out.job }] : []));
    if (lost !== undefined) told.unshift({ kind: 'reload' });
    if (topics.length > 0) told.push({ kind: 'changed', topics });
    const before = position;
    position = Math.max(position, lost ?? 0, batch.at(-1)?.n ?? 0);
    // Only with its last message has all of it been told: a break in the middle begins it anew.
    return told.map((one, index) => ({ ...one, id: idOf(index === told.length - 1 ? position : before) }));
  }

  return {
    offer,
    async *messages(signal: AbortSignal): AsyncGenerator<LiveMessage> {
      signal.addEventListener('abort', () => wake(), { once: true });
      while (!signal.aborted) {
        if (waiting.size === 0 && lostAt === undefined) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        yield* taken();
        await sleep(GATHER_MS, undefined, { signal }).catch(() => undefined);
      }
    },
  };
}
