import pino from 'pino';
import { type Clock, type Duration, systemClock } from '#kernel/instant.ts';
import { recordOf, textOf } from './log-entry.ts';
import { createLogFiles, type LogFile, type LogType } from './log-files.ts';
import { createLogReader, type LogReader } from './log-reader.ts';
import { createLogWalk, type LogWalk } from './log-walk.ts';
import { redactFields, redactText } from './redaction.ts';

type LogLine = {
  (fields: object, message?: string): void;
  (message: string): void;
};

/** What a room logs with. Fields first: `logger.warn({ backend, err }, 'The library could not be read')`. */
export type Logger = Readonly<{
  trace: LogLine;
  debug: LogLine;
  info: LogLine;
  warn: LogLine;
  error: LogLine;
  fatal: LogLine;
  /** A logger that adds these fields to every line. */
  child(fields: Record<string, unknown>): Logger;
}>;

export type LoggingDeps = Readonly<{
  level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  /** The folder of the daily files; without it nothing is written to disk. */
  dir?: string | undefined;
  clock?: Clock;
  timeZone?: string;
  /** How long the daily files are kept: 14 days unless told. */
  keepFor?: Duration;
  /** Values that may never appear in a line, whatever carries them: the owner's key, the secret. */
  secrets?: readonly (string | undefined)[];
  /** Where lines go besides the files; the standard output unless told. */
  output?: Readonly<{ write(line: string): unknown }>;
}>;

export type Logging = Readonly<{
  /** A logger of one kind. `access` lines go to their file alone, for they would drown the others on a terminal. */
  logger(type: LogType, fields?: Record<string, unknown>): pino.Logger;
  /** The daily files, newest first. Empty without a folder. */
  files(): LogFile[];
  /** The absolute path of a daily file. @throws AppError `not-found` for any other name, so that no path can be smuggled in. */
  locate(filename: string): Readonly<{ file: LogFile; path: string }>;
  /** @throws AppError `not-found` */
  remove(filename: string): void;
  /** `YYYYMMDD`, as the names of today's files have it. */
  today(): string;
  /** The daily files, line by line. */
  read: LogReader;
  /** The same in either direction, from any place. */
  walk: LogWalk;
  /** From now on, lines whose text it is true for are not written at all. Undefined writes all of them again. */
  suppress(hides: ((text: string) => boolean) | undefined): void;
  close(): void;
}>;

/** Below this, a value is too short to be told from ordinary words. */
const SHORTEST_SECRET = 6;

/** Structured logs (a JSON object a line) to the standard output and to daily files, with every credential hidden. */
export function createLogging(deps: LoggingDeps): Logging {
  const { level, dir, clock = systemClock, keepFor, output = process.stdout } = deps;
  const timeZone = deps.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const files = createLogFiles({ dir, clock, timeZone, keepFor });
  const secrets = (deps.secrets ?? []).filter((secret) => secret !== undefined && secret.length >= SHORTEST_SECRET);
  const hidden = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  const clean = (line: string): string => hidden.reduce((kept, secret) => kept.replaceAll(secret, '[hidden]'), redactText(line));

  let hides: ((text: string) => boolean) | undefined;
  const isHidden = (line: string): boolean => {
    const record = hides === undefined ? undefined : recordOf(line);
    return record !== undefined && hides?.(textOf(record)) === true;
  };

  const make = (type: LogType): pino.Logger => {
    const root = pino(
      {
        level,
        base: { type },
        timestamp: () => `,"time":${clock.now()}`,
        // The level as a word: who reads these lines reads them with eyes or with jq.
        formatters: { level: (label) => ({ level: label }), log: redactFields },
        // Errors are taken apart by redactFields already.
        serializers: { err: (value: unknown) => value },
        hooks: { streamWrite: clean },
      },
      {
        write: (line: string) => {
          if (isHidden(line)) return;
          files.write(type, line);
          if (type !== 'access' || dir === undefined) output.write(line);
        },
      },
    );
    // The fields of a child go past the formatters, and fastify makes one for every request.
    const child = root.child;
    root.child = function (this: pino.Logger, fields, options) {
      return child.call(this, redactFields(fields), options);
    } as typeof child;
    return root;
  };
  const roots: Readonly<Record<LogType, pino.Logger>> = { app: make('app'), access: make('access'), task: make('task') };

  return {
    logger: (type, fields) => (fields ? roots[type].child(fields) : roots[type]),
    files: files.list,
    locate: files.find,
    remove: files.remove,
    today: files.today,
    read: createLogReader(files),
    walk: createLogWalk(files),
    suppress: (rule) => {
      hides = rule;
    },
    close: files.close,
  };
}

const nothing = (): void => undefined;

/** A logger that says nothing. */
export const silentLogger: Logger = {
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  fatal: nothing,
  child: () => silentLogger,
};
