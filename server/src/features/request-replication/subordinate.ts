import type { DeskRequest, RequestDesk } from '#core/upstreams/index.ts';
import type { Instant } from '#kernel/instant.ts';
import { applyTitle, DeskFault } from './apply-title.ts';
import { isAtRest } from './at-rest.ts';
import { forEachAtOnce } from './call-time.ts';
import { type Doubts, openDoubts, settleDoubts } from './calls-in-doubt.ts';
import { lookForLinks } from './confirm-missing.ts';
import type { TitleFacts } from './facts.ts';
import type { ReadyPrimary } from './ready-primary.ts';
import type { DeskRun, ReplicationParts } from './replication-parts.ts';
import { type TitleKey, titlesOf } from './title-facts.ts';
import { keepAll, type PlannedTitle, planned } from './title-keeper.ts';

/** Titles that are worked on at the same time on one subordinate: more only queue up there. */
const TITLES_AT_ONCE = 4;

export type SeenSubordinate = Readonly<{ client: RequestDesk; listed: readonly DeskRequest[]; askedAt: Instant }>;

export type SubordinateFacts = Readonly<{ titles: ReadonlyMap<TitleKey, TitleFacts>; doubts: Doubts }>;

/** What is known of one subordinate, title by title. */
export async function subordinateFacts(
  parts: ReplicationParts,
  run: Pick<DeskRun, 'desk' | 'label' | 'signal'>,
  seen: SeenSubordinate,
  primary: Pick<ReadyPrimary, 'requests' | 'unknown' | 'removalOf'>,
): Promise<SubordinateFacts> {
  const { stores, journal, clock } = parts;
  const { desk, label, signal } = run;
  const known = new Set(primary.requests.map((request) => request.id));
  const links = (await stores.read.links(desk.id)).filter((link) => known.has(link.requestId));
  const listed = new Set(seen.listed.map((request) => request.id));
  const looked = await lookForLinks(parts, links, listed, seen.askedAt, { deskId: desk.id, label, client: seen.client, signal });
  const doubts = await openDoubts(journal, desk.id, seen.askedAt);
  const titles = titlesOf({
    ...primary,
    standings: await stores.read.standings(desk.id),
    links,
    listed: seen.listed,
    looked,
    doubts: doubts.pending,
    now: clock.now(),
  });
  return { titles, doubts };
}

export type TellResult = Readonly<{
  /** Something is left for the next cycle. */
  unfinished: boolean;
  fault?: DeskFault;
}>;

/** Does on one subordinate all that the facts ask for, until `until`. */
export async function tellSubordinate(
  parts: ReplicationParts,
  run: DeskRun,
  { titles, doubts }: SubordinateFacts,
  until: Instant,
  progress: (done: number, total: number) => void,
): Promise<TellResult> {
  const { rules } = run.config;
  const plans: { before: TitleFacts; after: PlannedTitle }[] = [];
  for (const [key, before] of titles) {
    const due = doubts.due.get(key) ?? [];
    if (due.length === 0 && isAtRest(before)) continue;
    const told = due.length === 0 ? before : await settleDoubts(parts.journal, due, before);
    plans.push({ before, after: planned(withUsers(told, run), rules) });
  }
  await giveUpLost(parts, doubts, titles);
  run.tally.adopted += plans.flatMap(({ after }) => after.local).filter((step) => step.do === 'adopt').length;
  const kept = await keepAll(parts.stores, run.desk.id, rules, plans);
  const todo = kept.filter(({ plan }) => plan.steps.length > 0);
  let done = 0;
  let fault: DeskFault | undefined;
  await forEachAtOnce(todo, TITLES_AT_ONCE, async ({ facts }) => {
    if (parts.clock.now() >= until) return;
    await applyTitle(parts, run, facts);
    done += 1;
    progress(done, todo.length);
  }).catch((error: unknown) => {
    if (!(error instanceof DeskFault)) throw error;
    fault = error;
  });
  return { unfinished: done < todo.length, ...(fault && { fault }) };
}

const withUsers = (facts: TitleFacts, { known }: DeskRun): TitleFacts =>
  known.users === undefined ? facts : { ...facts, users: known.users };

/** Calls about titles of which nothing is known any more: nobody could act on an answer. */
async function giveUpLost({ journal }: ReplicationParts, doubts: Doubts, titles: ReadonlyMap<TitleKey, unknown>): Promise<void> {
  for (const [key, entries] of doubts.due) {
    if (titles.has(key)) continue;
    for (const entry of entries) await journal.unconfirmed(entry.id, 'Nothing is known of this title any more, so nobody can tell.');
  }
}
