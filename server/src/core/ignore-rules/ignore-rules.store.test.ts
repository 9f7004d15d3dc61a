import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph, NO_OWN_IDS } from '#core/media/index.ts';
import { createPeople } from '#core/people/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { type PersonId, personId, serverId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { parseRule as parse } from './ignore-rule.ts';
import { createIgnoreRules, type IgnoreRules } from './ignore-rules.store.ts';

const MAIN = personId(1);
const parseRule = (text: string) => parse(text, NO_OWN_IDS);

describe.each(DATABASES)('ignore rules on %s', (kind) => {
  let test: TestDatabase;
  let rules: IgnoreRules;
  let anna: PersonId;
  let now = 1_000;
  const clock = { now: () => now };
  const texts = async (...given: Parameters<IgnoreRules['list']>) => (await rules.list(...given)).map((rule) => rule.rule);
  const failsWith = async (work: Promise<unknown>, code: 'conflict' | 'not-found') =>
    expect(isAppError(await work.catch((error: unknown) => error), code)).toBe(true);

  beforeAll(async () => {
    test = await openTestDatabase(kind);
    rules = createIgnoreRules(test.database, { clock });
    anna = (await createPeople({ database: test.database, clock }).create('anna')).id;
    await test.database.transaction((handle) =>
      createMediaGraph(handle, { clock }).ingest(serverId(1), [
        {
          upstreamId: '1',
          libraryId: 'l',
          kind: 'movie',
          title: 'Alpha',
          ids: { tmdb: '5' },
          files: [],
          genres: [],
          state: { played: false, positionMs: 0 },
        },
      ]),
    );
    await rules.add(MAIN, parseRule('movie://tmdb:5@plex'));
    now = 2_000;
    await rules.add(MAIN, parseRule('show://tvdb:6@plex?id=9'));
    await rules.add(MAIN, parseRule('movie://tmdb:5@emby'));
    await rules.add(anna, parseRule('movie://tmdb:5@plex'));
  });
  afterAll(() => test.close());

  it('are kept for each person, oldest first, with the title where it is known', async () => {
    expect(await rules.list(MAIN)).toEqual([
      { type: 'movie', provider: 'tmdb', value: '5', account: 'plex', rule: 'movie://tmdb:5@plex', title: 'Alpha', createdAt: 1_000 },
      { type: 'show', provider: 'tvdb', value: '6', account: 'plex', upstreamId: '9', rule: 'show://tvdb:6@plex?id=9', createdAt: 2_000 },
      expect.objectContaining({ rule: 'movie://tmdb:5@emby' }),
    ]);
    expect(await texts(anna)).toEqual(['movie://tmdb:5@plex']);
  });

  it('are filtered', async () => {
    expect(await texts(MAIN, { account: 'plex', type: 'movie' })).toEqual(['movie://tmdb:5@plex']);
    expect(await texts(MAIN, { provider: 'tvdb', value: '6' })).toEqual(['show://tvdb:6@plex?id=9']);
    expect(await texts(MAIN, { value: '7' })).toEqual([]);
  });

  it('are there once, and none is added below one that covers it', async () => {
    await failsWith(rules.add(MAIN, parseRule('movie://tmdb:05@plex')), 'conflict');
    await failsWith(rules.add(MAIN, parseRule('movie://tmdb:5@plex?id=3')), 'conflict');
    expect(await texts(MAIN)).toHaveLength(3);
  });

  it('concern the account that they name', async () => {
    expect(await rules.forAccount({ personId: MAIN, name: 'plex' })).toEqual([
      parseRule('movie://tmdb:5@plex'),
      parseRule('show://tvdb:6@plex?id=9'),
    ]);
    expect(await rules.forAccount({ personId: anna, name: 'emby' })).toEqual([]);
  });

  it('keep the day on which they were made elsewhere', async () => {
    expect(await rules.add(anna, parseRule('show://imdb:tt7@plex'), 500)).toMatchObject({ createdAt: 500 });
  });

  it('go one by one, and say so where there is none', async () => {
    expect(await rules.remove(MAIN, parseRule('movie://tmdb:5@emby'))).toMatchObject({ title: 'Alpha', account: 'emby' });
    await failsWith(rules.remove(MAIN, parseRule('movie://tmdb:5@emby')), 'not-found');
    await failsWith(rules.remove(MAIN, parseRule('show://tvdb:6@plex')), 'not-found');
    expect(await texts(MAIN)).toEqual(['movie://tmdb:5@plex', 'show://tvdb:6@plex?id=9']);
  });
});
