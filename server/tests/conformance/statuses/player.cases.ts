import type { Case, World } from './world.ts';

const KEPT = { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' };
const NO_TOKEN = 'play-00000000000000000000000000000000';
/** Known already, of no token, and of a file that has left or is no film. */
const about = (row: string, path: (token: string) => string, statuses: readonly (304 | 400 | 404 | 500)[]): readonly Case[] =>
  statuses.map((status): Case => {
    if (status === 304) return [row, 304, async (world) => ({ path: path(await world.token('Plain')), headers: KEPT })];
    if (status === 400) return [row, 400, path(NO_TOKEN)];
    if (status === 404) return [row, 404, async (world) => path(await goneToken(world))];
    return [row, 500, async (world) => path(await world.token('Broken'))];
  });

const lost = new WeakMap<World, Promise<string>>();
/** It can be lost once. */
function goneToken(world: World): Promise<string> {
  const known = lost.get(world) ?? world.lostToken();
  lost.set(world, known);
  return known;
}

export const PLAYER_CASES: readonly Case[] = [
  ...about('GET /player/playlist/{token}', (token) => `/player/playlist/${token}`, [400, 500]),
  ...about('GET /player/playlist/{token}/{fake...}', (token) => `/player/playlist/${token}/a/film.m3u8`, [400, 500]),
  ...about('GET /player/m3u8/{token}', (token) => `/player/m3u8/${token}`, [304, 400]),
  ...about('GET /player/m3u8/{token}/{fake...}', (token) => `/player/m3u8/${token}/a/film.m3u8`, [304, 400]),
  ...about('GET /player/segments/{token}/{segment}', (token) => `/player/segments/${token}/0`, [304, 400, 404, 500]),
  ...about('GET /player/segments/{token}/{segment}.{type}', (token) => `/player/segments/${token}/0.ts`, [304, 400, 404, 500]),
  ...about('GET /player/subtitle/{token}/{type}.{source}{index}.m3u8', (token) => `/player/subtitle/${token}/webvtt.x0.m3u8`, [304, 400]),
  ...about('GET /player/subtitle/{token}/{source}{index}.{ext}', (token) => `/player/subtitle/${token}/i2.vtt`, [304, 400, 404, 500]),
  ['POST /system/sign/{id}', 400, ({ ids }) => ({ path: `/system/sign/${ids.Plain}`, body: {} })],
  [
    'POST /system/sign/{id}',
    404,
    async (world) => {
      await goneToken(world);
      return { path: `/system/sign/${world.ids.Gone}`, body: { path: world.films.path('Gone.mkv') } };
    },
  ],
];
