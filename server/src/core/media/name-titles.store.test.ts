import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MediaId, serverId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createMediaGraph, type MediaGraphDeps } from './media-graph.ts';
import type { NamedTitle } from './name-titles.ts';

const PLEX = serverId(1);
const peaks = { title: 'Twin Peaks', ids: { tvdb: '70533' } };
const episode = (season: number, number: number, ids = {}): NamedTitle => ({
  kind: 'episode',
  title: `Part ${number}`,
  ids,
  show: peaks,
  season,
  episode: number,
});
const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };

describe.each(DATABASES)('titles that are named without a copy, on %s', (kind) => {
  let opened: TestDatabase;
  const clock = { now: () => 1_000 };
  const merged: unknown[] = [];
  const deps: MediaGraphDeps = { clock, onMerged: async (pairs) => void merged.push(...pairs) };
  const know = (...titles: NamedTitle[]) => opened.database.transaction((handle) => createMediaGraph(handle, deps).know(titles));
  const graph = () => createMediaGraph(opened.database, deps);

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
  });
  afterAll(() => opened.close());

  it('are known by their ids, and by series and number, and are made once', async () => {
    const titles: NamedTitle[] = [
      { kind: 'movie', title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' } },
      episode(1, 1, { tvdb: '127131' }),
      episode(1, 2),
    ];
    const first = await know(...titles);
    expect(first.map(({ mediaId, reason }) => [typeof mediaId, reason])).toEqual([
      ['number', undefined],
      ['number', undefined],
      ['number', undefined],
    ]);
    expect(new Set(first.map(({ mediaId }) => mediaId)).size).toBe(3);
    expect(await know(...titles.toReversed())).toEqual(first.toReversed());
    const [described] = await graph().get(first.slice(2).flatMap(({ mediaId }) => mediaId ?? []));
    expect(described).toMatchObject({ kind: 'episode', title: 'Part 2', season: 1, episode: 2, show: { title: 'Twin Peaks' } });
  });

  it('are the titles that servers list, whoever came first', async () => {
    const [named] = await know(episode(1, 3));
    const items = [
      { ...listed, upstreamId: 'e3', kind: 'episode' as const, title: 'Three', ids: {}, season: 1, episodes: [3] },
      { ...listed, upstreamId: 'e4', kind: 'episode' as const, title: 'Four', ids: { tvdb: '44' }, season: 1, episodes: [4] },
    ].map((item) => ({ ...item, show: { upstreamId: 's', ...peaks } }));
    const [three, four] = await opened.database.transaction((handle) => createMediaGraph(handle, deps).ingest(PLEX, items));
    expect(three?.mediaIds).toEqual([named?.mediaId]);
    expect((await know(episode(1, 4)))[0]?.mediaId).toBe(four?.mediaIds[0]);
    expect((await know({ ...episode(9, 9, { tvdb: '44' }), show: { title: '?', ids: {} } }))[0]?.mediaId).toBe(four?.mediaIds[0]);
  });

  it('are refused with the reason where nothing or too much tells what they are', async () => {
    const [nothing] = await know({ kind: 'movie', title: 'Home video', ids: {} });
    expect(nothing?.mediaId).toBeUndefined();
    expect(nothing?.reason).toContain('no id of its own');
    await know(
      { kind: 'movie', title: 'A', year: 1990, ids: { imdb: 'tt91' } },
      { kind: 'movie', title: 'B', year: 2010, ids: { tmdb: '92' } },
    );
    const [both] = await know({ kind: 'movie', title: 'C', ids: { imdb: 'tt91', tmdb: '92' } });
    expect(both?.mediaId).toBeUndefined();
    expect(both?.reason).toContain('waits for a person');
    expect(await graph().openConflicts()).toBe(0);
  });

  it('join what only they know to be one title', async () => {
    const [one] = await know({ kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } });
    const [other] = await know({ kind: 'movie', title: 'Heat', year: 1995, ids: { tmdb: '949' } });
    expect(one?.mediaId).not.toBe(other?.mediaId);
    const [joined] = await know({ kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277', tmdb: '949' } });
    expect(joined?.mediaId).toBe(one?.mediaId);
    expect(merged).toHaveLength(1);
    expect((await graph().lasting([other?.mediaId].flatMap((id) => id ?? []))).get(other?.mediaId ?? 0)).toBe(one?.mediaId);
  });

  it('claim no number that means another episode already', async () => {
    const item = { ...listed, upstreamId: 'e5', kind: 'episode' as const, title: 'Five', ids: {}, season: 1, episodes: [5] };
    const show = { upstreamId: 's', ...peaks };
    await know(episode(1, 5, { tvdb: '55' }));
    const [copy] = await opened.database.transaction((handle) => createMediaGraph(handle, deps).ingest(PLEX, [{ ...item, show }]));
    await know(episode(1, 5, { tvdb: '56' }));
    expect((await graph().copiesOnServer(PLEX, ['e5']))[0]?.mediaIds).toEqual(copy?.mediaIds);
    expect(await graph().openConflicts()).toBe(0);
    expect((await know(episode(1, 5)))[0]?.mediaId).toBe(copy?.mediaIds[0]);
  });

  it('carry the name of a series that has no ids', async () => {
    const [title] = await know({ ...episode(1, 7, { tvdb: '77' }), show: { title: 'Lost Tapes', ids: {} } });
    const [described] = await graph().get([title?.mediaId].flatMap((id) => id ?? []));
    expect(described?.title).toBe('Lost Tapes: Part 7');
  });

  it('may be series, which an episode that comes later belongs to', async () => {
    const [named, nothing] = await know(
      { kind: 'show', title: 'The Wire', year: 2002, ids: { tvdb: '79126', tmdb: '1438' } },
      { kind: 'show', title: 'Nobody knows', ids: {} },
    );
    expect(nothing).toEqual({ reason: expect.stringContaining('none was told') });
    const item = { ...listed, upstreamId: 'w1', kind: 'episode' as const, title: 'The Target', ids: {}, season: 1, episodes: [1] };
    const show = { upstreamId: 'w', title: 'The Wire', ids: { tmdb: '1438' } };
    const [copy] = await opened.database.transaction((handle) => createMediaGraph(handle, deps).ingest(PLEX, [{ ...item, show }]));
    const [target] = await graph().get(copy?.mediaIds ?? []);
    expect(target?.show).toEqual({ id: named?.mediaId, title: 'The Wire', year: 2002, ids: { tvdb: '79126', tmdb: '1438' } });
  });

  it('of which only ids are told get the name of whoever tells one first', async () => {
    const [film, series] = await know(
      { kind: 'movie', title: '', ids: { tmdb: '603' } },
      { kind: 'show', title: '', ids: { tmdb: '1396' } },
    );
    const ids = [film?.mediaId, series?.mediaId].flatMap((id) => id ?? []);
    expect((await graph().get(ids)).map(({ title }) => title)).toEqual(['', '']);
    const [copy] = await opened.database.transaction((handle) =>
      createMediaGraph(handle, deps).ingest(PLEX, [
        { ...listed, upstreamId: 'm', kind: 'movie', title: 'The Matrix', year: 1999, ids: { tmdb: '603', imdb: 'tt0133093' } },
        {
          ...listed,
          upstreamId: 'b1',
          kind: 'episode',
          title: 'Pilot',
          ids: {},
          season: 1,
          episodes: [1],
          show: { upstreamId: 'b', title: 'Breaking Bad', year: 2008, ids: { tmdb: '1396' } },
        },
      ]),
    );
    expect(copy?.mediaIds).toEqual([film?.mediaId]);
    expect((await graph().get(ids)).map(({ title, year }) => [title, year])).toEqual([
      ['The Matrix', 1999],
      ['Breaking Bad', 2008],
    ]);
    await know({ kind: 'movie', title: 'Matrix', ids: { tmdb: '603' } });
    expect((await graph().get(ids))[0]?.title).toBe('The Matrix');
  });

  it('take the name of the entry that they turn out to be, whichever is older', async () => {
    const [nameless] = await know({ kind: 'movie', title: '', ids: { tmdb: '348' } });
    await know({ kind: 'movie', title: 'Alien 3', year: 1992, ids: { imdb: 'tt0103644' } });
    await know({ kind: 'movie', title: '', ids: { tmdb: '348', imdb: 'tt0103644' } });
    const [joined] = await graph().get([nameless?.mediaId].flatMap((id) => id ?? []));
    expect(joined).toMatchObject({ id: nameless?.mediaId, title: 'Alien 3', year: 1992 });
    const [other, second] = await know(
      { kind: 'movie', title: '', ids: { tmdb: '8077' } },
      { kind: 'movie', title: 'Alien Resurrection', ids: { imdb: 'tt0118583' } },
    );
    const [into, from] = [other, second].flatMap((one) => one?.mediaId ?? []) as [MediaId, MediaId];
    await opened.database.transaction((handle) => createMediaGraph(handle, deps).merge(from, into, 'test'));
    expect((await graph().get([into]))[0]?.title).toBe('Alien Resurrection');
  });
});
