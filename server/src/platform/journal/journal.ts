import { AppError, isAppError, messageOf } from '#kernel/app-error.ts';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';
import type { Json } from '#kernel/json.ts';
import type { Database } from '#platform/db/index.ts';
import { type Change, createJournalStore, type JournalEntry, type JournalFilter, type JournalState } from './journal.store.ts';

/** The moments at which a process can die with different consequences. */
export type JournalEdge = 'before-intent' | 'after-intent' | 'call-sent' | 'answered' | 'before-outcome';

export type JournalDeps = Readonly<{
  db: Database;
  clock: Clock;
  /** Called at each edge of `run`, and waited for; at `call-sent` the call is under way meanwhile. For tests that end the process there. */
  onEdge?: ((edge: JournalEdge, change: Change) => void | Promise<void>) | undefined;
}>;

export type RunChange<T> = Change &
  Readonly<{
    /** The call's own deadline from now: when it has passed, the call can no longer take effect. */
    deadlineMs: Duration;
    call: () => Promise<T>;
    /** What of the answer is worth keeping; nothing unless told. */
    outcomeOf?: (answer: T) => Json;
  }>;

export type Journal = Readonly<{
  /**
   * Intent, call, outcome: what features use. When the call throws, the same error is thrown on, and the entry is
   * `failed` where the target has refused (or was never reached), and stays open where nobody can tell.
   */
  run<T>(change: RunChange<T>): Promise<T>;
  /** Writes and commits the intent; answers its id. Pair it with one of the three below. */
  intend(change: Change & Readonly<{ deadlineMs: Duration }>): Promise<number>;
  /** @throws AppError `conflict` where the entry has an outcome already, `not-found` where there is none; likewise the other two. */
  confirm(id: number, outcome?: Json): Promise<void>;
  fail(id: number, outcome: Json): Promise<void>;
  /** The target was looked at and could not tell: for people to see, never to be made again. */
  unconfirmed(id: number, reason: string): Promise<void>;
  /**
   * Intents without an outcome, oldest first, but for those that this process is carrying out right now. `due` are those whose call's
   * deadline has passed: these may be looked at; the others may still take effect.
   */
  open(filter?: Omit<JournalFilter, 'states'>): Promise<Readonly<{ due: readonly JournalEntry[]; pending: readonly JournalEntry[] }>>;
  /** Newest first; `page` counts from 1. */
  list(filter: JournalFilter, page: number, perPage: number): Promise<Readonly<{ entries: readonly JournalEntry[]; total: number }>>;
  /** @throws AppError `not-found` */
  get(id: number): Promise<JournalEntry>;
  /** Forgets what was confirmed or failed before the instant; what is open or unconfirmed stays. Answers how many. */
  prune(before: Instant): Promise<number>;
}>;

/**
 * Whether the target may have made the change although the call threw. A fault that is none of ours is doubt as well: calling something
 * failed that happened would have it made twice.
 */
export function isInDoubt(error: unknown): boolean {
  if (!isAppError(error)) return true;
  // Never reached, or refused for good in the target's own words.
  if (error.details.sent === 'no' || error.details.permanent === true) return false;
  const status = error.details.status;
  // 503 is a server or its proxy saying that it did not take the call.
  if (typeof status === 'number' && status >= 500 && status !== 503) return true;
  return isAppError(error, 'upstream-timeout', 'upstream-unreachable', 'upstream-unreadable', 'cancelled');
}

/** The write-ahead journal of every change that is made on other servers. */
export function createJournal({ db, clock, onEdge }: JournalDeps): Journal {
  const store = createJournalStore(db);
  const underWay = new Set<number>();

  const get = async (id: number): Promise<JournalEntry> => {
    const entry = await store.find(id);
    if (!entry) throw new AppError('not-found', `There is no journal entry ${id}.`);
    return entry;
  };

  const finish = async (id: number, state: Exclude<JournalState, 'intended'>, outcome?: Json): Promise<void> => {
    if (await store.finish(id, state, outcome, clock.now())) return;
    const entry = await get(id);
    throw new AppError('conflict', `The journal entry ${id} is ${entry.state} already.`);
  };

  const insert = (change: Change, deadlineMs: Duration): Promise<number> => {
    const now = clock.now();
    return store.insert(change, now + deadlineMs, now);
  };

  async function callAndWait<T>(run: RunChange<T>): Promise<T> {
    const pending = run.call();
    if (onEdge) {
      // The edge is waited for while the call runs; a call that fails meanwhile is still heard below.
      pending.catch(() => undefined);
      await onEdge('call-sent', run);
    }
    return pending;
  }

  async function recordFault(id: number, error: unknown): Promise<void> {
    if (isInDoubt(error)) return;
    await finish(id, 'failed', { code: isAppError(error) ? error.code : 'unknown', message: messageOf(error) });
  }

  async function run<T>(change: RunChange<T>): Promise<T> {
    await onEdge?.('before-intent', change);
    const id = await insert(change, change.deadlineMs);
    underWay.add(id);
    try {
      await onEdge?.('after-intent', change);
      const answer = await callAndWait(change).catch(async (error: unknown) => {
        await recordFault(id, error);
        throw error;
      });
      await onEdge?.('answered', change);
      const outcome = change.outcomeOf?.(answer);
      await onEdge?.('before-outcome', change);
      await finish(id, 'confirmed', outcome);
      return answer;
    } finally {
      underWay.delete(id);
    }
  }

  return {
    run,
    intend: ({ deadlineMs, ...change }) => insert(change, deadlineMs),
    confirm: (id, outcome) => finish(id, 'confirmed', outcome),
    fail: (id, outcome) => finish(id, 'failed', outcome),
    unconfirmed: (id, reason) => finish(id, 'unconfirmed', { reason }),
    open: async (filter = {}) => {
      const entries = (await store.listOpen(filter)).filter((entry) => !underWay.has(entry.id));
      const now = clock.now();
      return { due: entries.filter((entry) => entry.deadlineAt <= now), pending: entries.filter((entry) => entry.deadlineAt > now) };
    },
    list: (filter, page, perPage) => store.page(filter, page, perPage),
    get,
    prune: (before) => store.deleteFinishedBefore(before),
  };
}
