import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#kernel/app-error.ts';
import { type Clock, type Duration, hours, type Instant, minutes, seconds } from '#kernel/instant.ts';
import type { Database, Handle } from '#platform/db/index.ts';
import { type Logger, silentLogger } from '#platform/logging/index.ts';
import { createDelivery } from './delivery.ts';
import { createEventStore, type DeadLetter, insertEvents, type StoredEvent } from './events.store.ts';

/** An event as subscribers get it. `Catalogue` maps each topic to its payload, which must survive JSON. */
export type EventOf<Catalogue, Topic extends keyof Catalogue = keyof Catalogue> = {
  [Name in Topic]: Readonly<{ id: number; topic: Name; payload: Catalogue[Name]; at: Instant }>;
}[Topic];

/** What a publisher gives. */
export type NewEvent<Catalogue> = { [Name in keyof Catalogue]: Readonly<{ topic: Name; payload: Catalogue[Name] }> }[keyof Catalogue];

export type Subscriber<Catalogue, Topic extends keyof Catalogue & string> = Readonly<{
  /** Under this name its deliveries are stored, so it stays the same from release to release. */
  name: string;
  topics: readonly Topic[];
  /** May see an event twice, after a crash. A thrown error has the event offered again later. */
  handle(event: EventOf<Catalogue, Topic>): Promise<void>;
}>;

/** `waiting` are the subscribers that have not taken it yet. */
export type PublishedEvent = StoredEvent & Readonly<{ waiting: readonly string[] }>;

export type EventsDeps = Readonly<{
  db: Database;
  clock: Clock;
  logger?: Logger;
  /** Longest time between looks for events of other processes. */
  pollMs?: Duration;
  /** The pauses after each refusal; one refusal more, and the event is a dead letter. */
  retryDelays?: readonly Duration[];
  /** Called when an event was written, maybe in a transaction that is still open: another thread may have to deliver it. */
  onPublished?: () => void;
  /** How long events are kept after everybody has had them. */
  keepFor?: Duration;
}>;

export type Events<Catalogue> = Readonly<{
  /** Writes the event within the transaction of the fact: it is there if and only if the fact is. */
  publish<Topic extends keyof Catalogue & string>(handle: Handle, topic: Topic, payload: Catalogue[Topic]): Promise<void>;
  /** The same for many, at the price of one. */
  publishAll(handle: Handle, events: readonly NewEvent<Catalogue>[]): Promise<void>;
  /** Before `start`. Gets the events that are published from the first start on. */
  subscribe<Topic extends keyof Catalogue & string>(subscriber: Subscriber<Catalogue, Topic>): void;
  /** Has events kept for the subscribers from now on, and delivers none: for a thread beside the one that does. */
  enrol(): Promise<void>;
  /** Delivers, in the one process that has all subscribers; deliveries to names that are no longer there are forgotten. */
  start(): Promise<void>;
  /** Ends after the handlers that are at work. */
  stop(): Promise<void>;
  /** Looks for events now instead of at the next poll. */
  wake(): void;
  /** What was published within the last hour or waits for somebody, newest first. */
  recent(
    topic: string | undefined,
    page: Readonly<{ offset: number; limit: number }>,
  ): Promise<Readonly<{ events: readonly PublishedEvent[]; total: number }>>;
  /** What was refused as often as it was offered, oldest first. */
  deadLetters(): Promise<readonly DeadLetter[]>;
  /** Offers a dead letter anew. @throws AppError `not-found` */
  revive(subscriber: string, eventId: number): Promise<void>;
  /** Gives a dead letter up. @throws AppError `not-found` */
  discard(subscriber: string, eventId: number): Promise<void>;
  /** Waits until nothing waits for anybody. */
  idle(signal: AbortSignal): Promise<void>;
}>;

const POLL_MS = 250;
const PRUNE_EVERY = minutes(10);
const RETRY_DELAYS = [seconds(1), seconds(5), seconds(30), minutes(2), minutes(10), minutes(30)];
/** On PostgreSQL nothing tells us of the commit of a transaction that has published. */
const AFTER_COMMIT_MS = [10, 50];

type Delivering = ReturnType<typeof createDelivery>;

/** Events that are written with their facts and delivered afterwards, at least once, in order for each subscriber. */
export function createEvents<Catalogue>(deps: EventsDeps): Events<Catalogue> {
  const { db, clock, logger = silentLogger, pollMs = POLL_MS, retryDelays = RETRY_DELAYS, keepFor = hours(1), onPublished } = deps;
  const store = createEventStore(db);
  const subscriptions: { subscriber: string; topic: string }[] = [];
  const deliveries = new Map<string, Delivering>();
  let pruner: NodeJS.Timeout | undefined;
  let pruning: Promise<unknown> = Promise.resolve();

  const wake = (): void => {
    for (const delivery of deliveries.values()) delivery.wake();
  };

  /** The others have nothing to look for. */
  const wakeFor = (topics: ReadonlySet<string>): void => {
    const wanted = new Set(subscriptions.flatMap(({ subscriber, topic }) => (topics.has(topic) ? subscriber : [])));
    for (const name of wanted) deliveries.get(name)?.wake();
  };

  const prune = (): void => {
    pruning = store.prune(clock.now() - keepFor).catch((err: unknown) => logger.error({ err }, 'Delivered events could not be forgotten'));
  };

  const publishAll: Events<Catalogue>['publishAll'] = async (handle, events) => {
    const written = events as readonly { topic: string; payload: unknown }[];
    await insertEvents(handle, written, clock.now());
    const topics = new Set(written.map((event) => event.topic));
    // On SQLite the look waits for the transaction's end by itself, since there is one connection.
    wakeFor(topics);
    onPublished?.();
    if (handle.kind === 'postgres') for (const pause of AFTER_COMMIT_MS) setTimeout(() => wakeFor(topics), pause).unref();
  };

  const missing = (subscriber: string, eventId: number): AppError =>
    new AppError('not-found', `The event ${eventId} is no dead letter of ${subscriber}.`);

  return {
    publishAll,
    publish: (handle, topic, payload) => publishAll(handle, [{ topic, payload } as NewEvent<Catalogue>]),
    subscribe({ name, topics, handle }) {
      if (deliveries.has(name)) throw new AppError('conflict', `There is a subscriber ${name} already.`);
      for (const topic of new Set(topics)) subscriptions.push({ subscriber: name, topic });
      deliveries.set(
        name,
        createDelivery(name, handle as Parameters<typeof createDelivery>[1], { store, clock, logger, pollMs, retryDelays }),
      );
    },
    enrol: () => store.setSubscriptions(subscriptions),
    async start() {
      await store.setSubscriptions(subscriptions);
      for (const delivery of deliveries.values()) delivery.start();
      prune();
      pruner = setInterval(prune, PRUNE_EVERY);
    },
    async stop() {
      clearInterval(pruner);
      await Promise.all([...deliveries.values()].map((delivery) => delivery.stop()));
      await pruning;
    },
    wake,
    recent: store.recent,
    deadLetters: store.listDead,
    async revive(subscriber, eventId) {
      if (!(await store.revive(subscriber, eventId))) throw missing(subscriber, eventId);
      wake();
    },
    async discard(subscriber, eventId) {
      const dead = (await store.listDead()).some((letter) => letter.subscriber === subscriber && letter.id === eventId);
      if (!dead || (await store.acknowledge(subscriber, [eventId])) === 0) throw missing(subscriber, eventId);
    },
    async idle(signal) {
      while ((await store.countWaiting()) > 0) await sleep(10, undefined, { signal });
    },
  };
}
