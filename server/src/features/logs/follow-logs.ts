import { setTimeout as sleep } from 'node:timers/promises';
import { isAppError } from '#kernel/app-error.ts';
import { seconds } from '#kernel/instant.ts';
import type { Logging, LogType } from '#platform/logging/index.ts';
import { createFits, type LogFilter, type LogLine, lineOf } from './log-lines.ts';
import { type LogPlace, readPlace, spellPlace } from './log-place.ts';
import { together } from './together.ts';

export type FollowingDeps = Readonly<{ logs: Pick<Logging, 'files' | 'today' | 'read' | 'walk'> }>;

type FollowFilter = LogFilter & Readonly<{ kinds: readonly LogType[] }>;

/** Lines as they are written, each with its place: to go on from. */
export type Follow = (
  filter: FollowFilter,
  options: Readonly<{ place?: string | undefined; signal: AbortSignal }>,
) => AsyncGenerator<Readonly<{ place: string; line: LogLine }>>;

type Followed = Readonly<{ kind: LogType; file: string; at: number; line: LogLine }>;

const LOOK_MS = 250;
/** Lines of the last moment of a day are written when the next one has begun. */
const AFTER_MIDNIGHT = seconds(2);

const fileOf = (kind: LogType, day: string): string => `${kind}.${day}.log`;
const dayIn = (file: string): string => file.split('.')[1] ?? '';

/** Several growing files as one stream, the files of the next day after those of this one. */
export function createFollowing({ logs }: FollowingDeps): Follow {
  const pause = (ms: number, signal: AbortSignal): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
  const sizeOf = (file: string): number => logs.files().find(({ filename }) => filename === file)?.size ?? 0;

  /** The next day that has a file, or that has begun. */
  function after(kind: LogType, day: string): string | undefined {
    const days = logs.files().flatMap((file) => (file.type === kind && file.date > day ? [file.date] : []));
    return [...days, ...(logs.today() > day ? [logs.today()] : [])].sort()[0];
  }

  async function* followKind(kind: LogType, start: Readonly<{ file: string; at: number }>, signal: AbortSignal): AsyncGenerator<Followed> {
    let at = start.at;
    for (let day: string | undefined = dayIn(start.file); day !== undefined && !signal.aborted; day = after(kind, day)) {
      yield* followDay(kind, day, at, signal);
      at = 0;
    }
  }

  async function* followDay(kind: LogType, day: string, from: number, signal: AbortSignal): AsyncGenerator<Followed> {
    const file = fileOf(kind, day);
    let at = from;
    const until = untilMidnight(day, signal);
    while (logs.today() === day && !signal.aborted) {
      for await (const { position, entry } of whileThere(logs.read.follow(file, { from: at, signal: until }))) {
        at = position;
        yield { kind, file, at, line: lineOf(kind, entry) };
      }
      // Deleted, or cut off: what comes next is a new file.
      if (!until.aborted) at = 0;
      await pause(LOOK_MS, signal);
    }
    for await (const { end, entry } of whileThere(logs.walk.on(file, at))) yield { kind, file, at: end, line: lineOf(kind, entry) };
  }

  function untilMidnight(day: string, signal: AbortSignal): AbortSignal {
    const ending = new AbortController();
    const watch = async (): Promise<void> => {
      while (logs.today() === day && !signal.aborted) await pause(LOOK_MS, signal);
      await pause(AFTER_MIDNIGHT, signal);
      ending.abort();
    };
    void watch();
    return ending.signal;
  }

  async function* followAll(filter: FollowFilter, start: LogPlace, signal: AbortSignal): ReturnType<Follow> {
    const fits = createFits(filter);
    const place: { [Kind in LogType]?: LogPlace[Kind] } = {};
    const ending = new AbortController();
    const until = AbortSignal.any([signal, ending.signal]);
    const streams = filter.kinds.map((kind) => {
      const file = fileOf(kind, logs.today());
      const own = start[kind] ?? { file, at: sizeOf(file) };
      place[kind] = own;
      return followKind(kind, own, until);
    });
    try {
      for await (const { kind, file, at, line } of together(streams, until)) {
        place[kind] = { file, at };
        if (fits(line)) yield { place: spellPlace(place), line };
      }
    } finally {
      ending.abort();
    }
  }

  // A place that is none is refused before anything has begun.
  return (filter, { place, signal }) => followAll(filter, place === undefined ? {} : readPlace(place, 'place'), signal);
}

/** A file that is not there has no lines. */
export async function* whileThere<T>(lines: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* lines;
  } catch (error) {
    if (!isAppError(error, 'not-found')) throw error;
  }
}
