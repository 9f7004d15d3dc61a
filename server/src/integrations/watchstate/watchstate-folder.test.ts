import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LeftHousehold, ToldRecord } from '#core/upstreams/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { openFakeState, writeWatchstateFolder } from './watchstate-folder.fake.ts';
import { createWatchstateFolder } from './watchstate-folder.ts';

const source = createWatchstateFolder({ clock: { now: () => Date.UTC(2026, 2, 1) } });
const otherDatabase = (file: string): void => {
  const database = new DatabaseSync(file);
  database.exec('create table other (x)');
  database.close();
};
const row = (title: string, more = {}) => ({
  type: 'movie',
  title,
  updated: 1_760_000_000,
  watched: 1,
  via: 'plex',
  guids: { guid_imdb: 'tt1' },
  ...more,
});

describe('a data folder', () => {
  let root: string;
  let scratch: string;
  const opened: LeftHousehold[] = [];
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'watchstate-'));
    scratch = await mkdtemp(join(tmpdir(), 'scratch-'));
  });
  afterEach(async () => {
    for (const one of opened.splice(0)) await one.close();
    for (const folder of [root, scratch]) await rm(folder, { recursive: true, force: true });
  });

  async function open(): Promise<LeftHousehold> {
    const left = await source.open(root, scratch, new AbortController().signal);
    opened.push(left);
    return left;
  }
  async function titlesOf(left: LeftHousehold, name: string): Promise<(string | undefined)[]> {
    const records: ToldRecord[] = [];
    for await (const page of left.people.find((person) => person.name === name)?.history() ?? []) records.push(...page);
    return records.map((record) => record.title?.title ?? record.reason);
  }
  const everythingIn = async (folder: string) =>
    Promise.all(
      (await readdir(folder, { recursive: true, withFileTypes: true }))
        .filter((entry) => entry.isFile())
        .map(async (entry) => [
          join(entry.parentPath, entry.name),
          (await readFile(join(entry.parentPath, entry.name))).toString('base64'),
        ]),
    );

  it('tells everybody with their backends, rules and history, and stays as it is', async () => {
    await writeWatchstateFolder(root, {
      main: {
        servers: {
          plex: {
            type: 'plex',
            url: 'http://plex:32400',
            token: 't0ken',
            uuid: 'abc',
            user: 1,
            import: { enabled: true, lastSync: 1_760_000_000 },
            export: { enabled: '0', lastSync: null },
            options: {
              ignore: '3,4',
              ADMIN_TOKEN: 'adm',
              client: { timeout: '60' },
              plex_user_name: 'Ann',
              LIBRARY_SEGMENT: 20,
              NO_SUCH: 1,
            },
          },
        },
        ignore: { 'movie://tmdb:5@plex': 1_700_000_000, 'show://tvdb:6@plex?id=9': '2024-01-01T00:00:00+00:00' },
        rows: [row('Alien'), row('Heat')],
      },
      users: { ann: { servers: {}, rows: [row('Stalker')], schema: 'v01' } },
      config: {
        'guid.yaml': {
          version: '0.0',
          guids: [{ id: 'a', name: 'guid_mine', type: 'string' }],
          links: [{ id: 'b', type: 'plex', map: { from: 'x', to: 'guid_mine' } }],
        },
        'suppress.yaml': { Abc12345678: { type: 'contains', rule: 'noise', example: 'a noise' } },
        'mapper.yaml': { version: '1.6', map: [{ plex: { name: 'ann' }, jelly: { name: 'anna' } }] },
        '.env': '# mine\nWS_TZ=Europe/Berlin\nexport WS_API_KEY="secret value"\n',
      },
      backups: { 'main.plex.20260101.json': '[]', 'notes.txt': 'mine' },
    });
    const before = await everythingIn(root);
    const left = await open();
    expect(left.people.map(({ name, records }) => [name, records])).toEqual([
      ['main', 2],
      ['ann', 1],
    ]);
    expect(left.people[0]?.accounts).toEqual([
      {
        name: 'plex',
        type: 'plex',
        url: 'http://plex:32400',
        token: 't0ken',
        uuid: 'abc',
        user: '1',
        userName: 'Ann',
        importEnabled: true,
        exportEnabled: false,
        options: { ignore: '3,4', ADMIN_TOKEN: 'adm', 'client.timeout': '60', plex_user_name: 'Ann' },
      },
    ]);
    expect(left.people[0]?.ignoreRules).toEqual([
      { rule: 'movie://tmdb:5@plex', createdAt: 1_700_000_000_000 },
      { rule: 'show://tvdb:6@plex?id=9', createdAt: Date.UTC(2024, 0, 1) },
    ]);
    expect(await titlesOf(left, 'main')).toEqual(['Alien', 'Heat']);
    expect(await titlesOf(left, 'ann')).toEqual(['Stalker']);
    expect([left.customIds, left.suppressions, left.mapping].map((entries) => entries.map(({ what }) => what))).toEqual([
      ['guid.yaml: guid guid_mine', 'guid.yaml: link b'],
      ['suppress.yaml: Abc12345678'],
      ['mapper.yaml: row 1'],
    ]);
    expect(left.backups.map(({ name }) => name)).toEqual(['main.plex.20260101.json']);
    expect(left.refused).toEqual([
      { what: 'config/servers.yaml: plex: options.LIBRARY_SEGMENT', reason: 'its value must be a whole number of at least 300' },
      { what: 'config/servers.yaml: plex: options.NO_SUCH', reason: 'there is no such option here' },
      { what: 'config/.env: WS_TZ', reason: 'settings are not taken: what has a counterpart is set here by hand' },
      { what: 'config/.env: WS_API_KEY', reason: 'settings are not taken: what has a counterpart is set here by hand' },
    ]);
    expect(JSON.stringify(left.refused)).not.toContain('secret value');
    expect(await everythingIn(root)).toEqual(before);
  });

  it('is read while the other program has it open, what is not merged yet included', async () => {
    await writeWatchstateFolder(root, { main: { servers: {} } });
    const state = openFakeState(join(root, 'db', 'watchstate_v02.db'));
    state.add([row('Alien'), row('Heat')]);
    expect(await titlesOf(await open(), 'main')).toEqual(['Alien', 'Heat']);
    state.add([row('Stalker')]);
    state.close();
  });

  it('keeps the digits of a token as they were written', async () => {
    await writeWatchstateFolder(root, {
      main: { servers: 'plex:\n  type: Plex\n  url: "http://a"\n  token: 00123\n  uuid: 1e5\n  user: 007\n  import: {enabled: yes}\n' },
    });
    expect((await open()).people[0]?.accounts[0]).toMatchObject({
      type: 'plex',
      token: '00123',
      uuid: '1e5',
      user: '007',
      importEnabled: true,
    });
  });

  it('tells a file that is no YAML by its line, and nothing of its text', async () => {
    await writeWatchstateFolder(root, {
      main: { servers: 'plex:\n  token: "very-secret\n  url: x\n', rows: [row('Alien')], ignore: '- just\n- a list\n' },
    });
    const left = await open();
    expect(left.refused.map(({ what }) => what)).toEqual(['config/servers.yaml']);
    expect(left.refused[0]?.reason).toMatch(/^it is no YAML: line \d+ \([A-Z_]+\)$/);
    expect(JSON.stringify(left)).not.toContain('very-secret');
    expect(await titlesOf(left, 'main')).toEqual(['Alien']);
  });

  it.each<[string, (file: string) => Promise<void>, RegExp]>([
    ['no database', (file) => writeFile(file, 'this is a text and no database at all, however long it may be'), /not a database/],
    ['a database of something else', async (file) => otherDatabase(file), /no table "state"/],
  ])('tells where its history is %s, and goes on with the others', async (_, spoil, reason) => {
    await writeWatchstateFolder(root, { main: { servers: {} }, users: { ann: { rows: [row('Heat')] } } });
    await spoil(join(root, 'db', 'watchstate_v02.db'));
    const left = await open();
    expect(left.refused).toEqual([{ what: 'db/watchstate_v02.db', reason: expect.stringMatching(reason) }]);
    expect([await titlesOf(left, 'main'), await titlesOf(left, 'ann')]).toEqual([[], ['Heat']]);
  });

  it('is left through no link, and takes no strange name for an identity', async () => {
    const elsewhere = await mkdtemp(join(tmpdir(), 'elsewhere-'));
    await writeWatchstateFolder(elsewhere, { main: { servers: { stolen: { type: 'plex' } }, rows: [row('Stolen')] } });
    await writeWatchstateFolder(root, { main: { servers: {} }, users: { 'Ann-B': {}, main: {}, '.hidden': {} } });
    await rm(join(root, 'config', 'servers.yaml'));
    await symlink(join(elsewhere, 'config', 'servers.yaml'), join(root, 'config', 'servers.yaml'));
    await symlink(join(elsewhere, 'db', 'watchstate_v02.db'), join(root, 'db', 'watchstate_v02.db'));
    const left = await open();
    expect(left.people).toMatchObject([{ name: 'main', accounts: [], records: 0 }]);
    expect(left.refused.map(({ what }) => what)).toEqual(['users/Ann-B', 'users/main']);
    await rm(elsewhere, { recursive: true, force: true });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['is not there', async () => rm(root, { recursive: true })],
    ['is empty', async () => undefined],
    ['is something else', async () => mkdir(join(root, 'config'))],
    ['is a file', async () => rm(root, { recursive: true }).then(() => writeFile(root, ''))],
  ])('that %s is refused by name', async (_, spoil) => {
    await spoil();
    const error = await open().catch((thrown: unknown) => thrown);
    expect(isAppError(error, 'invalid') && error.faults[0]?.field).toBe('folder');
    await chmod(scratch, 0o700);
  });
});
