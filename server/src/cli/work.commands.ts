import { Command } from 'commander';
import type { Static } from 'typebox';
import type { Job, JobWithLogs, Task } from '#surfaces/app/contract.ts';
import { type CommandContext, day, orDash, yesNo } from './command-context.ts';
import { usage } from './exit-codes.ts';
import { gathered, takingFormerFlags } from './former-flags.ts';
import { runBody, runTask, type Scope } from './sync.commands.ts';

type TaskShown = Static<typeof Task>;

async function listTasks({ api, terminal, wantsJson }: CommandContext): Promise<void> {
  const tasks = await api().get<TaskShown[]>('/tasks');
  if (wantsJson()) return terminal.json(tasks);
  terminal.table(
    tasks.map((task) => ({
      task: task.id,
      enabled: yesNo(task.enabled),
      cron: task.cron,
      next: day(task.next_run),
      what: task.description,
    })),
    'There is none.',
  );
}

type RunOptions = Scope & Readonly<{ arg?: string[]; wait: boolean }>;

export const taskCommand = (context: CommandContext): Command =>
  new Command('task')
    .description('what the house does by the clock')
    .addCommand(new Command('list').description('the tasks and when they run next').action(() => listTasks(context)))
    .addCommand(
      new Command('run')
        .description('run a task now')
        .argument('<task>')
        .option('-u, --person <name>', 'only for this person')
        .option('-s, --select-backend <name>', 'only this backend; again for one more', gathered, [])
        .option('-a, --arg <argument...>', 'what the task is told')
        .option('--no-wait', 'do not wait until it is done')
        .action((task: string, options: RunOptions) => runTask(context, task, runBody(options, [], options.arg), options)),
    );

/** A task under the name of WatchState's command for it. */
export const taskAlias = (context: CommandContext, name: string, task: string): Command =>
  takingFormerFlags(
    new Command(name)
      .argument('[words...]')
      .option('-u, --person <name>')
      .option('-s, --select-backend <name>', '', gathered, [])
      .option('--no-wait')
      .action((words: string[], options: RunOptions) => runTask(context, task, runBody(options, words), options)),
  );

type TasksOptions = Readonly<{ run?: true; task?: string; args?: string[]; wait: boolean }>;

/** Flags of that command itself, such as `--save-log`, have no meaning here. */
export const tasksAlias = (context: CommandContext): Command =>
  takingFormerFlags(
    new Command('system:tasks')
      .argument('[words...]')
      .option('--run', 'run it now')
      .option('-t, --task <task>')
      .option('-a, --args <argument...>')
      .option('--no-wait')
      .action((_words: string[], { run, task, args, wait }: TasksOptions) => {
        if (!run) return listTasks(context);
        if (task === undefined) throw usage('Say which task: --task import.');
        return runTask(context, task, args ? { args } : {}, { wait });
      }),
  );

const rowOf = (job: Job) => ({
  id: job.id,
  event: job.name,
  about: orDash(String(job.payload.name ?? job.payload.backend ?? '')),
  status: job.status,
  person: orDash(job.person),
  created: day(job.created_at),
  ended: day(job.finished_at),
});

type ListOptions = Readonly<{ person?: string; status?: string; event?: string; page: string; perpage: string }>;

export function listEvents(context: CommandContext, name = 'list'): Command {
  return new Command(name)
    .description('work that waits, runs and has ended, newest first')
    .option('-u, --person <name>', 'only for this person')
    .option('-s, --status <status>', 'pending, running, completed, failed or cancelled')
    .option('-e, --event <name>', 'only these, such as system:task')
    .option('--page <number>', '', '1')
    .option('--perpage <count>', '', '25')
    .action(async ({ person, status, event, page, perpage }: ListOptions) => {
      const jobs = await context
        .api()
        .get<{ items: Job[]; total: number }>('/jobs', { person, status, name: event, page, per_page: perpage });
      if (context.wantsJson()) return context.terminal.json(jobs);
      context.terminal.table(jobs.items.map(rowOf), 'There is none.');
      context.terminal.tell(`${jobs.items.length} of ${jobs.total}`);
    });
}

export function viewEvent(context: CommandContext, name = 'view'): Command {
  return new Command(name)
    .description('one of them with its log')
    .argument('<id>')
    .action(async (id: string) => {
      const found = await context.api().get<JobWithLogs>(`/jobs/${encodeURIComponent(id)}`);
      if (context.wantsJson()) return context.terminal.json(found);
      context.terminal.table([rowOf(found.job)], '');
      if (found.job.error) context.terminal.print(`${found.job.error.code}: ${found.job.error.message}`);
      for (const line of found.logs) context.terminal.print(`${day(line.at)} ${line.level.padEnd(5)} ${line.text}`);
    });
}

export const eventCommand = (context: CommandContext): Command =>
  new Command('event').description('work and its logs').addCommand(listEvents(context)).addCommand(viewEvent(context));
