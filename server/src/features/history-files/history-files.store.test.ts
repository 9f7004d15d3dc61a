import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Actor } from '#core/access/index.ts';
import { createMediaGraph, createTitleClaims, createTitleNumbers } from '#core/media/index.ts';
import { createPeople, type People, type Person } from '#core/people/index.ts';
import { createViewingStore } from '#core/viewing/index.ts';
import { traktExport } from '#integrations/trakt/index.ts';
import type { PersonId } from '#kernel/ids.ts';
import type { Database } from '#platform/db/index.ts';
import { createJobs, type JobQueue } from '#platform/jobs/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import type { Memo, ToldPlayback } from './gather-records.ts';
import { createKeptTitles } from './history-files.store.ts';
import { createHistoryFiles, type HistoryFiles } from './history-files.ts';

const NOW = Date.UTC(2026, 0, 31);
const owner: Actor = { kind: 'login', id: '1', name: 'owner', role: 'owner', scopes: ['read', 'sync', 'write', 'admin', 'webhook'] };
const batman = { title: 'Batman Begins', year: 2005, ids: { imdb: 'tt0372784', tmdb: 272 } };
const southPark = { title: 'South Park', year: 1997, ids: { tvdb: 75_897, imdb: 'tt0121955' } };
const EXPORT = {
  'watched-history-1.json': [
    { watched_at: '2024-09-10T13:52:56.000Z', movie: batman },
    { watched_at: '2025-09-10T13:52:56.000Z', movie: batman },
    { watched_at: '2024-09-11T13:52:56.000Z', show: southPark, episode: { season: 1, number: 2, title: 'Volcano', ids: { tvdb: 5 } } },
    { watched_at: '2024-09-12T13:52:56.000Z', movie: { title: 'Nobody knows it', ids: { trakt: 5 } } },
  ],
  'ratings-shows.json': [{ rated_at: '2024-09-12T00:00:00.000Z', rating: 9, show: southPark }],
  'lists-watchlist.json': [{ listed_at: '2024-09-12T00:00:00.000Z', movie: { title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' } } }],
};

describe.each(DATABASES)('files of a history, on %s', (kind) => {
  let opened: TestDatabase;
  let folder: string;
  let jobs: JobQueue;
  let people: People;
  let files: HistoryFiles;
  let main: Person;
  const told: unknown[] = [];
  const notes = new Map<string, Memo>();
  let stops: readonly ToldPlayback[] = [];
  const taken: ToldPlayback[] = [];

  beforeEach(async () => {
    opened = await openTestDatabase(kind);
    folder = await mkdtemp(join(tmpdir(), 'usherr-files-'));
    const clock = { now: () => NOW };
    const { database } = opened;
    people = createPeople({ database, clock });
    [main] = (await people.list()) as [Person];
    jobs = createJobs({ db: database, clock: { now: () => Date.now() }, pollMs: 20 });
    told.length = 0;
    notes.clear();
    stops = [];
    taken.length = 0;
    files = createHistoryFiles({
      database,
      clock,
      jobs,
      people,
      dataDir: folder,
      readers: [traktExport],
      ask: () => ({
        claimsOn: (on: Database) =>
          createTitleClaims({
            database: on,
            numbers: createTitleNumbers({ database: on }),
            graphOn: (handle) => createMediaGraph(handle, { clock }),
          }),
        findFilm: async () => 'not-asked',
        unasked: () => 0,
      }),
      memos: {
        of: async (_handle, person, media) =>
          new Map(media.flatMap((id) => (notes.has(`${person} ${id}`) ? [[id, notes.get(`${person} ${id}`) as Memo]] : []))),
        put: async (_handle, person, memos) => {
          for (const [id, memo] of memos) notes.set(`${person} ${id}`, memo);
        },
      },
      playbacks: {
        of: async () => stops,
        put: async (_handle, _person, playbacks) => {
          taken.push(...playbacks);
          return playbacks.map((one) => one.mediaId);
        },
      },
      publish: async (_handle, topic, payload) => void told.push([topic, payload]),
      tellServers: async (person) => void told.push(['servers', person]),
    });
    files.registerJobs();
    await jobs.start();
  });
  afterEach(async () => {
    await jobs.stop(1_000);
    await opened.close();
    await rm(folder, { recursive: true, force: true });
  });

  const zip = (content: object) => [
    {
      name: 'trakt.zip',
      bytes: zipSync(
        Object.fromEntries(Object.entries(content).map(([name, value]) => [`export/${name}`, strToU8(JSON.stringify(value))])),
      ),
    },
  ];
  const ended = async (id: string) => {
    const job = await jobs.settled(id as never, AbortSignal.timeout(20_000));
    if (job.status !== 'completed') throw new Error(job.error?.message);
    return job.result as Record<string, unknown>;
  };
  const whole = async (person: Person, format: 'json' | 'csv'): Promise<string> => {
    let text = '';
    for await (const part of files.export(person, format, owner)) text += part;
    return text;
  };
  const titlesIn = (text: string): unknown => (JSON.parse(text) as { titles: unknown }).titles;

  it('are shown first and change nothing, then taken as shown, then nothing more', async () => {
    const { id } = await files.upload(zip(EXPORT), main, owner);
    const counts = { titles: 4, there: 0, plays: 3, marks: 2, positions: 0, lists: 1, ratings: 1, memos: 0, left_total: 1 };
    const shown = await ended(id);
    expect(shown).toMatchObject({ format: 'trakt', applied: false, ...counts });
    expect(shown.left).toEqual([expect.objectContaining({ title: 'Nobody knows it', place: 'export/watched-history-1.json, entry 4' })]);
    expect(titlesIn(await whole(main, 'json'))).toEqual([]);
    expect(told).toEqual([]);

    const taken = await ended((await files.apply(id, owner)).id);
    expect(taken).toMatchObject({ ...counts, applied: true });
    expect(told.at(-1)).toEqual(['servers', main.id]);
    expect(told[0]).toMatchObject(['viewing.changed', { personId: main.id, cause: { kind: 'restore' } }]);
    const kept = await whole(main, 'json');
    await expect(files.apply(id, owner)).rejects.toMatchObject({ code: 'not-found' });

    const again = await ended((await files.upload(zip(EXPORT), main, owner)).id);
    expect(again).toMatchObject({ there: 3, plays: 0, marks: 0, lists: 0, ratings: 0 });
    await ended((await files.apply((await files.upload(zip(EXPORT), main, owner)).id, owner)).id);
    expect(titlesIn(await whole(main, 'json'))).toEqual(titlesIn(kept));
  });

  it.each(['json', 'csv'] as const)('go out as %s and come back whole, for somebody else', async (format) => {
    await ended((await files.apply((await files.upload(zip(EXPORT), main, owner)).id, owner)).id);
    const [movie] = await createKeptTitles(opened.database, { now: () => NOW }).works(main.id, []);
    if (movie === undefined) expect.fail('nothing was taken');
    notes.set(`${main.id} ${movie}`, { text: '=once, "again"\nand again', isPrivate: false });
    const undated = { mediaId: movie, evidence: { how: 'manual', receivedAt: NOW } } as const;
    await opened.database.transaction((handle) => createViewingStore(handle).addPlays(main.id, [undated], NOW));
    const text = await whole(main, format);
    const anna = await people.create('anna');
    const shown = await files.upload([{ name: `history.${format}`, bytes: strToU8(text) }], anna, owner);
    await ended((await files.apply(shown.id, owner)).id);
    const [hers, his] = [await whole(anna, 'json'), await whole(main, 'json')].map(titlesIn);
    expect(hers).toEqual(his);
    expect(JSON.stringify(his)).toContain('again');
  });

  it.each(['json', 'csv'] as const)('tell as %s where an app stopped, and no later than now', async (format) => {
    await ended((await files.apply((await files.upload(zip(EXPORT), main, owner)).id, owner)).id);
    const [movie] = await createKeptTitles(opened.database, { now: () => NOW }).works(main.id, []);
    if (movie === undefined) expect.fail('nothing was taken');
    stops = [{ mediaId: movie, progress: 12.34, at: NOW + 5_000 }];
    const text = await whole(main, format);
    stops = [];
    const bytes = strToU8(text);
    const { id } = await files.upload([{ name: `history.${format}`, bytes }], await people.create('anna'), owner);
    expect(await ended((await files.apply(id, owner)).id)).toMatchObject({ positions: 1, left_total: 0 });
    expect(taken.at(-1)).toEqual({ mediaId: movie, progress: 12.34, at: NOW });
    expect(told.at(-2)).toMatchObject(['viewing.changed', { positions: [movie] }]);
  });

  it('tell of one title twice without either being lost', async () => {
    const days = ['2024-09-10T13:52:56.000Z', '2025-09-10T13:52:56.000Z'];
    const [first, second] = [{ imdb: 'tt0372784' }, { tmdb: '272' }].map((ids, at) => ({
      kind: 'movie',
      title: batman.title,
      year: batman.year,
      ids,
      watches: [{ at: days[at] }],
      standings: [{ watched: true, at: days[at] }],
      ...(at === 0 && { rating: { value: 8, at: days[0] } }),
    }));
    await ended((await files.apply((await files.upload(zip(EXPORT), main, owner)).id, owner)).id);
    const anna = await people.create('anna');
    const bytes = strToU8(JSON.stringify({ format: 'usherr.history', version: 1, titles: [first, second] }));
    const { id } = await files.upload([{ name: 'joined.json', bytes }], anna, owner);
    expect(await ended((await files.apply(id, owner)).id)).toMatchObject({ titles: 2, plays: 2, marks: 1, ratings: 1, left_total: 0 });
    expect(titlesIn(await whole(anna, 'json'))).toMatchObject([{ rating: { value: 8 }, watches: days.map((at) => ({ at })) }]);
  });

  it('that are large are read by the run alone, which says what is wrong with them', async () => {
    const lines = `title,movie,${'x'.repeat(1_000)},,,,,,,,,,\n`.repeat(4_500);
    const head = 'what,kind,title,year,ids,season,episode,episode_title,episode_ids,at,value,position_ms,position_at\n';
    const { id } = await files.upload([{ name: 'mine.csv', bytes: strToU8(`${head}${lines}"open`) }], main, owner);
    const job = await jobs.settled(id as never, AbortSignal.timeout(20_000));
    expect(job).toMatchObject({
      status: 'failed',
      error: { code: 'invalid', message: expect.stringContaining('mine.csv is no CSV file') },
    });
    expect(await readdir(join(folder, 'history-files'))).toEqual([]);
    await expect(files.upload([{ name: 'mine.csv', bytes: strToU8(`${head}"open`) }], main, owner)).rejects.toThrow('is no CSV file');
  });

  it('with years and times that are none are taken without them, on any database', async () => {
    const years = [99_999_999_999, -4.5, 0];
    const titles = years.map((year, at) => ({
      kind: 'movie',
      title: 'Odd',
      year,
      ids: { imdb: `tt900000${at}` },
      watches: [{ at: '9999-12-31T00:00:00Z' }],
      standings: [{ watched: false, position: { ms: 1e300 } }],
    }));
    const bytes = strToU8(JSON.stringify({ format: 'usherr.history', version: 1, titles }));
    const { id } = await files.upload([{ name: 'odd.json', bytes }], main, owner);
    expect(await ended((await files.apply(id, owner)).id)).toMatchObject({ titles: 3, plays: 3, positions: 0, left_total: 3 });
    expect(await whole(main, 'csv')).not.toMatch(/99999999999|-4\.5|e\+300/);
  });

  it('are kept for a week and no longer, where nobody takes them', async () => {
    const { id } = await files.upload(zip(EXPORT), main, owner);
    await ended(id);
    const [upload = ''] = await readdir(join(folder, 'history-files'));
    const age = async (days: number): Promise<number> => {
      const at = new Date(NOW - days * 86_400_000);
      await utimes(join(folder, 'history-files', upload), at, at);
      return files.prune();
    };
    expect(await age(6.9)).toBe(0);
    expect(await age(7.1)).toBe(1);
    await expect(files.apply(id, owner)).rejects.toMatchObject({ code: 'not-found' });
    expect(await files.prune()).toBe(0);
  });

  it('of somebody else are nobody’s business, and what is no history is refused at once', async () => {
    const anna = await people.create('anna');
    const bound: Actor = {
      kind: 'api-key',
      id: '2',
      name: 'hers',
      role: 'person',
      personId: anna.id as PersonId,
      scopes: ['read', 'write'],
    };
    await expect(files.upload(zip(EXPORT), main, bound)).rejects.toMatchObject({ code: 'forbidden' });
    expect(() => files.export(main, 'json', bound)).toThrow('may not act as another person');
    const { id } = await files.upload(zip(EXPORT), main, owner);
    await expect(files.apply(id, bound)).rejects.toMatchObject({ code: 'forbidden' });
    for (const [name, bytes] of [
      ['a.json', strToU8('{}')],
      ['a.zip', strToU8('PK\u0003\u0004 broken')],
      ['a.bin', new Uint8Array([1, 2, 3])],
    ] as const)
      await expect(files.upload([{ name, bytes }], main, owner)).rejects.toMatchObject({
        code: 'invalid',
        message: expect.stringMatching(/^file: /) as string,
      });
    await expect(files.upload([], main, owner)).rejects.toMatchObject({ code: 'invalid' });
    await expect(files.apply('nonsense' as never, owner)).rejects.toMatchObject({ code: 'not-found' });
  });
});
