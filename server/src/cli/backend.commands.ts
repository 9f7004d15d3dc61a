import { Command } from 'commander';
import { AppError } from '#kernel/app-error.ts';
import type { Account, Webhook } from '#surfaces/app/contract.ts';
import { type CommandContext, day, orDash, yesNo } from './command-context.ts';
import { usage } from './exit-codes.ts';

type Whose = Readonly<{ person?: string }>;

/** The account of that name. Where several people have one, it has to be said whose. */
export async function accountNamed({ api }: Pick<CommandContext, 'api'>, name: string, { person }: Whose): Promise<Account> {
  const found = (await api().get<Account[]>('/accounts', { person })).filter((account) => account.name === name);
  const [account] = found;
  if (!account) throw new AppError('not-found', `There is no backend "${name}". "usherr backend list" shows what there is.`);
  if (found.length > 1)
    throw usage(`${found.map((one) => one.person).join(' and ')} each have a backend "${name}": say whose with --person.`);
  return account;
}

const rowOf = (account: Account) => ({
  name: account.name,
  person: account.person,
  type: account.server.type,
  server: account.server.name,
  user: account.user.name ?? account.user.id,
  import: account.metadata_only ? 'ids only' : yesNo(account.import),
  export: account.consent === 'pending' ? 'asks first' : yesNo(account.export),
  health: account.health.state,
  'last import': day(account.last_import),
  waiting: String(account.pushes.waiting),
});

export function listBackends(context: CommandContext, name = 'list'): Command {
  return new Command(name)
    .description('the accounts on media servers')
    .option('-u, --person <name>', 'only those of this person')
    .action(async (options: Whose) => {
      const accounts = await context.api().get<Account[]>('/accounts', { person: options.person });
      if (context.wantsJson()) return context.terminal.json(accounts);
      context.terminal.table(accounts.map(rowOf), 'There is none yet. Add one with "usherr backend add".');
      for (const { name: which, health } of accounts) {
        if (health.state === 'degraded' && health.last_error) context.terminal.tell(`${which}: ${health.last_error.message}`);
      }
    });
}

type AddOptions = Whose &
  Readonly<{ type: string; address: string; token?: string; userId?: string; import: boolean; metadataOnly?: true; neverUnwatch?: true }>;

export function addBackend(context: CommandContext, name = 'add'): Command {
  return new Command(name)
    .description('add an account on a media server; nothing is written to it before you approve its plan')
    .argument('<name>', 'how you call it: a to z, digits, underscores')
    .requiredOption('-t, --type <type>', 'plex, jellyfin or emby')
    .requiredOption('-a, --address <url>', 'where the server is, such as http://192.168.1.5:8096')
    .option('--token <token>', 'its token or API key; asked for where it is left out')
    .option('--user-id <user>', 'the user there, by name or id; may be left out where there is only one')
    .option('-u, --person <name>', 'whose account it is')
    .option('--no-import', 'do not read plays from it')
    .option('--metadata-only', 'read its titles and ids, not its plays')
    .option('--never-unwatch', 'nothing that it says takes a watched mark away')
    .action(async (backend: string, options: AddOptions) => {
      const token = options.token ?? (await context.askSecret(`Token of ${backend}: `));
      const account = await context.api().send<Account>('POST', '/accounts', {
        name: backend,
        type: options.type,
        url: options.address,
        token,
        import: options.import,
        ...(options.userId !== undefined && { user: options.userId }),
        ...(options.person !== undefined && { person: options.person }),
        ...(options.metadataOnly && { metadata_only: true }),
        ...(options.neverUnwatch && { never_unwatch: true }),
      });
      if (context.wantsJson()) return context.terminal.json(account);
      context.terminal.print(`Added ${account.name}: ${account.server.name} (${account.server.type} ${account.server.version}).`);
      context.terminal.tell('"usherr plan" shows what would change; "usherr backend webhook" how it tells of plays at once.');
    });
}

type EditOptions = Whose &
  Readonly<{
    address?: string;
    token?: string | true;
    userId?: string;
    import?: boolean;
    export?: boolean;
    metadataOnly?: boolean;
    neverUnwatch?: boolean;
  }>;

const changesOf = (options: EditOptions): Readonly<Record<string, unknown>> => {
  const wanted = {
    url: options.address,
    user: options.userId,
    import: options.import,
    export: options.export,
    metadata_only: options.metadataOnly,
    never_unwatch: options.neverUnwatch,
  };
  return Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
};

export function editBackend(context: CommandContext, name = 'edit'): Command {
  return new Command(name)
    .description('change an account; what is not named stays')
    .argument('<name>')
    .option('-u, --person <name>', 'whose account it is')
    .option('-a, --address <url>', 'where the server is now')
    .option('--token [token]', 'a new token; asked for where it is left out')
    .option('--user-id <user>', 'another user there: its history is another one')
    .option('--import', 'read plays from it')
    .option('--no-import', 'do not')
    .option('--export', 'tell it what was watched elsewhere, once its plan is approved')
    .option('--no-export', 'do not')
    .option('--metadata-only', 'read its titles and ids, not its plays')
    .option('--no-metadata-only', 'read its plays too')
    .option('--never-unwatch', 'nothing that it says takes a watched mark away')
    .option('--no-never-unwatch', 'its un-watches count')
    .action(async (backend: string, options: EditOptions) => {
      const changes = changesOf(options);
      if (options.token === undefined && Object.keys(changes).length === 0) throw usage('Say what is to change, such as --token.');
      const { id } = await accountNamed(context, backend, options);
      const token = options.token === true ? await context.askSecret(`Token of ${backend}: `) : options.token;
      const body = { ...changes, ...(token !== undefined && { token }) };
      const account = await context.api().send<Account>('PATCH', `/accounts/${id}`, body);
      if (context.wantsJson()) return context.terminal.json(account);
      context.terminal.print(`Changed ${account.name}.`);
    });
}

function removeBackend(context: CommandContext): Command {
  return new Command('remove')
    .description('remove an account; everything that was watched stays in the history')
    .argument('<name>')
    .option('-u, --person <name>', 'whose account it is')
    .action(async (name: string, options: Whose) => {
      const account = await accountNamed(context, name, options);
      const removed = await context.api().send<object>('DELETE', `/accounts/${account.id}`);
      if (context.wantsJson()) return context.terminal.json(removed);
      context.terminal.print(`Removed ${account.name}.`);
    });
}

export function testBackend(context: CommandContext, name = 'test'): Command {
  return new Command(name)
    .description('ask whether the server is there, is the same, and takes the token')
    .argument('<name>')
    .option('-u, --person <name>', 'whose account it is')
    .action(async (backend: string, options: Whose) => {
      const account = await accountNamed(context, backend, options);
      const answer = await context.api().send<{ name: string; version: string }>('POST', `/accounts/${account.id}/test`);
      if (context.wantsJson()) return context.terminal.json(answer);
      context.terminal.print(`${account.name} works: ${answer.name}, version ${answer.version}.`);
    });
}

function webhookOfBackend(context: CommandContext): Command {
  return new Command('webhook')
    .description('where the server sends its events, step by step')
    .argument('<name>')
    .option('-u, --person <name>', 'whose account it is')
    .option('--rotate', 'make a new address; the former is worth nothing from then on')
    .action(async (name: string, options: Whose & Readonly<{ rotate?: true }>) => {
      const account = await accountNamed(context, name, options);
      const path = `/accounts/${account.id}/webhook`;
      const webhook = await (options.rotate ? context.api().send<Webhook>('POST', `${path}/rotate`) : context.api().get<Webhook>(path));
      if (context.wantsJson()) return context.terminal.json(webhook);
      context.terminal.print(webhook.url);
      for (const [at, step] of webhook.steps.entries()) context.terminal.print(`${at + 1}. ${step}`);
      context.terminal.print(
        `Last event: ${webhook.last_event_at === null ? 'none yet' : `${orDash(webhook.last_event)}, ${day(webhook.last_event_at)}`}`,
      );
    });
}

export const backendCommand = (context: CommandContext): Command =>
  new Command('backend')
    .description('accounts on media servers')
    .addCommand(addBackend(context))
    .addCommand(listBackends(context))
    .addCommand(editBackend(context))
    .addCommand(removeBackend(context))
    .addCommand(testBackend(context))
    .addCommand(webhookOfBackend(context));
