export type { LogFile, LogType } from './log-files.ts';
export { createLogging, type Logger, type Logging, type LoggingDeps, silentLogger } from './logging.ts';
