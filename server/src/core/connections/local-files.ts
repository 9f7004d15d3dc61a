import { readdir, realpath, stat } from 'node:fs/promises';
import { sep } from 'node:path';
import type { Settings } from '#core/settings/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { Account } from './account.ts';
import { type FileStanding, fileStandings, type Sight } from './file-standing.ts';
import { MEDIA_FOLDERS, PATH_MAPPINGS, type PathMapping, type Place, placeOf, sharedFolder } from './path-mapping.ts';

/** A file that is there. */
export type LocalFile = Readonly<{
  /** As a person would write it. */
  path: string;
  /** Without links: what is really opened. */
  real: string;
  size: number;
  modifiedMs: number;
}>;

export type LocalFilesDeps = Readonly<{
  settings: Pick<Settings, 'get'>;
  /** All accounts on the server: where the account itself has no mapping, that of another one holds for the same files. */
  accountsOf(server: Account['server']['id']): Promise<readonly Account[]>;
  /** Never read, whoever names them: the data of this house. */
  closed: readonly string[];
}>;

/** With `anywhere`, folders need not be named in the settings: for whoever runs the house. */
export type Reach = Readonly<{ anywhere: boolean }>;

export type LocalFiles = Readonly<{
  /** Where a file that the account's server named would be here; undefined where it has no place on this machine. */
  locate(account: Pick<Account, 'id' | 'server'>, reported: string): Promise<Place | undefined>;
  /**
   * Whether they are there, in their order. Ask for the files of one library together: the more are known of a root, the surer it is that
   * it is there. What may not be looked at is `unknown`. Never throws.
   */
  look(places: readonly (Place | undefined)[], reach: Reach): Promise<readonly FileStanding[]>;
  /** Throws `not-found` where it is not there, and `forbidden` where it may not be read. */
  open(path: string, reach: Reach): Promise<LocalFile>;
}>;

/** How many files are looked at at once: a share answers slowly, and a disk has one head. */
const AT_ONCE = 16;

/** The files of other servers as this machine sees them. It reads folders and sizes, never what is in a file. */
export function createLocalFiles({ settings, accountsOf, closed }: LocalFilesDeps): LocalFiles {
  async function mappingsOf(account: Pick<Account, 'id' | 'server'>): Promise<readonly PathMapping[]> {
    const own = await settings.get(PATH_MAPPINGS, account.id);
    if (own.length > 0) return own;
    for (const other of await accountsOf(account.server.id)) {
      const theirs = await settings.get(PATH_MAPPINGS, other.id);
      if (theirs.length > 0) return theirs;
    }
    return [];
  }

  /** Whether a path, its links followed, may be read: otherwise a link would lead out of every folder. */
  async function borders({ anywhere }: Reach): Promise<(real: string) => boolean> {
    const shut = await realOnes(closed);
    const folders = await realOnes(await settings.get(MEDIA_FOLDERS));
    return (real) => {
      if (shut.some((folder) => isBelow(real, folder))) return false;
      return folders.length === 0 ? anywhere : folders.some((folder) => isBelow(real, folder));
    };
  }

  return {
    locate: async (account, reported) => placeOf(reported, await mappingsOf(account)),

    async look(places, reach) {
      const mayRead = await borders(reach);
      const known = withRoots(places.filter((place) => place !== undefined));
      const roots = new Map<string, Sight>();
      for (const root of new Set(known.map((place) => place.root))) roots.set(root, await lookAtFolder(root));
      const seen = await eachOf(known, async (place) => {
        const real = await realpath(place.path).catch(() => place.path);
        return { ...place, sight: mayRead(real) ? await lookAtFile(real) : ('unreadable' as const) };
      });
      const standings = fileStandings(seen, roots).map((one) => one.standing);
      return places.map((place) => (place === undefined ? 'unknown' : (standings.shift() ?? 'unknown')));
    },

    async open(path, reach) {
      const mayRead = await borders(reach);
      const real = await realpath(path).catch(() => undefined);
      // Asked first, so that nobody learns what is in folders that are not theirs to read.
      if (!mayRead(real ?? path)) {
        throw new AppError(
          'forbidden',
          `${path} is in no folder that may be read. Whoever runs the house names those folders in the setting ${MEDIA_FOLDERS.key}.`,
        );
      }
      const found = real === undefined ? undefined : await stat(real).catch(() => undefined);
      if (real === undefined || found === undefined) throw new AppError('not-found', `There is no file ${path} on this machine.`);
      if (!found.isFile()) throw new AppError('invalid', `${path} is not a file.`);
      return { path, real, size: found.size, modifiedMs: Math.floor(found.mtimeMs) };
    },
  };
}

/** What nobody mapped has the deepest folder that it shares with the others for its root: `/media/films` says more than `/media`. */
function withRoots(places: readonly Place[]): readonly Place[] {
  const unmapped = Map.groupBy(
    places.filter((place) => !place.mapped),
    (place) => place.root,
  );
  const shared = new Map(
    [...unmapped].map(([root, files]) => [root, files.length > 1 ? sharedFolder(files.map((file) => file.path)) : undefined]),
  );
  return places.map((place) => (place.mapped ? place : { ...place, root: shared.get(place.root) ?? place.root }));
}

async function eachOf<T, R>(all: readonly T[], one: (item: T) => Promise<R>): Promise<readonly R[]> {
  const results: R[] = [];
  for (let start = 0; start < all.length; start += AT_ONCE) {
    results.push(...(await Promise.all(all.slice(start, start + AT_ONCE).map(one))));
  }
  return results;
}

const isBelow = (path: string, folder: string): boolean => path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);

const realOnes = (folders: readonly string[]): Promise<readonly string[]> =>
  Promise.all(folders.map((folder) => realpath(folder).catch(() => folder.replace(/(?<=.)[\\/]+$/, ''))));

const sightOf = (error: unknown): Sight => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' ? 'absent' : 'unreadable';
};

const lookAtFile = (path: string): Promise<Sight> => stat(path).then((found) => (found.isFile() ? 'there' : 'absent'), sightOf);

const lookAtFolder = (path: string): Promise<Sight> => readdir(path).then((names) => (names.length > 0 ? 'there' : 'empty'), sightOf);
