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
  importNow,
  inHousehold,
  MINUTE,
  movieNumber,
  proposeNow,
  settled,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

const OWNER = { kind: 'login', id: '1', name: 'owner' } as const;
const reaches = (home: Household, id: string, state: PlanState) =>
  eventually(async () => expect((await home.rooms.plans.get(id)).state).toBe(state));

/** The history knows Alien from Plex; Jellyfin is new and knows Heat. */
async function newServer(home: Household) {
  const ids = shelveAll(home, { alien, heat, other: movieNumber(7) }, ['plex', 'jellyfin']);
  const [plex, jellyfin] = [home.fake('plex'), home.fake('jellyfin')];
  plex.setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
  jellyfin.setState(jellyfin.owner.id, ids.jellyfin.heat, { played: true, playCount: 1, lastPlayedAt: ago(30 * DAY) });
  const { plex: account } = await connectAll(home, ['plex']);
  await sync(home);
  await connectAll(home, ['jellyfin'], { consent: 'pending' });
  for (const fake of home.fakes) fake.forgetCalls();
  return { ids, plex, jellyfin, account };
}

describe.each(DATABASES)('the first plan for a new server, on %s', (database) => {
  it('shows what would change on which server and why, and nothing is pushed before it is approved', () =>
    inHousehold({ database, servers: ['plex', 'jellyfin'] }, async (home) => {
      const { ids, plex, jellyfin, account } = await newServer(home);
      const plan = await proposeNow(home);
      const { changes } = await home.rooms.plans.changes(plan.id, {}, { offset: 0, limit: 100 });
      expect(changes.map(({ kind, subject, reason }) => [kind, subject.title, reason.facts[0]?.source]).sort()).toEqual([
        ['learn-watched', 'Heat', 'jellyfin'],
        ['mark-played', 'Alien', 'history'],
        ['mark-played', 'Heat', 'jellyfin'],
      ]);
      expect(plan.summary).toMatchObject({ learned: 1, marked: { plex: 1, jellyfin: 1 } });
      await sync(home);
      await exportNow(home);
      for (const kind of ['plex', 'jellyfin'] as const) expect(changesMade(home, kind)).toEqual([]);
      expect((await standing(home, account, ids.plex.heat)).viewing?.watched).toBe(false);

      await home.rooms.plans.approve(plan.id, OWNER);
      await reaches(home, plan.id, 'applied');
      await settled(home);
      expect(plex.stateOf('1', ids.plex.heat).played).toBe(true);
      expect(jellyfin.stateOf(jellyfin.owner.id, ids.jellyfin.alien)).toMatchObject({ played: true, lastPlayedAt: ago(60 * DAY) });
      expect(plex.stateOf('1', ids.plex.other).played).toBe(false);
      // What was done is what was shown.
      expect(changesMade(home, 'plex')).toHaveLength(1);
      expect(changesMade(home, 'jellyfin')).toHaveLength(1);
    }));
});

describe('the first plan for a new server', () => {
  it('stops where the servers changed since it was shown, and says what came to it', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const { ids, plex, jellyfin } = await newServer(home);
      const plan = await proposeNow(home);
      jellyfin.setState(jellyfin.owner.id, ids.jellyfin.other, { played: true, playCount: 1, lastPlayedAt: ago(DAY) });
      await home.rooms.plans.approve(plan.id, OWNER);
      await reaches(home, plan.id, 'failed');
      await settled(home);
      for (const kind of ['plex', 'jellyfin'] as const) expect(changesMade(home, kind)).toEqual([]);
      const { plans } = await home.rooms.plans.list({ personId: MAIN_PERSON, states: ['proposed'] }, { offset: 0, limit: 10 });
      expect(plans).toHaveLength(1);
      expect(plans[0]?.reason).toContain('Movie 7');
      expect((await home.rooms.plans.get(plan.id)).outcome).toContain(plans[0]?.id);
      await home.rooms.plans.approve(plans[0]?.id ?? plan.id, OWNER);
      await reaches(home, plans[0]?.id ?? '', 'applied');
      await settled(home);
      expect(plex.stateOf('1', ids.plex.other).played).toBe(true);
    }));

  it('is carried on with when a sick server is well again, whatever was watched meanwhile', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const { ids, plex, jellyfin, account } = await newServer(home);
      const plan = await proposeNow(home);
      plex.setMood('unauthorized');
      await home.rooms.plans.approve(plan.id, OWNER);
      await eventually(async () => expect((await standing(home, account, ids.plex.heat)).viewing?.watched).toBe(true));
      await eventually(async () =>
        expect((await home.rooms.jobs.list({ reference: `plan:${plan.id}`, statuses: ['pending'] }, 1, 1)).total).toBe(1),
      );
      await jellyfin.finish(jellyfin.owner.id, ids.jellyfin.other);
      await importNow(home, { backend: 'jellyfin' });
      await settled(home);
      plex.setMood('fine');
      await reaches(home, plan.id, 'applied');
      await settled(home);
      for (const id of [ids.plex.heat, ids.plex.other]) expect(plex.stateOf('1', id).played).toBe(true);
      expect((await home.rooms.plans.list({ personId: MAIN_PERSON, states: ['proposed'] }, { offset: 0, limit: 10 })).total).toBe(0);
    }));

  it('rejected, leaves the new server alone for good', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      await newServer(home);
      const plan = await proposeNow(home);
      await home.rooms.plans.reject(plan.id, OWNER);
      await settled(home);
      await sync(home);
      await exportNow(home);
      for (const kind of ['plex', 'jellyfin'] as const) expect(changesMade(home, kind)).toEqual([]);
    }));

  it('does not write to a new server that was only to be read from', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const ids = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      const jellyfin = home.fake('jellyfin');
      jellyfin.setState(jellyfin.owner.id, ids.jellyfin.heat, { played: true, playCount: 1, lastPlayedAt: ago(30 * DAY) });
      await connectAll(home, ['plex']);
      await sync(home);
      await connectAll(home, ['jellyfin'], { consent: 'pending', exportEnabled: false });
      const plan = await proposeNow(home);
      expect(plan.summary).toMatchObject({ learned: 1, marked: { plex: 1 } });
      await home.rooms.plans.approve(plan.id, OWNER);
      await reaches(home, plan.id, 'applied');
      await settled(home);
      expect(home.fake('plex').stateOf('1', ids.plex.heat).played).toBe(true);
      expect(changesMade(home, 'jellyfin')).toEqual([]);
    }));
});

describe('the first plan of positions', () => {
  it('shows where titles were left that would be set elsewhere, and an approval sets just those', () =>
    inHousehold({ servers: ['plex', 'jellyfin'] }, async (home) => {
      const { plex, jellyfin } = shelveAll(home, { alien, heat }, ['plex', 'jellyfin']);
      const owner = home.fake('plex').owner.id;
      home.fake('plex').setState(owner, plex.alien, { positionMs: 20 * MINUTE, lastPlayedAt: ago(DAY) });
      home.fake('plex').setState(owner, plex.heat, { positionMs: 10_000, lastPlayedAt: ago(DAY) });
      await connectAll(home, ['plex', 'jellyfin'], { consent: 'pending' });
      const plan = await proposeNow(home);
      const { changes } = await home.rooms.plans.changes(plan.id, {}, { offset: 0, limit: 10 });
      expect(changes.map(({ kind, subject, after }) => [kind, subject.title, after])).toEqual([
        ['learn-position', 'Alien', { positionMs: 20 * MINUTE }],
        ['set-position', 'Alien', { positionMs: 20 * MINUTE }],
      ]);
      await home.send('POST', `/api/v1/plans/${plan.id}/approve`);
      await settled(home);
      await eventually(() => {
        expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, jellyfin.alien).positionMs).toBe(20 * MINUTE);
      });
      expect(home.fake('jellyfin').stateOf(home.fake('jellyfin').owner.id, jellyfin.heat).positionMs).toBe(0);
    }));
});
