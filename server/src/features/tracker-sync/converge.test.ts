import { expect, it } from 'vitest';
import type { TrackedList } from '#core/upstreams/index.ts';
import { type MediaId, mediaId } from '#kernel/ids.ts';
import { fc } from '#tests/support/properties.ts';
import type { Agreed, Pair, SyncFacts } from './facts.ts';
import { slotKey } from './facts.ts';
import { planTitle } from './plan-title.ts';

const NUMBER = 7;
const SHOW = mediaId(900);
const SIZE = 4;
const media = (number: number): MediaId => mediaId(1_000 + number);
const numberOf = (id: MediaId): number => id - 1_000;
const ON = { takes: true, sends: true, lists: true, ratings: true };

/** One show on both sides, carried out by hand: what a run does, without a network. */
type World = {
  here: Map<number, number>;
  there: Map<number, number>;
  agreed: Map<number, Agreed>;
  lists: { here?: TrackedList; there?: TrackedList; base: Pair<TrackedList> };
  rating: { here?: [number, number]; there?: [number, number]; base: Pair<number> };
  isThere: boolean;
};

function factsOf(world: World, complete: boolean): SyncFacts {
  const { here: listHere, there: listThere, base } = world.lists;
  const seen = {
    ids: {},
    watched: false,
    episodes: [...world.there].map(([number, at]) => ({ season: 1, number, at })),
    complete,
    numbering: 'aired' as const,
    ...(listThere && { list: listThere }),
    ...(world.rating.there && { rating: world.rating.there[0], ratedAt: world.rating.there[1] }),
  };
  return {
    mediaId: SHOW,
    kind: 'show',
    title: 'Twin Peaks',
    ids: {},
    here: {
      watched: [...world.here].map(([number, at]) => ({ mediaId: media(number), slot: { season: 1, number }, at })),
      hidden: new Set(),
      ...(listHere && { list: { list: listHere, changedAt: 1 } }),
      ...(world.rating.here && { rating: { rating: world.rating.here[0], ratedAt: world.rating.here[1] } }),
    },
    there: [{ number: NUMBER, ...(world.isThere && { seen }), list: base, rating: world.rating.base }],
    agreed: [...world.agreed.values()],
    meant: new Map(Array.from({ length: SIZE }, (_, number) => [slotKey(NUMBER, { season: 1, number }), media(number)])),
    open: new Set(),
  };
}

/** A round; answers whether anything was done. */
function round(world: World, complete = true): boolean {
  const { take, send, accord } = planTitle(factsOf(world, complete), ON);
  for (const id of accord.forgotten) world.agreed.delete(numberOf(id));
  for (const one of accord.watched) world.agreed.set(numberOf(one.mediaId), one);
  for (const pair of accord.lists) world.lists.base = pair;
  for (const pair of accord.ratings) world.rating.base = pair;
  for (const one of take.watched) world.here.set(one.own.number, one.at ?? 0);
  for (const id of take.unwatched) {
    world.here.delete(numberOf(id));
    world.agreed.delete(numberOf(id));
  }
  if (take.list !== undefined) put(world.lists, 'here', take.list ?? undefined);
  if (take.rating !== undefined) put(world.rating, 'here', take.rating === null ? undefined : [take.rating, take.ratedAt ?? 0]);
  if (send.remove.length > 0) remove(world);
  for (const one of send.unwatched) {
    world.there.delete(one.own.number);
    world.agreed.delete(numberOf(one.mediaId));
  }
  for (const one of send.watched) watchThere(world, one.slot?.number ?? 0, one.at ?? 0);
  if (send.list !== undefined) {
    world.isThere = true;
    world.lists.there = send.list;
    world.lists.base = { here: send.list, there: send.list };
  }
  if (send.rating !== undefined) {
    put(world.rating, 'there', send.rating === null ? undefined : [send.rating, send.ratedAt ?? 0]);
    world.rating.base = send.rating === null ? {} : { here: send.rating, there: send.rating };
  }
  return take.watched.length + take.unwatched.length + send.watched.length + send.unwatched.length + send.remove.length > 0;
}

function put<Key extends 'here' | 'there', T>(sides: { [K in Key]?: T }, side: Key, value: T | undefined): void {
  if (value === undefined) delete sides[side];
  else sides[side] = value as (typeof sides)[Key];
}

function watchThere(world: World, number: number, at: number): void {
  world.isThere = true;
  world.there.set(number, at);
  world.lists.there ??= 'watching';
}

/** With everything: that is how a title leaves there. */
function remove(world: World): void {
  world.there.clear();
  world.isThere = false;
  delete world.lists.there;
  delete world.rating.there;
}

type Edit = Readonly<{ what: 'watch' | 'unwatch' | 'list' | 'rate' | 'remove'; side: 'here' | 'there'; number: number; value: number }>;
const LISTS = ['watching', 'plantowatch', 'hold', 'dropped'] as const;
const edit: fc.Arbitrary<Edit> = fc.record({
  what: fc.constantFrom('watch', 'watch', 'unwatch', 'list', 'rate', 'remove'),
  side: fc.constantFrom('here', 'there'),
  number: fc.integer({ min: 0, max: SIZE - 1 }),
  value: fc.integer({ min: 1, max: 10 }),
});

function make(world: World, { what, side, number, value }: Edit, at: number): void {
  if (what === 'remove' && side === 'there') remove(world);
  if (what === 'remove') return;
  if (side === 'there' && !world.isThere && what !== 'watch') return;
  if (what === 'watch') {
    if (side === 'here') world.here.set(number, at);
    else if (!world.there.has(number)) watchThere(world, number, at);
  } else if (what === 'unwatch') world[side].delete(number);
  else if (what === 'list') world.lists[side] = LISTS[value % LISTS.length] ?? 'hold';
  else world.rating[side] = [value, at];
}

const fresh = (): World => ({
  here: new Map(),
  there: new Map(),
  agreed: new Map(),
  lists: { base: {} },
  rating: { base: {} },
  isThere: false,
});

it('however both sides are edited, they agree on what was watched after a few rounds, and then nothing more is done', () => {
  fc.assert(
    fc.property(fc.array(fc.array(edit, { maxLength: 5 }), { maxLength: 8 }), (days) => {
      const world = fresh();
      for (const [day, edits] of days.entries()) {
        for (const [turn, one] of edits.entries()) make(world, one, 100 + day * 10 + turn);
        round(world);
        round(world);
        round(world);
      }
      expect(round(world)).toBe(false);
      expect([...world.here.keys()].sort()).toEqual([...world.there.keys()].sort());
      const settled = structuredClone(world);
      round(world);
      expect(world).toEqual(settled);
    }),
    { numRuns: 500 },
  );
});

it('what nobody took away since both had it is lost on neither side', () => {
  fc.assert(
    fc.property(fc.array(fc.array(edit, { maxLength: 5 }), { minLength: 1, maxLength: 8 }), (days) => {
      const world = fresh();
      for (const [day, edits] of days.entries()) {
        const before = new Set([...world.here.keys(), ...world.there.keys()]);
        const taken = new Set<number>();
        for (const [turn, one] of edits.entries()) {
          if (one.what === 'unwatch') taken.add(one.number);
          if (one.what === 'remove') for (const number of world.there.keys()) taken.add(number);
          make(world, one, 100 + day * 10 + turn);
        }
        const wanted = new Set([...before, ...world.here.keys(), ...world.there.keys()].filter((number) => !taken.has(number)));
        round(world);
        round(world);
        for (const number of wanted) expect([world.here.has(number), world.there.has(number)]).toEqual([true, true]);
      }
    }),
    { numRuns: 500 },
  );
});

it('a library that is not listed in full takes nothing away here', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 10 }), fc.array(fc.integer({ min: 0, max: SIZE - 1 })), (edits, unlisted) => {
      const world = fresh();
      for (const [turn, one] of edits.entries()) make(world, one, 100 + turn);
      round(world);
      round(world);
      const had = [...world.here.keys()];
      for (const number of unlisted) world.there.delete(number);
      const { take } = planTitle(factsOf(world, !world.isThere), ON);
      expect(take.unwatched).toEqual([]);
      expect([...world.here.keys()]).toEqual(had);
    }),
  );
});
