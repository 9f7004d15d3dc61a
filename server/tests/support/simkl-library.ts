import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { jobActor } from '#core/access/index.ts';
import { createMediaGraph } from '#core/media/index.ts';
import type { UpstreamItem } from '#core/upstreams/index.ts';
import { mediaId, serverId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';
import { type Household, startHousehold } from './household.ts';
import { type AppInside, letAppIn } from './simkl-apps.ts';
import { createSimklCalls } from './simkl-calls.ts';

const WHILE = 30 * 60_000;
const START = Date.UTC(2026, 0, 10, 12);
const listed = { libraryId: '1', files: [], genres: [], state: { played: false, positionMs: 0 } };
const DARK = { upstreamId: 'dark', title: 'Dark', year: 2017, ids: { tvdb: '334824', imdb: 'tt5753856', tmdb: '70523' } };
const LOST = { upstreamId: 'lost', title: 'Lost', year: 2024, ids: { tvdb: '73739' } };
const BEBOP = { upstreamId: 'bebop', title: 'Cowboy Bebop', year: 1998, ids: { mal: '1', tvdb: '76885' } };
type Show = NonNullable<UpstreamItem['show']>;
const episode = (show: Show, season: number, number: number): UpstreamItem => ({
  ...listed,
  upstreamId: `${show.upstreamId}-${season}-${number}`,
  kind: 'episode',
  title: `Part ${number}`,
  ids: show === DARK ? { tvdb: String(6_000 + season * 100 + number) } : {},
  show,
  season,
  episodes: [number],
  runtimeMs: 50 * 60_000,
});
const movie = (title: string, year: number, ids: Record<string, string>): UpstreamItem => ({
  ...listed,
  upstreamId: title,
  kind: 'movie',
  title,
  year,
  ids,
  runtimeMs: 170 * 60_000,
  releasedOn: `${year}-12-15`,
});

type Entry = JsonObject & {
  show?: { title: string; ids: JsonObject };
  movie?: { title: string; ids: JsonObject };
  seasons?: { number: number; episodes: JsonObject[] }[];
};
export type Library = Partial<Record<'shows' | 'anime' | 'movies', Entry[]>>;
type Days = Record<string, string | null>;
export type Activities = { all: string; tv_shows: Days; movies: Days; anime: Days; settings: Days };
export type Added = {
  added: { movies: number; shows: number; episodes: number; statuses: { request: JsonObject; response: JsonObject }[] };
  not_found: Record<string, JsonObject[]>;
};

export const HEAT = { title: 'Heat', year: '1995', ids: { tmdb: 949 } };
export const DARK_ITEM = { title: 'Dark', year: 2017, ids: { tvdb: '334824' } };
export const LOST_ITEM = { ids: { tvdb: 73739 } };
export const BEBOP_ITEM = { ids: { mal: 1 } };
export const shown = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
export const marks = (...numbers: number[]) => ({
  ...DARK_ITEM,
  seasons: [{ number: 1, episodes: numbers.map((number) => ({ number })) }],
});

/**
 * A house with a small library, and an app of each generation that its person has let in, for all tests of the calling file. Each test finds
 * nothing on any list, and begins an hour after the last.
 */
export function useSimklLibrary() {
  let now = START;
  const clock = { now: () => now };
  let home: Household;
  let newer: AppInside;
  let older: AppInside;
  const callsOf = (app: () => AppInside) =>
    createSimklCalls(() => home.address, {
      get headers() {
        return app().headers;
      },
    });
  const call = callsOf(() => newer);

  beforeAll(async () => {
    home = await startHousehold({ servers: [], clock });
    const { database, titleFacts, appGrants } = home.rooms;
    newer = await letAppIn(appGrants, { generation: 2, clientId: 'newer' });
    const legacy = { clientId: 'older', name: 'Older', generation: 1, dialect: 'legacy' } as const;
    await appGrants.apps.register(legacy, { ...jobActor('test'), role: 'owner' });
    older = await letAppIn(appGrants, { clientId: 'older' });
    const copies = await database.transaction((handle) =>
      createMediaGraph(handle, { clock }).ingest(serverId(1), [
        movie('Heat', 1995, { imdb: 'tt0113277', tmdb: '949', simkl: '53992' }),
        movie('Akira', 1988, { mal: '47', tmdb: '149' }),
        movie('Ran', 1985, { imdb: 'tt0089881' }),
        ...[1, 2, 3].map((number) => episode(DARK, 1, number)),
        episode(DARK, 0, 1),
        ...[1, 2].map((number) => episode(LOST, 1, number)),
        ...[1, 2].map((number) => episode(BEBOP, 1, number)),
      ]),
    );
    const showOf = async (index: number) => {
      const [media] = await createMediaGraph(database, { clock }).get(copies[index]?.mediaIds ?? []);
      return media?.show?.id ?? mediaId(0);
    };
    const told = (season: number, number: number, airedOn: string) => ({ season, number, title: `Part ${number}`, airedOn });
    await titleFacts.tell('oracle', [
      {
        media: await showOf(3),
        facts: { status: 'ended' },
        complete: true,
        episodes: [1, 2, 3].map((n) => told(1, n, '2017-12-01')).concat(told(0, 1, '2017-12-01')),
      },
      {
        media: await showOf(7),
        facts: { status: 'airing' },
        complete: true,
        episodes: [told(1, 1, '2025-12-01'), told(1, 2, '2026-01-01'), told(1, 3, '2026-02-01')],
      },
    ]);
  });
  afterAll(() => home.close());

  beforeEach(async () => {
    now += WHILE;
    await call('POST', '/sync/history/remove', {
      movies: [HEAT, { ids: { tmdb: 149 } }, { ids: { imdb: 'tt0089881' } }],
      shows: [DARK_ITEM, LOST_ITEM],
      anime: [BEBOP_ITEM, { ids: { mal: 47 } }],
    });
    now += WHILE;
  });

  const history = (body: unknown, path = '/sync/history') => call<Added>('POST', path, body);
  const library = async (path = '', query = ''): Promise<Library> => (await call<Library>('GET', `/sync/all-items${path}${query}`)).body;
  const activities = async () => (await call<Activities>('GET', '/sync/activities')).body;
  const only = async (path = '', query = ''): Promise<Entry> =>
    Object.values(await library(path, query)).flat()[0] ?? expect.fail('nothing is in the library');

  return {
    get home() {
      return home;
    },
    now: () => now,
    later(ms: number): void {
      now += ms;
    },
    call,
    /** As an app of the first generation, which speaks the older dialect. */
    old: callsOf(() => older),
    history,
    library,
    activities,
    only,
  };
}
