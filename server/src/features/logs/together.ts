const MOST_WAITING = 100;

/** What several streams say, as it comes. Nothing piles up: streams are asked for more when what they said has been taken. */
export async function* together<T>(streams: readonly AsyncIterable<T>[], signal: AbortSignal): AsyncGenerator<T> {
  const ready: T[] = [];
  const held = new Set<() => void>();
  let open = streams.length;
  let fault: { error: unknown } | undefined;
  let wake: () => void = () => undefined;

  async function pump(stream: AsyncIterable<T>): Promise<void> {
    for await (const one of stream) {
      ready.push(one);
      wake();
      if (ready.length >= MOST_WAITING) await new Promise<void>((resolve) => held.add(resolve));
      if (signal.aborted) return;
    }
  }

  const release = (): void => {
    for (const resolve of held) resolve();
    held.clear();
  };
  const stop = (): void => {
    wake();
    release();
  };

  signal.addEventListener('abort', stop, { once: true });
  for (const stream of streams) {
    void pump(stream)
      .catch((error: unknown) => {
        fault ??= { error };
      })
      .finally(() => {
        open -= 1;
        wake();
      });
  }
  try {
    while (!signal.aborted) {
      const batch = ready.splice(0);
      release();
      yield* batch;
      if (fault) throw fault.error;
      if (ready.length > 0) continue;
      if (open === 0) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
