import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FakeMediaServer, FakeMood, FakeMoodOptions } from '#core/upstreams/media-server.fake.ts';
import type { AppErrorCode } from '#kernel/app-error.ts';
import { eventually, type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';
import { journalOf, runTask, settled, standings } from './standing.ts';

/** More than the client takes for all its tries, also on a busy machine. */
const PATIENCE_MS = 5_000;
const CALL_DEADLINE_MS = 1_000;
const DAY = 86_400_000;
const ADDED_AT = Date.UTC(2024, 0, 1);
const PLAYED_AT = Date.UTC(2024, 5, 1);
/** More than the smallest page that an account may ask for, so that there is a page in the middle. */
const TITLES = 310;
const PAGE = 300;
const WATCHED = 200;
const KINDS = ['plex', 'jellyfin', 'emby'] as const;

type Bad = Readonly<{ mood: FakeMood; code: AppErrorCode; how?: FakeMoodOptions; readsFail: boolean; changesFail: boolean }>;

const MOODS: readonly Bad[] = [
  { mood: 'unauthorized', code: 'upstream-unauthorized', readsFail: true, changesFail: true },
  { mood: 'rate-limited', code: 'upstream-rate-limited', how: { retryAfterS: 3_600 }, readsFail: true, changesFail: true },
  { mood: 'server-error', code: 'upstream-rejected', readsFail: true, changesFail: true },
  { mood: 'html', code: 'upstream-unreadable', readsFail: true, changesFail: true },
  { mood: 'truncated', code: 'upstream-unreadable', readsFail: true, changesFail: true },
  { mood: 'reset', code: 'upstream-unreachable', readsFail: true, changesFail: true },
  { mood: 'slow', code: 'upstream-timeout', how: { delayMs: 3_000 }, readsFail: true, changesFail: true },
  { mood: 'page-fails', code: 'upstream-rejected', readsFail: true, changesFail: false },
  { mood: 'short-library', code: 'upstream-unreadable', readsFail: true, changesFail: false },
  { mood: 'late', code: 'upstream-timeout', readsFail: false, changesFail: true },
];

describe.each(KINDS)('while %s misbehaves', (sick) => {
  const healthy = KINDS.filter((kind) => kind !== sick) as [ServerKind, ServerKind];
  let home: Household;
  const ids = new Map<ServerKind, string[]>();
  let next = WATCHED;

  const idOf = (kind: ServerKind, number: number): string => ids.get(kind)?.[number] ?? '';
  const stateOn = (kind: ServerKind, number: number) => home.fake(kind).stateOf(home.fake(kind).owner.id, idOf(kind, number));
  const healthOf = async (kind: ServerKind) => (await home.rooms.connections.list()).find((account) => account.name === kind)?.health;
  const unwatched = (kind: ServerKind): number[] => Array.from({ length: WATCHED }, (_, n) => n).filter((n) => !stateOn(kind, n).played);

  beforeAll(async () => {
    home = await startHousehold({ house: { patienceMs: PATIENCE_MS, callDeadlineMs: CALL_DEADLINE_MS } });
    for (const kind of KINDS) {
      ids.set(kind, fill(home.fake(kind)));
      await home.addBackend(kind, { options: { LIBRARY_SEGMENT: PAGE } });
    }
    await runTask(home, 'runImport');
    await settled(home);
  });
  afterAll(() => home.close());

  it.each(MOODS)(
    'as $mood: nothing is un-watched or lost, it says so, and recovers by itself',
    async ({ mood, code, how, readsFail, changesFail }) => {
      const [teacher, other] = healthy;
      const [toldByOther, seenThere] = [next, next + 1];
      next += 2;
      const marksBefore = (await journalOf(home)).length;
      home.fake(sick).setMood(mood, how);
      const played = home.fake(sick);
      played.setState(played.owner.id, idOf(sick, seenThere), { played: true, playCount: 1, lastPlayedAt: PLAYED_AT + DAY });
      await home.fake(teacher).finish(home.fake(teacher).owner.id, idOf(teacher, toldByOther), PLAYED_AT);

      if (readsFail) await expect(runTask(home, 'runImport')).rejects.toMatchObject({ code, message: expect.stringContaining(sick) });
      else await runTask(home, 'runImport');
      await eventually(() => expect(stateOn(other, toldByOther)).toMatchObject({ played: true, playCount: 1 }));
      await eventually(async () => expect(await healthOf(sick)).toMatchObject({ state: 'degraded', lastError: { code } }));
      expect((await healthOf(sick))?.lastError?.message).toMatch(/\S{3}/);
      for (const kind of healthy) expect(await healthOf(kind)).toMatchObject({ state: 'ok' });
      if (changesFail) await eventually(async () => expect(await failedFor(sick)).toBeGreaterThan(0));
      if (mood === 'late') await eventually(() => expect(stateOn(sick, toldByOther)).toMatchObject({ played: true, playCount: 1 }));
      for (const kind of KINDS) expect(unwatched(kind)).toEqual([]);
      expect([...(await standings(home)).values()].filter((standing) => standing.watched).length).toBeGreaterThanOrEqual(next - 2);
      // A server that is sick is not asked again and again.
      const callsSoFar = home.fake(sick).calls.length;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(home.fake(sick).calls.length - callsSoFar).toBeLessThan(12);

      home.fake(sick).setMood('fine');
      await runTask(home, 'runImport');
      await settled(home);
      expect(await healthOf(sick)).toMatchObject({ state: 'ok' });
      for (const kind of KINDS) {
        expect(unwatched(kind)).toEqual([]);
        for (const number of [toldByOther, seenThere])
          expect(stateOn(kind, number), `${kind} ${number}`).toMatchObject({ played: true, playCount: 1 });
      }
      const known = await standings(home);
      expect(known.get(`Film ${toldByOther}`)).toMatchObject({ watched: true, dates: [PLAYED_AT], plays: 1 });
      expect(known.get(`Film ${seenThere}`)).toMatchObject({ watched: true, dates: [PLAYED_AT + DAY], plays: 1 });
      expect([...known.values()].filter((standing) => standing.plays > 1)).toEqual([]);
      const since = (await journalOf(home)).slice(0, (await journalOf(home)).length - marksBefore);
      expect(since.filter((entry) => entry.state === 'intended')).toEqual([]);
    },
  );

  async function failedFor(kind: ServerKind): Promise<number> {
    const account = (await home.rooms.connections.list()).find((one) => one.name === kind);
    return account ? (await home.rooms.watchSync.pushStatus(account)).failed : 0;
  }
});

function fill(fake: FakeMediaServer): string[] {
  const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
  return Array.from({ length: TITLES }, (_, number) => {
    const id = fake.addTitle(movies, {
      kind: 'movie',
      title: `Film ${number}`,
      year: 2000,
      ids: { imdb: `tt${6_000_000 + number}` },
      addedAt: ADDED_AT,
      durationMs: 7_200_000,
    });
    if (number < WATCHED) fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt: PLAYED_AT });
    return id;
  });
}
