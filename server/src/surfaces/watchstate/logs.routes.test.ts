import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { setImmediate as breathe } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { listenTo } from '#tests/support/live.ts';
import { createWatchstateApi } from '#tests/support/watchstate-api.ts';

let home: Household;
const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  createWatchstateApi(home).call(method, path, body, headers);
const today = () => `app.${home.rooms.logging.today()}.log`;

beforeAll(async () => {
  home = await startHousehold({ servers: ['jellyfin'] });
  for (let n = 1; n <= 120; n += 1) home.rooms.logging.logger('app').warn({ backend: 'jelly', person: 'main' }, `line ${n}`);
}, 30_000);
afterAll(() => home.close());

describe('logs', () => {
  it('are listed, and read from the end', async () => {
    const files = (await api('GET', '/logs')).rows as unknown as { filename: string; type: string; size: number }[];
    expect(files.find(({ filename }) => filename === today())).toMatchObject({ type: 'app', size: expect.any(Number) });
    const page = await api('GET', `/log/${today()}`);
    // The house may have had a word of its own, such as that there is no web app.
    const written = await fetch(`${home.address}/v1/api/log/${today()}?download=1`, { headers: { 'x-apikey': API_KEY } });
    const max = (await written.text()).trimEnd().split('\n').length;
    expect(max).toBeGreaterThanOrEqual(120);
    expect(page.json).toMatchObject({ filename: today(), offset: 0, next: 100, max, type: 'log' });
    const lines = page.json.lines as { text: string; backend: string; user: string }[];
    expect(lines.at(-1)).toMatchObject({ text: 'line 120', backend: 'jelly', user: 'main', item_id: null });
    expect((await api('GET', `/log/${today()}?offset=100`)).json).toMatchObject({ offset: 100, next: null });
    const recent = (await api('GET', '/logs/recent?limit=2')).rows as unknown as { type: string; lines: { text: string }[] }[];
    expect(recent.find(({ type }) => type === 'app')?.lines.map(({ text }) => text)).toEqual(['line 119', 'line 120']);
  });

  it('are downloaded and streamed', async () => {
    const raw = await fetch(`${home.address}/v1/api/log/${today()}?download=1`, { headers: { 'x-apikey': API_KEY } });
    expect(raw.headers.get('content-disposition')).toContain(today());
    expect((await raw.text()).split('\n').filter((line) => line.includes('line '))).toHaveLength(120);
    const ending = new AbortController();
    const stream = await fetch(`${home.address}/v1/api/log/${today()}?stream=1`, {
      headers: { 'x-apikey': API_KEY },
      signal: ending.signal,
    });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
    home.rooms.logging.logger('app').warn('a new line');
    expect((await reader?.read())?.value).toMatch(/^id: \d+\nevent: data\ndata: \{.*"text":"a new line"/);
    ending.abort();
  });

  it('are streamed for as long as the key is good', async () => {
    const { body } = await home.send('POST', '/api/v1/keys', { name: 'a screen in the hall', scopes: ['admin'] });
    const { key, record } = body as { key: string; record: { id: number } };
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'], shouldClearNativeTimers: true });
    try {
      const stream = await listenTo(home, `/v1/api/log/${today()}?stream=1`, { 'x-apikey': key });
      home.rooms.logging.logger('app').warn('while it is good');
      await stream.until(({ data }) => (data as { text?: string }).text === 'while it is good');
      await home.send('DELETE', `/api/v1/keys/${record.id}`);
      vi.advanceTimersByTime(15_000);
      await stream.ended;
    } finally {
      vi.useRealTimers();
    }
  });

  it('are streamed whole to whoever reads slowly, however many are written at once', async () => {
    const MANY = 20_000;
    const url = `${home.address}/v1/api/log/${today()}?stream=1`;
    const [stream] = (await once(get(url, { headers: { 'x-apikey': API_KEY } }), 'response')) as [IncomingMessage];
    const logger = home.rooms.logging.logger('app');
    for (let n = 0; n < MANY; n += 1) logger.warn({ pad: 'x'.repeat(200) }, `burst ${n} of ünïcode`);
    const heard: number[] = [];
    let read = 0;
    for await (const line of createInterface(stream)) {
      read += 1;
      if (read % 500 === 0) for (let turn = 0; turn < 20; turn += 1) await breathe();
      const [, number] = /"text":"burst (\d+) of ünïcode"/.exec(line) ?? [];
      if (number !== undefined) heard.push(Number(number));
      // While the reader is behind, the house goes on writing.
      if (heard.length === MANY / 2 && number !== undefined)
        for (let n = MANY; n < MANY + 1_000; n += 1) logger.warn(`burst ${n} of ünïcode`);
      if (heard.length === MANY + 1_000) break;
    }
    stream.destroy();
    expect(heard).toEqual(Array.from({ length: MANY + 1_000 }, (_, n) => n));
  });

  it.each([
    ['GET', '/log/..%2fusherr.db', 404],
    ['GET', '/log/%2e%2e%2fcli.key', 404],
    ['GET', '/log/app.19990101.log', 404],
    ['DELETE', '/log/..%5ccli.key', 404],
    ['GET', '/logs/recent?limit=0', 400],
    ['GET', '/log/x?offset=-1', 400],
  ])('%s %s is %i', async (method, path, status) => {
    expect((await api(method, path)).status).toBe(status);
  });

  it('are for owners and admins, who may delete them', async () => {
    const key = await createWatchstateApi(home).keyFor('person', ['read', 'write']);
    for (const path of ['/logs', '/logs/recent', `/log/${today()}`, '/system/suppressor']) {
      expect((await api('GET', path, undefined, key)).status).toBe(403);
    }
    expect((await api('DELETE', `/log/${today()}`)).status).toBe(200);
  });
});

describe('the suppressor', () => {
  it('adds, shows, replaces and deletes rules, and hides lines meanwhile', async () => {
    const draft = { rule: 'healthcheck', type: 'contains', example: 'GET /healthcheck' };
    const made = (await api('POST', '/system/suppressor', draft)).json;
    expect(made).toEqual({ id: expect.stringMatching(/^S\w{10}$/), ...draft });
    expect((await api('GET', '/system/suppressor')).json).toEqual({ items: [made], types: ['regex', 'contains'] });
    home.rooms.logging.logger('app').warn('a healthcheck that nobody wants');
    home.rooms.logging.logger('app').warn('a line that somebody wants');
    const text = JSON.stringify((await api('GET', `/log/${today()}`)).json);
    expect(text).not.toContain('nobody wants');
    expect(text).toContain('somebody wants');
    const other = { ...draft, type: 'regex', rule: '/health.*/' };
    expect((await api('PUT', `/system/suppressor/${made.id}`, other)).json).toEqual({ id: made.id, ...other });
    expect((await api('DELETE', `/system/suppressor/${made.id}`)).json).toEqual({ id: made.id, ...other });
    expect((await api('GET', `/system/suppressor/${made.id}`)).status).toBe(404);
  });

  it.each([
    ['POST', '', { rule: 'a', type: 'contains', example: 'b' }, 400],
    ['POST', '', { rule: '(', type: 'regex', example: '(' }, 400],
    ['POST', '', { rule: 'a', type: 'like', example: 'a' }, 400],
    ['POST', '', undefined, 400],
    ['GET', '/short', undefined, 400],
    ['DELETE', '/short', undefined, 400],
    ['DELETE', '/S0000000000', undefined, 404],
    ['PUT', '/S0000000000', { rule: 'a', type: 'contains', example: 'a' }, 404],
  ])('%s %s with %j is %i', async (method, path, body, status) => {
    expect((await api(method, `/system/suppressor${path}`, body)).status).toBe(status);
  });
});
