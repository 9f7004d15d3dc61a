import { setTimeout as sleep } from 'node:timers/promises';
import { type Actor, mayActAs, mayActAsAnyone } from '#core/access/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type Duration, seconds } from '#kernel/instant.ts';
import type { Logger } from '#platform/logging/index.ts';
import { createListener, type Listener, type LiveMessage } from './listener.ts';
import type { LiveJob, OutboundBody, Whose } from './outbound.ts';
import { createRing } from './ring.ts';
import { OPEN_TOPICS, type Topic } from './topics.ts';
import { createJobWatch, type JobWatchDeps } from './watch-jobs.ts';

/** How something stands that nobody tells us of: where the marks of one `whose` are others than before, it has changed. Plain JSON. */
export type Standing = Readonly<{ whose: Whose; mark: unknown }>;
export type LiveSource = Readonly<{ topic: Topic; look(): Promise<readonly Standing[]> }>;

/** What somebody did since the last look. */
export type News = () => Promise<readonly Readonly<{ whose: Whose; topics: readonly Topic[] }>[]>;

export type LiveDeps = JobWatchDeps &
  Readonly<{
    sources: readonly LiveSource[];
    news: News;
    /** What such a job may have changed, once it has ended. */
    touches: (job: Pick<LiveJob, 'name' | 'task'>) => readonly Topic[];
    logger: Logger;
    /** How often is looked, while somebody listens. */
    lookMs?: Duration;
  }>;

export type ListenOptions = Readonly<{ after?: string | undefined; signal: AbortSignal }>;

export type Live = Readonly<{
  /** Something changed, said by whoever knows it at once. */
  note(topic: Topic, whose: Whose): void;
  /**
   * What happens from now on, or from `after` on where that is still known: what waits and runs first. Throws `rate-limited` where too many
   * listen already.
   */
  listen(actor: Actor, options: ListenOptions): AsyncIterable<LiveMessage>;
  /** Ends every stream. */
  close(): void;
}>;

const LOOK_EVERY = seconds(1);
const MOST_OF_ONE = 12;
const MOST_OF_ALL = 200;

/** What changes in the house while somebody looks at it. While nobody does, nothing is asked. */
export function createLive(deps: LiveDeps): Live {
  const { logger, sources, news, touches, lookMs = LOOK_EVERY } = deps;
  const watch = createJobWatch(deps);
  const ring = createRing();
  const listeners = new Map<Listener, string>();
  const marks = new Map<string, string>();
  const ending = new AbortController();
  let look: Promise<void> | undefined;
  let isLooking = false;
  /** Before anybody has listened there is nobody to go on from what is said. */
  let isLooked = false;

  function publish(whose: Whose, body: OutboundBody): void {
    if (!isLooked) return;
    const out = ring.add(whose, body);
    for (const listener of listeners.keys()) listener.offer(out);
  }

  const note: Live['note'] = (topic, whose) => publish(OPEN_TOPICS.has(topic) ? 'everybody' : whose, { kind: 'changed', topic });

  function tell(job: LiveJob): void {
    const whose = whoseJob(job);
    publish(whose, { kind: 'job', job });
    // How far it is says nothing new to a list of jobs.
    if (job.state === 'running' && job.done !== undefined) return;
    note('jobs', whose);
    note('tasks', whose);
    if (job.finishedAt !== undefined) for (const topic of touches(job)) note(topic, whose);
  }

  async function lookAtJobs(): Promise<void> {
    for (const job of await watch.look()) tell(job);
  }

  async function lookAtNews(): Promise<void> {
    for (const { whose, topics } of await news()) for (const topic of topics) note(topic, whose);
  }

  async function lookAt({ topic, look: standings }: LiveSource): Promise<void> {
    const own = `${topic}:`;
    const stale = new Set([...marks.keys()].filter((key) => key.startsWith(own)));
    for (const [whose, standing] of Map.groupBy(await standings(), (one) => one.whose)) {
      const key = `${own}${whose}`;
      const mark = JSON.stringify(standing);
      if (marks.get(key) !== mark) note(topic, whose);
      marks.set(key, mark);
      stale.delete(key);
    }
    // The last of somebody's is no more: that is a change as well.
    for (const key of stale) {
      marks.delete(key);
      note(topic, 'everybody');
    }
  }

  async function lookAtAll(): Promise<void> {
    for (const one of [lookAtJobs, lookAtNews, ...sources.map((source) => () => lookAt(source))]) {
      await one().catch((err: unknown) => logger.warn({ err }, 'A look for what has changed failed; it is tried again in a second'));
    }
    isLooked = true;
  }

  const lookNow = (): Promise<void> => {
    look ??= lookAtAll().finally(() => {
      look = undefined;
    });
    return look;
  };

  async function keepLooking(): Promise<void> {
    if (isLooking) return;
    isLooking = true;
    while (listeners.size > 0 && !ending.signal.aborted) {
      await sleep(lookMs, undefined, { signal: ending.signal }).catch(() => undefined);
      if (listeners.size > 0 && !ending.signal.aborted) await lookNow();
    }
    isLooking = false;
  }

  /** Where the listener goes on, with what it has missed and what is open now. */
  function greet(after: string | undefined, sees: (whose: Whose) => boolean) {
    const known = after === undefined ? undefined : ring.since(after);
    const from = known?.n ?? ring.count();
    const listener = createListener(sees, ring.idOf, from);
    for (const out of known?.missed ?? []) listener.offer(out);
    const id = ring.idOf(from);
    const greeting: LiveMessage[] = watch.open().flatMap((job) => (sees(whoseJob(job)) ? [{ kind: 'job', id, job }] : []));
    if (after !== undefined && !known) greeting.unshift({ kind: 'reload', id });
    greeting.push({ kind: 'ready', id, resumed: known !== undefined });
    return { listener, greeting };
  }

  async function* listen(actor: Actor, { after, signal }: ListenOptions): AsyncGenerator<LiveMessage> {
    const until = AbortSignal.any([signal, ending.signal]);
    // What happened while nobody listened is found before it is said from where.
    await lookNow();
    const { listener, greeting } = greet(after, seesOf(actor));
    listeners.set(listener, ownerOf(actor));
    void keepLooking();
    try {
      yield* greeting;
      yield* listener.messages(until);
    } finally {
      listeners.delete(listener);
    }
  }

  return {
    note,
    listen(actor, options) {
      const ofOne = [...listeners.values()].filter((one) => one === ownerOf(actor)).length;
      if (ofOne >= MOST_OF_ONE || listeners.size >= MOST_OF_ALL) {
        throw new AppError('rate-limited', `${actor.name} listens at ${ofOne} places already. Close a tab, or try again in a minute.`, {
          retryAfterMs: seconds(60),
        });
      }
      return listen(actor, options);
    },
    close: () => ending.abort(new AppError('cancelled', 'Usherr is stopping.')),
  };
}

const ownerOf = ({ kind, id }: Actor): string => `${kind}:${id}`;
const whoseJob = ({ person }: LiveJob): Whose => person ?? 'house';

const seesOf = (actor: Actor) => {
  const isEverybody = mayActAsAnyone(actor);
  return (whose: Whose): boolean => isEverybody || whose === 'everybody' || (whose !== 'house' && mayActAs(actor, whose));
};
