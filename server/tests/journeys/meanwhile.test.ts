import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createViewingStore } from '#core/viewing/index.ts';
import type { JournalEdge } from '#platform/journal/index.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  HOUR,
  type Household,
  inHousehold,
  MINUTE,
  settled,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

const BOTH = ['plex', 'jellyfin'] as const;

/** Something that a person does at the edge of our next change, and never again. */
function interruption() {
  let act: ((home: Household) => Promise<void>) | undefined;
  let at: JournalEdge = 'after-intent';
  let house: Household | undefined;
  return {
    plan(home: Household, edge: JournalEdge, doing: (home: Household) => Promise<void>): void {
      house = home;
      at = edge;
      act = doing;
    },
    async onEdge(edge: JournalEdge): Promise<void> {
      if (edge !== at || act === undefined || house === undefined) return;
      const doing = act;
      act = undefined;
      await doing(house);
    },
  };
}

describe('what a person does while we are changing the same title there', () => {
  it.each(BOTH)('a title that was finished on %s right before our mark counts both', (kind) => {
    const meanwhile = interruption();
    const other = kind === 'plex' ? 'jellyfin' : 'plex';
    return inHousehold({ servers: BOTH, house: { onEdge: meanwhile.onEdge } }, async (home) => {
      const ids = shelveAll(home, { alien }, BOTH);
      const accounts = await connectAll(home, BOTH);
      await sync(home);
      home.fake(other).setState(home.fake(other).owner.id, ids[other].alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      meanwhile.plan(home, 'after-intent', () => home.fake(kind).finish(home.fake(kind).owner.id, ids[kind].alien));
      await sync(home);
      await sync(home);
      await sync(home);
      const { plays, viewing } = await standing(home, accounts[kind], ids[kind].alien);
      expect(viewing?.watched).toBe(true);
      expect(plays).toHaveLength(2);
    });
  });

  it.each(BOTH)('a title that was finished on %s while we set its position is watched', (kind) => {
    const meanwhile = interruption();
    const other = kind === 'plex' ? 'jellyfin' : 'plex';
    return inHousehold({ servers: BOTH, house: { onEdge: meanwhile.onEdge } }, async (home) => {
      const ids = shelveAll(home, { alien }, BOTH);
      const accounts = await connectAll(home, BOTH);
      await sync(home);
      await home.fake(other).pauseAt(home.fake(other).owner.id, ids[other].alien, 30 * MINUTE);
      meanwhile.plan(home, 'answered', () => home.fake(kind).finish(home.fake(kind).owner.id, ids[kind].alien));
      await sync(home);
      await sync(home);
      const { plays, viewing } = await standing(home, accounts[kind], ids[kind].alien);
      expect(viewing?.watched).toBe(true);
      expect(plays).toHaveLength(1);
      expect(plays[0]?.at).toBeGreaterThan(ago(HOUR));
      for (const each of BOTH) expect(home.fake(each).stateOf(home.fake(each).owner.id, ids[each].alien).played).toBe(true);
    });
  });

  it('a title that was finished on Plex right after our un-mark is watched again, everywhere', () => {
    const meanwhile = interruption();
    return inHousehold({ servers: BOTH, house: { onEdge: meanwhile.onEdge } }, async (home) => {
      const ids = shelveAll(home, { alien }, BOTH);
      for (const kind of BOTH)
        home.fake(kind).setState(home.fake(kind).owner.id, ids[kind].alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
      const accounts = await connectAll(home, BOTH);
      await sync(home);
      await home.fake('jellyfin').markByHand(home.fake('jellyfin').owner.id, ids.jellyfin.alien, false);
      meanwhile.plan(home, 'answered', () => home.fake('plex').finish('1', ids.plex.alien));
      await sync(home);
      await sync(home);
      const { plays, viewing } = await standing(home, accounts.plex, ids.plex.alien);
      expect(viewing?.watched).toBe(true);
      expect(plays).toHaveLength(2);
      await settled(home);
      for (const kind of BOTH) expect(home.fake(kind).stateOf(home.fake(kind).owner.id, ids[kind].alien).played).toBe(true);
    });
  });

  // Two transactions at once, which SQLite never has.
  it.each(['before-intent', 'answered'] as const)(
    'an import that had read the copy, and writes it down later (%s), leaves one play',
    (edge) => {
      const meanwhile = interruption();
      return inHousehold({ database: 'postgres', servers: BOTH, house: { onEdge: meanwhile.onEdge } }, async (home) => {
        const ids = shelveAll(home, { alien }, BOTH);
        const accounts = await connectAll(home, BOTH);
        await sync(home);
        home.fake('plex').setState('1', ids.plex.alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
        let writing: Promise<void> | undefined;
        meanwhile.plan(home, edge, async () => {
          const hasRead = Promise.withResolvers<void>();
          writing = home.rooms.database.transaction(async (handle) => {
            const viewing = createViewingStore(handle);
            await viewing.lock(MAIN_PERSON);
            const copies = await createMediaGraph(handle, { clock: home.rooms.clock }).copiesOnServer(accounts.jellyfin.server.id, [
              ids.jellyfin.alien,
            ]);
            const read = await viewing.observations(
              accounts.jellyfin.id,
              copies.map((copy) => copy.id),
            );
            hasRead.resolve();
            await setTimeout(300);
            await viewing.saveObservations(accounts.jellyfin.id, [...read.values()]);
          });
          await hasRead.promise;
        });
        await sync(home);
        await writing;
        await sync(home);
        const { plays, viewing } = await standing(home, accounts.jellyfin, ids.jellyfin.alien);
        expect(viewing).toMatchObject({ watched: true, changedAt: ago(60 * DAY) });
        expect(plays).toHaveLength(1);
      });
    },
  );
});
