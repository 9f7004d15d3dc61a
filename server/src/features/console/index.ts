export {
  type Console,
  type ConsoleDeps,
  type ConsoleEvent,
  type ConsoleOrder,
  type ConsoleRun,
  type ConsoleTicket,
  createConsole,
} from './console.ts';
