import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeMediaServer, FakeState } from '#core/upstreams/media-server.fake.ts';
import type { JournalEdge } from '#platform/journal/index.ts';
import { eventually, type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';
import { startDoomedHouse } from './doomed-house.ts';
import { journalOf, runTask, settled, standings } from './standing.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const CALL_DEADLINE_MS = 1_500;
const LENGTH_MS = 120 * MINUTE;
const ADDED_AT = Math.floor((Date.now() - 400 * DAY) / 1_000) * 1_000;

const PAUSED_AT = Math.floor((Date.now() - MINUTE) / 1_000) * 1_000;

/** `carried-out`: the process dies at the edge `call-sent` after the server has made the change and before it has answered. */
const DEATHS = ['before-intent', 'after-intent', 'call-sent', 'carried-out', 'answered', 'before-outcome'] as const;
type Death = (typeof DEATHS)[number];
/** Deaths after which the journal cannot know what became of the call. */
const IN_DOUBT: ReadonlySet<Death> = new Set(['after-intent', 'call-sent', 'carried-out', 'answered', 'before-outcome']);

const TEACHER: Readonly<Record<ServerKind, ServerKind>> = { plex: 'jellyfin', jellyfin: 'plex', emby: 'jellyfin' };
type Change = Readonly<{
  name: 'mark' | 'position';
  taught(title: number): Partial<FakeState>;
  /** What the server shows once it has been told, and once only. */
  told(title: number, server: ServerKind): unknown;
  /** What stands in our own history. */
  known(title: number): unknown;
}>;

const playedAt = (title: number): number => ADDED_AT + title * DAY;
const positionOf = (title: number): number => (10 + title) * MINUTE;

const CHANGES: readonly Change[] = [
  {
    name: 'mark',
    taught: (title) => ({ played: true, playCount: 2, lastPlayedAt: playedAt(title) }),
    // Where the server takes counts, the mark and its count are two calls, and the process may die between them.
    told: (_title, server) => expect.objectContaining({ played: true, playCount: server === 'plex' ? 1 : expect.toBeOneOf([1, 2]) }),
    known: (title) => ({ watched: true, positionMs: 0, plays: 2, dates: [playedAt(title)] }),
  },
  {
    name: 'position',
    taught: (title) => ({ positionMs: positionOf(title), lastPlayedAt: PAUSED_AT }),
    told: (title) => expect.objectContaining({ played: false, playCount: 0, positionMs: positionOf(title) }),
    known: (title) => ({ watched: false, positionMs: positionOf(title), plays: 0, dates: [] }),
  },
];

/** Kills the process at every edge of a mark and of a position on that server. A file each, so that they run side by side. */
export function describeJournalEdges(kind: ServerKind): void {
  describe.each(CHANGES)(`a process that is killed while it makes a $name on ${kind}`, (change) => {
    const teacherKind = TEACHER[kind];
    let home: Household;
    let target: FakeMediaServer;
    let teacher: FakeMediaServer;
    let libraries: Readonly<{ target: string; teacher: string }>;
    let title = 0;

    beforeAll(async () => {
      home = await startHousehold({ servers: [kind, teacherKind], house: { callDeadlineMs: CALL_DEADLINE_MS } });
      target = home.fake(kind);
      teacher = home.fake(teacherKind);
      libraries = {
        target: target.addLibrary({ name: 'Movies', kind: 'movies' }),
        teacher: teacher.addLibrary({ name: 'Movies', kind: 'movies' }),
      };
      await home.addBackend(kind);
      await home.addBackend(teacherKind);
      await home.stop();
    });
    afterAll(() => home.close());

    const movie = (number: number) =>
      ({
        kind: 'movie',
        title: `Film ${number}`,
        year: 2000,
        ids: { imdb: `tt${7_000_000 + number}` },
        addedAt: ADDED_AT,
        durationMs: LENGTH_MS,
      }) as const;

    async function dieAt(death: Death, isCarriedOut: () => void): Promise<void> {
      const waits = death === 'carried-out';
      const edge: JournalEdge = waits ? 'call-sent' : death;
      if (waits) target.setMood('late');
      const doomed = startDoomedHouse(home, { work: 'import', callDeadlineMs: CALL_DEADLINE_MS, die: { edge, nth: 1, waits } });
      await doomed.says(`edge ${edge}`);
      if (waits) await eventually(isCarriedOut).then(doomed.kill);
      expect(await doomed.ended).toBe('SIGKILL');
    }

    it.each(DEATHS)('at the edge %s settles after the next start, and nothing is done twice', async (death) => {
      title += 1;
      const number = title;
      const there = target.addTitle(libraries.target, movie(number));
      const here = teacher.addTitle(libraries.teacher, movie(number));
      teacher.setState(teacher.owner.id, here, change.taught(number));
      const before = target.stateOf(target.owner.id, there);
      await dieAt(death, () => expect(target.stateOf(target.owner.id, there)).toEqual(change.told(number, kind)));
      target.setMood('fine');
      if (death === 'before-intent' || death === 'after-intent') expect(target.stateOf(target.owner.id, there)).toEqual(before);

      await home.start();
      const opened = (await journalOf(home)).filter((entry) => entry.state === 'intended');
      expect(opened).toHaveLength(IN_DOUBT.has(death) ? 1 : 0);
      await settled(home);
      expect(target.stateOf(target.owner.id, there)).toEqual(change.told(number, kind));
      await runTask(home, 'runImport');
      await runTask(home, 'runExport');
      await settled(home);
      expect(target.stateOf(target.owner.id, there)).toEqual(change.told(number, kind));
      expect(teacher.stateOf(teacher.owner.id, here)).toMatchObject(change.taught(number));
      expect((await standings(home)).get(`Film ${number}`)).toEqual(change.known(number));
      const about = (await journalOf(home)).filter((entry) => entry.subject.includes(`Film ${number} `));
      expect(about[0]?.state).toBe('confirmed');
      expect(about.filter((entry) => entry.state === 'intended' || entry.state === 'unconfirmed')).toEqual([]);
      expect(about.filter((entry) => entry.state === 'confirmed')).toHaveLength(1);
      await home.stop();
    });
  });
}
