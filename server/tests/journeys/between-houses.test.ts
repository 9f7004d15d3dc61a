import { afterEach, describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import { DATABASES } from '#tests/support/databases.ts';
import { eventually, type Household, startHousehold } from '#tests/support/household.ts';
import { settled } from '#tests/support/journey.ts';
import { decideAs, letAppIn } from '#tests/support/simkl-apps.ts';
import { createSimklCalls, type SimklCalls } from '#tests/support/simkl-calls.ts';

type Entry = Readonly<Partial<Record<'movie' | 'show', Readonly<{ title: string }>>>> &
  Readonly<{
    status: string;
    user_rating: number | null;
    last_watched_at: string | null;
    seasons?: { number: number; episodes: { number: number }[] }[];
  }>;

const OWNER = { username: 'owner', password: 'a long enough password' };
const ACTOR = { kind: 'login', id: '1', name: 'owner' };
const WHOLE = '/sync/all-items?extended=full&include_all_episodes=original';
const PACE = { post: 0, lock: 1, burst: 1, fault: 1 };
const signal = () => ({ signal: AbortSignal.timeout(20_000) });
const DARK = { title: 'Dark', year: 2017, ids: { tvdb: 334824 } };
const episodes = (...numbers: number[]) => ({ ...DARK, seasons: [{ number: 1, episodes: numbers.map((number) => ({ number })) }] });
const onDay = { watched_at: '2024-09-10T13:52:56Z' };

const houses: Household[] = [];
const start = async (options: Parameters<typeof startHousehold>[0]): Promise<Household> => {
  const home = await startHousehold({ servers: [], ...options });
  houses.push(home);
  return home;
};
afterEach(async () => {
  for (const home of houses.splice(0).reverse()) await home.close();
});

/** What a library comes to, whatever numbers its house gave. */
async function told(call: SimklCalls) {
  const { body } = await call<Record<string, Entry[]>>('GET', WHOLE);
  return Object.entries(body)
    .flatMap(([shelf, entries]) =>
      entries.map(({ movie, show, status, user_rating: rating, last_watched_at: at, seasons = [] }) => {
        const seen = seasons.flatMap((season) => season.episodes.map((episode) => `${season.number}x${episode.number}`));
        return `${shelf} ${(movie ?? show)?.title}: ${status} ${rating ?? '-'} ${seen.join()} ${at}`;
      }),
    )
    .sort();
}

describe.each(DATABASES)('a house that speaks to what another one serves, on %s', (database) => {
  it('has the same library after each round, whichever of them was told', { timeout: 60_000 }, async () => {
    const there = await start({});
    const here = await start({ database, house: { simkl: { apiUrl: there.address, siteUrl: there.address, pace: PACE } } });
    const [ours, theirs] = await Promise.all(
      [here, there].map(async (home) => createSimklCalls(() => home.address, await letAppIn(home.rooms.appGrants))),
    );
    if (!ours || !theirs) throw new Error('no app was let in');
    await theirs('POST', '/sync/history', {
      movies: [{ title: 'Heat', year: 1995, ids: { imdb: 'tt0113277', tmdb: 949 }, ...onDay }],
      shows: [{ ...episodes(1, 2), ...onDay }],
      anime: [{ title: 'Bebop', ids: { mal: 1 }, episodes: [{ number: 1 }], ...onDay }],
    });
    await theirs('POST', '/sync/add-to-list', { movies: [{ title: 'Ran', ids: { imdb: 'tt0089881' }, to: 'plantowatch' }] });
    await ours('POST', '/sync/history', { movies: [{ title: 'Alien', year: 1979, ids: { imdb: 'tt0078748' }, rating: 9, ...onDay }] });
    await ours('POST', '/sync/history', { shows: [{ ...episodes(3), ...onDay }] });

    const { trackerSync, plans } = here.rooms;
    const switches = { takes: true, sends: true, lists: true, ratings: true };
    const wish = { personId: MAIN_PERSON, name: 'simkl', vendor: 'simkl', clientId: 'another-house', switches };
    const { link, invitation } = await trackerSync.add(wish, signal());
    if (invitation.how !== 'code') throw new Error('no code was given');
    await decideAs(there.address, OWNER, invitation.userCode);
    expect(await trackerSync.finish(link.id, {}, signal())).toBe('connected');
    await settled(here);
    const [first] = (await plans.list({ feature: 'tracker-sync.first', states: ['proposed'] }, { offset: 0, limit: 1 })).plans;
    if (!first) throw new Error('no plan was proposed');
    await plans.approve(first.id, ACTOR);
    // The run that carries it out is asked for by an event, which may be on its way still.
    await eventually(async () => expect((await plans.get(first.id)).state).toBe('applied'));
    await settled(here);

    const round = async () => {
      const result = await trackerSync.run(link.id, { full: false, byHand: false }, { ...signal(), log: () => undefined });
      await settled(here);
      await settled(there);
      return result;
    };
    const expectAgreed = async (...expected: string[]) => {
      for (let rounds = 0; rounds < 3; rounds += 1) await round();
      expect(await told(ours)).toEqual(expected);
      expect(await told(theirs)).toEqual(expected);
      expect(await trackerSync.open(link.id)).toEqual([]);
    };
    const day = onDay.watched_at;
    const alien = `movies Alien: completed 9  ${day}`;
    await expectAgreed(
      `anime Bebop: watching - 1x1 ${day}`,
      alien,
      `movies Heat: completed -  ${day}`,
      'movies Ran: plantowatch -  null',
      `shows Dark: watching - 1x1,1x2,1x3 ${day}`,
    );

    await theirs('POST', '/sync/history/remove', { movies: [{ ids: { tmdb: 949 } }], shows: [episodes(2)] });
    await theirs('POST', '/sync/ratings', { shows: [{ ...DARK, rating: 6 }] });
    await ours('POST', '/sync/add-to-list', { shows: [{ ...DARK, to: 'hold' }], movies: [{ ids: { imdb: 'tt0089881' }, to: 'dropped' }] });
    await ours('POST', '/sync/history/remove', { anime: [{ ids: { mal: 1 } }] });
    await expectAgreed(alien, 'movies Ran: dropped -  null', `shows Dark: hold 6 1x1,1x3 ${day}`);
  });
});
