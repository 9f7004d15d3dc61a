import { describe, expect, it } from 'vitest';
import type { DeskKind } from '#core/upstreams/index.ts';
import { faultOfRequest, rightsOf, toPerson, toRequest, toUser } from './seerr.map.ts';

const REQUEST = {
  id: 7,
  status: 2,
  type: 'tv',
  is4k: false,
  media: { mediaType: 'tv', tmdbId: 72, tvdbId: null, imdbId: null, status: 3, status4k: 5 },
  seasons: [
    { seasonNumber: 10, status: 5 },
    { seasonNumber: 2, status: 2 },
  ],
  requestedBy: { id: 3, displayName: 'alice' },
  createdAt: '2026-02-09T11:08:53.000Z',
  updatedAt: '2026-02-09T11:08:53.000Z',
};

describe('a request', () => {
  it('has its seasons in the order of their numbers, and no ids that are null', () => {
    const request = toRequest(REQUEST);
    expect(request?.seasons).toEqual([
      { number: 2, status: 'approved' },
      { number: 10, status: 'completed' },
    ]);
    expect(Object.keys(request ?? {})).not.toEqual(expect.arrayContaining(['tvdbId']));
    expect(Object.keys(request ?? {})).not.toEqual(expect.arrayContaining(['imdbId']));
  });

  it('has the status of its title in its own quality', () => {
    expect(toRequest(REQUEST)?.mediaStatus).toBe('processing');
    expect(toRequest({ ...REQUEST, is4k: true })?.mediaStatus).toBe('available');
  });

  it.each([
    [1, 'pending'],
    [2, 'approved'],
    [3, 'declined'],
    [4, 'failed'],
    [5, 'completed'],
    [6, 'other'],
    [0, 'other'],
    [-1, 'other'],
  ])('of status %i is %s', (status, name) => {
    expect(toRequest({ ...REQUEST, status })?.status).toBe(name);
  });

  it.each([
    [1, 'unknown'],
    [2, 'pending'],
    [3, 'processing'],
    [4, 'partly-available'],
    [5, 'available'],
    [6, 'blocklisted'],
    [7, 'deleted'],
    [8, 'other'],
    [undefined, 'other'],
  ])('of a title of status %s is for one that is %s', (status, name) => {
    expect(toRequest({ ...REQUEST, media: { ...REQUEST.media, status } })?.mediaStatus).toBe(name);
  });

  it('of an elder release may leave out what it does not know', () => {
    const { type: _type, is4k: _is4k, seasons: _seasons, updatedAt: _updatedAt, ...elder } = REQUEST;
    expect(toRequest(elder)).toMatchObject({ kind: 'tv', is4k: false, seasons: [], updatedAt: Date.parse(REQUEST.createdAt) });
  });

  it.each<[string, unknown, string]>([
    ['without its title', { ...REQUEST, media: null }, 'request 7 at /media must be object'],
    [
      'without a number for its title',
      { ...REQUEST, media: { ...REQUEST.media, tmdbId: null } },
      'request 7 at /media/tmdbId must be integer',
    ],
    ['of nobody', { ...REQUEST, requestedBy: null }, 'request 7 at /requestedBy must be object'],
    ['for an album', { ...REQUEST, type: 'album' }, 'request 7 is for neither a movie nor a series'],
    ['without a date', { ...REQUEST, createdAt: 'soon' }, 'request 7 has no date that we can read'],
    ['that is none', 'no', 'a request must be object'],
  ])('%s is unreadable, and says why', (_name, raw, fault) => {
    expect(toRequest(raw)).toBeUndefined();
    expect(faultOfRequest(raw)).toBe(fault);
  });
});

describe('a person', () => {
  it.each([
    [{ displayName: 'a', username: 'b' }, 'a'],
    [{ displayName: '', username: 'b', plexUsername: 'c' }, 'b'],
    [{ username: null, plexUsername: 'c', jellyfinUsername: 'd' }, 'c'],
    [{ jellyfinUsername: 'd', email: 'e@example.test' }, 'd'],
    [{ email: 'e@example.test' }, 'e@example.test'],
    [{}, 'user 3'],
  ])('%j is shown as %s', (names, shown) => {
    expect(toPerson({ id: 3, ...names }).displayName).toBe(shown);
  });

  it('has only the ids that it has elsewhere, as text', () => {
    expect(toPerson({ id: 3, displayName: 'a', plexId: 1_558_630, jellyfinUserId: null })).toEqual({
      id: 3,
      displayName: 'a',
      plexId: '1558630',
    });
    expect(toUser({ id: 3, displayName: 'a', plexId: 0, permissions: 32 })).not.toHaveProperty('plexId');
  });
});

describe('rights', () => {
  /** Of movies and of series. */
  const both = [true, true];
  const no = [false, false];
  const movieAlone = [true, false];
  const seriesAlone = [false, true];
  const of = (permissions: number) => {
    const rights = rightsOf(permissions);
    const each = (may: (kind: DeskKind) => boolean) => [may('movie'), may('tv')];
    return {
      request: each((kind) => rights.request(kind, false)),
      request4k: each((kind) => rights.request(kind, true)),
      auto: each((kind) => rights.autoApproved(kind, false)),
      auto4k: each((kind) => rights.autoApproved(kind, true)),
    };
  };
  const none = { request: no, request4k: no, auto: no, auto4k: no };

  it.each<[string, number, Partial<ReturnType<typeof of>>]>([
    ['none', 0, {}],
    ['ADMIN', 2, { request: both, request4k: both, auto: both, auto4k: both }],
    ['MANAGE_USERS', 8, {}],
    ['MANAGE_REQUESTS', 16, { auto: both, auto4k: both }],
    ['REQUEST', 32, { request: both }],
    ['AUTO_APPROVE', 128, { auto: both }],
    ['AUTO_APPROVE_MOVIE', 256, { auto: movieAlone }],
    ['AUTO_APPROVE_TV', 512, { auto: seriesAlone }],
    ['REQUEST_4K', 1_024, { request4k: both }],
    ['REQUEST_4K_MOVIE', 2_048, { request4k: movieAlone }],
    ['REQUEST_4K_TV', 4_096, { request4k: seriesAlone }],
    ['AUTO_APPROVE_4K', 32_768, { auto4k: both }],
    ['AUTO_APPROVE_4K_MOVIE', 65_536, { auto4k: movieAlone }],
    ['AUTO_APPROVE_4K_TV', 131_072, { auto4k: seriesAlone }],
    ['REQUEST_MOVIE', 262_144, { request: movieAlone }],
    ['REQUEST_TV', 524_288, { request: seriesAlone }],
    ['REQUEST_MOVIE and AUTO_APPROVE_TV', 262_144 | 512, { request: movieAlone, auto: seriesAlone }],
    ['a bit of tomorrow beside REQUEST', 2 ** 40 + 32, { request: both }],
  ])('by %s', (_name, permissions, may) => {
    expect(of(permissions)).toEqual({ ...none, ...may });
    expect(rightsOf(permissions).admin).toBe(permissions === 2);
  });
});
