import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { type MediaId, mediaId, personId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createStamps, type Stamps } from './stamps.store.ts';
import { touchPlayback } from './title-types.store.ts';

describe.each(DATABASES)('the days of a library on %s', (kind) => {
  let test: TestDatabase;
  let tracker: Stamps;
  let now = 1_000_200;
  let heat: MediaId;
  let pilot: MediaId;
  let anime: MediaId;
  const clock = { now: () => now };

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    const known = await test.database.transaction((handle) =>
      createMediaGraph(handle, { clock }).know([
        { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } },
        { kind: 'episode', title: 'Pilot', ids: {}, show: { title: 'Twin Peaks', ids: { tvdb: '70533' } }, season: 1, episode: 1 },
        { kind: 'movie', title: 'Akira', year: 1988, ids: { mal: '47' } },
      ]),
    );
    const ids = known.map((one) => one.mediaId ?? mediaId(0));
    [heat, pilot, anime] = [ids[0] ?? mediaId(0), ids[1] ?? mediaId(0), ids[2] ?? mediaId(0)];
    tracker = createStamps({ database: test.database, clock });
  });
  afterAll(() => test.close());

  it('of a library that nobody touched have no day but the one on which somebody first asked', async () => {
    const first = await tracker.activities(personId(9));
    expect(first).toEqual({ all: now, shelves: { shows: { kinds: {} }, anime: { kinds: {} }, movies: { kinds: {} } } });
    now += 5_000;
    expect(await tracker.activities(personId(9))).toEqual(first);
  });

  it('move with their kind, their shelf and the library, and with nothing else', async () => {
    const alice = personId(1);
    await tracker.withinStamp(alice, async (tx) => tx.touch('shows', 'watching'));
    const at = now;
    now += 10;
    await tracker.withinStamp(alice, (tx) => touchPlayback(tx, [heat, pilot, anime], clock));
    expect(await tracker.activities(alice)).toEqual({
      all: now,
      shelves: {
        shows: { all: now, kinds: { watching: at, playback: now } },
        anime: { all: now, kinds: { playback: now } },
        movies: { all: now, kinds: { playback: now } },
      },
    });
    expect((await tracker.activities(personId(2))).shelves.movies).toEqual({ kinds: {} });
  });

  it('rise by a millisecond where the clock stands still or runs back, and not where nothing changed', async () => {
    const bob = personId(3);
    const days: number[] = [];
    const touch = () => tracker.withinStamp(bob, async (tx) => days.push(tx.at) && tx.touch('movies', 'dropped'));
    await touch();
    await touch();
    await tracker.withinStamp(bob, async () => undefined);
    now -= 500;
    await touch();
    now += 500;
    expect(days).toEqual([now, now + 1, now + 2]);
    expect((await tracker.activities(bob)).all).toBe(now + 2);
  });

  it('lie in a second that no app has heard of, and only there do they run ahead of the clock', async () => {
    const fred = personId(7);
    const touch = () =>
      tracker.withinStamp(fred, async (tx) => {
        tx.touch('movies', 'dropped');
        return tx.at;
      });
    const secondOf = (at: number): number => Math.floor(at / 1_000);
    now = 1_500_200;
    expect((await tracker.activities(fred)).all).toBe(now);
    // A library that has just begun was told of too.
    expect(await touch()).toBe(1_501_001);
    expect(await touch()).toBe(1_501_002);
    expect(secondOf((await tracker.activities(fred)).all)).toBe(1_501);
    await tracker.activities(fred);
    expect([await touch(), await touch()]).toEqual([1_502_001, 1_502_002]);
    now = 1_600_300;
    await tracker.activities(fred);
    expect(await touch()).toBe(now);
  });

  it('are never on a whole second, which is what apps are told and ask by', async () => {
    const erin = personId(6);
    now = 2_000_000;
    await tracker.withinStamp(erin, async (tx) => tx.touch('movies', 'dropped'));
    expect((await tracker.activities(erin)).all).toBe(2_000_001);
  });

  it('are taken by one change after the other, however many come at once', async () => {
    const carol = personId(4);
    const days = await Promise.all(
      Array.from({ length: 12 }, () =>
        tracker.withinStamp(carol, async (tx) => {
          tx.touch('movies', 'completed');
          return tx.at;
        }),
      ),
    );
    expect(new Set(days).size).toBe(12);
    expect((await tracker.activities(carol)).all).toBe(Math.max(...days));
  });

  it('do not move where the change failed', async () => {
    const dave = personId(5);
    const failing = tracker.withinStamp(dave, async (tx) => {
      tx.touch('movies', 'completed');
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect((await tracker.activities(dave)).shelves.movies).toEqual({ kinds: {} });
  });
});
