import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAppError } from '#kernel/app-error.ts';
import { writeBackup } from './backup-files.ts';
import { type BackupFolder, createBackupFolder } from './backup-folder.ts';

const heat = { type: 'movie', watched: 1, updated: 1_760_000_000, title: 'Heat', guids: { guid_imdb: 'tt0113277' } };

describe('the folder of backups', () => {
  let root: string;
  let folder: string;
  let backups: BackupFolder;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'usherr-backups-'));
    folder = join(root, 'backup');
    await mkdir(folder);
    backups = createBackupFolder({ folder, clock: { now: () => Date.UTC(2026, 2, 1) }, oldestDay: () => '20251201' });
    await writeFile(join(root, 'secret.json'), '[]');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const faultOf = async (work: Promise<unknown>) => {
    const error = await work.catch((thrown: unknown) => thrown);
    return isAppError(error) ? [error.code, error.faults[0]?.field] : error;
  };
  const titlesIn = async (file: string) => {
    const titles: unknown[] = [];
    for await (const page of await backups.open(file)) titles.push(...page.map((record) => record.title?.title ?? record.reason));
    return titles;
  };

  it.each([
    '../secret.json',
    '..%2fsecret.json',
    '..\\secret.json',
    './a.json',
    '/etc/passwd',
    'a/../../secret.json',
    'a.json/../../secret.json',
    '....//secret.json',
    'a..json',
    '.hidden.json',
    'a.json\u0000.txt',
    'a.json\n',
    'C:\\secret.json',
    '',
    '.json',
  ])('is left by no spelling: %j', async (name) => {
    expect(await faultOf(backups.get(name))).toEqual(['invalid', 'filename']);
    expect(await faultOf(backups.remove(name))).toEqual(['invalid', 'filename']);
    expect(await readFile(join(root, 'secret.json'), 'utf8')).toBe('[]');
  });

  it('is left by no link, and neither a folder nor another file is a backup', async () => {
    await symlink(join(root, 'secret.json'), join(folder, 'main.link.json'));
    await mkdir(join(folder, 'main.folder.json'));
    const others = ['a.txt', 'main.plex.zip', 'C:secret.json', `${'a'.repeat(300)}.json`];
    await writeFile(join(folder, 'a.txt'), '[]');
    for (const name of ['main.link.json', 'main.folder.json', 'main.absent.json', ...others])
      expect(await faultOf(backups.get(name))).toEqual(['not-found', undefined]);
    expect(await backups.list()).toEqual([]);
  });

  it('shows each person theirs, and deletes for good', async () => {
    for (const name of ['main.plex.json', 'anna.plex.20260101.json', 'annabel.plex.json']) await writeFile(join(folder, name), '[]');
    expect((await backups.list('anna')).map(({ name, automatic }) => [name, automatic])).toEqual([['anna.plex.20260101.json', true]]);
    expect(await faultOf(backups.get('annabel.plex.json', 'anna'))).toEqual(['not-found', undefined]);
    expect(await faultOf(backups.remove('main.plex.json', 'anna'))).toEqual(['not-found', undefined]);
    expect((await backups.remove('anna.plex.20260101.json', 'anna')).name).toBe('anna.plex.20260101.json');
    expect((await backups.list()).map(({ name }) => name).sort()).toEqual(['annabel.plex.json', 'main.plex.json']);
  });

  it.each(['main.plex.json', 'main.plex.json.zip'])('reads what it writes: %s', async (name) => {
    const writer = await writeBackup(folder, name);
    const many = Array.from({ length: 2_345 }, (_, index) => ({ ...heat, title: `Heat ${index} äöü "quoted" \\ ] }` }));
    for (let at = 0; at < many.length; at += 1_000) await writer.add(many.slice(at, at + 1_000));
    await writer.finish();
    expect(await titlesIn(name)).toEqual(many.map(({ title }) => title));
    expect((await readdir(folder)).filter((file) => file.endsWith('.part'))).toEqual([]);
  });

  it('reads packed files of others, and files that lie elsewhere', async () => {
    const packed = zipSync({ 'readme.txt': strToU8('hello'), 'main.plex.json': strToU8(JSON.stringify([heat])) });
    await writeFile(join(root, 'theirs.zip'), packed);
    expect(await titlesIn(join(root, 'theirs.zip'))).toEqual(['Heat']);
  });

  it.each<[string, string | Uint8Array]>([
    ['no list', '{"a":1}'],
    ['cut off', `[${JSON.stringify(heat)},`],
    ['no text', new Uint8Array([0x5b, 0xff, 0xfe, 0x5d])],
    ['a ZIP file without a backup', zipSync({ 'a.txt': strToU8('x') })],
    [
      'half a ZIP file',
      zipSync({ 'a.json': strToU8(JSON.stringify(Array.from({ length: 500 }, () => ({ x: Math.random() })))) }).slice(0, 3_000),
    ],
    ['a ZIP file of something else', zipSync({ 'a.json': strToU8('no') })],
  ])('refuses what is %s', async (_, content) => {
    await writeFile(join(folder, 'main.bad.json'), content);
    expect(await faultOf(titlesIn('main.bad.json'))).toEqual(['invalid', 'file']);
    await writeFile(join(root, 'main.other.json'), content);
    expect(await backups.keep({ name: 'main.other.json', file: join(root, 'main.other.json') }, { dryRun: false })).toMatchObject({
      is: 'refused',
    });
    expect(await readdir(folder)).toEqual(['main.bad.json']);
  });

  it('says which file is not there', async () => {
    expect(await faultOf(backups.open('main.none.json'))).toEqual(['invalid', 'file']);
    expect(await faultOf(backups.open(join(root, 'none.json')))).toEqual(['invalid', 'file']);
  });

  it('keeps what comes from elsewhere, once, and an old one where the clock does not reach it', async () => {
    const theirs = join(root, 'theirs.json');
    await writeFile(theirs, JSON.stringify([heat]));
    const keep = (name: string, dryRun = false) => backups.keep({ name, file: theirs }, { dryRun });
    expect(await keep('main.plex.20260101.json', true)).toEqual({ is: 'taken' });
    expect(await readdir(folder)).toEqual([]);
    expect([await keep('main.plex.20260101.json'), await keep('main.plex.20260101.json')]).toEqual([{ is: 'taken' }, { is: 'there' }]);
    expect([await keep('main.plex.20240101.json'), await keep('main.plex.20240101.json')]).toEqual([{ is: 'taken' }, { is: 'there' }]);
    expect((await readdir(folder)).sort()).toEqual(['main.plex.20260101.json', 'main.plex.from-20240101.json']);
    expect((await stat(join(folder, 'main.plex.20260101.json'))).mode & 0o777).toBe(0o600);
    await writeFile(theirs, '[]');
    expect(await keep('main.plex.20260101.json')).toEqual({ is: 'refused', reason: 'there is another backup of that name' });
    expect(await keep('../x.json')).toMatchObject({ is: 'refused' });
  });
});
