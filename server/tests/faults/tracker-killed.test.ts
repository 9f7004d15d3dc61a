import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createLists } from '#core/viewing/index.ts';
import type { JournalEdge } from '#platform/journal/index.ts';
import { eventually } from '#tests/support/household.ts';
import { alien, connectAll, heat, importNow, settled, shelveAll, standing } from '#tests/support/journey.ts';
import { asSimklMovie, inSimklHousehold, type SimklHousehold } from '#tests/support/simkl.ts';
import { startDoomedHouse } from './doomed-house.ts';
import { journalOf } from './standing.ts';

const CALL_DEADLINE_MS = 1_500;
const DAY = 86_400_000;

/** `carried-out`: the process dies at the edge `call-sent` after Simkl has written and before it has answered. */
const DEATHS = ['before-intent', 'after-intent', 'call-sent', 'carried-out', 'answered', 'before-outcome'] as const;
type Death = (typeof DEATHS)[number];

type Titles = Readonly<Record<'alien' | 'heat', string>>;
type Case = Readonly<{
  verb: string;
  path: string;
  /** What happens in the house between two runs. */
  happens(house: SimklHousehold, ids: Titles): Promise<unknown>;
  /** Of Alien at Simkl. */
  before: string | undefined;
  after: string | undefined;
}>;

const finish = ({ home }: SimklHousehold, ids: Titles) => home.fake('plex').finish(home.fake('plex').owner.id, ids.alien, Date.now() - DAY);
const statusOf = (house: SimklHousehold): string | undefined => house.entry(1)?.status;

async function putOnList(house: SimklHousehold, ids: Titles): Promise<void> {
  const { database, clock, connections } = house.home.rooms;
  const [plex] = await connections.list(MAIN_PERSON);
  if (plex === undefined) throw new Error('nobody is connected');
  const [media] = (await standing(house.home, plex, ids.alien)).mediaIds;
  if (media === undefined) throw new Error('Alien is not known');
  const at = clock.now();
  await createLists(database).put(MAIN_PERSON, [{ mediaId: media, list: 'plantowatch', since: at, changedAt: at }]);
}

const CASES: readonly Case[] = [
  { verb: 'watched', path: '/sync/history', happens: finish, before: undefined, after: 'completed' },
  { verb: 'list', path: '/sync/add-to-list', happens: putOnList, before: undefined, after: 'plantowatch' },
];

const KILLED = CASES.flatMap((one) => DEATHS.map((death) => ({ ...one, death }))).filter(
  ({ verb, death }) => verb === 'watched' || death === 'carried-out' || death === 'after-intent',
);

async function dieAt(house: SimklHousehold, verb: string, death: Death, isCarriedOut: () => void): Promise<void> {
  const waits = death === 'carried-out';
  const edge: JournalEdge = waits ? 'call-sent' : death;
  if (waits) house.fake.setMood('late');
  const doomed = startDoomedHouse(house.home, {
    work: 'track',
    simkl: house.simkl,
    callDeadlineMs: CALL_DEADLINE_MS,
    aheadMs: house.ahead(),
    die: { edge, nth: 1, kind: `tracker-${verb}`, waits },
  });
  await doomed.says(`edge ${edge}`);
  if (waits) await eventually(isCarriedOut).then(doomed.kill);
  expect(await doomed.ended).toBe('SIGKILL');
  house.fake.setMood('fine');
}

describe('a run for a Simkl account that is killed at an edge of the journal', () => {
  it.each(KILLED)(
    'of "$verb", $death: it is done once, and nothing is lost or taken away',
    ({ verb, path, happens, before, after, death }) =>
      inSimklHousehold({ servers: ['plex'], deadlineMs: CALL_DEADLINE_MS }, async (house) => {
        const { home, fake, user } = house;
        const { plex: ids } = shelveAll(home, { alien, heat }, ['plex']);
        const { plex } = await connectAll(home, ['plex']);
        fake.addTitle(asSimklMovie(alien, 1));
        // Something that stays as it is on both sides.
        user.library.watch(fake.addTitle(asSimklMovie(heat, 2)), [{ at: Date.now() - 9 * DAY }]);
        await importNow(home);
        const link = await house.takenIn();
        await house.round(link);
        await happens(house, ids);
        await importNow(home);
        expect(statusOf(house)).toBe(before);
        await home.stop();
        fake.bodies.length = 0;
        house.later(60_000);
        await dieAt(house, verb, death, () => expect(statusOf(house)).toBe(after));
        if (death === 'before-intent' || death === 'after-intent') expect(statusOf(house)).toBe(before);

        await home.start();
        // What the house does by itself is done before we ask for more: only its queue keeps two runs apart.
        await settled(home);
        // A call of the dead process has had its time by then, whatever became of it.
        for (let round = 0; round < 3; round += 1) {
          house.later(DAY);
          await house.round(link);
        }
        expect([statusOf(house), house.entry(2)?.status]).toEqual([after, 'completed']);
        expect(fake.bodies.filter((body) => body.path === path)).toHaveLength(1);
        expect(fake.bodies.filter((body) => body.path.endsWith('/remove'))).toEqual([]);
        expect((await standing(home, plex, ids.heat)).viewing?.watched).toBe(true);
        expect((await journalOf(home)).filter(({ state }) => state === 'intended' || state === 'unconfirmed')).toEqual([]);
        expect(await home.rooms.trackerSync.open(link.id)).toEqual([]);
      }),
  );
});
