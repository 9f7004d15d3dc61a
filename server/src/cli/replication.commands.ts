import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { isRecord } from '#kernel/json.ts';
import type { Imported, Replication } from '#surfaces/app/contract.ts';
import { type CommandContext, done, orDash } from './command-context.ts';
import { usage } from './exit-codes.ts';
import { readValue } from './read-value.ts';

const PATH = '/request-replication';

function optionOf(word: string): readonly [name: string, value: unknown] {
  const at = word.indexOf('=');
  if (at < 1) throw usage(`"${word}" is no option with a value: write sync_declined=true.`);
  return [word.slice(0, at), readValue(word.slice(at + 1))];
}

export function requestOptions(context: CommandContext): Command {
  return new Command('options')
    .description('the options of the replication; with name=value they are set, all or none')
    .argument('[option...]', 'such as sync_declined=true poll_interval_seconds=30')
    .action(async (words: readonly string[]) => {
      const wish = Object.fromEntries(words.map(optionOf));
      const api = context.api();
      const status = words.length === 0 ? await api.get<Replication>(PATH) : await api.send<Replication>('PATCH', `${PATH}/options`, wish);
      if (context.wantsJson()) return context.terminal.json(status.options);
      const rows = Object.entries(status.options).map(([option, value]) => ({ option, value: JSON.stringify(value) }));
      context.terminal.table(rows, 'There is none.');
    });
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw usage(`${file} is no JSON file that can be read here: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function keysIn(file: string): Readonly<Record<string, string>> {
  const keys = readJson(file);
  if (!isRecord(keys) || !Object.values(keys).every((key) => typeof key === 'string'))
    throw usage(`${file} must hold the API keys of the internal instances by their names, such as {"Main": "…"}.`);
  return keys as Readonly<Record<string, string>>;
}

type ImportOptions = Readonly<{ config?: string; state?: string; keys?: string; host?: string; apply?: true | false }>;

export function importRequests(context: CommandContext): Command {
  return new Command('import')
    .description('take over what another Seerr Sync has; shown first')
    .option('--config <file>', 'a dumb_config.json: desks and options')
    .option('--state <file>', 'a seerr_sync_state.json: what was made where')
    .option('--keys <file>', 'JSON: the API keys of internal instances by name, which the configuration does not hold')
    .option('--host <host>', 'where the internal instances are reached; localhost unless told')
    .option('--apply', 'take it over; without it nothing is changed')
    .action(async ({ config, state, keys, host, apply = false }: ImportOptions) => {
      if (config === undefined && state === undefined) throw usage('Say what to take over: --config, --state or both.');
      const imported = await context.api().send<Imported>('POST', `${PATH}/import`, {
        apply,
        ...(config !== undefined && { config: readJson(config) }),
        ...(state !== undefined && { state: readJson(state) }),
        ...(keys !== undefined && { keys: keysIn(keys) }),
        ...(host !== undefined && { host }),
      });
      if (context.wantsJson()) return context.terminal.json(imported);
      printImport(context, imported);
    });
}

function printImport({ terminal }: CommandContext, { applied, config, state }: Imported): void {
  if (config) {
    terminal.table(
      config.desks.map((desk) => ({ desk: desk.label, role: desk.role, [applied ? 'was' : 'would be']: desk.outcome })),
      'It names no Seerr.',
    );
    if (config.options.length > 0) terminal.print(`Options: ${config.options.join(', ')}`);
    for (const note of config.notes) terminal.print(note);
    for (const { field, message } of config.faults) terminal.print(`To be mended: ${field}: ${message}`);
  }
  if (state) {
    terminal.print(`${state.linked} requests of subordinates ${applied ? 'are' : 'would be'} ours, ${state.skipped.length} left out.`);
    for (const { fingerprint, subordinate, reason } of state.skipped)
      terminal.print(`  ${fingerprint} on ${orDash(subordinate)}: ${reason}`);
  }
  if (!applied) terminal.print('Nothing was changed. To do it, add --apply.');
}

type HookOptions = Readonly<{ reachedAt?: string; replace?: true; newToken?: true }>;

export function setUpWebhook(context: CommandContext): Command {
  return new Command('webhook')
    .description('have the primary tell of requests at once; its template stays as it is')
    .option('--reached-at <url>', 'where the primary reaches this server; else USHERR_PUBLIC_URL of the server')
    .option('--replace', 'also where it posts to somebody else now')
    .option('--new-token', 'the former token is worth nothing from then on')
    .action(async ({ reachedAt, replace, newToken }: HookOptions) => {
      const { url } = await context.api().send<{ url: string }>('POST', `${PATH}/webhook`, {
        ...(reachedAt !== undefined && { url: reachedAt }),
        ...(replace && { replace }),
        ...(newToken && { new_token: newToken }),
      });
      done(context, { url }, `The primary posts its events to ${url}.`);
    });
}

export function startAnew(context: CommandContext): Command {
  return new Command('start-anew')
    .description('for a primary that was set up anew: forget its requests and read them again; nothing is changed on any Seerr')
    .action(async () => {
      await context.api().send('POST', `${PATH}/start-anew`);
      done(context, { started_anew: true }, 'The requests of the primary are forgotten, and read anew.');
    });
}
