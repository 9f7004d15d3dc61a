import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AnimeCoordinates, createAnimeCoordinates, type MappedAnime } from '#core/media/index.ts';
import type { TrackedEpisode } from '#core/upstreams/index.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { withMapping } from './anime-parts.ts';
import type { StoredTitle } from './library.store.ts';

const TITANS = '267440';
const span = (season: number, shift = 0) => ({ special: false, first: 1, season, shift, rank: 2 as const });
const anime = (anidb: string, tvdb: string, ...spans: MappedAnime['spans']): MappedAnime => ({ ids: { anidb }, tvdb, spans });
const title = (anidb: string | undefined, tvdb: string | undefined, ...episodes: TrackedEpisode[]): StoredTitle => ({
  number: 1,
  shelf: 'anime',
  seen: {
    kind: 'show',
    number: 1,
    shelf: 'anime',
    ids: { ...(anidb !== undefined && { anidb }), ...(tvdb !== undefined && { tvdb }) },
    title: 'Attack on Titan',
    watched: false,
    episodes,
    complete: true,
    numbering: 'own',
  },
  list: {},
  rating: {},
});
const one = (number: number, more: Partial<TrackedEpisode> = {}): TrackedEpisode => ({ season: 1, number, ...more });

describe.each(DATABASES)('seasons of anime that are titles of their own, on %s', (kind) => {
  let opened: TestDatabase;
  let coordinates: AnimeCoordinates;
  const load = (...entries: MappedAnime[]) => coordinates.take({ format: 'a', entries }, { apply: true });
  const look = async (...titles: StoredTitle[]) =>
    (await withMapping(coordinates, titles)).map(({ seen, alone = false }) => [seen?.episodes.map(({ aired }) => aired), alone]);
  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    coordinates = createAnimeCoordinates({ database: opened.database, clock: { now: () => 1_000 } });
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const { format } of await coordinates.loaded()) await coordinates.forget(format);
  });

  it('stay as the tracker told them where no mapping was loaded', async () => {
    const told = { season: 4, number: 1 };
    expect(await look(title('1', TITANS, one(1), one(2, { aired: told })))).toEqual([[[undefined, told], false]]);
  });

  it('have their episodes where the mapping says, and where the tracker says otherwise as it says', async () => {
    await load(anime('1', TITANS, span(1)), anime('2', TITANS, span(3, 12)));
    const told = { season: 9, number: 9 };
    expect(await look(title('2', TITANS, one(1), one(2, { aired: told })), title('3', TITANS, one(1)))).toEqual([
      [[{ season: 3, number: 13 }, told], false],
      [[undefined], false],
    ]);
  });

  it('are not placed in a series that the tracker does not name, or that is another', async () => {
    await load(anime('1', TITANS, span(1)));
    expect(await look(title('1', '999', one(1)), title('1', undefined, one(1)))).toEqual([
      [[undefined], false],
      [[undefined], false],
    ]);
  });

  it('are all of their show where no other season is known, whatever specials lie beside them', async () => {
    await load(anime('1', TITANS, span(1)), anime('2', TITANS, span(0)), anime('5', '300', span(1)), anime('6', '300'));
    expect(await look(title('1', TITANS), title('2', TITANS), title('5', '300'), title('6', '300'))).toEqual([
      [[], true],
      [[], false],
      [[], false],
      [[], false],
    ]);
  });
});
