import { type Account, type Connections, ignoredLibraries } from '#core/connections/index.ts';
import type { IncomingWebhook, MediaServerDriver, UpstreamItem, WebhookPoke } from '#core/upstreams/index.ts';
import type { Refinement } from '#core/viewing/index.ts';
import { isUpstreamFault, messageOf } from '#kernel/app-error.ts';
import { type Clock, type Duration, type Instant, seconds } from '#kernel/instant.ts';
import type { JsonObject } from '#kernel/json.ts';
import { withinTime } from './call-time.ts';
import { createWebhookGuard } from './guard-webhooks.ts';
import { PATIENCE } from './import-account.ts';
import { type MergeInput, type MergeOutcome, mergeItems } from './merge-items.ts';
import { recentUnwatches } from './recent-unwatches.store.ts';
import type { WatchSyncStore } from './watch-sync.store.ts';

/** How long the sender waits at most while the item is read; what takes longer is answered, and read later. */
export const WEBHOOK_READ: Duration = seconds(5);

const TOO_MANY = 'more marks were taken away by events within an hour than is believed without asking: the next import looks, and asks';

/** What came of a webhook, in the order in which a surface would rather tell it. */
export type WebhookOutcome =
  | Readonly<{ outcome: 'applied'; accounts: readonly string[]; changed: number }>
  /** The read failed and is made again by a job. */
  | Readonly<{ outcome: 'queued'; accounts: readonly string[]; reason: string }>
  | Readonly<{ outcome: 'left-alone'; reason: string }>
  | Readonly<{ outcome: 'import-disabled'; accounts: readonly string[] }>
  | Readonly<{ outcome: 'unusable'; reason: string }>
  | Readonly<{ outcome: 'unrecognised' }>;

/** A read that is still owed for a webhook. Plain JSON: it is the payload of a job. */
export type OwedRead = JsonObject & Readonly<{ accountId: number; event: string; receivedAt: Instant }>;

export type WebhookDeps = Readonly<{
  store: WatchSyncStore;
  connections: Connections;
  drivers: Readonly<Record<string, MediaServerDriver>>;
  clock: Clock;
  /** See WEBHOOK_READ. */
  readMs?: Duration;
  /** See PATIENCE: for a read that is owed. */
  patienceMs?: Duration;
  targetsOf(account: Account): Promise<readonly Account[]>;
  replay(): Promise<boolean>;
  /** Work that the webhook leaves behind: a read that is owed, pushes that wait. */
  oweRead(read: OwedRead): Promise<void>;
  pushSoon(targets: readonly Account[]): Promise<void>;
}>;

export type WebhookReceiver = ReturnType<typeof createWebhookReceiver>;

/**
 * A webhook is a poke: the item is read from its server and what that says is the observation; the payload refines its
 * dates. The answer comes after the read, so that it can say what was done.
 */
export function createWebhookReceiver(deps: WebhookDeps) {
  const guard = createWebhookGuard(deps);

  /** What the item says, an un-watch only where the guard lets it pass. */
  async function merge(input: Omit<MergeInput, 'unwatchAllowed'>): Promise<MergeOutcome> {
    return deps.store.transaction(async (stores) => {
      const outcome = await mergeItems(stores, { ...input, unwatchAllowed: false });
      const [held] = outcome.held;
      if (held === undefined) return outcome;
      const { account } = input;
      const passed = await guard.let(
        { account, libraryId: held.copy.libraryId },
        {
          sizeOf: stores.media.sizeOfLibrary,
          before: (since) => recentUnwatches(stores.handle, { account, since }),
        },
      );
      if (passed === undefined) return outcome;
      const carriedOut = await mergeItems(stores, { ...input, unwatchAllowed: true });
      if (carriedOut.changed.length === 0) guard.forget(account, passed);
      return carriedOut;
    });
  }

  async function take(
    account: Account,
    poke: Pick<WebhookPoke, 'event' | 'upstreamId' | 'guid' | 'hints'>,
    signal: AbortSignal,
    owedSince?: Instant,
  ): Promise<WebhookOutcome> {
    const askedAt = deps.clock.now();
    const item = await readPoked(deps.connections, account, poke, signal);
    if (item === undefined) return leave(account, poke.event, 'the server has no such item, or more than one');
    // Not every vendor's event says which library it is about.
    if (ignores(account, item.libraryId)) return leave(account, poke.event, `library ${item.libraryId} is ignored`);
    await deps.connections.noteEvent(account.id, poke.event);
    const targets = await deps.targetsOf(account);
    const replay = await deps.replay();
    const outcome = await merge({
      account,
      items: [item],
      how: 'webhook',
      event: poke.event,
      at: askedAt,
      refined: refinementOf(poke.hints),
      ...(owedSince !== undefined && { refinedAt: owedSince }),
      targets,
      replay,
    });
    if (outcome.held.length > 0) return { outcome: 'left-alone', reason: TOO_MANY };
    const [unidentified] = outcome.unidentified;
    if (unidentified !== undefined) return leave(account, poke.event, unidentified.reason);
    if (outcome.changed.length > 0) await deps.pushSoon(targets);
    return { outcome: 'applied', accounts: [account.name], changed: outcome.changed.length };
  }

  /** The reason stands with the backend too, where whoever set the webhook up looks. */
  async function leave(account: Account, event: string, reason: string): Promise<WebhookOutcome> {
    await deps.connections.noteEvent(account.id, withReason(event, reason));
    return { outcome: 'left-alone', reason };
  }

  async function takeOrOwe(account: Account, poke: WebhookPoke): Promise<WebhookOutcome> {
    const receivedAt = deps.clock.now();
    try {
      const unending = { account, signal: new AbortController().signal };
      return await withinTime(unending, deps.readMs ?? WEBHOOK_READ, (signal) => take(account, poke, signal));
    } catch (error) {
      if (!isUpstreamFault(error)) throw error;
      await deps.connections.noteEvent(account.id, poke.event);
      await deps.connections.noteError(account.id, error);
      await deps.oweRead({
        accountId: account.id,
        event: poke.event,
        receivedAt,
        ...(poke.upstreamId !== undefined && { upstreamId: poke.upstreamId }),
        ...(poke.guid !== undefined && { guid: poke.guid }),
        hints: { ...poke.hints },
      });
      return { outcome: 'queued', accounts: [account.name], reason: messageOf(error) };
    }
  }

  return {
    /** `speaksFor`: the accounts of which the sender may tell; for others the event is as good as that of an unknown server. */
    async receive(incoming: IncomingWebhook, speaksFor: (account: Account) => boolean = () => true): Promise<WebhookOutcome> {
      const reading = readIncoming(deps.drivers, incoming);
      if (reading === undefined) return { outcome: 'unrecognised' };
      if (reading.outcome === 'unusable') return { outcome: 'unusable', reason: reading.reason };
      const { type } = reading;
      if (reading.outcome === 'left-alone') {
        if (reading.serverUuid !== undefined)
          await noteLeftAlone(deps, {
            type,
            uuid: reading.serverUuid,
            event: withReason(reading.event, reading.reason),
            speaksFor,
            ...(reading.userId !== undefined && { userId: reading.userId }),
          });
        return { outcome: 'left-alone', reason: reading.reason };
      }
      const { poke } = reading;
      const known = (await deps.connections.accountsOnServer(type, poke.serverUuid)).filter(speaksFor);
      const accounts = known.filter((account) => concerns(account, poke));
      if (accounts.length === 0)
        return {
          outcome: 'unusable',
          reason: known.length === 0 ? 'no backend is connected to that server' : 'no backend belongs to that user of the server',
        };
      return settle(deps, accounts, poke, takeOrOwe);
    },

    /** The read that an earlier webhook is owed. Throws while the server still does not answer. */
    async readOwed(read: OwedRead, signal: AbortSignal): Promise<WebhookOutcome> {
      const account = await deps.connections.byId(read.accountId as Account['id']);
      const { upstreamId, guid, hints = {} } = read as Readonly<{ upstreamId?: string; guid?: string; hints?: WebhookPoke['hints'] }>;
      // Where it stands is what it says by now: the payload tells where it stood.
      const { positionMs: _, ...still } = hints;
      const poke = {
        event: read.event,
        hints: still,
        ...(upstreamId !== undefined && { upstreamId }),
        ...(guid !== undefined && { guid }),
      };
      // Reads that are owed wait in one lane: a server that is silent must not keep those of the others waiting.
      return withinTime({ account, signal }, deps.patienceMs ?? PATIENCE, (within) => take(account, poke, within, read.receivedAt));
    },
  };
}

async function settle(
  deps: WebhookDeps,
  accounts: readonly Account[],
  poke: WebhookPoke,
  take: (account: Account, poke: WebhookPoke) => Promise<WebhookOutcome>,
): Promise<WebhookOutcome> {
  const open = accounts.filter((account) => account.importEnabled || account.metadataOnly || account.exportEnabled);
  const readable = open.filter((account) => account.importEnabled || account.metadataOnly);
  if (readable.length === 0) {
    for (const account of accounts) await deps.connections.noteEvent(account.id, `${poke.event} (import is off)`);
    return { outcome: 'import-disabled', accounts: accounts.map((account) => account.name) };
  }
  const kept = readable.filter((account) => !ignores(account, poke.libraryId));
  if (kept.length === 0) {
    const reason = `library ${poke.libraryId ?? ''} is ignored`;
    for (const account of readable) await deps.connections.noteEvent(account.id, withReason(poke.event, reason));
    return { outcome: 'left-alone', reason };
  }
  const outcomes = await Promise.all(kept.map((account) => take(account, poke)));
  return best(outcomes);
}

const RANK: Readonly<Record<WebhookOutcome['outcome'], number>> = {
  applied: 0,
  queued: 1,
  'left-alone': 2,
  'import-disabled': 3,
  unusable: 4,
  unrecognised: 5,
};

function best(outcomes: readonly WebhookOutcome[]): WebhookOutcome {
  const [first = { outcome: 'unrecognised' } as const] = [...outcomes].sort((one, other) => RANK[one.outcome] - RANK[other.outcome]);
  return first;
}

type Reading = Readonly<{ type: string }> & Exclude<ReturnType<MediaServerDriver['webhook']['read']>, { outcome: 'not-ours' }>;

function readIncoming(drivers: WebhookDeps['drivers'], incoming: IncomingWebhook): Reading | undefined {
  for (const [type, driver] of Object.entries(drivers)) {
    const reading = driver.webhook.read(incoming);
    if (reading.outcome !== 'not-ours') return { type, ...reading };
  }
  return undefined;
}

async function noteLeftAlone(
  { connections }: WebhookDeps,
  event: Readonly<{ type: string; uuid: string; userId?: string; event: string; speaksFor(account: Account): boolean }>,
): Promise<void> {
  for (const account of (await connections.accountsOnServer(event.type, event.uuid)).filter(event.speaksFor)) {
    const isTheirs = event.userId === undefined || account.userId === event.userId || account.userId === LOCAL_OWNER;
    if (isTheirs) await connections.noteEvent(account.id, event.event);
  }
}

const withReason = (event: string, reason: string): string => `${event} (left alone: ${reason})`;

const LOCAL_OWNER = '1';

/** Plex knows its owner locally as user 1 and elsewhere by another id: both are the same account. */
function concerns(account: Account, poke: WebhookPoke): boolean {
  if (poke.userId === undefined || account.userId === poke.userId) return true;
  const isNamesake = poke.userName !== undefined && account.userName === poke.userName;
  if (poke.userId === LOCAL_OWNER) return isNamesake;
  return account.userId === LOCAL_OWNER && (poke.owner ?? isNamesake);
}

const ignores = (account: Account, libraryId: string | undefined): boolean =>
  libraryId !== undefined && ignoredLibraries(account.options).includes(libraryId);

async function readPoked(
  connections: Connections,
  account: Account,
  poke: Pick<WebhookPoke, 'upstreamId' | 'guid'>,
  signal: AbortSignal,
): Promise<UpstreamItem | undefined> {
  const server = await connections.connect(account);
  if (poke.upstreamId !== undefined) return server.readItem(poke.upstreamId, { signal });
  if (poke.guid !== undefined && server.findByGuid) return server.findByGuid(poke.guid, { signal });
  return undefined;
}

const refinementOf = (hints: WebhookPoke['hints']): Refinement => ({
  ...(hints.completed !== undefined && { completed: hints.completed }),
  ...(hints.finished !== undefined && { finished: hints.finished }),
  ...(hints.unplayed !== undefined && { unplayed: hints.unplayed }),
  ...(hints.playedAt !== undefined && { playedAt: hints.playedAt }),
  ...(hints.positionMs !== undefined && { positionMs: hints.positionMs }),
});
