import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { type CopyId, type MediaId, serverId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { mediaMigrations, tablesOf } from './media.schema.store.ts';
import { createMediaGraph, type MediaGraph, type MediaGraphDeps } from './media-graph.ts';
import { mediaOrderMigrations } from './media-order.schema.store.ts';

const PLEX = serverId(1);
const JELLYFIN = serverId(2);
const EMBY = serverId(3);

type Told = Partial<UpstreamItem> & { upstreamId: string };
const item = (told: Told): UpstreamItem => ({
  libraryId: '1',
  kind: 'movie',
  title: 'Heat',
  ids: {},
  files: [{ path: `/films/Heat (1995)/${told.upstreamId}.mkv`, size: 7, resolution: '1080' }],
  genres: [],
  state: { played: false, positionMs: 0 },
  ...told,
});
const LOST = { upstreamId: 's', title: 'Lost', year: 2004, ids: { tvdb: '73739' } };
const episode = (upstreamId: string, season: number, number: number, ids = {}, show: UpstreamItem['show'] = LOST): UpstreamItem =>
  item({ upstreamId, kind: 'episode', title: `Episode ${number}`, season, episodes: [number], ids, ...(show && { show }) });

describe.each(DATABASES)('the media graph on %s', (kind) => {
  let opened: TestDatabase;
  let now = 1_000;
  const graphOf = (deps: Partial<MediaGraphDeps> = {}): MediaGraph =>
    createMediaGraph(opened.database, { clock: { now: () => now }, ...deps });
  const put = async (server: typeof PLEX, ...items: UpstreamItem[]) =>
    opened.database.transaction((handle) => createMediaGraph(handle, { clock: { now: () => now } }).ingest(server, items));
  const one = async (server: typeof PLEX, told: UpstreamItem): Promise<MediaId | undefined> => (await put(server, told))[0]?.mediaIds[0];
  const open = async () => graphOf().conflicts();

  beforeAll(async () => {
    opened = await openTestDatabase(kind, [...mediaMigrations, ...mediaOrderMigrations]);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    now = 1_000;
    const db = tablesOf(opened.database);
    for (const table of [
      'media',
      'external_id',
      'coordinate',
      'copy',
      'copy_media',
      'server_show',
      'media_conflict',
      'media_merge',
      'media_apart',
    ] as const) {
      await db.deleteFrom(table).execute();
    }
  });

  it('leaves out a number that no database keeps, and takes the title and those beside it', async () => {
    const dated = 20_240_115_083_000;
    const copies = await put(
      PLEX,
      item({ upstreamId: 'odd', title: 'Odd', year: 99_999_999_999, ids: { imdb: 'tt0000001' } }),
      episode('dated', 2_024, dated, { tvdb: '900001' }, { ...LOST, year: 1e12 }),
      episode('season', 1e12, 1, { tvdb: '900002' }),
      episode('plain', 1, 1, { tvdb: '900003' }),
    );
    expect(copies.map(({ mediaIds, reason }) => [mediaIds.length, reason])).toEqual(Array(4).fill([1, undefined]));
    const media = await graphOf().get(copies.flatMap((copy) => copy.mediaIds));
    expect(media.map(({ year, season, episode: number }) => [year, season, number])).toEqual([
      [undefined, undefined, undefined],
      [undefined, undefined, undefined],
      [undefined, undefined, 1],
      [undefined, 1, 1],
    ]);
    const known = await opened.database.transaction((handle) =>
      createMediaGraph(handle, { clock: { now: () => now } }).know([
        { kind: 'movie', title: 'Told', year: 0.5, ids: { imdb: 'tt0000002' } },
        { kind: 'episode', title: 'Told', ids: { tvdb: '900004' }, show: LOST, season: 1e12, episode: 1 },
      ]),
    );
    expect(known.map(({ mediaId }) => typeof mediaId)).toEqual(['number', 'number']);
  });

  it('knows a title on three servers by any id that they share, and learns the others', async () => {
    const first = await one(PLEX, item({ upstreamId: 'p', ids: { imdb: 'tt1' } }));
    expect(await one(JELLYFIN, item({ upstreamId: 'j', title: 'Hitze', ids: { imdb: 'tt1', tmdb: '949' } }))).toBe(first);
    expect(await one(EMBY, item({ upstreamId: 'e', ids: { tmdb: '949' } }))).toBe(first);
    const [media] = await graphOf().get([first as MediaId]);
    expect(media).toMatchObject({ kind: 'movie', title: 'Heat', ids: { imdb: 'tt1', tmdb: '949' } });
    expect(await graphOf().copiesOf([first as MediaId])).toHaveLength(3);
  });

  it('answers in the order given, once for each item, also where a page names a title twice', async () => {
    const items = [item({ upstreamId: 'b', ids: { imdb: 'tt1' } }), item({ upstreamId: 'a', ids: { imdb: 'tt1' }, libraryId: '4k' })];
    const answers = await put(PLEX, ...items, item({ upstreamId: 'c' }));
    expect(answers.map((copy) => copy.upstreamId)).toEqual(['b', 'a', 'c']);
    expect(answers[0]?.mediaIds).toEqual(answers[1]?.mediaIds);
    expect(answers[2]).toMatchObject({ mediaIds: [], isNew: true, reason: expect.stringContaining('likely unmatched') });
    expect((await graphOf().unplaced({ limit: 10, offset: 0 })).map((copy) => copy.upstreamId)).toEqual(['c']);
  });

  it('writes nothing for an unchanged item, and says that a file was replaced', async () => {
    const told = { upstreamId: 'p', ids: { imdb: 'tt1' }, addedAt: 5_000 };
    const [first] = await put(PLEX, item(told));
    expect(await put(PLEX, item(told))).toEqual([{ ...first, isNew: false }]);
    now = 2_000;
    expect(await put(PLEX, item({ ...told, addedAt: 6_000 }))).toEqual([{ ...first, isNew: false, replaced: true }]);
    expect((await graphOf().copies([first?.copyId as CopyId]))[0]).toMatchObject({ addedAt: 6_000, replacedAt: 2_000, firstSeenAt: 1_000 });
  });

  it('never lets the ids of one kind stand for another', async () => {
    const movie = await one(PLEX, item({ upstreamId: 'm', ids: { tvdb: '73739' } }));
    const [media] = await graphOf().get([(await one(PLEX, episode('e', 1, 1, { tvdb: '73739' }))) as MediaId]);
    expect(media?.id).not.toBe(movie);
    expect(media?.show?.id).not.toBe(media?.id);
  });

  it('knows an episode by series, season and number where a server knows no ids of episodes', async () => {
    const first = await one(PLEX, episode('p', 0, 1));
    expect(await one(JELLYFIN, episode('j', 0, 1, { tvdb: '111' }))).toBe(first);
    expect(await one(EMBY, episode('e', 1, 1))).not.toBe(first);
    const described = (await graphOf().describe([first as MediaId])).get(first as MediaId);
    expect(described).toMatchObject({
      season: 0,
      episode: 1,
      ids: { tvdb: '111' },
      show: { title: 'Lost', year: 2004, ids: { tvdb: '73739' } },
    });
    expect(await graphOf().episodesOf(described?.show?.id as MediaId)).toHaveLength(2);
  });

  it('matches episodes that servers number differently by their own ids first', async () => {
    const [a, b] = await put(PLEX, episode('p1', 1, 1, { tvdb: '111' }), episode('p2', 1, 2, { tvdb: '222' }));
    const [c, d] = await put(JELLYFIN, episode('j1', 1, 1, { tvdb: '222' }), episode('j2', 1, 2, { tvdb: '111' }));
    expect([c?.mediaIds, d?.mediaIds]).toEqual([b?.mediaIds, a?.mediaIds]);
    expect(await open()).toEqual([]);
  });

  it.each([
    ['last', [JELLYFIN, EMBY, PLEX]],
    ['first', [PLEX, JELLYFIN, EMBY]],
    ['between', [EMBY, PLEX, JELLYFIN]],
  ])('asks about a number that two servers give to two episodes, when the copy without ids comes %s', async (_when, order) => {
    const items = new Map([
      [PLEX, episode('p', 1, 1)],
      [JELLYFIN, episode('j', 1, 1, { tvdb: '111' })],
      [EMBY, episode('e', 1, 1, { tvdb: '222' })],
    ]);
    for (const server of order) await put(server, items.get(server) as UpstreamItem);
    const [again] = await put(PLEX, items.get(PLEX) as UpstreamItem);
    expect(again).toMatchObject({ mediaIds: [], reason: expect.stringContaining('a person') });
    const [conflict, ...more] = await open();
    expect(more).toEqual([]);
    expect(conflict).toMatchObject({ kind: 'draw', copy: { upstreamId: 'p' } });
    expect(conflict?.candidates.map((media) => media.ids.tvdb).sort()).toEqual(['111', '222']);

    const chosen = conflict?.candidates.find((media) => media.ids.tvdb === '222')?.id as MediaId;
    const told: unknown[] = [];
    const graph = graphOf({ onConflicts: async (ids) => void told.push({ ids }), onCopies: async (titles) => void told.push({ titles }) });
    await graph.settle(conflict?.id ?? 0, { media: chosen }, 'ann');
    expect(told).toContainEqual({ ids: [conflict?.id] });
    expect(told).toContainEqual({ titles: [chosen] });
    expect(await one(PLEX, items.get(PLEX) as UpstreamItem)).toBe(chosen);
    expect(await open()).toEqual([]);
  });

  it('gives a file of several episodes to all of them, its own ids to the first', async () => {
    const [range] = await put(PLEX, item({ ...episode('p', 2, 3, { tvdb: '303' }), episodes: [3, 4] }));
    expect(range?.mediaIds).toHaveLength(2);
    const [third, fourth] = await put(JELLYFIN, episode('j3', 2, 3, { tvdb: '303' }), episode('j4', 2, 4, { tvdb: '404' }));
    expect(range?.mediaIds).toEqual([third?.mediaIds[0], fourth?.mediaIds[0]]);
    expect((await put(PLEX, item({ ...episode('p', 2, 3, { tvdb: '303' }), episodes: [3, 4] })))[0]?.mediaIds).toEqual(range?.mediaIds);
  });

  it('keeps a match that one of three ids speaks against, tells it, and does not learn that id', async () => {
    const first = await one(PLEX, item({ upstreamId: 'p', ids: { imdb: 'tt1', tmdb: '1', tvdb: '1' } }));
    expect(await one(JELLYFIN, item({ upstreamId: 'j', ids: { imdb: 'tt1', tmdb: '1', tvdb: '2' } }))).toBe(first);
    expect((await graphOf().get([first as MediaId]))[0]?.ids).toEqual({ imdb: 'tt1', tmdb: '1', tvdb: '1' });
    expect(await open()).toMatchObject([{ kind: 'ids', copy: { upstreamId: 'j' }, reason: expect.stringContaining('tvdb 2') }]);
  });

  it('leaves a draw to a person, and takes "new" for an answer', async () => {
    const first = await one(PLEX, item({ upstreamId: 'p', ids: { imdb: 'tt1', tmdb: '1' } }));
    const drawn = item({ upstreamId: 'j', ids: { imdb: 'tt1', tmdb: '2' } });
    expect(await one(JELLYFIN, drawn)).toBeUndefined();
    const [conflict] = await open();
    const graph = graphOf();
    await graph.settle(conflict?.id ?? 0, 'new', 'ann');
    const settled = await one(JELLYFIN, drawn);
    expect(settled).toBeDefined();
    expect(settled).not.toBe(first);
    await expect(graph.settle(conflict?.id ?? 0, 'new', 'ann')).rejects.toMatchObject({ code: 'conflict' });
    await expect(graph.settle(999_999, 'new', 'ann')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('joins two entries that turn out to be one, tells it, and can split them for good', async () => {
    const merged: number[] = [];
    const graph = graphOf({ onMerged: async (pairs) => void merged.push(...pairs.map((pair) => pair.from)) });
    const a = (await graph.ingest(PLEX, [item({ upstreamId: 'p', ids: { imdb: 'tt1' } })]))[0]?.mediaIds[0] as MediaId;
    const b = (await graph.ingest(JELLYFIN, [item({ upstreamId: 'j', ids: { tmdb: '2' } })]))[0]?.mediaIds[0] as MediaId;
    expect(b).not.toBe(a);
    const bridge = item({ upstreamId: 'e', ids: { imdb: 'tt1', tmdb: '2' } });
    expect((await graph.ingest(EMBY, [bridge]))[0]?.mediaIds).toEqual([a]);
    expect(merged).toEqual([b]);
    expect((await graph.get([b]))[0]?.id).toBe(a);
    expect(await graph.copiesOf([a])).toHaveLength(3);
    expect(await graph.conflicts({ state: 'settled' })).toMatchObject([{ kind: 'same' }]);

    const [merge] = await graph.merges({ limit: 1, offset: 0 });
    expect(await graph.split(merge?.mergeId ?? 0)).toMatchObject([{ from: b, into: a }]);
    expect((await graph.get([b]))[0]).toMatchObject({ id: b, ids: { tmdb: '2' } });
    expect((await graph.copiesOf([b])).map((copy) => copy.upstreamId)).toEqual(['j']);
    await graph.ingest(EMBY, [{ ...bridge, ids: { ...bridge.ids, tvdb: '5' } }]);
    expect((await graph.get([b]))[0]?.id).toBe(b);
    await expect(graph.split(merge?.mergeId ?? 0)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('joins two entries of a series with their episodes, and gives all of them back', async () => {
    const other = { upstreamId: 's', title: 'Lost', year: 2004, ids: { imdb: 'tt0411008' } };
    const [p1, p2] = await put(PLEX, episode('p1', 1, 1), episode('p2', 1, 2, { tvdb: '222' }));
    const [j1, j2] = await put(JELLYFIN, episode('j1', 1, 1, {}, other), episode('j2', 1, 2, { tvdb: '999' }, other));
    expect(j1?.mediaIds).not.toEqual(p1?.mediaIds);
    const both = { ...LOST, ids: { tvdb: '73739', imdb: 'tt0411008' } };
    const [e1] = await put(EMBY, episode('e1', 1, 1, {}, both));
    expect(e1?.mediaIds).toEqual(p1?.mediaIds);
    expect(await one(JELLYFIN, episode('j1', 1, 1, {}, other))).toBe(p1?.mediaIds[0]);
    expect(await one(JELLYFIN, episode('j2', 1, 2, { tvdb: '999' }, other))).toBe(j2?.mediaIds[0]);
    expect(j2?.mediaIds).not.toEqual(p2?.mediaIds);

    const graph = graphOf();
    const show = (await graph.merges({ limit: 9, offset: 0 })).find((merge) => merge.parent === undefined);
    await graph.split(show?.mergeId ?? 0);
    expect((await graph.copiesOf(j1?.mediaIds ?? [])).map((copy) => copy.upstreamId)).toEqual(['j1']);
    expect((await graph.copiesOf(p1?.mediaIds ?? [])).map((copy) => copy.upstreamId)).toEqual(['p1', 'e1']);
    expect((await graph.describe(j1?.mediaIds ?? [])).get(j1?.mediaIds[0] as MediaId)?.show?.ids).toEqual({ imdb: 'tt0411008' });
  });

  it('moves an item that was matched anew on its server, and leaves the old title known', async () => {
    const wrong = await one(PLEX, item({ upstreamId: 'p', title: 'Heat', ids: { imdb: 'tt1' } }));
    const right = await one(PLEX, item({ upstreamId: 'p', title: 'Heat and Dust', ids: { imdb: 'tt2' } }));
    expect(right).not.toBe(wrong);
    expect(await graphOf().copiesOf([wrong as MediaId])).toEqual([]);
    expect(await graphOf().get([wrong as MediaId])).toMatchObject([{ title: 'Heat', ids: { imdb: 'tt1' } }]);
    expect(await one(PLEX, item({ upstreamId: 'p', title: 'Heat', ids: { imdb: 'tt1' } }))).toBe(wrong);
  });

  it('keeps the link of an item that loses its ids for a while', async () => {
    const first = await one(PLEX, item({ upstreamId: 'p', ids: { imdb: 'tt1' } }));
    expect(await one(PLEX, item({ upstreamId: 'p', ids: {} }))).toBe(first);
    expect(await one(PLEX, episode('e', 1, 1))).toBeDefined();
    expect(await one(PLEX, episode('e', 1, 1, {}, { ...LOST, ids: {} }))).toBeDefined();
  });

  it('knows an episode by its own id alone, shows the series that its server names, and completes it later', async () => {
    const first = (await one(PLEX, episode('p', 1, 1, { tvdb: '111' }, { upstreamId: 'x', title: 'LOST', ids: {} }))) as MediaId;
    expect((await graphOf().describe([first])).get(first)?.show).toEqual({ title: 'LOST', ids: {} });
    expect(await one(JELLYFIN, episode('j', 1, 1, { tvdb: '111' }))).toBe(first);
    expect((await graphOf().describe([first])).get(first)?.show).toMatchObject({ title: 'Lost', ids: LOST.ids });
  });

  it('asks whether two series are one that share an episode, and does as told', async () => {
    const other = { upstreamId: 'o', title: 'Lost', ids: { imdb: 'tt0411008' } };
    await put(PLEX, episode('p', 1, 1, { tvdb: '111' }), episode('p2', 1, 2));
    await put(JELLYFIN, episode('j', 1, 1, { tvdb: '111' }, other), episode('j2', 1, 2, {}, other));
    const graph = graphOf();
    const [conflict, ...more] = await graph.conflicts();
    expect([conflict?.kind, more]).toEqual(['same', []]);
    await expect(graph.settle(conflict?.id ?? 0, 'new', 'ann')).rejects.toMatchObject({ code: 'invalid' });
    await graph.settle(conflict?.id ?? 0, 'merge', 'ann');
    expect(await one(JELLYFIN, episode('j2', 1, 2, {}, other))).toBe(await one(PLEX, episode('p2', 1, 2)));
  });

  it('lets a person say which series it is, for all its episodes', async () => {
    await put(PLEX, episode('p', 1, 1, {}, { ...LOST, ids: { tvdb: '1', imdb: 'tt1' } }));
    const drawn = { upstreamId: 'd', title: 'Lost', ids: { tvdb: '1', imdb: 'tt2' } };
    expect(await one(JELLYFIN, episode('j', 1, 1, {}, drawn))).toBeUndefined();
    const [conflict] = await open();
    expect(conflict).toMatchObject({ kind: 'draw', candidates: [{ kind: 'show' }] });
    await graphOf().settle(conflict?.id ?? 0, { media: conflict?.candidates[0]?.id as MediaId }, 'ann');
    expect(await one(JELLYFIN, episode('j', 1, 1, {}, drawn))).toBe(
      await one(PLEX, episode('p', 1, 1, {}, { ...LOST, ids: { tvdb: '1', imdb: 'tt1' } })),
    );
  });

  it('identifies by path only where it was asked to', async () => {
    const [a, b] = [item({ upstreamId: 'same' }), item({ upstreamId: 'same', ids: { imdb: 'tt1' } })];
    expect(await one(PLEX, a)).toBeUndefined();
    const graph = graphOf({ matchByPath: true });
    const first = (await graph.ingest(PLEX, [a]))[0]?.mediaIds[0];
    expect(first).toBeDefined();
    expect((await graph.ingest(JELLYFIN, [b]))[0]?.mediaIds).toEqual([first]);
  });

  it('marks copies as gone, tells of their titles, and takes them back', async () => {
    const [a, b] = await put(PLEX, item({ upstreamId: 'a', ids: { imdb: 'tt1' } }), item({ upstreamId: 'b', ids: { imdb: 'tt2' } }));
    const told: MediaId[] = [];
    const graph = graphOf({ onCopies: async (titles) => void told.push(...titles) });
    await graph.markCopiesGone([b?.copyId as CopyId]);
    expect(told).toEqual(b?.mediaIds);
    expect((await graph.copies([a?.copyId as CopyId]))[0]?.goneAt).toBeUndefined();
    expect((await graph.copies([b?.copyId as CopyId]))[0]?.goneAt).toBe(1_000);
    expect((await put(PLEX, item({ upstreamId: 'b', ids: { imdb: 'tt2' } })))[0]).toMatchObject({
      returned: true,
      isNew: false,
      mediaIds: b?.mediaIds,
    });
    await graph.forgetServer(PLEX);
    expect(await graph.copiesOf(b?.mediaIds ?? [])).toEqual([]);
    expect(await graph.get(b?.mediaIds ?? [])).toHaveLength(1);
  });

  it('finds what others name by ids, or by series, season and number, and says where it cannot tell', async () => {
    const first = await one(PLEX, episode('p', 1, 1, { tvdb: '111' }));
    const second = await one(PLEX, episode('p2', 1, 2, { tvdb: '222' }));
    const graph = graphOf();
    expect(await graph.find({ kind: 'episode', ids: { tvdb: '111' } })).toEqual([first]);
    expect(await graph.find({ kind: 'episode', ids: {}, show: LOST.ids, season: 1, episode: 2 })).toEqual([second]);
    expect(await graph.find({ kind: 'episode', ids: { tvdb: '9' }, show: LOST.ids, season: 1, episode: 2 })).toEqual([]);
    expect(await graph.find({ kind: 'movie', ids: { tvdb: '111' } })).toEqual([]);
    expect(await graph.find({ kind: 'show', ids: LOST.ids })).toHaveLength(1);
    expect(await graph.find({ kind: 'movie', ids: {} })).toEqual([]);
  });
});
