import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { HOUR, inReplication, inShort, MINUTE, type ReplicationHouse } from '#tests/support/replication.ts';

const ACTOR = { kind: 'login', id: 1, name: 'owner' };
const reads = (calls: readonly string[]): readonly string[] =>
  calls.filter((call) => /^(ask|approve|decline|edit|remove|setWebhook)/.test(call));

async function settled(house: ReplicationHouse, name: string): Promise<void> {
  await expect
    .poll(async () => (await house.jobs.list({ name, statuses: ['completed', 'failed'] }, 1, 1)).total, { timeout: 20_000 })
    .toBeGreaterThan(0);
}

describe('an event of the primary', () => {
  it('has its request read at once, and the subordinates told of its title alone', () =>
    inReplication({ options: { user_mapping: 'email_match' } }, async (house) => {
      house.primary.addUser({ id: 2, displayName: 'alice', email: 'alice@x' });
      house.sub().addUser({ id: 7, displayName: 'Alice', email: 'alice@x' });
      house.primary.add({ tmdbId: 1 }, 'approved');
      await house.cycle();
      house.primary.add({ tmdbId: 2 }, 'approved');
      house.primary.add({ kind: 'tv', tmdbId: 3, seasons: [1] }, 'pending', 2);
      house.primary.delete(1);
      house.primary.takeCalls();
      house.sub().takeCalls();
      house.replication.registerJobs();
      const token = await house.desks.webhookTokenOf(house.primaryDesk);
      await expect(house.replication.receiveWebhook({ authorization: 'wrong', body: { request: 3 } })).rejects.toMatchObject({
        code: 'unauthenticated',
      });
      await expect(house.replication.receiveWebhook({ authorization: undefined, body: {} })).rejects.toMatchObject({
        code: 'unauthenticated',
      });
      expect(await house.replication.receiveWebhook({ authorization: token, body: {} })).toMatchObject({ accepted: false });
      expect(await house.replication.receiveWebhook({ authorization: `Bearer ${token}`, body: { request: 3 } })).toEqual({
        accepted: true,
        request: 3,
      });
      const [sub] = (await house.desks.list()).filter((desk) => desk.role === 'subordinate');
      const other = await house.desks.webhookTokenOf(sub ?? house.primaryDesk);
      expect(await house.replication.receiveWebhook({ authorization: other, body: { request: 3 } })).toMatchObject({ accepted: false });
      await house.jobs.start();
      try {
        await settled(house, 'requests:poke');
      } finally {
        await house.jobs.stop();
      }
      expect(house.primary.takeCalls()).toEqual(['readRequest 3']);
      expect(house.sub().takeCalls()).toEqual(['requestsFor tv:3', 'listUsers', 'ask tv:3:hd:1 as 7']);
      expect(inShort(house.sub())).toEqual(['movie:1 approved by admin', 'tv:3 [1] pending by Alice']);
      await house.cycle();
      expect(inShort(house.sub()).toSorted()).toEqual(['movie:2 approved by admin', 'tv:3 [1] pending by Alice']);
    }));

  it('says where it is to be sent, with a token of its own', () =>
    inReplication({}, async (house) => {
      await house.replication.setUpWebhook({ url: 'https://usherr/api/seerr-sync/webhook' }, AbortSignal.timeout(1_000));
      expect(house.primary.takeCalls()).toEqual(['setWebhook https://usherr/api/seerr-sync/webhook']);
      await house.desks.update(house.primaryDesk.id, { role: 'disabled' });
      await expect(house.replication.setUpWebhook({ url: 'https://usherr/' }, AbortSignal.timeout(1_000))).rejects.toMatchObject({
        code: 'misconfigured',
      });
    }));
});

describe('the jobs', () => {
  it('go round by themselves, at the pace that was chosen, and keep no list of quiet rounds', () =>
    inReplication({ options: { poll_interval_seconds: 10 } }, async (house) => {
      house.replication.registerJobs();
      house.primary.add({ tmdbId: 1 }, 'approved');
      await house.replication.resume();
      await house.replication.resume();
      await house.jobs.start();
      try {
        for (let round = 1; round <= 5; round += 1) {
          const rounds = round;
          await expect
            .poll(() => house.primary.calls.filter((call) => call.verb === 'listRequests').length, { timeout: 20_000 })
            .toBe(rounds);
          const pending = async () => (await house.jobs.list({ name: 'requests:cycle', statuses: ['pending'] }, 1, 10)).jobs;
          await expect.poll(async () => (await pending()).map((job) => job.runAt - house.now)).toEqual([10_000]);
          house.later(10_000);
          house.jobs.wake();
        }
        const ended = await house.jobs.list({ name: 'requests:cycle', statuses: ['completed'] }, 1, 50);
        expect(ended.total).toBeLessThanOrEqual(4);
        expect(inShort(house.sub())).toEqual(['movie:1 approved by admin']);
      } finally {
        await house.jobs.stop();
      }
    }));

  it('are none without a primary', () =>
    inReplication({}, async (house) => {
      await house.desks.update(house.primaryDesk.id, { role: 'disabled' });
      await house.replication.resume();
      await house.replication.wake();
      expect((await house.jobs.list({}, 1, 10)).total).toBe(0);
      await expect(house.replication.preview(house.context())).rejects.toMatchObject({ code: 'misconfigured' });
      await expect(house.replication.startAnew()).rejects.toMatchObject({ code: 'misconfigured' });
    }));
});

describe('a preview', () => {
  it('is what the next cycle does, and does nothing itself', () =>
    inReplication({ subordinates: ['A', 'B'], options: { user_mapping: 'email_match', sync_declined: true } }, async (house) => {
      house.primary.addUser({ id: 2, displayName: 'alice', email: 'alice@x' });
      house.sub('A').addUser({ id: 7, displayName: 'Alice', email: 'alice@x' });
      for (const tmdbId of [1, 2, 3]) house.primary.add({ tmdbId }, 'pending', 2);
      await house.cycle();
      house.primary.decide(1, 'approved');
      house.primary.decide(2, 'declined');
      house.primary.delete(3);
      house.primary.add({ kind: 'tv', tmdbId: 9, seasons: [1, 2] }, 'pending', 2);
      house.primary.add({ tmdbId: 5 }, 'approved', 2);
      house.sub('A').add({ tmdbId: 5 }, 'approved');
      house.sub('A').add({ tmdbId: 6 }, 'approved');
      const before = [house.sub('A').all(), house.sub('B').all()];
      house.later(MINUTE);
      const shown = await house.replication.preview(house.context());
      expect([house.sub('A').all(), house.sub('B').all()]).toEqual(before);
      expect(shown).toMatchObject({ primary: 'internal:Primary', requests: 4 });
      const [first, second] = shown.subordinates;
      expect(first).toMatchObject({
        subordinate: 'internal:A',
        changes: [
          { action: 'approve', fingerprint: 'movie:1:False', primaryId: 1, upstreamId: 1 },
          { action: 'decline', fingerprint: 'movie:2:False', upstreamId: 2 },
          { action: 'delete', fingerprint: 'movie:3:False', upstreamId: 3 },
          {
            action: 'ask',
            fingerprint: 'tv:9:False',
            seasons: [1, 2],
            as: 'Alice',
            reason: expect.stringMatching(/seasons 1 and 2 is pending/),
          },
          { action: 'adopt', fingerprint: 'movie:5:False', upstreamId: 4 },
        ],
        foreign: 1,
      });
      expect(second).toMatchObject({
        changes: [
          { action: 'ask', fingerprint: 'movie:1:False', as: "the key's own user" },
          { action: 'ask', fingerprint: 'movie:5:False' },
        ],
      });
      house.sub('A').takeCalls();
      await house.cycle();
      expect(reads(house.sub('A').takeCalls()).toSorted()).toEqual(['approve 1', 'ask tv:9:hd:1,2 as 7', 'decline 2', 'remove 3']);
      expect((await house.replication.preview(house.context(), 'internal:A')).subordinates).toMatchObject([{ changes: [] }]);
      await expect(house.replication.preview(house.context(), 'internal:Z')).rejects.toMatchObject({ code: 'not-found' });
    }));

  it('says that it would stop and ask, without asking', () =>
    inReplication({}, async (house) => {
      for (let number = 1; number <= 30; number += 1) house.primary.add({ tmdbId: number }, 'approved');
      await house.cycle();
      for (let id = 1; id <= 12; id += 1) house.primary.delete(id);
      house.later(MINUTE);
      expect((await house.replication.preview(house.context())).stopped).toEqual({ reason: expect.stringMatching(/12 requests are gone/) });
      expect((await house.plans.list({}, { offset: 0, limit: 1 })).total).toBe(0);
      expect(await house.cycle()).toMatchObject({ stopped: { planId: expect.any(String) } });
    }));

  it('says which subordinate could not be read', () =>
    inReplication({ subordinates: ['A', 'B'] }, async (house) => {
      house.sub('B').failWith(() => new AppError('upstream-unreachable', 'B: nothing answers.'));
      expect((await house.replication.preview(house.context())).subordinates).toMatchObject([
        { known: true },
        { known: false, reason: 'B: nothing answers.' },
      ]);
    }));
});

describe('what is not the same', () => {
  it('is told for each request, with its reason', () =>
    inReplication({ options: { user_mapping: 'email_match' } }, async (house) => {
      house.primary.addUser({ id: 2, displayName: 'alice', email: 'alice@x' });
      house.sub().addUser({ id: 7, displayName: 'Alice', email: 'alice@x' });
      for (const tmdbId of [1, 2, 3, 4, 5]) house.primary.add({ tmdbId }, 'pending', 2);
      house.primary.add({ kind: 'tv', tmdbId: 6, seasons: [1, 2] }, 'approved', 2);
      await house.cycle();
      house.sub().decide(1, 'approved');
      house.primary.add({ tmdbId: 7 }, 'pending');
      house.primary.change(6, { seasons: [{ number: 1, status: 'approved' }] });
      house.sub().failWith(({ verb }) => (verb === 'editSeasons' ? house.sub().refused('upstream-forbidden', 403, 'No.') : undefined));
      house.primary.decide(2, 'declined');
      house.primary.delete(3);
      await house.setOptions({ sync_deletes: false });
      await house.cycle();
      house.primary.add({ tmdbId: 8 }, 'approved');
      house.sub().add({ tmdbId: 99 }, 'approved');
      house.later(MINUTE);
      const drift = await house.replication.drift('internal:A', house.context());
      expect(drift).toMatchObject({ subordinate: 'internal:A', inStep: 2, foreign: 1 });
      expect(drift.differences.map(({ kind, fingerprint, planned }) => [kind, fingerprint, planned])).toEqual([
        ['status', 'movie:1:False', false],
        ['status', 'movie:2:False', false],
        ['extra', 'movie:3:False', false],
        ['failed', 'tv:6:False', false],
        ['waiting', 'movie:7:False', false],
        ['missing', 'movie:8:False', true],
      ]);
      expect(drift.differences[0]).toMatchObject({
        primary: { status: 'pending' },
        there: [{ id: 1, status: 'approved' }],
        reason: expect.stringMatching(/by somebody there/),
      });
    }));

  it('is told of a title: where it stands on each desk, and why', () =>
    inReplication({ subordinates: ['A', 'B'] }, async (house) => {
      house.primary.add({ kind: 'tv', tmdbId: 6, seasons: [1] }, 'approved');
      house.primary.add({ kind: 'tv', tmdbId: 6, seasons: [2] }, 'declined');
      house
        .sub('B')
        .failWith(({ verb }) => (verb === 'ask' ? house.sub('B').refused('upstream-forbidden', 403, 'Series Quota exceeded.') : undefined));
      await house.cycle();
      expect(await house.replication.whereIs({ kind: 'tv', tmdbId: 6 })).toMatchObject([
        {
          request: { upstreamId: 1, status: 'approved' },
          subordinates: [
            {
              subordinate: 'internal:A',
              state: 'there',
              reason: 'request 1 there is approved',
              requests: [{ id: 1, seasons: [1], how: 'created' }],
            },
            {
              subordinate: 'internal:B',
              state: 'failed',
              reason: expect.stringMatching(/Series Quota exceeded/),
              failure: { permanent: true },
              nextAt: house.now + 24 * HOUR,
              requests: [],
            },
          ],
        },
        {
          request: { upstreamId: 2 },
          subordinates: [{ state: 'left', reason: expect.stringMatching(/sync_declined/) }, { state: 'left' }],
        },
      ]);
    }));
});

describe('the configuration', () => {
  it('is set by the names that its users know, all of it or nothing', () =>
    inReplication({}, async (house) => {
      const { config } = house.replication;
      await expect(
        config.setOptions({ poll_interval_seconds: 9, user_mapping: 'guess', nonsense: 1, sync_pending: false }, ACTOR),
      ).rejects.toMatchObject({
        code: 'invalid',
        faults: [{ field: 'poll_interval_seconds' }, { field: 'user_mapping' }, { field: 'nonsense' }],
      });
      expect((await config.view()).options).toEqual({
        enabled: true,
        poll_interval_seconds: 60,
        sync_pending: true,
        sync_approved: true,
        sync_declined: false,
        sync_deletes: true,
        sync_4k_separately: true,
        user_mapping: 'admin',
        pending_user: '',
        retry_failed_after_hours: 24,
      });
      expect(await config.setOptions({ poll_interval_seconds: 10, retry_failed_after_hours: 0 }, ACTOR)).toMatchObject({
        poll_interval_seconds: 10,
        retry_failed_after_hours: 0,
      });
    }));

  const DUMB = {
    puid: 1000,
    seerr: {
      instances: {
        Default: { enabled: true, sync_role: 'primary', port: 5055, config_file: '/seerr/default/config/settings.json' },
        Sync1: { enabled: true, sync_role: 'subordinate', port: 5056, config_file: '/seerr/sync1/config/settings.json' },
        Old: { enabled: false, sync_role: 'subordinate', port: 5057 },
        Idle: { enabled: true, sync_role: 'disabled', port: 5058 },
      },
    },
    seerr_sync: {
      enabled: true,
      poll_interval_seconds: 90,
      external_primary: { enabled: false, url: '', api_key: '' },
      external_subordinates: [
        { url: '', api_key: '' },
        { url: 'https://far.example.test/', api_key: 'far-key' },
        { url: 'https://attic.example.test', api_key: 'k', label: 'attic' },
      ],
      options: { sync_pending: true, sync_declined: true, user_mapping: 'email_match', retry_failed_after_hours: 12, log_level: 'INFO' },
    },
  };

  it('is taken over from a dumb_config.json, dry first, and twice without harm', () =>
    inReplication({ subordinates: [] }, async (house) => {
      await house.desks.remove(house.primaryDesk.id);
      const { config } = house.replication;
      const context = { keys: { Default: 'key-of-default' }, host: 'http://127.0.0.1' };
      const dry = await config.importDumb(DUMB, context, { actor: ACTOR, dryRun: true });
      expect(await house.desks.list()).toEqual([]);
      const taken = await config.importDumb(DUMB, context, { actor: ACTOR });
      expect(dry.desks).toEqual(taken.desks);
      expect(taken.desks).toEqual([
        { label: 'internal:Default', role: 'primary', outcome: 'added' },
        { label: 'internal:Sync1', role: 'subordinate', outcome: 'added' },
        { label: 'internal:Idle', role: 'disabled', outcome: 'added' },
        { label: 'https://far.example.test/', role: 'subordinate', outcome: 'added' },
        { label: 'attic', role: 'subordinate', outcome: 'added' },
      ]);
      expect(taken.notes.join(' ')).toMatch(/API key of Sync1 is not in this file.*Old is switched off.*Entry 1 .* empty.*log_level/);
      expect(taken.faults).toEqual([{ field: 'internal:Sync1.api_key', message: 'is missing' }]);
      expect((await config.view()).options).toMatchObject({
        poll_interval_seconds: 90,
        sync_declined: true,
        user_mapping: 'email_match',
        retry_failed_after_hours: 12,
      });
      expect((await house.desks.list()).map((desk) => [desk.name, desk.url])).toContainEqual(['Sync1', 'http://127.0.0.1:5056']);
      const again = await config.importDumb(DUMB, { ...context, keys: { ...context.keys, Sync1: 'key-of-sync1' } }, { actor: ACTOR });
      expect(again.faults).toEqual([]);
      expect(await house.desks.list()).toHaveLength(5);
    }));

  it('is refused with every fault of its form', () =>
    inReplication({}, async (house) => {
      const { config } = house.replication;
      const context = { keys: {}, host: 'http://127.0.0.1' };
      const how = { actor: ACTOR };
      await expect(config.importDumb([], context, how)).rejects.toMatchObject({ code: 'invalid' });
      await expect(config.importDumb({}, context, how)).rejects.toMatchObject({ faults: [{ field: 'config' }] });
      const bad = { seerr: { instances: { A: 1, B: { sync_role: 'boss' } } }, seerr_sync: { external_subordinates: 'x', options: {} } };
      await expect(config.importDumb(bad, context, how)).rejects.toMatchObject({
        faults: [{ field: 'seerr.instances.A' }, { field: 'seerr.instances.B.sync_role' }, { field: 'seerr_sync.external_subordinates' }],
      });
      await expect(config.importDumb({ seerr_sync: { poll_interval_seconds: 3 } }, context, how)).rejects.toMatchObject({
        faults: [{ field: 'poll_interval_seconds' }],
      });
    }));

  it('takes over a former state file, and lets go of what it was wrong about', () =>
    inReplication({ options: { sync_declined: true } }, async (house) => {
      for (const tmdbId of [1, 2, 3]) house.primary.add({ tmdbId }, 'approved');
      house.sub().add({ tmdbId: 1 }, 'approved');
      house.sub().add({ tmdbId: 88 }, 'approved');
      const file = {
        last_poll_ts: '2026-01-29T21:32:46Z',
        requests: {
          'movie:1:False': {
            primary_id: 1,
            subordinates: { 'internal:A': { id: 1, status: 2, synced_at: '2026-01-29T21:10:00Z' }, 'internal:Gone': { id: 9, status: 2 } },
          },
          'movie:2:False': { primary_id: 2, subordinates: { 'internal:A': { id: 2, status: 2 } } },
          'movie:77:False': { primary_id: 3, subordinates: { 'internal:A': { id: 3, status: 2 } } },
          'movie:78:False': { primary_id: 78, subordinates: { 'internal:A': { id: 4, status: 2 } } },
        },
        failed: {},
      };
      const dry = await house.replication.importState(file, house.context(), { dryRun: true });
      const taken = await house.replication.importState(file, house.context());
      expect(dry).toEqual(taken);
      expect(taken.linked).toBe(2);
      expect(taken.skipped.map((one) => [one.fingerprint, one.subordinate])).toEqual([
        ['movie:1:False', 'internal:Gone'],
        ['movie:77:False', 'internal:A'],
        ['movie:78:False', 'internal:A'],
      ]);
      expect((await house.replication.importState(file, house.context())).linked).toBe(0);
      await house.cycle();
      expect(inShort(house.sub()).toSorted()).toEqual([
        'movie:1 approved by admin',
        'movie:2 approved by admin',
        'movie:3 approved by admin',
        'movie:88 approved by admin',
      ]);
      // What it said that was told there is our own word.
      house.primary.decide(1, 'declined');
      house.primary.delete(2);
      await house.cycle();
      expect(inShort(house.sub()).toSorted()).toEqual([
        'movie:1 declined by admin',
        'movie:3 approved by admin',
        'movie:88 approved by admin',
      ]);
      await expect(house.replication.importState({ requests: 1 }, house.context())).rejects.toMatchObject({
        faults: [{ field: 'requests' }],
      });
    }));
});
