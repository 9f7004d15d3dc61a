import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AppErrorCode } from '#kernel/app-error.ts';
import type { FakeMood, FakeMoodOptions } from './media-server.fake.ts';
import type { MediaServer } from './media-server.port.ts';
import { libraryOf, type MediaServerBench, MOVIE, options, WATCHED_AT } from './media-server-bench.contract.ts';
import type { ItemPage, UpstreamLibrary } from './upstream-item.ts';

/** Longer than the fake's slowness would be fine for a person, and too short for it: the call's own deadline ends it. */
const DEADLINE_MS = 600;

type BadMood = Readonly<{ mood: FakeMood; code: AppErrorCode; how?: FakeMoodOptions }>;
const BAD_MOODS: readonly BadMood[] = [
  { mood: 'unauthorized', code: 'upstream-unauthorized' },
  { mood: 'rate-limited', code: 'upstream-rate-limited', how: { retryAfterS: 3_600 } },
  { mood: 'server-error', code: 'upstream-rejected' },
  { mood: 'html', code: 'upstream-unreadable' },
  { mood: 'truncated', code: 'upstream-unreadable' },
  { mood: 'slow', code: 'upstream-timeout', how: { delayMs: 5_000 } },
];

/** However the server misbehaves: the right code, never an empty answer, and recovery by itself. */
export function describeMoodContract(name: string, open: () => Promise<MediaServerBench>): void {
  describe(`${name} in a bad mood`, () => {
    let bench: MediaServerBench;
    let server: MediaServer;
    let library: UpstreamLibrary;
    let item: string;
    const connect = (timeoutMs?: number): MediaServer =>
      bench.driver.connect({ ...bench.connection(bench.fake.owner), ...(timeoutMs !== undefined && { timeoutMs }) });

    beforeEach(async () => {
      bench = await open();
      const libraryId = bench.fake.addLibrary({ name: 'Films', kind: 'movies' });
      for (const n of [1, 2, 3, 4]) bench.fake.addTitle(libraryId, { ...MOVIE, title: `Film ${n}`, ids: { tmdb: String(n) } });
      item = bench.fake.addTitle(libraryId, MOVIE);
      server = connect();
      library = await libraryOf(server, libraryId);
    });
    afterEach(() => bench.close());

    async function readUntilItFails(reader: MediaServer): Promise<{ pages: ItemPage[]; error: unknown }> {
      const pages: ItemPage[] = [];
      try {
        for await (const page of reader.readLibrary(library, { ...options(), pageSize: 2 })) pages.push(page);
      } catch (error) {
        return { pages, error };
      }
      return { pages, error: undefined };
    }

    it.each(BAD_MOODS)('$mood is $code for every read', async ({ mood, code, how }) => {
      const hasty = mood === 'slow' ? connect(DEADLINE_MS) : server;
      bench.fake.setMood(mood, how);
      const refused = { code };
      await Promise.all([
        expect(hasty.listLibraries(options())).rejects.toMatchObject(refused),
        expect(hasty.listUsers(options())).rejects.toMatchObject(refused),
        expect(hasty.listSessions(options())).rejects.toMatchObject(refused),
        expect(hasty.readItem(item, options())).rejects.toMatchObject(refused),
        expect(hasty.identify(options())).rejects.toMatchObject(refused),
      ]);
      const { pages, error } = await readUntilItFails(hasty);
      expect(error).toMatchObject(refused);
      expect(pages).toEqual([]);
    });

    it('a reset connection is upstream-unreachable', async () => {
      bench.fake.setMood('reset');
      await expect(server.readItem(item, options())).rejects.toMatchObject({ code: 'upstream-unreachable' });
    });

    it('a server that is gone is upstream-unreachable', async () => {
      await bench.fake.close();
      await expect(server.listLibraries(options())).rejects.toMatchObject({ code: 'upstream-unreachable' });
    });

    it('a page that fails in the middle ends the read with its fault, after the pages that came', async () => {
      bench.fake.setMood('page-fails');
      const { pages, error } = await readUntilItFails(server);
      expect(error).toMatchObject({ code: 'upstream-rejected' });
      expect(pages.flatMap((page) => page.items)).toHaveLength(2);
    });

    it('a library that comes back shorter than its own count is unreadable, not short', async () => {
      bench.fake.setMood('short-library');
      const { pages, error } = await readUntilItFails(server);
      expect(error).toMatchObject({ code: 'upstream-unreadable' });
      expect(pages.flatMap((page) => page.items)).toHaveLength(2);
    });

    it('a change whose answer never comes is a timeout, and was carried out', async () => {
      const hasty = connect(DEADLINE_MS);
      await hasty.readItem(item, options());
      bench.fake.setMood('late');
      await expect(hasty.markPlayed(item, { ...options(), at: WATCHED_AT })).rejects.toMatchObject({ code: 'upstream-timeout' });
      expect(bench.fake.stateOf(bench.fake.owner.id, item)).toMatchObject({ played: true, playCount: 1 });
    });

    it('a refused change is an error and changes nothing', async () => {
      bench.fake.setMood('server-error');
      await expect(server.markPlayed(item, { ...options(), at: WATCHED_AT })).rejects.toMatchObject({ code: 'upstream-rejected' });
      expect(bench.fake.stateOf(bench.fake.owner.id, item)).toMatchObject({ played: false, playCount: 0 });
    });

    it('a change is sent once, however the server answers', async () => {
      bench.fake.setMood('reset');
      bench.fake.forgetCalls();
      await expect(server.markPlayed(item, { ...options(), at: WATCHED_AT })).rejects.toMatchObject({ code: 'upstream-unreachable' });
      const marks = bench.fake.calls.filter(({ path, query }) => [...path.split('/'), ...Object.values(query)].includes(item));
      expect(marks).toHaveLength(1);
    });

    it('the caller’s own signal ends the call', async () => {
      bench.fake.setMood('slow', { delayMs: 5_000 });
      const started = Date.now();
      await expect(server.readItem(item, { signal: AbortSignal.timeout(200) })).rejects.toThrow();
      expect(Date.now() - started).toBeLessThan(2_000);
    });

    it('is over when the server has recovered', async () => {
      bench.fake.setMood('server-error', { times: 1 });
      await expect(server.readItem(item, options())).rejects.toMatchObject({ code: 'upstream-rejected' });
      expect(await server.readItem(item, options())).toMatchObject({ upstreamId: item });
    });
  });
}
