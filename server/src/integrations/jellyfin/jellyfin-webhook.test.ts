import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { jellyfinWebhook } from './jellyfin-webhook.ts';

const AGENT = { 'user-agent': 'Jellyfin-Server/10.11.8' };
const EVENT = {
  ServerId: 'srv',
  NotificationType: 'UserDataSaved',
  UtcTimestamp: '2025-08-15T21:10:08.7698039Z',
  ItemId: 'i1',
  ItemType: 'Movie',
  Name: 'Amélie',
  UserId: 'u1',
  NotificationUsername: 'robin',
};
const read = (body: unknown, headers: Record<string, string> = AGENT) => jellyfinWebhook.read({ headers, body });
const hints = (more: object) => {
  const reading = read({ ...EVENT, ...more });
  return reading.outcome === 'poke' ? reading.poke.hints : reading;
};

describe('a webhook of Jellyfin', () => {
  it.each([
    ['a mark by hand', { SaveReason: 'TogglePlayed', Played: true }, { completed: true, playedAt: Date.parse('2025-08-15T21:10:08.769Z') }],
    ['an un-mark by hand', { SaveReason: 'TogglePlayed', Played: false, PlaybackPositionTicks: 0 }, { unplayed: true }],
    [
      'a play to the end',
      { SaveReason: 'PlaybackFinished', Played: true },
      { completed: true, finished: true, playedAt: Date.parse('2025-08-15T21:10:08.769Z') },
    ],
    [
      'a play that stopped on the way of a title that was marked meanwhile',
      { SaveReason: 'PlaybackFinished', Played: true, PlaybackPositionTicks: 6_000_000_000 },
      { completed: true, playedAt: Date.parse('2025-08-15T21:10:08.769Z') },
    ],
    [
      'a play that stopped on the way',
      { SaveReason: 'PlaybackFinished', Played: false, PlaybackPositionTicks: 6_000_000_000 },
      { positionMs: 600_000 },
    ],
    ['a watched title that is begun again', { SaveReason: 'PlaybackStart', Played: false, PlaybackPositionTicks: 0 }, { positionMs: 0 }],
    ['a rating', { SaveReason: 'UpdateUserRating', Played: true }, {}],
    [
      'a stop at the end',
      { NotificationType: 'PlaybackStop', PlayedToCompletion: true },
      { completed: true, finished: true, playedAt: Date.parse('2025-08-15T21:10:08.769Z') },
    ],
    [
      'a stop before it',
      { NotificationType: 'PlaybackStop', PlayedToCompletion: false, PlaybackPositionTicks: 56_722_609 },
      { positionMs: 5_672 },
    ],
    ['a start', { NotificationType: 'PlaybackStart', PlaybackPositionTicks: 1_000_000 }, { positionMs: 100 }],
  ])('hints at %s', (_what, more, expected) => {
    expect(hints(more)).toEqual(expected);
  });

  it('is read from text as from JSON, and without its user agent', () => {
    expect(read(JSON.stringify(EVENT))).toEqual(read(EVENT));
    expect(read(EVENT, {})).toMatchObject({
      outcome: 'poke',
      poke: { serverUuid: 'srv', userId: 'u1', userName: 'robin', upstreamId: 'i1', title: 'Amélie' },
    });
  });

  it('names item, user and server as the server itself does, where a template has put dashes in', () => {
    const [ItemId, UserId, ServerId] = [
      '6213B704-a0d9-5429-3110-f4d561b0f614',
      '05c25ff3-c938-c8fa-d910-610675d9d9f9',
      '53a9cc8a-0e1f-cefe-3b0b-7021d8a109b4',
    ];
    expect(read({ ...EVENT, SaveReason: 'TogglePlayed', Played: true, ItemId, UserId, ServerId })).toMatchObject({
      poke: {
        upstreamId: '6213b704a0d954293110f4d561b0f614',
        userId: '05c25ff3c938c8fad910610675d9d9f9',
        serverUuid: '53a9cc8a0e1fcefe3b0b7021d8a109b4',
      },
    });
  });

  it('about a new item concerns every user', () => {
    const reading = read({ ...EVENT, NotificationType: 'ItemAdded' });
    expect(reading).toMatchObject({ outcome: 'poke', poke: { upstreamId: 'i1' } });
    expect(reading.outcome === 'poke' && reading.poke.userId).toBeUndefined();
  });

  it.each([
    ['progress while it plays', { SaveReason: 'PlaybackProgress' }],
    ['music', { ItemType: 'Audio' }],
    ['a deletion', { NotificationType: 'ItemDeleted' }],
    ['a sign-in', { NotificationType: 'AuthenticationSuccess', ItemType: undefined, ItemId: undefined }],
  ])('about %s is left alone, with a reason', (_what, more) => {
    expect(read({ ...EVENT, ...more })).toMatchObject({
      outcome: 'left-alone',
      serverUuid: 'srv',
      userId: 'u1',
      reason: expect.stringMatching(/\.$/),
    });
  });

  it.each([
    ['no JSON', 'Jellyfin says hello'],
    ['no server', { ...EVENT, ServerId: undefined }],
    ['no item', { ...EVENT, ItemId: undefined }],
    ['no user', { ...EVENT, UserId: undefined }],
    ['a list', [EVENT]],
  ])('with %s is unusable', (_what, body) => {
    expect(read(body)).toMatchObject({ outcome: 'unusable', reason: expect.stringMatching(/\.$/) });
  });

  it('is not ours where nothing of it is Jellyfin’s', () => {
    for (const body of ['hello', {}, null, { Event: 'playback.stop', Server: { Id: 'x' } }])
      expect(read(body, {})).toEqual({ outcome: 'not-ours' });
  });
});

const FIXTURES = new URL('../../../../../shared/fixtures/jellyfin/', import.meta.url);
const files = ((): string[] => {
  try {
    return readdirSync(FIXTURES).filter((name) => name.startsWith('webhook-'));
  } catch {
    return [];
  }
})();

describe.skipIf(files.length === 0)(
  `payloads of real Jellyfin servers${files.length === 0 ? ' (skipped: the folder ../shared/fixtures is not beside this repository)' : ''}`,
  () => {
    it.each(files)('%s is a poke or left alone for a reason', (name) => {
      const reading = read(JSON.parse(readFileSync(new URL(name, FIXTURES), 'utf8')));
      const poked = /-(?:ItemAdded|UserDataSaved|Playback)/.test(name);
      expect(reading.outcome).toBe(poked ? 'poke' : 'left-alone');
      if (reading.outcome === 'left-alone') expect(reading.reason).toMatch(/\.$/);
    });
  },
);
