import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Duration, Instant } from '#kernel/instant.ts';

/** A file that is being written. It is in the cache under its name once it is finished, and never in part. */
export type CachePart = Readonly<{
  write(bytes: Buffer): Promise<void>;
  finish(name: string): Promise<void>;
  discard(): Promise<void>;
}>;

export type FileCache = Readonly<{
  /** The path of what is there, which counts as used now. */
  find(name: string): Promise<string | undefined>;
  /** What is in it. */
  read(name: string): Promise<Buffer | undefined>;
  begin(): Promise<CachePart>;
  put(name: string, content: string | Buffer): Promise<void>;
  /** A path for something that a program writes; `adopt` makes it part of the cache. */
  spare(extension: string): Promise<string>;
  adopt(path: string, name: string): Promise<void>;
  /** Where it all lies: made, if it is not there. */
  place(): Promise<string>;
  /** Takes away what begins so. */
  forget(prefix: string): Promise<void>;
  /** Takes away what nobody has used for too long, and then what was used longest ago until the rest is small enough. */
  sweep(): Promise<void>;
}>;

export type FileCacheDeps = Readonly<{
  folder: string;
  clock: Clock;
  keepFor: Duration;
  /** Bytes, asked before each sweep. */
  most(): Promise<number>;
}>;

const NAME = /^[a-z0-9][a-z0-9.-]*$/;
/** Swept again after this share of what fits has been written. */
const SHARE = 8;

/** Files that can be made again, in one flat folder, bounded by age and by size. */
export function createFileCache({ folder, clock, keepFor, most }: FileCacheDeps): FileCache {
  let written = 0;

  /** Names are made by us; this is the wall behind that. */
  function pathOf(name: string): string {
    if (!NAME.test(name)) throw new Error(`${name} is no name of this cache.`);
    return join(folder, name);
  }

  async function place(): Promise<string> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }

  const spare = async (extension: string): Promise<string> => join(await place(), `part-${randomBytes(8).toString('hex')}.${extension}`);

  async function touch(path: string): Promise<void> {
    const at = new Date(clock.now());
    await utimes(path, at, at);
  }

  async function adopt(path: string, name: string): Promise<void> {
    await touch(path);
    const { size } = await stat(path);
    await rename(path, pathOf(name));
    written += size;
    if (written > (await most()) / SHARE) await sweep();
  }

  async function begin(): Promise<CachePart> {
    const path = await spare('part');
    const file: FileHandle = await open(path, 'wx', 0o600);
    return {
      async write(bytes) {
        await file.write(bytes);
      },
      async finish(name) {
        await file.close();
        await adopt(path, name);
      },
      async discard() {
        await file.close().catch(() => undefined);
        await rm(path, { force: true });
      },
    };
  }

  async function contents(): Promise<readonly Readonly<{ path: string; size: number; usedAt: Instant }>[]> {
    const names = await readdir(folder).catch(() => []);
    const found = await Promise.all(
      names.map(async (name) => {
        const path = join(folder, name);
        const entry = await stat(path).catch(() => undefined);
        return entry?.isFile() ? [{ path, size: entry.size, usedAt: entry.mtimeMs }] : [];
      }),
    );
    return found.flat();
  }

  async function sweep(): Promise<void> {
    written = 0;
    const limit = await most();
    const newestFirst = [...(await contents())].sort((one, other) => other.usedAt - one.usedAt);
    let size = 0;
    for (const file of newestFirst) {
      size += file.size;
      // What cannot be removed now (somebody reads it, on Windows) is removed the next time.
      if (size > limit || file.usedAt < clock.now() - keepFor) await rm(file.path, { force: true }).catch(() => undefined);
    }
  }

  return {
    place,
    begin,
    spare,
    adopt,
    sweep,
    async find(name) {
      const path = pathOf(name);
      return touch(path).then(
        () => path,
        () => undefined,
      );
    },
    async read(name) {
      const path = pathOf(name);
      const content = await readFile(path).catch(() => undefined);
      // It may be swept away between the two.
      if (content !== undefined) await touch(path).catch(() => undefined);
      return content;
    },
    async put(name, content) {
      // Before anything is written: a name that is refused leaves nothing behind.
      pathOf(name);
      const part = await begin();
      try {
        await part.write(typeof content === 'string' ? Buffer.from(content, 'utf8') : content);
        await part.finish(name);
      } catch (error) {
        await part.discard();
        throw error;
      }
    },
    async forget(prefix) {
      const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith(prefix));
      await Promise.all(names.map((name) => rm(join(folder, name), { force: true }).catch(() => undefined)));
    },
  };
}
