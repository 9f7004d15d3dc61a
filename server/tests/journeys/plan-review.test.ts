import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { PlanState } from '#core/plans/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import {
  ago,
  alien,
  changesMade,
  connectAll,
  DAY,
  eventually,
  exportNow,
  type Household,
  heat,
  inHousehold,
  MINUTE,
  movieNumber,
  proposeNow,
  settled,
  shelve,
  shelveAll,
  sync,
} from '#tests/support/journey.ts';

type Counts = Readonly<{ add: number; change: number; remove: number; left_out: number }>;
type Review = Readonly<{
  total: number;
  left_out: number;
  fixed: number;
  own: Counts;
  places: readonly { account_id: number; name: string; read_at: string | null; counts: Counts }[];
  groups: readonly { kind: string; rule: string; effect: string; own: boolean; counts: Counts }[];
  guards: readonly { guard: string; passed: boolean }[];
  outcomes: Readonly<Record<string, number>>;
}>;
type Rows = Readonly<{
  total: number;
  places: readonly { account_id: number; name: string }[];
  items: readonly {
    key: string;
    title: string;
    left_out: boolean;
    is_new: boolean;
    cells: readonly { account_id: number; state: string }[];
  }[];
}>;

const reaches = (home: Household, id: string, state: PlanState) =>
  eventually(async () => expect((await home.rooms.plans.get(id)).state).toBe(state));
const ask = async <T>(home: Household, method: string, path: string, body?: unknown): Promise<T> => {
  const answer = await home.send(method, `/api/v1${path}`, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body as T;
};
const review = (home: Household, id: string) => ask<Review>(home, 'GET', `/plans/${id}/review`);
const rows = (home: Household, id: string, query = '') => ask<Rows>(home, 'GET', `/plans/${id}/rows?per_page=100${query}`);
const leaveOut = (home: Household, id: string, wish: object) =>
  ask<Review>(home, 'PATCH', `/plans/${id}/changes`, { left_out: true, ...wish });
const approve = async (home: Household, id: string): Promise<void> => {
  await ask(home, 'POST', `/plans/${id}/approve`);
  await reaches(home, id, 'applied');
  await settled(home);
};
const cellsOf = ({ places, items }: Rows): Record<string, Record<string, string>> => {
  const names = new Map(places.map(({ account_id, name }) => [account_id, name]));
  return Object.fromEntries(
    items.map(({ title, cells }) => [title, Object.fromEntries(cells.map(({ account_id, state }) => [names.get(account_id), state]))]),
  );
};
const keyOf = ({ items }: Rows, title: string): string => items.find((row) => row.title === title)?.key ?? '';

/** Plex knows Alien, Jellyfin Heat; Emby has Alien alone, and a film that was begun on Plex. All of them are new. */
async function three(home: Household) {
  const ids = shelveAll(home, { alien, begun: movieNumber(1) });
  const more = { plex: shelve(home, 'plex', heat), jellyfin: shelve(home, 'jellyfin', heat) };
  const [plex, jellyfin, emby] = [home.fake('plex'), home.fake('jellyfin'), home.fake('emby')];
  plex.setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
  plex.setState('1', ids.plex.begun, { positionMs: 20 * MINUTE, lastPlayedAt: ago(DAY) });
  jellyfin.setState(jellyfin.owner.id, more.jellyfin, { played: true, playCount: 1, lastPlayedAt: ago(30 * DAY) });
  const accounts = await connectAll(home, ['plex', 'jellyfin', 'emby'], { consent: 'pending' });
  const plan = await proposeNow(home);
  for (const fake of home.fakes) fake.forgetCalls();
  return { ids, heatOn: more, plan: plan.id, plex, jellyfin, emby, accounts };
}

describe.each(DATABASES)('a plan that is reviewed, on %s', (database) => {
  it('says for each place what would be set, and for each title how it stands everywhere', () =>
    inHousehold({ database }, async (home) => {
      const { plan } = await three(home);
      const told = await review(home, plan);
      const none = { add: 0, change: 0, remove: 0, left_out: 0 };
      expect(told.places.map(({ name, counts }) => [name, counts])).toEqual([
        ['plex', { ...none, add: 1 }],
        ['jellyfin', { ...none, add: 2 }],
        ['emby', { ...none, add: 2 }],
      ]);
      expect(told.places.every(({ read_at }) => read_at !== null)).toBe(true);
      expect(told).toMatchObject({ total: 8, left_out: 0, fixed: 0, own: { ...none, add: 3 } });
      expect(told.guards.map(({ guard, passed }) => [guard, passed])).toEqual([
        ['sources', true],
        ['limit', true],
        ['removals', true],
      ]);
      expect(cellsOf(await rows(home, plan))).toEqual({
        Alien: { plex: 'source', jellyfin: 'add', emby: 'add' },
        Heat: { plex: 'add', jellyfin: 'source', emby: 'absent' },
        'Movie 1': { plex: 'source', jellyfin: 'add', emby: 'add' },
      });
      const marks = told.groups.find(({ kind }) => kind === 'mark-played');
      const some = await rows(home, plan, `&kind=mark-played&rule=${encodeURIComponent(String(marks?.rule))}`);
      expect(some.items.map(({ title }) => title)).toEqual(['Alien', 'Heat']);
    }));

  it('makes nothing of a title that was left out, then or later, until there is news of it', () =>
    inHousehold({ database }, async (home) => {
      const { plan, ids, plex, jellyfin, emby } = await three(home);
      const left = await leaveOut(home, plan, { rows: [keyOf(await rows(home, plan), 'Alien')] });
      expect(left).toMatchObject({ total: 8, left_out: 3 });
      await approve(home, plan);
      await sync(home);
      await exportNow(home);
      for (const fake of [jellyfin, emby]) expect(fake.stateOf(fake.owner.id, ids[fake.type as 'emby'].alien).played).toBe(false);
      expect(jellyfin.stateOf(jellyfin.owner.id, ids.jellyfin.begun).positionMs).toBe(20 * MINUTE);
      expect((await review(home, plan)).outcomes).toMatchObject({ done: 5, left_out: 3, planned: 0 });
      await plex.finish('1', ids.plex.alien);
      await sync(home);
      for (const fake of [jellyfin, emby]) expect(fake.stateOf(fake.owner.id, ids[fake.type as 'emby'].alien).played).toBe(true);
    }));

  it('tells a place nothing that was left out with it, and learns nothing from it', () =>
    inHousehold({ database }, async (home) => {
      const { plan, ids, heatOn, accounts, plex } = await three(home);
      await leaveOut(home, plan, { account: accounts.jellyfin.id });
      expect(cellsOf(await rows(home, plan, '&state=planned'))).toEqual({
        Alien: expect.objectContaining({ emby: 'add' }),
        'Movie 1': expect.objectContaining({ emby: 'add' }),
      });
      await approve(home, plan);
      await sync(home);
      await exportNow(home);
      expect(changesMade(home, 'jellyfin')).toEqual([]);
      expect(changesMade(home, 'emby')).toHaveLength(2);
      expect(plex.stateOf('1', heatOn.plex).played).toBe(false);
      expect(home.fake('emby').stateOf(home.fake('emby').owner.id, ids.emby.alien).played).toBe(true);
      const overview = await ask<{ accounts: { name: string; left_out: number }[] }>(home, 'GET', '/sync');
      expect(overview.accounts.map(({ name, left_out }) => [name, left_out])).toEqual([
        ['plex', 1],
        ['jellyfin', 2],
        ['emby', 0],
      ]);
    }));
});

describe('what is left out', () => {
  it('takes what rests on it along, and comes back with what it needs', () =>
    inHousehold({}, async (home) => {
      const { plan, accounts } = await three(home);
      const lesson = { kind: 'learn-watched' };
      expect(await leaveOut(home, plan, lesson)).toMatchObject({ left_out: 5 });
      expect(await leaveOut(home, plan, { left_out: false, kind: 'mark-played', account: accounts.emby.id })).toMatchObject({
        left_out: 3,
      });
      expect(await leaveOut(home, plan, { left_out: false, ...lesson })).toMatchObject({ left_out: 2 });
    }));

  it('is named, and only while the plan waits', () =>
    inHousehold({}, async (home) => {
      const { plan } = await three(home);
      const nothing = await home.send('PATCH', `/api/v1/plans/${plan}/changes`, { left_out: true });
      expect([nothing.status, JSON.stringify(nothing.body)]).toEqual([400, expect.stringContaining('"field":"rows"')]);
      await approve(home, plan);
      expect((await home.send('PATCH', `/api/v1/plans/${plan}/changes`, { left_out: true, kind: 'mark-played' })).status).toBe(409);
    }));

  it('stays left out in the plan that follows where the servers moved, and what is new there is told apart', () =>
    inHousehold({}, async (home) => {
      const { plan, ids, jellyfin } = await three(home);
      await leaveOut(home, plan, { rows: [keyOf(await rows(home, plan), 'Alien')] });
      jellyfin.setState(jellyfin.owner.id, ids.jellyfin.begun, { played: true, playCount: 1, lastPlayedAt: ago(60 * MINUTE) });
      await ask(home, 'POST', `/plans/${plan}/approve`);
      await reaches(home, plan, 'failed');
      await settled(home);
      const { plans } = await home.rooms.plans.list({ personId: MAIN_PERSON, states: ['proposed'] }, { offset: 0, limit: 10 });
      const again = await rows(home, plans[0]?.id ?? '');
      expect(again.items.map(({ title, left_out, is_new }) => [title, left_out, is_new])).toEqual([
        ['Alien', true, false],
        ['Heat', false, false],
        ['Movie 1', false, true],
      ]);
      for (const kind of ['plex', 'jellyfin', 'emby'] as const) expect(changesMade(home, kind)).toEqual([]);
    }));

  it('of a stopped run keeps its mark, and the rest of the run goes on', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const films = Array.from({ length: 30 }, (_, n) => movieNumber(n));
      const ids = { jellyfin: films.map((film) => shelve(home, 'jellyfin', film)), emby: films.map((film) => shelve(home, 'emby', film)) };
      for (const kind of ['jellyfin', 'emby'] as const) {
        const fake = home.fake(kind);
        for (const id of ids[kind]) fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      }
      await connectAll(home, ['jellyfin', 'emby']);
      await sync(home);
      const fake = home.fake('jellyfin');
      for (const id of ids.jellyfin.slice(0, 28)) await fake.markByHand(fake.owner.id, id, false);
      await home.rooms.watchSync
        .runImport({ signal: AbortSignal.timeout(20_000), log: () => {}, progress: () => {}, breathe: async () => {} })
        .catch(() => undefined);
      const { plans } = await home.rooms.plans.list({ personId: MAIN_PERSON, states: ['proposed'] }, { offset: 0, limit: 10 });
      const plan = plans[0]?.id ?? '';
      const told = await review(home, plan);
      expect(told.guards.filter(({ passed }) => !passed).map(({ guard }) => guard)).toEqual(['limit', 'removals']);
      const keys = (await rows(home, plan)).items.slice(0, 8).map(({ key }) => key);
      expect(await leaveOut(home, plan, { rows: keys })).toMatchObject({ total: 28, left_out: 8 });
      await approve(home, plan);
      await sync(home);
      const watchedOn = (kind: 'jellyfin' | 'emby') =>
        ids[kind].filter((id) => home.fake(kind).stateOf(home.fake(kind).owner.id, id).played).length;
      expect([watchedOn('emby'), watchedOn('jellyfin')]).toEqual([10, 10]);
    }));
});

describe('runs', () => {
  it('are listed with what came of them, for one account too, each with its plan', () =>
    inHousehold({}, async (home) => {
      const { plan } = await three(home);
      await approve(home, plan);
      const { job_id } = await ask<{ job_id: string }>(home, 'POST', '/tasks/import/run', { account: 'emby' });
      await settled(home);
      type Run = {
        id: string;
        kind: string;
        by: string;
        status: string;
        counts: Record<string, { items: number }>;
        plan: { id: string } | null;
      };
      const all = await ask<{ items: Run[]; total: number }>(home, 'GET', '/sync/runs');
      expect(all.items.map(({ kind, status, account }: Run & { account?: string | null }) => [kind, status, account])).toEqual([
        ['import', 'completed', 'emby'],
        ['apply', 'completed', null],
      ]);
      expect(all.items[0]).toMatchObject({ id: job_id, counts: { emby: { items: 2 } }, plan: null });
      expect(all.items[0]?.by).not.toBe('clock');
      expect(all.items[1]).toMatchObject({ plan: { id: plan, state: 'applied' } });
      expect((await ask<{ total: number }>(home, 'GET', '/sync/runs?account=plex')).total).toBe(1);
      expect(await ask(home, 'GET', `/sync/runs/${job_id}`)).toMatchObject({ kind: 'import', account: 'emby' });
      expect((await home.get('/api/v1/sync/runs/nothing')).status).toBe(404);
    }));

  it('that were refused say so, change by change', () =>
    inHousehold({}, async (home) => {
      const { plan, plex } = await three(home);
      plex.setMood('unauthorized');
      await ask(home, 'POST', `/plans/${plan}/approve`);
      await eventually(async () => {
        const { jobs } = await home.rooms.jobs.list({ reference: `plan:${plan}`, statuses: ['pending'] }, 1, 1);
        expect(jobs).toHaveLength(1);
      });
      expect((await review(home, plan)).outcomes).toMatchObject({ done: 0 });
      plex.setMood('fine');
      await reaches(home, plan, 'applied');
      await settled(home);
      expect((await review(home, plan)).outcomes).toMatchObject({ done: 8, failed: 0, unconfirmed: 0 });
    }));
});
