import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SettingDefinition, SettingSubject } from '#core/settings/index.ts';
import { type AppErrorCode, isAppError } from '#kernel/app-error.ts';
import { accountId, serverId } from '#kernel/ids.ts';
import type { Account } from './account.ts';
import { createLocalFiles, type LocalFiles } from './local-files.ts';
import { MEDIA_FOLDERS, PATH_MAPPINGS } from './path-mapping.ts';

const accountOf = (id: number): Account => ({ id: accountId(id), server: { id: serverId(1) } }) as Account;
const [mine, theirs] = [accountOf(1), accountOf(2)];
const ANYWHERE = { anywhere: true };
const NOWHERE = { anywhere: false };

let folder: string;
let files: LocalFiles;
let values: Map<string, unknown>;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'usherr-files-')));
  for (const name of ['films', 'private', 'data', 'bare']) mkdirSync(join(folder, name));
  for (const name of ['films/A.mkv', 'private/P.mkv', 'data/D.mkv']) writeFileSync(join(folder, name), 'x');
  symlinkSync(join(folder, 'private'), join(folder, 'films', 'out'));
  values = new Map<string, unknown>();
  files = createLocalFiles({
    settings: {
      async get<T>(definition: SettingDefinition<T>, subject?: SettingSubject) {
        return (values.get(`${definition.key} ${subject ?? ''}`.trim()) ?? definition.default) as T;
      },
    },
    accountsOf: async () => [mine, theirs],
    closed: [join(folder, 'data')],
  });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const coded = (code: AppErrorCode) => (error: unknown) => isAppError(error, code);
const look = async (names: readonly string[], reach = ANYWHERE) =>
  files.look(
    names.map((name) => ({ path: join(folder, name), root: join(folder, name.split('/')[0] ?? ''), mapped: true })),
    reach,
  );

describe('files of servers on this machine', () => {
  it('are where the account says, or another account of the same server', async () => {
    const place = { path: '/here/A.mkv', root: '/here', mapped: true };
    expect(await files.locate(mine, '/media/A.mkv')).toMatchObject({ path: '/media/A.mkv', mapped: false });
    values.set(`${PATH_MAPPINGS.key} 2`, [{ from: '/media', to: '/here' }]);
    expect([await files.locate(mine, '/media/A.mkv'), await files.locate(theirs, '/media/A.mkv')]).toEqual([place, place]);
    values.set(`${PATH_MAPPINGS.key} 1`, [{ from: '/media', to: '/mine' }]);
    expect(await files.locate(mine, '/media/A.mkv')).toMatchObject({ path: '/mine/A.mkv' });
  });

  it('are there, missing, or unknown where their root is away', async () => {
    expect(await look(['films/A.mkv', 'films/B.mkv', 'bare/C.mkv', 'away/D.mkv'])).toEqual(['there', 'missing', 'unknown', 'unknown']);
    expect(await files.look([undefined], ANYWHERE)).toEqual(['unknown']);
  });

  it('that nobody mapped are judged by the folder that they share', async () => {
    const unmapped = (names: readonly string[]) =>
      files.look(
        names.map((name) => ({ path: join(folder, name), root: '/', mapped: false })),
        ANYWHERE,
      );
    expect(await unmapped(['films/A.mkv', 'films/B.mkv'])).toEqual(['there', 'missing']);
    expect(await unmapped(['bare/A.mkv', 'bare/B.mkv'])).toEqual(['unknown', 'unknown']);
  });

  it('are only read below the folders that are named, links followed', async () => {
    values.set(MEDIA_FOLDERS.key, [join(folder, 'films')]);
    expect(await files.open(join(folder, 'films/A.mkv'), NOWHERE)).toMatchObject({ real: join(folder, 'films/A.mkv'), size: 1 });
    for (const name of ['films/out/P.mkv', 'private/P.mkv', 'private/no.mkv', 'films/../private/P.mkv']) {
      await expect(files.open(join(folder, name), ANYWHERE)).rejects.toSatisfy(coded('forbidden'));
    }
    expect(await look(['films/A.mkv', 'films/out/P.mkv', 'private/P.mkv'])).toEqual(['there', 'unknown', 'unknown']);
  });

  it('are for those who run the house where no folder is named, but for the data of the house', async () => {
    expect(await files.open(join(folder, 'films/out/P.mkv'), ANYWHERE)).toMatchObject({ real: join(folder, 'private/P.mkv') });
    await expect(files.open(join(folder, 'films/A.mkv'), NOWHERE)).rejects.toThrow('connections.media-folders');
    await expect(files.open(join(folder, 'data/D.mkv'), ANYWHERE)).rejects.toSatisfy(coded('forbidden'));
    expect(await look(['films/A.mkv'], NOWHERE)).toEqual(['unknown']);
  });

  it('that are none are told from those that are not there', async () => {
    await expect(files.open(join(folder, 'films'), ANYWHERE)).rejects.toSatisfy(coded('invalid'));
    await expect(files.open(join(folder, 'films/B.mkv'), ANYWHERE)).rejects.toSatisfy(coded('not-found'));
  });
});
