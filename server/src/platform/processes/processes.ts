import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { availableParallelism, totalmem, userInfo } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError, messageOf } from '#kernel/app-error.ts';
import { type Duration, seconds } from '#kernel/instant.ts';

export type HostProcess = Readonly<{
  pid: number;
  parent: number;
  user: string;
  /** Shares in percent, as `ps` tells them. */
  cpu: number;
  memory: number;
  /** With its arguments. */
  command: string;
  /** Its program alone. */
  name: string;
}>;

export type Processes = Readonly<{
  /** Throws `unavailable` where this system does not tell. */
  list(): Promise<readonly HostProcess[]>;
  /** True where the process was started by this one, or by one that was. */
  isOurs(process: HostProcess, all: readonly HostProcess[]): boolean;
  /** Asks it to end and, after five seconds, makes it. False where it goes on even so. */
  end(pid: number): Promise<boolean>;
}>;

export type ProcessesDeps = Readonly<{ own?: number; patienceMs?: Duration; platform?: NodeJS.Platform }>;

const run = promisify(execFile);
const TICKS = 100;
/** A process that is killed is gone as soon as the system has the time, and its parent has heard of it. */
const KILLED_WITHIN = seconds(5);

export function createProcesses({
  own = process.pid,
  patienceMs = seconds(5),
  platform = process.platform,
}: ProcessesDeps = {}): Processes {
  return {
    async list() {
      try {
        return platform === 'linux'
          ? await fromProc()
          : parsePs((await run('ps', ['-axo', 'pid=,ppid=,user=,pcpu=,pmem=,command='])).stdout);
      } catch (cause) {
        throw unavailable(`The processes of this system cannot be read: ${messageOf(cause)}.`, cause);
      }
    },
    isOurs({ pid, parent }, all) {
      if (pid === own) return false;
      const parents = new Map(all.map((one) => [one.pid, one.parent]));
      for (let at = parent, hops = 0; at > 1 && hops < all.length; at = parents.get(at) ?? 0, hops += 1) if (at === own) return true;
      return false;
    },
    async end(pid) {
      if (!signal(pid, 'SIGTERM')) return true;
      if (await isGone(pid, patienceMs)) return true;
      signal(pid, 'SIGKILL');
      return isGone(pid, KILLED_WITHIN);
    },
  };
}

const unavailable = (message: string, cause: unknown): AppError => new AppError('unavailable', message, { cause });

async function isGone(pid: number, withinMs: Duration): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (performance.now() < until) {
    await sleep(25);
    if (!signal(pid, 0)) return true;
  }
  return false;
}

/** False where there is no such process any more. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw unavailable(`The process ${pid} cannot be ended: ${messageOf(cause)}.`, cause);
  }
}

/** `pid ppid user pcpu pmem command…`, a line each. */
export function parsePs(text: string): readonly HostProcess[] {
  return text.split('\n').flatMap((line) => {
    const [, pid, parent, user, cpu, memory, command] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+([\d.,]+)\s+([\d.,]+)\s+(.+?)\s*$/.exec(line) ?? [];
    if (command === undefined || user === undefined) return [];
    const share = (value: string | undefined): number => Number(value?.replace(',', '.'));
    const name = command.split(' ', 1)[0] ?? command;
    return [{ pid: Number(pid), parent: Number(parent), user, cpu: share(cpu), memory: share(memory), command, name }];
  });
}

async function fromProc(): Promise<readonly HostProcess[]> {
  const [uptime = 0] = (await readFile('/proc/uptime', 'utf8')).split(' ').map(Number);
  const users = await userNames();
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = await Promise.all(pids.map((pid) => oneFromProc(pid, uptime, users).catch(() => undefined)));
  return read.flatMap((one) => one ?? []).sort((a, b) => a.pid - b.pid);
}

async function oneFromProc(pid: string, uptime: number, users: ReadonlyMap<string, string>): Promise<HostProcess> {
  const [stat, status, words] = await Promise.all(['stat', 'status', 'cmdline'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8')));
  // The name in brackets may hold blanks and brackets of its own.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  const name = stat?.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')')) ?? '';
  const uid = /^Uid:\s+(\d+)/m.exec(status ?? '')?.[1] ?? '';
  const resident = Number(/^VmRSS:\s+(\d+)/m.exec(status ?? '')?.[1] ?? 0) * 1_024;
  const alive = uptime - Number(fields[19]) / TICKS;
  const worked = (Number(fields[11]) + Number(fields[12])) / TICKS;
  return {
    pid: Number(pid),
    parent: Number(fields[1]),
    user: users.get(uid) ?? uid,
    cpu: alive > 0 ? Math.min(100 * availableParallelism(), (100 * worked) / alive) : 0,
    memory: (100 * resident) / totalmem(),
    command: words?.replaceAll('\0', ' ').trim() || `[${name}]`,
    name,
  };
}

async function userNames(): Promise<ReadonlyMap<string, string>> {
  const { uid, username } = userInfo();
  const known = new Map([[String(uid), username]]);
  const listed = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const line of listed.split('\n')) {
    const [user, , id] = line.split(':');
    if (user !== undefined && id !== undefined) known.set(id, user);
  }
  return known;
}
