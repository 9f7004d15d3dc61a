export { createLogDesk, type LogAnswer, type LogDesk, type LogSearch } from './log-desk.ts';
export { LOG_KINDS, LOG_LEVELS, type LogFilter, type LogLine } from './log-lines.ts';
