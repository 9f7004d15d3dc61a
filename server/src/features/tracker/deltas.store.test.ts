import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createActivity } from '#core/activity/index.ts';
import { createBin } from '#core/bin/index.ts';
import type { Events as Catalogue } from '#core/events.ts';
import {
  createAnimeCoordinates,
  createAnimeTypes,
  createMediaGraph,
  createNativeEpisodes,
  createTitleClaims,
  createTitleFacts,
  createTitleNumbers,
} from '#core/media/index.ts';
import { createPlans } from '#core/plans/index.ts';
import { createViewingStore } from '#core/viewing/index.ts';
import { type MediaId, type PersonId, personId } from '#kernel/ids.ts';
import { createEvents } from '#platform/events/index.ts';
import { createJobs } from '#platform/jobs/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { fc } from '#tests/support/properties.ts';
import { type Activities, LIBRARY_TYPES } from './activities.ts';
import type { LibraryItem } from './read-library.ts';
import { createTracker, type Tracker } from './tracker.ts';

const ASKER = { client: 'app', actor: { kind: 'app-grant', id: '1', name: 'app' } };
const MOVIES = [1, 2, 3, 4].map((number) => ({ kind: 'movie' as const, title: `Movie ${number}`, ids: { imdb: `tt000000${number}` } }));
const SHOWS = [1, 2].map((number) => ({
  kind: 'show' as const,
  title: `Show ${number}`,
  ids: number === 1 ? { tvdb: '1001' } : { mal: '1002' },
}));
const TITLES = [...MOVIES, ...SHOWS];

const shownSeconds = (at: number): number => Math.floor(at / 1_000) * 1_000;

describe.each(DATABASES)('an app that follows a library on %s', (kind) => {
  let test: TestDatabase;
  let tracker: Tracker;
  let openIn: (timeZone: string) => Tracker;
  let now = Date.UTC(2026, 0, 1);
  let persons = 10;
  const clock = { now: () => now };

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    const { database } = test;
    const events = createEvents<Catalogue>({ db: database, clock });
    const numbers = createTitleNumbers({ database });
    const claims = createTitleClaims({ database, numbers, graphOn: (handle) => createMediaGraph(handle, { clock }) });
    const coordinates = createAnimeCoordinates({ database, clock });
    const deps = {
      database,
      clock,
      claims,
      animeTypes: createAnimeTypes({ coordinates }),
      nativeEpisodes: createNativeEpisodes({
        claims,
        coordinates,
        facts: createTitleFacts({ database, clock }),
        graph: createMediaGraph(database, { clock }),
      }),
      bin: createBin({ database, clock }),
      activity: createActivity({ database, clock }),
      plans: createPlans({ database, clock }),
      jobs: createJobs({ db: database, clock, instance: 'test', runs: () => false }),
      publish: events.publish,
    };
    openIn = (timeZone) => createTracker({ ...deps, timeZone });
    tracker = openIn('UTC');
  });
  afterAll(() => test.close());

  const what = (item: LibraryItem) => ({
    list: item.list,
    at: item.entry.lastWatchedAt,
    watched: item.entry.watched,
    episodes: item.entry.episodes.map(({ season, number, at }) => `${season}x${number}@${at}`).join(' '),
  });
  async function pull(person: PersonId, changedAfter?: number) {
    const found = new Map<number, ReturnType<typeof what>>();
    const filter = changedAfter === undefined ? {} : { changedAfter };
    for await (const { items } of tracker.library(person, LIBRARY_TYPES, filter, { episodes: true })) {
      for (const item of items) found.set(item.number, what(item));
    }
    return found;
  }

  type Step = Readonly<{ title: number; does: 'mark' | 'unmark' | 'remove' | 'list' | 'rate' | 'server'; episode: number; after: number }>;
  const step: fc.Arbitrary<Step> = fc.record({
    title: fc.nat(TITLES.length - 1),
    does: fc.constantFrom('mark', 'unmark', 'remove', 'list', 'rate', 'server'),
    episode: fc.integer({ min: 1, max: 4 }),
    after: fc.constantFrom(0, 1, 400, 1_000, 2_500),
  });

  async function serverPlay(person: PersonId, media: MediaId): Promise<void> {
    const at = now;
    await test.database.transaction(async (handle) => {
      const viewing = createViewingStore(handle);
      await viewing.lock(person);
      const state = { mediaId: media, watched: true, changedAt: at, positionMs: 0, createdAt: at, updatedAt: at };
      await viewing.saveViewings(person, [state]);
      await viewing.addPlays(person, [{ mediaId: media, at, evidence: { how: 'webhook', at, receivedAt: at } }], at);
    });
    await tracker.follow.viewingChanged({ personId: person, mediaIds: [media], cause: { kind: 'webhook' } });
  }

  async function take(person: PersonId, { title, does, episode }: Step): Promise<void> {
    const claim = TITLES[title] ?? TITLES[0] ?? expect.fail('no title');
    const seasons = claim.kind === 'show' ? [{ number: 1, episodes: [{ number: episode }] }] : undefined;
    const named = { claim, ...(seasons && { seasons }) };
    if (does === 'mark') await tracker.addToHistory(person, { titles: [{ ...named, day: now }], episodes: [] });
    if (does === 'unmark') await tracker.removeFromHistory(person, { titles: [named], episodes: [] }, ASKER);
    if (does === 'remove') await tracker.removeFromHistory(person, { titles: [{ claim }], episodes: [] }, ASKER);
    if (does === 'list') await tracker.putOnLists(person, [{ claim, to: episode > 2 ? 'plantowatch' : 'dropped' }], ASKER);
    if (does === 'rate') await tracker.rate(person, [{ claim, rating: episode }]);
    if (does === 'server') {
      const graph = createMediaGraph(test.database, { clock });
      const [known] = claim.kind === 'movie' ? await graph.find({ kind: 'movie', ids: claim.ids }) : [];
      if (known !== undefined) await serverPlay(person, known);
    }
  }

  /** What apps do: read the days, pull what is later than the days of the last time, and keep the new ones only then. */
  async function follow(person: PersonId, steps: readonly (readonly Step[])[]): Promise<void> {
    const kept = await pull(person);
    let seen: Activities = await tracker.activities(person);
    for (const atOnce of steps) {
      now += atOnce[0]?.after ?? 0;
      // Several at once, and the app reads in the middle of them.
      const works = atOnce.map((one) => take(person, one));
      const days = await tracker.activities(person);
      for (const [number, item] of await pull(person, shownSeconds(seen.all))) kept.set(number, item);
      seen = { ...days, all: shownSeconds(days.all) };
      await Promise.all(works);
    }
    const last = await tracker.activities(person);
    for (const [number, item] of await pull(person, shownSeconds(seen.all))) kept.set(number, item);
    expect(last.all).toBeGreaterThanOrEqual(seen.all);
    const now_ = await pull(person);
    for (const [number] of kept) if (!now_.has(number)) kept.delete(number);
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(now_));
  }

  it('by its days and by what is later than them has what a whole pull has, whatever happens at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }), async (steps) => {
        persons += 1;
        await follow(personId(persons), steps);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  /** Whoever follows everything by the one day of all, and asks for nothing while that second is the one they know. */
  async function gate(person: PersonId, steps: readonly (readonly Step[])[]): Promise<void> {
    const kept = await pull(person);
    let seen = 0;
    const look = async (): Promise<void> => {
      const all = shownSeconds((await tracker.activities(person)).all);
      if (all === seen) return;
      for (const [number, item] of await pull(person, seen)) kept.set(number, item);
      seen = all;
    };
    for (const atOnce of steps) {
      now += atOnce[0]?.after ?? 0;
      const works = atOnce.map((one) => take(person, one));
      await look();
      await Promise.all(works);
      await look();
    }
    const whole = await pull(person);
    for (const [number] of kept) if (!whole.has(number)) kept.delete(number);
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(whole));
  }

  it('by the second of the last change alone misses nothing either, however many changes a second has', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(step, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 }), async (steps) => {
        persons += 1;
        await gate(personId(persons), steps);
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('sees an episode that airs when somebody had seen all before it, and counts that only grow old do not move', async () => {
    const person = personId(persons + 1);
    const claim = { kind: 'show', title: 'On air', ids: { tvdb: '1003' } } as const;
    const facts = createTitleFacts({ database: test.database, clock });
    const marked = await tracker.addToHistory(person, {
      titles: [{ claim, seasons: [{ number: 1, episodes: [{ number: 1 }] }] }],
      episodes: [],
    });
    const [outcome] = marked.titles;
    if (!outcome?.found) return expect.fail('the show is missing');
    const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
    const tell = async (...airs: number[]) => {
      const episodes = airs.map((at, index) => ({ season: 1, number: index + 1, airedOn: day(at) }));
      await facts.tell('oracle', [{ media: outcome.title.mediaId, facts: { status: 'airing' }, complete: true, episodes }]);
      await tracker.follow.told({ mediaIds: [outcome.title.mediaId] });
    };
    const DAY = 86_400_000;
    const before = await tracker.activities(person);
    await tell(now - 9 * DAY, now + 2 * DAY);
    expect(await tracker.activities(person)).toEqual(before);
    expect((await tracker.titles(person, [outcome.title.mediaId], {})).get(outcome.title.mediaId)?.entry).toMatchObject({
      total: 2,
      notAired: 1,
    });
    expect(await tracker.countAired()).toBe(0);
    now += 3 * DAY;
    expect(await tracker.countAired()).toBe(1);
    const after = await tracker.activities(person);
    expect(after.shelves.shows.kinds.watching).toBeGreaterThan(before.shelves.shows.kinds.watching ?? 0);
    expect((await tracker.titles(person, [outcome.title.mediaId], {})).get(outcome.title.mediaId)?.entry).toMatchObject({
      notAired: 0,
      nextToWatch: { season: 1, number: 2 },
    });
    expect(await tracker.countAired()).toBe(0);
  });

  it('hears that what it shows of a person changed: their name, and the time zone of the house', async () => {
    const person = personId(persons + 4);
    const settingsOf = async () => (await tracker.activities(person)).settings;
    expect(await settingsOf()).toBeUndefined();
    await openIn('UTC').resume();
    expect(await settingsOf()).toBeUndefined();
    await tracker.follow.personRenamed({ personId: person, name: 'one' });
    const renamed = await settingsOf();
    expect(renamed).toBe((await tracker.activities(person)).all);
    await openIn('Europe/Vienna').resume();
    const moved = await settingsOf();
    expect(moved).toBeGreaterThan(renamed ?? 0);
    await openIn('Europe/Vienna').resume();
    expect(await settingsOf()).toBe(moved);
  });

  it('has each person’s own library, and nobody else’s', async () => {
    const [one, other] = [personId(persons + 2), personId(persons + 3)];
    await Promise.all(
      [one, other].map((person, index) =>
        tracker.addToHistory(person, {
          titles: MOVIES.slice(index * 2, index * 2 + 2).map((claim) => ({ claim, day: now })),
          episodes: [],
        }),
      ),
    );
    const names = async (person: PersonId) => {
      const titles: string[] = [];
      for await (const { items } of tracker.library(person, LIBRARY_TYPES, {}, {})) titles.push(...items.map((item) => item.media.title));
      return titles.toSorted();
    };
    expect([await names(one), await names(other)]).toEqual([
      ['Movie 1', 'Movie 2'],
      ['Movie 3', 'Movie 4'],
    ]);
    await tracker.follow.personRemoved({ personId: one, name: 'one' });
    expect([await names(one), await names(other)]).toEqual([[], ['Movie 3', 'Movie 4']]);
  });
});
