import { type Case, NOBODY, type World } from './world.ts';

const NOWHERE = { url: 'http://127.0.0.1:9', token: 't' };
const query = (told: Readonly<Record<string, string>>): string => `?${new URLSearchParams(told)}`;
const wish = ({ home }: World, name: string) => {
  const { baseUrl: url, owner } = home.fake('jellyfin');
  return { name, type: 'jellyfin', url, token: owner.token, user: owner.id };
};

/** Of a kind of server that nobody knows, and of a server that does not answer. */
const probes = ['uuid', 'users'].flatMap((what): readonly Case[] => [
  [`GET /backends/${what}/{type}`, 400, `/backends/${what}/kodi`],
  [`GET /backends/${what}/{type}`, 500, `/backends/${what}/jellyfin${query({ ...NOWHERE, user: 'u' })}`],
  [`POST /backends/${what}/{type}`, 400, { path: `/backends/${what}/jellyfin`, body: {} }],
  [`POST /backends/${what}/{type}`, 500, { path: `/backends/${what}/jellyfin`, body: { ...NOWHERE, user: 'u' } }],
]);

/** Of a backend that is not there, and of one whose server is ill. */
const asked = ['info', 'version', 'users', 'sessions', 'library', 'unmatched', 'mismatched'].flatMap((what): readonly Case[] => [
  [`GET /backend/{name}/${what}`, 404, `/backend/nothing/${what}`],
  [`GET /backend/{name}/${what}`, 500, { path: `/backend/emby/${what}`, failing: 'emby' }],
]);

const options = ['GET', 'POST', 'PATCH', 'DELETE'].flatMap((method): readonly Case[] => {
  const body = method === 'GET' ? undefined : { value: 'x' };
  const named = (key: string) => (method === 'GET' ? undefined : { key, value: 'x' });
  const asQuery = method === 'GET' ? '?key=options.client.timeout' : '';
  const [row, single] = [`${method} /backend/{name}/option`, `${method} /backend/{name}/option/{option}`];
  return [
    [row, 400, { path: '/backend/jellyfin/option', body: method === 'GET' ? undefined : {} }],
    [row, 404, { path: `/backend/nothing/option${asQuery}`, body: named('options.client.timeout') }],
    [single, 400, { path: '/backend/jellyfin/option/options.nonsense', body }],
    [single, 404, { path: '/backend/nothing/option/options.client.timeout', body }],
  ];
});

export const BACKEND_CASES: readonly Case[] = [
  ['POST /backends', 400, { path: '/backends', body: {} }],
  ['POST /backends', 404, (world) => ({ path: '/backends', body: wish(world, 'mine'), headers: NOBODY })],
  ['POST /backends', 409, (world) => ({ path: '/backends', body: wish(world, 'jellyfin') })],
  ...probes,
  ['GET /backends/discover/{type}', 400, `/backends/discover/emby${query(NOWHERE)}`],
  ['GET /backends/discover/{type}', 500, `/backends/discover/plex${query(NOWHERE)}`],
  ['POST /backends/discover/{type}', 400, { path: '/backends/discover/emby', body: NOWHERE }],
  ['POST /backends/discover/{type}', 500, { path: '/backends/discover/plex', body: NOWHERE }],
  ['POST /backends/accesstoken/{type}', 400, { path: '/backends/accesstoken/emby', body: { url: NOWHERE.url } }],
  [
    'POST /backends/accesstoken/{type}',
    500,
    { path: '/backends/accesstoken/emby', body: { url: NOWHERE.url, username: 'u', password: 'p' } },
  ],
  ['POST /backends/validate/token/{type}', 400, { path: '/backends/validate/token/plex', body: {} }],
  ['POST /backends/validate/token/{type}', 401, { path: '/backends/validate/token/plex', body: { token: 'wrong' } }],
  ['POST /backends/plex/check', 400, { path: '/backends/plex/check', body: {} }],
  ['GET /backend/{name}', 404, '/backend/nothing'],
  ['PUT /backend/{name}', 400, { path: '/backend/jellyfin', body: { url: 7 } }],
  ['PUT /backend/{name}', 404, (world) => ({ path: '/backend/nothing', body: wish(world, 'nothing') })],
  ['PATCH /backend/{name}', 400, { path: '/backend/jellyfin', body: [{ key: 'nonsense', value: 1 }] }],
  ['PATCH /backend/{name}', 404, { path: '/backend/nothing', body: [{ key: 'import.enabled', value: true }] }],
  ['DELETE /backend/{name}', 404, '/backend/nothing'],
  ...asked,
  ['POST /backend/{name}/accesstoken', 400, { path: '/backend/jellyfin/accesstoken', body: {} }],
  ['POST /backend/{name}/accesstoken', 404, { path: '/backend/nothing/accesstoken', body: { id: '1' } }],
  ['POST /backend/{name}/accesstoken', 500, { path: '/backend/emby/accesstoken', body: { id: '1' }, failing: 'emby' }],
  ['GET /backend/{name}/discover', 400, '/backend/jellyfin/discover'],
  ['GET /backend/{name}/discover', 404, '/backend/nothing/discover'],
  ['GET /backend/{name}/discover', 500, { path: '/backend/plex/discover', failing: 'plex' }],
  ['POST /backend/{name}/library/{id}', 404, '/backend/jellyfin/library/nothing'],
  ['DELETE /backend/{name}/library/{id}', 404, '/backend/jellyfin/library/nothing'],
  ['DELETE /backend/{name}/library/{id}', 409, ({ libraries }) => `/backend/jellyfin/library/${libraries.jellyfin}`],
  [
    'POST /backend/{name}/library/{id}',
    409,
    async ({ libraries, call }) => {
      const path = `/backend/plex/library/${libraries.plex}`;
      await call('POST', path);
      return path;
    },
  ],
  ...options,
  ['GET /backend/{name}/search', 400, '/backend/jellyfin/search'],
  ['GET /backend/{name}/search', 404, '/backend/jellyfin/search?q=nothing+like+it'],
  ['GET /backend/{name}/search', 500, { path: '/backend/emby/search?q=x', failing: 'emby' }],
  ['GET /backend/{name}/search/{id}', 400, '/backend/jellyfin/search/1?limit=0'],
  ['GET /backend/{name}/search/{id}', 404, '/backend/jellyfin/search/ffffffffffffffffffffffffffffffff'],
  ['GET /backend/{name}/search/{id}', 500, { path: '/backend/emby/search/1', failing: 'emby' }],
  ['GET /backend/{name}/unmatched/{id}', 404, '/backend/jellyfin/unmatched/nothing'],
  ['GET /backend/{name}/unmatched/{id}', 500, { path: '/backend/emby/unmatched/1', failing: 'emby' }],
  ['GET /backend/{name}/mismatched', 400, '/backend/jellyfin/mismatched?percentage=101'],
  ['GET /backend/{name}/mismatched/{id}', 400, '/backend/jellyfin/mismatched/1?method=guess'],
  ['GET /backend/{name}/mismatched/{id}', 404, '/backend/jellyfin/mismatched/nothing'],
  ['GET /backend/{name}/mismatched/{id}', 500, { path: '/backend/emby/mismatched/1', failing: 'emby' }],
  ['GET /backend/{name}/stale/{id}', 400, '/backend/jellyfin/stale/1?timeout=0'],
  ['GET /backend/{name}/stale/{id}', 404, '/backend/nothing/stale/1'],
  ['DELETE /backend/{name}/stale/{id}', 400, { path: '/backend/jellyfin/stale/1', body: { ids: [] } }],
  ['DELETE /backend/{name}/stale/{id}', 404, { path: '/backend/nothing/stale/1', body: { ids: [1] } }],
  ['GET /backend/{name}/ignore', 404, '/backend/nothing/ignore'],
  ['POST /backend/{name}/ignore', 201, { path: '/backend/jellyfin/ignore', body: { rule: 'movie://tmdb:5@jellyfin' } }],
  ['POST /backend/{name}/ignore', 400, { path: '/backend/jellyfin/ignore', body: { rule: 'nonsense' } }],
  ['POST /backend/{name}/ignore', 404, { path: '/backend/nothing/ignore', body: { rule: 'movie://tmdb:5@nothing' } }],
  ['POST /backend/{name}/ignore', 409, { path: '/backend/jellyfin/ignore', body: { rule: 'movie://tmdb:5@jellyfin' } }],
  ['DELETE /backend/{name}/ignore', 200, { path: '/backend/jellyfin/ignore', body: { rule: 'movie://tmdb:5@jellyfin' } }],
  ['DELETE /backend/{name}/ignore', 400, { path: '/backend/jellyfin/ignore', body: { rule: 'nonsense' } }],
  ['DELETE /backend/{name}/ignore', 404, { path: '/backend/jellyfin/ignore', body: { rule: 'movie://tmdb:5@jellyfin' } }],
];
