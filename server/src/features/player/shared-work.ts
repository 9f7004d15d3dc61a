import { AppError } from '#kernel/app-error.ts';
import type { Duration } from '#kernel/instant.ts';

export type SharedWork<T> = Readonly<{
  /** Joins the work of that name, or begins it. Whoever leaves by their signal gets a rejection; the work goes on for the others. */
  join(name: string, begin: (signal: AbortSignal) => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Ends all of it. */
  close(): Promise<void>;
}>;

type Running<T> = { readonly answer: Promise<T>; readonly end: AbortController; waiting: number; timer?: NodeJS.Timeout };

/**
 * Work that several may wait for. It is ended once nobody has waited for `linger`: a player that gives up asks again a moment later, and
 * must find it further on.
 */
export function createSharedWork<T>(linger: Duration): SharedWork<T> {
  const all = new Map<string, Running<T>>();
  let isClosed = false;

  function begun(name: string, begin: (signal: AbortSignal) => Promise<T>): Running<T> {
    const known = all.get(name);
    if (known) return known;
    if (isClosed) throw new AppError('cancelled', 'The house closes: nothing is begun any more.');
    const end = new AbortController();
    const work: Running<T> = { answer: begin(end.signal), end, waiting: 0 };
    all.set(name, work);
    const over = (): void => {
      clearTimeout(work.timer);
      if (all.get(name) === work) all.delete(name);
    };
    work.answer.then(over, over);
    return work;
  }

  function abandon(name: string, work: Running<T>): void {
    // Taken out first: whoever comes now begins anew, and joins nothing that is ending.
    if (all.get(name) === work) all.delete(name);
    work.end.abort();
  }

  return {
    async join(name, begin, signal) {
      signal?.throwIfAborted();
      const work = begun(name, begin);
      clearTimeout(work.timer);
      work.waiting += 1;
      try {
        return await (signal ? Promise.race([work.answer, rejectionOf(signal)]) : work.answer);
      } finally {
        work.waiting -= 1;
        if (work.waiting === 0 && all.get(name) === work) work.timer = setTimeout(() => abandon(name, work), linger).unref();
      }
    },
    async close() {
      isClosed = true;
      const running = [...all.values()];
      for (const work of running) work.end.abort();
      await Promise.allSettled(running.map((work) => work.answer));
    },
  };
}

const rejectionOf = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));
