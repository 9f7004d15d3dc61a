import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSeerrFake, type FakeSeerr, type FakeSeerrOptions, PERMISSION } from './seerr.fake.ts';

/** What was measured on a genuine Seerr, kept by the fake: its faults too, since they are what we have to live with. */
type Reply = Readonly<{ status: number; body: Record<string, unknown>; headers: Headers }>;
type Sent = Readonly<{ asUser?: string | number; body?: unknown; key?: string | null; headers?: Record<string, string> }>;

let fake: FakeSeerr;
const opened: FakeSeerr[] = [];
async function open(options: FakeSeerrOptions = {}): Promise<void> {
  fake = await createSeerrFake(options);
  opened.push(fake);
}
beforeEach(() => open());
afterEach(() => Promise.all(opened.splice(0).map((each) => each.close())));

async function call(method: string, path: string, { asUser, body, key, headers }: Sent = {}): Promise<Reply> {
  const reply = await fetch(`${fake.baseUrl}/api/v1${path}`, {
    method,
    headers: {
      ...(key !== null && { 'x-api-key': key ?? fake.apiKey() }),
      ...(asUser !== undefined && { 'x-api-user': String(asUser) }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  return { status: reply.status, headers: reply.headers, body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {} };
}
const said = async (reply: Promise<Reply>): Promise<readonly [number, unknown]> => {
  const { status, body } = await reply;
  return [status, body.message ?? body.error ?? body.status];
};
const ask = (more: Record<string, unknown> = {}, sent: Sent = {}): Promise<Reply> =>
  call('POST', '/request', { ...sent, body: { mediaType: 'movie', mediaId: 603, is4k: false, ...more } });
const askShow = (seasons: unknown, more: Record<string, unknown> = {}): Promise<Reply> =>
  ask({ mediaType: 'tv', mediaId: 72, ...(seasons !== undefined && { seasons }), ...more });
const numbersOf = (reply: Reply): unknown => (reply.body.seasons as { seasonNumber: number }[]).map((season) => season.seasonNumber);
const listed = async (query = ''): Promise<readonly Record<string, unknown>[]> =>
  (await call('GET', `/request${query}`)).body.results as Record<string, unknown>[];

const GUARD = 'You do not have permission to access this endpoint';
const EXISTS = [409, 'Request for this media already exists.'];
const NO_SEASONS = [202, 'No seasons available to request'];

describe('the guard', () => {
  it('tells no credentials from wrong ones, and lets everybody see the status', async () => {
    expect(await said(call('GET', '/request', { key: null }))).toEqual([401, "cookie 'connect.sid' required"]);
    expect(await said(call('GET', '/request', { key: 'wrong' }))).toEqual([403, GUARD]);
    expect((await call('GET', '/status', { key: 'wrong' })).status).toBe(200);
    const before = fake.apiKey();
    fake.rotateKey();
    expect((await call('GET', '/auth/me', { key: before })).status).toBe(403);
    expect((await call('GET', '/auth/me')).body).toMatchObject({ id: 1, permissions: 2 });
  });

  it('acts as another user where it is told, says the same of one that is none, and ends where the id is no number', async () => {
    const alice = fake.addUser({ name: 'alice' });
    expect((await call('GET', '/auth/me', { asUser: alice })).body).toMatchObject({ id: alice });
    expect(await said(call('GET', '/auth/me', { asUser: 99 }))).toEqual([403, GUARD]);
    await expect(call('GET', '/auth/me', { asUser: 'abc' })).rejects.toThrow();
    expect(fake.crashed()).toBe(true);
    await expect(call('GET', '/status')).rejects.toThrow();
  });

  it('keeps plain users from what is not theirs', async () => {
    const alice = fake.addUser({ name: 'alice' });
    const id = fake.addRequest({ kind: 'movie', tmdbId: 1 });
    const own = fake.addRequest({ kind: 'movie', tmdbId: 2, requestedBy: alice });
    for (const path of [`/request/${id}/approve`, `/request/${id}/decline`]) {
      expect(await said(call('POST', path, { asUser: alice }))).toEqual([403, GUARD]);
    }
    expect((await call('GET', '/request', { asUser: alice })).body.results).toMatchObject([{ id: own }]);
    expect((await call('GET', '/request?requestedBy=1', { asUser: alice })).body.message).toContain("this user's requests");
    const [row] = (await call('GET', '/user', { asUser: alice })).body.results as Record<string, unknown>[];
    expect([row && 'email' in row, row?.displayName]).toEqual([false, 'admin']);
  });
});

describe('the validator', () => {
  it.each([
    ['GET', '/request?take=abc', 400, 'request.query.take should be number,null'],
    ['GET', '/request?take=1.5', 500, 'SQLITE_MISMATCH: datatype mismatch'],
    ['GET', '/request?filter=declined', 400, expect.stringContaining('request.query.filter should be equal to one of')],
    ['GET', '/request?colour=red', 400, "Unknown query parameter 'colour'"],
    ['PATCH', '/request', 405, 'PATCH method not allowed'],
    ['GET', '/nowhere', 404, 'not found'],
    ['POST', '/request', 415, 'unsupported media type undefined'],
    ['POST', '/media/1/available', 415, 'unsupported media type undefined'],
    ['POST', '/request/1/pending', 400, expect.stringContaining('approve, decline')],
    ['GET', '/request/99', 404, 'Request not found.'],
    ['POST', '/request/99/approve', 404, 'Request not found.'],
    ['DELETE', '/request/99', 404, 'Request not found.'],
    ['GET', '/request/abc', 404, 'Request not found.'],
  ])('%s %s is %i', async (method, path, status, words) => {
    expect(await said(call(method, path))).toEqual([status, words]);
  });

  it.each([{ is4k: null }, { serverId: null }, { profileId: null }, { mediaId: '603' }, { mediaType: 'album' }, { seasons: 'some' }])(
    'refuses %j',
    async (more) => {
      expect((await ask(more)).status).toBe(400);
    },
  );

  it('an Overseerr does not know a direction', async () => {
    await open({ release: 'overseerr' });
    expect(await said(call('GET', '/request?sortDirection=asc'))).toEqual([400, "Unknown query parameter 'sortDirection'"]);
  });
});

describe('asking for a movie', () => {
  it('is approved by whoever asks, not for whom', async () => {
    const alice = fake.addUser({ name: 'alice' });
    const bob = fake.addUser({ name: 'bob', permissions: PERMISSION.REQUEST | PERMISSION.AUTO_APPROVE });
    expect((await ask()).body).toMatchObject({ status: 2, media: { status: 2 }, requestedBy: { id: 1 } });
    expect((await call('GET', '/request/1')).body).toMatchObject({ media: { status: 3 }, seasons: [] });
    expect((await ask({ mediaId: 604, userId: alice })).body).toMatchObject({ status: 2, requestedBy: { id: alice } });
    expect((await ask({ mediaId: 605 }, { asUser: alice })).body).toMatchObject({ status: 1, modifiedBy: null });
    expect((await ask({ mediaId: 606 }, { asUser: bob })).body).toMatchObject({ status: 2, modifiedBy: { id: bob } });
    expect((await ask({ mediaId: 607, userId: alice }, { asUser: alice })).body.message).toBe(
      'You do not have permission to modify the request user.',
    );
    expect(await said(ask({ mediaId: 608, userId: 99 }))).toEqual([
      500,
      expect.stringContaining('Could not find any entity of type "User"'),
    ]);
  });

  it('needs the right and the quota of its owner, even through an administrator', async () => {
    const dave = fake.addUser({ name: 'dave', permissions: PERMISSION.REQUEST_TV });
    const eve = fake.addUser({ name: 'eve', movieQuota: { limit: 1, days: 7 }, tvQuota: { limit: 2, days: 7 } });
    expect(await said(ask({ userId: dave }))).toEqual([403, 'You do not have permission to make movie requests.']);
    expect(await said(ask({ userId: eve, is4k: true }))).toEqual([403, 'You do not have permission to make 4K movie requests.']);
    expect(await said(askShow([1], { userId: eve, is4k: true }))).toEqual([403, 'You do not have permission to make 4K series requests.']);
    expect((await ask({ userId: eve })).status).toBe(201);
    expect(await said(ask({ mediaId: 604, userId: eve }))).toEqual([403, 'Movie Quota exceeded.']);
    expect((await call('GET', `/user/${eve}/quota`)).body).toMatchObject({
      movie: { days: 7, limit: 1, used: 1, remaining: 0, restricted: true },
    });
    expect((await askShow([1, 2], { userId: eve })).status).toBe(201);
    expect(await said(askShow([3], { userId: eve }))).toEqual([403, 'Series Quota exceeded.']);
  });

  it('a second time is refused, unless it leaves is4k out or the quality is another', async () => {
    await ask();
    expect(await said(ask())).toEqual(EXISTS);
    expect((await ask({ is4k: undefined })).status).toBe(201);
    expect((await ask({ is4k: true })).status).toBe(201);
    expect(await said(ask({ is4k: true }))).toEqual(EXISTS);
  });

  it('again is allowed after a decline or a completion and not after a failure, and only the oldest is looked at', async () => {
    const first = fake.addRequest({ kind: 'movie', tmdbId: 603, status: 'failed' });
    expect(await said(ask())).toEqual(EXISTS);
    fake.setStatus(first, { status: 'completed' });
    expect((await ask()).status).toBe(201);
    fake.setStatus(first, { status: 'declined' });
    expect((await ask()).status).toBe(201);
    expect(fake.requests()).toHaveLength(3);
  });

  it('eight times at once makes eight of it, each with a title of its own', async () => {
    fake.setDelay(60);
    const replies = await Promise.all(Array.from({ length: 8 }, () => ask()));
    expect(replies.map((reply) => reply.status)).toEqual(Array.from({ length: 8 }, () => 201));
    expect(new Set(fake.requests().map((request) => request.mediaId)).size).toBe(8);
  });

  it('fails with TMDB, with the list of what is blocked, and with Radarr', async () => {
    fake.setTitle('movie', 1, { tmdb: 'gone' });
    fake.setTitle('movie', 2, { tmdb: 'down' });
    fake.blocklist('movie', 3);
    fake.setArrDown(true);
    const tmdb = '[TMDB] Failed to fetch movie details: Request failed with status code';
    expect(await said(ask({ mediaId: 1 }))).toEqual([500, `${tmdb} 404`]);
    expect(await said(ask({ mediaId: 2 }))).toEqual([500, `${tmdb} 500`]);
    expect(await said(ask({ mediaId: 3 }))).toEqual([403, 'This media is blocklisted.']);
    expect(await ask({ mediaId: 4 })).toMatchObject({ status: 201, body: { status: 4 } });
    expect((await call('GET', '/request')).body.serviceErrors).toMatchObject({ radarr: [{ name: 'Radarr' }] });
  });
});

describe('asking for a series', () => {
  it('takes the seasons that nobody asked for yet', async () => {
    expect(numbersOf(await askShow([1, 2]))).toEqual([1, 2]);
    expect(numbersOf(await askShow([2, 3]))).toEqual([3]);
    expect(await said(askShow([1, 3]))).toEqual(NO_SEASONS);
    expect(numbersOf(await askShow([1], { is4k: true }))).toEqual([1]);
    expect(numbersOf(await askShow([77]))).toEqual([77]);
    expect((await askShow([1, 2], { is4k: undefined })).status).toBe(201);
    expect(numbersOf(await ask({ mediaType: 'tv', mediaId: 73, seasons: 'all' }))).toEqual([1, 2, 3]);
  });

  it('has its own ideas of none and of specials', async () => {
    expect(await said(askShow(undefined))).toEqual([500, "Cannot read properties of undefined (reading 'filter')"]);
    expect(await said(askShow([]))).toEqual(NO_SEASONS);
    expect(await said(askShow([0]))).toEqual(NO_SEASONS);
    expect(numbersOf(await askShow([0, 1]))).toEqual([1]);
    await open({ specials: true });
    expect(numbersOf(await askShow([0, 1]))).toEqual([0, 1]);
  });

  it('eight times at once is taken once, and then breaks on its unique id', async () => {
    fake.setDelay(60);
    const replies = await Promise.all(Array.from({ length: 8 }, () => askShow([1])));
    expect(replies.map((reply) => reply.status).toSorted()).toEqual([201, ...Array.from({ length: 7 }, () => 500)]);
    expect(replies.find((reply) => reply.status === 500)?.body.message).toBe('SQLITE_CONSTRAINT: UNIQUE constraint failed: media.tvdbId');
  });

  it('can be edited, and says the former number of seasons', async () => {
    const alice = fake.addUser({ name: 'alice' });
    await askShow([1]);
    const edited = await call('PUT', '/request/1', { body: { mediaType: 'tv', seasons: [2, 3], userId: alice } });
    expect([edited.status, numbersOf(edited), edited.body.seasonCount]).toEqual([200, [2, 3], 1]);
    expect(fake.request(1)).toMatchObject({ requestedBy: alice, status: 'approved' });
    expect((await call('PUT', '/request/1', { body: { mediaType: 'tv', seasons: [] } })).status).toBe(500);
  });
});

describe('the list', () => {
  it('has ten where none or nothing is asked for, everything for a negative number, and its whole count beyond its end', async () => {
    for (let tmdbId = 1; tmdbId <= 25; tmdbId += 1) fake.addRequest({ kind: 'movie', tmdbId });
    expect((await listed()).map((row) => row.id)).toEqual([25, 24, 23, 22, 21, 20, 19, 18, 17, 16]);
    expect(await listed('?take=0')).toHaveLength(10);
    expect(await listed('?take=-1')).toHaveLength(25);
    expect((await listed('?take=3&skip=4&sort=added&sortDirection=asc')).map((row) => row.id)).toEqual([5, 6, 7]);
    expect((await call('GET', '/request?skip=90')).body).toMatchObject({ results: [], pageInfo: { results: 25, pages: 3, page: 10 } });
  });

  it('breaks where more rows are asked for than SQLite takes', async () => {
    for (let tmdbId = 1; tmdbId <= 32_800; tmdbId += 1) fake.addRequest({ kind: 'movie', tmdbId });
    expect(await said(call('GET', '/request?take=40000'))).toEqual([500, 'SQLITE_ERROR: too many SQL variables']);
    expect((await call('GET', '/request?take=40000&skip=100')).status).toBe(200);
  });

  it('hides what is blocklisted, which is there all the same until it is un-blocklisted', async () => {
    fake.addRequest({ kind: 'movie', tmdbId: 603 });
    fake.blocklist('movie', 603);
    expect(await listed()).toEqual([]);
    expect((await call('GET', '/request/1')).body).toMatchObject({ media: { status: 6 } });
    expect((await call('GET', '/request/count')).body).toMatchObject({ total: 1, movie: 1 });
    fake.unblocklist('movie', 603);
    expect((await call('GET', '/request/1')).status).toBe(404);
  });

  it('never moves updatedAt; elder releases do', async () => {
    const clock = { time: Date.UTC(2026, 0, 1), now: () => clock.time };
    for (const [release, moves] of [
      ['seerr', false],
      ['jellyseerr', true],
    ] as const) {
      await open({ clock, release });
      fake.addRequest({ kind: 'movie', tmdbId: 603, status: 'pending' });
      clock.time += 60_000;
      fake.approve(1);
      const [row] = await listed();
      expect(row?.updatedAt !== row?.createdAt).toBe(moves);
    }
  });
});

describe('deciding', () => {
  it('follows no order: a completed request is approved again, and a declined one takes its movie with it', async () => {
    const [first, second] = [1, 2].map((tmdbId) => fake.addRequest({ kind: 'movie', tmdbId, status: 'completed' }));
    expect((await call('POST', `/request/${first}/approve`)).body).toMatchObject({ status: 2 });
    expect((await call('POST', `/request/${first}/approve`)).status).toBe(200);
    expect((await call('POST', `/request/${second}/decline`)).body).toMatchObject({ status: 3, media: { status: 1 } });
  });

  it('anybody may take back what is pending, and nothing else', async () => {
    const bob = fake.addUser({ name: 'bob' });
    const pending = fake.addRequest({ kind: 'movie', tmdbId: 1, status: 'pending' });
    const approved = fake.addRequest({ kind: 'movie', tmdbId: 2 });
    expect((await call('DELETE', `/request/${pending}`, { asUser: bob })).status).toBe(204);
    expect((await call('DELETE', `/request/${approved}`, { asUser: bob })).status).toBe(401);
    expect((await call('DELETE', `/request/${approved}`)).status).toBe(204);
    expect(fake.requests()).toEqual([]);
  });

  const available = (id: number, seasons?: readonly number[]): Promise<Reply> =>
    call('POST', `/media/${id}/available`, { body: seasons ? { seasons: seasons.map((seasonNumber) => ({ seasonNumber })) } : {} });

  it('a movie that is there completes what is approved, and approves what is pending', async () => {
    const [first, second] = (['approved', 'pending'] as const).map((status, n) =>
      fake.addRequest({ kind: 'movie', tmdbId: n + 1, status }),
    );
    await available(1);
    await available(2);
    expect(fake.request(first ?? 0)).toMatchObject({ status: 'completed', mediaStatus: 'available' });
    expect(fake.request(second ?? 0)).toMatchObject({ status: 'approved' });
    expect((await call('POST', '/media/1/partial', { body: {} })).status).toBe(400);
  });

  it('a series is completed only where all of its seasons come in one call', async () => {
    for (const tmdbId of [1, 2, 3]) fake.addRequest({ kind: 'tv', tmdbId, seasons: [1, 2] });
    await available(1);
    expect(fake.request(1)).toMatchObject({ status: 'approved', mediaStatus: 'available' });
    await available(2, [1, 2]);
    expect(fake.request(2)).toMatchObject({ status: 'completed', seasons: [{ status: 'completed' }, { status: 'completed' }] });
    await available(3, [1]);
    await available(3, [1, 2]);
    expect(fake.request(3)).toMatchObject({ status: 'approved' });
    expect(await said(ask({ mediaType: 'tv', mediaId: 2, seasons: [1] }))).toEqual(NO_SEASONS);
  });
});

describe('the webhook agent', () => {
  it('takes the template back as it gave it, and never sends anything again', async () => {
    const { body: settings } = await call('GET', '/settings/notifications/webhook');
    Object.assign(settings, { enabled: true, types: 2 | 128 });
    const shown = settings.options as Record<string, unknown>;
    shown.webhookUrl = `${fake.baseUrl}/hook`;
    const post = (): Promise<Reply> => call('POST', '/settings/notifications/webhook', { body: settings });
    expect((await post()).status).toBe(200);
    await ask();
    await fake.webhooksSettled();
    expect([fake.webhookReplies, fake.log]).toEqual([[], [expect.stringContaining('"[object Object]" is not valid JSON')]]);
    Object.assign(settings, { options: { ...shown, jsonPayload: JSON.stringify(shown.jsonPayload) } });
    expect((await post()).status).toBe(200);
    await ask({ mediaId: 604 });
    await fake.webhooksSettled();
    expect(fake.webhookReplies).toEqual([404]);
  });

  it('says nothing of edits and removals', async () => {
    Object.assign(fake.agent, { enabled: true, types: 8_190, webhookUrl: `${fake.baseUrl}/hook` });
    await askShow([1]);
    await call('PUT', '/request/1', { body: { mediaType: 'tv', seasons: [2] } });
    await call('DELETE', '/request/1');
    await fake.webhooksSettled();
    expect(fake.webhookReplies).toHaveLength(1);
    await call('POST', '/settings/notifications/webhook/test', { body: {} });
    await fake.webhooksSettled();
    expect(fake.webhookReplies).toHaveLength(2);
  });
});

describe('CSRF protection', () => {
  it('stands above the key, and is satisfied by the cookies that a read hands out', async () => {
    fake.setCsrf(true);
    expect(await said(ask())).toEqual([403, 'invalid csrf token']);
    const cookies = (await call('GET', '/status')).headers.getSetCookie();
    expect(cookies.every((cookie) => cookie.includes('Secure') && cookie.includes('SameSite=Strict'))).toBe(true);
    const cookie = cookies.map((each) => each.split(';')[0]).join('; ');
    const token = /XSRF-TOKEN=(\S+)/.exec(cookie)?.[1] ?? '';
    expect((await ask({}, { headers: { cookie, 'x-xsrf-token': 'wrong' } })).status).toBe(403);
    expect((await ask({}, { headers: { cookie, 'x-xsrf-token': token } })).status).toBe(201);
  });
});
