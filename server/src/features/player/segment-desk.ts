import { AppError, isAppError } from '#kernel/app-error.ts';
import { type Clock, type Duration, type Instant, minutes, seconds } from '#kernel/instant.ts';
import type { FileCache } from '#platform/file-cache/index.ts';
import type { Logger } from '#platform/logging/index.ts';
import type { ProgramCall, ProgramRunner } from './run-program.ts';
import { type SegmentSession, startSession } from './segment-session.ts';

/** What has to be known to make a film's segments. */
export type SegmentSource = Readonly<{
  /** Of the token; at most one transcode runs for it. */
  id: string;
  /** The same where the segments are the same. */
  kind: string;
  title: string;
  path: string;
  starts: readonly number[];
  /** The ways to make them from one on, the best first: where it fails before it has made any, the next is tried. */
  ways(index: number, signal: AbortSignal): Promise<readonly ProgramCall[]>;
}>;

export type SegmentDesk = Readonly<{
  /** The path of the segment, once it is there. One is made at a time for each token, in the order in which they are asked for. */
  get(source: SegmentSource, index: number, signal: AbortSignal): Promise<string>;
  /** The tokens have ended. */
  end(ids: readonly string[]): Promise<void>;
  /** Ends what nobody has asked for in a while. */
  endIdle(): Promise<void>;
  close(): Promise<void>;
}>;

export type SegmentDeskDeps = Readonly<{
  clock: Clock;
  cache: FileCache;
  runner: Pick<ProgramRunner, 'start'>;
  logger: Pick<Logger, 'warn'>;
}>;

/** A player that plays asks every few seconds; one that is paused may come back, and is made to wait a moment then. */
const IDLE: Duration = minutes(1);
const PATIENCE: Duration = seconds(60);
/** A segment so close ahead is waited for; for one further on a new start is faster. */
const NEAR = 3;
/** All at once in the house. Whoever has asked longest ago makes room. */
const MOST_SESSIONS = 8;

const tooLate = (source: SegmentSource, index: number, cause: unknown): AppError =>
  new AppError('upstream-timeout', `Segment ${index} of ${source.title} was not made within ${PATIENCE / 1_000} s.`, { cause });

type Place = {
  kind: string;
  /** Which of the ways works. */
  way: number;
  session?: SegmentSession;
  askedAt: Instant;
  waiting: number;
  /** Its token has ended, or the house closes: nothing is started for it any more. */
  isOver: boolean;
  /** The end of the line of those who ask. */
  line: Promise<unknown>;
};

/** Hands out segments: from the cache, from the ffmpeg that is about to make them, or from one that is started for them. */
export function createSegmentDesk({ clock, cache, runner, logger }: SegmentDeskDeps): SegmentDesk {
  const places = new Map<string, Place>();
  let isClosed = false;

  const nameOf = (source: SegmentSource, index: number): string => `${source.id}-${source.kind}-${index}.ts`;

  async function makeRoom(): Promise<void> {
    const busy = [...places.values()].filter((place) => place.session?.isOpen());
    if (busy.length < MOST_SESSIONS) return;
    const [longest] = busy.sort((one, other) => one.waiting - other.waiting || one.askedAt - other.askedAt);
    await longest?.session?.stop();
  }

  async function sessionFor(source: SegmentSource, place: Place, index: number, call: ProgramCall): Promise<SegmentSession> {
    const { session } = place;
    if (session?.isOpen() && index >= session.at() && index <= session.at() + NEAR) return session;
    await session?.stop();
    await makeRoom();
    if (place.isOver) throw new AppError('cancelled', `${source.title} was stopped.`);
    place.session = startSession({
      running: runner.start(call),
      cache,
      nameOf: (segment) => nameOf(source, segment),
      starts: source.starts,
      first: index,
      title: source.title,
      path: source.path,
    });
    return place.session;
  }

  /** Until the session has made it. Answers the fault of a session that never made anything, since another encoder may do better. */
  async function attempt(
    session: SegmentSession,
    source: SegmentSource,
    index: number,
    signal: AbortSignal,
  ): Promise<AppError | undefined> {
    const late = AbortSignal.timeout(PATIENCE);
    session.wanted(index);
    try {
      await session.until(index, AbortSignal.any([signal, late]));
      return undefined;
    } catch (error) {
      if (late.aborted) {
        await session.stop();
        throw tooLate(source, index, error);
      }
      if (session.hasMade() || !isAppError(error, 'upstream-unreadable')) throw error;
      return error;
    }
  }

  async function make(source: SegmentSource, place: Place, index: number, signal: AbortSignal): Promise<string> {
    for (;;) {
      const ways = await source.ways(index, signal);
      const call = ways[place.way];
      if (!call) throw new Error('There is no way to make a segment.');
      const session = await sessionFor(source, place, index, call);
      const fault = await attempt(session, source, index, signal);
      if (!fault) return made(source, index);
      if (place.way + 1 >= ways.length) throw fault;
      place.way += 1;
      logger.warn({ err: fault }, 'An encoder does not work for this film; the next one is tried.');
    }
  }

  async function made(source: SegmentSource, index: number): Promise<string> {
    const path = await cache.find(nameOf(source, index));
    if (path !== undefined) return path;
    throw new AppError(
      'not-found',
      `Segment ${index} of ${source.title} is gone already: more is watched than player.cache-megabytes holds.`,
    );
  }

  /** One after the other: two that ask for places far apart would end each other's work for ever. */
  async function inLine(place: Place, signal: AbortSignal, work: () => Promise<string>): Promise<string> {
    place.waiting += 1;
    const turn = place.line.then(() => {
      signal.throwIfAborted();
      return work();
    });
    place.line = turn.catch(() => undefined);
    try {
      return await turn;
    } finally {
      place.waiting -= 1;
      place.askedAt = clock.now();
    }
  }

  function placeOf(source: SegmentSource): Place {
    const known = places.get(source.id);
    const place: Place = known ?? {
      kind: source.kind,
      way: 0,
      askedAt: clock.now(),
      waiting: 0,
      isOver: isClosed,
      line: Promise.resolve(),
    };
    places.set(source.id, place);
    place.askedAt = clock.now();
    return place;
  }

  const endPlaces = async (ended: readonly (readonly [string, Place])[]): Promise<void> => {
    for (const [id, place] of ended) {
      places.delete(id);
      place.isOver = true;
    }
    await Promise.all(ended.map(([, place]) => place.session?.stop()));
  };

  return {
    async get(source, index, signal) {
      const place = placeOf(source);
      const known = await cache.find(nameOf(source, index));
      if (known !== undefined && place.kind === source.kind) {
        place.session?.wanted(index);
        return known;
      }
      return inLine(place, signal, async () => {
        if (place.kind !== source.kind) {
          await place.session?.stop();
          Object.assign(place, { kind: source.kind, way: 0 });
        }
        // Whoever stood before in the line may have had it made.
        return (await cache.find(nameOf(source, index))) ?? make(source, place, index, signal);
      });
    },
    async end(ids) {
      await endPlaces(ids.flatMap((id) => (places.has(id) ? [[id, places.get(id) as Place] as const] : [])));
      for (const id of ids) await cache.forget(`${id}-`);
    },
    endIdle: () => endPlaces([...places].filter(([, place]) => place.waiting === 0 && place.askedAt < clock.now() - IDLE)),
    close() {
      isClosed = true;
      return endPlaces([...places]);
    },
  };
}
