import { Command } from 'commander';
import { AppError } from '#kernel/app-error.ts';
import type { DeskUser, RequestDesk } from '#surfaces/app/contract.ts';
import { type CommandContext, day, done, orDash } from './command-context.ts';
import { usage } from './exit-codes.ts';

const PATH = '/request-desks';

async function deskNamed({ api }: Pick<CommandContext, 'api'>, name: string): Promise<RequestDesk> {
  const desks = await api().get<RequestDesk[]>(PATH);
  const found = desks.find((desk) => desk.name.toLowerCase() === name.toLowerCase());
  if (found) return found;
  throw new AppError('not-found', `There is no request desk "${name}". "usherr desk list" shows what there is.`);
}

const rowOf = (desk: RequestDesk) => ({
  name: desk.name,
  role: desk.role,
  place: desk.place,
  label: orDash(desk.label),
  url: orDash(desk.url),
  version: orDash(desk.version),
  health: desk.health,
  listed: day(desk.listed_at),
});

function listDesks(context: CommandContext): Command {
  return new Command('list').description('the Seerrs where people ask for titles').action(async () => {
    const desks = await context.api().get<RequestDesk[]>(PATH);
    if (context.wantsJson()) return context.terminal.json(desks);
    context.terminal.table(desks.map(rowOf), 'There is none yet. Add one with "usherr desk add".');
    for (const { name, health, last_error: error } of desks)
      if (health === 'degraded' && error !== null) context.terminal.tell(`${name}: ${error}`);
  });
}

type Wish = Readonly<{ address?: string; key?: string | true; role?: string; label?: string | false; verify: boolean }>;

const wishOf = ({ address, role, label, verify }: Wish): Readonly<Record<string, unknown>> => ({
  ...(address !== undefined && { url: address }),
  ...(role !== undefined && { role }),
  ...(label !== undefined && { label: label === false ? null : label }),
  ...(!verify && { verify: false }),
});

function addDesk(context: CommandContext): Command {
  return new Command('add')
    .description('add a Seerr, Jellyseerr or Overseerr; with a role its key is proven at once')
    .argument('<name>', 'how you call it')
    .requiredOption('-a, --address <url>', 'where it is, such as http://192.168.1.5:5055')
    .option('--key <key>', 'its API key; asked for where it is left out')
    .option('-r, --role <role>', 'primary, subordinate or disabled', 'disabled')
    .option('--external', 'somebody else’s: it goes by its label, else by its address')
    .option('--label <label>', 'of an external one')
    .option('--no-verify', 'do not ask it now')
    .action(async (name: string, options: Wish & Readonly<{ external?: true }>) => {
      const key = typeof options.key === 'string' ? options.key : await context.askSecret(`API key of ${name}: `);
      const place = options.external ? 'external' : 'internal';
      const desk = await context.api().send<RequestDesk>('POST', PATH, { name, place, api_key: key, ...wishOf(options) });
      done(context, desk, `Added ${desk.name}: ${desk.role}${desk.version === null ? '' : `, Seerr ${desk.version}`}.`);
      context.terminal.tell('"usherr requests preview" shows what would be asked for where.');
    });
}

function editDesk(context: CommandContext): Command {
  return new Command('edit')
    .description('change a Seerr; what is not named stays')
    .argument('<name>')
    .option('--name <name>', 'another name')
    .option('-a, --address <url>', 'where it is now; needs its key with it')
    .option('--key [key]', 'a new API key; asked for where it is left out')
    .option('-r, --role <role>', 'primary, subordinate or disabled')
    .option('--label <label>', 'of an external one')
    .option('--no-label', 'by its address from now on')
    .option('--no-verify', 'do not ask it now')
    .action(async (name: string, options: Wish & Readonly<{ name?: string }>) => {
      const wish = { ...wishOf(options), ...(options.name !== undefined && { name: options.name }) };
      if (Object.keys(wish).every((member) => member === 'verify') && options.key === undefined)
        throw usage('Say what is to change: --name, --address, --key, --role or --label.');
      const found = await deskNamed(context, name);
      const key = options.key === true ? await context.askSecret(`API key of ${name}: `) : options.key;
      const desk = await context
        .api()
        .send<RequestDesk>('PATCH', `${PATH}/${found.id}`, { ...wish, ...(key !== undefined && { api_key: key }) });
      done(context, desk, `Changed ${desk.name}.`);
    });
}

function removeDesk(context: CommandContext): Command {
  return new Command('remove')
    .description('forget a Seerr and what is known of its requests; nothing is changed there')
    .argument('<name>')
    .action(async (name: string) => {
      const desk = await deskNamed(context, name);
      await context.api().send('DELETE', `${PATH}/${desk.id}`);
      done(context, { removed: desk.name }, `Removed ${desk.name}.`);
    });
}

function listDeskUsers(context: CommandContext): Command {
  return new Command('users').description('who asked for something, and which of the household’s people that is').action(async () => {
    const users = await context.api().get<DeskUser[]>(`${PATH}/users`);
    if (context.wantsJson()) return context.terminal.json(users);
    const desks = new Map((await context.api().get<RequestDesk[]>(PATH)).map((desk) => [desk.id, desk.name]));
    const rows = users.map((user) => ({
      desk: orDash(desks.get(user.desk_id)),
      id: String(user.user_id),
      name: user.name,
      person: orDash(user.person),
      'known by': orDash(user.by),
    }));
    context.terminal.table(rows, 'Nobody has asked for anything yet.');
  });
}

function setDeskUser(context: CommandContext): Command {
  return new Command('user')
    .description('say who somebody on a Seerr is')
    .argument('<desk>')
    .argument('<id>', 'the number of the user there')
    .argument('[person]', 'one of the household; without it their accounts tell')
    .action(async (name: string, id: string, person: string | undefined) => {
      if (!/^\d+$/.test(id)) throw usage('The user is named by the number that "usherr desk users" shows.');
      const desk = await deskNamed(context, name);
      const user = await context.api().send<DeskUser>('PUT', `${PATH}/${desk.id}/users/${id}`, { person: person ?? null });
      done(context, user, `${user.name} on ${desk.name} is ${user.person ?? 'nobody that we know'}.`);
    });
}

export const deskCommand = (context: CommandContext): Command =>
  new Command('desk')
    .description('the Seerrs where people ask for titles')
    .addCommand(listDesks(context), { isDefault: true })
    .addCommand(addDesk(context))
    .addCommand(editDesk(context))
    .addCommand(removeDesk(context))
    .addCommand(listDeskUsers(context))
    .addCommand(setDeskUser(context));
