import type { Account } from '#core/connections/index.ts';
import { AppError, isAppError, messageOf } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';
import { type ImportResult, importAccount } from './import-account.ts';
import { showExport } from './show-export.ts';
import type { StoppedRuns } from './stopped-runs.ts';
import type { RunRequest, SyncParts } from './sync-parts.ts';

/** Servers that are read at the same time. */
const SERVERS_AT_ONCE = 4;

export type SyncRuns = ReturnType<typeof createSyncRuns>;

/** Import and export over many accounts: one that fails holds up no other, and makes the run fail in the end. */
export function createSyncRuns(parts: SyncParts & Readonly<{ stopped: StoppedRuns }>) {
  const { connections, clock } = parts;

  async function accountsFor(request: RunRequest, wanted: (account: Account) => boolean): Promise<readonly Account[]> {
    const all = await connections.list(request.person);
    const named = request.backend === undefined ? all : all.filter((account) => account.name === request.backend);
    if (request.backend !== undefined && named.length === 0) throw new AppError('not-found', `There is no backend "${request.backend}".`);
    const accounts = named.filter(wanted);
    if (accounts.length === 0) request.log('info', 'No backend asks for this.');
    return accounts;
  }

  async function read(request: RunRequest, account: Account, unwatches: Map<PersonId, number>): Promise<ImportResult> {
    const result = await importAccount(parts, {
      account,
      targets: await parts.targetsFor(account.personId),
      replay: await parts.replay(),
      unwatches,
      ...(request.dryRun === true && { dryRun: true }),
      signal: request.signal,
      log: request.log,
      progress: request.progress,
      breathe: request.breathe,
    });
    request.log(
      'info',
      `${account.name}: ${result.items} items, ${result.added} new, ${result.plays} plays, ${result.unwatched} un-watched, ${result.unidentified} without an id.`,
    );
    try {
      await parts.alongside?.imported(account, request);
    } finally {
      // Whatever else may fail: what was held back waits for its answer.
      if (result.stopped) await parts.stopped.ask(account, result.stopped, request.jobId);
    }
    return result;
  }

  /** Runs `work` for each account, servers side by side and the accounts of one server one after another. */
  async function forEachServer(
    accounts: readonly Account[],
    request: RunRequest,
    work: (account: Account) => Promise<JsonObject>,
  ): Promise<JsonObject> {
    const results: Record<string, JsonObject> = {};
    const faults: { account: Account; error: unknown }[] = [];
    const queues = [...Map.groupBy(accounts, (account) => account.server.id).values()];
    const workers = Array.from({ length: Math.min(SERVERS_AT_ONCE, queues.length) }, async () => {
      for (let queue = queues.shift(); queue !== undefined; queue = queues.shift()) {
        let silent: AppError | undefined;
        for (const account of queue) {
          request.signal.throwIfAborted();
          await (silent ? Promise.reject(alsoSilent(account, silent)) : work(account)).then(
            (result) => {
              results[account.name] = result;
            },
            (error: unknown) => {
              if (request.signal.aborted) throw error;
              // Its other accounts would wait as long for the same server.
              if (isAppError(error, 'upstream-timeout', 'upstream-unreachable')) silent ??= error;
              faults.push({ account, error });
              request.log('error', `${account.name}: ${messageOf(error)}`);
            },
          );
        }
      }
    });
    await Promise.all(workers);
    if (faults.length > 0) throw together(faults);
    return results;
  }

  return {
    /** Reads every account that is imported from, or only read for its ids. Fails in the end if any of them failed. */
    async runImport(request: RunRequest): Promise<JsonObject> {
      const accounts = await accountsFor(request, (account) => account.importEnabled || account.metadataOnly || account.exportEnabled);
      const persons = new Set(accounts.map((account) => account.personId));
      const unwatches = new Map<PersonId, number>();
      try {
        return await forEachServer(accounts, request, async (account) => {
          const counts = countsOf(await read(request, account, unwatches));
          // A server that is sick keeps nobody else waiting for what this one taught.
          if (request.dryRun !== true) await parts.pushSoon(await parts.targetsFor(account.personId));
          return counts;
        });
      } finally {
        if (request.dryRun !== true) for (const person of persons) await parts.pushSoon(await parts.targetsFor(person));
      }
    },

    /** Reads every account that is exported to, compares all of it with the history, and waits until what differs has been told. */
    async runExport(request: RunRequest): Promise<JsonObject> {
      const accounts = await accountsFor(request, (account) => account.exportEnabled && account.consent === 'given');
      if (request.dryRun === true) {
        return forEachServer(accounts, request, async (account) => {
          const shown = await showExport(parts, account, request.log);
          await parts.alongside?.imported(account, request);
          return shown;
        });
      }
      const unwatches = new Map<PersonId, number>();
      return forEachServer(accounts, request, async (account) => {
        const startedAt = clock.now();
        await read(request, account, unwatches);
        const { queue } = parts.store.read;
        const target = { accountId: account.id, personId: account.personId };
        await queue.retryAll(account.id, clock.now());
        await queue.enqueueDiffering(target, { replay: await parts.replay(), reason: 'export', now: clock.now() });
        const { waiting } = await queue.count(account.id);
        request.log('info', `${account.name}: ${waiting} copies differ from the history.`);
        await drained(account, request);
        await connections.setExportSync(account.id, startedAt);
        return { differing: waiting };
      });
    },
  };

  async function drained(account: Account, request: RunRequest): Promise<void> {
    const { queue } = parts.store.read;
    if ((await queue.count(account.id)).waiting === 0) return;
    await parts.pushSoon([account]);
    const { jobs } = await parts.jobs.list({ reference: `push:${account.id}`, statuses: ['pending', 'running'] }, 1, 5);
    for (const job of jobs) await parts.jobs.settled(job.id, request.signal);
    const { waiting, failed } = await queue.count(account.id);
    if (failed > 0)
      throw new AppError(
        'unavailable',
        `${failed} of ${waiting} waiting changes could not be told to ${account.name}; they are tried again by themselves.`,
      );
  }
}

const alsoSilent = (account: Account, fault: AppError): AppError =>
  new AppError(fault.code, `${account.name} was not asked: its server was silent a moment ago.`, { cause: fault });

const countsOf = ({ stopped, ...counts }: ImportResult): JsonObject => ({ ...counts, ...(stopped && { stopped: stopped.reason }) });

/** One error that names every account that failed; a guard's question is told before an upstream's fault. */
function together(faults: readonly Readonly<{ account: Account; error: unknown }>[]): AppError {
  const guard = faults.find(({ error }) => isAppError(error, 'stopped-by-guard'));
  const [first] = faults;
  const leading = guard ?? first;
  const text = faults.map(({ account, error }) => `${account.name}: ${messageOf(error)}`).join(' ');
  if (!isAppError(leading?.error)) return new AppError('unavailable', text, { cause: leading?.error });
  return new AppError(leading.error.code, text, { cause: leading.error, details: leading.error.details });
}
