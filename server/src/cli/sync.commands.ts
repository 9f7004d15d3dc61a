import { Command } from 'commander';
import type { Static } from 'typebox';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import type { Account, Job, JobQueued, JobWithLogs, Plan, PlanChange, PlanWithChanges } from '#surfaces/app/contract.ts';
import { type CommandContext, day, orDash } from './command-context.ts';
import { usage } from './exit-codes.ts';
import { followJob, followPlan } from './follow-work.ts';
import { gathered, partFormerFlags, takingFormerFlags } from './former-flags.ts';

type Waiting = Readonly<{ wait: boolean /** With the log of the run. */; told?: boolean }>;
export type Scope = Readonly<{ person?: string; user?: string; selectBackend: readonly string[] }>;
type RunOptions = Waiting & Scope & Readonly<{ forceFull?: true; dryRun?: true }>;

const NO_WAIT = ['--no-wait', 'do not wait until it is done'] as const;

export async function runTask(context: CommandContext, task: string, body: object, { wait, told = false }: Waiting): Promise<void> {
  const queued = await context
    .api()
    .send<JobQueued>('POST', `/tasks/${encodeURIComponent(task)}/run`, body)
    .catch(aboutArgs);
  if (!wait) {
    if (context.wantsJson()) context.terminal.json(queued);
    else context.terminal.print(`Queued as ${queued.job_id}.`);
    return;
  }
  const job = await followJob(context, queued, task);
  if (context.wantsJson()) return context.terminal.json(job);
  if (told) {
    const { logs } = await context.api().get<JobWithLogs>(`/jobs/${job.id}`);
    for (const line of logs) context.terminal.print(line.text);
  }
  printResult(context, task, job);
}

/** What a task cannot be told is a fault of the command line, whoever finds it. */
function aboutArgs(error: unknown): never {
  const isArgs = isAppError(error, 'invalid') && error.faults.some(({ field }) => field === 'args');
  throw isArgs ? usage(error.message) : error;
}

/** What a run is asked for. Several backends are arguments of one run. */
export function runBody({ person, user, selectBackend }: Scope, words: readonly string[], args: readonly string[] = []): object {
  const { named, flags } = partFormerFlags(words);
  const backends = [...named, ...selectBackend];
  const told = [...args, ...(backends.length > 1 ? backends.map((name) => `--select-backend=${name}`) : []), ...flags];
  const whose = person ?? user;
  return {
    ...(backends.length === 1 && { account: backends[0] }),
    ...(whose !== undefined && { person: whose }),
    ...(told.length > 0 && { args: told }),
  };
}

/** Runs for one backend each tell theirs within the result. */
const resultsIn = (result: unknown): readonly (readonly [string, unknown])[] =>
  Object.entries(isRecord(result) ? result : {}).flatMap((entry) => {
    const [, value] = entry;
    const isNested = isRecord(value) && Object.values(value).some(isRecord);
    return isNested ? Object.entries(value) : [entry];
  });

function printResult({ terminal }: CommandContext, task: string, { result }: Job): void {
  terminal.print(`${task}: done.`);
  for (const [name, value] of resultsIn(result)) {
    const counts = isRecord(value) ? Object.entries(value).map(([what, count]) => `${String(count)} ${what}`) : [String(value)];
    terminal.print(`  ${name}: ${counts.join(', ')}`);
  }
}

/** `import` and `export`, also under WatchState's names. */
export function runCommand(context: CommandContext, task: 'import' | 'export', description: string, name: string): Command {
  const isFormer = name !== task;
  const command = new Command(name)
    .description(description)
    .argument(isFormer ? '[words...]' : '[backend]', 'only this one')
    .option('-s, --select-backend <name>', 'only this one; again for one more', gathered, [])
    .option('-u, --person <name>', 'only for this person')
    .option('-f, --force-full', 'taken for the sake of scripts: each run looks at everything')
    .option('--dry-run', 'change nothing, and say what would change')
    .option(...NO_WAIT)
    .action((given: string | string[] | undefined, options: RunOptions) => {
      const args = [...(options.forceFull ? ['--force-full'] : []), ...(options.dryRun ? ['--dry-run'] : [])];
      return runTask(context, task, runBody(options, [given ?? []].flat(), args), { wait: options.wait, told: options.dryRun === true });
    });
  return isFormer ? takingFormerFlags(command) : command;
}

const planRow = (plan: Plan) => ({
  id: plan.id,
  state: plan.state,
  person: orDash(plan.person),
  title: plan.title,
  created: day(plan.created_at),
  expires: day(plan.expires_at),
});
/** Where a change happens and what it is, in words; a kind that is not known here is shown as it is. */
function changeInWords({ kind, account }: PlanChange): readonly [where: string, what: string] {
  if (kind === 'learn-watched') return ['history', 'learn as watched'];
  if (kind === 'mark-played') return [orDash(account), 'mark as watched'];
  if (kind === 'learn-position') return ['history', 'learn where it was left'];
  if (kind === 'set-position') return [orDash(account), 'set to the position'];
  if (kind === 'unwatch') return ['all', 'take the watched mark away'];
  return [orDash(account), kind];
}

const changeRow = (change: PlanChange) => ({
  '#': String(change.seq),
  where: changeInWords(change)[0],
  change: changeInWords(change)[1],
  title: orDash(String(change.subject.title ?? '')),
  why: [
    change.reason.rule,
    ...change.reason.facts.map((fact) => `${fact.source}: ${fact.text}${fact.at === null ? '' : ` ${day(fact.at)}`}`),
  ].join(' '),
  state: change.state,
});

async function printPlan(context: CommandContext, id: string, most: number): Promise<void> {
  const { plan, changes } = await context.api().get<Static<typeof PlanWithChanges>>(`/plans/${encodeURIComponent(id)}`, { per_page: most });
  if (context.wantsJson()) return context.terminal.json({ ...plan, changes: changes.items, changes_total: changes.total });
  const { terminal } = context;
  terminal.print(`${plan.title} (${plan.state}, ${plan.id})`);
  terminal.print(plan.reason);
  if (plan.outcome !== null) terminal.print(plan.outcome);
  terminal.table(changes.items.map(changeRow), 'Nothing would change.');
  if (changes.total > changes.items.length)
    terminal.print(`and ${changes.total - changes.items.length} more: usherr plan show ${plan.id} --most 1000`);
  if (plan.state === 'proposed') terminal.tell(`usherr approve ${plan.id}   or   usherr reject ${plan.id}`);
}

const most = (text: string): number => Math.min(1_000, Math.max(1, Number.parseInt(text, 10) || 50));
const MOST = ['--most <count>', 'how many changes are shown', most, 50] as const;

async function somebodyWaits(context: CommandContext, person: string | undefined): Promise<boolean> {
  const accounts = await context.api().get<readonly Account[]>('/accounts', { ...(person !== undefined && { person }) });
  return accounts.some(({ consent }) => consent === 'pending');
}

export function planCommand(context: CommandContext): Command {
  const propose = new Command('plan')
    .enablePositionalOptions()
    .description('what would change on which server, and why, for the backends that wait for your approval')
    .option('-u, --person <name>', 'for this person')
    .option(...MOST)
    .action(async (options: Readonly<{ person?: string; most: number }>) => {
      if (!(await somebodyWaits(context, options.person))) {
        if (context.wantsJson()) return context.terminal.json(null);
        return context.terminal.print('No backend waits for a first plan: all of them have been approved.');
      }
      const queued = await context
        .api()
        .send<JobQueued>('POST', '/plans', { ...(options.person !== undefined && { person: options.person }) });
      const { result } = await followJob(context, queued, 'Reading');
      const id = isRecord(result) ? String(result.planId) : '';
      await printPlan(context, id, options.most);
    });
  const list = new Command('list')
    .description('plans, newest first')
    .option('-u, --person <name>', 'only those of this person')
    .option('--state <state>', 'only those in this state, such as proposed')
    .action(async (options: Readonly<{ person?: string; state?: string }>) => {
      const { items } = await context.api().get<{ items: Plan[] }>('/plans', options);
      if (context.wantsJson()) return context.terminal.json(items);
      context.terminal.table(items.map(planRow), 'There is none.');
    });
  const show = new Command('show')
    .description('a plan with its changes')
    .argument('<id>')
    .option(...MOST)
    .action((id: string, options: Readonly<{ most: number }>) => printPlan(context, id, options.most));
  return propose.addCommand(list).addCommand(show);
}

export function approveCommand(context: CommandContext): Command {
  return new Command('approve')
    .description('carry a plan out as it was shown')
    .argument('<id>')
    .option(...NO_WAIT)
    .action(async (id: string, { wait }: Waiting) => {
      const approved = await context.api().send<Plan>('POST', `/plans/${encodeURIComponent(id)}/approve`);
      const plan = wait ? await followPlan(context, id) : approved;
      if (plan.state === 'failed') throw new AppError('conflict', plan.outcome ?? 'The plan failed.');
      if (context.wantsJson()) return context.terminal.json(plan);
      context.terminal.print(`${plan.title}: ${plan.state}. ${plan.outcome ?? ''}`.trimEnd());
    });
}

export function rejectCommand(context: CommandContext): Command {
  return new Command('reject')
    .description('do nothing of a plan')
    .argument('<id>')
    .action(async (id: string) => {
      const plan = await context.api().send<Plan>('POST', `/plans/${encodeURIComponent(id)}/reject`);
      if (context.wantsJson()) return context.terminal.json(plan);
      context.terminal.print(`${plan.title}: ${plan.state}.`);
    });
}
