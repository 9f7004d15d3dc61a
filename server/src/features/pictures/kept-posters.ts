import { hash } from 'node:crypto';
import type { Instant } from '#kernel/instant.ts';
import type { FileCache } from '#platform/file-cache/index.ts';
import { pictureTypeOf } from './picture-type.ts';

/** `tag` is of its bytes: the same poster has the same one, whoever gave it. */
export type Poster = Readonly<{ body: Buffer; type: string; tag: string }>;

export type KeptPoster = Readonly<{ poster: Poster; at: Instant }>;

/** When it was fetched comes before the picture, since the times of a file say when it was looked at last. */
const HEAD_BYTES = 8;

/** Undefined where it is no picture that may be handed on. */
export function posterOf(body: Buffer): Poster | undefined {
  const type = pictureTypeOf(body);
  return type === undefined ? undefined : { body, type, tag: hash('sha256', body).slice(0, 32) };
}

/** Posters on the disk, by where they came from. A disk that is full or read-only keeps none, and nobody goes without. */
export function createKeptPosters({ cache }: Readonly<{ cache: FileCache }>) {
  const nameOf = (key: string): string => hash('sha256', key);
  let tidied: Promise<void> | undefined;

  return {
    async find(key: string): Promise<KeptPoster | undefined> {
      const content = await cache.read(nameOf(key));
      const poster = content && posterOf(content.subarray(HEAD_BYTES));
      return poster && content && { poster, at: content.readDoubleBE(0) };
    },

    async keep(key: string, { poster, at }: KeptPoster): Promise<void> {
      const head = Buffer.alloc(HEAD_BYTES);
      head.writeDoubleBE(at);
      await cache.put(nameOf(key), Buffer.concat([head, poster.body])).catch(() => undefined);
      // The cache counts what it has written itself; a former process may have left it full.
      tidied ??= cache.sweep().catch(() => undefined);
      await tidied;
    },
  };
}
