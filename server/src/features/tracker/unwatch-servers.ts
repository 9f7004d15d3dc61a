import { createMediaGraph, titleInWords } from '#core/media/index.ts';
import type { Plan, Plans } from '#core/plans/index.ts';
import { createViewingStore, REMOVED_BY_APP, type StoredViewing } from '#core/viewing/index.ts';
import { type JobId, type MediaId, type PersonId, personId } from '#kernel/ids.ts';
import { type Clock, days, hours, seconds } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import type { Database, StampedTx, Stamps } from './stamps.store.ts';
import { createUnwatches, type OwedUnwatch } from './unwatches.store.ts';

const UNWATCH_JOB = 'tracker:unwatch';
const FEATURE = 'tracker.unwatch';
/** What apps may have servers un-watch within an hour, for each person. */
const MOST_IN_AN_HOUR = 25;
/** Some apps take a season away to mark as much of it again as was watched: until then nothing is told. */
const TIME_TO_TAKE_BACK = seconds(5);

export type UnwatchServersDeps = Readonly<{
  database: Database;
  clock: Clock;
  plans: Plans;
  jobs: JobQueue;
  stamps: Stamps;
  tellHouse(tx: StampedTx, media: ReadonlySet<MediaId>): Promise<void>;
}>;

export type UnwatchServers = ReturnType<typeof createUnwatchServers>;

/** What apps took away is taken away on the person's servers: soon, and within a limit; beyond it a person is asked. */
export function createUnwatchServers({ database, clock, plans, jobs, stamps, tellHouse }: UnwatchServersDeps) {
  async function soon(person: PersonId): Promise<void> {
    await jobs.enqueue({
      name: UNWATCH_JOB,
      lane: 'hooks',
      person,
      reference: `${UNWATCH_JOB}:${person}`,
      payload: { personId: person },
      runAt: clock.now() + TIME_TO_TAKE_BACK,
      maxAttempts: 5,
    });
  }

  /** From here on the person stands there as not watched, as if they had taken the marks away. */
  async function unwatch(tx: StampedTx, media: readonly MediaId[]): Promise<void> {
    const now = clock.now();
    const viewing = createViewingStore(tx.handle);
    const standing = await viewing.viewings(tx.person, media);
    const states = media.map((id): StoredViewing => {
      const { positionMs, positionAt, createdAt } = standing.get(id) ?? { positionMs: 0, positionAt: undefined, createdAt: now };
      const position = positionAt === undefined ? {} : { positionAt };
      return {
        mediaId: id,
        watched: false,
        changedAt: now,
        unwatchedAt: now,
        positionMs,
        ...position,
        event: REMOVED_BY_APP,
        createdAt,
        updatedAt: now,
      };
    });
    await viewing.saveViewings(tx.person, states);
    await createUnwatches(tx.handle).done(tx.person, media, now);
    await tellHouse(tx, new Set(media));
  }

  /** Answers how many were told to servers, and asks about the rest. What is younger waits for its time. */
  async function run(person: PersonId): Promise<Readonly<{ unwatched: number; asked: number }>> {
    const now = clock.now();
    const decided = await stamps.withinStamp(person, async (tx) => {
      const unwatches = createUnwatches(tx.handle);
      await unwatches.prune(now - hours(1));
      const owed = await unwatches.owed(person);
      const ripe = owed.filter((one) => one.planId !== undefined || one.removedAt <= now - TIME_TO_TAKE_BACK);
      const shown = new Set(
        await unwatches.shownAsWatched(
          person,
          ripe.map((one) => one.mediaId),
        ),
      );
      // No server shows the others: there is nobody to tell.
      await unwatches.forget(
        person,
        ripe.flatMap((one) => (shown.has(one.mediaId) ? [] : one.mediaId)),
      );
      const due = ripe.filter((one) => shown.has(one.mediaId));
      const fresh = due.filter((one) => one.planId === undefined);
      const waits = owed.length > ripe.length;
      if (fresh.length === 0) return { unwatched: 0, ask: [], waits };
      const before = await unwatches.doneSince(person, now - hours(1));
      if (before + due.length > MOST_IN_AN_HOUR) return { unwatched: 0, ask: due, waits };
      await unwatch(
        tx,
        fresh.map((one) => one.mediaId),
      );
      return { unwatched: fresh.length, ask: [], waits };
    });
    if (decided.waits) await soon(person);
    if (decided.ask.length > 0) await ask(person, decided.ask);
    return { unwatched: decided.unwatched, asked: decided.ask.length };
  }

  /** One question for all that waits: an older one is over. */
  async function ask(person: PersonId, owed: readonly OwedUnwatch[]): Promise<void> {
    const { plans: open } = await plans.list({ feature: FEATURE, personId: person, states: ['proposed'] }, { offset: 0, limit: 100 });
    const known = await createMediaGraph(database, { clock }).describe(owed.map((one) => one.mediaId));
    const apps = [...new Set(owed.map((one) => one.client))];
    const plan = await plans.propose({
      feature: FEATURE,
      personId: person,
      title: `Un-watch ${owed.length} titles on your servers, as ${apps.join(', ')} removed them`,
      reason: `More than ${MOST_IN_AN_HOUR} titles were removed within an hour. They lie in the bin either way. Approve to take their marks away on your servers too; reject to leave the servers as they are.`,
      summary: { unwatches: owed.length, apps },
      expiresAt: clock.now() + days(14),
      changes: owed.map((one) => {
        const media = known.get(one.mediaId);
        return {
          kind: 'unwatch',
          subject: { title: media ? titleInWords(media) : `title ${one.mediaId}`, mediaId: one.mediaId },
          before: { watched: true },
          after: { watched: false },
          reason: {
            rule: 'What an app removes from the history is not watched on any server.',
            facts: [{ text: 'removed by an app', source: one.client, at: one.removedAt }],
          },
          askedBy: { kind: 'app', id: one.client, name: one.client },
        };
      }),
    });
    await stamps.withinStamp(person, (tx) =>
      createUnwatches(tx.handle).holdFor(
        person,
        owed.map((one) => one.mediaId),
        plan.id,
      ),
    );
    // Only now: what becomes of an expired plan is that what it holds is forgotten.
    for (const former of open) await plans.expire(former.id);
  }

  async function carryOut(plan: Plan, jobId: JobId | undefined): Promise<void> {
    await plans.markApplying(plan.id, jobId);
    const person = personId(Number(plan.personId));
    const count = await stamps.withinStamp(person, async (tx) => {
      const held = await createUnwatches(tx.handle).heldFor(plan.id);
      // What was watched again since is not taken away.
      const media = await createUnwatches(tx.handle).shownAsWatched(person, held);
      await unwatch(tx, media);
      return media.length;
    });
    await plans.markApplied(plan.id, `${count} titles were un-watched.`);
  }

  return {
    soon,

    /** Answers false where the plan is not ours. */
    async settlePlan(id: string, jobId?: JobId): Promise<boolean> {
      const plan = await plans.get(id);
      if (plan.feature !== FEATURE) return false;
      if (plan.state === 'approved' || plan.state === 'applying') await carryOut(plan, jobId);
      if (plan.state === 'rejected' || (plan.state === 'expired' && plan.personId !== undefined)) {
        const person = personId(Number(plan.personId));
        await stamps.withinStamp(person, async (tx) => {
          const unwatches = createUnwatches(tx.handle);
          await unwatches.forget(person, await unwatches.heldFor(plan.id));
        });
      }
      return true;
    },

    registerJobs(): void {
      jobs.handle(UNWATCH_JOB, async (job) => run(personId(Number(job.payload.personId))));
    },

    /** Takes up what an earlier process left waiting. */
    async resume(): Promise<void> {
      for (const person of await createUnwatches(database).personsOwed()) await soon(person);
    },
  };
}
