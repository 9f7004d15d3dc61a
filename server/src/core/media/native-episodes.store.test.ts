import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { type MediaId, mediaId, serverId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { type AnimeCoordinates, createAnimeCoordinates } from './anime-coordinates.ts';
import { createMediaGraph } from './media-graph.ts';
import { createNativeEpisodes, type NativeClaim } from './native-episodes.ts';
import { createTitleClaims } from './title-claims.ts';
import { createTitleFacts } from './title-facts.ts';
import { createTitleNumbers } from './title-numbers.ts';

const clock = { now: () => 1_000 };
const TITAN = { upstreamId: 'titan', title: 'Attack on Titan', year: 2013, ids: { tvdb: '267440', mal: '16498' } };
const BEBOP = { upstreamId: 'bebop', title: 'Cowboy Bebop', year: 1998, ids: { mal: '1' } };
const episode = (show: UpstreamItem['show'], season: number, number: number): UpstreamItem => ({
  libraryId: '1',
  files: [],
  genres: [],
  state: { played: false, positionMs: 0 },
  upstreamId: `${show?.upstreamId}-${season}-${number}`,
  kind: 'episode',
  title: `Part ${number}`,
  ids: {},
  ...(show && { show }),
  season,
  episodes: [number],
});

describe.each(DATABASES)('episodes by the numbers of anime sites, on %s', (kind) => {
  let opened: TestDatabase;
  let coordinates: AnimeCoordinates;
  let titan: MediaId;
  let bebop: MediaId;
  let at: ReadonlyMap<string, MediaId | undefined>;
  let find: (claim: NativeClaim) => Promise<MediaId | undefined>;
  let make: (claim: NativeClaim) => Promise<MediaId | undefined>;

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    const { database } = opened;
    coordinates = createAnimeCoordinates({ database, clock });
    const graph = createMediaGraph(database, { clock });
    const numbers = createTitleNumbers({ database });
    const claims = createTitleClaims({ database, numbers, graphOn: (handle) => createMediaGraph(handle, { clock }) });
    const native = createNativeEpisodes({ claims, coordinates, facts: createTitleFacts({ database, clock }), graph });
    find = (claim) => native.resolve(claim, { create: false });
    make = (claim) => native.resolve(claim, { create: true });
    const items = [episode(TITAN, 1, 1), episode(TITAN, 3, 1), episode(TITAN, 3, 13), episode(BEBOP, 1, 5), episode(BEBOP, 0, 1)];
    const copies = await database.transaction((handle) => createMediaGraph(handle, { clock }).ingest(serverId(1), items));
    at = new Map(copies.map((copy) => [copy.upstreamId, copy.mediaIds[0]]));
    const shows = await claims.resolve(
      [TITAN, BEBOP].map(({ ids }) => ({ kind: 'show', ids })),
      { create: false },
    );
    [titan, bebop] = shows.map((id) => id ?? mediaId(0)) as [MediaId, MediaId];
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const { format } of await coordinates.loaded()) await coordinates.forget(format);
  });

  it('are what the mapping says, also where the title itself is known to nobody', async () => {
    const span = (season: number, shift = 0) => ({ special: false, first: 1, season, shift, rank: 2 }) as const;
    const entries = [
      { ids: { anidb: '9541', mal: '16498' }, tvdb: '267440', spans: [span(1)] },
      { ids: { anidb: '13241', mal: '35760' }, tvdb: '267440', spans: [span(3)] },
      { ids: { anidb: '14444', mal: '38524' }, tvdb: '267440', spans: [span(3, 12)] },
    ];
    await coordinates.take({ format: 'a', entries }, { apply: true });
    expect(await find({ ids: { mal: 38_524 }, number: 1 })).toBe(at.get('titan-3-13'));
    expect(await find({ ids: { anidb: '13241' }, number: 1 })).toBe(at.get('titan-3-1'));
    expect(await find({ show: titan, number: 1 })).toBe(at.get('titan-1-1'));
    expect(await find({ ids: { mal: 38_524 }, number: 2 })).toBeUndefined();
    const made = await make({ ids: { mal: 38_524 }, number: 2 });
    expect((await createMediaGraph(opened.database, { clock }).get([made].flatMap((id) => id ?? [])))[0]).toMatchObject({
      season: 3,
      episode: 14,
      show: { title: 'Attack on Titan' },
    });
  });

  it('are the numbers themselves where there is one season alone, and nothing where there are more', async () => {
    expect(await find({ show: bebop, ids: { mal: 1 }, number: 5 })).toBe(at.get('bebop-1-5'));
    expect(await find({ show: bebop, number: 1, special: true })).toBe(at.get('bebop-0-1'));
    expect(await find({ show: bebop, number: 7 })).toBeUndefined();
    expect(await make({ show: titan, ids: { mal: 38_524 }, number: 1 })).toBeUndefined();
    expect(await make({ ids: { mal: 38_524 }, number: 1 })).toBeUndefined();
  });
});
