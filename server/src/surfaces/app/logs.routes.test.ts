import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Household, startHousehold } from '#tests/support/household.ts';
import { listenTo } from '#tests/support/live.ts';

const PASSWORD = 'a long enough password';

type Line = Readonly<{ text: string; level: string; room: string | null; kind: string; at: string }>;
type Answer = Readonly<{ lines: Line[]; next: string | null; follow_from: string; days: string[] }>;

let home: Household;
beforeAll(async () => {
  home = await startHousehold({ servers: [], environment: { USHERR_LOG_LEVEL: 'info' } });
  for (let n = 0; n < 30; n += 1) home.rooms.logging.logger('app').warn({ room: n % 2 === 0 ? 'player' : 'jobs' }, `line ${n}`);
}, 30_000);
afterAll(() => home.close());

const search = async (query: string): Promise<Answer> => (await home.get(`/api/v1/logs${query}`)).body as Answer;

describe('the logs', () => {
  it('are shown newest first, filtered, and further back', async () => {
    const first = await search('?level=warn&text=line&limit=10');
    expect(first.lines.map(({ text }) => text)).toEqual(Array.from({ length: 10 }, (_, n) => `line ${29 - n}`));
    expect(first.lines[0]).toMatchObject({ level: 'warn', room: 'jobs', kind: 'app', at: expect.stringMatching(/Z$/) });
    const second = await search(`?level=warn&text=line&limit=10&place=${first.next}`);
    expect(second.lines[0]?.text).toBe('line 19');
    expect((await search('?room=player&limit=3')).lines.map(({ text }) => text)).toEqual(['line 28', 'line 26', 'line 24']);
    expect((await search('?from=2020-01-01T00:00:00Z')).lines).toEqual([]);
    expect((await search('?from=2020-01-01T00:00:00Z&order=oldest&level=warn&text=line')).lines[0]?.text).toBe('line 0');
    expect(first.days).toHaveLength(1);
  });

  it('are followed from where the search ended, filtered, with no credential in them', async () => {
    const { follow_from: place } = await search('?limit=1');
    home.rooms.logging.logger('app').warn({ room: 'player', token: 'open sesame' }, 'in between');
    const stream = await listenTo(home, `/api/v1/logs/stream?room=player&place=${place}`);
    await stream.until(({ event, data }) => event === 'line' && (data as Line).text === 'in between');
    home.rooms.logging.logger('app').warn({ room: 'jobs' }, 'of another room');
    home.rooms.logging.logger('app').warn({ room: 'player' }, 'wanted');
    const { id } = await stream.until(({ event, data }) => event === 'line' && (data as Line).text === 'wanted');
    stream.close();
    expect(JSON.stringify(stream.heard)).not.toMatch(/open sesame|of another room/);

    home.rooms.logging.logger('app').warn({ room: 'player' }, 'after the break');
    const again = await listenTo(home, '/api/v1/logs/stream?room=player', { 'last-event-id': id });
    await again.until(({ event }) => event === 'line');
    again.close();
    expect(again.heard.map(({ data }) => (data as Line).text)).toEqual(['after the break']);
  });

  it('tell which room each piece of work is of', async () => {
    await home.send('POST', '/api/v1/tasks/indexes/run', {});
    await expect.poll(async () => (await search('?kind=task&room=upkeep')).lines.length, { timeout: 20_000 }).toBeGreaterThan(0);
  }, 30_000);

  it.each([
    ['?level=loud', 'level'],
    ['?from=yesterday', 'from'],
    ['?place=nowhere', 'place'],
    ['?limit=0', 'limit'],
    ['/stream?place=nowhere', 'place'],
    ['/stream?kind=secret', 'kind'],
  ])('refuse %s', async (query, field) => {
    const { status, body } = await home.get(`/api/v1/logs${query}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ error: { fields: [{ field: expect.stringContaining(field) }] } });
  });

  it('are for owners', async () => {
    await home.send('POST', '/api/v1/people', { name: 'kim' });
    for (const role of ['person', 'admin']) {
      await home.send('POST', '/api/v1/logins', { username: `kim-${role}`, password: PASSWORD, role, person: 'kim' });
      const { body } = await home.send('POST', '/api/v1/session', { username: `kim-${role}`, password: PASSWORD });
      const headers = { 'x-apikey': '', authorization: `Bearer ${(body as { token: string }).token}` };
      for (const path of ['', '/stream']) expect((await home.get(`/api/v1/logs${path}`, headers)).status).toBe(403);
    }
  });
});
