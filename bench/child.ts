import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const QUIET = '--disable-warning=ExperimentalWarning';
const TICKS_PER_SECOND = 100;

export const pathOf = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** A process of the benchmark: it ends with us, and its faults are ours. */
export function startChild(file: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return fork(file, args, { execArgv: [QUIET], env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}

/** The child's first message, or its last words as an error where it ended before. */
export function firstMessage<T>(child: ChildProcess): Promise<T> {
  const complaints: string[] = [];
  child.stderr?.on('data', (chunk) => complaints.push(String(chunk)));
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`A process of the benchmark ended with ${code}: ${complaints.join('').slice(-2_000)}`)));
  });
}

/** The first line of the child's output that matches. */
export function firstLine(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  const complaints: string[] = [];
  child.stderr?.on('data', (chunk) => complaints.push(String(chunk)));
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('the child has no output');
    createInterface(child.stdout).on('line', (line) => {
      const found = pattern.exec(line);
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`A process of the benchmark ended with ${code}: ${complaints.join('').slice(-2_000)}`)));
  });
}

export async function endChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 15_000);
  await ended;
  clearTimeout(timer);
}

/** Processor time of all threads of a process so far, in ms. Linux only; elsewhere not a number. */
export function cpuOf(pid: number | undefined): number {
  const text = readProc(`/proc/${pid}/stat`);
  // The second field is a name in brackets that may hold blanks.
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  return fields === undefined ? Number.NaN : ((Number(fields[11]) + Number(fields[12])) * 1_000) / TICKS_PER_SECOND;
}

/** Resident memory of a process, in MB of 1,000,000 bytes. Linux only; elsewhere not a number. */
export function memoryOf(pid: number | undefined): number {
  const kib = /^VmRSS:\s+(\d+)/m.exec(readProc(`/proc/${pid}/status`) ?? '')?.[1];
  return kib === undefined ? Number.NaN : (Number(kib) * 1_024) / 1_000_000;
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The highest memory of a process while it is watched. */
export function watchMemory(pid: number | undefined, everyMs = 100): Readonly<{ stop(): number }> {
  let peak = memoryOf(pid);
  const timer = setInterval(() => {
    peak = Math.max(peak, memoryOf(pid));
  }, everyMs);
  return {
    stop() {
      clearInterval(timer);
      return Math.max(peak, memoryOf(pid));
    },
  };
}
