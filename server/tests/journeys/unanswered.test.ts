import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FakeMood } from '#core/upstreams/media-server.fake.ts';
import type { JournalEdge } from '#platform/journal/index.ts';
import {
  ago,
  alien,
  connectAll,
  DAY,
  eventually,
  type Household,
  inHousehold,
  MINUTE,
  type ServerKind,
  settled,
  shelveAll,
  standing,
  sync,
} from '#tests/support/journey.ts';

const CALL_DEADLINE_MS = 700;

type Life = Readonly<{
  kind: ServerKind;
  /** How the answer to our mark is lost: `late` carries the mark out, `reset` does not. */
  mood: FakeMood;
  hooked?: boolean;
  /** The person finishes it between our look and our mark instead. */
  before?: boolean;
}>;

/** Our mark for a play of long ago gets no answer, the person then finishes the title just there, and only then we look again. */
function live(
  { kind, mood, hooked, before }: Life,
  check: (plays: readonly (number | undefined)[], home: Household) => void,
): Promise<void> {
  const other = kind === 'plex' ? 'jellyfin' : 'plex';
  let home: Household | undefined;
  let lost = false;
  let finish = async (): Promise<void> => undefined;
  const onEdge = async (edge: JournalEdge): Promise<void> => {
    if (edge !== 'after-intent' || lost || home === undefined) return;
    lost = true;
    if (before === true) await finish();
    home.fake(kind).setMood(mood, { times: 1 });
  };
  return inHousehold({ servers: [kind, other], house: { onEdge, callDeadlineMs: CALL_DEADLINE_MS } }, async (household) => {
    const ids = shelveAll(household, { alien }, [kind, other]);
    const accounts = await connectAll(household, [kind, other]);
    await sync(household);
    home = household;
    const fake = household.fake(kind);
    const teacher = household.fake(other);
    finish = () => fake.finish(fake.owner.id, ids[kind].alien);
    teacher.setState(teacher.owner.id, ids[other].alien, { played: true, playCount: 1, lastPlayedAt: ago(60 * DAY) });
    if (hooked === true) await household.hook(kind, accounts[kind]);
    await sync(household);
    await eventually(async () => {
      const { entries } = await household.rooms.journal.list({ states: ['intended'] }, 1, 5);
      expect(entries).toHaveLength(1);
    });
    if (before !== true) await finish();
    await sleep(CALL_DEADLINE_MS);
    await household.rooms.watchSync.retryPushes(accounts[kind]);
    await eventually(async () => {
      const { entries } = await household.rooms.journal.list({ states: ['intended'] }, 1, 5);
      expect(entries).toEqual([]);
    });
    await settled(household);
    await sync(household);
    await sync(household);
    const { plays, viewing } = await standing(household, accounts[kind], ids[kind].alien);
    expect(viewing?.watched).toBe(true);
    check(plays.map((play) => play.at).sort(), household);
  });
}

const both = (plays: readonly (number | undefined)[]): void => {
  expect(plays).toHaveLength(2);
  expect(plays[0]).toBe(ago(60 * DAY));
  expect(plays[1]).toBeGreaterThan(ago(MINUTE));
};

describe('a mark of ours that got no answer, and a play that was finished there right after it', () => {
  it.each([
    ['plex', 'late'],
    ['jellyfin', 'late'],
    ['emby', 'late'],
    ['jellyfin', 'reset'],
    ['emby', 'reset'],
  ] as const)('on %s (%s) are told apart by what the item shows', (kind, mood) => live({ kind, mood }, both));

  it.each(['plex', 'jellyfin', 'emby'] as const)('or right before it, on %s: its own count tells of it', (kind) =>
    live({ kind, mood: 'late', before: true }, both),
  );

  it('on Plex, where the mark did not take place, are told apart by the event of the player', () =>
    live({ kind: 'plex', mood: 'reset', hooked: true }, both));

  it('on Plex, where the mark did not take place and no event came, cannot be told apart: nothing is counted twice', () =>
    live({ kind: 'plex', mood: 'reset' }, (plays, home) => {
      expect(plays).toEqual([ago(60 * DAY)]);
      expect(home.fake('plex').calls.filter(({ path }) => path.includes('scrobble'))).toHaveLength(1);
    }));
});
