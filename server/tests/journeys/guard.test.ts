import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { Plan, PlanState } from '#core/plans/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import {
  ago,
  connectAll,
  DAY,
  eventually,
  exportNow,
  type Household,
  importNow,
  inHousehold,
  movieNumber,
  settled,
  shelve,
  standing,
  sync,
} from '#tests/support/journey.ts';

const OWNER = { kind: 'login', id: '1', name: 'owner' } as const;

/** So many movies on Jellyfin and Emby, of which the first `watched` are watched on both. */
async function library(home: Household, size: number, watched: number) {
  const ids = { jellyfin: [] as string[], emby: [] as string[] };
  for (const kind of ['jellyfin', 'emby'] as const) {
    const fake = home.fake(kind);
    for (let number = 1; number <= size; number += 1) ids[kind].push(shelve(home, kind, movieNumber(number)));
    for (const id of ids[kind].slice(0, watched))
      fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
  }
  const accounts = await connectAll(home, ['jellyfin', 'emby']);
  await sync(home);
  return { ids, accounts };
}

/** As after a lost database: the marks are gone, and nobody took them away. */
function lose(home: Household, ids: readonly string[]): void {
  const fake = home.fake('jellyfin');
  for (const id of ids) {
    fake.setState(fake.owner.id, id, { played: false, playCount: 0 });
    const { lastPlayedAt: _, ...state } = fake.stateOf(fake.owner.id, id);
    fake.setState(fake.owner.id, id, state);
  }
}

async function openPlan(home: Household): Promise<Plan> {
  const { plans } = await home.rooms.plans.list({ personId: MAIN_PERSON, states: ['proposed'] }, { offset: 0, limit: 10 });
  if (plans.length !== 1 || !plans[0]) throw new Error(`${plans.length} plans are open`);
  return plans[0];
}

const reaches = (home: Household, id: string, state: PlanState) =>
  eventually(async () => expect((await home.rooms.plans.get(id)).state).toBe(state));

const playedOn = (home: Household, kind: 'jellyfin' | 'emby', ids: readonly string[]) =>
  ids.filter((id) => home.fake(kind).stateOf(home.fake(kind).owner.id, id).played).length;

describe('a run that would un-watch too much', () => {
  it.each([
    ['25 of many are carried out', 600, 40, 25, false],
    ['26 of many stop the run', 600, 40, 26, true],
    ['4 of a small library are carried out', 20, 10, 4, false],
    ['5 of a small library are more than 5 % of it and stop the run', 20, 10, 5, true],
    ['5 that are 5 % and not more are carried out', 100, 10, 5, false],
  ] as const)('%s', (_name, size, watched, lost, stops) =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids } = await library(home, size, watched);
      lose(home, ids.jellyfin.slice(0, lost));
      const error = await importNow(home).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      await settled(home);
      expect(isAppError(error, 'stopped-by-guard')).toBe(stops);
      expect(playedOn(home, 'emby', ids.emby)).toBe(stops ? watched : watched - lost);
    }),
  );

  it('stops with a plan that says what, where and why; approved, it is carried out', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids, accounts } = await library(home, 20, 10);
      lose(home, ids.jellyfin.slice(0, 6));
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      const plan = await openPlan(home);
      expect(plan).toMatchObject({ summary: { backend: 'jellyfin', unwatches: 6 } });
      const { changes, total } = await home.rooms.plans.changes(plan.id, {}, { offset: 0, limit: 100 });
      expect(total).toBe(6);
      expect(changes[0]).toMatchObject({ kind: 'unwatch', before: { watched: true }, after: { watched: false } });
      expect(changes[0]?.reason.facts[0]?.source).toBe('jellyfin');
      await home.rooms.plans.approve(plan.id, OWNER);
      await reaches(home, plan.id, 'applied');
      await settled(home);
      expect(playedOn(home, 'emby', ids.emby)).toBe(4);
      expect((await standing(home, accounts.emby, ids.emby[0] ?? '')).plays).toHaveLength(1);
      await sync(home);
    }));

  it('rejected, everything stays watched, and the server that lost it is told again', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids, accounts } = await library(home, 20, 10);
      lose(home, ids.jellyfin.slice(0, 6));
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      await home.rooms.plans.reject((await openPlan(home)).id, OWNER);
      await eventually(() => expect(playedOn(home, 'jellyfin', ids.jellyfin)).toBe(10));
      await settled(home);
      await sync(home);
      expect(playedOn(home, 'emby', ids.emby)).toBe(10);
      expect((await standing(home, accounts.jellyfin, ids.jellyfin[0] ?? '')).plays).toHaveLength(1);
    }));

  it('rejected, and then the server finds its database again: no play is counted twice', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids, accounts } = await library(home, 20, 10);
      await home.rooms.connections.update(accounts.jellyfin.id, { exportEnabled: false }, { verify: false });
      lose(home, ids.jellyfin.slice(0, 6));
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      const plan = await openPlan(home);
      await home.rooms.plans.reject(plan.id, OWNER);
      await settled(home);
      const fake = home.fake('jellyfin');
      for (const id of ids.jellyfin.slice(0, 6))
        fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      await sync(home);
      expect((await standing(home, accounts.jellyfin, ids.jellyfin[0] ?? '')).plays).toHaveLength(1);
    }));

  it('nothing is un-watched by the runs that come while the question is open, and it is asked once', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids } = await library(home, 20, 10);
      lose(home, ids.jellyfin.slice(0, 6));
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      const { id } = await openPlan(home);
      for (let run = 0; run < 2; run += 1)
        await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard', details: { planId: id } });
      await exportNow(home).catch(() => undefined);
      await settled(home);
      expect(playedOn(home, 'emby', ids.emby)).toBe(10);
      // Whoever reads of it hours later can still answer.
      expect((await openPlan(home)).id).toBe(id);
      lose(home, ids.jellyfin.slice(6, 8));
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      expect((await openPlan(home)).summary).toMatchObject({ unwatches: 8 });
      await reaches(home, id, 'expired');
    }));

  it('an approval is carried out when the server answers again', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids } = await library(home, 20, 10);
      lose(home, ids.jellyfin.slice(0, 6));
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      const plan = await openPlan(home);
      home.fake('jellyfin').setMood('unauthorized');
      await home.rooms.plans.approve(plan.id, OWNER);
      await eventually(async () => expect((await home.rooms.jobs.list({ reference: `plan:${plan.id}` }, 1, 1)).jobs[0]?.attempts).toBe(1));
      home.fake('jellyfin').setMood('fine');
      await reaches(home, plan.id, 'applied');
      await settled(home);
      expect(playedOn(home, 'emby', ids.emby)).toBe(4);
    }));

  it('an approval for a server that is gone fails, and says so', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids, accounts } = await library(home, 20, 10);
      lose(home, ids.jellyfin.slice(0, 6));
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      const plan = await openPlan(home);
      await home.rooms.connections.remove(accounts.jellyfin.id, async (handle, account) => {
        await home.rooms.watchSync.forgetAccount(account, handle);
      });
      await home.rooms.plans.approve(plan.id, OWNER);
      await reaches(home, plan.id, 'failed');
      expect(playedOn(home, 'emby', ids.emby)).toBe(10);
    }));

  it('what was watched elsewhere while the question was open is not un-watched by its approval', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids, accounts } = await library(home, 20, 10);
      lose(home, ids.jellyfin.slice(0, 6));
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
      await home.fake('emby').finish(home.fake('emby').owner.id, ids.emby[0] ?? '');
      await importNow(home).catch(() => undefined);
      const plan = await openPlan(home);
      await home.rooms.plans.approve(plan.id, OWNER);
      await reaches(home, plan.id, 'applied');
      await settled(home);
      expect((await standing(home, accounts.emby, ids.emby[0] ?? '')).viewing?.watched).toBe(true);
      expect(playedOn(home, 'emby', ids.emby.slice(0, 6))).toBe(1);
    }));

  it.each([
    ['beyond 25 in an hour', 600, 25],
    ['from the fifth on, where that is more than 5 % of the library', 60, 4],
  ])('webhooks of a rescan that un-watches everything are not believed %s', (_name, size, believed) =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids, accounts } = await library(home, size, 55);
      await home.hook('jellyfin', accounts.jellyfin);
      const fake = home.fake('jellyfin');
      for (const id of ids.jellyfin.slice(0, 55)) await fake.markByHand(fake.owner.id, id, false);
      await settled(home);
      expect(playedOn(home, 'emby', ids.emby)).toBe(55 - believed);
      // The server is told that it was left alone, and why.
      expect(fake.webhookReplies.filter((status) => status === 304)).toHaveLength(55 - believed);
      await expect(importNow(home)).rejects.toMatchObject({ code: 'stopped-by-guard' });
    }),
  );

  it('a restart in the middle of a rescan does not begin the hour anew', () =>
    inHousehold({ servers: ['jellyfin', 'emby'] }, async (home) => {
      const { ids, accounts } = await library(home, 60, 20);
      const fake = home.fake('jellyfin');
      for (const part of [ids.jellyfin.slice(0, 4), ids.jellyfin.slice(4, 8)]) {
        await home.hook('jellyfin', accounts.jellyfin);
        for (const id of part) await fake.markByHand(fake.owner.id, id, false);
        await settled(home);
        expect(playedOn(home, 'emby', ids.emby)).toBe(16);
        await home.restart();
      }
    }));
});
