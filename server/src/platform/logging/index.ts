export { type LogEntry, recordOf } from './log-entry.ts';
export type { LogFile, LogType } from './log-files.ts';
export type { FollowedEntry, LogPage, LogReader } from './log-reader.ts';
export type { LogWalk, WalkedEntry } from './log-walk.ts';
export { createLogging, type Logger, type Logging, type LoggingDeps, silentLogger } from './logging.ts';
