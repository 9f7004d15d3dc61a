import { spawn } from 'node:child_process';
import { type Case, PASSWORD, type World } from './world.ts';

const NOT_SIGNED_IN = { 'x-apikey': '' };
const LOGIN = { username: 'owner', password: PASSWORD };
const suppression = { type: 'contains', rule: 'hum', example: 'a hum' };

async function logFile({ call }: World): Promise<string> {
  const { body } = await call('GET', '/logs');
  return (body as { filename: string }[])[0]?.filename ?? 'none.log';
}

async function aBackup({ call }: World): Promise<string> {
  const { body } = await call('GET', '/system/backup');
  return (body as { filename: string }[])[0]?.filename ?? 'none.json';
}

async function queued(world: World): Promise<string> {
  const { body } = await world.call('POST', '/system/events', {
    event: 'system:task',
    event_data: { name: 'indexes' },
    DELAY_BY: 3_600,
  });
  return (body as { id: string }).id;
}

/** A program that Usherr has started, and that would run for a minute. */
const child = (): string => String(spawn(process.execPath, ['-e', 'setTimeout(() => undefined, 60_000)'], { stdio: 'ignore' }).pid);

export const SYSTEM_CASES: readonly Case[] = [
  ['GET /log/{filename}', 200, async (world) => `/log/${await logFile(world)}`],
  ['GET /log/{filename}', 400, async (world) => `/log/${await logFile(world)}?offset=-1`],
  ['GET /log/{filename}', 404, '/log/nothing.20260101.log'],
  ['DELETE /log/{filename}', 404, '/log/nothing.20260101.log'],
  ['DELETE /log/{filename}', 200, async (world) => `/log/${await logFile(world)}`],
  ['GET /system/auth/test', 200, '/system/auth/test'],
  ['GET /system/auth/has_user', 200, '/system/auth/has_user'],
  ['GET /system/auth/has_user', 204, ({ empty }) => ({ path: '/system/auth/has_user', at: empty })],
  ['GET /system/auth/user', 401, { path: '/system/auth/user', headers: NOT_SIGNED_IN }],
  ['POST /system/auth/signup', 400, { path: '/system/auth/signup', body: {} }],
  ['POST /system/auth/signup', 403, { path: '/system/auth/signup', body: { ...LOGIN, setup_code: 'none' } }],
  [
    'POST /system/auth/signup',
    201,
    ({ empty }) => ({ path: '/system/auth/signup', body: { ...LOGIN, setup_code: empty.house.words.setupCode }, at: empty }),
  ],
  ['POST /system/auth/login', 400, { path: '/system/auth/login', body: {} }],
  ['POST /system/auth/login', 401, { path: '/system/auth/login', body: { ...LOGIN, password: 'wrong' } }],
  ['PUT /system/auth/change_password', 400, ({ signedIn }) => ({ path: '/system/auth/change_password', body: {}, headers: signedIn })],
  ['PUT /system/auth/change_password', 401, { path: '/system/auth/change_password', body: {}, headers: NOT_SIGNED_IN }],
  ['GET /system/env/{key}', 400, '/system/env/nothing'],
  ['GET /system/env/{key}', 404, '/system/env/WS_CRON_IMPORT_AT'],
  ['POST /system/env/{key}', 400, { path: '/system/env/WS_CRON_IMPORT', body: { value: 'often' } }],
  ['POST /system/env/{key}', 404, { path: '/system/env/WS_API_KEY', body: { value: '1' } }],
  ['DELETE /system/env/{key}', 400, '/system/env/nothing'],
  ['DELETE /system/env/{key}', 404, '/system/env/WS_API_KEY'],
  ['PUT /system/guids/custom', 400, { path: '/system/guids/custom', body: {} }],
  ['DELETE /system/guids/custom/{id}', 404, '/system/guids/custom/nothing'],
  ['GET /system/guids/custom/{client}', 404, '/system/guids/custom/kodi'],
  ['PUT /system/guids/custom/{client}', 400, { path: '/system/guids/custom/plex', body: {} }],
  ['DELETE /system/guids/custom/{client}/{id}', 404, '/system/guids/custom/plex/nothing'],
  ['GET /system/guids/custom/{client}/{index}', 404, '/system/guids/custom/plex/0'],
  ['GET /system/events/stats', 400, '/system/events/stats?only=asleep'],
  ['POST /system/events', 400, { path: '/system/events', body: {} }],
  ['GET /system/events/{id}', 404, '/system/events/nothing'],
  ['PATCH /system/events/{id}', 404, { path: '/system/events/nothing', body: { status: 0 } }],
  ['PATCH /system/events/{id}', 400, async (world) => ({ path: `/system/events/${await queued(world)}`, body: { status: 9 } })],
  ['DELETE /system/events/{id}', 404, '/system/events/nothing'],
  ['DELETE /system/events/{id}', 400, async (world) => `/system/events/${await world.busyImport()}`],
  ['DELETE /system/events', 200, '/system/events'],
  ['POST /system/command', 400, { path: '/system/command', body: {} }],
  ['GET /system/command/{token}', 400, '/system/command/nothing'],
  ['GET /system/report/ini', 403, '/system/report/ini'],
  ['POST /system/url/check', 400, { path: '/system/url/check', body: { url: 'file:///etc/passwd' } }],
  ['POST /system/yaml', 400, '/system/yaml'],
  ['POST /system/yaml/{filename}', 400, '/system/yaml/a.yaml'],
  ['GET /system/static/{file}', 400, '/system/static/..%2fpackage.json'],
  ['GET /system/static/{file}', 404, '/system/static/docs/nothing.md'],
  [
    'GET /system/images/{type}',
    204,
    async ({ call }) => {
      await call('POST', '/identities', { identity: 'bare' });
      return { path: '/system/images/poster', headers: { 'x-user': 'bare' } };
    },
  ],
  [
    'GET /system/backup/{filename}',
    200,
    async (world) => {
      await world.backup();
      return `/system/backup/${await aBackup(world)}`;
    },
  ],
  ['GET /system/backup/{filename}', 404, '/system/backup/nothing.json'],
  ['GET /system/backup/{filename}', 400, '/system/backup/..%2fusherr.db'],
  ['DELETE /system/backup/{filename}', 404, '/system/backup/nothing.json'],
  ['DELETE /system/backup/{filename}', 400, '/system/backup/..%2fusherr.db'],
  ['DELETE /system/backup/{filename}', 200, async (world) => `/system/backup/${await aBackup(world)}`],
  ['DELETE /system/processes/{id}', 200, () => `/system/processes/${child()}`],
  ['DELETE /system/processes/{id}', 400, '/system/processes/abc'],
  ['DELETE /system/processes/{id}', 404, '/system/processes/4194304'],
  ['POST /system/suppressor', 400, { path: '/system/suppressor', body: { ...suppression, example: 'silence' } }],
  ['GET /system/suppressor/{id}', 400, '/system/suppressor/short'],
  ['GET /system/suppressor/{id}', 404, '/system/suppressor/S0000000000'],
  ['DELETE /system/suppressor/{id}', 400, '/system/suppressor/short'],
  ['DELETE /system/suppressor/{id}', 404, '/system/suppressor/S0000000000'],
];
