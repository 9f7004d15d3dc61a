import { type Account, type Connections, ignoredLibraries, isListenedTo } from '#core/connections/index.ts';
import type { ItemPage, MediaServer, UpstreamItem, UpstreamLibrary } from '#core/upstreams/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import type { PersonId } from '#kernel/ids.ts';
import { type Clock, type Duration, type Instant, minutes, seconds } from '#kernel/instant.ts';
import { withinTime } from './call-time.ts';
import { type CopySet, createCopySet } from './copy-set.ts';
import { guardUnwatches } from './guard-unwatch.ts';
import { type MergeInput, type MergeOutcome, mergeItems } from './merge-items.ts';
import type { AccountPages, PageMemory, TakenPage } from './page-memory.ts';
import type { HeldUnwatch } from './plan-merge.ts';
import type { WatchSyncStore } from './watch-sync.store.ts';

const PAGE_SIZE = 1_000;
/** A server that brings no page for so long is given up for this run. */
export const PATIENCE: Duration = minutes(2);

export type ImportLog = (level: 'info' | 'warn' | 'error', text: string) => void;

export type ImportDeps = Readonly<{
  store: WatchSyncStore;
  connections: Connections;
  clock: Clock;
  pages: PageMemory;
  /** See PATIENCE. */
  patienceMs: Duration;
}>;

export type ImportRun = Readonly<{
  account: Account;
  targets: readonly Account[];
  replay: boolean;
  /** Everything is read and decided, and nothing is kept: the log says what would change. */
  dryRun?: boolean;
  /** What the run has un-watched so far, by person: the limit is the run's, whatever the number of its accounts. */
  unwatches?: Map<PersonId, number>;
  signal: AbortSignal;
  log: ImportLog;
  progress(done: number, total: number, text: string): void;
  /** Awaited between pages, so that whoever waits for a page of ours is served first. */
  breathe(): Promise<void>;
}>;

export type ImportResult = Readonly<{
  items: number;
  added: number;
  plays: number;
  changed: number;
  unwatched: number;
  unidentified: number;
  /** Un-watches over the limits: nothing of them was done, and a person is to be asked. */
  stopped?: Readonly<{ reason: string; held: readonly HeldUnwatch[] }>;
}>;

type Tally = {
  items: number;
  added: number;
  plays: number;
  changed: number;
  unidentified: number;
  sizes: Map<string, number>;
  listed: CopySet;
  held: HeldUnwatch[];
};

/**
 * Reads an account in full and takes what it says into the history, page by page as the pages come. The account's mark
 * moves only when every page has arrived and been stored; what did arrive is kept either way.
 */
export async function importAccount(deps: ImportDeps, run: ImportRun): Promise<ImportResult> {
  const { account } = run;
  const startedAt = deps.clock.now();
  // Whoever gave a server more time for one call meant it.
  const patienceMs = Math.max(deps.patienceMs, seconds(Number(account.options['client.timeout'] ?? 0)));
  const watchdog = watchProgress(patienceMs, run.signal);
  try {
    const server = await deps.connections.connect(account);
    await checkIdentity(server, account, watchdog.signal);
    const libraries = await librariesOf(server, account, watchdog.signal, run.log);
    const tally: Tally = { items: 0, added: 0, plays: 0, changed: 0, unidentified: 0, sizes: new Map(), listed: createCopySet(), held: [] };
    const pages = deps.pages.of(account);
    await importLibraries(deps, run, libraries, { server, tally, watchdog, pages });
    if (run.dryRun === true) return rehearsed(run, tally);
    pages.end();
    await deps.store.transaction(({ viewing }) => viewing.unlisted(account.id, tally.listed, startedAt));
    await hearNewTitles(deps, run, watchdog);
    const verdict = await releaseUnwatches(deps, run, tally, startedAt);
    // While un-watches wait for an answer, their copies were last believed at the mark before: a play since then must beat them.
    if (verdict.stopped === undefined) await deps.connections.setImportSync(account.id, startedAt);
    await deps.connections.noteOk(account.id);
    // What the sick server refused need not wait for its time: it is well again.
    if (account.health.state === 'degraded') await deps.store.read.queue.retryAll(account.id, deps.clock.now());
    return { ...countsOf(tally), ...verdict };
  } catch (error) {
    const told = watchdog.gaveUp && !run.signal.aborted ? gaveUp(account, patienceMs, error) : error;
    if (isAppError(told) && told.code !== 'cancelled') await deps.connections.noteError(account.id, told);
    throw told;
  } finally {
    watchdog.stop();
  }
}

function rehearsed(run: ImportRun, tally: Tally): ImportResult {
  for (const { copy } of tally.held) run.log('info', `${run.account.name}: ${copy.title} would be un-watched.`);
  return { ...countsOf(tally), unwatched: 0 };
}

const countsOf = ({ items, added, plays, changed, unidentified }: Tally) => ({ items, added, plays, changed, unidentified });

const gaveUp = (account: Account, patienceMs: Duration, cause: unknown): AppError =>
  isAppError(cause) && cause.code !== 'cancelled'
    ? cause
    : new AppError(
        'upstream-timeout',
        `${account.name} brought nothing for ${Math.round(patienceMs / 1_000)} s and was given up for this run.`,
        { cause },
      );

async function checkIdentity(server: MediaServer, account: Account, signal: AbortSignal): Promise<void> {
  const identity = await server.identify({ signal });
  if (identity.uuid === account.server.uuid) return;
  throw new AppError(
    'misconfigured',
    `Another server answers at the address of ${account.name} (${identity.name}, ${identity.uuid}). Nothing was read from it: correct the address, or add it as a server of its own.`,
  );
}

async function librariesOf(
  server: MediaServer,
  account: Account,
  signal: AbortSignal,
  log: ImportLog,
): Promise<readonly UpstreamLibrary[]> {
  const all = await server.listLibraries({ signal });
  const ignored = new Set(ignoredLibraries(account.options));
  const kept = all.filter((library) => library.supported && !ignored.has(library.id));
  if (all.length === 0)
    throw new AppError(
      'upstream-unreadable',
      `${account.name} shows no library at all, which is taken for a fault and not for an empty server.`,
    );
  log(
    'info',
    `${account.name}: ${kept.length} of ${all.length} libraries are read: ${kept.map((library) => library.name).join(', ') || 'none'}.`,
  );
  return kept;
}

type AccountRun = Readonly<{ server: MediaServer; tally: Tally; watchdog: Watchdog; pages: AccountPages }>;
type LibraryRun = AccountRun & Readonly<{ library: UpstreamLibrary }>;

/** A library of which the server does not make sense holds up no other. Its fault ends the run once they have been read. */
async function importLibraries(
  deps: ImportDeps,
  run: ImportRun,
  libraries: readonly UpstreamLibrary[],
  account: AccountRun,
): Promise<void> {
  const faults: AppError[] = [];
  for (const library of libraries) {
    try {
      await importLibrary(deps, run, { ...account, library });
    } catch (error) {
      if (!isOfLibrary(error) || account.watchdog.signal.aborted) throw error;
      faults.push(error);
    }
  }
  const [first, ...more] = faults;
  for (const fault of more) run.log('error', `${run.account.name}: ${fault.message}`);
  if (first) throw first;
}

const isOfLibrary = (error: unknown): error is AppError =>
  isAppError(error, 'upstream-unreadable', 'upstream-rejected', 'upstream-not-found', 'upstream-forbidden');

async function importLibrary(deps: ImportDeps, run: ImportRun, { server, library, tally, watchdog, pages }: LibraryRun): Promise<void> {
  const pageSize = Number(run.account.options.LIBRARY_SEGMENT ?? PAGE_SIZE);
  const recall = (digest: string) => pages.recall(deps.store.read, digest);
  for await (const page of server.readLibrary(library, { signal: watchdog.signal, pageSize, recall })) {
    watchdog.progress();
    if (page.recalled === undefined) await importPage(deps, run, { page, tally, pages });
    else countRecalled(page, tally, pages);
    tally.sizes.set(library.id, page.total);
    for (const skipped of page.skipped)
      run.log('warn', `${run.account.name}: ${skipped.title ?? skipped.upstreamId ?? 'an item'} was left alone: ${skipped.reason}.`);
    run.progress(page.offset + (page.recalled ?? page.items.length), page.total, `${run.account.name}: ${library.name}`);
    watchdog.signal.throwIfAborted();
    await run.breathe();
    watchdog.progress();
  }
}

type PageRun = Readonly<{ page: ItemPage; tally: Tally; pages: AccountPages }>;

async function importPage(deps: ImportDeps, run: ImportRun, { page, tally, pages }: PageRun): Promise<void> {
  // A page speaks of the time when it was asked for: what was heard or told meanwhile is newer.
  const input = await inputOf(deps, run, page.items, page.askedAt);
  const outcome = await deps.store[run.dryRun === true ? 'rehearse' : 'transaction'](async (stores) => {
    const merged = await mergeItems(stores, input);
    // A page of which something was left alone is read again, so that it is told again.
    if (page.digest !== undefined && merged.settled && page.skipped.length === 0)
      await pages.keep(stores, page.digest, taken(page, merged));
    return merged;
  });
  if (run.dryRun === true) for (const { title, now } of outcome.changes) run.log('info', `${run.account.name}: ${title} would be ${now}.`);
  tally.items += page.items.length;
  tally.added += outcome.added;
  tally.plays += outcome.plays;
  tally.changed += outcome.changed.length;
  tally.unidentified += outcome.unidentified.length;
  tally.listed.add(outcome.copies);
  tally.held.push(...outcome.held);
}

const taken = (page: ItemPage, { copies, unidentified }: MergeOutcome): TakenPage => ({
  items: page.items.length,
  total: page.total,
  unidentified: unidentified.length,
  copies,
});

function countRecalled({ digest, recalled }: ItemPage, tally: Tally, pages: AccountPages): void {
  const page = pages.seen(digest ?? '');
  tally.items += recalled ?? 0;
  tally.unidentified += page?.unidentified ?? 0;
  tally.listed.add(page?.copies ?? []);
}

/** Titles of copies that were there before, and could be identified only now (a conflict was settled, ids were corrected). */
async function hearNewTitles(deps: ImportDeps, run: ImportRun, watchdog: Watchdog): Promise<void> {
  const upstreamIds = await deps.store.read.queue.copiesWithoutStanding({ accountId: run.account.id, personId: run.account.personId });
  const server = await deps.connections.connect(run.account);
  for (const upstreamId of upstreamIds) {
    watchdog.progress();
    const askedAt = deps.clock.now();
    const item = await server.readItem(upstreamId, { signal: watchdog.signal });
    if (item === undefined) continue;
    const input = await inputOf(deps, run, [item], askedAt);
    await deps.store.transaction((stores) => mergeItems(stores, { ...input, anew: true }));
  }
}

/** The account as it is by now: somebody may have switched it off, or removed it, since the run began. */
const inputOf = async (deps: ImportDeps, run: ImportRun, items: readonly UpstreamItem[], askedAt: Instant): Promise<MergeInput> => ({
  account: await deps.connections.byId(run.account.id),
  items,
  how: 'import',
  event: 'import',
  at: askedAt,
  unwatchAllowed: false,
  targets: run.targets,
  replay: run.replay,
});

/** Un-watches are carried out only after the whole run has been seen, and only within the limits. */
async function releaseUnwatches(
  deps: ImportDeps,
  run: ImportRun,
  tally: Tally,
  startedAt: Instant,
): Promise<Pick<ImportResult, 'unwatched' | 'stopped'>> {
  if (tally.held.length === 0) return { unwatched: 0 };
  const verdict = guardUnwatches(
    [...tally.sizes].map(([libraryId, size]) => ({
      libraryId,
      size,
      unwatches: tally.held.filter((held) => held.copy.libraryId === libraryId).length,
    })),
    run.unwatches?.get(run.account.personId),
  );
  if (verdict.pass) run.unwatches?.set(run.account.personId, (run.unwatches.get(run.account.personId) ?? 0) + tally.held.length);
  if (!verdict.pass) return { unwatched: 0, stopped: { reason: verdict.reason, held: tally.held } };
  const unwatched = await unwatchAgain(
    deps,
    run,
    tally.held.map((held) => held.copy.upstreamId),
  );
  run.log(
    'info',
    `${run.account.name}: ${unwatched} titles were un-watched there since ${new Date(run.account.importLastSync ?? startedAt).toISOString()}.`,
  );
  return { unwatched };
}

/** Reads these items once more and believes what they say, un-watches included. Answers how many titles were un-watched. */
export async function unwatchAgain(deps: ImportDeps, run: ImportRun, upstreamIds: readonly string[]): Promise<number> {
  const server = await deps.connections.connect(run.account);
  let unwatched = 0;
  for (const upstreamId of upstreamIds) {
    const askedAt = deps.clock.now();
    const item = await withinTime(run, deps.patienceMs, (signal) => server.readItem(upstreamId, { signal }));
    if (item === undefined || item.state.played) continue;
    const input = { ...(await inputOf(deps, run, [item], askedAt)), unwatchAllowed: true };
    if (!isListenedTo(input.account)) continue;
    const outcome = await deps.store.transaction((stores) => mergeItems(stores, input));
    unwatched += outcome.changed.length;
  }
  return unwatched;
}

type Watchdog = Readonly<{ signal: AbortSignal; gaveUp: boolean; progress(): void; stop(): void }>;

function watchProgress(patienceMs: Duration, outer: AbortSignal): Watchdog {
  const own = new AbortController();
  let gaveUp = false;
  const bite = () => {
    gaveUp = true;
    own.abort(new AppError('cancelled', 'given up'));
  };
  let timer = setTimeout(bite, patienceMs);
  return {
    signal: AbortSignal.any([outer, own.signal]),
    get gaveUp() {
      return gaveUp;
    },
    progress() {
      clearTimeout(timer);
      timer = setTimeout(bite, patienceMs);
    },
    stop: () => clearTimeout(timer),
  };
}
