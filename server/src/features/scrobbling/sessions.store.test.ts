import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMediaGraph } from '#core/media/index.ts';
import { type MediaId, personId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createSessions, type Session } from './sessions.store.ts';

const [ALICE, BOB] = [personId(1), personId(2)];

describe.each(DATABASES)('the last words of apps on %s', (kind) => {
  let opened: TestDatabase;
  let movies: readonly MediaId[];
  const clock = { now: () => 1 };
  const sessions = () => createSessions(opened.database, { clock });
  const session = (media: MediaId | undefined, at: number, more: Partial<Session> = {}): Session => ({
    mediaId: media as MediaId,
    state: 'paused',
    progress: 12.34,
    at,
    startedAt: at - 5,
    client: 'app',
    ...more,
  });

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    const known = await opened.database.transaction((handle) =>
      createMediaGraph(handle, { clock }).know([1, 2, 3].map((id) => ({ kind: 'movie', title: `Film ${id}`, ids: { imdb: `tt${id}` } }))),
    );
    movies = known.flatMap(({ mediaId }) => mediaId ?? []);
  });
  afterAll(() => opened.close());

  it('are one for each title and person, the last one first', async () => {
    const [one, two] = movies;
    await sessions().put(ALICE, session(one, 10));
    await sessions().put(ALICE, session(two, 20, { state: 'checkin', dueAt: 90 }));
    await sessions().put(ALICE, session(one, 30, { state: 'started', progress: 50 }));
    await sessions().put(BOB, session(one, 40));
    expect(await sessions().of(ALICE)).toEqual([
      session(one, 30, { state: 'started', progress: 50 }),
      session(two, 20, { state: 'checkin', dueAt: 90 }),
    ]);
    await sessions().end(ALICE, [one as MediaId]);
    expect((await sessions().of(ALICE)).map((each) => each.mediaId)).toEqual([two]);
    expect(await sessions().of(BOB)).toHaveLength(1);
  });

  it('follow a title that became another, where the last one counts', async () => {
    const [one, two, three] = movies as [MediaId, MediaId, MediaId];
    await sessions().put(ALICE, session(one, 50));
    await sessions().put(ALICE, session(three, 60));
    await opened.database.transaction((handle) => createMediaGraph(handle, { clock }).merge(three, one, 'owner'));
    expect((await sessions().of(ALICE)).map((each) => [each.mediaId, each.at])).toEqual([
      [one, 60],
      [two, 20],
    ]);
    await sessions().end(ALICE, [one]);
    expect((await sessions().of(ALICE)).map((each) => each.mediaId)).toEqual([two]);
  });
});
