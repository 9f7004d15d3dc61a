import { describe, expect, it } from 'vitest';
import { MAIN_PERSON } from '#core/people/index.ts';
import type { JsonObject } from '#kernel/json.ts';
import { BEBOP_ITEM, DARK_ITEM, HEAT, marks, useSimklLibrary } from '#tests/support/simkl-library.ts';

const house = useSimklLibrary();
const { call, history, library, only } = house;

describe('removing', () => {
  const remove = (body: unknown) => call<{ deleted: JsonObject; not_found: JsonObject }>('POST', '/sync/history/remove', body);

  it('of a whole title takes everything, also its rating', async () => {
    await history({ shows: [{ ...DARK_ITEM, rating: 8 }], movies: [HEAT] });
    const { status, body } = await remove({ shows: [DARK_ITEM], movies: [HEAT, { ids: { imdb: 'tt0000222' } }] });
    expect([status, body]).toEqual([
      201,
      { deleted: { movies: 1, shows: 1, episodes: 0 }, not_found: { movies: [{ ids: { imdb: 'tt0000222' } }], shows: [] } },
    ]);
    expect(await library()).toEqual({});
    await history({ shows: [marks(1)] });
    expect(await only('/shows')).toMatchObject({ user_rating: null, watched_episodes_count: 1 });
  });

  it('of the one episode of a film marks it off, and leaves it with its rating and its memo', async () => {
    const akira = { ids: { mal: 47 } };
    const film = { ...akira, seasons: [{ number: 1, episodes: [{ number: 1, watched_at: '2020-05-05T05:05:05Z' }] }] };
    await call('POST', '/sync/history', { anime: [{ ...film, rating: 8, memo: { text: 'again', is_private: true } }] });
    expect(await only('/anime')).toMatchObject({ status: 'completed', last_watched_at: '2020-05-05T05:05:05Z', watched_episodes_count: 1 });
    const off = async (more: object) => (await call('POST', '/sync/history/remove', { anime: [{ ...akira, ...more }] })).body;
    expect(await off({ seasons: [] })).toMatchObject({ deleted: { movies: 0, episodes: 0 }, not_found: { shows: [] } });
    expect(await off({ episodes: [{ number: 2 }] })).toMatchObject({
      deleted: { movies: 0, episodes: 0 },
      not_found: { shows: [{ ...akira, seasons: [{ number: 1, episodes: [{ number: 2 }] }] }] },
    });
    expect(await off({ seasons: [{ number: 1 }] })).toMatchObject({ deleted: { movies: 0, episodes: 1 }, not_found: { shows: [] } });
    const standing = { user_rating: 8, memo: { text: 'again', is_private: true } };
    expect(await only('/anime', '?memos=yes')).toMatchObject({ ...standing, status: 'plantowatch', watched_episodes_count: 0 });
    await history({ anime: [{ ...akira, seasons: [{ number: 1 }] }] });
    expect(await only('/anime', '?memos=yes')).toMatchObject({ ...standing, status: 'completed' });
    const odd = await history({ anime: [{ ...akira, seasons: [{ number: 2 }] }] });
    expect(odd.body).toMatchObject({
      added: { movies: 0 },
      not_found: { episodes: [{ ...akira, seasons: [{ number: 2, episodes: [] }] }] },
    });
    expect((await call('POST', '/sync/history/remove', { movies: [{ ...akira, seasons: [] }] })).body).toMatchObject({
      deleted: { movies: 1 },
    });
    expect(await library()).toEqual({});
  });

  it('of episodes that are brought back leaves the show where it was put aside', async () => {
    await history({ shows: [marks(1, 2)] });
    for (const to of ['hold', 'plantowatch']) {
      await call('POST', '/sync/add-to-list', { shows: [{ ...DARK_ITEM, to }] });
      await call('POST', '/sync/history/remove', { shows: [marks(2)] });
      const [entry] = (await house.home.rooms.bin.list({ personId: MAIN_PERSON }, { offset: 0, limit: 1 })).entries;
      await house.home.rooms.restoring.restore(entry?.id ?? 0, { kind: 'login', id: 1, name: 'owner' });
      expect(await only('/shows')).toMatchObject({ status: to, watched_episodes_count: 2, last_watched: 'S01E02' });
    }
  });

  it('of a season or of episodes leaves the show where it is', async () => {
    await history({ shows: [DARK_ITEM] });
    expect((await remove({ shows: [marks(3)] })).body.deleted).toEqual({ movies: 0, shows: 0, episodes: 1 });
    expect(await only('/shows')).toMatchObject({ status: 'watching', watched_episodes_count: 2 });
    expect((await remove({ shows: [{ ...DARK_ITEM, seasons: [{ number: 1 }] }] })).body.deleted).toMatchObject({ episodes: 2 });
    expect(await only('/shows')).toMatchObject({ status: 'watching', watched_episodes_count: 0, last_watched_at: null });
  });

  it('and marking as much again, as one app sets its progress, keeps list, rating and memo', async () => {
    await history({ shows: [{ ...DARK_ITEM, status: 'hold', rating: 9, memo: { text: 'later', is_private: false } }] });
    await remove({ shows: [{ ...DARK_ITEM, seasons: [{ number: 1 }] }] });
    await history({ shows: [marks(1, 2)] });
    expect(await only('/shows', '?memos=yes')).toMatchObject({
      status: 'watching',
      user_rating: 9,
      watched_episodes_count: 2,
      memo: { text: 'later' },
    });
  });

  it('takes anime under its own name, and finds nothing to take twice', async () => {
    await history({ anime: [BEBOP_ITEM] });
    expect((await remove({ anime: [BEBOP_ITEM] })).body.deleted).toMatchObject({ shows: 1 });
    expect((await remove({ anime: [BEBOP_ITEM] })).body).toEqual({
      deleted: { movies: 0, shows: 0, episodes: 0 },
      not_found: { movies: [], shows: [] },
    });
  });
});
