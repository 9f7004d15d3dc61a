import { Command } from 'commander';
import type { HistoryEntry, Medium } from '#surfaces/app/contract.ts';
import { type CommandContext, day, orDash } from './command-context.ts';

const nameOf = ({ title, year, series, season, episode }: Medium): string =>
  series === null
    ? `${title}${year === null ? '' : ` (${year})`}`
    : `${series.title} ${orDash(season)}x${orDash(episode)} ${title}`.trimEnd();

const rowOf = (entry: HistoryEntry) => ({
  id: String(entry.title.id),
  title: nameOf(entry.title),
  watched: entry.watched ? 'yes' : 'no',
  changed: day(entry.changed_at),
  via: orDash(entry.via),
  plays: String(entry.plays.length),
});

type Options = Readonly<{
  person?: string;
  title?: string;
  kind?: string;
  year?: string;
  watched?: true;
  unwatched?: true;
  page: string;
  perpage: string;
}>;

function printStory({ terminal }: CommandContext, entry: HistoryEntry): void {
  terminal.print(
    `${nameOf(entry.title)}: ${entry.watched ? 'watched' : 'not watched'} since ${day(entry.changed_at)}, via ${orDash(entry.via)}`,
  );
  terminal.table(
    entry.plays.map((play) => ({ play: day(play.at), 'told by': orDash(play.account), how: orDash(play.how) })),
    'No play is known.',
  );
  terminal.table(
    entry.reports.map((report) => ({
      backend: report.account,
      says: report.watched ? 'watched' : 'not watched',
      'last played': day(report.last_played_at),
      position: `${Math.round(report.position_ms / 1_000)} s`,
      seen: day(report.seen_at),
    })),
    'No backend says anything of it.',
  );
}

export function historyCommand(context: CommandContext, name = 'history'): Command {
  return new Command(name)
    .description('what was watched, newest first; with an id the story of one title')
    .argument('[id]', 'a title by its number')
    .option('-u, --person <name>', 'whose history')
    .option('--title <text>', 'a part of the title')
    .option('--kind <kind>', 'movie or episode')
    .option('--year <year>')
    .option('--watched', 'only what is watched')
    .option('--unwatched', 'only what is not')
    .option('--page <number>', '', '1')
    .option('--perpage <count>', '', '25')
    .action(async (id: string | undefined, options: Options) => {
      const { person } = options;
      if (id !== undefined) {
        const entry = await context.api().get<HistoryEntry>(`/history/${encodeURIComponent(id)}`, { person });
        return context.wantsJson() ? context.terminal.json(entry) : printStory(context, entry);
      }
      const page = await context.api().get<{ items: HistoryEntry[]; total: number }>('/history', {
        person,
        title: options.title,
        kind: options.kind,
        year: options.year,
        watched: options.watched ?? (options.unwatched ? false : undefined),
        page: options.page,
        per_page: options.perpage,
      });
      if (context.wantsJson()) return context.terminal.json(page);
      context.terminal.table(page.items.map(rowOf), 'Nothing.');
      context.terminal.tell(`${page.items.length} of ${page.total}`);
    });
}
