import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';

/** A program of somebody else, as it was found. `environment` is added to what every program sees. */
export type Program = Readonly<{ path: string; environment?: Readonly<Record<string, string>> }>;

export type ProgramCall = Readonly<{
  program: Program;
  args: readonly string[];
  cwd?: string;
  /** Ends the program; the answer is then a rejection. */
  signal?: AbortSignal;
}>;

export type Outcome = Readonly<{ code: number | null; stderr: string }>;

export type RunningProgram = Readonly<{
  /** What it writes, piece by piece; it waits while nobody reads. */
  output: AsyncIterable<Buffer>;
  ended: Promise<Outcome>;
  /** At once: there is nothing that it would have to tidy up. */
  kill(): void;
}>;

export type ProgramRunner = Readonly<{
  /** To its end. Rejects where it cannot be started, was ended by the signal, or wrote more than `mostBytes`. */
  run(call: ProgramCall & Readonly<{ mostBytes?: number }>): Promise<Outcome & Readonly<{ stdout: Buffer }>>;
  start(call: ProgramCall): RunningProgram;
}>;

const MOST_BYTES = 64 * 1_048_576;
/** The end of what it complains about is what matters. */
const MOST_COMPLAINT = 4_000;
/** People who ask for a page are served before pictures are encoded. */
const NICE = 5;

/** Starts programs: never through a shell, and with the part of our environment that they need. */
export function createProgramRunner(environment: Readonly<Record<string, string>>): ProgramRunner {
  function start({ program, args, cwd, signal }: ProgramCall): RunningProgram {
    const child = spawn(program.path, args, {
      env: { ...environment, ...program.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      ...(cwd !== undefined && { cwd }),
      ...(signal && { signal, killSignal: 'SIGKILL' as const }),
    });
    let stderr = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      stderr = `${stderr}${text}`.slice(-MOST_COMPLAINT);
    });
    child.once('spawn', () => beNice(child.pid));
    const ended = new Promise<Outcome>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stderr: stderr.trim() }));
    });
    // Whoever reads the output alone still hears of it: the output ends.
    ended.catch(() => undefined);
    return { output: child.stdout, ended, kill: () => void child.kill('SIGKILL') };
  }

  return {
    start,
    async run({ mostBytes = MOST_BYTES, ...call }) {
      const running = start(call);
      const pieces: Buffer[] = [];
      let size = 0;
      for await (const piece of running.output) {
        size += piece.length;
        pieces.push(piece);
        if (size <= mostBytes) continue;
        running.kill();
        throw new Error(`${call.program.path} wrote more than ${mostBytes} bytes.`);
      }
      return { ...(await running.ended), stdout: Buffer.concat(pieces) };
    },
  };
}

function beNice(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, NICE);
  } catch {
    // It has ended already, or the system does not let us.
  }
}
