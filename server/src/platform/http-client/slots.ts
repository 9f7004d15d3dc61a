/** At most `limit` holders at a time; the others wait in the order in which they came. */
export type Slots = Readonly<{
  /** Answers the release of the slot. Rejects with the signal's reason, and with `full()` where too many wait already. */
  take(signal: AbortSignal): Promise<() => void>;
}>;

export function createSlots(options: Readonly<{ limit: number; maxWaiting: number; full: () => Error }>): Slots {
  const waiting = new Set<() => void>();
  let taken = 0;

  function release(): void {
    taken -= 1;
    const next = waiting.values().next();
    if (!next.done) next.value();
  }

  function grant(): () => void {
    taken += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      release();
    };
  }

  return {
    take(signal) {
      if (signal.aborted) return Promise.reject(signal.reason);
      if (taken < options.limit) return Promise.resolve(grant());
      if (waiting.size >= options.maxWaiting) return Promise.reject(options.full());
      return new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting.delete(enter);
          reject(signal.reason);
        };
        const enter = (): void => {
          waiting.delete(enter);
          signal.removeEventListener('abort', leave);
          resolve(grant());
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting.add(enter);
      });
    },
  };
}
