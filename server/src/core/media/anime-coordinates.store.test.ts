import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { type AnimeCoordinates, createAnimeCoordinates } from './anime-coordinates.ts';
import type { AnimeMappingTables } from './anime-mapping.schema.store.ts';
import type { AnimeMapping, AnimeSpan, MappedAnime } from './anime-mapping.ts';

const rule = (season: number, shift = 0): AnimeSpan => ({ special: false, first: 1, season, shift, rank: 2 });
const one = (number: number, season: number, episode: number, special = false): AnimeSpan => ({
  special,
  first: number,
  last: number,
  season,
  shift: episode - number,
  rank: 0,
});
const anime = (ids: Record<string, string>, tvdb?: string, ...spans: AnimeSpan[]): MappedAnime => ({
  ids,
  ...(tvdb !== undefined && { tvdb }),
  spans,
});
const TITANS = '267440';

describe.each(DATABASES)('the two numberings of anime, on %s', (kind) => {
  let opened: TestDatabase;
  let coordinates: AnimeCoordinates;
  const load = (format: string, ...entries: MappedAnime[]) => coordinates.take({ format, entries }, { apply: true });
  const tvdbOf = async (provider: string, id: string, number: number, special = false) =>
    (await coordinates.toTvdb([{ provider, id, number, special }]))[0];
  const nativeOf = async (tvdb: string, season: number, number: number) => {
    const [places] = await coordinates.toNative([{ tvdb, season, number }]);
    return typeof places === 'string'
      ? places
      : places?.map((place) => `${place.ids.anidb ?? place.ids.mal} ${place.special ? 'S' : ''}${place.number}`);
  };

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    coordinates = createAnimeCoordinates({ database: opened.database, clock: { now: () => 1_000 } });
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const { format } of await coordinates.loaded()) await coordinates.forget(format);
  });

  it('says so where no mapping is loaded, instead of guessing', async () => {
    expect(await tvdbOf('mal', '16498', 1)).toBe('no-mapping');
    expect(await nativeOf(TITANS, 1, 1)).toBe('no-mapping');
    await load('a', anime({ anidb: '1' }));
    expect(await tvdbOf('mal', '16498', 1)).toBe('unmapped');
    expect(await nativeOf(TITANS, 1, 1)).toBe('unmapped');
  });

  it('tells the cours of one series apart, both ways', async () => {
    await load(
      'a',
      anime({ anidb: '9541' }, TITANS, rule(1)),
      anime({ anidb: '13241' }, TITANS, rule(3, 0)),
      anime({ anidb: '14444' }, TITANS, rule(3, 12)),
    );
    expect(await tvdbOf('anidb', '9541', 25)).toEqual([{ tvdb: TITANS, season: 1, number: 25 }]);
    expect(await tvdbOf('anidb', '14444', 1)).toEqual([{ tvdb: TITANS, season: 3, number: 13 }]);
    expect(await tvdbOf('anidb', '13241', 13)).toBe('unmapped');
    expect(await nativeOf(TITANS, 3, 12)).toEqual(['13241 12']);
    expect(await nativeOf(TITANS, 3, 13)).toEqual(['14444 1']);
    expect(await nativeOf(TITANS, 5, 1)).toBe('unmapped');
    const answers = await coordinates.toTvdb([
      { provider: 'anidb', id: '0', number: 1 },
      { provider: 'anidb', id: '9541', number: 1 },
    ]);
    expect(answers).toEqual(['unmapped', [{ tvdb: TITANS, season: 1, number: 1 }]]);
  });

  it('knows episodes that are two, two that are one, specials, and those that are nowhere', async () => {
    await load(
      'a',
      anime({ anidb: '23' }, '76885', rule(1), one(1, 1, 1), one(1, 1, 2), one(2, 1, 3), one(3, 1, 3), one(1, 0, 2, true), one(9, 1, 0)),
    );
    expect(await tvdbOf('anidb', '23', 1)).toMatchObject([{ number: 1 }, { number: 2 }]);
    expect(await nativeOf('76885', 1, 3)).toEqual(['23 2', '23 3']);
    expect(await tvdbOf('anidb', '23', 1, true)).toMatchObject([{ season: 0, number: 2 }]);
    expect(await nativeOf('76885', 0, 2)).toEqual(['23 S1']);
    expect(await tvdbOf('anidb', '23', 9)).toBe('unmapped');
  });

  it('joins mappings by the ids of AniDB, and follows the one that maps one by one', async () => {
    await load('b', anime({ anidb: '23', mal: '1', kitsu: '5' }, '76885', rule(1)), anime({ mal: '7' }, '99', rule(2, 3)));
    await load('a', anime({ anidb: '23' }, '76885', rule(1), one(5, 0, 9)));
    expect(await tvdbOf('mal', '1', 5)).toMatchObject([{ season: 0, number: 9 }]);
    expect(await tvdbOf('kitsu', '5', 6)).toMatchObject([{ season: 1, number: 6 }]);
    expect(await tvdbOf('mal', '7', 1)).toMatchObject([{ tvdb: '99', season: 2, number: 4 }]);
    const [native] = await coordinates.toNative([{ tvdb: '76885', season: 0, number: 9 }]);
    expect(native).toEqual([{ special: false, number: 5, ids: { anidb: '23', mal: '1', kitsu: '5' } }]);
    expect(
      await coordinates.titlesOf([
        { provider: 'mal', id: '1' },
        { provider: 'mal', id: '2' },
      ]),
    ).toEqual([{ ids: { anidb: '23', mal: '1', kitsu: '5' }, tvdb: '76885', seasons: [0, 1] }, undefined]);
    expect(await coordinates.titlesOfSeries('99')).toEqual([{ ids: { mal: '7' }, tvdb: '99', seasons: [2] }]);
  });

  it('does not choose between two titles that have an episode alike, but where one alone is the series', async () => {
    await load('a', anime({ anidb: '1' }, '5', rule(1)), { ...anime({ anidb: '2' }, '5', rule(1)), kind: 'ova' });
    expect(await nativeOf('5', 1, 1)).toBe('unmapped');
    await load('a', { ...anime({ anidb: '1' }, '5', rule(1)), kind: 'tv' }, { ...anime({ anidb: '2' }, '5', rule(1)), kind: 'ova' });
    expect(await nativeOf('5', 1, 1)).toEqual(['1 1']);
    await load('a', anime({ anidb: '1' }, '5', rule(1)), anime({ anidb: '2' }, '5', one(1, 1, 4)));
    expect(await nativeOf('5', 1, 4)).toEqual(['2 1']);
    await load('a', anime({ anidb: '1', mal: '3' }, '5', rule(1)), anime({ anidb: '2', mal: '3' }, '5', rule(2)));
    expect(await tvdbOf('mal', '3', 1)).toBe('unmapped');
  });

  it('is shown before it is loaded, keeps nothing of the one before, and does nothing twice', async () => {
    const first: AnimeMapping = { format: 'a', entries: [anime({ anidb: '1' }, '5', rule(1)), anime({ anidb: '2' }, '6', rule(1))] };
    const shown = await coordinates.take(first, { apply: false });
    expect(shown).toEqual({
      format: 'a',
      entries: 2,
      placed: 2,
      spans: 2,
      ids: { anidb: 2 },
      added: 2,
      removed: 0,
      changed: 0,
      unchanged: false,
    });
    expect(await coordinates.loaded()).toEqual([]);
    expect(await coordinates.take(first, { apply: true })).toEqual(shown);
    expect(await coordinates.loaded()).toEqual([{ format: 'a', entries: 2, spans: 2, importedAt: 1_000 }]);
    expect(await coordinates.take(first, { apply: true })).toMatchObject({ added: 0, removed: 0, changed: 0, unchanged: true });
    const second = { format: 'a', entries: [anime({ anidb: '2' }, '6', rule(2)), anime({ anidb: '3' }), anime({ anidb: '4' })] };
    expect(await coordinates.take(second, { apply: true })).toMatchObject({ entries: 3, placed: 1, added: 2, removed: 1, changed: 1 });
    expect([await tvdbOf('anidb', '1', 1), await nativeOf('5', 1, 1), await nativeOf('6', 1, 1)]).toEqual([
      'unmapped',
      'unmapped',
      'unmapped',
    ]);
    const tables = opened.database.tables<AnimeMappingTables>();
    for (const [table, rows] of [
      ['anime_entry', 3],
      ['anime_entry_id', 3],
      ['anime_span', 1],
      ['anime_mapping', 1],
    ] as const) {
      expect(await tables.selectFrom(table).selectAll().execute()).toHaveLength(rows);
    }
  });

  it('forgets one mapping and keeps the other', async () => {
    await load('a', anime({ anidb: '1' }, '5', rule(1)));
    await load('b', anime({ anidb: '1', mal: '9' }, '5', rule(1)));
    expect([await coordinates.forget('a'), await coordinates.forget('a')]).toEqual([true, false]);
    expect(await tvdbOf('mal', '9', 2)).toMatchObject([{ number: 2 }]);
    expect((await coordinates.loaded()).map(({ format }) => format)).toEqual(['b']);
  });
});
