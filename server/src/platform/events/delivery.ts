import { messageOf } from '#kernel/app-error.ts';
import type { Clock, Duration } from '#kernel/instant.ts';
import type { Logger } from '#platform/logging/index.ts';
import type { EventStore, StoredEvent } from './events.store.ts';

/** What was taken is noted for many events at once: each note is a transaction, and waits for the disk. */
const BATCH = 100;
const LONGEST_UNSAID_MS = 250;

export type DeliveryDeps = Readonly<{
  store: EventStore;
  clock: Clock;
  logger: Logger;
  pollMs: Duration;
  /** The pauses after each refusal; one refusal more, and the event is a dead letter. */
  retryDelays: readonly Duration[];
}>;

/** Delivers to one subscriber, one event after the other, each until it is taken or dead. */
export function createDelivery(name: string, handler: (event: StoredEvent) => Promise<void>, deps: DeliveryDeps) {
  const { store, clock, logger, pollMs, retryDelays } = deps;
  let started = false;
  let again = false;
  let busy: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  const taken: number[] = [];

  const deliver = async ({ attempts, retryAt, ...event }: StoredEvent & { attempts: number; retryAt: number }): Promise<boolean> => {
    try {
      await handler(event);
    } catch (err) {
      const pause = retryDelays[attempts];
      const dead = pause === undefined;
      logger.warn({ err, subscriber: name, event: event.id, topic: event.topic, dead }, 'A subscriber refused an event');
      await store.refuse(name, event.id, messageOf(err), clock.now() + (pause ?? 0), dead);
      // A dead letter stands aside for those behind it; any other is waited for, since the order is part of the promise.
      return dead;
    }
    taken.push(event.id);
    return true;
  };

  const acknowledge = async (): Promise<void> => {
    if (taken.length > 0) await store.acknowledge(name, taken.splice(0));
  };

  /** Whether there may be more that can be delivered now. */
  const deliverSome = async (): Promise<boolean> => {
    const waiting = await store.nextFor(name, BATCH);
    const began = performance.now();
    for (const delivery of waiting) {
      if (!started || delivery.retryAt > clock.now() || !(await deliver(delivery))) return false;
      if (performance.now() - began > LONGEST_UNSAID_MS) return true;
    }
    return waiting.length === BATCH;
  };

  const drain = async (): Promise<void> => {
    for (let more = true; more; ) {
      try {
        more = await deliverSome();
      } finally {
        await acknowledge();
      }
    }
  };

  const drainAll = async (): Promise<void> => {
    do {
      again = false;
      await drain().catch((err: unknown) => logger.error({ err, subscriber: name }, 'Events could not be delivered; trying again'));
    } while (again && started);
  };

  function wake(): void {
    if (!started) return;
    if (busy !== undefined) {
      again = true;
      return;
    }
    clearTimeout(timer);
    busy = drainAll().finally(() => {
      busy = undefined;
      clearTimeout(timer);
      if (started) timer = setTimeout(wake, pollMs);
    });
  }

  return {
    wake,
    start(): void {
      started = true;
      wake();
    },
    async stop(): Promise<void> {
      started = false;
      clearTimeout(timer);
      await busy;
    },
  };
}
