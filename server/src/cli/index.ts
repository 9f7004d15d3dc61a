import { Command, CommanderError } from 'commander';
import { isAppError, messageOf } from '#kernel/app-error.ts';
import { createApiClient } from './api-client.ts';
import { appCommand, grantCommand } from './apps.commands.ts';
import { addBackend, backendCommand, editBackend, listBackends, testBackend } from './backend.commands.ts';
import type { CommandContext } from './command-context.ts';
import { deskCommand } from './desk.commands.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';
import { historyCommand } from './history.commands.ts';
import { exportHistoryCommand, importHistoryCommand } from './history-files.commands.ts';
import { apiKeyAlias, keyCommand, resetPassword, userCommand } from './household.commands.ts';
import { animeCommand, metadataCommand } from './metadata.commands.ts';
import { backupCommand, migrateCommand, restoreCommand } from './moving.commands.ts';
import { binCommand, conflictsCommand, mergesCommand, settingsCommand } from './records.commands.ts';
import { requestsCommand } from './requests.commands.ts';
import { approveCommand, planCommand, rejectCommand, runCommand } from './sync.commands.ts';
import { createTerminal, type TerminalDeps } from './terminal.ts';
import { trackerCommand } from './tracker.commands.ts';
import { eventCommand, listEvents, taskAlias, taskCommand, tasksAlias, viewEvent } from './work.commands.ts';

export { askSecret } from './ask-secret.ts';

export type CliDeps = Readonly<{
  version: string;
  out: TerminalDeps['out'];
  err: TerminalDeps['err'];
  /** Where the server is and what it is shown, where the command line does not say. */
  url: string;
  apiKey(): string | undefined;
  askSecret: CommandContext['askSecret'];
  resetPassword: CommandContext['resetPassword'];
}>;

const EXIT_CODES = `
Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no server answers, 4 refused by the server, 5 a run stopped and a plan waits.
The key is taken from --api-key, else USHERR_API_KEY, else the file cli.key in the data folder of this host's own server.`;

const IMPORT = 'read plays and progress from the backends, and tell the others what is learned';
const EXPORT = 'compare the backends with the history, and tell them whatever differs';

type Global = Readonly<{ url?: string; apiKey?: string; json?: true }>;

function createProgram(deps: CliDeps): Readonly<{ program: Command; wantsJson(): boolean }> {
  const program = new Command('usherr');
  const given = (): Global => program.opts<Global>();
  const wantsJson = (): boolean => given().json === true;
  const context: CommandContext = {
    api: () => createApiClient({ url: given().url ?? deps.url, apiKey: given().apiKey ?? deps.apiKey() }),
    terminal: createTerminal({ ...deps, wantsJson }),
    wantsJson,
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    askSecret: deps.askSecret,
    resetPassword: deps.resetPassword,
  };
  program
    .enablePositionalOptions()
    .description('Keeps Plex, Jellyfin and Emby in agreement on what was watched, and Seerrs on what was asked for.')
    .version(deps.version)
    .option('--url <address>', 'where the server is; USHERR_URL, or http://localhost:4848')
    .option('--api-key <key>', 'what it is shown')
    .option('--json', 'answer in JSON')
    .addHelpText('after', EXIT_CODES)
    .addCommand(backendCommand(context))
    .addCommand(runCommand(context, 'import', IMPORT, 'import'))
    .addCommand(runCommand(context, 'export', EXPORT, 'export'))
    .addCommand(planCommand(context))
    .addCommand(approveCommand(context))
    .addCommand(rejectCommand(context))
    .addCommand(historyCommand(context))
    .addCommand(userCommand(context))
    .addCommand(keyCommand(context))
    .addCommand(trackerCommand(context))
    .addCommand(appCommand(context))
    .addCommand(grantCommand(context))
    .addCommand(backupCommand(context))
    .addCommand(restoreCommand(context))
    .addCommand(importHistoryCommand(context))
    .addCommand(exportHistoryCommand(context))
    .addCommand(migrateCommand(context))
    .addCommand(deskCommand(context))
    .addCommand(requestsCommand(context))
    .addCommand(taskCommand(context))
    .addCommand(eventCommand(context))
    .addCommand(conflictsCommand(context))
    .addCommand(mergesCommand(context))
    .addCommand(binCommand(context))
    .addCommand(settingsCommand(context))
    .addCommand(metadataCommand(context))
    .addCommand(animeCommand(context));
  // The names that WatchState's users have in their fingers and scripts.
  for (const alias of [
    runCommand(context, 'import', IMPORT, 'state:import'),
    runCommand(context, 'export', EXPORT, 'state:export'),
    backupCommand(context, 'state:backup'),
    restoreCommand(context, 'backend:restore'),
    taskAlias(context, 'state:validate', 'validate'),
    taskAlias(context, 'db:index', 'indexes'),
    taskAlias(context, 'system:index', 'indexes'),
    taskAlias(context, 'system:prune', 'prune'),
    addBackend(context, 'config:add'),
    listBackends(context, 'config:list'),
    listBackends(context, 'config:view'),
    editBackend(context, 'config:edit'),
    testBackend(context, 'config:test'),
    historyCommand(context, 'history:list'),
    listEvents(context, 'events:list'),
    viewEvent(context, 'events:view'),
    tasksAlias(context),
    apiKeyAlias(context),
    resetPassword(context, 'system:resetpassword'),
  ]) {
    program.addCommand(alias, { hidden: true });
  }
  return { program, wantsJson };
}

/** Global options may stand anywhere, as people type them; and a wrong usage throws instead of ending the process. */
function prepare(command: Command, deps: CliDeps): void {
  command.exitOverride().configureOutput({
    writeOut: (text) => void deps.out.write(text),
    writeErr: (text) => void deps.err.write(text),
  });
  for (const child of command.commands) prepare(child, deps);
}

const GLOBAL_FLAGS: ReadonlySet<string> = new Set(['--json']);
const GLOBAL_VALUES: ReadonlySet<string> = new Set(['--url', '--api-key']);

/** `usherr history --json` as `usherr --json history`. */
function globalsFirst(words: readonly string[]): readonly string[] {
  const [first, rest]: [string[], string[]] = [[], []];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') return [...first, ...rest, ...words.slice(at)];
    const [name = word] = word.split('=', 1);
    if (GLOBAL_FLAGS.has(word) || (GLOBAL_VALUES.has(name) && word.includes('='))) first.push(word);
    else if (GLOBAL_VALUES.has(word)) {
      first.push(word, words[at + 1] ?? '');
      at += 1;
    } else rest.push(word);
  }
  return [...first, ...rest];
}

/** A wrong usage has been told by then; help that nobody asked for (a group without its command) is one too. */
function faultIn(error: unknown): Readonly<{ code: string; message: string; exit: number }> {
  if (error instanceof CommanderError) {
    const message =
      error.code === 'commander.help' ? 'A command is missing: --help shows them all.' : error.message.replace(/^error: /, '');
    return { code: 'invalid', message, exit: EXIT.usage };
  }
  return { code: isAppError(error) ? error.code : 'internal', message: messageOf(error), exit: exitCodeOf(error) };
}

/** Runs one command line (without the names of the programs) and answers the exit code. Never throws. */
export async function runCli(words: readonly string[], deps: CliDeps): Promise<number> {
  const { program, wantsJson } = createProgram(deps);
  prepare(program, deps);
  try {
    await program.parseAsync([...globalsFirst(words)], { from: 'user' });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    const { exit, ...told } = faultIn(error);
    if (wantsJson()) deps.out.write(`${JSON.stringify({ error: { ...told, exit } })}\n`);
    if (!(error instanceof CommanderError)) deps.err.write(`${told.message}\n`);
    return exit;
  }
}
