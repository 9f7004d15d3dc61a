export { createLogDesk, type LogAnswer, type LogDesk, type LogSearch } from './log-desk.ts';
export type { LogFilter, LogLine } from './log-lines.ts';
