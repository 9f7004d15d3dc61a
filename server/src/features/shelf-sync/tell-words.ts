import type { Account } from '#core/connections/index.ts';
import type { UpstreamShelfItem } from '#core/upstreams/index.ts';
import { AppError, isUpstreamFault } from '#kernel/app-error.ts';
import { hours } from '#kernel/instant.ts';
import { isRecord } from '#kernel/json.ts';
import type { JournalEntry } from '#platform/journal/index.ts';
import { type Compared, compare, isRemoval, sentenceOf, titleOf } from './compare.ts';
import { MOST_IN_AN_HOUR } from './guard-removals.ts';
import { mappingsOf, theirValue } from './mappings.ts';
import { rounded } from './plan-word.ts';
import { keepsShelves, note, type ShelfParts, type ShelfRun, type ShelfServer, takeIn } from './shelf-parts.ts';
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
export async function tellDue(parts: ShelfParts, account: Account, run: ShelfRun): Promise<TellResult> {
  const server = await parts.connections.connect(account);
  const result = { told: 0, skipped: 0 };
  if (!keepsShelves(server)) return result;
  const words = createWords(parts.database);
  const failed: AppError[] = [];
  const tried = new Set<string>();
  const keyOf = ({ what, upstreamId }: DueWord): string => `${what} ${upstreamId}`;
  for (;;) {
    const due = (await words.nextDue(account.id, BATCH + tried.size)).filter((one) => !tried.has(keyOf(one)));
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
  const item = await withinTime(parts, { account, signal: run.signal }, (signal) => server.readShelfItem(upstreamId, { signal }));
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
        else await server.setFavourite?.(upstreamId, plan.value !== null, { signal });
      }),
  });
}
