import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import type { JournalEdge } from '#platform/journal/index.ts';
import { inReplication, inShort, MINUTE, type ReplicationHouse } from '#tests/support/replication.ts';

const EDGES: readonly JournalEdge[] = ['before-intent', 'after-intent', 'call-sent', 'answered', 'before-outcome'];
const late = (): AppError => new AppError('upstream-timeout', 'A did not answer within 2 s.');

const asks = (house: ReplicationHouse): number => house.sub().calls.filter((call) => call.verb === 'ask').length;

describe('an answer that is lost', () => {
  it('of a request that was made: it is found, and not made again', () =>
    inReplication({ options: { user_mapping: 'email_match' } }, async (house) => {
      house.primary.addUser({ id: 2, displayName: 'alice', email: 'alice@x' });
      house.sub().addUser({ id: 7, displayName: 'Alice', email: 'alice@x' });
      house.primary.add({ kind: 'tv', tmdbId: 7, seasons: [1, 2] }, 'pending', 2);
      house.sub().add({ kind: 'tv', tmdbId: 7, seasons: [1] }, 'pending');
      house.sub().afterCall(({ verb }) => {
        if (verb === 'ask') throw late();
      });
      await house.cycle();
      house.sub().afterCall(undefined);
      expect(inShort(house.sub())).toEqual(['tv:7 [1] pending by admin', 'tv:7 [2] pending by Alice']);
      expect(await house.replication.failed()).toMatchObject([{ error: expect.stringMatching(/did not answer/) }]);
      for (let number = 0; number < 3; number += 1) await house.cycle();
      expect(asks(house)).toBe(1);
      expect(await house.replication.failed()).toEqual([]);
      house.primary.decide(1, 'approved');
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['tv:7 [1] pending by admin', 'tv:7 [2] approved by Alice']);
      house.primary.delete(1);
      house.primary.add({ tmdbId: 1 }, 'declined');
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['tv:7 [1] pending by admin']);
    }));

  it('of a request that was not made: it is made again, once its time is over and not before', () =>
    inReplication({ callDeadlineMs: 5 * MINUTE }, async (house) => {
      house.primary.add({ tmdbId: 1 }, 'approved');
      house.sub().failWith(({ verb }) => (verb === 'ask' ? late() : undefined));
      await house.cycle();
      house.sub().work();
      for (let number = 0; number < 9; number += 1) await house.cycle();
      expect(asks(house)).toBe(1);
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['movie:1 approved by admin']);
      expect(await house.replication.failed()).toEqual([]);
    }));

  it('that comes late: the request shows itself after everybody has gone', () =>
    inReplication({ callDeadlineMs: 3 * MINUTE }, async (house) => {
      house.primary.add({ tmdbId: 1 }, 'approved');
      house.sub().failWith(({ verb }) => (verb === 'ask' ? late() : undefined));
      await house.cycle();
      house.sub().work();
      await house.cycle();
      house.sub().add({ tmdbId: 1 }, 'approved');
      for (let number = 0; number < 8; number += 1) await house.cycle();
      expect(asks(house)).toBe(1);
      expect(inShort(house.sub())).toEqual(['movie:1 approved by admin']);
      expect(await house.replication.state()).toMatchObject({
        requests: [{ subordinates: { 'internal:A': [{ id: 1, how: 'created' }] } }],
      });
    }));

  it('where several could be ours: nobody can tell, and it is left to a person', () =>
    inReplication({}, async (house) => {
      house.primary.add({ kind: 'tv', tmdbId: 7, seasons: [1, 2] }, 'approved');
      house.sub().failWith(({ verb }) => (verb === 'ask' ? late() : undefined));
      await house.cycle();
      house.sub().work();
      house.sub().add({ kind: 'tv', tmdbId: 7, seasons: [1, 2] }, 'approved');
      house.sub().add({ kind: 'tv', tmdbId: 7, seasons: [1, 2] }, 'approved');
      for (let number = 0; number < 3; number += 1) await house.cycle();
      expect(await house.replication.failed()).toMatchObject([
        { unconfirmed: true, error: expect.stringMatching(/requests 1, 2 there could all be ours/) },
      ]);
      expect(asks(house)).toBe(1);
      const { entries } = await house.replication.journal.list({ states: ['unconfirmed'] }, 1, 10);
      expect(entries).toMatchObject([{ payload: { action: 'ask' } }]);
      expect(await house.replication.retry()).toBe(1);
      await house.cycle();
      expect(await house.replication.state()).toMatchObject({
        requests: [{ subordinates: { 'internal:A': [{ id: 1, how: 'adopted' }] } }],
      });
    }));

  it('of decisions, edits and deletions: they are made again where they did not take place', () =>
    inReplication({ options: { sync_declined: true, pending_user: 'waiting' } }, async (house) => {
      house.sub().addUser({ id: 9, displayName: 'waiting' });
      house.primary.add({ tmdbId: 1 }, 'pending');
      house.primary.add({ tmdbId: 2 }, 'pending');
      house.primary.add({ kind: 'tv', tmdbId: 3, seasons: [1] }, 'pending');
      house.primary.add({ tmdbId: 4 }, 'pending');
      await house.cycle();
      const change = (): void => {
        house.primary.decide(1, 'approved');
        house.primary.decide(2, 'declined');
        house.primary.change(3, { seasons: [2, 3].map((number) => ({ number, status: 'pending' })) });
        house.primary.delete(4);
      };
      change();
      let lost = 0;
      house.sub().afterCall(({ verb }) => {
        if (!['approve', 'decline', 'editSeasons', 'remove'].includes(verb)) return;
        lost += 1;
        // Every other one took place, and nobody heard of it.
        throw late();
      });
      await house.cycle();
      house.sub().afterCall(undefined);
      house.sub().takeCalls();
      for (let number = 0; number < 3; number += 1) await house.cycle();
      expect(lost).toBe(4);
      expect(inShort(house.sub())).toEqual(['movie:1 approved by waiting', 'movie:2 declined by waiting', 'tv:3 [2,3] pending by waiting']);
      expect(
        house
          .sub()
          .takeCalls()
          .filter((call) => !/^(listRequests|identify|readRequest)/.test(call)),
      ).toEqual([]);
      expect(await house.replication.failed()).toEqual([]);
      expect((await house.replication.journal.open()).due).toEqual([]);
      // What we declined by a call that we never heard of is still our own word.
      house.primary.decide(2, 'approved');
      await house.cycle();
      expect(inShort(house.sub())[1]).toBe('movie:2 approved by waiting');
    }));
});

class Killed extends Error {}

describe('a process that dies', () => {
  const actions = ['ask', 'approve', 'decline', 'edit', 'remove'] as const;

  it.each(actions.flatMap((action) => EDGES.map((edge) => [action, edge] as const)))(
    'at %s, %s: nothing is lost, doubled or done wrongly',
    (action, edge) => {
      let armed = false;
      const onEdge = (at: JournalEdge, { payload }: { payload: unknown }): void => {
        if (!armed || at !== edge || (payload as { action: string }).action !== action) return;
        armed = false;
        throw new Killed();
      };
      return inReplication({ onEdge, options: { sync_declined: true, pending_user: 'waiting' } }, async (house) => {
        house.sub().addUser({ id: 9, displayName: 'waiting' });
        house.primary.add({ kind: 'tv', tmdbId: 7, seasons: [1] }, 'pending');
        house.sub().add({ kind: 'tv', tmdbId: 7, seasons: [3] }, 'pending');
        if (action !== 'ask') await house.cycle();
        if (action === 'approve') house.primary.decide(1, 'approved');
        if (action === 'decline') house.primary.decide(1, 'declined');
        if (action === 'edit') house.primary.change(1, { seasons: [{ number: 2, status: 'pending' }] });
        if (action === 'remove') {
          house.primary.delete(1);
          house.primary.add({ tmdbId: 1 }, 'declined');
        }
        armed = true;
        await expect(house.cycle()).rejects.toThrow(Killed);
        await new Promise((resolve) => setTimeout(resolve, 5));
        house.restart();
        for (let number = 0; number < 3; number += 1) await house.cycle();
        const own = { ask: ' [1] pending', approve: ' [1] approved', decline: ' [1] declined', edit: ' [2] pending', remove: undefined }[
          action
        ];
        const expected = own === undefined ? [] : [`tv:7${own} by waiting`];
        expect(inShort(house.sub()).toSorted()).toEqual([...expected, 'tv:7 [3] pending by admin'].toSorted());
        expect((await house.replication.journal.open()).due).toEqual([]);
        expect(await house.replication.failed()).toEqual([]);
        house.primary.delete(1);
        house.primary.add({ tmdbId: 2 }, 'declined');
        await house.cycle();
        expect(inShort(house.sub())).toEqual(['tv:7 [3] pending by admin']);
      });
    },
  );

  it('right after an answer is in the journal: what it told is known all the same', () =>
    inReplication({ options: { pending_user: 'waiting' } }, async (house) => {
      house.sub().addUser({ id: 9, displayName: 'waiting' });
      house.primary.add({ kind: 'tv', tmdbId: 7, seasons: [1, 2] }, 'pending');
      house.sub().add({ kind: 'tv', tmdbId: 7, seasons: [1] }, 'declined');
      house.sub().add({ kind: 'tv', tmdbId: 7, seasons: [2] }, 'pending');
      house.later(MINUTE);
      const dying = {
        ...house.context(),
        log(_level: string, text: string): void {
          if (text.includes('asked as')) throw new Killed();
        },
      };
      await expect(house.replication.runCycle(dying)).rejects.toThrow(Killed);
      house.restart();
      await house.cycle();
      expect(inShort(house.sub())).toEqual(['tv:7 [1] declined by admin', 'tv:7 [2] pending by admin', 'tv:7 [1] pending by waiting']);
      house.primary.decide(1, 'approved');
      await house.cycle();
      expect(inShort(house.sub())[2]).toBe('tv:7 [1] approved by waiting');
    }));
});
