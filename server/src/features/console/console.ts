import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { parseArgsStringToArgv } from 'string-argv';
import type { Access, Actor } from '#core/access/index.ts';
import type { Activity } from '#core/activity/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { type Clock, type Duration, type Instant, minutes } from '#kernel/instant.ts';
import { outputOf } from './output.ts';

export type ConsoleOrder = Readonly<{ command: string; cwd?: string; timeoutMs?: Duration; colour?: boolean }>;
export type ConsoleTicket = Readonly<{ token: string; expiresAt: Instant }>;
export type ConsoleEvent =
  | Readonly<{ kind: 'command'; text: string }>
  | Readonly<{ kind: 'folder'; text: string }>
  | Readonly<{ kind: 'output'; from: 'out' | 'err'; text: string }>
  | Readonly<{ kind: 'exit'; code: number }>;

export type ConsoleDeps = Readonly<{
  clock: Clock;
  access: Pick<Access, 'keys'>;
  activity: Pick<Activity, 'record'>;
  /** Our own command line: a program and the words before those of the order. */
  program: Readonly<{ file: string; words: readonly string[] }>;
  /** Where our own server is reached from here. */
  serverUrl(): string;
  dataDir: string;
  timeZone: string;
  /** What any program needs (PATH and the like), and no secret. */
  environment: Readonly<Record<string, string>>;
  /** Whether the host allows a shell (`$ …`). */
  shell: boolean;
}>;

export type Console = Readonly<{
  /** Checks the order and keeps it for five minutes. Throws `invalid` with the field, `forbidden` for what the host does not allow. */
  queue(order: ConsoleOrder, by: Actor): Promise<ConsoleTicket>;
  /** Takes the order out: a token works once, and only for whom it was made. Throws `invalid` for one that is unknown or spent. */
  take(token: string, by: Actor): ConsoleRun;
  /** Ends what runs. */
  close(): void;
}>;

/** Runs once asked for its events; ends with its command, its time, or the signal. */
export type ConsoleRun = (signal: AbortSignal) => AsyncIterable<ConsoleEvent>;

type Kept = Readonly<{ order: ConsoleOrder; folder: string; by: Actor; expiresAt: Instant }>;

const KEPT: Duration = minutes(5);
const LONGEST: Duration = minutes(60);
const MOST_KEPT = 100;
const SHELL = '$';

/**
 * Our own commands, asked for over the API, with the rights of whoever asks and not one more. What acts on the host itself, past all
 * rights, is not among them.
 */
export function createConsole(deps: ConsoleDeps): Console {
  const kept = new Map<string, Kept>();
  const running = new Set<ChildProcess>();

  function forget(): void {
    for (const [token, { expiresAt }] of kept) if (expiresAt <= deps.clock.now()) kept.delete(token);
  }

  async function* run({ order, folder, by }: Kept, signal: AbortSignal): AsyncGenerator<ConsoleEvent> {
    const isShell = order.command.startsWith(SHELL);
    const key = isShell ? undefined : await deps.access.keys.create({ name: 'One command of the console', surface: 'api' }, by);
    await deps.activity.record({
      actor: by,
      verb: 'console.run',
      subject: nameOf(order.command),
      ...(by.personId !== undefined && { personId: by.personId }),
    });
    const timeout = AbortSignal.timeout(Math.min(order.timeoutMs ?? LONGEST, LONGEST));
    const child = isShell
      ? spawn('sh', ['-c', order.command.slice(1).trim()], { cwd: folder, env: plainEnvironment(deps, order), stdio: STDIO })
      : spawn(deps.program.file, [...deps.program.words, ...wordsOf(order.command)], {
          cwd: folder,
          env: { ...plainEnvironment(deps, order), USHERR_URL: deps.serverUrl(), USHERR_API_KEY: key?.key, USHERR_CONSOLE: '1' },
          stdio: STDIO,
        });
    running.add(child);
    try {
      yield { kind: 'command', text: order.command };
      yield { kind: 'folder', text: folder };
      yield* outputOf(child, AbortSignal.any([signal, timeout]));
      if (timeout.aborted) yield { kind: 'output', from: 'err', text: 'The command was ended: its time was over.\n' };
      yield { kind: 'exit', code: child.exitCode ?? 1 };
    } finally {
      child.kill('SIGKILL');
      running.delete(child);
      if (key) await deps.access.keys.revoke(key.record.id, by);
    }
  }

  /** Programs send the folder of a host that they knew before: to our own commands one is as good as another, to a shell it is not. */
  async function folderFor(command: string, wished = deps.dataDir): Promise<string> {
    const isFolder = await stat(wished)
      .then((found) => found.isDirectory())
      .catch(() => false);
    if (!isFolder && command.startsWith(SHELL)) throw invalid('cwd', 'is no folder on this host');
    return isFolder ? wished : deps.dataDir;
  }

  return {
    async queue(order, by) {
      const command = order.command.trim();
      if (command === '' || /[\n\0]/.test(command)) throw invalid('command', 'must be one line with a command');
      if (command.startsWith(SHELL) && !deps.shell) {
        throw new AppError('forbidden', 'A shell is only there where the host sets WS_CONSOLE_ENABLE_ALL=1.');
      }
      if (command.startsWith(SHELL) && command.slice(1).trim() === '') throw invalid('command', 'has nothing after $');
      const folder = await folderFor(command, order.cwd);
      forget();
      if (kept.size >= MOST_KEPT)
        throw new AppError('rate-limited', `${MOST_KEPT} commands wait to be run already. Run them, or wait five minutes.`);
      const token = randomBytes(32).toString('hex');
      const expiresAt = deps.clock.now() + KEPT;
      kept.set(token, { order: { ...order, command }, folder, by, expiresAt });
      return { token, expiresAt };
    },
    take(token, by) {
      forget();
      const found = kept.get(token);
      if (!found || found.by.kind !== by.kind || found.by.id !== by.id)
        throw invalid('token', 'is unknown, spent, or older than five minutes');
      kept.delete(token);
      return (signal) => run(found, signal);
    },
    close() {
      for (const child of running) child.kill('SIGKILL');
    },
  };
}

/** What was run, without what it was told: options may hold tokens. */
const nameOf = (command: string): string => (command.startsWith(SHELL) ? '$ …' : (command.split(/\s+-/, 1)[0]?.slice(0, 60) ?? ''));

const STDIO: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];

/** The bare command, as typed in front of a terminal: `usherr`, `console` and the like before it are taken off. */
function wordsOf(command: string): readonly string[] {
  const words = parseArgsStringToArgv(command);
  return /^(usherr|console|bin\/console|watchstate)$/.test(words[0] ?? '') ? words.slice(1) : words;
}

/** What a program needs to run. The keys, the secret and the database's password of the server are not for it. */
const plainEnvironment = ({ environment, dataDir, timeZone }: ConsoleDeps, { colour }: ConsoleOrder): NodeJS.ProcessEnv => ({
  ...environment,
  TZ: timeZone,
  USHERR_DATA_DIR: dataDir,
  NODE_NO_WARNINGS: '1',
  ...(colour === true ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
});
