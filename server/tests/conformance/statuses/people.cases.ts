import type { Case, World } from './world.ts';

const form = (payload: unknown): FormData => {
  const body = new FormData();
  body.append('data', JSON.stringify(payload));
  return body;
};
/** What Emby says of a title that is played. */
const event = ({ home, items }: World, change: object = {}) =>
  form({
    Event: 'playback.start',
    Server: { Id: home.fake('emby').uuid, Name: 'Fake', Version: '4.8.10.0' },
    User: { Id: home.fake('emby').owner.id, Name: 'owner' },
    Item: { Id: items.emby, Type: 'Movie', Name: 'Plain' },
    ...change,
  });

const hooks = ['POST', 'PUT'].flatMap((method): readonly Case[] => [
  [
    `${method} /webhook`,
    200,
    async (world) => {
      const played = method === 'POST';
      await world.listenTo('emby', true, played);
      return { path: '/webhook', body: event(world, { Event: played ? 'item.markplayed' : 'item.markunplayed' }) };
    },
  ],
  [`${method} /webhook`, 304, (world) => ({ path: '/webhook', body: event(world, { Event: 'system.serverrestartrequired' }) })],
  [`${method} /webhook`, 400, { path: '/webhook', body: { hello: 'world' } }],
  [
    `${method} /webhook`,
    406,
    async (world) => {
      await world.listenTo('emby', false, false);
      return { path: '/webhook', body: event(world) };
    },
  ],
]);

const queue = (method: string, status: number, ask: Case[2]): Case => [`${method} /tasks/{id}/queue`, status, ask];

export const PEOPLE_CASES: readonly Case[] = [
  ['GET /tasks/{id}', 404, '/tasks/nothing'],
  queue('GET', 200, '/tasks/indexes/queue'),
  queue('GET', 404, '/tasks/nothing/queue'),
  queue('POST', 404, '/tasks/nothing/queue'),
  queue('POST', 202, '/tasks/validate/queue'),
  queue('POST', 400, async ({ call }) => {
    await call('POST', '/system/env/WS_CRON_EXPORT_ARGS', { value: '--user nobody_here' });
    return '/tasks/export/queue';
  }),
  queue('POST', 409, async (world) => {
    await world.later('backup');
    return '/tasks/backup/queue';
  }),
  queue('DELETE', 200, '/tasks/backup/queue'),
  queue('DELETE', 404, '/tasks/backup/queue'),
  queue('DELETE', 400, async (world) => {
    await world.busyImport();
    return '/tasks/import/queue';
  }),
  ['POST /identities', 201, { path: '/identities', body: { identity: 'anna' } }],
  ['POST /identities', 400, { path: '/identities', body: { identity: 'A-B' } }],
  ['POST /identities', 409, { path: '/identities', body: { identity: 'anna' } }],
  ['GET /identities/{identity}', 400, '/identities/a-b'],
  ['GET /identities/{identity}', 404, '/identities/nobody'],
  ['PUT /identities/{identity}', 400, { path: '/identities/anna', body: 'a: [', headers: { 'content-type': 'text/yaml' } }],
  ['PUT /identities/{identity}', 404, { path: '/identities/nobody', body: {} }],
  ['DELETE /identities/{identity}', 200, '/identities/anna'],
  ['DELETE /identities/{identity}', 400, '/identities/a-b'],
  ['DELETE /identities/{identity}', 403, '/identities/main'],
  ['DELETE /identities/{identity}', 404, '/identities/nobody'],
  ['PUT /identities/provision/mapping', 400, { path: '/identities/provision/mapping', body: {} }],
  ['POST /identities/provision', 400, { path: '/identities/provision', body: { mode: 'guess' } }],
  ['POST /identities/provision', 500, { path: '/identities/provision', body: { mode: 'update' }, failing: 'emby' }],
  [
    'POST /identities/provision',
    409,
    async (world) => {
      await world.twins();
      return { path: '/identities/provision', body: { mode: 'create' } };
    },
  ],
  ...hooks,
];
