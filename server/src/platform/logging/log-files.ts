import { closeSync, existsSync, mkdirSync, openSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#kernel/app-error.ts';
import { type Clock, type Duration, days, type Instant } from '#kernel/instant.ts';

export type LogType = 'app' | 'access' | 'task';

export type LogFile = Readonly<{
  /** `<type>.<YYYYMMDD>.log` */
  filename: string;
  type: LogType;
  /** `YYYYMMDD` in the zone of the installation. */
  date: string;
  /** Bytes. */
  size: number;
  modified: Instant;
}>;

export type LogFilesDeps = Readonly<{ dir: string | undefined; clock: Clock; timeZone: string; keepFor?: Duration | undefined }>;

export type LogFiles = Readonly<{
  write(type: LogType, line: string): void;
  list(): LogFile[];
  find(filename: string): Readonly<{ file: LogFile; path: string }>;
  remove(filename: string): void;
  today(): string;
  close(): void;
}>;

const NAME = /^(app|access|task)\.(\d{8})\.log$/;

/** One file a day for each kind of log; none at all without a folder. Files older than `keepFor` (14 days) go when a new day begins. */
export function createLogFiles({ dir: folder, clock, timeZone, keepFor = days(14) }: LogFilesDeps): LogFiles {
  const dir = folder ?? '';
  if (folder !== undefined) mkdirSync(dir, { recursive: true });
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
  const dayOf = (instant: Instant): string => format.format(instant).replaceAll('-', '');
  const open = new Map<LogType, { filename: string; file: number }>();
  // Formatting a date costs more than writing a line, so it is done once a minute.
  let known = { minute: Number.NaN, day: '' };

  const today = (): string => {
    const now = clock.now();
    const minute = Math.floor(now / 60_000);
    if (minute !== known.minute) known = { minute, day: dayOf(now) };
    return known.day;
  };

  const list = (): LogFile[] =>
    (folder === undefined ? [] : readdirSync(dir))
      .map((filename) => ({ filename, match: NAME.exec(filename) }))
      .flatMap(({ filename, match }) => {
        const found = statSync(join(dir, filename), { throwIfNoEntry: false });
        if (!match || !found?.isFile()) return [];
        return [{ filename, type: match[1] as LogType, date: match[2] ?? '', size: found.size, modified: Math.floor(found.mtimeMs) }];
      })
      .sort((one, other) => other.date.localeCompare(one.date) || one.type.localeCompare(other.type));

  const prune = (): void => {
    const oldest = dayOf(clock.now() - keepFor);
    for (const { filename, date } of list()) if (date < oldest) rmSync(join(dir, filename), { force: true });
  };

  const closeType = (type: LogType): void => {
    const current = open.get(type);
    if (current) closeSync(current.file);
    open.delete(type);
  };

  const fileFor = (type: LogType): number => {
    const filename = `${type}.${today()}.log`;
    const current = open.get(type);
    if (current?.filename === filename) return current.file;
    closeType(type);
    const fresh = !existsSync(join(dir, filename));
    const file = openSync(join(dir, filename), 'a', 0o640);
    open.set(type, { filename, file });
    if (fresh) prune();
    return file;
  };

  const find = (filename: string): Readonly<{ file: LogFile; path: string }> => {
    const file = list().find((entry) => entry.filename === filename);
    if (!file) throw new AppError('not-found', `There is no log file ${filename}.`);
    return { file, path: join(dir, filename) };
  };

  return {
    write: (type, line) => {
      if (folder === undefined) return;
      try {
        writeSync(fileFor(type), line);
      } catch {
        // A full disk must not stop what is being logged; the same line still goes to the standard output.
      }
    },
    list,
    find,
    remove: (filename) => {
      const { file, path } = find(filename);
      if (open.get(file.type)?.filename === filename) closeType(file.type);
      rmSync(path, { force: true });
    },
    today,
    close: () => {
      for (const type of [...open.keys()]) closeType(type);
    },
  };
}
