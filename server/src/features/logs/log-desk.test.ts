import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { days, hours, type Instant, seconds } from '#kernel/instant.ts';
import { createLogging, type Logging } from '#platform/logging/index.ts';
import { createLogDesk, type LogDesk, type LogSearch } from './log-desk.ts';

const NOON = Date.UTC(2026, 2, 28, 12);
let dir: string;
let now: Instant;
let logging: Logging;
let desk: LogDesk;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'usherr-desk-'));
  now = NOON - days(2);
  logging = createLogging({ level: 'trace', dir, timeZone: 'UTC', clock: { now: () => now }, output: { write: () => true } });
  desk = createLogDesk({ logs: logging });
});
afterEach(() => {
  logging.close();
  rmSync(dir, { recursive: true, force: true });
});

/** Three days with a line of each kind every six hours: `app 0`, `task 0`, `app 1` … */
function live(): void {
  for (let n = 0; n < 9; n += 1) {
    logging.logger('app').info({ room: 'watch-sync', backend: 'attic' }, `app ${n}`);
    now += 1;
    logging.logger('task').warn({ room: n % 2 === 0 ? 'upkeep' : 'tracker' }, `task ${n}`);
    now += 1;
    logging.logger('access').info(`access ${n}`);
    now += hours(6);
  }
  now -= hours(6);
}

const texts = async (wish: Partial<LogSearch>): Promise<string[]> =>
  (await desk.search({ order: 'newest', limit: 100, ...wish })).lines.map(({ text }) => text);

/** All of it, some at a time. */
async function pages(wish: Partial<LogSearch>, limit: number): Promise<string[]> {
  const all: string[] = [];
  let place: string | undefined;
  do {
    const { lines, next } = await desk.search({ order: 'newest', ...wish, limit, place });
    all.push(...lines.map(({ text }) => text));
    place = next;
  } while (place !== undefined);
  return all;
}

describe('the logs', () => {
  const WHOLE = Array.from({ length: 9 }, (_, n) => [`app ${n}`, `task ${n}`]).flat();

  it.each([1, 2, 3, 7, 100])('are read over days and kinds in the order of time, %i at a time', async (limit) => {
    live();
    expect(await pages({}, limit)).toEqual(WHOLE.toReversed());
    expect(await pages({ order: 'oldest' }, limit)).toEqual(WHOLE);
  });

  it('begin at any moment, in either direction', async () => {
    live();
    const moment = NOON - days(2) + 4 * (hours(6) + 2);
    expect((await texts({ from: moment })).slice(0, 2)).toEqual(['task 3', 'app 3']);
    expect((await texts({ from: moment, order: 'oldest' })).slice(0, 2)).toEqual(['app 4', 'task 4']);
    expect(await texts({ from: NOON - days(9) })).toEqual([]);
    expect(await texts({ from: NOON + days(9), order: 'oldest' })).toEqual([]);
    expect(await texts({ from: NOON + days(9) })).toHaveLength(18);
  });

  it.each([
    [{ level: 'warn' }, (text: string) => text.startsWith('task')],
    [{ level: 'error' }, () => false],
    [{ room: 'upkeep' }, (text: string) => /task [02468]/.test(text)],
    [{ text: 'ATTIC' }, (text: string) => text.startsWith('app')],
    [{ text: 'task 7' }, (text: string) => text === 'task 7'],
    [{ kinds: ['task'], text: '7' }, (text: string) => text === 'task 7'],
  ] as const)('are filtered by %j', async (filter, keeps) => {
    live();
    expect(await texts(filter)).toEqual(WHOLE.toReversed().filter(keeps));
    expect(await texts({ kinds: ['access'], limit: 1 })).toEqual(['access 8']);
  });

  it('are followed from where a search began without missing a line', async () => {
    live();
    const { followFrom } = await desk.search({ order: 'newest', limit: 1 });
    logging.logger('app').info('in between');
    const heard: string[] = [];
    for await (const { line } of desk.follow({}, { place: followFrom, signal: AbortSignal.timeout(400) })) heard.push(line.text);
    expect(heard).toEqual(['in between']);
  });

  it('tell what they are, and the days that there are', async () => {
    live();
    const { lines, days: kept } = await desk.search({ order: 'newest', limit: 1 });
    expect(lines).toMatchObject([{ kind: 'task', level: 'warn', room: 'upkeep', text: 'task 8', fields: {} }]);
    expect(kept).toEqual(['20260328', '20260327', '20260326']);
  });

  it('show what is added since the end was reached, and nothing twice', async () => {
    live();
    const first = await desk.search({ order: 'oldest', limit: 18 });
    logging.logger('app').info('later');
    expect(await texts({ order: 'oldest', place: first.next })).toEqual(['later']);
    expect(await texts({ order: 'newest', limit: 1 })).toEqual(['later']);
  });

  it.each(['', 'x', Buffer.from('[]').toString('base64url'), Buffer.from('{"app":{"file":"../x","at":0}}').toString('base64url')])(
    'refuse the place %j',
    async (place) => {
      await expect(desk.search({ order: 'newest', limit: 1, place })).rejects.toMatchObject({
        code: 'invalid',
        faults: [{ field: 'place' }],
      });
      expect(() => desk.follow({}, { place, signal: AbortSignal.timeout(1) })).toThrow(/place/);
    },
  );

  it('are followed through midnight and a deleted file, and taken up again where they were left', async () => {
    live();
    const ending = new AbortController();
    const heard: string[] = [];
    const places: string[] = [];
    const listening = (async () => {
      for await (const { place, line } of desk.follow({ level: 'info' }, { signal: ending.signal })) {
        heard.push(line.text);
        places.push(place);
      }
    })();
    await expect
      .poll(() => {
        if (!heard.includes('first')) logging.logger('app').info('first');
        return heard.includes('first');
      })
      .toBe(true);
    logging.logger('task').debug('too fine');
    logging.logger('task').error('second');
    await expect.poll(() => heard.at(-1)).toBe('second');
    now += days(1);
    logging.logger('app').info('next day');
    await expect.poll(() => heard.at(-1), { timeout: seconds(20) }).toBe('next day');
    logging.remove(`app.${logging.today()}.log`);
    logging.logger('app').info('after the deletion');
    await expect.poll(() => heard.at(-1), { timeout: seconds(20) }).toBe('after the deletion');
    ending.abort();
    await listening;
    expect(heard).not.toContain('too fine');

    const again: string[] = [];
    const from = places[heard.indexOf('second')];
    for await (const { line } of desk.follow({}, { place: from, signal: AbortSignal.timeout(seconds(1)) })) again.push(line.text);
    expect(again).toEqual(['after the deletion']);
  }, 20_000);
});
