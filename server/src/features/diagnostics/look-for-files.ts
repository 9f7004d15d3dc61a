import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Account, PATH_MAPPINGS, placeOf } from '#core/connections/index.ts';
import type { Settings } from '#core/settings/index.ts';

export type FileFault = Readonly<{ path: string; message: string }>;
export type LookedAt = Readonly<{ root: string; fault?: FileFault }>;

export type FileLook = Readonly<{
  /** Forgets what was seen before. */
  begin(): void;
  /** What is wrong with a file that the account told of, and below which root it should lie. */
  look(account: Pick<Account, 'id'>, path: string): Promise<LookedAt>;
}>;

export function createFileLook({
  settings,
  exists = (path) =>
    access(path).then(
      () => true,
      () => false,
    ),
}: Readonly<{ settings: Pick<Settings, 'get'>; exists?: (path: string) => Promise<boolean> }>): FileLook {
  const seen = new Map<string, Promise<boolean>>();
  const isThere = (path: string): Promise<boolean> => {
    const known = seen.get(path) ?? exists(path);
    seen.set(path, known);
    return known;
  };

  async function firstMissing(root: string, path: string): Promise<string | undefined> {
    const chain: string[] = [];
    for (let at = path; at.length > root.length && at !== dirname(at); at = dirname(at)) chain.unshift(at);
    for (const part of chain) if (!(await isThere(part))) return part;
    return undefined;
  }

  return {
    begin: () => seen.clear(),
    async look(account, told) {
      const place = placeOf(told, await settings.get(PATH_MAPPINGS, account.id));
      if (!place)
        return { root: told, fault: { path: told, message: 'The path is of another machine, and no setting says where it is here.' } };
      const { path, root } = place;
      const missing = (await isThere(root)) ? await firstMissing(root, path) : root;
      if (missing === undefined) return { root };
      return { root, fault: { path: told, message: missing === path ? 'File does not exist.' : `Folder does not exist: ${missing}` } };
    },
  };
}

/**
 * The roots of which some file was found. Where none was, the disk is not mounted here, or lies elsewhere: that says nothing about
 * the files on it.
 */
export function foundRoots(looked: readonly LookedAt[]): ReadonlySet<string> {
  return new Set(looked.filter(({ fault }) => fault === undefined).map(({ root }) => root));
}
