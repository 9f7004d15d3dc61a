import type { LiveTopic, Whose } from '#features/live/index.ts';

/** What one thread of the house says to the other: look for jobs and events; this has changed; end. */
export type ThreadWord = 'look' | 'stop' | Readonly<{ topic: LiveTopic; whose: Whose }>;

/** The first comes when what was written has most likely been committed, the second after what took longer. */
const LOOK_AFTER_MS = [10, 60] as const;

/** Asks the other thread to look now instead of at its next poll. Many calls at once are one. */
export function createBell(ring: (() => void) | undefined): () => void {
  if (ring === undefined) return () => undefined;
  const [soon, later] = LOOK_AFTER_MS;
  let isRinging = false;
  return () => {
    if (isRinging) return;
    isRinging = true;
    setTimeout(ring, soon).unref();
    setTimeout(() => {
      isRinging = false;
      ring();
    }, later).unref();
  };
}

type Note = (topic: LiveTopic, whose: Whose) => void;

/** What has changed, from whoever hears of it to whoever shows it, in this thread or beyond. */
export function createLiveNotes(): Readonly<{ note: Note; listen(listener: Note): void }> {
  const listeners: Note[] = [];
  return {
    note(topic, whose) {
      for (const listener of listeners) listener(topic, whose);
    },
    listen: (listener) => void listeners.push(listener),
  };
}
