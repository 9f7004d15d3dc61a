import { Command } from 'commander';
import type { Static } from 'typebox';
import { isAppError } from '#kernel/app-error.ts';
import type { ApiKey, ApiKeyGiven, Login, Person } from '#surfaces/app/contract.ts';
import { type CommandContext, day, orDash } from './command-context.ts';

type PersonShown = Static<typeof Person>;
type LoginShown = Static<typeof Login>;
type KeyShown = Static<typeof ApiKey>;

function listUsers(context: CommandContext): Command {
  return new Command('list').description('people, and who of them may sign in').action(async () => {
    const people = await context.api().get<PersonShown[]>('/people');
    const logins = await context.api().get<LoginShown[]>('/logins');
    if (context.wantsJson()) return context.terminal.json({ people, logins });
    const rows = people.flatMap((person) => {
      const own = logins.filter((login) => login.person === person.name);
      const row = (login?: LoginShown) => ({
        person: person.name,
        name: person.display_name,
        login: orDash(login?.username),
        role: orDash(login?.role),
      });
      return own.length === 0 ? [row()] : own.map(row);
    });
    context.terminal.table(rows, 'There is nobody.');
  });
}

function addUser(context: CommandContext): Command {
  return new Command('add')
    .description('add a person with a sign-in; the password is asked for, or read from the input')
    .argument('<name>')
    .option('--role <role>', 'owner, admin or person', 'person')
    .option('--display-name <name>')
    .option('--no-login', 'a person who never signs in')
    .action(async (name: string, options: Readonly<{ role: string; displayName?: string; login: boolean }>) => {
      const password = options.login ? await context.askSecret(`Password of ${name}: `) : undefined;
      const wish = { name, ...(options.displayName !== undefined && { display_name: options.displayName }) };
      const person = await context
        .api()
        .send<PersonShown>('POST', '/people', wish)
        .catch((error: unknown) => {
          // Somebody who is known already gets a sign-in.
          if (password !== undefined && isAppError(error, 'conflict')) return { name: name.toLowerCase() };
          throw error;
        });
      const login =
        password === undefined
          ? undefined
          : await context.api().send<LoginShown>('POST', '/logins', { username: name, password, role: options.role, person: person.name });
      if (context.wantsJson()) return context.terminal.json({ person, login: login ?? null });
      context.terminal.print(login ? `Added ${person.name}, who signs in as ${login.username} (${login.role}).` : `Added ${person.name}.`);
    });
}

export function resetPassword(context: CommandContext, name = 'reset-password'): Command {
  return new Command(name)
    .description('on the host itself, with or without a running server: set a password anew and end all sessions of the login')
    .argument('<username>')
    .action(async (username: string) => {
      await context.resetPassword(username, await context.askSecret(`New password of ${username}: `));
      if (context.wantsJson()) return context.terminal.json({ username });
      context.terminal.print(`The password of ${username} was set, and every session ended.`);
    });
}

function removeUser(context: CommandContext): Command {
  return new Command('remove')
    .description('remove a person with all that is only theirs')
    .argument('<name>')
    .action(async (name: string) => {
      await context.api().send('DELETE', `/people/${encodeURIComponent(name)}`);
      if (context.wantsJson()) return context.terminal.json({ removed: name });
      context.terminal.print(`Removed ${name}.`);
    });
}

export const userCommand = (context: CommandContext): Command =>
  new Command('user')
    .description('people and their sign-ins')
    .addCommand(addUser(context))
    .addCommand(listUsers(context))
    .addCommand(removeUser(context))
    .addCommand(resetPassword(context));

async function listKeys({ api, terminal, wantsJson }: CommandContext): Promise<void> {
  const keys = await api().get<KeyShown[]>('/keys');
  if (wantsJson()) return terminal.json(keys);
  const rows = keys.map((key) => ({
    id: String(key.id),
    name: key.name,
    role: key.role,
    scopes: key.scopes.join(','),
    person: orDash(key.person),
    used: day(key.last_used_at),
    revoked: day(key.revoked_at),
  }));
  terminal.table(rows, 'There is none.');
}

async function addKey({ api, terminal, wantsJson }: CommandContext, wish: object): Promise<void> {
  const given = await api().send<Static<typeof ApiKeyGiven>>('POST', '/keys', wish);
  if (wantsJson()) return terminal.json(given);
  terminal.print(given.key);
  terminal.tell('It is shown only now.');
}

type KeyOptions = Readonly<{ role?: string; scope?: string[]; person?: string }>;

export const keyCommand = (context: CommandContext): Command =>
  new Command('key')
    .description('API keys')
    .addCommand(
      new Command('add')
        .description('a new key, shown once')
        .argument('<name>', 'what it is for')
        .option('--role <role>', 'owner, admin or person')
        .option('--scope <scope...>', 'read, sync, write, admin, webhook; all that the role has unless told')
        .option('-u, --person <name>', 'whom it belongs to, and acts as')
        .action((name: string, { role, scope, person }: KeyOptions) =>
          addKey(context, {
            name,
            ...(role !== undefined && { role }),
            ...(scope && { scopes: scope }),
            ...(person !== undefined && { person }),
          }),
        ),
    )
    .addCommand(new Command('list').description('the keys; never their values').action(() => listKeys(context)))
    .addCommand(
      new Command('revoke')
        .argument('<id>')
        .description('end a key')
        .action(async (id: string) => {
          await context.api().send('DELETE', `/keys/${encodeURIComponent(id)}`);
          if (context.wantsJson()) return context.terminal.json({ revoked: Number(id) });
          context.terminal.print(`Revoked key ${id}.`);
        }),
    );

/** WatchState's command shows its one key; ours are kept hashed, so it lists them, and makes a new one where it is told to. */
export const apiKeyAlias = (context: CommandContext): Command =>
  new Command('system:apikey')
    .option('-r, --regenerate', 'make a new owner key')
    .action(({ regenerate }: Readonly<{ regenerate?: true }>) =>
      regenerate ? addKey(context, { name: 'Made by system:apikey', role: 'owner' }) : listKeys(context),
    );
