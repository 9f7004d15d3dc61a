import { openAsBlob } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, Option } from 'commander';
import type { HistoryReport, JobQueued } from '#surfaces/app/contract.ts';
import type { CommandContext } from './command-context.ts';
import { usage } from './exit-codes.ts';
import { followJob } from './follow-work.ts';

/** Of what was left, a person at a terminal sees so many; `--json` has a thousand. */
const SHOWN = 20;

function print({ terminal, wantsJson }: CommandContext, report: HistoryReport, again: string): void {
  if (wantsJson()) {
    terminal.json(report);
    return;
  }
  const { service, applied, titles, there, plays, marks, positions, lists, ratings, memos, unasked } = report;
  const would = applied ? '' : 'would be ';
  terminal.print(`An export of ${service}: ${titles} titles, ${there} of which say nothing new.`);
  terminal.print(
    `${plays} plays, ${marks} marks, ${positions} positions, ${lists} places on lists, ${ratings} ratings and ${memos} memos ${would}added.`,
  );
  for (const { title, place, reason } of report.left.slice(0, SHOWN))
    terminal.print(`  ${[title, place].filter(Boolean).join(', ')}: ${reason}`);
  if (report.left_total > SHOWN) terminal.print(`  and ${report.left_total - SHOWN} more that were left or kept as they are here`);
  if (unasked > 0)
    terminal.print(`${unasked} titles were not looked up at the source of metadata: the file has more than one run may ask about.`);
  if (!applied) terminal.print(`Nothing was changed. To take it: ${again}`);
}

async function formOf(files: readonly string[]): Promise<FormData> {
  const form = new FormData();
  for (const file of files) {
    if (!(await stat(file).catch(() => undefined))?.isFile()) throw usage(`There is no file ${file}.`);
    form.append('file', await openAsBlob(file), basename(file));
  }
  return form;
}

type ImportOptions = Readonly<{ person?: string; apply?: true }>;

export const importHistoryCommand = (context: CommandContext): Command =>
  new Command('import-history')
    .description('bring in an export of Trakt, Simkl, TV Time, Letterboxd or Usherr; shown first')
    .argument('<files...>', 'the export as it came, packed or not')
    .option('-u, --person <name>', 'whose history')
    .option('--apply', 'take it; without it nothing is changed')
    .action(async (files: string[], { person, apply }: ImportOptions) => {
      const api = context.api();
      const queued = await api.upload<JobQueued>('/history-files', await formOf(files), { person });
      const shown = await followJob(context, queued, 'Looking');
      const again = `usherr import-history ${files.join(' ')}${person === undefined ? '' : ` --person ${person}`} --apply`;
      const report = (id: string): Promise<HistoryReport> => api.get<HistoryReport>(`/history-files/${id}/report`);
      if (apply !== true) return print(context, await report(shown.id), again);
      const taken = await followJob(context, await api.send<JobQueued>('POST', `/history-files/${shown.id}/apply`), 'Taking');
      print(context, await report(taken.id), again);
    });

type ExportOptions = Readonly<{ person?: string; format: string; output?: string }>;

export const exportHistoryCommand = (context: CommandContext): Command =>
  new Command('export-history')
    .description('write the whole history of a person, to keep it or to take it elsewhere')
    .option('-u, --person <name>', 'whose history')
    .addOption(new Option('-f, --format <format>', 'the form').choices(['json', 'csv']).default('json'))
    .option('-o, --output <file>', 'where to; the standard output unless told')
    .action(async ({ person, format, output }: ExportOptions) => {
      const body = await context.api().download('/history-files/export', { person, format });
      if (output === undefined) {
        for await (const part of body) context.terminal.pass(part);
        return;
      }
      const file = await open(output, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
        throw usage(error.code === 'EEXIST' ? `${output} is there already.` : `${output} cannot be written: ${error.message}`);
      });
      try {
        for await (const part of body) await file.write(part);
      } finally {
        await file.close();
      }
      context.terminal.print(`Written to ${output}.`);
    });
