import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type AnimeSpan, createMediaGraph } from '#core/media/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { serverId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';

let now = Date.UTC(2026, 0, 10, 12);
const clock = { now: () => now };
const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
type Show = NonNullable<UpstreamItem['show']>;
const TITAN: Show = { upstreamId: 'titan', title: 'Attack on Titan', year: 2013, ids: { tvdb: '267440', mal: '16498' } };
/** A server that counts as the sites do: all in one season. */
const PIECE: Show = { upstreamId: 'piece', title: 'One Piece', year: 1999, ids: { mal: '21' } };
const episode = (show: Show, season: number, number: number): UpstreamItem => ({
  ...listed,
  upstreamId: `${show.upstreamId}-${season}-${number}`,
  kind: 'episode',
  title: `Part ${number}`,
  ids: {},
  show,
  season,
  episodes: [number],
  releasedOn: '2020-01-01',
});

const span = (season: number, shift = 0, last?: number): AnimeSpan => ({
  special: false,
  first: 1,
  season,
  shift,
  rank: 2,
  ...(last !== undefined && { last }),
});
const MAPPING = {
  format: 'test',
  entries: [
    { ids: { mal: '16498' }, kind: 'tv', tvdb: '267440', spans: [span(1)] },
    { ids: { mal: '35760', anidb: '13241' }, kind: 'tv', tvdb: '267440', spans: [span(3)] },
    { ids: { mal: '38524' }, kind: 'tv', tvdb: '267440', spans: [span(3, 2)] },
    { ids: { mal: '18397' }, kind: 'ova', tvdb: '267440', spans: [span(0, 1)] },
    { ids: { mal: '21' }, kind: 'tv', tvdb: '81797', spans: [span(1, 0, 2), { ...span(2, -2), first: 3 }] },
  ],
};

type Answer = {
  added: { shows: number; episodes: number; statuses: { response: JsonObject }[] };
  not_found: { shows: JsonObject[]; episodes: JsonObject[] };
};
type Entry = JsonObject & { show: { title: string; ids: JsonObject }; seasons?: { number: number; episodes: JsonObject[] }[] };

let home: Household;
let call: SimklCalls;

beforeAll(async () => {
  home = await startHousehold({ servers: [], clock });
  call = createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants, { generation: 2, clientId: 'newer' }));
  await home.rooms.database.transaction((handle) =>
    createMediaGraph(handle, { clock }).ingest(serverId(1), [
      episode(TITAN, 0, 2),
      ...[1, 2, 3].map((number) => episode(TITAN, 1, number)),
      ...[1, 2, 3, 4].map((number) => episode(TITAN, 3, number)),
      ...[1, 2, 3, 4].map((number) => episode(PIECE, 1, number)),
    ]),
  );
}, 60_000);
afterAll(() => home.close());

beforeEach(async () => {
  now += 30 * 60_000;
  await home.rooms.animeCoordinates.take(MAPPING, { apply: true });
  await call('POST', '/sync/history/remove', { shows: [{ ids: { tvdb: '267440' } }], anime: [{ ids: { mal: 21 } }] });
  now += 30 * 60_000;
});

const write = async (body: unknown, path = '/sync/history'): Promise<Answer> => (await call<Answer>('POST', path, body)).body;
const mine = async (query = '?extended=full'): Promise<readonly Entry[]> =>
  (await call<{ anime?: Entry[] }>('GET', `/sync/all-items/anime${query}`)).body.anime ?? [];
/** One Piece, then Attack on Titan. */
const byName = async (query: string) => (await mine(query)).toSorted((one, other) => other.show.title.localeCompare(one.show.title));
/** What stands as watched, as servers number it. */
async function seen(): Promise<readonly string[]> {
  return (await mine('?extended=full&include_all_episodes=yes')).flatMap((entry) =>
    (entry.seasons ?? []).flatMap((season) => season.episodes.map((one) => `${entry.show.title[0]}${season.number}x${one.number}`)),
  );
}
const numbers = (...all: number[]) => all.map((number) => ({ number }));

describe('marking anime by the numbers of its sites', () => {
  it.each<[string, JsonObject, readonly string[]]>([
    ['a later cour', { anime: [{ ids: { mal: 38_524 }, episodes: numbers(1, 2) }] }, ['A3x3', 'A3x4']],
    ['a later cour in a first season', { anime: [{ ids: { mal: 38_524 }, seasons: [{ number: 1, episodes: numbers(1) }] }] }, ['A3x3']],
    ['a cour among shows', { shows: [{ ids: { anidb: 13_241 }, seasons: [{ number: 1, episodes: numbers(2) }] }] }, ['A3x2']],
    ['a cour with the id that all of them share', { anime: [{ ids: { mal: 38_524, tvdb: 267_440 }, episodes: numbers(1) }] }, ['A3x3']],
    ['a whole cour', { anime: [{ ids: { mal: 38_524 } }] }, ['A3x3', 'A3x4']],
    ['a whole cour as its season', { anime: [{ ids: { mal: 38_524 }, seasons: [{ number: 1 }] }] }, ['A3x3', 'A3x4']],
    ['an OVA, which lies with the specials', { anime: [{ ids: { mal: 18_397 } }] }, ['A0x2']],
    [
      'seasons of TVDB',
      { shows: [{ ids: { mal: 16_498 }, use_tvdb_anime_seasons: true, seasons: [{ number: 3, episodes: numbers(4) }] }] },
      ['A3x4'],
    ],
    [
      'the first season of TVDB',
      { anime: [{ ids: { mal: 38_524 }, use_tvdb_anime_seasons: true, seasons: [{ number: 1, episodes: numbers(3) }] }] },
      ['A1x3'],
    ],
    [
      'seasons as our own answers have them',
      { anime: [{ ids: { mal: 16_498 }, seasons: [{ number: 3, episodes: numbers(1) }] }] },
      ['A3x1'],
    ],
    [
      'the whole series by an id that others know',
      { shows: [{ ids: { tvdb: 267_440 } }] },
      ['A1x1', 'A1x2', 'A1x3', 'A3x1', 'A3x2', 'A3x3', 'A3x4'],
    ],
  ])('knows %s', async (_what, body, expected) => {
    const { added, not_found } = await write(body);
    expect(await seen()).toEqual(expected);
    expect([added.episodes, not_found]).toEqual([expected.length, { movies: [], shows: [], episodes: [] }]);
    await write(body, '/sync/history/remove');
    expect(await seen()).toEqual([]);
  });

  it('takes a cour away and leaves the others, where the whole cour is named', async () => {
    await write({ anime: [{ ids: { mal: 16_498 } }, { ids: { mal: 35_760 } }] });
    expect(await seen()).toEqual(['A1x1', 'A1x2', 'A1x3', 'A3x1', 'A3x2']);
    await write({ anime: [{ ids: { mal: 35_760 } }] }, '/sync/history/remove');
    expect(await seen()).toEqual(['A1x1', 'A1x2', 'A1x3']);
    expect(await mine()).toMatchObject([{ status: 'watching' }]);
  });

  it('does not call a series completed that somebody completed a part of', async () => {
    const { added } = await write({ anime: [{ ids: { mal: 16_498 }, status: 'completed' }] });
    expect(added.statuses).toMatchObject([{ response: { status: 'watching', simkl_type: 'anime', anime_type: 'tv' } }]);
    const listedThere = await call('POST', '/sync/add-to-list', { anime: [{ ids: { mal: 35_760 }, to: 'completed' }] });
    expect(listedThere.body).toMatchObject({ added: { shows: [{ to: 'watching', anime_type: 'tv' }] } });
    expect(await seen()).toHaveLength(5);
  });

  it('takes the number by which our answers know a title for their way of counting', async () => {
    await write({ anime: [{ ids: { mal: 16_498 }, episodes: numbers(1) }] });
    const ids = (await mine())[0]?.show.ids ?? {};
    await home.rooms.animeCoordinates.forget('test');
    await write({ anime: [{ ids, seasons: [{ number: 1, episodes: numbers(2) }] }] });
    expect(await seen()).toEqual(['A1x1', 'A1x2']);
  });

  it('says that it cannot tell where no mapping does', async () => {
    await home.rooms.animeCoordinates.forget('test');
    const native = { ids: { mal: 16_498 }, episodes: numbers(1) };
    const season = { ids: { mal: 16_498 }, seasons: [{ number: 1 }] };
    const told = await write({ anime: [native, season] });
    expect(told.not_found.episodes).toEqual([
      { ids: { mal: 16_498 }, seasons: [{ number: 1, episodes: numbers(1) }] },
      { ids: { mal: 16_498 }, seasons: [{ number: 1, episodes: [] }] },
    ]);
    const ofTvdb = {
      ids: { mal: 38_524 },
      title: 'A later cour',
      use_tvdb_anime_seasons: true,
      seasons: [{ number: 3, episodes: numbers(1) }],
    };
    const inSites = { ids: { mal: 21 }, use_tvdb_anime_seasons: true, seasons: [{ number: 2, episodes: numbers(1) }] };
    expect((await write({ shows: [ofTvdb], anime: [inSites] })).not_found.shows).toEqual([ofTvdb, inSites]);
    expect(await seen()).toEqual([]);
    const removed = await write({ anime: [native] }, '/sync/history/remove');
    expect(removed.not_found.shows).toHaveLength(1);
    // One season alone leaves no choice.
    await write({ anime: [{ ids: { mal: 21 }, episodes: numbers(4) }] });
    expect(await seen()).toEqual(['O1x4']);
  });
});

describe('asking about anime by the numbers of its sites', () => {
  const ask = async (...asked: JsonObject[]) => (await call<JsonObject[]>('POST', '/sync/watched', asked)).body;

  beforeEach(() =>
    write({
      shows: [{ ids: { tvdb: 267_440 }, watched_at: '2025-02-04T16:10:51Z', seasons: [{ number: 3, episodes: numbers(1, 3) }] }],
      anime: [{ ids: { mal: 21 }, episodes: numbers(3) }],
    }),
  );

  it.each<[string, JsonObject, boolean | 'not_found']>([
    ['a later cour', { mal: 38_524, episode: 1 }, true],
    ['a later cour in a first season', { mal: 38_524, season: 1, episode: 2 }, false],
    ['a cour by another of its sites', { anidb: '13241', type: 'anime', episode: 1 }, true],
    ['a cour with the id that all of them share', { mal: 38_524, tvdb: 267_440, episode: 1 }, true],
    ['the first cour', { mal: 16_498, season: 1, episode: 1 }, false],
    ['an OVA, which lies with the specials', { mal: 18_397, episode: 1 }, false],
    ['what a mapping has in a later season, and the server in one', { mal: 21, episode: 3 }, true],
    ['an episode that no title of the site has', { mal: 38_524, episode: 9 }, 'not_found'],
    ['seasons of TVDB', { mal: 16_498, use_tvdb_anime_seasons: true, season: 3, episode: 1 }, true],
    ['a season beyond the first', { mal: 16_498, season: 3, episode: 3 }, true],
    ['a whole cour', { mal: 38_524 }, true],
    ['a whole cour of which nothing was watched', { mal: 16_498, type: 'anime' }, false],
    ['the whole series by an id that others know', { tvdb: 267_440, type: 'anime' }, true],
    ['an id that others know', { tvdb: 267_440, type: 'anime', season: 3, episode: 1 }, true],
  ])('knows %s', async (_what, question, result) => {
    const [answer] = await ask(question);
    expect(answer).toMatchObject({ ...question, result });
    expect(answer).toEqual(result === true ? expect.objectContaining({ last_watched_at: expect.any(String) }) : expect.anything());
  });

  it('says that it cannot tell where no mapping does', async () => {
    await home.rooms.animeCoordinates.forget('test');
    const told = await ask(
      { mal: 38_524, episode: 1 },
      { mal: 16_498, episode: 1 },
      { tvdb: 267_440, type: 'anime', episode: 1 },
      { tvdb: 267_440, season: 3, episode: 1 },
      { mal: 16_498, season: 3, episode: 1 },
      { mal: 21, episode: 3 },
      { mal: 21, use_tvdb_anime_seasons: true, season: 1, episode: 3 },
    );
    // One season alone leaves no choice.
    expect(told.map((one) => one.result)).toEqual(['not_found', 'not_found', 'not_found', true, true, true, 'not_found']);
  });

  it('counts those episodes alone that a cour has', async () => {
    const [{ seasons, ...counted } = {}] = (await call<JsonObject[]>('POST', '/sync/watched?extended=episodes', [{ mal: 38_524 }])).body;
    expect(counted).toMatchObject({ result: true, episodes_total: 2, episodes_watched: 1 });
    expect(seasons).toMatchObject([
      {
        number: 3,
        episodes: [
          { number: 3, watched: true },
          { number: 4, watched: false },
        ],
      },
    ]);
  });

  it('answers for what our own number of a title has as our answers count', async () => {
    const number = (await mine()).find((one) => one.show.title !== 'One Piece')?.show.ids.simkl ?? null;
    expect(await ask({ simkl: number, mal: 38_524, season: 1, episode: 1 }, { simkl: number, season: 3, episode: 1 })).toMatchObject([
      { result: false },
      { result: true },
    ]);
  });
});

describe('what is told of anime', () => {
  it('has the seasons of TVDB and the sort of series where a mapping has them', async () => {
    await write({
      anime: [
        { ids: { mal: 21 }, episodes: numbers(2, 3) },
        { ids: { mal: 35_760 }, episodes: numbers(1) },
      ],
    });
    const full = await byName('?extended=full_anime_seasons');
    expect(
      full.map(({ show, anime_type, mapped_tvdb_seasons, seasons }) => [show.title, anime_type, mapped_tvdb_seasons, seasons]),
    ).toEqual([
      [
        'One Piece',
        'tv',
        [1, 2],
        [
          {
            number: 1,
            episodes: [
              { number: 2, tvdb: { season: 1, episode: 2 } },
              { number: 3, tvdb: { season: 2, episode: 1 } },
            ],
          },
        ],
      ],
      ['Attack on Titan', 'tv', [0, 1, 3], [{ number: 3, episodes: [{ number: 1, tvdb: { season: 3, episode: 1 } }] }]],
    ]);
    const simkl = full[0]?.show.ids.simkl;
    expect((await call('GET', `/anime/${simkl}?extended=full_anime_seasons`)).body).toMatchObject({
      anime_type: 'tv',
      mapped_tvdb_seasons: [1, 2],
    });
    expect((await call('GET', `/anime/${simkl}`)).body).not.toHaveProperty('mapped_tvdb_seasons');
    expect((await call('GET', `/anime/episodes/${simkl}`)).body).toMatchObject([{}, {}, { tvdb: { season: 2, episode: 1 } }, {}]);

    await home.rooms.animeCoordinates.forget('test');
    const without = await byName('?extended=full_anime_seasons');
    expect(without.map(({ anime_type, mapped_tvdb_seasons }) => [anime_type, mapped_tvdb_seasons])).toEqual([
      [null, []],
      [null, [0, 1, 3]],
    ]);
    expect(without[0]?.seasons?.[0]?.episodes).toEqual(numbers(2, 3));
  });

  it('has the places of TVDB beside episodes that somebody plays and can go on with, where a mapping has them', async () => {
    const played = (number: number) => ({ progress: 10, anime: { ids: { mal: 21 } }, episode: { number } });
    const placed = { season: 1, number: 3, tvdb_season: 2, tvdb_number: 1 };
    expect((await call('POST', '/scrobble/pause', played(3))).body).toMatchObject({ action: 'pause', episode: { season: 1, number: 3 } });
    const [first] = (await call<JsonObject[]>('GET', '/sync/playback/episodes')).body;
    expect(first).toMatchObject({ anime: { title: 'One Piece' }, episode: placed });
    expect((await call('POST', '/scrobble/start', played(3))).body).toMatchObject({ episode: placed });
    await home.rooms.animeCoordinates.forget('test');
    const [bare] = (await call<JsonObject[]>('GET', '/sync/playback')).body;
    expect(bare).toMatchObject({ episode: { season: 1, number: 3 } });
    expect(Object.keys(bare?.episode ?? {})).toEqual(['season', 'number', 'episode', 'title']);
    await call('DELETE', `/sync/playback/${first?.id}`);
  });

  it('finds a series by the id of any of its cours', async () => {
    expect((await call('GET', '/search/id?mal=38524')).body).toMatchObject([{ title: 'Attack on Titan', anime_type: 'tv' }]);
    await home.rooms.animeCoordinates.forget('test');
    expect((await call('GET', '/search/id?mal=38524')).body).toEqual([]);
  });
});
