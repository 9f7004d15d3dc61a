import { type Case, NOBODY } from './world.ts';

const OLD = { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' };

export const HISTORY_CASES: readonly Case[] = [
  ['GET /history', 400, '/history?rguid=nonsense'],
  ['GET /history', 404, '/history?title=nothing'],
  ['GET /history/{id}', 404, '/history/999999'],
  ['GET /history/{id}/duplicates', 404, '/history/999999/duplicates'],
  ['GET /history/{id}/watch', 404, '/history/999999/watch'],
  ['POST /history/{id}/watch', 404, '/history/999999/watch'],
  ['DELETE /history/{id}/watch', 404, '/history/999999/watch'],
  ['DELETE /history/{id}/watch', 409, ({ ids }) => `/history/${ids.Plain}/watch`],
  [
    'POST /history/{id}/watch',
    409,
    async ({ ids, call }) => {
      await call('POST', `/history/${ids.Plain}/watch`);
      return `/history/${ids.Plain}/watch`;
    },
  ],
  ['GET /history/{id}/validate', 404, '/history/999999/validate'],
  ['DELETE /history/{id}/metadata/{backend}', 404, ({ ids }) => `/history/${ids.Plain}/metadata/nothing`],
  ['GET /history/{id}/images/{type}', 304, ({ ids }) => ({ path: `/history/${ids.Plain}/images/poster`, headers: OLD })],
  ['GET /history/{id}/images/{type}', 400, ({ ids }) => `/history/${ids.Plain}/images/nonsense`],
  ['GET /history/{id}/images/{type}', 404, '/history/999999/images/poster'],
  ['DELETE /history/{id}', 404, '/history/999999'],
  ['DELETE /history/{id}', 200, ({ ids }) => `/history/${ids.Bare}`],
  ['GET /ignore', 404, { path: '/ignore', headers: NOBODY }],
  ['POST /ignore', 400, { path: '/ignore', body: { rule: 'nonsense' } }],
  ['POST /ignore', 404, { path: '/ignore', body: { rule: 'movie://tmdb:6@jellyfin' }, headers: NOBODY }],
  [
    'POST /ignore',
    409,
    async ({ call }) => {
      const body = { rule: 'movie://tmdb:6@jellyfin' };
      await call('POST', '/ignore', body);
      return { path: '/ignore', body };
    },
  ],
  ['DELETE /ignore', 400, { path: '/ignore', body: { rule: 'nonsense' } }],
  ['DELETE /ignore', 404, { path: '/ignore', body: { rule: 'movie://tmdb:7@jellyfin' } }],
  ['GET /system/integrity', 404, { path: '/system/integrity', headers: NOBODY }],
  ['DELETE /system/integrity', 200, '/system/integrity'],
  ['DELETE /system/integrity', 404, { path: '/system/integrity', headers: NOBODY }],
  ['GET /system/parity', 400, '/system/parity?min=-1'],
  ['GET /system/parity', 404, '/system/parity?page=999'],
  ['DELETE /system/parity', 400, '/system/parity?min=-1'],
  ['DELETE /system/parity', 404, { path: '/system/parity', headers: NOBODY }],
  ['GET /system/duplicate', 400, '/system/duplicate?perpage=0'],
  ['GET /system/duplicate', 404, { path: '/system/duplicate', headers: NOBODY }],
  ['DELETE /system/duplicate', 404, { path: '/system/duplicate', headers: NOBODY }],
];
