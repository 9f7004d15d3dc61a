import type { CallOptions, TrackerConnection, TrackerGrant } from '#core/upstreams/index.ts';
import { AppError, type AppErrorCode, isAppError } from '#kernel/app-error.ts';
import { type Clock, type Duration, minutes, seconds } from '#kernel/instant.ts';
import type { HttpClient, HttpReply } from '#platform/http-client/index.ts';
import { simklRefusal } from './simkl.wire.ts';

/** How long Simkl wants to be left alone, by what it said. */
export type SimklPace = Readonly<{
  /** Between two calls that write. */
  post: Duration;
  /** After a write that met another of the same person. */
  lock: Duration;
  /** After too many calls in a second. */
  burst: Duration;
  /** After a fault of Simkl's own, for the first time; each further pause is twice as long. */
  fault: Duration;
}>;

export const SIMKL_PACE: SimklPace = { post: seconds(1), lock: seconds(20), burst: seconds(1), fault: seconds(1) };

const FAULT_TRIES = 5;
const BURST_TRIES = 3;
/** Renewed so long before it ends: clocks differ, and a call takes its time. */
const RENEW_AHEAD = minutes(5);

export type SimklCall = Readonly<{
  method: 'GET' | 'POST';
  path: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
}>;

export type SimklCalls = Readonly<{ json(call: SimklCall, options: CallOptions): Promise<unknown> }>;

/** One at a time, for everybody: Simkl locks a person's library while it is written to, and counts calls a second. */
export type Turns = Readonly<{ take<T>(work: () => Promise<T>): Promise<T>; lastPost: { at: number } }>;

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    lastPost: { at: Number.NEGATIVE_INFINITY },
    take(work) {
      const mine = last.then(work, work);
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}

export type SimklCallsDeps = Readonly<{
  http: HttpClient;
  clock: Clock;
  pace: SimklPace;
  deadlineMs: Duration;
  turns: Turns;
  connection: TrackerConnection;
  identity: Readonly<Record<string, string>>;
  renew(grant: TrackerGrant, options: CallOptions): Promise<TrackerGrant>;
}>;

/** Calls for one person. The grant is renewed by one call alone, however many would want it renewed. */
export function createSimklCalls({ http, clock, pace, deadlineMs, turns, connection, identity, renew }: SimklCallsDeps): SimklCalls {
  let grant = connection.grant;
  let renewing: Promise<void> | undefined;

  function renewOnce(options: CallOptions): Promise<void> {
    renewing ??= renew(grant, options)
      .then(async (renewed) => {
        grant = renewed;
        await connection.saveGrant(renewed);
      })
      .finally(() => {
        renewing = undefined;
      });
    return renewing;
  }

  const isEnding = (): boolean => grant.expiresAt !== undefined && grant.expiresAt - RENEW_AHEAD <= clock.now();

  async function once(call: SimklCall, { signal }: CallOptions): Promise<unknown> {
    await connection.spend();
    if (call.method === 'POST') await pause(turns.lastPost.at + pace.post - performance.now(), signal);
    try {
      const reply = await send(call, signal);
      await hearRest(reply);
      return reply.json();
    } finally {
      // Simkl counts from when it was reached, which is some time between sending and now.
      if (call.method === 'POST') turns.lastPost.at = performance.now();
    }
  }

  const send = (call: SimklCall, signal: AbortSignal): Promise<HttpReply> =>
    http.send({
      method: call.method,
      path: call.path,
      query: { ...identity, ...call.query },
      ...(call.body !== undefined && { body: call.body }),
      headers: { authorization: `Bearer ${grant.accessToken}` },
      signal,
      retry: 'never',
      timeoutMs: deadlineMs,
      explain: explainRefusal,
    });

  async function hearRest({ headers }: HttpReply): Promise<void> {
    const left = headers['x-ratelimit-remaining'];
    if (left !== undefined && /^\d+$/.test(left)) await connection.heard(Number(left));
  }

  type Tries = { renewed: boolean; locked: boolean; bursts: number; faults: number };

  /** Waits for what would make another try worth it, or throws the fault. */
  async function recover(error: unknown, tries: Tries, options: CallOptions): Promise<void> {
    if (!isAppError(error)) throw error;
    const { status, said, daily } = error.details;
    if (status === 401 && !tries.renewed && grant.refreshToken !== undefined) {
      tries.renewed = true;
      return renewOnce(options);
    }
    if (said === 'rate_limit' && status === 400 && !tries.locked) {
      tries.locked = true;
      return pause(pace.lock, options.signal);
    }
    if (isAppError(error, 'upstream-rate-limited') && daily !== true && tries.bursts < BURST_TRIES) {
      tries.bursts += 1;
      return pause(pace.burst, options.signal);
    }
    if (typeof status !== 'number' || status < 500 || tries.faults >= FAULT_TRIES) throw error;
    tries.faults += 1;
    return pause(pace.fault * 2 ** (tries.faults - 1), options.signal);
  }

  async function patiently(call: SimklCall, options: CallOptions): Promise<unknown> {
    const tries: Tries = { renewed: isEnding(), locked: false, bursts: 0, faults: 0 };
    if (tries.renewed) await renewOnce(options);
    for (;;) {
      try {
        return await once(call, options);
      } catch (error) {
        await recover(error, tries, options);
      }
    }
  }

  return { json: (call, options) => turns.take(() => patiently(call, options)) };
}

const CODES: Readonly<Record<string, AppErrorCode>> = {
  user_token_failed: 'upstream-unauthorized',
  invalid_token: 'upstream-unauthorized',
  user_token_required: 'upstream-unauthorized',
  client_id_failed: 'upstream-unauthorized',
  insufficient_scope: 'upstream-forbidden',
};
const DAILY: ReadonlySet<string> = new Set(['user_limit_exceeded', 'app_limit_exceeded']);
const HINTS: Readonly<Record<string, string>> = {
  client_id_failed: 'It does not know this client id, or has blocked it. Look at the app in the developer settings of Simkl.',
  insufficient_scope: 'The person has allowed us to read only. Connect the account once more, and allow writing.',
  max_items: 'The library is too large for one answer.',
};

/** What a refusal of Simkl means, in its own words. */
export function explainRefusal(fault: AppError, body: string): AppError {
  const refusal = parsed(body);
  if (!simklRefusal.Check(refusal)) return fault;
  const said = refusal.error === 'RATE_LIMIT' ? 'rate_limit' : refusal.error;
  const status = Number(fault.details.status);
  const daily = status === 429 && DAILY.has(said);
  const hint = daily ? 'The calls of this day are used up.' : (HINTS[said] ?? refusal.error_description ?? refusal.message ?? '');
  // Below 500 it has done nothing: so it says itself.
  const details = { ...fault.details, said, ...(daily && { daily }), ...(status < 500 && { sent: 'no' }) };
  return new AppError(CODES[said] ?? fault.code, `${fault.message} Simkl says: ${said}. ${hint}`.trim(), {
    cause: fault,
    details,
    ...(fault.retryAfterMs !== undefined && { retryAfterMs: fault.retryAfterMs }),
  });
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Ends early, by throwing, where the caller calls it off. */
async function pause(ms: Duration, signal: AbortSignal): Promise<void> {
  if (ms <= 0) return;
  await new Promise<void>((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(new AppError('cancelled', 'Simkl: the pause before the next call was called off.', { details: { sent: 'no' } }));
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
}
