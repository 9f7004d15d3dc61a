import { Command } from 'commander';
import type { Static } from 'typebox';
import type { BinEntry, Conflict, Medium, Merge, Setting } from '#surfaces/app/contract.ts';
import { type CommandContext, day, done, orDash, yesNo } from './command-context.ts';
import { usage } from './exit-codes.ts';
import { readValue } from './read-value.ts';

const nameOf = ({ title, year, series, season, episode }: Medium): string =>
  series === null ? `${title} (${orDash(year)})` : `${series.title} ${orDash(season)}x${orDash(episode)}`;

const CHOICES = ['new', 'merge', 'apart', 'leave'];

/** Titles whose ids contradict each other. */
export function conflictsCommand(context: CommandContext): Command {
  const list = new Command('list')
    .description('what only a person can tell')
    .option('--state <state>', 'open, settled or all', 'open')
    .action(async ({ state }: Readonly<{ state: string }>) => {
      const { items } = await context.api().get<{ items: Static<typeof Conflict>[] }>('/conflicts', { state, per_page: 1_000 });
      if (context.wantsJson()) return context.terminal.json(items);
      const rows = items.map((one) => ({
        id: String(one.id),
        about: one.copy?.title ?? '',
        candidates: one.candidates.map((medium) => `${medium.id} ${nameOf(medium)}`).join(', '),
        why: one.reason,
        settled: orDash(one.resolution),
      }));
      context.terminal.table(rows, 'Nothing waits to be settled.');
    });
  const settle = new Command('settle')
    .description('say which title it is (a number of the candidates), or new, merge, apart or leave')
    .argument('<id>')
    .argument('<answer>')
    .action(async (id: string, answer: string) => {
      const choice = /^\d+$/.test(answer) ? { media: Number(answer) } : CHOICES.includes(answer) ? { choice: answer } : undefined;
      if (choice === undefined) throw usage(`The answer is the number of a candidate, or one of ${CHOICES.join(', ')}.`);
      await context.api().send('POST', `/conflicts/${encodeURIComponent(id)}/settle`, choice);
      done(context, { settled: Number(id), ...choice }, `Settled conflict ${id}.`);
    });
  return new Command('conflicts')
    .description('titles whose ids contradict each other')
    .addCommand(list, { isDefault: true })
    .addCommand(settle);
}

export function mergesCommand(context: CommandContext): Command {
  const list = new Command('list').description('entries that became one title').action(async () => {
    const { items } = await context.api().get<{ items: Merge[] }>('/merges', { per_page: 1_000 });
    if (context.wantsJson()) return context.terminal.json(items);
    const rows = items.map((merge) => ({
      id: String(merge.id),
      from: `${merge.from.id} ${nameOf(merge.from)}`,
      into: `${merge.into.id} ${nameOf(merge.into)}`,
      by: merge.by,
      at: day(merge.at),
      split: day(merge.split_at),
    }));
    context.terminal.table(rows, 'There is none.');
  });
  const split = new Command('split')
    .description('take a merge back; the two are held apart from then on')
    .argument('<id>')
    .action(async (id: string) => {
      await context.api().send('POST', `/merges/${encodeURIComponent(id)}/split`);
      done(context, { split: Number(id) }, `Split merge ${id}.`);
    });
  const merge = new Command('add')
    .description('say that two entries are one title')
    .argument('<from>')
    .argument('<into>')
    .action(async (from: string, into: string) => {
      await context.api().send('POST', '/merges', { from: Number(from), into: Number(into) });
      done(context, { from: Number(from), into: Number(into) }, `Title ${from} is title ${into} now.`);
    });
  return new Command('merges')
    .description('entries that became one title')
    .addCommand(list, { isDefault: true })
    .addCommand(merge)
    .addCommand(split);
}

export function binCommand(context: CommandContext): Command {
  const list = new Command('list')
    .description('what can be brought back')
    .option('-u, --person <name>', 'only what is theirs')
    .action(async ({ person }: Readonly<{ person?: string }>) => {
      const query = { per_page: 1_000, ...(person !== undefined && { person }) };
      const { items } = await context.api().get<{ items: Static<typeof BinEntry>[] }>('/bin', query);
      if (context.wantsJson()) return context.terminal.json(items);
      const rows = items.map((entry) => ({
        id: String(entry.id),
        title: entry.title,
        kind: entry.kind,
        person: orDash(entry.person),
        deleted: day(entry.deleted_at),
        by: entry.deleted_by,
        until: day(entry.restore_until),
        restored: day(entry.restored_at),
      }));
      context.terminal.table(rows, 'The bin is empty.');
    });
  const restore = new Command('restore')
    .description('bring something back')
    .argument('<id>')
    .action(async (id: string) => {
      const entry = await context.api().send<Static<typeof BinEntry>>('POST', `/bin/${encodeURIComponent(id)}/restore`);
      done(context, entry, `${entry.title} is back.`);
    });
  return new Command('bin').description('what was deleted, for 30 days').addCommand(list, { isDefault: true }).addCommand(restore);
}

type Whose = Readonly<{ person?: string; account?: string }>;
const whose = ({ person, account }: Whose): Record<string, string> => ({
  ...(person !== undefined && { person }),
  ...(account !== undefined && { account }),
});

export function settingsCommand(context: CommandContext): Command {
  const path = (key: string, query: Record<string, string>): string => {
    const search = new URLSearchParams(query).toString();
    return `/settings/${encodeURIComponent(key)}${search === '' ? '' : `?${search}`}`;
  };
  const all = (options: Whose): Promise<Static<typeof Setting>[]> => context.api().get('/settings', whose(options));
  const within = (command: Command): Command =>
    command.option('-u, --person <name>', 'of this person').option('-a, --account <id>', 'of this server account');
  const list = within(new Command('list').description('every setting with its value and where it comes from')).action(
    async (options: Whose) => {
      const settings = await all(options);
      if (context.wantsJson()) return context.terminal.json(settings);
      const rows = settings.map((one) => ({
        key: one.key,
        value: one.secret ? (one.is_set ? '********' : '-') : JSON.stringify(one.value),
        source: one.source,
        'read only': yesNo(one.read_only),
        what: one.description,
      }));
      context.terminal.table(rows, 'There is none.');
    },
  );
  const get = within(new Command('get').description('one setting').argument('<key>')).action(async (key: string, options: Whose) => {
    const found = (await all(options)).find((one) => one.key === key);
    if (!found) throw usage(`There is no setting ${key} here. "usherr settings list" shows all of them.`);
    if (context.wantsJson()) return context.terminal.json(found);
    context.terminal.print(found.secret ? (found.is_set ? '********' : '') : JSON.stringify(found.value));
  });
  const set = within(
    new Command('set').description('change a setting').argument('<key>').argument('<value>', 'JSON, or plain text'),
  ).action(async (key: string, text: string, options: Whose) => {
    await context.api().send('PUT', path(key, whose(options)), { value: readValue(text) });
    done(context, { key, set: true }, `${key} is set.`);
  });
  const unset = within(new Command('unset').description('back to the default').argument('<key>')).action(
    async (key: string, options: Whose) => {
      await context.api().send('DELETE', path(key, whose(options)));
      done(context, { key, set: false }, `${key} has its default again.`);
    },
  );
  const command = new Command('settings').description('what the household has chosen');
  return command.addCommand(list, { isDefault: true }).addCommand(get).addCommand(set).addCommand(unset);
}
