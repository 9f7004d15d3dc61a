import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  createAnime,
  createAnimeCoordinates,
  createAnimeTypes,
  createMediaGraph,
  createNativeEpisodes,
  createPlainTitles,
  createTitleClaims,
  createTitleFacts,
  createTitleNumbers,
} from '#core/media/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { serverId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { type Catalogue, createCatalogue } from './catalogue.ts';

const NOW = Date.UTC(2026, 0, 10);
const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
const episode = (season: number, number: number, more: Partial<UpstreamItem> = {}): UpstreamItem => ({
  ...listed,
  upstreamId: `${more.show?.upstreamId ?? 'dark'}-${season}-${number}`,
  kind: 'episode',
  title: `Part ${number}`,
  ids: {},
  show: { upstreamId: 'dark', title: 'Dark', year: 2017, ids: { tvdb: '334824' } },
  season,
  episodes: [number],
  ...more,
});
const movie = (title: string, year: number, ids: Record<string, string>): UpstreamItem => ({
  ...listed,
  upstreamId: `${title} ${year}`,
  kind: 'movie',
  title,
  year,
  ids,
  runtimeMs: 100 * 60_000,
});
const FRIEREN = { upstreamId: 'frieren', title: 'Sousou no Frieren', year: 2023, ids: { mal: '52991' } };

describe.each(DATABASES)('the catalogue on %s', (kind) => {
  let opened: TestDatabase;
  let catalogue: Catalogue;
  const clock = { now: () => NOW };

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    const { database } = opened;
    const graph = createMediaGraph(database, { clock });
    const numbers = createTitleNumbers({ database });
    const claims = createTitleClaims({ database, numbers, graphOn: (handle) => createMediaGraph(handle, { clock }) });
    const facts = createTitleFacts({ database, clock });
    const coordinates = createAnimeCoordinates({ database, clock });
    catalogue = createCatalogue({
      clock,
      graph,
      numbers,
      claims,
      facts,
      anime: createAnime(database, { clock }),
      animeTypes: createAnimeTypes({ coordinates }),
      nativeEpisodes: createNativeEpisodes({ claims, coordinates, facts, graph }),
      plainTitles: createPlainTitles(database),
    });
    await database.transaction((handle) =>
      createMediaGraph(handle, { clock }).ingest(serverId(1), [
        movie('Heat', 1995, { imdb: 'tt0113277' }),
        movie('Dark', 2005, { imdb: 'tt0411267' }),
        episode(0, 1),
        episode(1, 1, { releasedOn: '2017-12-01' }),
        episode(1, 2),
        episode(2, 1, { releasedOn: '2026-02-01' }),
        episode(1, 5, { show: FRIEREN }),
      ]),
    );
  });
  afterAll(() => opened.close());

  it('finds titles by ids and by the number or the imdb id of an address', async () => {
    const heat = await catalogue.find({ kind: 'any', ids: { imdb: 'tt0113277' } });
    expect(heat).toMatchObject({ shelf: 'movie', media: { title: 'Heat', year: 1995 }, facts: { runtimeMs: 100 * 60_000 } });
    expect(heat?.number).toBeGreaterThanOrEqual(2_000_000_000);
    expect((await catalogue.byKey('movie', String(heat?.number)))?.id).toBe(heat?.id);
    expect((await catalogue.byKey('any', 'tt0113277'))?.id).toBe(heat?.id);
    for (const key of ['tt1', '5', 'x', '', '99999999999999999999']) expect(await catalogue.byKey('any', key)).toBeUndefined();
    expect(await catalogue.byKey('show', String(heat?.number))).toBeUndefined();
  });

  it('tells anime from other series, and finds each among its own', async () => {
    const names = async (shelf: 'movie' | 'show' | 'anime', text: string) =>
      (await catalogue.search({ shelf, text, limit: 10, offset: 0 })).titles.map((title) => [title.media.title, title.shelf]);
    expect(await names('show', 'dark')).toEqual([['Dark', 'show']]);
    expect(await names('movie', 'dark')).toEqual([['Dark', 'movie']]);
    expect(await names('anime', 'frieren')).toEqual([['Sousou no Frieren', 'anime']]);
    expect(await names('show', 'frieren')).toEqual([]);
  });

  it('lists the episodes of a series, with their numbers, and which have been aired', async () => {
    const dark = await catalogue.find({ kind: 'show', ids: { tvdb: 334_824 } });
    const known = await catalogue.episodes(dark?.id ?? (0 as never));
    expect(known.map((one) => [one.season, one.number, one.aired])).toEqual([
      [0, 1, true],
      [1, 1, true],
      [1, 2, true],
      [2, 1, false],
    ]);
    expect(new Set(known.map((one) => one.appNumber)).size).toBe(4);
  });

  it('finds what a file is by its name', async () => {
    const at = async (path: string) => {
      const match = await catalogue.byFile(path);
      return (
        match && [
          match.kind,
          match.title.media.title,
          ...(match.kind === 'show' ? match.episodes.map((one) => [one.season, one.number]) : []),
        ]
      );
    };
    expect(await at('Dark.S01E02.mkv')).toEqual(['show', 'Dark', [1, 2]]);
    expect(await at('/tv/Dark (2017)/Season 1/S01E01-E02.mkv')).toEqual(['show', 'Dark', [1, 1], [1, 2]]);
    expect(await at('Dark - 02.mkv')).toEqual(['show', 'Dark']);
    expect(await at('[Group] Sousou no Frieren - 05 [1080p].mkv')).toEqual(['show', 'Sousou no Frieren', [1, 5]]);
    expect(await at('Heat.1995.1080p.mkv')).toEqual(['movie', 'Heat']);
    expect(await at('Dark.2017.mkv')).toEqual(['show', 'Dark']);
    expect(await at('Dark.S09E09.mkv')).toEqual(['show', 'Dark']);
    expect(await at('Unknown.S01E01.mkv')).toBeUndefined();
    expect(await at('   ')).toBeUndefined();
  });
});
