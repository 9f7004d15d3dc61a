import type { Account } from '#core/connections/index.ts';
import { createMediaGraph } from '#core/media/index.ts';
import type { UpstreamShelfItem } from '#core/upstreams/index.ts';
import { createLists } from '#core/viewing/index.ts';
import { AppError, isAppError, isUpstreamFault } from '#kernel/app-error.ts';
import type { MediaId } from '#kernel/ids.ts';
import { hours } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { JournalEntry } from '#platform/journal/index.ts';
import { type Compared, compare, isRemoval, sentenceOf, titleOf } from './compare.ts';
import { MOST_IN_AN_HOUR } from './guard-removals.ts';
import { type Mapping, mappingsOf, theirValue } from './mappings.ts';
import { rounded } from './plan-word.ts';
import { findWish, keepsWatchlist, type WatchlistServer } from './read-watchlist.ts';
import { keepsShelves, note, owe, readOne, type ShelfParts, type ShelfRun, type ShelfServer, takeIn } from './shelf-parts.ts';
import { createWishSearches } from './wish-searches.store.ts';
import { createWords, type DueWord, type WordKind } from './words.store.ts';

const SET_KIND = 'shelf-sync.set';
const REMOVE_KIND = 'shelf-sync.remove';
const BATCH = 200;
/** More than all accounts of a household may take away within an hour. */
const COUNTED = 1_000;
/** So many faults of the server end the run: it is sick, and the rest waits. */
const SICK_AFTER = 4;

const targetOf = (account: Account, what: WordKind, upstreamId: string): string => `account ${account.id} ${what} ${upstreamId}`;

export type TellResult = Readonly<{ told: number; skipped: number }>;

/** Tells an account what waits for it, each title compared once more right before. A fault leaves what waits for the next try. */
export async function tellDue(parts: ShelfParts, account: Account, kinds: readonly WordKind[], run: ShelfRun): Promise<TellResult> {
  const server = await parts.connections.connect(account);
  const result = { told: 0, skipped: 0 };
  if (!keepsShelves(server)) return result;
  const words = createWords(parts.database);
  const failed: AppError[] = [];
  if (kinds.includes('watchlist') && !(await searchDue(parts, account, server, run))) return result;
  const tried = new Set<string>();
  const keyOf = ({ what, upstreamId }: DueWord): string => `${what} ${upstreamId}`;
  for (;;) {
    const due = (await words.nextDue(account.id, kinds, BATCH + tried.size)).filter((one) => !tried.has(keyOf(one)));
    for (const one of due) {
      const outcome = await tryOne(parts, { account, server, one, run });
      if (typeof outcome === 'string') result[outcome] += 1;
      else {
        tried.add(keyOf(one));
        failed.push(outcome);
      }
      if (failed.length >= SICK_AFTER) break;
    }
    if (due.length === 0 || failed.length >= SICK_AFTER) break;
  }
  const [fault] = failed;
  if (fault) throw fault;
  return result;
}

/**
 * Finds out what the vendor calls titles that are to come on the watchlist. What it does not know is told, and asked again by a later run.
 * Answers false where the person has no watchlist, or none that we may open: another try would not differ.
 */
async function searchDue(parts: ShelfParts, account: Account, server: ShelfServer, run: ShelfRun): Promise<boolean> {
  const [mapping] = mappingsOf(await parts.connections.byId(account.id), server).filter((one) => one.what === 'watchlist' && one.tells);
  const searches = createWishSearches(parts.database);
  try {
    for (;;) {
      const due = await searches.nextDue(account.id, BATCH);
      if (due.length === 0) return true;
      const wanted = mapping && keepsWatchlist(server) ? await stillWanted(parts, account, mapping, due) : [];
      await searches.forget(
        account.id,
        due.filter((media) => !wanted.includes(media)),
      );
      for (const media of wanted) if (mapping && keepsWatchlist(server)) await searchOne(parts, { account, server, mapping, media, run });
    }
  } catch (cause) {
    if (!isAppError(cause, 'upstream-forbidden', 'invalid')) throw cause;
    run.log('warn', `${account.name}: the watchlist is left alone. ${cause.message}`);
    return false;
  }
}

/** Those that are on the list still, and that the account was not told of meanwhile. */
async function stillWanted(
  { database }: ShelfParts,
  account: Account,
  { list }: Mapping,
  media: readonly MediaId[],
): Promise<readonly MediaId[]> {
  const entries = await createLists(database).of(account.personId, media);
  const words = (await createWords(database).ofMedia([account.id], media)).filter((one) => one.what === 'watchlist');
  const named = new Set(words.map((one) => one.mediaId));
  return media.filter((one) => entries.get(one)?.list === list && !named.has(one));
}

type OneSearch = Readonly<{ account: Account; server: WatchlistServer; mapping: Mapping; media: MediaId; run: ShelfRun }>;

async function searchOne(parts: ShelfParts, { account, server, mapping, media, run }: OneSearch): Promise<void> {
  run.signal.throwIfAborted();
  const searches = createWishSearches(parts.database);
  const found = await withinTime(parts, { account, signal: run.signal }, (signal) =>
    findWish(parts, account, { server, mapping, media, signal }),
  );
  if (found.length > 0) {
    await owe(parts, account, found, false);
    await searches.forget(account.id, [media]);
    return;
  }
  await searches.notFound(account.id, media, parts.clock.now());
  const [title] = await createMediaGraph(parts.database, { clock: parts.clock }).get([media]);
  run.log('info', `${account.name}: ${title?.title ?? 'A title'} is not known there by its ids, and stays off the watchlist.`);
}

/** Answers the server's fault, where there was one. */
async function tryOne(parts: ShelfParts, word: OneWord): Promise<'told' | 'skipped' | AppError> {
  const { account, one, run } = word;
  const words = createWords(parts.database);
  run.signal.throwIfAborted();
  await words.claim(account.id, one);
  try {
    return (await tellOne(parts, word)) ? 'told' : 'skipped';
  } catch (error) {
    await words.due(account.id, one.what, [one.upstreamId], one.mayRemove);
    if (run.signal.aborted || !isUpstreamFault(error)) throw error;
    return error;
  }
}

type OneWord = Readonly<{ account: Account; server: ShelfServer; one: DueWord; run: ShelfRun }>;

/** Answers whether the server was told anything. */
async function tellOne(parts: ShelfParts, { account, server, one, run }: OneWord): Promise<boolean> {
  const { what, upstreamId } = one;
  const mappings = mappingsOf(await parts.connections.byId(account.id), server).filter((each) => each.what === what);
  if (mappings.length === 0) return false;
  const target = targetOf(account, what, upstreamId);
  const open = [await parts.journal.open({ kind: SET_KIND, target }), await parts.journal.open({ kind: REMOVE_KIND, target })];
  if (open.some(({ pending }) => pending.length > 0))
    throw new AppError(
      'upstream-timeout',
      `${account.name}: an earlier call may still take effect there; it is looked at when its time is over.`,
    );
  const item = await withinTime(parts, { account, signal: run.signal }, (signal) => readOne(server, what, upstreamId, { signal }));
  for (const entry of open.flatMap(({ due }) => due)) await settle(parts, entry, what, item);
  const [compared] = item ? await compare(parts, account, mappings, [item]) : [];
  if (compared === undefined) return false;
  if (compared.plan.action === 'none') await note(parts, account, [compared]);
  if (compared.plan.action === 'take' && !isRemoval(compared)) await takeIn(parts, account, [compared]);
  if (compared.plan.action !== 'tell') return false;
  if (account.options.DRY_RUN === true) {
    run.log('info', `${sentenceOf(account, compared, true)} DRY_RUN is on.`);
    return false;
  }
  if (isRemoval(compared) && !one.mayRemove && (await isOverLimit(parts, account))) {
    run.log(
      'warn',
      `${sentenceOf(account, compared, true)} More than ${MOST_IN_AN_HOUR} were taken away there within an hour: it waits for the next import.`,
    );
    return false;
  }
  await setThere(parts, { account, server, compared, target, run });
  await note(parts, account, [compared]);
  run.log('info', sentenceOf(account, compared, false));
  return true;
}

/** The item as it is now tells whether the change took place. */
async function settle({ journal }: ShelfParts, entry: JournalEntry, what: WordKind, item: UpstreamShelfItem | undefined): Promise<void> {
  const value = isRecord(entry.payload) ? entry.payload.value : undefined;
  if (item === undefined) await journal.unconfirmed(entry.id, 'The server has no such item any more, so nobody can tell.');
  else if (rounded(theirValue(item, what)) === value) await journal.confirm(entry.id, { seenAfterwards: true });
  else await journal.fail(entry.id, { seenAfterwards: false });
}

/** Counted by the journal, whatever process made the changes. */
async function isOverLimit({ journal, clock }: ShelfParts, account: Account): Promise<boolean> {
  const { entries } = await journal.list({ kind: REMOVE_KIND }, 1, COUNTED);
  const since = clock.now() - hours(1);
  const own = entries.filter((entry) => entry.createdAt > since && isRecord(entry.payload) && entry.payload.accountId === account.id);
  return own.length >= MOST_IN_AN_HOUR;
}

/** Ends a call that takes too long as the fault of its server, since nobody has called it off. */
async function withinTime<T>(
  { callDeadlineMs }: ShelfParts,
  { account, signal }: Readonly<{ account: Account; signal: AbortSignal }>,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const fault = new AppError('upstream-timeout', `${account.name} did not answer within ${Math.ceil(callDeadlineMs / 1_000)} s.`);
  const timer = setTimeout(() => late.abort(fault), callDeadlineMs);
  try {
    return await call(AbortSignal.any([signal, late.signal]));
  } finally {
    clearTimeout(timer);
  }
}

type OneChange = Readonly<{ account: Account; server: ShelfServer; compared: Compared; target: string; run: ShelfRun }>;

async function setThere(parts: ShelfParts, { account, server, compared, target, run }: OneChange): Promise<void> {
  const { mapping, item, facts, plan } = compared;
  const { upstreamId } = item;
  await parts.journal.run({
    kind: isRemoval(compared) ? REMOVE_KIND : SET_KIND,
    target,
    subject: `${account.name}: ${titleOf(item)}`,
    repeatable: true,
    payload: { accountId: account.id, upstreamId, what: mapping.what, value: plan.value, title: titleOf(item), reason: plan.reason },
    before: { value: facts.theirs.value },
    deadlineMs: parts.callDeadlineMs,
    call: () =>
      withinTime(parts, { account, signal: run.signal }, async (signal) => {
        if (mapping.what === 'rating') await server.rate?.(upstreamId, plan.value ?? undefined, { signal });
        else if (mapping.what === 'favourite') await server.setFavourite?.(upstreamId, plan.value !== null, { signal });
        else await server.setWatchlisted?.(upstreamId, plan.value !== null, { signal });
      }),
  });
}
