import type { Events } from '#core/events.ts';
import { createTitleNumbers } from '#core/media/index.ts';
import { type MediaId, type PersonId, personId } from '#kernel/ids.ts';
import type { Clock } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';
import { createFilled } from './filled.store.ts';
import { createLibraryStore } from './library.store.ts';
import { createMemos } from './memos.store.ts';
import type { Projection } from './project.ts';
import { createRewatchStore } from './rewatches.store.ts';
import type { Database, StampedTx, Stamps } from './stamps.store.ts';
import { touchPlayback } from './title-types.store.ts';

const FILL_JOB = 'tracker:fill';
/** Titles in one transaction: whoever waits for the history waits no longer than they take. */
const AT_ONCE = 250;

export type FollowDeps = Readonly<{
  database: Database;
  clock: Clock;
  jobs: JobQueue;
  stamps: Stamps;
  projection: Projection;
}>;

export type HouseFollower = ReturnType<typeof createHouseFollower>;

/** What happens in the house beside the apps moves libraries too: servers, people, merges, the bin, what becomes known of titles. */
export function createHouseFollower({ database, clock, jobs, stamps, projection }: FollowDeps) {
  const numbers = createTitleNumbers({ database });

  async function inPieces(
    person: PersonId,
    media: readonly MediaId[],
    work: (tx: StampedTx, some: readonly MediaId[]) => Promise<unknown>,
  ): Promise<void> {
    for (let from = 0; from < media.length; from += AT_ONCE) {
      await stamps.withinStamp(person, (tx) => work(tx, media.slice(from, from + AT_ONCE)));
    }
  }

  /** Their numbers are given afterwards, so that no answer to an app has to: a number is given under the lock of the graph, which comes first. */
  async function projectAll(person: PersonId, media: readonly MediaId[]): Promise<void> {
    const titles = new Set<MediaId>();
    await inPieces(person, media, async (tx, some) => {
      for (const id of (await projection.project(tx, some)).keys()) titles.add(id);
    });
    await numbers.numbersOf([...titles]);
  }

  /** For everybody whose library or history holds any of these. */
  async function forAll(media: readonly MediaId[], work: (tx: StampedTx) => Promise<unknown>): Promise<void> {
    for (const person of await createLibraryStore(database).personsWith(media)) await stamps.withinStamp(person, work);
  }

  /** `first`: where it was never made, which is asked for again and again until it has been; a long one would follow itself. */
  async function fillSoon(person: PersonId, { first }: Readonly<{ first: boolean }>): Promise<void> {
    await jobs.enqueue({
      name: FILL_JOB,
      lane: 'bulk',
      person,
      reference: `${FILL_JOB}:${person}${first ? ':first' : ''}`,
      payload: { personId: person, first },
      maxAttempts: 5,
    });
  }

  /** The whole library, made from the whole history: what is on no list any more goes, and what was watched comes. */
  async function fill(person: PersonId): Promise<void> {
    await inPieces(person, await createLibraryStore(database).unlisted(person), async (tx, some) => {
      const dropped = await createLibraryStore(tx.handle).drop(person, some);
      for (const { type } of dropped) tx.touch(type, 'removed_from_list');
    });
    for (const source of ['watchedAfter', 'listedAfter'] as const) {
      for (let after = 0; ; ) {
        const some = await createLibraryStore(database)[source](person, after, AT_ONCE);
        if (some.length === 0) break;
        await projectAll(person, some);
        after = some.at(-1) ?? after;
      }
    }
    await createFilled(database).filled(person, clock.now());
  }

  return {
    async viewingChanged({ personId: person, mediaIds, positions = [] }: Events['viewing.changed']): Promise<void> {
      await projectAll(person, mediaIds);
      await inPieces(person, positions, (tx, some) => touchPlayback(tx, some, clock));
    },

    viewingReplaced: ({ personId: person }: Events['viewing.replaced']): Promise<void> => fillSoon(person, { first: false }),

    personRemoved: ({ personId: person }: Events['person.removed']): Promise<void> =>
      database.transaction((handle) => createLibraryStore(handle).forget(person)),

    merged: ({ fromId, intoId }: Events['media.merged']): Promise<void> =>
      forAll([fromId, intoId], async (tx) => {
        const library = createLibraryStore(tx.handle);
        const held = (await library.entries(tx.person, [fromId])).get(fromId);
        await createMemos(tx.handle).merged(tx.person, fromId, intoId);
        await library.follow(tx.person, fromId, intoId);
        await createRewatchStore(tx.handle).follow(tx.person, fromId, intoId);
        await library.drop(tx.person, [fromId]);
        if (held) tx.touch(held.type, 'removed_from_list');
        await projection.project(tx, [intoId], { changed: new Set(held ? [intoId] : []) });
      }),

    split: ({ fromId, intoId }: Events['media.split']): Promise<void> =>
      forAll([fromId, intoId], async (tx) => {
        await createMemos(tx.handle).split(tx.person, fromId);
        await projection.project(tx, [fromId, intoId]);
      }),

    /** Lengths, dates or lists of episodes became known. Counts that only grew old are no change. */
    async told({ mediaIds }: Events['media.told']): Promise<void> {
      for (let from = 0; from < mediaIds.length; from += AT_ONCE) {
        const some = mediaIds.slice(from, from + AT_ONCE);
        const held = await createLibraryStore(database).heldOf(some);
        for (const [person, titles] of held) await stamps.withinStamp(person, (tx) => projection.project(tx, titles));
      }
    },

    /** Episodes that were not out when they were counted, and are now. Answers how many titles were counted anew. */
    async countAired(): Promise<number> {
      let count = 0;
      for (;;) {
        const due = await createLibraryStore(database).airedSince(clock.now(), AT_ONCE);
        if (due.length === 0) return count;
        for (const [person, titles] of Map.groupBy(due, (one) => one.person)) {
          const ids = titles.map((one) => one.mediaId);
          await stamps.withinStamp(person, async (tx) => {
            await projection.project(tx, ids);
            await createLibraryStore(tx.handle).counted(person, ids, clock.now());
          });
        }
        count += due.length;
      }
    },

    registerJobs(): void {
      jobs.handle(FILL_JOB, async (job) => {
        const person = personId(Number(job.payload.personId));
        if (job.payload.first === true && !(await createFilled(database).unfilled()).includes(person)) return {};
        await fill(person);
        return {};
      });
    },

    /** Libraries of histories that were there before there were libraries. */
    async resume(): Promise<void> {
      for (const person of await createFilled(database).unfilled()) await fillSoon(person, { first: true });
    },
  };
}
