import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { createViewingStore } from '#core/viewing/index.ts';
import { mediaId } from '#kernel/ids.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { eventually, type Household, type ServerKind, startHousehold } from '#tests/support/household.ts';

const DAY = 86_400_000;
const alien = { kind: 'movie', title: 'Alien', year: 1979, ids: { imdb: 'tt0078748', tmdb: '348' } } as const;
const pilot = {
  kind: 'episode',
  title: 'Pilot',
  show: { title: 'Twin Peaks', year: 1990, ids: { tvdb: '70533' } },
  season: 1,
  episodes: [1],
  ids: { tvdb: '127131' },
} as const;

/** The same two titles on each server; answers their ids there. */
function seed(home: Household, kinds: readonly ServerKind[]) {
  return Object.fromEntries(
    kinds.map((kind) => {
      const fake = home.fake(kind);
      const movies = fake.addLibrary({ name: 'Movies', kind: 'movies' });
      const shows = fake.addLibrary({ name: 'Shows', kind: 'shows' });
      const addedAt = Date.now() - 400 * DAY;
      return [kind, { alien: fake.addTitle(movies, { ...alien, addedAt }), pilot: fake.addTitle(shows, { ...pilot, addedAt }) }];
    }),
  ) as Record<ServerKind, { alien: string; pilot: string }>;
}

const runTask = async (home: Household, run: 'runImport' | 'runExport', backend?: string) =>
  home.rooms.watchSync[run]({
    signal: AbortSignal.timeout(20_000),
    log: () => undefined,
    progress: () => undefined,
    breathe: async () => undefined,
    ...(backend !== undefined && { backend }),
  });

const ALL = ['plex', 'jellyfin', 'emby'] as const;

describe.each(DATABASES)('a household on %s', (database) => {
  it('learns from one server what was watched, and tells the others, once', async () => {
    const home = await startHousehold({ database });
    try {
      const ids = seed(home, ALL);
      const plex = home.fake('plex');
      const watchedAt = Math.floor((Date.now() - 30 * DAY) / 1000) * 1000;
      plex.setState(plex.owner.id, ids.plex.alien, { played: true, playCount: 2, lastPlayedAt: watchedAt });
      for (const kind of ALL) await home.addBackend(kind);
      await runTask(home, 'runImport');
      for (const kind of ['jellyfin', 'emby'] as const) {
        const fake = home.fake(kind);
        await eventually(() =>
          expect(fake.stateOf(fake.owner.id, ids[kind].alien)).toMatchObject({ played: true, playCount: 2, lastPlayedAt: watchedAt }),
        );
        expect(fake.stateOf(fake.owner.id, ids[kind].pilot).played).toBe(false);
      }
      await runTask(home, 'runImport');
      await runTask(home, 'runExport');
      expect(plex.stateOf(plex.owner.id, ids.plex.alien)).toMatchObject({ played: true, playCount: 2 });
      const viewing = createViewingStore(home.rooms.database);
      const [plays] = [
        ...(
          await viewing.plays(
            MAIN_PERSON,
            [1, 2, 3, 4].map((id) => mediaId(id)),
          )
        ).values(),
      ];
      expect(plays?.map((play) => play.at ?? 0).sort()).toEqual([0, watchedAt]);
    } finally {
      await home.close();
    }
  });

  it('hears of an un-watch and takes the mark away everywhere', async () => {
    const home = await startHousehold({ database });
    try {
      const ids = seed(home, ALL);
      for (const kind of ALL) {
        const fake = home.fake(kind);
        fake.setState(fake.owner.id, ids[kind].pilot, { played: true, playCount: 1, lastPlayedAt: Date.now() - DAY });
        await home.addBackend(kind);
      }
      await runTask(home, 'runImport');
      const jellyfin = home.fake('jellyfin');
      await jellyfin.markByHand(jellyfin.owner.id, ids.jellyfin.pilot, false);
      await runTask(home, 'runImport');
      for (const kind of ['plex', 'emby'] as const) {
        const fake = home.fake(kind);
        await eventually(() => expect(fake.stateOf(fake.owner.id, ids[kind].pilot).played).toBe(false));
      }
    } finally {
      await home.close();
    }
  });
});
