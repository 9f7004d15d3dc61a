import { type Account, ignoredLibraries } from '#core/connections/index.ts';
import type { NewPlanChange } from '#core/plans/index.ts';
import { AppError, isAppError } from '#kernel/app-error.ts';
import { type Compared, changeOf, compare, isRemoval, sentenceOf } from './compare.ts';
import { whyAsk } from './guard-removals.ts';
import { type Mapping, mappingsOf } from './mappings.ts';
import { keepsWatchlist, type ReadWatchlist, readWatchlist } from './read-watchlist.ts';
import type { RemovalDesk } from './removal-plan.ts';
import { keepsShelves, note, owe, type ShelfParts, type ShelfRun, type ShelfServer, takeIn } from './shelf-parts.ts';
import { becomesTitle, strangerChange, strangerSentence, strangersInWords } from './strangers.ts';
import { createWishSearches } from './wish-searches.store.ts';
import { createWords } from './words.store.ts';

const PAGE_SIZE = 1_000;

type Opened = Readonly<{ server: ShelfServer; shelves: readonly Mapping[]; watchlist: Mapping | undefined }>;

/** Everything that an account keeps of movies and series of its server, compared page by page. */
async function* comparedPages(
  parts: ShelfParts,
  account: Account,
  { server, shelves, signal }: Opened & Readonly<{ signal: AbortSignal }>,
): AsyncGenerator<readonly Compared[]> {
  if (shelves.length === 0) return;
  const ignored = new Set(ignoredLibraries(account.options));
  const libraries = (await server.listLibraries({ signal })).filter((one) => one.supported && !ignored.has(one.id));
  const pageSize = Number(account.options.LIBRARY_SEGMENT ?? PAGE_SIZE);
  for (const library of libraries) {
    for await (const items of server.readShelf(library, { signal, pageSize })) yield compare(parts, account, shelves, items);
  }
}

const NOTHING: ReadWatchlist = { compared: [], strangers: [], unnamed: [] };

/** A person who has no watchlist, or whose token we have not, is told so; that is no fault of the run, and no other run would differ. */
async function watchlistOf(
  parts: ShelfParts,
  account: Account,
  { server, watchlist, run, rehearsal }: Opened & Readonly<{ run: Pick<ShelfRun, 'signal' | 'log'>; rehearsal: boolean }>,
): Promise<ReadWatchlist> {
  if (watchlist === undefined || !keepsWatchlist(server)) return NOTHING;
  try {
    return await readWatchlist(parts, account, { server, mapping: watchlist, signal: run.signal, rehearsal });
  } catch (cause) {
    if (run.signal.aborted || !isAppError(cause)) throw cause;
    if (cause.code === 'upstream-forbidden' || cause.code === 'invalid') {
      run.log('warn', `${account.name}: the watchlist is left alone. ${cause.message}`);
      return NOTHING;
    }
    throw notRead(account, cause);
  }
}

/** Not the server's fault, which would keep its other accounts from being read. */
const notRead = ({ name }: Account, cause: AppError): AppError =>
  new AppError('unavailable', `${name}: the watchlist was not read, and nothing is concluded from it. ${cause.message}`, { cause });

export type ShelfReader = ReturnType<typeof createShelfReader>;

export type ShelfReaderDeps = ShelfParts & Readonly<{ removals: RemovalDesk; tellSoon(account: Account): Promise<void> }>;

/** Reads an account's ratings, favourites and watchlist in full, and carries out what follows. */
export function createShelfReader(parts: ShelfReaderDeps) {
  async function open(account: Account, asIfGiven = false): Promise<Opened | undefined> {
    const server = await parts.connections.connect(account);
    const mappings = mappingsOf(account, server, asIfGiven);
    if (mappings.length === 0 || !keepsShelves(server)) return undefined;
    return {
      server,
      shelves: mappings.filter((one) => one.what !== 'watchlist'),
      watchlist: mappings.find((one) => one.what === 'watchlist'),
    };
  }

  async function carryOut(account: Account, page: readonly Compared[], run: ShelfRun): Promise<readonly Compared[]> {
    const removals = page.filter(isRemoval);
    const others = page.filter((one) => !isRemoval(one));
    const taken = await takeIn(
      parts,
      account,
      others.filter(({ plan }) => plan.action === 'take'),
    );
    for (const one of taken) run.log('info', sentenceOf(account, one, false));
    await note(
      parts,
      account,
      others.filter(({ plan }) => plan.action === 'none'),
    );
    await owe(
      parts,
      account,
      others.filter(({ plan }) => plan.action === 'tell'),
      false,
    );
    return removals;
  }

  async function carryOutWatchlist(account: Account, read: ReadWatchlist, run: ShelfRun): Promise<readonly Compared[]> {
    if (read.strangers.length > 0) run.log('warn', `${account.name}: ${strangersInWords(read.strangers)}`);
    await createWishSearches(parts.database).want(account.id, read.unnamed);
    return carryOut(account, read.compared, run);
  }

  async function remove(account: Account, removals: readonly Compared[], run: ShelfRun): Promise<void> {
    const taken = await takeIn(
      parts,
      account,
      removals.filter(({ plan }) => plan.action === 'take'),
    );
    for (const one of taken) run.log('info', sentenceOf(account, one, false));
    await owe(
      parts,
      account,
      removals.filter(({ plan }) => plan.action === 'tell'),
      true,
    );
  }

  async function rehearse(account: Account, opened: Opened, run: ShelfRun): Promise<void> {
    const show = (page: readonly Compared[]): void => {
      for (const one of page) if (one.plan.action !== 'none') run.log('info', sentenceOf(account, one, true));
    };
    for await (const page of comparedPages(parts, account, { ...opened, signal: run.signal })) show(page);
    const { compared, strangers } = await watchlistOf(parts, account, { ...opened, run, rehearsal: true });
    show(compared);
    if (opened.watchlist?.takes !== true) return;
    for (const item of strangers.filter(becomesTitle)) run.log('info', strangerSentence(account, opened.watchlist, item));
  }

  async function whyNot(account: Account, removals: readonly Compared[]): Promise<string | undefined> {
    const kept = await createWords(parts.database).kept(account.id);
    const kinds = Map.groupBy(removals, (one) => one.mapping.what);
    return whyAsk([...kinds].map(([what, some]) => ({ removals: some.length, kept: kept.get(what) ?? 0 })));
  }

  /** What is taken away is taken away only after the whole run has been seen, and only within the limits. */
  async function carryAllOut(account: Account, opened: Opened, run: ShelfRun): Promise<void> {
    const removals: Compared[] = [];
    for await (const page of comparedPages(parts, account, { ...opened, signal: run.signal })) {
      run.signal.throwIfAborted();
      removals.push(...(await carryOut(account, page, run)));
    }
    // What the server itself told is carried out whether or not the vendor answers.
    const read = await watchlistOf(parts, account, { ...opened, run, rehearsal: false }).catch((fault: unknown) => ({ fault }));
    if (!('fault' in read)) removals.push(...(await carryOutWatchlist(account, read, run)));
    const why = await whyNot(account, removals);
    if (why === undefined) await remove(account, removals, run);
    await parts.tellSoon(account);
    if (why !== undefined) {
      const planId = await parts.removals.ask(account, why, removals, run.jobId);
      throw new AppError('stopped-by-guard', `${why}. Nothing was taken away: answer plan ${planId}.`, { details: { planId } });
    }
    if ('fault' in read) throw read.fault;
  }

  return {
    /** After an account was read. Does nothing unless a switch is on. Throws `stopped-by-guard` where too much would be taken away. */
    async imported(account: Account, run: ShelfRun): Promise<void> {
      const opened = await open(account);
      if (opened === undefined) return;
      if (run.dryRun === true) await rehearse(account, opened, run);
      else await carryAllOut(account, opened, run);
    },

    /** What would follow, were the account's first plan approved. */
    async planned(account: Account, run: Pick<ShelfRun, 'signal' | 'log'>): Promise<readonly NewPlanChange[]> {
      const opened = await open(account, true);
      if (opened === undefined) return [];
      const changes: NewPlanChange[] = [];
      const show = (page: readonly Compared[]): void =>
        void changes.push(...page.filter(({ plan }) => plan.action !== 'none').map((one) => changeOf(account, one)));
      for await (const page of comparedPages(parts, account, { ...opened, signal: run.signal })) show(page);
      const { compared, strangers } = await watchlistOf(parts, account, { ...opened, run, rehearsal: true });
      show(compared);
      const { watchlist } = opened;
      if (watchlist?.takes === true)
        changes.push(...strangers.filter(becomesTitle).map((item) => strangerChange(account, watchlist, item)));
      return changes;
    },
  };
}
