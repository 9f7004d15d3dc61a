import { describe, expect, it } from 'vitest';
import type { Account, NewAccount } from '#core/connections/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { Plan } from '#core/plans/index.ts';
import { type Clock, minutes } from '#kernel/instant.ts';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  episodeOf,
  eventually,
  type Household,
  heat,
  importNow,
  inHousehold,
  proposeNow,
  settled,
  shelveAll,
} from '#tests/support/journey.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';

type Entry = { status: string; show?: { title: string }; movie?: { title: string } };
type Library = Partial<Record<'shows' | 'anime' | 'movies', Entry[]>>;

const BOTH = { 'watchlist.import': true, 'watchlist.export': true };
const servers = ['plex'] as const;
const SERIES = '70001';
const first = episodeOf(1, { show: { upstreamId: SERIES, title: 'Twin Peaks', year: 1990, ids: { tvdb: '70533', imdb: 'tt0098936' } } });
/** No server of the household has these. */
const MATRIX = { kind: 'movie', title: 'The Matrix', year: 1999, ids: { imdb: 'tt0133093', tmdb: '603' } } as const;
const EXPANSE = { kind: 'show', title: 'The Expanse', year: 2015, ids: { imdb: 'tt3230854', tvdb: '280619' } } as const;
const asApp = ({ title, year, ids }: typeof MATRIX | typeof EXPANSE) => ({ title, year, ids });

/** It goes on by itself, and by `later`: what was told just now is no news for some minutes. */
function movableClock(): { clock: Clock; later(): void } {
  let ahead = 0;
  const later = (): void => {
    ahead += minutes(5);
  };
  return { clock: { now: () => Date.now() + ahead }, later };
}

type Place = Readonly<{
  home: Household;
  app: SimklCalls;
  account: Account;
  ids: Record<'alien' | 'heat' | 'first', string>;
  catalogue: Record<'alien' | 'heat' | 'series' | 'matrix' | 'expanse', string>;
  /** Import, some minutes after what was before. */
  read(): Promise<readonly string[]>;
  library(): Promise<Record<string, string>>;
  onPlex(): readonly string[];
  wish(id: string, wanted: boolean, at?: number): void;
  written(): readonly string[];
}>;

async function inPlace(
  database: (typeof DATABASES)[number],
  work: (place: Place) => Promise<void>,
  wish: Partial<NewAccount> = { options: BOTH },
): Promise<void> {
  const { clock, later } = movableClock();
  await inHousehold({ database, servers, clock }, async (home) => {
    const { plex } = home;
    const { plex: ids } = shelveAll(home, { alien, heat, first }, ['plex']);
    const { plex: account } = await connectAll(home, ['plex'], wish);
    const app = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants));
    const known = (id: string): string => plex.catalogueIdOf(id) ?? '';
    await work({
      home,
      app,
      account,
      ids,
      catalogue: {
        alien: known(ids.alien),
        heat: known(ids.heat),
        series: known(SERIES),
        matrix: plex.addToCatalogue(MATRIX),
        expanse: plex.addToCatalogue(EXPANSE),
      },
      async read() {
        later();
        const lines = await importNow(home);
        await settled(home);
        await home.rooms.events.idle(AbortSignal.timeout(10_000));
        await settled(home);
        return lines.map((line) => line.text);
      },
      async library() {
        const { body } = await app<Library>('GET', '/sync/all-items');
        const rows = [...(body.movies ?? []), ...(body.shows ?? [])];
        return Object.fromEntries(rows.map((row) => [row.movie?.title ?? row.show?.title ?? '', row.status]));
      },
      onPlex: () => plex.watchlistOf(plex.owner.id),
      wish: (id, wanted, at) => plex.wish(plex.owner.id, id, wanted, at),
      written: () =>
        plex.discoverCalls.filter(({ method }) => method === 'PUT').map(({ path, query }) => `${path.slice(9)} ${query.ratingKey}`),
    });
  });
}

/** The one question that waits. */
async function question(home: Household): Promise<Plan> {
  const { plans } = await home.rooms.plans.list({ states: ['proposed'] }, { offset: 0, limit: 10 });
  const [plan] = plans;
  if (plan === undefined || plans.length > 1) throw new Error(`${plans.length} plans wait`);
  return plan;
}

describe.each(DATABASES)('the Plex watchlist, on %s', (database) => {
  it('is what is planned to be watched, whether a server has it or not, and nothing of that is told back', () =>
    inPlace(database, async ({ read, library, wish, catalogue, written }) => {
      for (const id of [catalogue.alien, catalogue.series, catalogue.matrix, catalogue.expanse]) wish(id, true);
      await read();
      const planned = { Alien: 'plantowatch', 'Twin Peaks': 'plantowatch', 'The Matrix': 'plantowatch', 'The Expanse': 'plantowatch' };
      expect(await library()).toEqual(planned);
      await read();
      await read();
      expect([await library(), written()]).toEqual([planned, []]);
    }));

  it('takes what apps put on the list, of servers or of none, and gives back what they take off', () =>
    inPlace(database, async ({ app, read, onPlex, catalogue, library, written }) => {
      await read();
      await app('POST', '/sync/add-to-list', {
        movies: [
          { title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' }, to: 'plantowatch' },
          { ...asApp(MATRIX), to: 'plantowatch' },
        ],
        shows: [{ ...asApp(EXPANSE), to: 'plantowatch' }],
      });
      const all = [catalogue.alien, catalogue.matrix, catalogue.expanse].toSorted();
      await eventually(() => expect([...onPlex()].sort()).toEqual(all));
      await read();
      expect([...onPlex()].sort()).toEqual(all);
      await app('POST', '/sync/add-to-list', { shows: [{ ids: EXPANSE.ids, to: 'dropped' }] });
      await app('POST', '/sync/history/remove', { movies: [{ ids: MATRIX.ids }] });
      await eventually(() => expect(onPlex()).toEqual([catalogue.alien]));
      await read();
      expect(await library()).toEqual({ Alien: 'plantowatch', 'The Expanse': 'dropped' });
      expect(written()).toHaveLength(5);
    }));

  it('takes a title off the list when it was taken off there, and keeps it in the bin', () =>
    inPlace(database, async ({ home, read, wish, catalogue, library, written }) => {
      for (const id of [catalogue.heat, catalogue.matrix]) wish(id, true);
      await read();
      wish(catalogue.matrix, false);
      await read();
      expect(await library()).toEqual({ Heat: 'plantowatch' });
      const { entries } = await home.rooms.bin.list({ personId: MAIN_PERSON }, { offset: 0, limit: 10 });
      expect(entries.map((entry) => entry.title)).toEqual(['The Matrix (1999)']);
      expect(written()).toEqual([]);
    }));

  it.each(['server-error', 'page-fails', 'short-library', 'html'] as const)('takes nothing away where it did not come whole (%s)', (mood) =>
    inPlace(database, async ({ home, ids, read, wish, catalogue, library, written }) => {
      const many = Array.from({ length: 120 }, (_, index) =>
        home.plex.addToCatalogue({ kind: 'movie', title: `Movie ${index}`, year: 1990, ids: { tmdb: String(800_000 + index) } }),
      );
      for (const id of [catalogue.matrix, ...many]) wish(id, true);
      await read();
      wish(catalogue.matrix, false);
      home.plex.setDiscoverMood(mood);
      await home.plex.finish(home.plex.owner.id, ids.heat, ago(DAY));
      const before = await library();
      await expect(read()).rejects.toMatchObject({ message: expect.stringMatching(/watchlist was not read/) });
      await home.rooms.events.idle(AbortSignal.timeout(10_000));
      // The server itself was read, and its word counts.
      expect(await library()).toEqual({ ...before, Heat: 'completed' });
      home.plex.setDiscoverMood('fine');
      await read();
      expect(Object.keys(await library())).toHaveLength(121);
      expect(written()).toEqual([]);
    }),
  );

  it('asks before many of it go, keeps all where that was not meant, and takes them off where it was', () =>
    inPlace(database, async ({ home, read, wish, library }) => {
      const many = Array.from({ length: 8 }, (_, index) =>
        home.plex.addToCatalogue({ kind: 'movie', title: `Movie ${index}`, year: 1990, ids: { tmdb: String(800_000 + index) } }),
      );
      for (const id of many) wish(id, true);
      await read();
      for (const id of many.slice(0, 6)) wish(id, false);
      await expect(read()).rejects.toMatchObject({ code: 'stopped-by-guard' });
      await expect(read()).rejects.toMatchObject({ code: 'stopped-by-guard' });
      const plan = await question(home);
      const { changes } = await home.rooms.plans.changes(plan.id, {}, { offset: 0, limit: 10 });
      expect(changes.map(({ kind, before, after }) => [kind, before, after])).toEqual(
        Array(6).fill(['learn-watchlist', { plantowatch: true }, { plantowatch: false }]),
      );
      await home.rooms.plans.reject(plan.id, { kind: 'login', id: '1', name: 'owner' });
      await home.rooms.events.idle(AbortSignal.timeout(10_000));
      await settled(home);
      await read();
      expect(Object.keys(await library())).toHaveLength(8);
      for (const id of many.slice(0, 6)) wish(id, true);
      await read();
      for (const id of many.slice(0, 6)) wish(id, false);
      await expect(read()).rejects.toMatchObject({ code: 'stopped-by-guard' });
      const again = await question(home);
      await home.rooms.plans.approve(again.id, { kind: 'login', id: '1', name: 'owner' });
      await eventually(async () => expect((await home.rooms.plans.get(again.id)).state).toBe('applied'));
      expect(Object.keys(await library()).sort()).toEqual(['Movie 6', 'Movie 7']);
    }));

  it('leaves a title on its other list, unless it came on the watchlist later', () =>
    inPlace(
      database,
      async ({ app, read, wish, catalogue, library, home }) => {
        await read();
        const shows = [asApp(EXPANSE), { ids: { tvdb: 70533 } }].map((show) => ({ ...show, to: 'hold' }));
        await app('POST', '/sync/add-to-list', { movies: [{ ...asApp(MATRIX), to: 'dropped' }], shows });
        wish(catalogue.matrix, true, ago(30 * DAY));
        wish(catalogue.expanse, true, ago(30 * DAY));
        wish(catalogue.series, true, Date.now() + DAY);
        const expected = { 'The Matrix': 'dropped', 'The Expanse': 'hold', 'Twin Peaks': 'plantowatch' };
        await read();
        expect(await library()).toEqual(expected);
        const states = () => home.plex.discoverCalls.filter(({ path }) => path.endsWith('/userState')).length;
        const asked = states();
        await read();
        expect([await library(), states()]).toEqual([expected, asked]);
      },
      { options: { 'watchlist.import': true } },
    ));

  it('is told of titles that Plex does not know, or nobody here, and leaves them', () =>
    inPlace(database, async ({ home, app, read, wish, library, onPlex, written }) => {
      wish(home.plex.addToCatalogue({ kind: 'movie', title: 'Home video' }), true);
      const lines = await read();
      expect(lines.filter((line) => line.includes('nobody can tell'))).toEqual([expect.stringContaining('Home video')]);
      expect(await library()).toEqual({});
      await app('POST', '/sync/add-to-list', { movies: [{ title: 'Lost Film', year: 1920, ids: { tmdb: 42 }, to: 'plantowatch' }] });
      await home.rooms.events.idle(AbortSignal.timeout(10_000));
      await settled(home);
      const { jobs } = await home.rooms.jobs.list({ name: 'shelf:watchlist' }, 1, 10);
      const logs = (await Promise.all(jobs.map(({ id }) => home.rooms.jobs.get(id)))).flatMap((job) => job?.logs ?? []);
      expect(logs.map((log) => log.text).filter((text) => text.includes('Lost Film'))).toHaveLength(1);
      const asked = () => home.plex.discoverCalls.filter(({ path }) => path.endsWith('/matches')).length;
      const before = asked();
      await read();
      expect([asked(), onPlex().length, written()]).toEqual([before, 1, []]);
    }));

  it('is let alone where no switch is on, and a dry run only shows it', () =>
    inPlace(
      database,
      async ({ home, app, account, read, wish, catalogue, library, written }) => {
        wish(catalogue.matrix, true);
        wish(catalogue.alien, true);
        await app('POST', '/sync/add-to-list', { shows: [{ ...asApp(EXPANSE), to: 'plantowatch' }] });
        await read();
        expect([await library(), home.plex.discoverCalls]).toEqual([{ 'The Expanse': 'plantowatch' }, []]);
        expect((await home.send('PATCH', `/api/v1/accounts/${account.id}`, { options: BOTH })).status).toBe(200);
        const lines: string[] = [];
        await home.rooms.watchSync.runImport({
          dryRun: true,
          signal: AbortSignal.timeout(20_000),
          log: (_, text) => void lines.push(text),
          progress: () => undefined,
          breathe: async () => undefined,
        });
        await settled(home);
        expect(lines.filter((line) => line.includes('would be put on')).toSorted()).toEqual([
          expect.stringMatching(/Alien \(1979\) would be put on plantowatch here/),
          expect.stringMatching(/The Expanse \(2015\) would be put on the watchlist on plex/),
          expect.stringMatching(/The Matrix \(1999\) would be put on plantowatch here \(no server of the household has it/),
        ]);
        expect([await library(), written()]).toEqual([{ 'The Expanse': 'plantowatch' }, []]);
      },
      {},
    ));

  it('is in the first plan of a server, and waits for its approval', () =>
    inPlace(
      database,
      async ({ home, wish, catalogue, library, onPlex, app }) => {
        wish(catalogue.matrix, true);
        await app('POST', '/sync/add-to-list', { shows: [{ ...asApp(EXPANSE), to: 'plantowatch' }] });
        const plan = await proposeNow(home);
        const { changes } = await home.rooms.plans.changes(plan.id, {}, { offset: 0, limit: 10 });
        expect(changes.map(({ kind, subject, after }) => [kind, subject.title, after]).toSorted()).toEqual([
          ['learn-watchlist', 'The Matrix (1999)', { plantowatch: true }],
          ['set-watchlist', 'The Expanse (2015)', { plantowatch: true }],
        ]);
        expect([await library(), onPlex()]).toEqual([{ 'The Expanse': 'plantowatch' }, [catalogue.matrix]]);
        await home.rooms.plans.approve(plan.id, { kind: 'login', id: '1', name: 'owner' });
        await eventually(async () => expect(await library()).toEqual({ 'The Expanse': 'plantowatch', 'The Matrix': 'plantowatch' }));
        await eventually(() => expect([...onPlex()].sort()).toEqual([catalogue.expanse, catalogue.matrix].toSorted()));
      },
      { options: BOTH, consent: 'pending' },
    ));

  it('of everybody is their own: a member’s of the home, and no one’s for a managed user', () =>
    inPlace(database, async ({ home, read, wish, catalogue }) => {
      const { plex, rooms } = home;
      wish(catalogue.alien, true);
      const [anna, kid] = [plex.addMember({ name: 'anna' }), plex.addUser({ name: 'kid' })];
      plex.wish(anna.id, catalogue.matrix, true);
      const persons = await Promise.all(['anna', 'kid'].map((name) => rooms.people.create(name)));
      for (const [index, as] of [anna, kid].entries()) {
        const personId = persons[index]?.id ?? MAIN_PERSON;
        await home.addBackend('plex', { as, personId, options: { ...BOTH, ADMIN_TOKEN: plex.owner.token } });
      }
      const lines = await read();
      expect(lines.filter((line) => line.includes('managed user'))).toHaveLength(1);
      const listed = async (personId: number) => {
        const rows = await rooms.database
          .tables<{ list_entry: { person_id: number; media_id: number } }>()
          .selectFrom('list_entry')
          .selectAll()
          .where('person_id', '=', personId)
          .execute();
        return rows.length;
      };
      expect(await Promise.all(persons.map((person) => listed(person.id)))).toEqual([1, 0]);
      expect(plex.watchlistOf(kid.id)).toEqual([]);
    }));
});
