import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { embyWebhook } from './emby-webhook.ts';

const AT = Date.parse('2023-11-02T08:19:49.968Z');
const EVENT = {
  Title: 'robin has finished playing Suzume',
  Date: '2023-11-02T08:19:49.9680949Z',
  Event: 'playback.stop',
  User: { Name: 'robin', Id: 'u1' },
  Item: { Name: 'Suzume', Id: '103', Type: 'Movie' },
  Server: { Name: 'Emby', Id: 'srv', Version: '192.0.2.10' },
};
const read = (body: unknown, more: object = {}) => embyWebhook.read({ headers: {}, body, ...more });
const hints = (more: object) => {
  const reading = read({ ...EVENT, ...more });
  return reading.outcome === 'poke' ? reading.poke.hints : reading;
};

describe('a webhook of Emby', () => {
  it.each([
    ['a mark by hand', { Event: 'item.markplayed' }, { completed: true, playedAt: AT }],
    ['an un-mark by hand', { Event: 'item.markunplayed' }, { unplayed: true }],
    ['a scrobble', { Event: 'playback.scrobble' }, { completed: true, finished: true, playedAt: AT }],
    [
      'a stop at the end',
      { PlaybackInfo: { PlayedToCompletion: true, PositionTicks: 1 } },
      { completed: true, finished: true, playedAt: AT },
    ],
    ['a stop before it', { PlaybackInfo: { PlayedToCompletion: false, PositionTicks: 14_256_663_550 } }, { positionMs: 1_425_666 }],
    ['a pause', { Event: 'playback.pause', PlaybackInfo: { PositionTicks: 600_000_000 } }, { positionMs: 60_000 }],
    ['a stop without a word on the position', {}, {}],
  ])('hints at %s', (_what, more, expected) => {
    expect(hints(more)).toEqual(expected);
  });

  it('names server, user and item, whatever its version says', () => {
    expect(read(EVENT)).toMatchObject({
      outcome: 'poke',
      poke: { event: 'playback.stop', serverUuid: 'srv', userId: 'u1', userName: 'robin', upstreamId: '103', title: 'Suzume' },
    });
  });

  it.each([
    ['as an object', { body: { data: EVENT } }],
    ['as text', { body: { data: JSON.stringify(EVENT) } }],
    ['in a form', { body: undefined, fields: { data: JSON.stringify(EVENT) } }],
    ['as text without a wrapper', { body: JSON.stringify(EVENT) }],
  ])('is read %s', (_how, incoming) => {
    expect(read(undefined, incoming)).toEqual(read(EVENT));
  });

  it('about a new item concerns every user', () => {
    const reading = read({ ...EVENT, Event: 'library.new', User: undefined });
    expect(reading).toMatchObject({ outcome: 'poke', poke: { upstreamId: '103' } });
  });

  it.each([
    ['the test', { Event: 'system.notificationtest', Item: undefined, User: undefined }],
    ['a rating', { Event: 'item.rate' }],
    ['music', { Item: { Id: '1', Type: 'Audio', Name: 'Song' } }],
    ['a new season', { Event: 'library.new', Item: { Id: '1', Type: 'Season', Name: 'Season 1' } }],
  ])('about %s is left alone, with a reason', (_what, more) => {
    expect(read({ ...EVENT, ...more })).toMatchObject({ outcome: 'left-alone', serverUuid: 'srv', reason: expect.stringMatching(/\.$/) });
  });

  it('that tells of nothing is how an address is tried', () => {
    expect(read({ Title: 'Test' }, { headers: { 'user-agent': 'Emby Server/4.9.1.80' } })).toMatchObject({
      outcome: 'left-alone',
      event: 'test',
    });
    expect(read({ Title: 'Test' }, { headers: { 'user-agent': 'curl/8' } }).outcome).toBe('not-ours');
  });

  it('without its user or its item is unusable', () => {
    expect(read({ ...EVENT, User: undefined }).outcome).toBe('unusable');
    expect(read({ ...EVENT, Item: { Type: 'Movie', Name: 'Suzume' } }).outcome).toBe('unusable');
    expect(read('hello', { headers: { 'user-agent': 'Emby Server/4.9.1.80' } }).outcome).toBe('unusable');
  });

  it('is not ours where nothing of it is Emby’s', () => {
    for (const body of [
      'hello',
      {},
      null,
      { NotificationType: 'PlaybackStop', ServerId: 'x' },
      { event: 'media.stop', Server: { uuid: 'x' } },
    ]) {
      expect(read(body)).toEqual({ outcome: 'not-ours' });
    }
  });
});

const FIXTURES = new URL('../../../../../shared/fixtures/emby/', import.meta.url);
const files = ((): string[] => {
  try {
    return readdirSync(FIXTURES).filter((name) => name.startsWith('webhook-'));
  } catch {
    return [];
  }
})();

describe.skipIf(files.length === 0)(
  `payloads of real Emby servers${files.length === 0 ? ' (skipped: the folder ../shared/fixtures is not beside this repository)' : ''}`,
  () => {
    it.each(files)('%s is a poke or left alone for a reason', (name) => {
      const reading = read(JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')));
      const poked = /-(?:item\.mark|playback\.|library\.)/.test(name);
      expect(reading.outcome).toBe(poked ? 'poke' : 'left-alone');
      if (reading.outcome === 'left-alone') expect(reading.reason).toMatch(/\.$/);
    });
  },
);
