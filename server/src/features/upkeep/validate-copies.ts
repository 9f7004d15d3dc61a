import { setTimeout as sleep } from 'node:timers/promises';
import type { Account, Connections } from '#core/connections/index.ts';
import type { MediaServer } from '#core/upstreams/index.ts';
import { AppError, isUpstreamFault, messageOf } from '#kernel/app-error.ts';
import type { CopyId, ServerId } from '#kernel/ids.ts';
import type { Duration } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import type { ListedCopy, UpkeepStore } from './upkeep.store.ts';
import { accountsFor, type UpkeepRequest } from './upkeep-request.ts';

const PAGE = 500;
/** A server that fails so often in a row is left alone for this run. */
const MOST_FAULTS_IN_A_ROW = 5;
/** More than so many, and more than this part of what was asked about, is taken for a server that is not itself. */
const FEW = 25;
const PART = 0.1;

export type ValidateDeps = Readonly<{
  store: UpkeepStore;
  connections: Pick<Connections, 'list' | 'accountsOf' | 'connect' | 'confirm'>;
  /** Waited between two questions to one server. */
  pauseMs: Duration;
}>;

type Reader = Readonly<{ account: Account; server: MediaServer }>;
type Tally = { asked: number; unknown: number; faultsInARow: number; lastFault: unknown; gone: ListedCopy[] };

/** `validate` asks the servers whether the items that are stored still exist. */
export function createValidation({ store, connections, pauseMs }: ValidateDeps) {
  /** Everybody with an account there: what one may not see, another may. Without all of them nothing is concluded. */
  async function readersOf(server: ServerId, request: UpkeepRequest): Promise<readonly Reader[]> {
    const readers: Reader[] = [];
    for (const account of await connections.accountsOf(server)) {
      await connections.confirm(account, { signal: request.signal });
      readers.push({ account, server: await connections.connect(account) });
    }
    return readers;
  }

  /** Present as soon as one account sees it; gone only where all have answered that it is not there. */
  async function isGone(copy: ListedCopy, readers: readonly Reader[], signal: AbortSignal): Promise<boolean> {
    for (const { server } of readers) {
      if ((await server.readItem(copy.upstreamId, { signal })) !== undefined) return false;
    }
    return readers.length > 0;
  }

  async function ask(copy: ListedCopy, readers: readonly Reader[], request: UpkeepRequest, tally: Tally): Promise<void> {
    try {
      if (await isGone(copy, readers, request.signal)) tally.gone.push(copy);
      tally.faultsInARow = 0;
    } catch (error) {
      if (request.signal.aborted || !isUpstreamFault(error)) throw error;
      tally.unknown += 1;
      tally.faultsInARow += 1;
      tally.lastFault = error;
      if (tally.faultsInARow >= MOST_FAULTS_IN_A_ROW) throw error;
    }
    tally.asked += 1;
  }

  async function askAll(server: ServerId, name: string, request: UpkeepRequest): Promise<Tally> {
    const readers = await readersOf(server, request);
    const tally: Tally = { asked: 0, unknown: 0, faultsInARow: 0, lastFault: undefined, gone: [] };
    for (
      let after = 0, page = await store.listedOn(server, after, PAGE);
      page.length > 0;
      page = await store.listedOn(server, after, PAGE)
    ) {
      for (const copy of page) {
        await ask(copy, readers, request, tally);
        after = copy.id;
        if (pauseMs > 0) await sleep(pauseMs, undefined, { signal: request.signal });
        await request.breathe();
        request.progress(tally.asked, undefined, name);
      }
    }
    return tally;
  }

  async function validateServer({ id, name }: Readonly<{ id: ServerId; name: string }>, request: UpkeepRequest): Promise<JsonObject> {
    const { gone, asked, unknown, lastFault } = await askAll(id, name, request);
    const dry = request.flags.has('dry-run');
    for (const copy of gone) request.log('info', `${name}: "${copy.title}" (${copy.upstreamId}) is no longer there.`);
    if (!dry && !request.flags.has('force-full') && gone.length > FEW && gone.length > asked * PART) {
      throw new AppError(
        'stopped-by-guard',
        `${name} no longer has ${gone.length} of ${asked} items, which may be a library that is not mounted. Nothing was changed: look there, and run validate with --force-full if it is right.`,
      );
    }
    if (!dry) await store.markGone(gone.map((copy): CopyId => copy.id));
    request.log('info', `${name}: ${asked} items were asked about, ${gone.length} are gone${dry ? ' (nothing was changed)' : ''}.`);
    if (unknown > 0) {
      throw new AppError('upstream-unreachable', `${name} did not answer for ${unknown} of ${asked} items: ${messageOf(lastFault)}`, {
        cause: lastFault,
      });
    }
    return { asked, gone: gone.length };
  }

  return {
    async validate(request: UpkeepRequest): Promise<JsonObject> {
      const byServer = Map.groupBy(await accountsFor(connections, request), (account) => account.server.id);
      // People know a server by the names of their backends on it.
      const servers = [...byServer].map(([id, own]) => ({ id, name: [...new Set(own.map((account) => account.name))].join(', ') }));
      const results: Record<string, JsonObject> = {};
      const faults: Fault[] = [];
      for (const server of servers) {
        try {
          results[server.name] = await validateServer(server, request);
        } catch (error) {
          if (request.signal.aborted) throw error;
          const fault = faultOf(server.name, error);
          request.log('error', fault.text);
          faults.push(fault);
        }
      }
      if (faults.length > 0) throw together(faults);
      return results;
    },
  };
}

type Fault = Readonly<{ text: string; error: unknown }>;

/** Named after the backend, as the reader of the run's log knows it. */
const faultOf = (name: string, error: unknown): Fault => {
  const text = messageOf(error);
  return { text: text.startsWith(name) ? text : `${name}: ${text}`, error };
};

function together(faults: readonly Fault[]): AppError {
  const cause = faults[0]?.error;
  return new AppError(cause instanceof AppError ? cause.code : 'unavailable', faults.map(({ text }) => text).join(' '), { cause });
}
