import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { type Heard, listenTo, type Stream } from '#tests/support/live.ts';

const PASSWORD = 'a long enough password';

let home: Household;
let kim: Record<string, string>;
const open: Stream[] = [];
const listen = async (headers: Record<string, string> = {}, path = '/api/v1/stream'): Promise<Stream> => {
  const stream = await listenTo(home, path, headers);
  open.push(stream);
  await stream.until(({ event }) => event === 'ready');
  return stream;
};
const jobsIn = (stream: Stream) =>
  stream.heard.flatMap(({ event, data }) =>
    event === 'job' ? [data as { id: string; task: string; state: string; keeps: string; person: string | null }] : [],
  );
const topics = (stream: Stream): string[] => [
  ...new Set(stream.heard.flatMap(({ event, data }) => (event === 'changed' ? (data as { topics: string[] }).topics : []))),
];
const hasTopic = (name: string) => (one: Heard) => one.event === 'changed' && (one.data as { topics: string[] }).topics.includes(name);

beforeAll(async () => {
  home = await startHousehold({ servers: ['jellyfin'] });
  const films = home.fake('jellyfin').addLibrary({ name: 'Films', kind: 'movies' });
  home.fake('jellyfin').addTitle(films, { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } });
  await home.addBackend('jellyfin');
  await home.send('POST', '/api/v1/people', { name: 'kim' });
  await home.send('POST', '/api/v1/logins', { username: 'kim', password: PASSWORD, role: 'person', person: 'kim' });
  const { body } = await home.send('POST', '/api/v1/session', { username: 'kim', password: PASSWORD });
  kim = { 'x-apikey': '', authorization: `Bearer ${(body as { token: string }).token}` };
}, 30_000);
afterEach(() => {
  for (const stream of open.splice(0)) stream.close();
});
afterAll(() => home.close());

describe('the stream', () => {
  it('tells how an import goes and what it changed, to those who may see it', { timeout: 40_000 }, async () => {
    const owner = await listen();
    const other = await listen(kim);
    const { body } = await home.send('POST', '/api/v1/tasks/import/run', {});
    const id = (body as { job_id: string }).job_id;
    await owner.until(
      ({ event, data }) =>
        event === 'job' && (data as { id: string; state: string }).id === id && (data as { state: string }).state === 'completed',
    );
    expect(jobsIn(owner).find((job) => job.id === id)).toMatchObject({ task: 'import', keeps: 'what-was-done' });
    for (const topic of ['accounts', 'activity', 'jobs', 'tasks', 'titles']) await owner.until(hasTopic(topic));
    await other.until(hasTopic('titles'));
    // Their own, such as what their library is made from, may end late on a busy machine.
    expect(jobsIn(other).filter(({ person }) => person !== 'kim')).toEqual([]);
    expect(topics(other)).not.toContain('accounts');
    expect(topics(other)).not.toContain('activity');
  });

  it('goes on after a break by the header that browsers send, or by the address', async () => {
    const first = await listen();
    const last = first.heard.at(-1)?.id ?? '';
    first.close();
    await home.send('POST', '/api/v1/people', { name: `lee${Date.now()}` });
    for (const [headers, path] of [
      [{ 'last-event-id': last }, '/api/v1/stream'],
      [{}, `/api/v1/stream?after=${encodeURIComponent(last)}`],
    ] as const) {
      const next = await listen(headers, path);
      expect((await next.until(({ event }) => event === 'ready')).data).toEqual({ resumed: true });
      await next.until(hasTopic('people'));
      expect(next.heard.some(({ event }) => event === 'reload')).toBe(false);
    }
    const stranger = await listen({ 'last-event-id': 'former.12' });
    expect(stranger.heard[0]).toMatchObject({ event: 'reload' });
  });

  it.each([
    ['?after=', {}, 400],
    [`?after=${'x'.repeat(101)}`, {}, 400],
    ['', { 'last-event-id': 'x'.repeat(101) }, 400],
    ['', { 'x-apikey': 'wrong' }, 401],
  ])('%s with %j is refused', async (query, headers, status) => {
    const { status: told, body } = await home.get(`/api/v1/stream${query}`, headers as Record<string, string>);
    expect(told).toBe(status);
    if (status === 400) expect(body).toMatchObject({ error: { fields: [{ field: expect.stringMatching(/after|last-event-id/) }] } });
  });

  it('is refused to the thirteenth of one sign-in', async () => {
    for (let n = 0; n < 12; n += 1) await listen(kim);
    const refused = await home.get('/api/v1/stream', kim);
    expect(refused).toMatchObject({ status: 429, body: { error: { code: 'rate-limited' } } });
    expect(refused.headers.get('retry-after')).toBe('60');
  });

  it('ends for somebody who may do less than when it began, and sees others’ work no more', async () => {
    const { body: login } = await home.send('POST', '/api/v1/logins', {
      username: 'lou',
      password: PASSWORD,
      role: 'admin',
      person: 'kim',
    });
    const { body } = await home.send('POST', '/api/v1/session', { username: 'lou', password: PASSWORD });
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'], shouldClearNativeTimers: true });
    try {
      const stream = await listen({ 'x-apikey': '', authorization: `Bearer ${(body as { token: string }).token}` });
      await home.send('PUT', `/api/v1/logins/${(login as { id: number }).id}/role`, { role: 'person' });
      vi.advanceTimersByTime(15_000);
      await stream.ended;
    } finally {
      vi.useRealTimers();
    }
  });

  it('ends with the house, which does not wait for it', async () => {
    const short = await startHousehold({ servers: [] });
    const stream = await listenTo(short, '/api/v1/stream');
    await stream.until(({ event }) => event === 'ready');
    await short.close();
    await stream.ended;
  });
});
