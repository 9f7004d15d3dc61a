import { Command } from 'commander';
import type { Static } from 'typebox';
import { AppError } from '#kernel/app-error.ts';
import type { JobQueued, TrackerAdded, Tracker as TrackerContract, TrackerOpen, TrackerState } from '#surfaces/app/contract.ts';
import { type CommandContext, day, orDash, yesNo } from './command-context.ts';
import { followJob } from './follow-work.ts';

type Tracker = Static<typeof TrackerContract>;
type Switches = Readonly<{ import?: boolean; export?: boolean; lists?: boolean; ratings?: boolean }>;

/** By its name, or by its number. */
async function find({ api }: CommandContext, name: string): Promise<Tracker> {
  const trackers = await api().get<Tracker[]>('/trackers');
  const found = trackers.find((one) => one.name === name || String(one.id) === name);
  if (found) return found;
  throw new AppError('not-found', `There is no connection named "${name}".`);
}

const row = (tracker: Tracker) => ({
  id: String(tracker.id),
  name: tracker.name,
  person: tracker.person,
  account: orDash(tracker.account?.name),
  state: tracker.state,
  import: yesNo(tracker.import),
  export: yesNo(tracker.export),
  lists: yesNo(tracker.lists),
  ratings: yesNo(tracker.ratings),
  plan: tracker.consent,
  calls: `${tracker.calls.spent}/${tracker.calls.per_day}`,
  synced: day(tracker.last_sync),
  fault: orDash(tracker.last_error?.message),
});

/** Asks as often as the tracker likes, until the person has agreed there, or has not. */
async function waitForConsent({ api, pause }: CommandContext, id: number, everyMs: number): Promise<string> {
  for (;;) {
    await pause(everyMs);
    const { state } = await api().send<Static<typeof TrackerState>>('POST', `/trackers/${id}/connect`, {});
    if (state !== 'pending') return state;
  }
}

type AddOptions = Switches & Readonly<{ person?: string; clientId?: string; wait: boolean }>;

async function add(context: CommandContext, name: string, { person, clientId, wait, ...switches }: AddOptions): Promise<void> {
  const wish = { name, ...switches, ...(person !== undefined && { person }), ...(clientId !== undefined && { client_id: clientId }) };
  const { tracker, invitation } = await context.api().send<Static<typeof TrackerAdded>>('POST', '/trackers', wish);
  if (invitation.how !== 'code') throw new AppError('not-acceptable', 'The server gave no code to type.');
  if (context.wantsJson() && !wait) return context.terminal.json({ tracker, invitation });
  if (!context.wantsJson()) context.terminal.print(`Open ${invitation.page} and type ${invitation.user_code}, or open ${invitation.link}`);
  if (!wait) return;
  const state = await waitForConsent(context, tracker.id, invitation.interval_ms);
  if (state !== 'connected') throw new AppError('forbidden', `It was not connected: ${state}.`);
  if (context.wantsJson()) return context.terminal.json(await find(context, String(tracker.id)));
  context.terminal.print(`${name} is connected. What it would change is shown by "usherr plan" once it was read.`);
}

async function set(context: CommandContext, name: string, switches: Switches): Promise<void> {
  const tracker = await find(context, name);
  const changed = await context.api().send<Tracker>('PATCH', `/trackers/${tracker.id}`, { ...switches });
  if (context.wantsJson()) return context.terminal.json(changed);
  context.terminal.table([row(changed)], '');
}

async function run(context: CommandContext, name: string, { full = false }: Readonly<{ full?: boolean }>): Promise<void> {
  const tracker = await find(context, name);
  const queued = await context.api().send<JobQueued>('POST', `/trackers/${tracker.id}/run`, { full });
  const job = await followJob(context, queued, name);
  if (context.wantsJson()) return context.terminal.json(job);
  context.terminal.print(`${name}: done. ${JSON.stringify(job.result)}`);
}

const withSwitches = (command: Command): Command =>
  command
    .option('--import', 'what is there comes here')
    .option('--no-import')
    .option('--export', 'what is here goes there')
    .option('--no-export')
    .option('--lists', 'lists too')
    .option('--no-lists')
    .option('--ratings', 'ratings too')
    .option('--no-ratings');

/** Accounts at trackers, such as Simkl. */
export const trackerCommand = (context: CommandContext): Command =>
  new Command('tracker')
    .description('accounts at trackers, such as Simkl')
    .addCommand(
      withSwitches(new Command('add').description('connect an account by a code that is typed there').argument('<name>'))
        .option('-u, --person <name>', 'whose account it is')
        .option('--client-id <id>', 'an app (V2) of your own there, instead of the one in the settings')
        .option('--no-wait', 'do not wait until the code was typed')
        .action((name: string, options: AddOptions) => add(context, name, options)),
    )
    .addCommand(
      new Command('list').description('them all').action(async () => {
        const trackers = await context.api().get<Tracker[]>('/trackers');
        if (context.wantsJson()) return context.terminal.json(trackers);
        context.terminal.table(trackers.map(row), 'There is none.');
      }),
    )
    .addCommand(
      withSwitches(new Command('set').description('switch on and off').argument('<name>')).action((name: string, switches: Switches) =>
        set(context, name, switches),
      ),
    )
    .addCommand(
      new Command('run')
        .description('sync now')
        .argument('<name>')
        .option('--full', 'read the whole library there')
        .action((name: string, options: Readonly<{ full?: boolean }>) => run(context, name, options)),
    )
    .addCommand(
      new Command('open')
        .description('what it would not take, or has not shown yet')
        .argument('<name>')
        .action(async (name: string) => {
          const { id } = await find(context, name);
          const open = await context.api().get<Static<typeof TrackerOpen>[]>(`/trackers/${id}/open`);
          if (context.wantsJson()) return context.terminal.json(open);
          const rows = open.map((one) => ({
            title: String(one.media_id),
            what: one.what,
            state: one.state,
            since: day(one.at),
            reason: one.reason,
          }));
          context.terminal.table(rows, 'There is nothing.');
        }),
    )
    .addCommand(
      new Command('remove')
        .description('disconnect; neither library changes')
        .argument('<name>')
        .action(async (name: string) => {
          const { id } = await find(context, name);
          const removed = await context.api().send<{ revoked: boolean }>('DELETE', `/trackers/${id}`);
          if (context.wantsJson()) return context.terminal.json(removed);
          context.terminal.print(removed.revoked ? `Disconnected ${name}.` : `Disconnected ${name}; the grant there could not be ended.`);
        }),
    );
