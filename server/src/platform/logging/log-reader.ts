import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { AppError } from '#kernel/app-error.ts';
import { type LogEntry, readEntry } from './log-entry.ts';
import type { LogFile, LogFiles } from './log-files.ts';

export type LogPage = Readonly<{
  /** In the order of the file. */
  entries: readonly LogEntry[];
  /** Lines of the file. */
  total: number;
  /** The offset of the page before this one; undefined where the file begins here. */
  next: number | undefined;
}>;

/** `position` is where the line ends, in bytes: to go on from. */
export type FollowedEntry = Readonly<{ position: number; entry: LogEntry }>;

export type LogReader = Readonly<{
  /** `count` lines, `offset` lines before the end of the file. Throws `not-found`. */
  page(filename: string, range: Readonly<{ offset: number; count: number }>): Promise<LogPage>;
  /** The last lines of each of today's files. */
  recent(count: number): Promise<readonly Readonly<{ file: LogFile; entries: readonly LogEntry[] }>[]>;
  /** Every line from `from` (bytes; the end of the file unless told) on, as it is written, until the signal or the file ends. */
  follow(filename: string, options: Readonly<{ from?: number; signal: AbortSignal }>): AsyncIterable<FollowedEntry>;
}>;

const CHUNK = 65_536;
const LOOK_MS = 100;
const NEWLINE = 10;

type Line = Readonly<{ text: string; bytes: number }>;

export function createLogReader(files: Pick<LogFiles, 'find' | 'list' | 'today'>): LogReader {
  async function within<T>(filename: string, work: (file: FileHandle) => Promise<T>): Promise<T> {
    const { path } = files.find(filename);
    const file = await open(path, 'r').catch((cause: unknown) => {
      throw new AppError('not-found', `There is no log file ${filename}.`, { cause });
    });
    try {
      return await work(file);
    } finally {
      await file.close();
    }
  }

  const page: LogReader['page'] = (filename, { offset, count }) =>
    within(filename, async (file) => {
      const ends = await lineEnds(file);
      const last = Math.max(0, ends.length - offset);
      const first = Math.max(0, last - count);
      const start = first === 0 ? 0 : (ends[first - 1] ?? 0);
      const text = last === first ? '' : await readText(file, start, (ends[last - 1] ?? 0) - start);
      const entries = text === '' ? [] : text.replace(/\n$/, '').split('\n').map(readEntry);
      return { entries, total: ends.length, next: first === 0 ? undefined : offset + (last - first) };
    });

  async function* follow(filename: string, { from, signal }: Readonly<{ from?: number; signal: AbortSignal }>) {
    const { path, file: listed } = files.find(filename);
    const file = await open(path, 'r');
    try {
      let position = from ?? listed.size;
      for await (const lines of linesFrom(file, position, signal)) {
        for (const { text, bytes } of lines) {
          position += bytes;
          if (text !== '') yield { position, entry: readEntry(text) };
        }
      }
    } finally {
      await file.close();
    }
  }

  return {
    page,
    follow,
    async recent(count) {
      const today = files.list().filter((file) => file.date === files.today());
      return Promise.all(today.map(async (file) => ({ file, entries: (await page(file.filename, { offset: 0, count })).entries })));
    },
  };
}

/** Where each line ends. A line that is being written just now is none yet. */
async function lineEnds(file: FileHandle): Promise<readonly number[]> {
  const ends: number[] = [];
  const chunk = Buffer.alloc(CHUNK);
  for (let position = 0; ; ) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK, position);
    if (bytesRead === 0) return ends;
    const read = chunk.subarray(0, bytesRead);
    for (let at = read.indexOf(NEWLINE); at >= 0; at = read.indexOf(NEWLINE, at + 1)) ends.push(position + at + 1);
    position += bytesRead;
  }
}

async function readText(file: FileHandle, start: number, length: number): Promise<string> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, start);
  return buffer.toString('utf8', 0, bytesRead);
}

/** Whole lines as they come, some at a time. */
async function* linesFrom(file: FileHandle, from: number, signal: AbortSignal): AsyncGenerator<readonly Line[]> {
  let start = from;
  let rest: Buffer = Buffer.alloc(0);
  while (!signal.aborted) {
    const read = await readSome(file, start + rest.length);
    if (read.length > 0) {
      const { lines, left } = takeLines(Buffer.concat([rest, read]));
      start += rest.length + read.length - left.length;
      rest = left;
      yield lines;
    } else if (await isOver(file, start)) return;
    else await sleep(LOOK_MS, undefined, { signal }).catch(() => undefined);
  }
}

async function readSome(file: FileHandle, position: number): Promise<Buffer> {
  const chunk = Buffer.alloc(CHUNK);
  const { bytesRead } = await file.read(chunk, 0, CHUNK, position);
  return chunk.subarray(0, bytesRead);
}

/** Deleted, or cut off behind us: nothing more comes of it. */
async function isOver(file: FileHandle, position: number): Promise<boolean> {
  const { nlink, size } = await file.stat();
  return nlink === 0 || size < position;
}

function takeLines(buffer: Buffer): Readonly<{ lines: readonly Line[]; left: Buffer }> {
  const lines: Line[] = [];
  let start = 0;
  for (let end = buffer.indexOf(NEWLINE); end >= 0; end = buffer.indexOf(NEWLINE, start)) {
    lines.push({ text: buffer.toString('utf8', start, end), bytes: end + 1 - start });
    start = end + 1;
  }
  return { lines, left: buffer.subarray(start) };
}
