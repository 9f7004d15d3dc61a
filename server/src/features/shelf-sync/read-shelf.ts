import { type Account, ignoredLibraries } from '#core/connections/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type Compared, changeOf, compare, isRemoval, sentenceOf, titleOf } from './compare.ts';
import { whyAsk } from './guard-removals.ts';
import { type Mapping, mappingsOf } from './mappings.ts';
import type { RemovalDesk } from './removal-plan.ts';
import { keepsShelves, note, type ShelfParts, type ShelfRun, type ShelfServer, takeIn } from './shelf-parts.ts';
import { createWords, type WordKind } from './words.store.ts';

const PAGE_SIZE = 1_000;

/** Everything that an account keeps of movies and series, compared page by page. */
async function* comparedPages(
  parts: ShelfParts,
  account: Account,
  { server, mappings, signal }: Readonly<{ server: ShelfServer; mappings: readonly Mapping[]; signal: AbortSignal }>,
): AsyncGenerator<readonly Compared[]> {
  const ignored = new Set(ignoredLibraries(account.options));
  const libraries = (await server.listLibraries({ signal })).filter((one) => one.supported && !ignored.has(one.id));
  const pageSize = Number(account.options.LIBRARY_SEGMENT ?? PAGE_SIZE);
  for (const library of libraries) {
    for await (const items of server.readShelf(library, { signal, pageSize })) yield compare(parts, account, mappings, items);
  }
}

export type ShelfReader = ReturnType<typeof createShelfReader>;

export type ShelfReaderDeps = ShelfParts & Readonly<{ removals: RemovalDesk; tellSoon(account: Account): Promise<void> }>;

/** Reads an account's ratings and favourites in full, and carries out what follows. */
export function createShelfReader(parts: ShelfReaderDeps) {
  /** What the account has to be told is compared again one by one, right before. */
  async function owe(account: Account, all: readonly Compared[], mayRemove: boolean): Promise<void> {
    const words = createWords(parts.database);
    const unseen = all.filter((one) => one.last === undefined);
    await words.save(
      account.id,
      unseen.map(({ mapping: { what }, item, mediaId }) => ({
        what,
        upstreamId: item.upstreamId,
        mediaId,
        title: titleOf(item),
        theirs: null,
        ours: null,
        mode: '',
        seenAt: parts.clock.now(),
      })),
    );
    for (const [what, some] of Map.groupBy(all, (one): WordKind => one.mapping.what)) {
      const ids = some.map((one) => one.item.upstreamId);
      await words.due(account.id, what, ids, mayRemove);
    }
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
      account,
      others.filter(({ plan }) => plan.action === 'tell'),
      false,
    );
    return removals;
  }

  async function remove(account: Account, removals: readonly Compared[], run: ShelfRun): Promise<void> {
    const taken = await takeIn(
      parts,
      account,
      removals.filter(({ plan }) => plan.action === 'take'),
    );
    for (const one of taken) run.log('info', sentenceOf(account, one, false));
    await owe(
      account,
      removals.filter(({ plan }) => plan.action === 'tell'),
      true,
    );
  }

  async function rehearse(account: Account, pages: AsyncIterable<readonly Compared[]>, run: ShelfRun): Promise<void> {
    for await (const page of pages) {
      for (const one of page) if (one.plan.action !== 'none') run.log('info', sentenceOf(account, one, true));
    }
  }

  /** What is taken away is taken away only after the whole run has been seen, and only within the limits. */
  async function carryAllOut(account: Account, pages: AsyncIterable<readonly Compared[]>, run: ShelfRun): Promise<void> {
    const removals: Compared[] = [];
    for await (const page of pages) {
      run.signal.throwIfAborted();
      removals.push(...(await carryOut(account, page, run)));
    }
    const why = whyAsk(removals.length, await createWords(parts.database).kept(account.id));
    if (why === undefined) await remove(account, removals, run);
    await parts.tellSoon(account);
    if (why === undefined) return;
    const planId = await parts.removals.ask(account, why, removals, run.jobId);
    throw new AppError('stopped-by-guard', `${why}. Nothing was taken away: answer plan ${planId}.`, { details: { planId } });
  }

  return {
    /** After an account was read. Does nothing unless a switch is on. Throws `stopped-by-guard` where too much would be taken away. */
    async imported(account: Account, run: ShelfRun): Promise<void> {
      const server = await parts.connections.connect(account);
      const mappings = mappingsOf(account, server);
      if (mappings.length === 0 || !keepsShelves(server)) return;
      const pages = comparedPages(parts, account, { server, mappings, signal: run.signal });
      if (run.dryRun === true) await rehearse(account, pages, run);
      else await carryAllOut(account, pages, run);
    },

    /** What would follow, were the account's first plan approved. */
    async planned(account: Account, { signal }: Pick<ShelfRun, 'signal'>) {
      const server = await parts.connections.connect(account);
      const mappings = mappingsOf(account, server, true);
      if (mappings.length === 0 || !keepsShelves(server)) return [];
      const changes: ReturnType<typeof changeOf>[] = [];
      for await (const page of comparedPages(parts, account, { server, mappings, signal })) {
        changes.push(...page.filter(({ plan }) => plan.action !== 'none').map((one) => changeOf(account, one)));
      }
      return changes;
    },
  };
}
