import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeSeerr } from '#integrations/seerr/seerr.fake.ts';
import type { JournalEdge } from '#platform/journal/index.ts';
import { type DeskHousehold, startDesks } from '#tests/support/desks.ts';
import { eventually } from '#tests/support/household.ts';
import { startDoomedHouse } from './doomed-house.ts';
import { aheadOf, goRound, holdsOf } from './replication-by-itself.ts';
import { journalOf } from './standing.ts';

const CALL_DEADLINE_MS = 1_500;
/** `npm run faults` has the time for all of them. */
const ALL = Number(process.env.USHERR_FAULT_SEEDS ?? 10) > 10;

/** `carried-out`: the process dies at the edge `call-sent` after the desk has made the change and before it has answered. */
const DEATHS = ['before-intent', 'after-intent', 'call-sent', 'carried-out', 'answered', 'before-outcome'] as const;
type Death = (typeof DEATHS)[number];

type Case = Readonly<{
  action: string;
  /** What the primary has before, and what happens to it. */
  begin(primary: FakeSeerr, alice: number, tmdbId: number): number;
  happens(primary: FakeSeerr, id: number): void;
  before: readonly string[];
  after: readonly string[];
}>;

const series = (primary: FakeSeerr, alice: number, tmdbId: number): number => primary.ask(alice, { kind: 'tv', tmdbId, seasons: [1, 2] });

const CASES: readonly Case[] = [
  {
    action: 'ask',
    begin: () => 0,
    happens: () => undefined,
    before: [],
    after: ['[1,2] pending'],
  },
  { action: 'approve', begin: series, happens: (primary, id) => primary.approve(id), before: ['[1,2] pending'], after: ['[1,2] approved'] },
  { action: 'decline', begin: series, happens: (primary, id) => primary.decline(id), before: ['[1,2] pending'], after: ['[1,2] declined'] },
  {
    action: 'edit',
    begin: series,
    happens: (primary, id) => primary.edit(id, [2, 3]),
    before: ['[1,2] pending'],
    after: ['[2,3] pending'],
  },
  { action: 'remove', begin: series, happens: (primary, id) => primary.remove(id), before: ['[1,2] pending'], after: [] },
];

const KILLED = CASES.flatMap((one) => DEATHS.map((death) => ({ ...one, death }))).filter(
  ({ action, death }) => ALL || action === 'ask' || (death === 'carried-out' && (action === 'approve' || action === 'remove')),
);

describe('a replication that is killed at an edge of the journal', () => {
  let house: DeskHousehold;
  let alice: Readonly<Record<string, number>>;
  let tmdbId = 0;
  beforeAll(async () => {
    house = await startDesks({
      options: { user_mapping: 'email_match', sync_declined: true },
      household: { house: { callDeadlineMs: CALL_DEADLINE_MS } },
    });
    alice = house.person('alice');
    // Something that stays, so that the primary never lists nothing.
    house.primary.addRequest({ kind: 'movie', tmdbId: 999_999 });
    await goRound(house, 1);
  });
  afterAll(() => house.close());

  const intended = (): number => {
    const database = new DatabaseSync(join(house.home.config.dataDir, 'usherr.db'), { readOnly: true });
    try {
      return Number(database.prepare("select count(*) as open from journal where state = 'intended'").get()?.open);
    } finally {
      database.close();
    }
  };

  async function dieAt(action: string, death: Death, isCarriedOut: () => void): Promise<void> {
    const waits = death === 'carried-out';
    const edge: JournalEdge = waits ? 'call-sent' : death;
    if (waits) house.sub().setMood('late');
    const doomed = startDoomedHouse(house.home, {
      work: 'replicate',
      callDeadlineMs: CALL_DEADLINE_MS,
      aheadMs: aheadOf(house),
      die: { edge, nth: 1, action, waits },
    });
    await doomed.says(`edge ${edge}`);
    if (waits) await eventually(isCarriedOut).then(doomed.kill);
    expect(await doomed.ended).toBe('SIGKILL');
    house.sub().setMood('fine');
  }

  it.each(KILLED)('of "$action", $death: it is done once, and nothing else', async ({ action, death, begin, happens, before, after }) => {
    tmdbId += 1;
    const title = `tv:${tmdbId}`;
    const there = (lines: readonly string[]) => lines.map((line) => `${title} ${line} by ${alice.A}`);
    const id = begin(house.primary, alice.primary ?? 0, tmdbId);
    if (action !== 'ask') await goRound(house, 1);
    expect(holdsOf(house, 'A', title)).toEqual(there(before));
    const others = house
      .sub()
      .requests()
      .filter((one) => one.tmdbId !== tmdbId);
    await house.home.stop();
    if (action === 'ask') series(house.primary, alice.primary ?? 0, tmdbId);
    else happens(house.primary, id);
    house.forgetCalls();
    await dieAt(action, death, () => expect(holdsOf(house, 'A', title)).toEqual(there(after)));
    if (death === 'before-intent' || death === 'after-intent') expect(holdsOf(house, 'A', title)).toEqual(there(before));
    expect(intended()).toBe(death === 'before-intent' ? 0 : 1);

    await house.home.start();
    await goRound(house, 3);
    expect(holdsOf(house, 'A', title)).toEqual(there(after));
    expect(
      house
        .sub()
        .requests()
        .filter((one) => one.tmdbId !== tmdbId),
    ).toEqual(others);
    const done = house.sub().changes.filter(({ status }) => status < 300);
    expect(done.map(({ method }) => method)).toEqual([
      { ask: 'POST', approve: 'POST', decline: 'POST', edit: 'PUT', remove: 'DELETE' }[action],
    ]);
    const about = (await journalOf(house.home)).filter(
      ({ target, payload }) => target.endsWith(` ${title}`) && (payload as { action: string }).action === action,
    );
    expect(about.filter(({ state }) => state === 'confirmed')).toHaveLength(1);
    expect(about.filter(({ state }) => state === 'intended' || state === 'unconfirmed')).toEqual([]);
    expect(await house.rooms.requestReplication.failed()).toEqual([]);
    // What was made is ours, and leaves with the primary's.
    const left = house.primary.requests().find((one) => one.tmdbId === tmdbId);
    if (left && left.status !== 'declined') {
      house.primary.remove(left.id);
      await goRound(house, 1);
      expect(holdsOf(house, 'A', title)).toEqual([]);
    }
  });
});
