import { Command } from 'commander';
import type { Static } from 'typebox';
import type { ClientApp, ClientAppGiven, Grant } from '#surfaces/app/contract.ts';
import { type CommandContext, day, orDash } from './command-context.ts';

async function listApps({ api, terminal, wantsJson }: CommandContext): Promise<void> {
  const apps = await api().get<ClientApp[]>('/apps');
  if (wantsJson()) return terminal.json(apps);
  const rows = apps.map((app) => ({
    id: String(app.id),
    name: app.name,
    client_id: app.client_id,
    dialect: app.dialect,
    from: app.origin === 'owner' ? 'registered' : `approved by ${app.created_by}`,
    blocked: day(app.blocked_at),
  }));
  terminal.table(rows, 'No app is known yet.');
}

type AddOptions = Readonly<{ clientId?: string; redirect?: string[]; dialect?: string; secret?: true; makeSecret?: true }>;

const addApp = (context: CommandContext): Command =>
  new Command('add')
    .description('register an app beforehand; without --client-id one is made')
    .argument('<name>')
    .option('--client-id <id>', 'as the app has it')
    .option('--secret', 'as the app has it; it is asked for, or read from the input')
    .option('--make-secret', 'make a client_secret, and show it this once')
    .option('--redirect <address...>', 'where its people may be sent back to; the first approval says it, unless told')
    .option('--dialect <dialect>', 'modern, or legacy for apps that know the older shapes')
    .action(async (name: string, { clientId, redirect, dialect, secret, makeSecret }: AddOptions) => {
      const typed = secret ? await context.askSecret(`client_secret of ${name}: `) : undefined;
      const given = await context.api().send<Static<typeof ClientAppGiven>>('POST', '/apps', {
        name,
        ...(clientId !== undefined && { client_id: clientId }),
        ...(redirect && { redirects: redirect }),
        ...(dialect !== undefined && { dialect }),
        ...(typed !== undefined && { client_secret: typed }),
        ...(makeSecret && { make_secret: true }),
      });
      if (context.wantsJson()) return context.terminal.json(given);
      context.terminal.print(`Registered ${given.app.name}. Its client_id is ${given.app.client_id}`);
      if (given.client_secret === null) return;
      context.terminal.print(`Its client_secret is ${given.client_secret}`);
      context.terminal.tell('The secret is shown only now.');
    });

type EditOptions = Readonly<{ name?: string; dialect?: string; redirect?: string[]; forgetSecret?: true; block?: true; unblock?: true }>;

const editApp = (context: CommandContext): Command =>
  new Command('edit')
    .description('change how an app is known here, or block it')
    .argument('<id>')
    .option('--name <name>')
    .option('--dialect <dialect>', 'modern or legacy')
    .option('--redirect <address...>', 'where its people may be sent back to, from now on')
    .option('--forget-secret', 'take the next client_secret that it shows')
    .option('--block', 'its tokens are worth nothing until it is unblocked')
    .option('--unblock')
    .action(async (id: string, { name, dialect, redirect, forgetSecret, block, unblock }: EditOptions) => {
      const app = await context.api().send<ClientApp>('PATCH', `/apps/${encodeURIComponent(id)}`, {
        ...(name !== undefined && { name }),
        ...(dialect !== undefined && { dialect }),
        ...(redirect && { redirects: redirect }),
        ...(forgetSecret && { client_secret: null }),
        ...((block ?? unblock) && { blocked: block === true }),
      });
      if (context.wantsJson()) return context.terminal.json(app);
      context.terminal.print(`${app.name}: ${app.dialect}, ${app.blocked_at === null ? 'not blocked' : 'blocked'}.`);
    });

const removeApp = (context: CommandContext): Command =>
  new Command('remove')
    .description('forget an app, with all that people have let it do')
    .argument('<id>')
    .action(async (id: string) => {
      await context.api().send('DELETE', `/apps/${encodeURIComponent(id)}`);
      if (context.wantsJson()) return context.terminal.json({ removed: Number(id) });
      context.terminal.print(`Removed app ${id}.`);
    });

export const appCommand = (context: CommandContext): Command =>
  new Command('app')
    .description('apps of the tracker. To let in registered ones alone: usherr settings set apps.open-registration false')
    .addCommand(new Command('list').description('the apps that are known').action(() => listApps(context)))
    .addCommand(addApp(context))
    .addCommand(editApp(context))
    .addCommand(removeApp(context));

const listGrants = (context: CommandContext): Command =>
  new Command('list')
    .description('which apps were let in')
    .option('-u, --person <name>', 'by whom')
    .option('--app <id>', 'this app alone')
    .action(async ({ person, app }: Readonly<{ person?: string; app?: string }>) => {
      const grants = await context.api().get<Grant[]>('/grants', { person, app });
      if (context.wantsJson()) return context.terminal.json(grants);
      const rows = grants.map((grant) => ({
        id: String(grant.id),
        app: grant.app.name,
        person: orDash(grant.person),
        may: grant.scopes.includes('media:write') ? 'read, write' : 'read',
        since: day(grant.created_at),
        used: day(grant.last_used_at),
        revoked: day(grant.revoked_at),
      }));
      context.terminal.table(rows, 'No app was let in.');
    });

export const grantCommand = (context: CommandContext): Command =>
  new Command('grant')
    .description('what people have let apps do')
    .addCommand(listGrants(context))
    .addCommand(
      new Command('revoke')
        .description('send an app away')
        .argument('<id>')
        .action(async (id: string) => {
          await context.api().send('DELETE', `/grants/${encodeURIComponent(id)}`);
          if (context.wantsJson()) return context.terminal.json({ revoked: Number(id) });
          context.terminal.print(`Revoked grant ${id}.`);
        }),
    );
