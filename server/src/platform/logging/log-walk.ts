import { type FileHandle, open } from 'node:fs/promises';
import { AppError } from '#kernel/app-error.ts';
import type { Instant } from '#kernel/instant.ts';
import { type LogEntry, readEntry } from './log-entry.ts';
import type { LogFiles } from './log-files.ts';

/** A line with where it begins and ends in its file, in bytes: `start` to go on backwards from, `end` to go on forwards from. */
export type WalkedEntry = Readonly<{ start: number; end: number; entry: LogEntry }>;

export type LogWalk = Readonly<{
  /** The lines that end at `before` or earlier, the last one first; from the end unless told. Throws `not-found`. */
  back(filename: string, before?: number): AsyncGenerator<WalkedEntry>;
  /** The lines from `from` on that are there now, in their order. */
  on(filename: string, from: number): AsyncGenerator<WalkedEntry>;
  /** Where the first line that is not earlier than the instant begins; the end of the file where there is none. */
  positionAt(filename: string, instant: Instant): Promise<number>;
}>;

const CHUNK = 65_536;
const NEWLINE = 10;

/** Walks through the lines of a log in either direction without reading the rest of it. */
export function createLogWalk(files: Pick<LogFiles, 'find'>): LogWalk {
  async function opened(filename: string): Promise<FileHandle> {
    const { path } = files.find(filename);
    return open(path, 'r').catch((cause: unknown) => {
      throw new AppError('not-found', `There is no log file ${filename}.`, { cause });
    });
  }

  async function* back(filename: string, before?: number): AsyncGenerator<WalkedEntry> {
    const file = await opened(filename);
    try {
      let start = before ?? (await file.stat()).size;
      let rest: Buffer = Buffer.alloc(0);
      while (start > 0) {
        const length = Math.min(CHUNK, start);
        start -= length;
        const read = Buffer.concat([await readAt(file, start, length), rest]);
        const first = start === 0 ? 0 : read.indexOf(NEWLINE) + 1;
        // No line ends in it: it is part of a longer one.
        if (start > 0 && first === 0) {
          rest = read;
          continue;
        }
        yield* linesOf(read.subarray(first), start + first).reverse();
        rest = read.subarray(0, first);
      }
    } finally {
      await file.close();
    }
  }

  async function* on(filename: string, from: number): AsyncGenerator<WalkedEntry> {
    const file = await opened(filename);
    try {
      let start = from;
      let rest: Buffer = Buffer.alloc(0);
      for (;;) {
        const read = await readAt(file, start + rest.length, CHUNK);
        if (read.length === 0) return;
        const whole = Buffer.concat([rest, read]);
        const last = whole.lastIndexOf(NEWLINE) + 1;
        yield* linesOf(whole.subarray(0, last), start);
        rest = whole.subarray(last);
        start += last;
      }
    } finally {
      await file.close();
    }
  }

  return {
    back,
    on,
    async positionAt(filename, instant) {
      let low = 0;
      let high = files.find(filename).file.size;
      // Lines are written in the order of time, so that half of what is left falls away with each look.
      while (high - low > CHUNK) {
        const middle = low + Math.floor((high - low) / 2);
        const line = await firstOf(on(filename, middle), ({ entry }) => entry.at !== undefined);
        if (line === undefined || line.start >= high || (line.entry.at ?? 0) >= instant) high = middle;
        else low = line.end;
      }
      const found = await firstOf(on(filename, low), ({ entry }) => (entry.at ?? 0) >= instant);
      return found?.start ?? files.find(filename).file.size;
    },
  };
}

async function firstOf(lines: AsyncGenerator<WalkedEntry>, fits: (line: WalkedEntry) => boolean): Promise<WalkedEntry | undefined> {
  for await (const line of lines) if (fits(line)) return line;
  return undefined;
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const chunk = Buffer.alloc(length);
  const { bytesRead } = await file.read(chunk, 0, length, position);
  return chunk.subarray(0, bytesRead);
}

/** Whole lines; what follows the last line end is one that is being written. */
function linesOf(buffer: Buffer, position: number): WalkedEntry[] {
  const lines: WalkedEntry[] = [];
  let start = 0;
  for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE, start)) {
    const text = buffer.toString('utf8', start, end);
    if (text !== '') lines.push({ start: position + start, end: position + end + 1, entry: readEntry(text) });
    start = end + 1;
  }
  return lines;
}
