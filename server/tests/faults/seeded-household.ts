import type { FakeMediaServer, FakeState } from '#core/upstreams/media-server.fake.ts';
import type { Household, ServerKind } from '#tests/support/household.ts';
import type { Standing } from './standing.ts';

const KINDS = ['plex', 'jellyfin', 'emby'] as const;
const DAY = 86_400_000;
const MINUTE = 60_000;
const isEpisode = (number: number): boolean => number % 4 === 3;
const START = Date.UTC(2024, 0, 1);

export type Dice = Readonly<{ below(limit: number): number; chance(share: number): boolean; pick<T>(from: readonly T[]): T }>;

/** The same numbers for the same seed (mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    pick: (from) => {
      const found = from[below(from.length)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
  };
}

/** `atMost`: a mark tells how many plays are known by then, and they are learned one after the other. */
type OnServer = { played: boolean; playCount: number; atMost: number };
type Expected = { watched: boolean; positionMs: number; plays: number; servers: Map<ServerKind, OnServer> };
type Title = Readonly<{ name: string; ids: ReadonlyMap<ServerKind, string>; expected: Expected }>;

export type SeededHousehold = ReturnType<typeof seedHousehold>;

/** Fills three servers with titles and states by the dice, and knows where everything has to stand in the end. */
export function seedHousehold(home: Household, dice: Dice, count: number) {
  const libraries = new Map(
    KINDS.map((kind) => [
      kind,
      {
        movies: home.fake(kind).addLibrary({ name: 'Movies', kind: 'movies' }),
        shows: home.fake(kind).addLibrary({ name: 'Shows', kind: 'shows' }),
      },
    ]),
  );
  const titles = Array.from({ length: count }, (_, number) => addTitle(number));

  function addTitle(number: number): Title {
    const name = `${isEpisode(number) ? 'Episode' : 'Film'} ${number}`;
    const ids = new Map<ServerKind, string>();
    const servers: Expected['servers'] = new Map();
    const dates = new Set<number>();
    const begunOn = dice.chance(0.2) ? dice.pick(KINDS) : undefined;
    const share = begunOn === undefined ? 0.35 : 0;
    for (const kind of KINDS.filter((one) => one === begunOn || dice.chance(0.85))) {
      const id = shelve(kind, number, name);
      ids.set(kind, id);
      const played = dice.chance(share);
      if (played) dates.add(setPlayed(home.fake(kind), id));
      servers.set(kind, { played, playCount: Number(played), atMost: Number(played) });
    }
    const positionMs = begunOn === undefined ? 0 : (10 + dice.below(60)) * MINUTE;
    if (begunOn !== undefined) setState(begunOn, ids, { positionMs, lastPlayedAt: START + 400 * DAY });
    return { name, ids, expected: { watched: dates.size > 0, positionMs, plays: dates.size, servers } };
  }

  function shelve(kind: ServerKind, number: number, title: string): string {
    const place = libraries.get(kind) ?? { movies: '', shows: '' };
    const shared = { title, addedAt: START, durationMs: 120 * MINUTE } as const;
    if (!isEpisode(number))
      return home.fake(kind).addTitle(place.movies, { ...shared, kind: 'movie', year: 2000, ids: { imdb: `tt${8_000_000 + number}` } });
    return home.fake(kind).addTitle(place.shows, {
      ...shared,
      kind: 'episode',
      show: { title: `Show ${number % 3}`, year: 2000, ids: { tvdb: String(900 + (number % 3)) } },
      season: 1,
      episodes: [number],
      ids: { tvdb: String(50_000 + number) },
    });
  }

  /** One of two evenings: a server may show the same sitting as another one, or an earlier one. */
  function setPlayed(fake: FakeMediaServer, id: string): number {
    const lastPlayedAt = START + (dice.chance(0.7) ? 30 : 200) * DAY;
    fake.setState(fake.owner.id, id, { played: true, playCount: 1, lastPlayedAt });
    return lastPlayedAt;
  }

  function setState(kind: ServerKind, ids: ReadonlyMap<ServerKind, string>, state: Partial<FakeState>): void {
    const fake = home.fake(kind);
    fake.setState(fake.owner.id, ids.get(kind) ?? '', state);
  }

  /** What is told to the others after a title has become watched. */
  function tellAll({ expected }: Title): void {
    for (const [kind, server] of expected.servers) {
      if (!server.played) {
        server.playCount += 1;
        server.atMost = kind === 'plex' ? server.playCount : Math.max(server.playCount, expected.plays);
      }
      server.played = true;
    }
  }

  return {
    /** The first agreement: what was watched anywhere is watched everywhere. */
    agree(): void {
      for (const title of titles) if (title.expected.watched) tellAll(title);
    },

    /** People finish titles and take marks away, each title at one server only. To be done in agreement. */
    async live(acts: Readonly<{ finished: number; unwatched: number }>): Promise<void> {
      const free = titles.filter((title) => title.ids.size > 0);
      const take = (from: readonly Title[]): Title | undefined => {
        if (from.length === 0) return undefined;
        const found = dice.pick(from);
        free.splice(free.indexOf(found), 1);
        return found;
      };
      for (let n = 0; n < acts.finished; n += 1) {
        const title = take(free);
        if (title) await finish(title);
      }
      for (let n = 0; n < acts.unwatched; n += 1) {
        const title = take(free.filter((one) => one.expected.watched));
        if (title) await unwatch(title);
      }
    },

    /** Where everything should stand, and where it stands, in the same shape. */
    expected: () => titles.filter((title) => title.ids.size > 0).map(({ name, expected }) => ({ name, ...shown(expected) })),
    actual: (known: ReadonlyMap<string, Standing>) =>
      titles
        .filter((title) => title.ids.size > 0)
        .map(({ name, ids, expected }) => {
          const here = known.get(name);
          const servers = new Map(
            [...ids].map(([kind, id]) => {
              const fake = home.fake(kind);
              const { played, playCount, positionMs } = fake.stateOf(fake.owner.id, id);
              const wanted = expected.servers.get(kind) ?? { playCount, atMost: playCount };
              const fits = playCount >= wanted.playCount && playCount <= wanted.atMost;
              return [kind, { played, playCount: fits ? wanted.playCount : playCount, positionMs }];
            }),
          );
          return {
            name,
            watched: here?.watched,
            plays: here?.plays,
            positionMs: here?.positionMs,
            servers: Object.fromEntries(servers),
          };
        }),
  };

  async function finish(title: Title): Promise<void> {
    const kind = dice.pick([...title.ids.keys()]);
    const fake = home.fake(kind);
    await fake.finish(fake.owner.id, title.ids.get(kind) ?? '');
    const { expected } = title;
    const server = expected.servers.get(kind);
    if (server) Object.assign(server, { played: true, playCount: server.playCount + 1, atMost: server.atMost + 1 });
    Object.assign(expected, { watched: true, positionMs: 0, plays: expected.plays + 1 });
    tellAll(title);
  }

  async function unwatch(title: Title): Promise<void> {
    const kind = dice.pick([...title.ids.keys()]);
    const fake = home.fake(kind);
    await fake.markByHand(fake.owner.id, title.ids.get(kind) ?? '', false);
    title.expected.watched = false;
    for (const server of title.expected.servers.values()) Object.assign(server, { played: false, playCount: 0, atMost: 0 });
  }
}

const shown = ({ watched, plays, positionMs, servers }: Expected) => ({
  watched,
  plays,
  positionMs,
  servers: Object.fromEntries(
    [...servers].map(([kind, { played, playCount }]) => [kind, { played, playCount, positionMs: played ? 0 : positionMs }]),
  ),
});
