import type { Account, Connections } from '#core/connections/index.ts';
import type { MediaServer, UpstreamItem, UpstreamSession, UpstreamState } from '#core/upstreams/index.ts';
import type { OwnPush, StoredObservation, StoredViewing } from '#core/viewing/index.ts';
import { AppError, isAppError, isUpstreamFault, messageOf } from '#kernel/app-error.ts';
import type { CopyId, MediaId } from '#kernel/ids.ts';
import { type Clock, type Duration, hours, type Instant, minutes, seconds } from '#kernel/instant.ts';
import type { Journal } from '#platform/journal/index.ts';
import { lastWordAfter } from './after-push.ts';
import { withinTime } from './call-time.ts';
import { CallUnderWay, openChange, PUSH_KIND, settleDoubt, targetOf } from './changes-in-doubt.ts';
import { standingOf } from './copy-standing.ts';
import { mergeItems, titleOf } from './merge-items.ts';
import { type Push, planPush } from './plan-push.ts';
import { type Change, callOf, countOf } from './push-call.ts';
import type { WaitingPush } from './push-queue.store.ts';
import { whyNotAgain } from './unkept-changes.ts';
import type { SyncStores, WatchSyncStore } from './watch-sync.store.ts';

/** Recorded with what a server answers to our own change. */
export const OWN_EVENT = 'usherr.push';
/** Within this a change is answered, or it is looked at later whether it took place. */
export const CALL_DEADLINE: Duration = seconds(30);
const IN_FLIGHT = 3;
const BATCH = 200;
const LONGEST_DELAY: Duration = hours(6);
/** So many faults of the server in a row end the run: it is sick, and the rest waits. */
const SICK_AFTER = 4;

export type PushDeps = Readonly<{
  store: WatchSyncStore;
  connections: Connections;
  journal: Journal;
  clock: Clock;
  /** For each read before a change. */
  patienceMs: Duration;
  /** See CALL_DEADLINE. */
  callDeadlineMs: Duration;
}>;

export type PushRun = Readonly<{
  account: Account;
  /** The person's accounts that are told what the reading before a push teaches. */
  targets: readonly Account[];
  replay: boolean;
  signal: AbortSignal;
  log(level: 'info' | 'warn' | 'error', text: string): void;
  progress(done: number, total: number, text: string): void;
}>;

export type PushResult = Readonly<{ marked: number; unmarked: number; positions: number; skipped: number; failed: number }>;

type Tally = {
  marked: number;
  unmarked: number;
  positions: number;
  skipped: number;
  failed: number;
  faultsInARow: number;
  lastFault?: AppError;
};

/**
 * Tells one account what waits for it, until nothing does. Each copy is read before it is changed and the change goes
 * through the journal. A fault postpones its copy with growing delays and is kept with it for people to see; where the
 * server itself is at fault, all that waits is postponed, since asking for it at once would only keep the server sick.
 */
export async function pushAccount(deps: PushDeps, run: PushRun): Promise<PushResult> {
  try {
    return await pushDue(deps, run);
  } catch (error) {
    if (!run.signal.aborted && isUpstreamFault(error)) {
      const fault = { code: error.code, message: messageOf(error) };
      await deps.store.read.queue.postponeDue(run.account.id, deps.clock.now(), { ...fault, delayOf: (tries) => delayAfter(tries, error) });
      await noteFault(deps, run.account, error);
    }
    throw error;
  }
}

const noteFault = ({ connections }: PushDeps, { id }: Account, error: AppError): Promise<void> => connections.noteError(id, error, 'push');

/** The server takes changes again. Where a read has found it sick, only a read can find it well. */
async function noteWell({ connections }: PushDeps, { id }: Account): Promise<void> {
  const { health } = await connections.byId(id);
  if (health.state === 'degraded' && health.errorFrom === 'push') await connections.noteOk(id);
}

const delayAfter = (tries: number, error: AppError): Duration =>
  error.retryAfterMs ?? Math.min(minutes(1) * 4 ** Math.min(tries, 10), LONGEST_DELAY);

async function pushDue(deps: PushDeps, run: PushRun): Promise<PushResult> {
  const tally: Tally = { marked: 0, unmarked: 0, positions: 0, skipped: 0, failed: 0, faultsInARow: 0 };
  const server = await deps.connections.connect(run.account);
  const { queue } = deps.store.read;
  let done = 0;
  for (;;) {
    run.signal.throwIfAborted();
    const due = await queue.due(run.account.id, deps.clock.now(), BATCH);
    if (due.length === 0 || !(await mayTell(deps, run.account))) break;
    const { waiting } = await queue.count(run.account.id);
    const playing = await playingNow(deps, server, run);
    const todo = await titleByTitle(deps, due);
    const workers = Array.from({ length: IN_FLIGHT }, async () => {
      for (let next = todo.take(); next !== undefined; next = todo.take()) {
        if (run.signal.aborted || tally.faultsInARow >= SICK_AFTER || !(await mayTell(deps, run.account))) return;
        await pushCopy(deps, run, { server, playing, tally, ...next }).finally(todo.done(next));
        done += 1;
        run.progress(done, done + waiting, run.account.name);
      }
    });
    await allEnded(workers);
    if (tally.lastFault && tally.faultsInARow >= SICK_AFTER) throw sick(run.account, tally.lastFault);
  }
  const { faultsInARow: _, lastFault: __, ...result } = tally;
  if (result.failed === 0 && done > 0) await noteWell(deps, run.account);
  return result;
}

/** Many servers keep one state for all copies of a title, and would count a mark on each of two: the second is looked at after the first. */
async function titleByTitle({ store }: PushDeps, due: readonly WaitingPush[]) {
  const copies = await store.read.media.copies(due.map(({ copyId }) => copyId));
  const titles = new Map(copies.map(({ id, mediaIds }) => [id, mediaIds]));
  const titlesOf = ({ copyId }: WaitingPush) => titles.get(copyId) ?? [];
  const todo = [...due];
  const busy = new Set<MediaId>();
  return {
    take(): WaitingPush | undefined {
      const next = todo.find((push) => !titlesOf(push).some((id) => busy.has(id)));
      if (next === undefined) return undefined;
      todo.splice(todo.indexOf(next), 1);
      for (const id of titlesOf(next)) busy.add(id);
      return next;
    },
    done: (push: WaitingPush) => (): void => {
      for (const id of titlesOf(push)) busy.delete(id);
    },
  };
}

/** Asked before each change: somebody may switch the export off, or remove the account, while thousands of changes wait. */
async function mayTell({ connections }: PushDeps, { id }: Account): Promise<boolean> {
  const account = await connections.byId(id).catch((error: unknown) => {
    if (isAppError(error, 'not-found')) return undefined;
    throw error;
  });
  return account?.exportEnabled === true && account.consent === 'given';
}

/** A run is over when none of its calls is under way any more: the next run would make the same change beside it. */
async function allEnded(workers: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(workers)).find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
}

const sick = (account: Account, fault: AppError): AppError =>
  new AppError(fault.code, `${account.name} failed ${SICK_AFTER} times in a row and the rest waits. Last: ${fault.message}`, {
    cause: fault,
    ...(fault.retryAfterMs !== undefined && { retryAfterMs: fault.retryAfterMs }),
  });

/** What the account's user plays now. Servers show that to their owner: where the user's own token may not ask, another account there does. */
async function playingNow(deps: PushDeps, server: MediaServer, run: PushRun): Promise<ReadonlySet<string>> {
  const { account } = run;
  let sessions = await sessionsOf(deps, server, run);
  if (sessions === undefined) {
    const others = (await deps.connections.accountsOf(account.server.id)).filter((other) => other.id !== account.id);
    for (const other of others) sessions ??= await sessionsOf(deps, await deps.connections.connect(other), run).catch(() => undefined);
  }
  const mine = (sessions ?? []).filter((session) => session.userId === account.userId || session.userName === account.userName);
  return new Set(mine.map((session) => session.upstreamId));
}

const sessionsOf = (deps: PushDeps, server: MediaServer, run: PushRun): Promise<readonly UpstreamSession[] | undefined> =>
  withinTime(run, deps.patienceMs, (signal) => server.listSessions({ signal })).catch((error: unknown) => {
    if (isAppError(error, 'upstream-forbidden', 'upstream-not-found')) return undefined;
    throw error;
  });

type CopyRun = WaitingPush & Readonly<{ server: MediaServer; playing: ReadonlySet<string>; tally: Tally }>;

/** Somebody who plays a title is left alone for so long before it is looked at again. */
const PLAYING_FOR: Duration = minutes(10);

async function pushCopy(deps: PushDeps, run: PushRun, copy: CopyRun): Promise<void> {
  const { tally } = copy;
  try {
    const push = await tell(deps, run, copy);
    count(tally, push);
    tally.faultsInARow = 0;
    if (push.action === 'none' && push.later === true) {
      await deps.store.read.queue.wait(run.account.id, copy.copyId, deps.clock.now() + PLAYING_FOR);
    } else await deps.store.read.queue.done(run.account.id, copy);
  } catch (error) {
    if (error instanceof CallUnderWay) {
      await deps.store.read.queue.postpone(run.account.id, copy.copyId, { code: 'in-doubt', message: error.message, nextAt: error.until });
      return;
    }
    if (run.signal.aborted || !isUpstreamFault(error)) throw error;
    tally.failed += 1;
    tally.faultsInARow += 1;
    tally.lastFault = error;
    const delay = delayAfter(copy.attempts, error);
    await deps.store.read.queue.postpone(run.account.id, copy.copyId, {
      code: error.code,
      message: messageOf(error),
      nextAt: deps.clock.now() + delay,
    });
    await noteFault(deps, run.account, error);
    run.log('error', `${run.account.name}: ${messageOf(error)} It is tried again in ${Math.round(delay / 1_000)} s.`);
  }
}

function count(tally: Tally, push: Push): void {
  if (push.action === 'mark') tally.marked += 1;
  else if (push.action === 'unmark') tally.unmarked += 1;
  else if (push.action === 'position') tally.positions += 1;
  else tally.skipped += 1;
}

/** Reads the copy as it is now, takes that in, decides, and makes the one change that is left to make. */
async function tell(deps: PushDeps, run: PushRun, { server, playing, copyId }: CopyRun): Promise<Push> {
  const { account } = run;
  const [copy] = await deps.store.read.media.copies([copyId]);
  if (copy === undefined || copy.goneAt !== undefined) return { action: 'none', reason: 'the copy is gone' };
  const { upstreamId } = copy;
  const doubt = await openChange(deps.journal, account, copyId);
  if (doubt.waitUntil !== undefined) throw new CallUnderWay(doubt.waitUntil);
  const askedAt = deps.clock.now();
  const item = await withinTime(run, deps.patienceMs, (signal) => server.readItem(upstreamId, { signal }));
  await settleDoubt(deps.journal, doubt.due, item);
  if (item === undefined) {
    await deps.store.transaction(({ media }) => media.markCopiesGone([copyId]));
    return { action: 'none', reason: 'the server has no such item any more' };
  }
  const facts = await deps.store.transaction(async (stores) => {
    const outcome = await mergeItems(stores, {
      account,
      items: [item],
      how: 'import',
      event: 'push',
      at: askedAt,
      unwatchAllowed: false,
      targets: run.targets,
      replay: run.replay,
    });
    if (outcome.held.length > 0) return undefined;
    return standingOf(stores, account, copyId);
  });
  if (facts === undefined) return { action: 'none', reason: 'the copy is unknown here, or an un-watch of it waits for the next import' };
  const push = planPush({
    accountId: account.id,
    viewings: facts.viewings,
    titles: facts.titles,
    plays: facts.plays,
    target: { ...facts.target, markedByUs: facts.target.event === OWN_EVENT },
    partOfRange: facts.partOfRange,
    playingNow: playing.has(upstreamId),
    replay: run.replay,
  });
  if (push.action === 'none') return push;
  const inVain = await whyNotAgain(deps.journal, account, copyId, { push, viewings: facts.viewings });
  if (inVain !== undefined) return { action: 'none', reason: inVain };
  if (account.options.DRY_RUN === true) {
    run.log('info', `${account.name}: ${titleOf(item)} would be ${WORDS[push.action]} (${push.reason}); DRY_RUN is on.`);
    return { action: 'none', reason: 'DRY_RUN is on' };
  }
  // No fault of the server, and nothing that a later try could mend.
  if (push.action === 'position' && !(await takesUserData(deps, run, server)))
    return { action: 'none', reason: 'this version of the server has no place for a position' };
  await change(deps, run, { server, item, copyId, push, target: facts.target });
  await deps.store.transaction(({ heard }) => heard(copy.mediaIds));
  await lookAgain(deps, run, facts.viewings);
  run.log('info', `${account.name}: ${titleOf(item)}: ${WORDS[push.action]} (${push.reason}).`);
  return push;
}

async function takesUserData(deps: PushDeps, run: PushRun, server: MediaServer): Promise<boolean> {
  return (await withinTime(run, deps.patienceMs, async (signal) => server.takesUserData?.({ signal }))) ?? true;
}

/** While the call was under way somebody may have said otherwise, and nothing differed then: what we did is compared with that. */
async function lookAgain({ store, clock }: PushDeps, { account, replay }: PushRun, decidedOn: readonly StoredViewing[]): Promise<void> {
  const media = decidedOn.map((viewing) => viewing.mediaId);
  const now = await store.read.viewing.viewings(account.personId, media);
  if (decidedOn.every((viewing) => viewing.updatedAt === now.get(viewing.mediaId)?.updatedAt)) return;
  const target = { accountId: account.id, personId: account.personId };
  await store.read.queue.enqueueDiffering(target, { replay, reason: 'changed meanwhile', now: clock.now(), media });
}

const WORDS = { mark: 'marked as watched', unmark: 'un-marked', position: 'set to the position' } as const;

type OneChange = Readonly<{
  server: MediaServer;
  item: UpstreamItem;
  copyId: CopyId;
  push: Change;
  target: StoredObservation;
}>;

async function change(deps: PushDeps, run: PushRun, { server, item, copyId, push, target }: OneChange): Promise<void> {
  const { account } = run;
  // An import that has read this copy and not yet written it down must not end with the older word.
  const alone = (work: (stores: SyncStores) => Promise<void>): Promise<void> =>
    deps.store.transaction(async (stores) => {
      await stores.viewing.lock(account.personId);
      await work(stores);
    });
  const notePush = (own: OwnPush | undefined) => alone(({ viewing }) => viewing.notePush(account.id, copyId, own));
  const sentAt = deps.clock.now();
  const playCount = countOf(server, item.state, push);
  if (push.action !== 'position')
    await notePush({
      played: push.action === 'mark',
      at: sentAt,
      ...(push.action === 'mark' && server.capabilities.datedMarks && { playedAt: push.at }),
      ...(playCount !== undefined && { playCount }),
    });
  const said = await deps.journal
    .run({
      kind: PUSH_KIND,
      target: targetOf(account, copyId),
      subject: `${account.name}: ${titleOf(item)}`,
      repeatable: push.action === 'position',
      payload: {
        accountId: account.id,
        copyId,
        upstreamId: item.upstreamId,
        action: push.action,
        reason: push.reason,
        ...(push.action === 'position' && { positionMs: push.positionMs }),
        ...(playCount !== undefined && { playCount }),
      },
      before: { played: item.state.played, playCount: item.state.playCount ?? null, positionMs: item.state.positionMs },
      deadlineMs: deps.callDeadlineMs,
      outcomeOf: (state) => (state === undefined ? null : { played: state.played }),
      call: () => withinTime(run, deps.callDeadlineMs, (signal) => callOf(server, item, { ...push, playCount }, signal)),
    })
    .catch(async (error: unknown) => {
      if (isRefusal(error)) await notePush(undefined);
      throw error;
    });
  const now = said ?? (await withinTime(run, deps.patienceMs, (signal) => server.readItem(item.upstreamId, { signal })))?.state;
  if (now === undefined) return;
  if (push.action !== 'position' && said?.played === (push.action === 'unmark'))
    run.log('warn', `${account.name}: ${titleOf(item)}: the server does not keep the change.`);
  if (playCount !== undefined && said === undefined && (now.playCount ?? 0) < playCount)
    run.log('warn', `${account.name}: ${titleOf(item)}: the server did not take that it was watched ${playCount} times.`);
  const at = Math.max(sentAt, deps.clock.now());
  await alone(async (stores) => {
    const meanwhile = (await stores.viewing.observations(account.id, [copyId])).get(copyId);
    const heardCount = meanwhile !== undefined && meanwhile.at > target.at ? meanwhile.playCount : undefined;
    const done = { push, before: item.state, now, answered: said !== undefined, playCount, runtimeMs: item.runtimeMs };
    const word = lastWordAfter({ ...done, heardCount });
    await stores.viewing.saveObservations(account.id, [afterPush(target, word, copyId, at)]);
    // The server has told what became of all that we sent: nothing of it is still on its way.
    if (said !== undefined) await stores.viewing.notePush(account.id, copyId, undefined);
    if (push.action === 'mark' && now.played)
      await signMark(stores, account, { copyId, at, ...(now.lastPlayedAt !== undefined && { dated: now.lastPlayedAt }) });
  });
}

/** Plex dates a mark with its own now: written down, so that the account, once forgotten and added again, does not bring it as a play. */
async function signMark(
  { media, viewing }: SyncStores,
  account: Account,
  { copyId, at, dated }: Readonly<{ copyId: CopyId; at: Instant; dated?: Instant }>,
): Promise<void> {
  const [copy] = await media.copies([copyId]);
  const plays = await viewing.plays(account.personId, copy?.mediaIds ?? []);
  const latest = [...plays.values()].flatMap((known) => known.toSorted((one, other) => (other.at ?? 0) - (one.at ?? 0))[0] ?? []);
  await viewing.addEvidence(
    latest.map(({ id }) => ({
      playId: id,
      accountId: account.id,
      copyId,
      how: 'mark',
      event: OWN_EVENT,
      ...(dated !== undefined && { at: dated }),
      receivedAt: at,
    })),
  );
}

/** The server answered and did not do it: what it says later is not our doing. */
const isRefusal = (error: unknown): boolean =>
  isAppError(error, 'upstream-unauthorized', 'upstream-forbidden', 'upstream-not-found', 'upstream-rate-limited');

const afterPush = (target: StoredObservation, now: UpstreamState, copyId: CopyId, at: Instant): Omit<StoredObservation, 'pushed'> => ({
  ...now,
  copyId,
  at,
  heard: target.heard,
  event: OWN_EVENT,
  ...(target.addedAt !== undefined && { addedAt: target.addedAt }),
});
