import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { createPeople } from '#core/people/index.ts';
import { createLists, createViewingStore } from '#core/viewing/index.ts';
import { type MediaId, mediaId, type PersonId } from '#kernel/ids.ts';
import { createJobs, type JobQueue } from '#platform/jobs/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { eventually } from '#tests/support/household.ts';
import { createHouseFollower, type HouseFollower } from './follow-house.ts';
import { createProjection } from './project.ts';
import { createStamps } from './stamps.store.ts';

describe.each(DATABASES)('libraries of histories that were there first, on %s', (kind) => {
  let test: TestDatabase;
  let jobs: JobQueue;
  let follower: HouseFollower;
  let person: PersonId;
  let heat: MediaId;
  let fills = 0;
  const clock = { now: () => Date.UTC(2026, 0, 1) };

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    const { database } = test;
    const publish = async (): Promise<void> => undefined;
    person = (await createPeople({ database, clock, publish }).create('kim')).id;
    const [film] = await database.transaction((handle) =>
      createMediaGraph(handle, { clock }).know([{ kind: 'movie', title: 'Heat', ids: { imdb: 'tt0113277' } }]),
    );
    heat = film?.mediaId ?? mediaId(0);
    await database.transaction((handle) => {
      const state = { mediaId: heat, watched: true, positionMs: 0, changedAt: 1, createdAt: 1, updatedAt: 1 };
      return createViewingStore(handle).saveViewings(person, [state]);
    });
    jobs = createJobs({ db: database, clock, instance: 'test', runs: () => true });
    const stamps = createStamps({ database, clock, publish });
    const projection = createProjection({ database, clock });
    const counted: typeof projection = {
      ...projection,
      project: (...order) => {
        fills += 1;
        return projection.project(...order);
      },
    };
    follower = createHouseFollower({ database, clock, jobs, stamps, projection: counted });
    follower.registerJobs();
  });
  afterAll(async () => {
    await jobs.stop();
    await test.close();
  });

  const idle = () =>
    eventually(async () => {
      const { jobs: left } = await jobs.list({ statuses: ['pending', 'running'] }, 1, 10);
      expect(left).toEqual([]);
    });

  it('are made once, however often they are asked for while that lasts, and anew where a history was replaced', async () => {
    await follower.resume();
    await jobs.start();
    // The clock asks again while the first is at work, or has not begun.
    await follower.resume();
    await follower.resume();
    await idle();
    const first = fills;
    expect(first).toBeGreaterThan(0);
    await jobs.enqueue({ name: 'tracker:fill', lane: 'bulk', person, payload: { personId: person, first: true } });
    await follower.resume();
    await idle();
    expect(fills).toBe(first);
    await follower.viewingReplaced({ personId: person });
    await idle();
    expect(fills).toBe(first * 2);
  });

  it('leave a list where it came with what was watched, and move it by what is watched afterwards', async () => {
    const { database } = test;
    const who = (await createPeople({ database, clock, publish: async () => undefined }).create('mo')).id;
    const watchedOn = (at: number) =>
      database.transaction((handle) =>
        createViewingStore(handle).saveViewings(who, [
          { mediaId: heat, watched: true, positionMs: 0, changedAt: at, createdAt: at, updatedAt: at },
        ]),
      );
    const heard = async () => {
      await follower.viewingChanged({ personId: who, mediaIds: [heat], cause: { kind: 'restore' } });
      return (await createLists(database).of(who, [heat])).get(heat)?.list;
    };
    await watchedOn(1_000);
    await database.transaction((handle) => createLists(handle).put(who, [{ mediaId: heat, list: 'dropped', since: 1, changedAt: 2_000 }]));
    expect(await heard()).toBe('dropped');
    await watchedOn(3_000);
    expect(await heard()).toBe('completed');
  });
});
