import type { Instant } from '#kernel/instant.ts';
import type { LogEntry, LogType } from '#platform/logging/index.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Which kinds of log there are. `access` has a line for each request, which would drown the others. */
export const LOG_KINDS = ['app', 'task', 'access'] as const satisfies readonly LogType[];

export type LogFilter = Readonly<{
  /** This level and worse. */
  level?: LogLevel | undefined;
  /** `app` and `task` unless told. */
  kinds?: readonly LogType[] | undefined;
  /** The room that wrote it. */
  room?: string | undefined;
  /** A part of what it says, its fields included, in any case. */
  text?: string | undefined;
}>;

export type LogLine = Readonly<{
  id: string;
  kind: LogType;
  at: Instant | undefined;
  level: string;
  room: string | undefined;
  text: string;
  fields: Readonly<Record<string, unknown>>;
}>;

const wordOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

export function lineOf(kind: LogType, { id, at, level, text, fields }: LogEntry): LogLine {
  const { room, ...rest } = fields;
  return { id, kind, at, level, room: wordOf(room), text, fields: rest };
}

/** Whether a line is one that was asked for. */
export function createFits({ level, room, text }: LogFilter): (line: LogLine) => boolean {
  const least = level === undefined ? 0 : LOG_LEVELS.indexOf(level);
  const wanted = text?.toLowerCase();
  return (line) => {
    // A word that is no level of ours is shown: nobody can tell how bad it is.
    const rank = (LOG_LEVELS as readonly string[]).indexOf(line.level);
    if (rank >= 0 && rank < least) return false;
    if (room !== undefined && line.room !== room) return false;
    return wanted === undefined || `${line.text} ${JSON.stringify(line.fields)}`.toLowerCase().includes(wanted);
  };
}
