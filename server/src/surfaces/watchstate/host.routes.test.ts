import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { createWatchstateApi } from '#tests/support/watchstate-api.ts';

let home: Household;

const api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  createWatchstateApi(home).call(method, path, body, headers);
const keyFor: ReturnType<typeof createWatchstateApi>['keyFor'] = (role, scopes) => createWatchstateApi(home).keyFor(role, scopes);
const verbs = async (verb: string) =>
  (await home.rooms.activity.list({ verb }, { offset: 0, limit: 20 })).entries.map(({ subject }) => subject);

beforeAll(async () => {
  home = await startHousehold({ servers: ['jellyfin'] });
}, 30_000);
afterAll(() => home.close());

describe('what only owners and admins may ask of the host', () => {
  it.each([
    ['POST', '/system/command', { command: 'tasks' }],
    ['GET', '/system/processes', undefined],
    ['DELETE', '/system/processes/1', undefined],
    ['POST', '/system/url/check', { url: 'http://127.0.0.1:1' }],
    ['POST', '/system/scheduler/restart', undefined],
    ['GET', '/system/report', undefined],
    ['DELETE', '/system/cache', undefined],
    ['POST', '/system/reset/opcache', undefined],
  ])('%s %s is refused to a person, and to nobody at all', async (method, path, body) => {
    expect((await api(method, path, body, await keyFor('person', ['read', 'sync', 'write']))).status).toBe(403);
    expect((await api(method, path, body, { 'x-apikey': '' })).status).toBe(401);
  });
});

describe('commands', () => {
  const stream = async (path: string): Promise<string> => {
    const response = await fetch(`${home.address}${path}`, { headers: { 'x-apikey': API_KEY } });
    expect(response.headers.get('content-type')).toContain('text/event-stream');
    return response.text();
  };
  const eventsOf = (text: string, name: string): string[] =>
    text.split('\n\n').flatMap((block) => (block.startsWith(`event: ${name}\n`) ? [block.slice(block.indexOf('data: ') + 6)] : []));

  it('run once, stream what they say, and tell their exit code', async () => {
    const made = await api('POST', '/system/command', { command: 'system:tasks --json', timeout: 60 });
    expect(made.status).toBe(200);
    expect(made.json.tracking).toBe(`/v1/api/system/command/${made.json.token}`);
    const said = await stream(String(made.json.tracking));
    expect(eventsOf(said, 'cmd')).toEqual(['system:tasks --json']);
    const output = eventsOf(said, 'data').map((line) => (JSON.parse(line) as { data: string }).data);
    expect(output.join('')).toContain('import');
    expect(eventsOf(said, 'exit_code')).toEqual(['0']);
    expect(eventsOf(said, 'close')).toHaveLength(1);
    expect((await api('GET', `/system/command/${made.json.token}`)).status).toBe(400);
    expect(await verbs('console.run')).toContain('system:tasks');
  }, 30_000);

  it('are those of the page, whose folder is on another host', async () => {
    const order = { command: 'system:index', cwd: '/home/coders/apps/watchstate', timeout: 120, force_color: true };
    const made = await api('POST', '/system/command', order);
    expect(made.json).toEqual({ token: expect.any(String), tracking: expect.any(String), expires: expect.any(String) });
    const said = await stream(String(made.json.tracking));
    expect([eventsOf(said, 'cwd'), eventsOf(said, 'exit_code')]).toEqual([[home.config.dataDir], ['0']]);
  }, 30_000);

  it('have a key of their own, which is worth nothing afterwards', async () => {
    const keys = await home.rooms.access.keys.list({ kind: 'job', id: 'test', name: 'test', role: 'owner', scopes: ['read', 'admin'] });
    const mine = keys.filter((key) => key.name === 'One command of the console');
    expect(mine.length).toBeGreaterThan(0);
    expect(mine.filter((key) => key.revokedAt === undefined)).toEqual([]);
  });

  it('cannot reset a password, which needs the host itself', async () => {
    const made = await api('POST', '/system/command', { command: 'user reset-password owner' });
    const said = await stream(String(made.json.tracking));
    expect(eventsOf(said, 'exit_code')[0]).not.toBe('0');
    const login = await api('POST', '/system/auth/login', { username: 'owner', password: 'a long enough password' });
    expect(login.status).toBe(200);
  }, 30_000);

  it.each<[string, unknown, number, string | undefined]>([
    ['nothing', undefined, 400, undefined],
    ['no command', {}, 400, 'command'],
    ['an empty one', { command: ' ' }, 400, 'command'],
    ['two lines', { command: 'a\nb' }, 400, 'command'],
    ['a shell that the host does not allow', { command: '$ id' }, 403, undefined],
  ])('refuse %s', async (_what, body, status, field) => {
    const reply = await api('POST', '/system/command', body);
    expect(reply.status).toBe(status);
    if (field) expect(JSON.stringify(reply.json.error)).toContain(`"field":"${field}"`);
  });

  it('of a shell need a folder of this host', async () => {
    const open = await startHousehold({ servers: [], environment: { WS_CONSOLE_ENABLE_ALL: '1' } });
    const ask = (cwd: string) => open.send('POST', '/v1/api/system/command', { command: '$ pwd', cwd });
    expect(await ask('/nowhere/at/all')).toMatchObject({ status: 400, body: { error: { fields: [{ field: 'cwd' }] } } });
    expect((await ask(open.config.dataDir)).status).toBe(200);
    await open.close();
  });
});

describe('processes', () => {
  let child: ChildProcess;
  beforeAll(async () => {
    child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6); process.stdout.write("up")'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    if (child.stdout) await once(child.stdout, 'data');
  });
  afterAll(() => void child.kill('SIGKILL'));

  it('shows all of them, and the words of its own alone', async () => {
    const { json } = await api('GET', '/system/processes');
    const all = json.processes as { pid: string; user: string; cpu: string; mem: string; command: string }[];
    expect(all.find((one) => one.pid === String(child.pid))?.command).toContain('setInterval');
    expect(all.find((one) => one.pid === String(process.pid))?.command).not.toContain('vitest.mjs run');
  });

  it('ends what Usherr started, and nothing else', async () => {
    expect((await api('DELETE', '/system/processes/abc')).status).toBe(400);
    expect((await api('DELETE', '/system/processes/4194304')).status).toBe(404);
    expect((await api('DELETE', '/system/processes/1')).status).toBe(403);
    expect((await api('DELETE', `/system/processes/${process.pid}`)).status).toBe(403);
    expect((await api('DELETE', `/system/processes/${child.pid}`)).status).toBe(200);
    if (child.signalCode === null) await once(child, 'exit');
    expect(child.signalCode).toBe('SIGTERM');
  });
});

describe('small tools', () => {
  it('asks an address and shows what it said', async () => {
    const target = createServer((request, response) =>
      response.writeHead(418, { 'x-seen': request.headers.authorization ?? '' }).end('tea'),
    );
    await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(target.address() as AddressInfo).port}/private?key=secret`;
    const headers = [
      { key: 'Authorization', value: 'Bearer x' },
      { key: 'ws-timeout', value: '5' },
    ];
    const { status, json } = await api('POST', '/system/url/check', { url, headers });
    target.close();
    expect(status).toBe(200);
    expect(json).toMatchObject({
      request: { url, method: 'GET', headers: { Authorization: 'Bearer x' } },
      response: { status: 418, body: 'tea', headers: { 'x-seen': 'Bearer x' } },
    });
    expect((await verbs('url.checked')).join()).not.toContain('secret');
  });

  it('tells a transport fault as the page does, and refuses what is nobody’s business', async () => {
    const silent = await api('POST', '/system/url/check', { url: 'http://127.0.0.1:1' });
    expect(silent.status).toBe(200);
    expect(silent.json.response).toMatchObject({ status: 500, headers: { 'WS-Exception': 'upstream-unreachable' } });
    for (const url of ['http://169.254.169.254/', 'file:///etc/passwd', '']) {
      expect((await api('POST', '/system/url/check', { url })).status).toBe(400);
    }
    expect((await api('POST', '/system/url/check', { url: 'http://127.0.0.1:1', method: 'BREW' })).status).toBe(400);
  });

  it('writes YAML, as deep in lines as it is told', async () => {
    const reply = await fetch(`${home.address}/v1/api/system/yaml/my.yaml?inline=1&indent=4`, {
      method: 'POST',
      headers: { 'x-apikey': API_KEY, 'content-type': 'application/json' },
      body: JSON.stringify({ a: { b: [1, 2] }, c: 'yes' }),
    });
    expect(reply.headers.get('content-type')).toContain('text/yaml');
    expect(reply.headers.get('content-disposition')).toContain('my.yaml');
    expect(await reply.text()).toBe('a: { b: [ 1, 2 ] }\nc: yes\n');
    expect((await api('POST', '/system/yaml')).status).toBe(400);
  });

  it.each(['README.md', 'docs/glossary.md', 'docs/guide/api.md'])('serves %s to anybody', async (file) => {
    const reply = await fetch(`${home.address}/v1/api/system/static/${file}`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/markdown; charset=utf-8']);
    expect(Number(reply.headers.get('content-length'))).toBe(Buffer.byteLength(await reply.text()));
    expect(reply.headers.get('last-modified')).toContain('GMT');
  });

  it.each([
    ['..%2fpackage.json', 400],
    ['docs/..%2f..%2fetc/passwd', 400],
    ['docs%5c..%5cpackage.json', 400],
    ['%2fetc/passwd', 400],
    ['docs/%00', 400],
    ['package.json', 404],
    ['server/src/main.ts', 404],
    ['data/cli.key', 404],
    ['docs/nothing.md', 404],
  ])('does not serve %s', async (file, status) => {
    expect((await fetch(`${home.address}/v1/api/system/static/${file}`)).status).toBe(status);
  });

  it('restarts the clock, and reports without secrets', async () => {
    expect((await api('GET', '/system/scheduler')).json).toMatchObject({ status: true, restartable: true });
    expect((await api('POST', '/system/scheduler/restart')).json).toMatchObject({ status: true });
    const { json } = await api('GET', '/system/report');
    const report = JSON.stringify(json);
    expect(report).toContain('Database sqlite');
    for (const secret of [API_KEY, 'a long enough password']) expect(report).not.toContain(secret);
    expect((await api('GET', '/system/report/ini')).status).toBe(403);
    expect((await api('DELETE', '/system/cache')).json.info).toEqual({ code: 200, message: 'Cache purged successfully.' });
    expect((await api('POST', '/system/reset/opcache')).json).toEqual({ message: 'OPCache reset is complete.' });
  });
});
