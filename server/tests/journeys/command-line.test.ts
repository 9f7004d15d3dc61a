import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LAUNCHER, runUsherr } from '#tests/support/command-line.ts';
import { API_KEY, type Household, startHousehold } from '#tests/support/household.ts';
import { layFolder } from '#tests/support/moving.ts';
import { letAppIn } from '#tests/support/simkl-apps.ts';

let house: Household;
let inception: string;
let films: string;

const usherr = (...given: [words: readonly string[], extra?: Readonly<{ env?: Record<string, string>; input?: string }>]) =>
  runUsherr(house, ...given);

beforeAll(async () => {
  house = await startHousehold({ servers: ['jellyfin', 'emby'] });
  for (const kind of ['jellyfin', 'emby'] as const) {
    const library = house.fake(kind).addLibrary({ name: 'Films', kind: 'movies' });
    const id = house.fake(kind).addTitle(library, { kind: 'movie', title: 'Inception', year: 2010, ids: { imdb: 'tt1375666' } });
    if (kind === 'jellyfin') {
      films = library;
      house.fake(kind).setState(house.fake(kind).owner.id, id, { played: true, playCount: 1, lastPlayedAt: Date.UTC(2026, 0, 2) });
    } else inception = id;
  }
});
afterAll(() => house.close());

const add = (kind: 'jellyfin' | 'emby') => {
  const { baseUrl, owner } = house.fake(kind);
  return usherr(['backend', 'add', kind, '--type', kind, '--address', baseUrl, '--user-id', owner.name], { input: `${owner.token}\n` });
};

describe('the command line', () => {
  it('finds the key that the server left for it, which nobody else may read', async () => {
    const file = join(house.config.dataDir, 'cli.key');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { code, out } = await usherr(['backend', 'list', '--json']);
    expect([code, JSON.parse(out)]).toEqual([0, []]);
    const before = readFileSync(file, 'utf8');
    await house.restart();
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('takes new servers in: add, plan, approve, and both agree', async () => {
    for (const kind of ['jellyfin', 'emby'] as const) {
      const added = await add(kind);
      expect(added, added.err).toMatchObject({ code: 0, err: '' });
    }
    const planned = await usherr(['plan', '--json']);
    expect(planned, planned.err).toMatchObject({ code: 0, err: '' });
    const plan = planned.json() as {
      id: string;
      state: string;
      changes: { kind: string; account: string | null; subject: { title: string } }[];
    };
    expect(plan.state).toBe('proposed');
    expect(plan.changes.map((change) => [change.kind, change.subject.title, change.account])).toContainEqual([
      'mark-played',
      'Inception',
      'emby',
    ]);
    expect((await usherr(['plan', 'show', plan.id])).out).toMatch(/emby\s+mark as watched\s+Inception/);
    expect(house.fake('emby').stateOf(house.fake('emby').owner.id, inception).played).toBe(false);

    const approved = await usherr(['approve', plan.id]);
    expect(approved, approved.err).toMatchObject({
      code: 0,
      out: expect.stringContaining('applied. 1 title was learned; marks to send: 1 on emby.'),
    });
    expect(house.fake('emby').stateOf(house.fake('emby').owner.id, inception).played).toBe(true);
    expect((await usherr(['approve', plan.id])).code).toBe(1);
  });

  it('runs an import by either name and tells the story of a title', async () => {
    expect(await usherr(['import'])).toMatchObject({ code: 0, err: '', out: expect.stringContaining('import: done.') });
    const job = (await usherr(['state:import', '-s', 'emby', '-f', '--json'])).json() as { status: string; payload: object };
    expect(job).toMatchObject({ status: 'completed', payload: { name: 'import', args: ['--force-full'], backend: 'emby' } });
    const { items } = (await usherr(['history', '--title', 'incep', '--json'])).json() as {
      items: { title: { id: number }; watched: boolean; plays: object[] }[];
    };
    expect(items).toMatchObject([{ watched: true, plays: [{ at: '2026-01-02T00:00:00.000Z', account: 'jellyfin' }] }]);
    const story = await usherr(['history', String(items[0]?.title.id)]);
    expect(story.out).toMatch(/Inception \(2010\): watched/);
    expect((await usherr(['history:list'])).out).toContain('Inception');
  });

  it('takes the flags that scripts give to WatchState, and several backends', async () => {
    const both = await usherr(['state:import', '-v', '--user', 'main', '-s', 'emby', '-s', 'jellyfin', '--timeout', '300']);
    expect(both, both.err).toMatchObject({ code: 0, err: '' });
    expect(both.out).toMatch(/^ {2}emby: \d+ items.*\n {2}jellyfin: \d+ items/m);
    const rest = (await usherr(['state:export', '-e', 'emby', '-vf', '--json'])).json() as { payload: object; result: object };
    expect([rest.payload, Object.keys(rest.result)]).toEqual([{ name: 'export', args: ['-e', 'emby', '-vf'] }, ['jellyfin']]);
    for (const name of ['system:index', 'db:index'])
      expect(await usherr([name, '-f'])).toMatchObject({ code: 0, out: expect.stringContaining('indexes: done.') });
    expect(await usherr(['system:tasks', '--run', '-t', 'indexes', '--save-log', '-v'])).toMatchObject({ code: 0, err: '' });
    expect(await usherr(['state:import', '--no-such-flag'])).toMatchObject({ code: 2, err: expect.stringContaining('--no-such-flag') });
    expect(await usherr(['import', '-v'])).toMatchObject({ code: 2, err: expect.stringContaining("'-v'") });
  });

  it.each<[words: readonly string[], message: RegExp]>([
    [['approve'], /argument 'id'/],
    [['nothing'], /command 'nothing'/],
    [['import', '--bad'], /option '--bad'/],
    [['history', '--page', 'x'], /\?page/],
    [['history', 'abc'], /id: must be integer/],
    [['events:list', '-s', 'nope'], /status.*pending/],
    [['backend'], /--help/],
    [[], /--help/],
  ])('tells in JSON what is wrong with %j', async (words, message) => {
    const told = await usherr([...words, '--json']);
    expect([told.code, told.json()]).toEqual([2, { error: { code: 'invalid', message: expect.stringMatching(message), exit: 2 } }]);
  });

  it('rehearses an import, and says what would happen', async () => {
    const jellyfin = house.fake('jellyfin');
    const heat = jellyfin.addTitle(films, { kind: 'movie', title: 'Heat', year: 1995, ids: { imdb: 'tt0113277' } });
    await usherr(['import']);
    jellyfin.setState(jellyfin.owner.id, heat, { played: true, playCount: 1, lastPlayedAt: Date.now() - 1_000 });
    const rehearsed = await usherr(['import', '--dry-run']);
    expect(rehearsed, rehearsed.err).toMatchObject({ code: 0, out: expect.stringContaining('jellyfin: Heat (1995) would be watched.') });
    expect((await usherr(['history', '--watched'])).out).not.toContain('Heat');
  });

  it('changes an account: a switch, a token that is asked for, and nothing without a wish', async () => {
    expect(await usherr(['backend', 'edit', 'emby', '--never-unwatch'])).toMatchObject({ code: 0, err: '' });
    const [emby] = ((await usherr(['backend', 'list', '--json'])).json() as { name: string; never_unwatch: boolean }[]).filter(
      ({ name }) => name === 'emby',
    );
    expect(emby).toMatchObject({ never_unwatch: true });
    expect((await usherr(['backend', 'edit', 'emby', '--token'], { input: 'no-such-token\n' })).err).toContain(
      'does not accept this token',
    );
    const { token } = house.fake('emby').owner;
    const given = await usherr(['backend', 'edit', 'emby', '--token', '--no-never-unwatch'], { input: `${token}\n` });
    expect(given, given.err).toMatchObject({ code: 0, out: 'Changed emby.\n' });
    expect((await usherr(['backend', 'edit', 'emby'])).code).toBe(2);
  });

  it('lists events, tasks and webhooks, and tests a server', async () => {
    const { items } = (await usherr(['event', 'list', '--event', 'system:task', '--json'])).json() as { items: { id: string }[] };
    expect(items.length).toBeGreaterThan(0);
    expect((await usherr(['events:view', items[0]?.id ?? ''])).out).toContain('system:task');
    expect((await usherr(['task', 'list'])).out).toMatch(/^import\s+yes/m);
    expect((await usherr(['system:tasks', '--run', '-t', 'indexes'])).out).toContain('indexes: done.');
    expect((await usherr(['backend', 'test', 'emby'])).out).toContain('emby works');
    const hook = (await usherr(['backend', 'webhook', 'emby', '--json'])).json() as { url: string; steps: string[] };
    expect(hook.url).toMatch(/\/v1\/api\/webhook\?apikey=\S+$/);
    expect(hook.steps.length).toBeGreaterThan(0);
  });

  it('backs up, and brings a history back, under either name', async () => {
    expect((await usherr(['backup', '--keep', '-N'])).out).toContain('main.whole-history');
    expect((await usherr(['state:backup', '-v', '-u', 'main', '-s', 'jellyfin', '--no-enhance', '--timeout', '5'])).code).toBe(0);
    const both = await usherr(['backup', '-s', 'jellyfin', '-s', 'emby', '--keep']);
    expect([both.code, both.out]).toEqual([0, expect.stringMatching(/main\.jellyfin.*\n.*main\.emby/)]);
    expect(await usherr(['state:backup', '--file', '/tmp/x.json'])).toMatchObject({ code: 2, err: expect.stringContaining('--file') });
    const list = await usherr(['backup', 'list']);
    expect(list.out).toMatch(/^main\.whole-history\.json\s+yes/m);
    expect(list.out).toMatch(/^main\.jellyfin\.\d{8}\.json\.zip\s+no/m);
    await usherr(['user', 'add', 'lea', '--no-login']);
    const shown = await usherr(['restore', 'main.whole-history.json', '-u', 'lea']);
    expect(shown, shown.err).toMatchObject({ code: 0, out: expect.stringContaining('Nothing was changed. To do it: usherr restore') });
    const done = await usherr(['backend:restore', 'main.whole-history.json', '-u', 'lea', '--execute', '--assume-yes', '--json']);
    expect(done, done.err).toMatchObject({ code: 0 });
    expect(done.json()).toMatchObject({ applied: true, people: [{ name: 'lea', history: { refused: 0 } }] });
    expect((await usherr(['history', '-u', 'lea'])).out).toContain('Inception');
    expect(await usherr(['backend:restore', 'x.json', '-s', 'jellyfin'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('--select-backend'),
    });
    expect(await usherr(['restore', 'no-such.json'])).toMatchObject({ code: 1, err: expect.stringContaining('no backup "no-such.json"') });
  });

  it('moves in from WatchState: shown first, then done, and nothing is dropped silently', async () => {
    const folder = await layFolder({
      main: {
        servers: {
          old: { type: 'jellyfin', url: 'http://old.invalid', token: 'old-token', uuid: 'u1', user: 'u', import: { enabled: true } },
          odd: { type: 'kodi' },
        },
        rows: [
          {
            type: 'movie',
            title: 'Solaris',
            year: 1972,
            watched: 1,
            updated: 1_700_000_000,
            via: 'old',
            guids: { guid_imdb: 'tt0069293' },
          },
          { type: 'movie', title: 'Home Video', watched: 1, updated: 1_700_000_000 },
        ],
      },
    });
    const shown = await usherr(['migrate', 'watchstate', folder]);
    expect(shown, shown.err).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toMatch(/^main\s+there\s+2\s+1\s+0\s+0\s+1$/m);
    expect(shown.out).toMatch(/^main\s+odd\s+kodi\s+refused.*must be one of/m);
    expect(shown.out).toContain('main: row 2: Home Video:');
    expect(shown.out).toContain(`Nothing was changed. To do it: usherr migrate watchstate ${folder} --apply`);
    expect((await usherr(['history', '--title', 'Solaris', '--json'])).json()).toMatchObject({ total: 0 });
    const done = await usherr(['migrate', 'watchstate', folder, '--apply']);
    expect(done, done.err).toMatchObject({ code: 0, out: expect.stringContaining('Next: usherr plan') });
    expect((await usherr(['history', '--title', 'Solaris', '--json'])).json()).toMatchObject({
      total: 1,
      items: [{ watched: true, plays: [{ how: 'migration' }] }],
    });
    const again = (await usherr(['migrate', 'watchstate', folder, '--apply', '--json'])).json();
    expect(again).toMatchObject({ applied: true, people: [{ history: { taken: 0, there: 1, refused: 1 } }] });
    expect(JSON.stringify(again)).not.toContain('old-token');
    expect(await usherr(['migrate', 'watchstate', '/no/such/folder'])).toMatchObject({ code: 1, err: expect.stringContaining('folder') });
    await usherr(['backend', 'remove', 'old']);
  });

  it('adds people and keys, and a key of a person may no more than they may', async () => {
    expect(await usherr(['user', 'add', 'kim'], { input: 'kims own password\n' })).toMatchObject({ code: 0, err: '' });
    expect((await usherr(['user', 'list'])).out).toMatch(/^kim\s+kim\s+kim\s+person/m);
    const made = await usherr(['key', 'add', 'Kims phone', '--role', 'person', '--person', 'kim']);
    expect(made, made.err).toMatchObject({ code: 0 });
    const env = { USHERR_API_KEY: made.out.trim() };
    expect((await usherr(['backend', 'list', '--json'], { env })).json()).toEqual([]);
    const refused = await usherr(['user', 'add', 'eve', '--no-login', '--json'], { env });
    expect([refused.code, refused.json()]).toMatchObject([4, { error: { code: 'forbidden', exit: 4 } }]);
    const keys = (await usherr(['key', 'list', '--json'])).json() as { id: number; name: string }[];
    const id = keys.find((key) => key.name === 'Kims phone')?.id;
    expect((await usherr(['key', 'revoke', String(id)])).code).toBe(0);
    expect((await usherr(['backend', 'list'], { env })).code).toBe(4);
  });

  it('registers apps, changes and blocks them, and sends away what was let in', async () => {
    const added = (
      await usherr(['app', 'add', 'Kodi', '--client-id', 'kodi-id', '--make-secret', '--dialect', 'legacy', '--json'])
    ).json() as {
      app: { id: number };
      client_secret: string;
    };
    expect(added).toMatchObject({ app: { client_id: 'kodi-id', dialect: 'legacy', has_secret: true }, client_secret: expect.any(String) });
    const typed = await usherr(['app', 'add', 'Own', '--secret'], { input: 'its own secret\n' });
    expect(typed).toMatchObject({ code: 0, out: expect.stringMatching(/^Registered Own. Its client_id is [0-9a-f]{64}\n$/) });
    expect((await usherr(['app', 'list'])).out).toMatch(/Kodi\s+kodi-id\s+legacy\s+registered/);
    expect((await usherr(['app', 'edit', String(added.app.id), '--dialect', 'modern', '--block'])).out).toBe('Kodi: modern, blocked.\n');
    expect((await usherr(['app', 'edit', String(added.app.id), '--unblock'])).out).toBe('Kodi: modern, not blocked.\n');

    const { token } = await letAppIn(house.rooms.appGrants, { clientId: 'kodi-id' });
    expect((await house.rooms.appGrants.grants.authenticate(token))?.app.name).toBe('Kodi');
    const [grant] = (await usherr(['grant', 'list', '--app', String(added.app.id), '--json'])).json() as { id: number }[];
    expect((await usherr(['grant', 'list'])).out).toMatch(/Kodi\s+main\s+read, write/);
    expect(await usherr(['grant', 'revoke', String(grant?.id)])).toMatchObject({ code: 0, out: `Revoked grant ${grant?.id}.\n` });
    expect(await house.rooms.appGrants.grants.authenticate(token)).toBeUndefined();
    expect(await usherr(['app', 'remove', String(added.app.id)])).toMatchObject({ code: 0 });
  });

  it('sets a forgotten password anew on the host, which ends the sessions', async () => {
    const body = { username: 'owner', password: 'a long enough password' };
    const { token } = (await house.send('POST', '/api/v1/session', body)).body as { token: string };
    const env = { USHERR_HOST: '127.0.0.1' };
    expect(await usherr(['user', 'reset-password', 'owner'], { env, input: 'another good password\n' })).toMatchObject({
      code: 0,
      err: '',
    });
    const me = await fetch(`${house.address}/api/v1/session`, { headers: { authorization: `Bearer ${token}` } });
    expect(me.status).toBe(401);
    expect((await house.send('POST', '/api/v1/session', { ...body, password: 'another good password' })).status).toBe(200);
    expect((await usherr(['user', 'reset-password', 'nobody'], { env, input: 'another good password\n' })).code).toBe(1);
  });

  it('says nothing when whoever reads its output has gone', async () => {
    const child = spawn(process.execPath, [LAUNCHER, 'history', '--json'], {
      env: { PATH: process.env.PATH ?? '', USHERR_URL: house.address, USHERR_DATA_DIR: house.config.dataDir },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.destroy();
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
    expect([await new Promise((resolve) => child.on('close', resolve)), said]).toEqual([0, '']);
  });

  it('says by its exit code what went wrong', async () => {
    expect((await usherr(['backend', 'remove'])).code).toBe(2);
    expect((await usherr(['frobnicate'])).code).toBe(2);
    expect((await usherr(['--help'])).code).toBe(0);
    expect((await usherr(['backend', 'list', '--url', 'http://127.0.0.1:9'])).code).toBe(3);
    expect((await usherr(['backend', 'list', '--api-key', 'not the key'])).code).toBe(4);
    const absent = await usherr(['backend', 'test', 'nothing']);
    expect(absent).toMatchObject({ code: 1, out: '', err: expect.stringContaining('There is no backend "nothing"') });
    expect((await usherr(['backend', 'list', '--api-key', API_KEY])).code).toBe(0);
  });

  it('has nothing to plan once every backend was approved, which is no failure', async () => {
    expect(await usherr(['plan'])).toMatchObject({ code: 0, out: expect.stringContaining('No backend waits') });
    expect((await usherr(['plan', '--json'])).json()).toBeNull();
  });

  it('shows and changes settings, and says what a value must be', async () => {
    const listed = (await usherr(['settings', '--json'])).json() as { key: string; value: unknown }[];
    expect(listed.map(({ key }) => key)).toContain('tasks.import.cron');
    expect(await usherr(['settings', 'set', 'tasks.import.cron', '5 * * * *'])).toMatchObject({ code: 0 });
    expect((await usherr(['settings', 'get', 'tasks.import.cron'])).out).toBe('"5 * * * *"\n');
    expect(await usherr(['settings', 'set', 'tasks.import.cron', 'never'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('cron'),
    });
    expect(await usherr(['settings', 'unset', 'tasks.import.cron'])).toMatchObject({ code: 0 });
    expect((await usherr(['settings', 'get', 'nothing.like-it'])).code).toBe(2);
  });

  it('brings back what was deleted, and shows what waits for a person', async () => {
    const history = (await usherr(['history', '--json'])).json() as { items?: unknown } | { title: { id: number } }[];
    const [first] = (Array.isArray(history) ? history : (history.items as unknown[])) as { title: { id: number } }[];
    expect((await house.send('DELETE', `/v1/api/history/${first?.title.id}`)).status).toBe(200);
    const [entry] = (await usherr(['bin', '--json'])).json() as { id: number; title: string }[];
    expect((await usherr(['bin', 'list'])).out).toContain(entry?.title);
    expect(await usherr(['bin', 'restore', String(entry?.id)])).toMatchObject({ code: 0, out: expect.stringContaining('is back') });
    expect((await usherr(['bin', 'restore', String(entry?.id)])).code).toBe(1);
    expect((await usherr(['conflicts', '--json'])).json()).toEqual([]);
    expect((await usherr(['merges', '--json'])).json()).toEqual([]);
    expect((await usherr(['conflicts', 'settle', '1', 'perhaps'])).code).toBe(2);
    expect((await usherr(['merges', 'split', '1'])).code).toBe(1);
  });

  it('ends with 5 where a run stopped and a plan waits', async () => {
    const jellyfin = house.fake('jellyfin');
    const library = jellyfin.addLibrary({ name: 'Many', kind: 'movies' });
    const ids = Array.from({ length: 30 }, (_, at) =>
      jellyfin.addTitle(library, { kind: 'movie', title: `Film ${at}`, year: 1990 + at, ids: { imdb: `tt90000${10 + at}` } }),
    );
    for (const id of ids) jellyfin.setState(jellyfin.owner.id, id, { played: true, playCount: 1, lastPlayedAt: Date.UTC(2026, 1, 2) });
    expect((await usherr(['import', 'jellyfin'])).code).toBe(0);
    for (const id of ids) jellyfin.setState(jellyfin.owner.id, id, { played: false, playCount: 0 });
    const stopped = await usherr(['import', 'jellyfin', '--json']);
    expect([stopped.code, stopped.json()]).toMatchObject([5, { error: { code: 'stopped-by-guard' } }]);
    const plans = (await usherr(['plan', 'list', '--state', 'proposed', '--json'])).json() as { id: string; feature: string }[];
    const waiting = plans.find((plan) => plan.feature === 'watch-sync.unwatch');
    expect((await usherr(['plan', 'show', waiting?.id ?? '', '--most', '3'])).out).toContain('and 27 more');
    expect(await usherr(['reject', waiting?.id ?? ''])).toMatchObject({ code: 0, out: expect.stringContaining('rejected') });
  });
});
