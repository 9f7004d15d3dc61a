import { Command } from 'commander';
import type { DriftShown, FailedList, PreviewShown, Replication, RequestShown, Tracked, Whereabouts } from '#surfaces/app/contract.ts';
import { type CommandContext, day, done, orDash, yesNo } from './command-context.ts';
import { usage } from './exit-codes.ts';
import { importRequests, requestOptions, setUpWebhook, startAnew } from './replication.commands.ts';

const PATH = '/request-replication';
const listed = (seasons: readonly number[] | null): string => orDash(seasons?.join(','));

function listRequests(context: CommandContext): Command {
  return new Command('list')
    .description('what people asked for on the primary, newest first')
    .option('-u, --person <name>', 'only what they asked for')
    .option('--gone', 'also what is gone')
    .option('--page <number>', '', '1')
    .option('--perpage <count>', '', '25')
    .action(async ({ person, gone, page, perpage }: Readonly<{ person?: string; gone?: true; page: string; perpage: string }>) => {
      const query = { person, gone, page, per_page: perpage };
      const found = await context.api().get<{ items: RequestShown[]; total: number }>('/requests', query);
      if (context.wantsJson()) return context.terminal.json(found);
      const rows = found.items.map((one) => ({
        id: String(one.primary_id),
        what: one.title ?? one.fingerprint,
        seasons: listed(one.seasons),
        '4k': yesNo(one.is_4k),
        status: one.gone_at === null ? one.status : 'gone',
        by: one.requested_by.person ?? one.requested_by.name,
        at: day(one.requested_at),
      }));
      context.terminal.table(rows, 'Nobody has asked for anything.');
      context.terminal.tell(`${found.items.length} of ${found.total}`);
    });
}

function showStatus(context: CommandContext): Command {
  return new Command('status').description('how the replication goes').action(async () => {
    const status = await context.api().get<Replication>(PATH);
    const { terminal } = context;
    if (context.wantsJson()) return terminal.json(status);
    terminal.print(`Replication: ${status.state}; ${status.tracked} tracked, ${status.failed} failed; last look ${day(status.last_poll)}.`);
    for (const { field, message } of status.faults) terminal.print(`  ${field}: ${message}`);
    const desks = [...(status.primary ? [status.primary] : []), ...status.subordinates];
    for (const { label, health } of desks) if (health.last_error !== null) terminal.print(`  ${label}: ${health.last_error}`);
    if (status.stopped) terminal.print(`${status.stopped.reason}. Answer plan ${orDash(status.stopped.plan_id)}.`);
    const rows = status.subordinates.map((one) => ({
      subordinate: one.label,
      synced: String(one.synced),
      due: String(one.due),
      waiting: String(one.waiting),
      failed: String(one.failed),
      health: one.health.state,
    }));
    terminal.table(rows, 'There is no subordinate.');
  });
}

function listFailed(context: CommandContext): Command {
  return new Command('failed').description('what was tried in vain').action(async () => {
    const failed = await context.api().get<FailedList>(`${PATH}/failed`);
    if (context.wantsJson()) return context.terminal.json(failed);
    const rows = failed.map((one) => ({
      request: one.fingerprint,
      subordinate: one.subordinate,
      at: day(one.failed_at),
      again: one.unconfirmed ? 'never by itself' : day(one.next_at),
      error: one.error,
    }));
    context.terminal.table(rows, 'Nothing has failed.');
  });
}

function retryFailed(context: CommandContext): Command {
  return new Command('retry')
    .description('try again now what was tried in vain, and what nobody could tell')
    .argument('[request]', 'only this, such as movie:603:False')
    .option('-s, --subordinate <label>', 'only there')
    .action(async (fingerprint: string | undefined, { subordinate }: Readonly<{ subordinate?: string }>) => {
      const wish = { ...(fingerprint !== undefined && { fingerprint }), ...(subordinate !== undefined && { subordinate }) };
      const { cleared } = await context.api().send<{ cleared: number }>('POST', `${PATH}/retry`, wish);
      done(context, { cleared }, `${cleared} to be tried again.`);
    });
}

function showState(context: CommandContext): Command {
  return new Command('state').description('every request that a subordinate has of ours').action(async () => {
    const tracked = await context.api().get<Tracked>(`${PATH}/state`);
    if (context.wantsJson()) return context.terminal.json(tracked);
    const rows = tracked.flatMap((one) =>
      Object.entries(one.subordinates).flatMap(([label, own]) =>
        own.map((there) => ({
          id: String(one.primary_id),
          request: one.fingerprint,
          subordinate: label,
          there: String(there.id),
          status: there.status,
          seasons: listed(there.seasons),
          how: there.how,
          since: day(there.synced_at),
        })),
      ),
    );
    context.terminal.table(rows, 'No subordinate has anything of ours.');
  });
}

function whereIs(context: CommandContext): Command {
  return new Command('where')
    .description('where the requests of a title stand, and why')
    .argument('<kind>', 'movie or tv')
    .argument('<tmdb>', 'its number at TMDB')
    .action(async (kind: string, tmdbId: string) => {
      if (kind !== 'movie' && kind !== 'tv') throw usage('The kind is movie or tv.');
      const found = await context.api().get<Whereabouts>('/requests/where', { kind, tmdb_id: tmdbId });
      if (context.wantsJson()) return context.terminal.json(found);
      const rows = found.flatMap((one) =>
        one.subordinates.map((there) => ({
          id: String(one.primary_id),
          request: one.fingerprint,
          seasons: listed(one.seasons),
          primary: one.gone ? 'gone' : one.status,
          subordinate: there.subordinate,
          state: orDash(there.state),
          why: orDash(there.error ?? there.reason),
        })),
      );
      context.terminal.table(rows, 'Nobody has asked for that, or there is no subordinate.');
    });
}

function previewCycle(context: CommandContext): Command {
  return new Command('preview')
    .description('what the next look at the primary would do; nothing is changed')
    .option('-s, --subordinate <label>', 'only there')
    .action(async ({ subordinate }: Readonly<{ subordinate?: string }>) => {
      const { terminal } = context;
      const preview = await context.api().get<PreviewShown>(`${PATH}/preview`, { subordinate });
      if (context.wantsJson()) return terminal.json(preview);
      if (preview.stopped !== null) terminal.print(`It would stop and ask: ${preview.stopped}.`);
      for (const seen of preview.subordinates) if (!seen.known) terminal.print(`${seen.subordinate}: ${orDash(seen.reason)}`);
      const rows = preview.subordinates.flatMap((seen) => [
        ...seen.changes.map((change) => ({
          subordinate: seen.subordinate,
          action: change.action,
          request: change.fingerprint,
          seasons: listed(change.seasons),
          as: orDash(change.as),
          why: change.reason,
        })),
        ...seen.waiting.map((one) => ({
          subordinate: seen.subordinate,
          action: `(${one.state})`,
          request: one.fingerprint,
          seasons: '-',
          as: '-',
          why: one.reason,
        })),
      ]);
      terminal.table(rows, 'Nothing is to be done.');
    });
}

function showDrift(context: CommandContext): Command {
  return new Command('drift')
    .description('what is not the same on a subordinate, and why')
    .argument('<subordinate>', 'its label, such as internal:Cabin')
    .action(async (subordinate: string) => {
      const { terminal } = context;
      const drift = await context.api().get<DriftShown>(`${PATH}/drift`, { subordinate });
      if (context.wantsJson()) return terminal.json(drift);
      const rows = drift.differences.map((one) => ({
        what: one.kind,
        request: one.fingerprint,
        primary: one.primary.gone ? 'gone' : one.primary.status,
        there: orDash(one.there.map((there) => `${there.id} ${there.status}`).join(', ')),
        'by itself': yesNo(one.planned),
        why: one.reason,
      }));
      terminal.table(rows, 'Nothing differs.');
      terminal.print(`${drift.in_step} in step, ${drift.differences.length} not, ${drift.foreign} there that are none of ours.`);
    });
}

export const requestsCommand = (context: CommandContext): Command =>
  new Command('requests')
    .description('what people ask for, and how it comes from the primary Seerr to the others')
    .addCommand(listRequests(context))
    .addCommand(showStatus(context), { isDefault: true })
    .addCommand(listFailed(context))
    .addCommand(retryFailed(context))
    .addCommand(showState(context))
    .addCommand(whereIs(context))
    .addCommand(previewCycle(context))
    .addCommand(showDrift(context))
    .addCommand(requestOptions(context))
    .addCommand(importRequests(context))
    .addCommand(setUpWebhook(context))
    .addCommand(startAnew(context));
