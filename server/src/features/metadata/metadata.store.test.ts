import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMediaGraph, createTitleFacts, type MediaGraph, type NamedTitle } from '#core/media/index.ts';
import type { MetadataSource, MetadataSourceConnection, SourceTitle } from '#core/upstreams/index.ts';
import { createLists } from '#core/viewing/index.ts';
import { AppError } from '#kernel/app-error.ts';
import { type MediaId, personId } from '#kernel/ids.ts';
import { days, hours, minutes } from '#kernel/instant.ts';
import type { JobQueue, NewJob } from '#platform/jobs/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { metadataSettingsOf } from './metadata.settings.ts';
import { createMetadata, type Metadata } from './metadata.ts';

const CHOICES = metadataSettingsOf('oracle', 'the Oracle');
const signal = new AbortController().signal;

/** A catalogue in memory that answers, or does not, as it is told. */
function createOracle() {
  const titles = new Map<string, SourceTitle>();
  const calls: string[] = [];
  let fault: ((call: string) => AppError | undefined) | undefined;
  const connections: MetadataSourceConnection[] = [];

  function connect(connection: MetadataSourceConnection): MetadataSource {
    connections.push(connection);
    const ask = async <T>(call: string, answer: () => T): Promise<T> => {
      calls.push(call);
      connection.onCall?.();
      const thrown = fault?.(call);
      if (thrown) throw thrown;
      return answer();
    };
    return {
      vendor: 'oracle',
      finds: { movie: ['oracle', 'imdb'], show: ['oracle', 'imdb', 'tvdb'] },
      identify: () => ask('identify', () => undefined),
      find: ({ kind, provider, value }) =>
        ask(`find ${kind} ${provider} ${value}`, () =>
          [...titles.values()].find((title) => title.kind === kind && title.ids[provider] === value),
        ),
      read: ({ kind, id }) => ask(`read ${kind} ${id}`, () => titles.get(`${kind} ${id}`)),
      search: async ({ kind, text }) =>
        ask('search', () => {
          const hits = [...titles.values()].filter((title) => title.kind === kind && title.title.includes(text));
          return { hits, page: 1, pages: 1, total: hits.length };
        }),
      readPicture: async () => undefined,
    };
  }

  return {
    driver: { vendor: 'oracle', connect, close: async () => undefined },
    calls,
    connections,
    add: (title: Omit<SourceTitle, 'facts'> & Partial<SourceTitle>) =>
      void titles.set(`${title.kind} ${title.id}`, { facts: {}, ...title }),
    remove: (kind: string, id: string) => void titles.delete(`${kind} ${id}`),
    failWith: (how: typeof fault) => {
      fault = how;
    },
    reset() {
      titles.clear();
      calls.length = 0;
      connections.length = 0;
      fault = undefined;
    },
  };
}

describe.each(DATABASES)('what is missing is asked of a source, on %s', (kind) => {
  let opened: TestDatabase;
  let now = Date.parse('2026-06-15T12:00:00Z');
  const clock = { now: () => now };
  const oracle = createOracle();
  const values = new Map<string, unknown>();
  const settings = {
    get: async <T>({ key, default: byDefault }: Readonly<{ key: string; default: T }>) => (values.get(key) ?? byDefault) as T,
  };
  const queued: NewJob[] = [];
  const merged: unknown[] = [];
  let metadata: Metadata;
  const logged: string[] = [];
  const run = (more: Readonly<{ signal?: AbortSignal; breathe?: () => Promise<void> }> = {}) => ({
    signal,
    log: (_level: string, text: string) => void logged.push(text),
    progress: () => undefined,
    breathe: async () => undefined,
    ...more,
  });
  const facts = () => createTitleFacts({ database: opened.database, clock });
  const graphOn = (handle: Parameters<typeof createMediaGraph>[0]): MediaGraph =>
    createMediaGraph(handle, { clock, onMerged: async (pairs) => void merged.push(...pairs) });
  const fresh = (): Metadata =>
    createMetadata({
      database: opened.database,
      clock,
      settings,
      definitions: CHOICES,
      driver: oracle.driver,
      facts: facts(),
      jobs: { enqueue: async (job: NewJob) => void queued.push(job) } as unknown as JobQueue,
      graphOn,
    });

  /** Somebody has it on a list. */
  async function track(title: NamedTitle | Readonly<{ show: { title: string; ids: Record<string, string> } }>): Promise<MediaId> {
    return opened.database.transaction(async (handle) => {
      const [known] = 'kind' in title ? await graphOn(handle).know([title]) : await graphOn(handle).knowShows([title.show]);
      const media = known?.mediaId as MediaId;
      await createLists(handle).put(personId(1), [{ mediaId: media, list: 'watching', since: now, changedAt: now }]);
      return media;
    });
  }
  const heat = { kind: 'movie' as const, title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } };
  const HEAT = { kind: 'movie' as const, id: '949', title: 'Heat', ids: { oracle: '949', imdb: 'tt0113277' } };
  const lost = { show: { title: 'Lost', ids: { tvdb: '73739' } } };
  const LOST = { kind: 'show' as const, id: '4607', title: 'Lost', ids: { oracle: '4607', tvdb: '73739', imdb: 'tt0411008' } };
  const down = (): AppError => new AppError('upstream-unreachable', 'Nothing answers.');

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    const tables = [
      'media',
      'external_id',
      'coordinate',
      'list_entry',
      'title_fact',
      'episode_fact',
      'metadata_check',
      'metadata_day',
      'media_merge',
    ];
    for (const table of tables) await opened.database.tables<Record<string, never>>().deleteFrom(table).execute();
    oracle.reset();
    now = Date.parse('2026-06-15T12:00:00Z');
    values.clear();
    values.set(CHOICES.key.key, 'secret');
    queued.length = 0;
    merged.length = 0;
    logged.length = 0;
    metadata = fresh();
  });

  it('asks nobody anything without a key', async () => {
    values.delete(CHOICES.key.key);
    await track(heat);
    expect(await metadata.fillIn(run())).toMatchObject({ due: 0, stopped: 'There is no key for oracle.' });
    expect(await metadata.verify({ kind: 'movie', ids: heat.ids })).toBe('unavailable');
    expect(await metadata.search({ kind: 'movie', text: 'Heat' }, signal)).toBeUndefined();
    await metadata.wanted([await track(heat)]);
    await expect(metadata.check(signal)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('metadata.oracle-key'),
    });
    expect([oracle.connections, queued]).toEqual([[], []]);
  });

  it('tells of titles that somebody tracks, and leaves the others alone', async () => {
    oracle.add({ ...HEAT, facts: { runtimeMs: minutes(170), status: 'released', releasedOn: '1995-12-15' } });
    oracle.add({ ...LOST, facts: { status: 'ended' }, episodes: [{ season: 1, number: 1 }], complete: true });
    const movie = await track(heat);
    const show = await track(lost);
    await opened.database.transaction((handle) => graphOn(handle).know([{ kind: 'movie', title: 'Alien', ids: { imdb: 'tt0078748' } }]));
    expect(await metadata.fillIn(run())).toEqual({ due: 2, told: 2, unknown: 0, failed: 0 });
    expect((await facts().of([movie])).get(movie)).toMatchObject({ runtimeMs: minutes(170), sources: ['oracle'] });
    expect((await facts().episodesOf([show])).get(show)).toMatchObject({ complete: true, episodes: [{ season: 1, number: 1 }] });
    expect(oracle.calls.join()).not.toContain('tt0078748');
  });

  it('asks about the show of an episode that somebody watched', async () => {
    oracle.add(LOST);
    const episode = { kind: 'episode' as const, title: 'Pilot', ids: {}, show: lost.show, season: 1, episode: 1 };
    await opened.database.transaction(async (handle) => {
      const [known] = await graphOn(handle).know([episode]);
      const row = {
        person_id: 1,
        media_id: known?.mediaId ?? 0,
        watched: 1,
        changed_at: now,
        position_ms: 0,
        created_at: now,
        updated_at: now,
      };
      await handle.tables<{ viewing: typeof row }>().insertInto('viewing').values(row).execute();
    });
    expect(await metadata.fillIn(run())).toMatchObject({ due: 1, told: 1 });
    expect(oracle.calls).toEqual(['find show tvdb 73739', 'read show 4607']);
    await opened.database.tables<{ viewing: object }>().deleteFrom('viewing').execute();
  });

  it('asks again when it is due, and not before: after a day of what is on the air, after months of what has ended', async () => {
    oracle.add({ ...HEAT, facts: { status: 'released', releasedOn: '1995-12-15' } });
    oracle.add({ ...LOST, facts: { status: 'airing' } });
    await track(heat);
    await track(lost);
    await metadata.fillIn(run());
    oracle.calls.length = 0;
    expect(await metadata.fillIn(run())).toMatchObject({ due: 0 });
    now += days(1.2);
    expect(await metadata.fillIn(run())).toMatchObject({ due: 1, told: 1 });
    // By the ids that the source told the first time.
    expect(oracle.calls).toEqual(['find show imdb tt0411008', 'read show 4607']);
    now += days(100);
    expect(await metadata.fillIn(run())).toMatchObject({ due: 2 });
  });

  it('lets the ids that the source tells be known, so that two entries of one title become one', async () => {
    oracle.add(LOST);
    const show = await track(lost);
    const other = await track({ show: { title: 'Lost', ids: { imdb: 'tt0411008' } } });
    await metadata.fillIn(run());
    const graph = createMediaGraph(opened.database, { clock });
    expect((await graph.describe([other])).get(other)).toMatchObject({
      id: Math.min(show, other),
      ids: { tvdb: '73739', imdb: 'tt0411008' },
    });
    expect(merged).toHaveLength(1);
  });

  it('does not believe what has as many ids against it as for it', async () => {
    oracle.add({ ...HEAT, ids: { oracle: '949', imdb: 'tt9999999', tvdb: '5' } });
    const movie = await track({ ...heat, ids: { imdb: 'tt9999999', tvdb: '6' } });
    expect(await metadata.fillIn(run())).toMatchObject({ told: 0, unknown: 1 });
    expect((await facts().of([movie])).get(movie)?.sources).toEqual([]);
    expect((await metadata.standing()).titles).toMatchObject({ doubtful: 1, told: 0 });
  });

  it('remembers that the source does not know a title, and that there is nothing to ask by', async () => {
    await track(heat);
    await track({ kind: 'movie', title: 'Home', ids: { youtube: 'abc' } });
    expect(await metadata.fillIn(run())).toMatchObject({ due: 2, unknown: 2 });
    expect(oracle.calls).toEqual(['find movie imdb tt0113277']);
    expect((await metadata.standing()).titles).toEqual({ told: 0, unknown: 1, doubtful: 0, 'no-ids': 1, failed: 0 });
    expect(await metadata.fillIn(run())).toMatchObject({ due: 0 });
  });

  it('goes on after a fault of one title, and tries that one again after growing pauses', async () => {
    oracle.add(HEAT);
    oracle.add(LOST);
    oracle.failWith((call) => (call.includes('movie') ? new AppError('upstream-unreadable', 'Oracle: JSON that breaks off.') : undefined));
    await track(heat);
    await track(lost);
    expect(await metadata.fillIn(run())).toMatchObject({ told: 1, failed: 1 });
    expect(logged).toEqual(['Heat: Oracle: JSON that breaks off.']);
    expect((await metadata.standing()).failed).toMatchObject([{ title: 'Heat', fault: 'Oracle: JSON that breaks off.' }]);
    expect(await metadata.fillIn(run())).toMatchObject({ due: 0 });
    now += hours(1.2);
    expect(await metadata.fillIn(run())).toMatchObject({ due: 1, failed: 1 });
    now += hours(3);
    expect(await metadata.fillIn(run())).toMatchObject({ due: 0 });
    oracle.failWith(undefined);
    now += hours(2);
    expect(await metadata.fillIn(run())).toMatchObject({ due: 1, told: 1 });
    expect((await metadata.standing()).failed).toEqual([]);
  });

  it.each([
    ['upstream-unauthorized' as const, undefined],
    ['upstream-rate-limited' as const, hours(1)],
  ])('stops at %s, blames no title for it, and asks about all of them next time', async (code, retryAfterMs) => {
    for (let number = 1; number <= 30; number += 1) await track({ ...heat, title: `M${number}`, ids: { imdb: `tt${number}` } });
    oracle.failWith(() => new AppError(code, 'Refused.', { ...(retryAfterMs !== undefined && { retryAfterMs }) }));
    await expect(metadata.fillIn(run())).rejects.toMatchObject({ code, message: expect.stringContaining('next run') });
    expect(oracle.calls.length).toBe(20);
    expect((await metadata.standing()).titles.failed).toBe(0);
    expect((await metadata.standing()).due).toBe(30);
  });

  it('waits as long as it is asked to, and goes on', async () => {
    oracle.add(HEAT);
    await track(heat);
    let refusals = 0;
    oracle.failWith(() => {
      refusals += 1;
      return refusals === 1 ? new AppError('upstream-rate-limited', 'Slow down.', { retryAfterMs: 5 }) : undefined;
    });
    expect(await metadata.fillIn(run())).toMatchObject({ told: 1 });
  });

  it('gives up on a source that is down, instead of asking about every title', async () => {
    for (let number = 1; number <= 50; number += 1) await track({ ...heat, title: `M${number}`, ids: { imdb: `tt${number}` } });
    oracle.failWith(down);
    await expect(metadata.fillIn(run())).rejects.toMatchObject({ code: 'upstream-unreachable' });
    expect(oracle.calls.length).toBe(20);
  });

  it('asks no more in a day than it may, and goes on the next day', async () => {
    values.set(CHOICES.callsADay.key, 30);
    for (let number = 1; number <= 50; number += 1) await track({ ...heat, title: `M${number}`, ids: { imdb: `tt${number}` } });
    expect(await metadata.fillIn(run())).toEqual({
      due: 50,
      told: 0,
      unknown: 30,
      failed: 0,
      stopped: 'The calls of this day are used up.',
    });
    expect(await metadata.fillIn(run())).toMatchObject({ due: 20, unknown: 0, stopped: 'The calls of this day are used up.' });
    expect(await metadata.verify({ kind: 'movie', ids: { imdb: 'tt99' } })).toBe('unavailable');
    expect(await metadata.search({ kind: 'movie', text: 'M' }, signal)).toBeUndefined();
    expect(await metadata.standing()).toMatchObject({ callsToday: 30, callsADay: 30, due: 20 });
    expect(oracle.calls).toHaveLength(30);
    now += days(1);
    expect(await metadata.fillIn(run())).toEqual({ due: 20, told: 0, unknown: 20, failed: 0 });
    expect((await metadata.standing()).callsToday).toBe(20);
  });

  it('survives its own end: what was asked about is not asked about again', async () => {
    for (let number = 1; number <= 50; number += 1) await track({ ...heat, title: `M${number}`, ids: { imdb: `tt${number}` } });
    let batches = 0;
    const dies = async (): Promise<void> => {
      batches += 1;
      if (batches === 3) throw new Error('the process ended');
    };
    await expect(metadata.fillIn(run({ breathe: dies }))).rejects.toThrow('the process ended');
    oracle.calls.length = 0;
    expect(await fresh().fillIn(run())).toMatchObject({ due: 10, unknown: 10 });
    expect(oracle.calls).toHaveLength(10);
  });

  it('ends when it is called off', async () => {
    await track(heat);
    const caller = new AbortController();
    oracle.failWith(() => {
      caller.abort(new Error('stopped'));
      return down();
    });
    await expect(metadata.fillIn(run({ signal: caller.signal }))).rejects.toThrow('stopped');
    expect((await metadata.standing()).titles.failed).toBe(0);
  });

  it('is asked soon about what somebody has just begun, where that is due', async () => {
    oracle.add(HEAT);
    const movie = await track(heat);
    await metadata.wanted([movie]);
    expect(queued).toEqual([{ name: 'metadata:wanted', lane: 'bulk', payload: { works: [movie] } }]);
    await metadata.fillIn(run());
    await metadata.wanted([movie]);
    expect(queued).toHaveLength(1);
  });

  it('verifies ids, keeps the word for a while, and never makes a caller wait for a source that is down', async () => {
    oracle.add(HEAT);
    const verify = (imdb: string) => metadata.verify({ kind: 'movie', ids: { imdb } });
    expect([await verify('tt0113277'), await verify('tt1'), await verify('tt0113277')]).toEqual(['known', 'unknown', 'known']);
    expect(oracle.calls).toHaveLength(2);
    expect(await metadata.verify({ kind: 'show', ids: { imdb: 'tt0113277' } })).toBe('unknown');
    expect(await metadata.nameOf({ kind: 'movie', ids: { imdb: 'tt0113277' } })).toMatchObject({ title: 'Heat' });
    expect(await metadata.nameOf({ kind: 'movie', ids: { imdb: 'tt1' } })).toBeUndefined();
    expect(await metadata.verify({ kind: 'movie', ids: { mal: '1' } })).toBe('unavailable');
    now += minutes(11);
    oracle.add({ ...HEAT, id: '1', ids: { oracle: '1', imdb: 'tt1' } });
    expect(await verify('tt1')).toBe('known');
    oracle.failWith(down);
    oracle.calls.length = 0;
    expect([await verify('tt2'), await verify('tt3'), await verify('tt0113277')]).toEqual(['unavailable', 'unavailable', 'known']);
    expect(oracle.calls).toHaveLength(1);
    oracle.failWith(undefined);
    now += minutes(2);
    expect(await verify('tt2')).toBe('unknown');
  });

  it('takes another id where the first is not known, and a new key at once', async () => {
    oracle.add(LOST);
    await track({ show: { title: 'Lost', ids: { imdb: 'tt7', tvdb: '73739' } } });
    await metadata.fillIn(run());
    expect(oracle.calls).toEqual(['find show imdb tt7', 'find show tvdb 73739', 'read show 4607']);
    values.set(CHOICES.key.key, 'another');
    await metadata.check(signal);
    expect(oracle.connections.map(({ key }) => key)).toEqual(['secret', 'another']);
  });

  it('forgets what the source told, and asks for it again', async () => {
    oracle.add({ ...HEAT, facts: { overview: 'A thief.' } });
    const movie = await track(heat);
    await metadata.fillIn(run());
    await metadata.forget();
    expect((await facts().of([movie])).get(movie)?.overview).toBeUndefined();
    expect(await metadata.fillIn(run())).toMatchObject({ due: 1, told: 1 });
  });
});
