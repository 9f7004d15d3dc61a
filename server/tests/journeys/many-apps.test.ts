import { describe, expect, it } from 'vitest';
import { DATABASES } from '#tests/support/databases.ts';
import { type Household, inHousehold } from '#tests/support/journey.ts';
import { type AppInside, letAppIn } from '#tests/support/simkl-apps.ts';

const PEOPLE = 200;
const DAY = '2026-01-02T03:04:05Z';

type Library = { movies?: { status: string; user_rating: number | null; movie: { ids: { imdb?: string } } }[] };

const movie = (number: number) => ({ title: `Movie ${number}`, year: 2000, ids: { imdb: `tt${8_000_000 + number}` } });

async function send(home: Household, app: AppInside, path: string, body: object): Promise<number> {
  const { status } = await home.send('POST', path, body, { ...app.headers });
  return status;
}

/** One person's app: what all of them watch, what this person alone watches, a rating, a list, and a removal. */
async function live(home: Household, app: AppInside, number: number): Promise<readonly number[]> {
  const [shared, own, planned, gone] = [movie(0), movie(4 * number + 1), movie(4 * number + 2), movie(4 * number + 3)];
  const statuses = [await send(home, app, '/sync/history', { movies: [shared, own, gone].map((one) => ({ ...one, watched_at: DAY })) })];
  statuses.push(
    ...(await Promise.all([
      send(home, app, '/sync/ratings', { movies: [{ ...shared, rating: 1 + (number % 10) }] }),
      send(home, app, '/sync/add-to-list', { movies: [{ ...planned, to: 'plantowatch' }] }),
      send(home, app, '/sync/history/remove', { movies: [gone] }),
    ])),
  );
  return statuses;
}

describe.each(DATABASES)('the apps of two hundred people at once, on %s', (database) => {
  it('lose nothing, are refused nothing, and each sees just its own person’s library', { timeout: 120_000 }, () =>
    inHousehold({ database, servers: [] }, async (home) => {
      const people = await Promise.all(Array.from({ length: PEOPLE }, (_, n) => home.rooms.people.create(`person_${n}`)));
      const apps: AppInside[] = [];
      for (const person of people) apps.push(await letAppIn(home.rooms.appGrants, { person: person.id }));

      const statuses = await Promise.all(apps.map((app, number) => live(home, app, number)));
      expect(new Set(statuses.flat())).toEqual(new Set([201]));

      const libraries = await Promise.all(
        apps.map(async (app) => (await home.get('/sync/all-items/movies', { ...app.headers })).body as Library),
      );
      const told = libraries.map(({ movies = [] }) =>
        movies.map(({ status, user_rating: rating, movie: { ids } }) => [ids.imdb, status, rating]).sort(),
      );
      expect(told).toEqual(
        apps.map((_, number) =>
          [
            [movie(0).ids.imdb, 'completed', 1 + (number % 10)],
            [movie(4 * number + 1).ids.imdb, 'completed', null],
            [movie(4 * number + 2).ids.imdb, 'plantowatch', null],
          ].sort(),
        ),
      );
    }),
  );
});
