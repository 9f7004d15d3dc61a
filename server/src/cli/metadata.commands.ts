import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import type { JobQueued, LoadedMapping, MappingReport, MetadataState } from '#surfaces/app/contract.ts';
import { type CommandContext, day, yesNo } from './command-context.ts';
import { usage } from './exit-codes.ts';
import { followJob } from './follow-work.ts';
import { runTask } from './sync.commands.ts';

async function showMetadata({ api, terminal, wantsJson }: CommandContext): Promise<void> {
  const state = await api().get<MetadataState>('/metadata');
  if (wantsJson()) return terminal.json(state);
  const { titles } = state;
  terminal.table(
    [
      {
        source: state.source,
        key: yesNo(state.has_key),
        due: String(state.due),
        known: String(titles.told),
        'not known there': String(titles.unknown),
        doubtful: String(titles.doubtful),
        'without ids': String(titles.no_ids),
        failed: String(titles.failed),
        'calls today': `${state.calls_today} of ${state.calls_a_day}`,
      },
    ],
    '',
  );
  for (const { title, fault, retry_at: at } of state.failed) terminal.print(`${title}: ${fault} Asked again ${day(at)}.`);
  if (!state.has_key) terminal.print(`Nothing is asked without your own key: usherr settings set metadata.${state.source}-key <key>`);
}

export const metadataCommand = (context: CommandContext): Command =>
  new Command('metadata')
    .description('what a source of metadata was asked about the titles that are tracked')
    .addCommand(
      new Command('show').description('how far it is').action(() => showMetadata(context)),
      { isDefault: true },
    )
    .addCommand(
      new Command('check').description('whether the source takes the key').action(async () => {
        await context.api().send('POST', '/metadata/check');
        if (context.wantsJson()) return context.terminal.json({ accepted: true });
        context.terminal.print('The key is good.');
      }),
    )
    .addCommand(
      new Command('fill')
        .description('ask about what is due now')
        .option('--no-wait', 'do not wait until it is done')
        .action((options: Readonly<{ wait: boolean }>) => runTask(context, 'metadata', {}, options)),
    )
    .addCommand(
      new Command('forget').description('forget what the source told, and ask for it again').action(async () => {
        await context.api().send('DELETE', '/metadata');
        if (context.wantsJson()) return context.terminal.json({ forgotten: true });
        context.terminal.print('What the source told is forgotten. It is asked for again at the next run.');
      }),
    );

function printReport({ terminal }: CommandContext, report: MappingReport, file: string): void {
  const ids = Object.entries(report.ids).map(([provider, count]) => `${count} of ${provider}`);
  terminal.print(
    `Format ${report.format}: ${report.entries} titles, of which ${report.placed} have places by TVDB; ids: ${ids.join(', ')}.`,
  );
  const would = report.applied ? '' : 'would be ';
  terminal.print(
    report.unchanged
      ? 'It is what is loaded already: nothing to do.'
      : `${report.added} ${would}added, ${report.changed} ${would}changed, ${report.removed} ${would}removed.`,
  );
  if (!report.applied && !report.unchanged) terminal.print(`Nothing was changed. To do it: usherr anime import ${file} --apply`);
}

async function importMapping(context: CommandContext, file: string, apply: boolean): Promise<void> {
  const content = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw usage(`The file ${file} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  });
  const queued = await context.api().send<JobQueued>('POST', '/anime/mappings', { content, apply });
  const job = await followJob(context, queued, apply ? 'Importing' : 'Looking');
  const report = job.result as MappingReport;
  if (context.wantsJson()) return context.terminal.json(report);
  printReport(context, report, file);
}

async function listMappings({ api, terminal, wantsJson }: CommandContext): Promise<void> {
  const loaded = await api().get<LoadedMapping[]>('/anime/mappings');
  if (wantsJson()) return terminal.json(loaded);
  terminal.table(
    loaded.map((one) => ({ format: one.format, titles: String(one.entries), spans: String(one.spans), imported: day(one.imported_at) })),
    'No mapping is loaded: nothing is known of where episodes of anime are in the other numbering.',
  );
}

export const animeCommand = (context: CommandContext): Command =>
  new Command('anime')
    .description('the mapping of anime between TVDB and the sites of anime')
    .addCommand(
      new Command('list').description('the mapping files that are loaded').action(() => listMappings(context)),
      { isDefault: true },
    )
    .addCommand(
      new Command('import')
        .description('load a mapping file, in the place of the one of its format; shown first')
        .argument('<file>', 'the XML of Anime-Lists, or the JSON of Fribb/anime-lists')
        .option('--apply', 'load it; without it nothing is changed')
        .action((file: string, { apply = false }: Readonly<{ apply?: true | false }>) => importMapping(context, file, apply)),
    )
    .addCommand(
      new Command('forget')
        .description('forget a mapping')
        .argument('<format>', 'as the list names it')
        .action(async (format: string) => {
          await context.api().send('DELETE', `/anime/mappings/${encodeURIComponent(format)}`);
          if (context.wantsJson()) return context.terminal.json({ format, forgotten: true });
          context.terminal.print(`The mapping ${format} is forgotten.`);
        }),
    );
