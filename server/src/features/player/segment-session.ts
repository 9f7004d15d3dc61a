import { AppError, isAppError, messageOf } from '#kernel/app-error.ts';
import type { CachePart, FileCache } from '#platform/file-cache/index.ts';
import { lastLine } from './media-probe.ts';
import type { RunningProgram } from './run-program.ts';
import { createTsCutter, type TsPiece } from './ts-cutter.ts';

/** One ffmpeg that makes segment after segment, until it is ended. */
export type SegmentSession = Readonly<{
  /** The segment that it is making, or would make next. */
  at(): number;
  /** Whether it can still be waited for. */
  isOpen(): boolean;
  /** Whether it has made that one, or any. */
  hasMade(index?: number): boolean;
  /** Until the segment is in the cache. Rejects with the fault of the session, or with the reason of the signal. */
  until(index: number, signal: AbortSignal): Promise<void>;
  /** Somebody has asked for this segment: it may go on as far as `AHEAD` beyond it. */
  wanted(index: number): void;
  stop(): Promise<void>;
}>;

export type SegmentSessionDeps = Readonly<{
  running: RunningProgram;
  cache: Pick<FileCache, 'begin'>;
  nameOf(index: number): string;
  /** Where all segments of the film begin, in seconds, and which of them comes first. */
  starts: readonly number[];
  first: number;
  /** For people, in the message of a fault. */
  title: string;
  /** Taken out of what ffmpeg complains about. */
  path: string;
}>;

/** As many are made before anybody has asked for them: enough for a player that hurries, little enough for a person who leaves. */
const AHEAD = 5;

export function startSession({ running, cache, nameOf, starts, first, title, path }: SegmentSessionDeps): SegmentSession {
  let index = first;
  let part: CachePart | undefined;
  let asked = first;
  let state: 'open' | 'finished' | 'stopped' | AppError = 'open';
  let wake: () => void = () => undefined;
  let changed = Promise.resolve();

  function change(): void {
    wake();
    changed = new Promise((resolve) => {
      wake = resolve;
    });
  }
  change();

  const failed = (why: string, cause?: unknown): AppError =>
    new AppError('upstream-unreadable', `ffmpeg could not make segment ${index} of ${title}: ${why}`, { cause });

  /** While it waits here nothing is read from ffmpeg, whose pipe fills up, and which waits too. */
  async function roomAhead(): Promise<void> {
    while (state === 'open' && index > asked + AHEAD) await changed;
  }

  async function take(piece: TsPiece): Promise<void> {
    if (piece.kind === 'data') {
      part ??= await cache.begin();
      await part.write(piece.bytes);
    } else {
      await close();
      await roomAhead();
    }
  }

  async function close(): Promise<void> {
    await part?.finish(nameOf(index));
    part = undefined;
    index += 1;
    change();
  }

  async function produce(): Promise<void> {
    const cutter = createTsCutter(starts.slice(first));
    for await (const chunk of running.output) {
      for (const piece of cutter.feed(chunk)) await take(piece);
    }
    const { code, stderr } = await running.ended;
    if (state !== 'open') return;
    if (code !== 0) throw failed(lastLine(stderr.replaceAll(`file:${path}`, title)) || `it ended with ${code}.`);
    if (part) await close();
    state = 'finished';
  }

  const done = produce()
    .catch((error: unknown) => {
      running.kill();
      if (state === 'open') state = isAppError(error) ? error : failed(messageOf(error), error);
    })
    .then(() => part?.discard())
    .then(change, change);

  return {
    at: () => index,
    isOpen: () => state === 'open',
    hasMade: (segment = first) => segment >= first && segment < index,
    wanted(segment) {
      asked = segment;
      change();
    },
    async until(segment, signal) {
      const left = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
      for (;;) {
        signal.throwIfAborted();
        if (index > segment) return;
        if (state === 'finished') throw new AppError('not-found', `${title} has ended before segment ${segment}.`);
        if (state === 'stopped') throw new AppError('cancelled', 'The film was stopped.');
        if (state !== 'open') throw state;
        await Promise.race([changed, left]);
      }
    },
    async stop() {
      if (state === 'open') state = 'stopped';
      running.kill();
      change();
      await done;
    },
  };
}
