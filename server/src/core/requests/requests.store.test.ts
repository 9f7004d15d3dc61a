import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '#core/connections/index.ts';
import { createMediaGraph } from '#core/media/index.ts';
import { createPeople } from '#core/people/index.ts';
import type { DeskRequest } from '#core/upstreams/index.ts';
import { type DeskId, type MediaId, personId, requestId, serverId } from '#kernel/ids.ts';
import { DATABASES, openTestDatabase, type TestDatabase } from '#tests/support/databases.ts';
import { createDesks } from './desks.ts';
import { createRequests, type Requests } from './requests.ts';

const alice = { id: 2, displayName: 'alice', jellyfinUserId: 'a11ce' };
const bob = { id: 3, displayName: 'bob', email: 'bob@example.test' };

const movie = (id: number, tmdbId: number, more: Partial<DeskRequest> = {}): DeskRequest => ({
  id,
  kind: 'movie',
  tmdbId,
  is4k: false,
  status: 'pending',
  mediaStatus: 'pending',
  seasons: [],
  requestedBy: alice,
  createdAt: 100 + id,
  updatedAt: 100 + id,
  ...more,
});
const show = (id: number, tmdbId: number, seasons: readonly number[], more: Partial<DeskRequest> = {}): DeskRequest =>
  movie(id, tmdbId, { kind: 'tv', seasons: seasons.map((number) => ({ number, status: 'pending' })), ...more });

describe.each(DATABASES)('requests on %s', (kind) => {
  let opened: TestDatabase;
  let requests: Requests;
  let desk: DeskId;
  let now = 1_000;
  const clock = { now: () => now };
  const accounts: Account[] = [];

  beforeAll(async () => {
    opened = await openTestDatabase(kind);
    const secrets = { encrypt: (text: string) => text, decrypt: (text: string) => text };
    const driver = { vendor: 'seerr', connect: () => ({}) as never, requestOfWebhook: () => undefined, titleOfWebhook: () => undefined };
    const desks = createDesks({ database: opened.database, clock, secrets, drivers: { seerr: driver } });
    desk = (await desks.create({ name: 'Main', url: 'http://main', apiKey: 'k', role: 'primary' })).id;
    requests = createRequests({
      database: opened.database,
      clock,
      accounts: async () => accounts,
      graphOn: (handle) => createMediaGraph(handle, { clock }),
    });
  });
  afterAll(() => opened.close());

  const record = (listed: readonly DeskRequest[], whole = true) => requests.record(desk, { requests: listed, at: now, whole });

  it('are taken down as they are listed, and nothing is written twice', async () => {
    const listed = [
      movie(1, 603, { imdbId: 'tt0133093' }),
      show(2, 1396, [1, 2], { tvdbId: 81189, requestedBy: bob }),
      movie(3, 603, { is4k: true }),
    ];
    const first = await record(listed);
    expect(first).toMatchObject({ added: 3, changed: 0, missing: [] });
    expect(first.requests[1]).toMatchObject({
      upstreamId: 2,
      kind: 'tv',
      tmdbId: 1396,
      tvdbId: 81189,
      seasons: [
        { number: 1, status: 'pending' },
        { number: 2, status: 'pending' },
      ],
      requestedBy: { displayName: 'bob', email: 'bob@example.test' },
      createdAt: 102,
      firstSeenAt: 1_000,
    });
    now = 2_000;
    expect(await record(listed)).toMatchObject({ added: 0, changed: 0, newUsers: [] });
  });

  it('change by status and seasons, and by nothing that only looks like a change', async () => {
    const listed = [
      movie(1, 603, { imdbId: 'tt0133093', status: 'approved', updatedAt: 9_999 }),
      show(2, 1396, [1, 2, 3], { tvdbId: 81189, requestedBy: bob }),
      movie(3, 603, { is4k: true, updatedAt: 9_999 }),
    ];
    const recorded = await record(listed);
    expect(recorded).toMatchObject({ added: 0, changed: 2 });
    expect(recorded.requests.map((request) => [request.status, request.seasons.length, request.firstSeenAt])).toEqual([
      ['approved', 0, 1_000],
      ['pending', 3, 1_000],
      ['pending', 0, 1_000],
    ]);
  });

  it('that are missing are only named; what is said of them by their id is kept', async () => {
    const { missing } = await record([movie(1, 603, { imdbId: 'tt0133093', status: 'approved' })]);
    expect(missing.map((request) => request.upstreamId)).toEqual([2, 3]);
    expect(missing.every((request) => request.goneAt === undefined && request.hiddenAt === undefined)).toBe(true);
    const [second, third] = missing;
    now = 3_000;
    await requests.noteGone([third?.id ?? requestId(0)], 2_500);
    await requests.noteHidden(second ?? { id: requestId(0) }, 2_500);
    expect(await requests.byUpstream(desk, 3)).toMatchObject({ goneAt: 3_000, lastSeenAt: 2_500 });
    expect(await requests.byUpstream(desk, 2)).toMatchObject({ hiddenAt: 3_000, lookAt: 303_000, lastSeenAt: 2_500 });
    now = 1_003_000;
    await requests.noteHidden((await requests.byUpstream(desk, 2)) ?? { id: requestId(0) }, 900_000);
    expect(await requests.byUpstream(desk, 2)).toMatchObject({ hiddenAt: 3_000, lookAt: 2_003_000, lastSeenAt: 2_500 });
    expect((await requests.list({}, { offset: 0, limit: 10 })).requests.map((one) => one.upstreamId)).toEqual([2, 1]);
    expect((await requests.list({ gone: 'only' }, { offset: 0, limit: 10 })).total).toBe(1);
  });

  it('stay hidden when they are answered by their id, and are back when they are listed', async () => {
    await record([show(2, 1396, [1], { tvdbId: 81189, requestedBy: bob, status: 'approved' })], false);
    expect(await requests.byUpstream(desk, 2)).toMatchObject({ status: 'approved', hiddenAt: 3_000 });
    const { missing } = await record([movie(1, 603), show(2, 1396, [1], { requestedBy: bob }), movie(3, 603, { is4k: true })]);
    expect(missing).toEqual([]);
    for (const id of [2, 3]) {
      const back = await requests.byUpstream(desk, id);
      expect([back?.hiddenAt, back?.goneAt, back?.lastSeenAt, back?.lookAt]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it('are refused as a whole where a number stands for another title than before', async () => {
    await expect(record([movie(1, 11), movie(9, 9)])).rejects.toMatchObject({
      code: 'conflict',
      message: /Request 1 was movie:603:False and is movie:11:False/,
    });
    expect(await requests.byUpstream(desk, 9)).toBeUndefined();
    expect(await requests.byUpstream(desk, 1)).toMatchObject({ tmdbId: 603 });
  });

  it('are found by person, title and state', async () => {
    const all = { offset: 0, limit: 10 };
    expect((await requests.list({ kind: 'movie', tmdbId: 603, is4k: true }, all)).requests.map((one) => one.upstreamId)).toEqual([3]);
    expect((await requests.list({ statuses: ['approved'] }, all)).total).toBe(0);
    expect((await requests.list({ statuses: [] }, all)).total).toBe(0);
    expect((await requests.list({ deskId: desk }, { offset: 1, limit: 1 })).requests).toHaveLength(1);
    expect((await requests.ofTitle({ kind: 'movie', imdbId: 'tt0133093' })).length).toBe(0);
    await record([movie(1, 603, { imdbId: 'tt0133093' })], false);
    expect((await requests.ofTitle({ kind: 'movie', imdbId: 'tt0133093' })).map((one) => one.upstreamId)).toEqual([1]);
    expect((await requests.ofTitle({ kind: 'movie', tmdbId: 603, imdbId: 'tt9' })).map((one) => one.upstreamId)).toEqual([1, 3]);
  });

  it('belong to the person whose account or word says so', async () => {
    const { database } = opened;
    const people = createPeople({ database, clock });
    const anna = await people.create('anna');
    accounts.push({
      personId: anna.id,
      userId: 'A11CE',
      userName: 'alice',
      options: {},
      server: { id: serverId(1), type: 'jellyfin', uuid: 'u', url: 'http://j', name: 'j', version: '1' },
    } as unknown as Account);
    await requests.matchPeople();
    expect((await requests.list({ personId: anna.id }, { offset: 0, limit: 10 })).total).toBe(2);
    expect(await requests.setPerson(desk, bob.id, personId(1))).toMatchObject({ by: 'word', user: { personId: 1 } });
    await requests.matchPeople();
    expect((await requests.byUpstream(desk, 2))?.requestedBy.personId).toBe(1);
    expect((await requests.setPerson(desk, bob.id, undefined)).user.personId).toBeUndefined();
    await expect(requests.setPerson(desk, 99, undefined)).rejects.toMatchObject({ code: 'not-found' });
    await people.remove('anna');
    accounts.length = 0;
    expect((await requests.byUpstream(desk, 1))?.requestedBy).toMatchObject({ displayName: 'alice' });
    expect((await requests.byUpstream(desk, 1))?.requestedBy.personId).toBeUndefined();
  });

  const item = (upstreamId: string, more: object) => ({
    upstreamId,
    libraryId: '1',
    files: [],
    genres: [],
    state: { played: false, positionMs: 0 },
    ...more,
  });
  const ingest = (...items: object[]) =>
    opened.database.transaction((handle) => createMediaGraph(handle, { clock }).ingest(serverId(7), items as never));
  const described = async (id: MediaId | undefined) =>
    (await createMediaGraph(opened.database, { clock }).get([id].flatMap((one) => one ?? [])))[0];

  it('are titles of the media graph before any server has them, and the same ones when one has', async () => {
    const all = await requests.ofDesk(desk);
    const media = await requests.mediaOf(all);
    const [matrix, series, again] = all.map((request) => media.get(request.id));
    expect(again).toBe(matrix);
    expect(await described(matrix)).toMatchObject({ kind: 'movie', ids: { tmdb: '603', imdb: 'tt0133093' } });
    expect(await described(series)).toMatchObject({ kind: 'show', ids: { tmdb: '1396', tvdb: '81189' } });

    const [film, pilot] = await ingest(
      item('m', { kind: 'movie', title: 'The Matrix', year: 1999, ids: { tmdb: '603' } }),
      item('e', {
        kind: 'episode',
        title: 'Pilot',
        ids: { tvdb: '349232' },
        show: { upstreamId: 's', title: 'Breaking Bad', ids: { tvdb: '81189', tmdb: '1396' } },
        season: 1,
        episodes: [1],
      }),
    );
    expect(film?.mediaIds).toEqual([matrix]);
    expect(await described(matrix)).toMatchObject({ title: 'The Matrix', year: 1999 });
    expect(await described(pilot?.mediaIds[0])).toMatchObject({ show: { id: series, title: 'Breaking Bad' } });
    const found = await requests.ofMedia([...(film?.mediaIds ?? []), ...(pilot?.mediaIds ?? [])]);
    expect([...found.values()].map((asked) => asked.map((one) => one.upstreamId))).toEqual([[1, 3], [2]]);
  });

  it('whose ids speak against each other are given to no title by guess', async () => {
    await ingest(
      item('h', { kind: 'movie', title: 'Heat', year: 1995, ids: { tmdb: '949' } }),
      item('i', { kind: 'movie', title: 'Insomnia', year: 2002, ids: { imdb: 'tt0278504' } }),
    );
    await record([movie(40, 949, { imdbId: 'tt0278504' })], false);
    const asked = [await requests.byUpstream(desk, 40)].flatMap((one) => one ?? []);
    expect((await requests.mediaOf(asked)).size).toBe(0);
    const graph = createMediaGraph(opened.database, { clock });
    expect(await graph.find({ kind: 'movie', ids: { tmdb: '949' } })).not.toEqual(
      await graph.find({ kind: 'movie', ids: { imdb: 'tt0278504' } }),
    );
    // What the desk learns later is taken up.
    await record([movie(40, 949, { imdbId: 'tt0113277' })], false);
    expect((await requests.mediaOf((await requests.ofDesk(desk)).filter((one) => one.upstreamId === 40))).size).toBe(1);
    await requests.noteGone(
      asked.map((one) => one.id),
      undefined,
    );
    expect(await graph.find({ kind: 'movie', ids: { imdb: 'tt0113277' } })).toHaveLength(1);
  });

  it('are forgotten with a word', async () => {
    await requests.forget(desk);
    expect(await requests.ofDesk(desk)).toEqual([]);
    expect(await record([movie(1, 11)])).toMatchObject({ added: 1 });
    await expect(requests.get(requestId(99_999))).rejects.toMatchObject({ code: 'not-found' });
  });
});
