export { createProcesses, type HostProcess, type Processes } from './processes.ts';
