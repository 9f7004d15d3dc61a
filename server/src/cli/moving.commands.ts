import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import type { Backup, JobQueued, MovingReport } from '#surfaces/app/contract.ts';
import { type CommandContext, day, orDash, yesNo } from './command-context.ts';
import { usage } from './exit-codes.ts';
import { followJob } from './follow-work.ts';
import { gathered, takingFormerFlags } from './former-flags.ts';
import { runBody, runTask, type Scope } from './sync.commands.ts';

/** Of what was not taken, a person at a terminal sees so many; `--json` has all. */
const SHOWN = 20;

type Counts = MovingReport['backups'];

const counted = ({ taken, there, refused }: Counts): string => `${taken} taken, ${there} here already, ${refused} not taken`;

function printReport({ terminal }: CommandContext, report: MovingReport): void {
  const would = report.applied ? '' : 'would be ';
  terminal.table(
    report.people.map(({ name, is, history }) => ({
      person: name,
      is,
      records: String(history.records),
      [`${would}taken`]: String(history.taken),
      [`${would}added to`]: String(history.changed),
      'here already': String(history.there),
      'not taken': String(history.refused),
    })),
    'There is nobody.',
  );
  const backends = report.people.flatMap(({ name, backends: own }) =>
    own.map((backend) => ({
      person: name,
      backend: backend.name,
      type: orDash(backend.type),
      is: backend.known_as === undefined ? backend.is : `here as ${backend.known_as}`,
      items: `${backend.items.taken} taken, ${backend.items.there} here, ${backend.items.refused} left`,
      why: orDash(backend.reason),
    })),
  );
  if (backends.length > 0) terminal.table(backends, '');
  for (const { name, ignore_rules: rules } of report.people) {
    if (rules.taken + rules.there + rules.refused > 0) terminal.print(`Ignore rules of ${name}: ${counted(rules)}`);
  }
  const others = { 'Custom ids': report.custom_ids, Suppressions: report.suppressions, Mapping: report.mapping, Backups: report.backups };
  for (const [name, counts] of Object.entries(others)) {
    if (counts.taken + counts.there + counts.refused > 0) terminal.print(`${name}: ${counted(counts)}`);
  }
  printLosses(terminal, report);
}

function printLosses(terminal: CommandContext['terminal'], report: MovingReport): void {
  for (const { kind, reason, count, examples } of report.left)
    terminal.print(`Left out of ${count} ${kind}s: ${reason} (${examples[0] ?? ''}${count > 1 ? ', …' : ''})`);
  if (report.refused.length === 0) return;
  terminal.print('Not taken:');
  for (const [reason, count] of Object.entries(report.reasons)) terminal.print(`  ${count} × ${reason}`);
  for (const { person, what, reason } of report.refused.slice(0, SHOWN))
    terminal.print(`  ${person === undefined ? '' : `${person}: `}${what}: ${reason}`);
  if (report.refused.length > SHOWN) terminal.print(`  and ${report.refused.length - SHOWN} more: --json has all of them`);
}

async function follow(context: CommandContext, queued: JobQueued, title: string, again: string): Promise<void> {
  const job = await followJob(context, queued, title);
  const report = await context.api().get<MovingReport>(`/moving-in/${job.id}/report`);
  if (context.wantsJson()) return context.terminal.json(report);
  printReport(context, report);
  const { terminal } = context;
  if (!report.applied) return terminal.print(`Nothing was changed. To do it: ${again}`);
  if (report.copy !== undefined) terminal.print(`The database as it was before: ${report.copy}`);
  if (report.people.some((person) => person.backends.some((backend) => backend.is === 'new')))
    terminal.print('Next: usherr plan shows what your servers would be told, and usherr approve begins it.');
}

export const migrateCommand = (context: CommandContext): Command =>
  new Command('migrate')
    .description('move in from another program: people, backends, history, ignore rules and backups; shown first')
    .argument('<program>', 'watchstate')
    .argument('<folder>', 'its data folder, as the server sees it')
    .option('--apply', 'take it over; without it nothing is changed')
    .action(async (program: string, folder: string, { apply = false }: Readonly<{ apply?: true | false }>) => {
      const queued = await context.api().send<JobQueued>('POST', '/moving-in', { program, folder: resolve(folder), apply });
      await follow(context, queued, apply ? 'Moving in' : 'Looking', `usherr migrate ${program} ${folder} --apply`);
    });

type RestoreOptions = Readonly<{ person?: string; apply?: true; execute?: true; selectBackend?: string }>;

/** A file that is there, else the name of one in the server's own folder of backups. */
const placeOf = (file: string): string => (/[/\\]/.test(file) || existsSync(file) ? resolve(file) : file);

export function restoreCommand(context: CommandContext, name = 'restore'): Command {
  const command = new Command(name)
    .description('bring a history back from a portable backup; shown first')
    .argument('<file>', 'the name of a backup, or a file that the server can read')
    .option('-u, --person <name>', 'whose history')
    .option('--apply', 'bring it back; without it nothing is changed');
  if (name !== 'restore') {
    command
      .option('--execute', 'the same as --apply')
      .option('-y, --assume-yes', 'taken for the sake of scripts')
      .option('-i, --ignore', 'taken for the sake of scripts')
      .option('-P, --restore-progress', 'taken for the sake of scripts: progress comes back in any case')
      .option('--timeout <seconds>', 'taken for the sake of scripts')
      .option('-s, --select-backend <name>', 'refused: a history comes back for all backends');
  }
  return command.action(async (file: string, options: RestoreOptions) => {
    if (options.selectBackend !== undefined)
      throw usage('A restore brings the history back, and all backends of the person follow it. Leave --select-backend out.');
    const apply = options.apply === true || options.execute === true;
    const person = options.person === undefined ? {} : { person: options.person };
    const queued = await context.api().send<JobQueued>('POST', '/restore', { file: placeOf(file), apply, ...person });
    await follow(
      context,
      queued,
      apply ? 'Restoring' : 'Looking',
      `usherr ${name} ${file} ${name === 'restore' ? '--apply' : '--execute'}`,
    );
  });
}

async function listBackups({ api, terminal, wantsJson }: CommandContext): Promise<void> {
  const backups = await api().get<Backup[]>('/backups');
  if (wantsJson()) return terminal.json(backups);
  const rows = backups.map(({ name, automatic, size, at }) => ({
    name,
    kept: yesNo(!automatic),
    size: `${Math.ceil(size / 1_024)} KiB`,
    written: day(at),
  }));
  terminal.table(rows, 'There is none.');
}

type BackupOptions = Scope & Readonly<{ keep?: true; dryRun?: true; compress: boolean; file?: string; wait: boolean }>;

/** WatchState's options are ours; those that mean nothing here are taken for the sake of scripts. */
export function backupCommand(context: CommandContext, name = 'backup'): Command {
  const command = new Command(name)
    .enablePositionalOptions()
    .description('write portable backups: the history of each person, and what each backend says')
    .option('-u, --person <name>', 'only for this person')
    .option('-s, --select-backend <name>', 'only what this backend says; again for one more', gathered, [])
    .option('-k, --keep', 'never delete it by the clock')
    .option('-N, --no-compress', 'plain JSON')
    .option('--dry-run', 'write nothing')
    .option('--no-wait', 'do not wait until it is done');
  const run = (words: readonly string[], { keep, dryRun, compress, file, wait, ...scope }: BackupOptions): Promise<void> => {
    if (file !== undefined) throw usage('Backups are written into the folder of backups, under names of their own. Leave --file out.');
    const args = [...(keep ? ['--keep'] : []), ...(compress ? [] : ['--no-compress']), ...(dryRun ? ['--dry-run'] : [])];
    return runTask(context, 'backup', runBody(scope, words, args), { wait, told: dryRun === true });
  };
  if (name === 'backup') {
    const list = new Command('list').description('the backups that are there').action(() => listBackups(context));
    return command.action((options: BackupOptions) => run([], options)).addCommand(list);
  }
  return takingFormerFlags(command.argument('[words...]').option('--file <file>', 'refused: the name is given')).action(
    (words: string[], options: BackupOptions) => run(words, options),
  );
}
