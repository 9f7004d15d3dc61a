import { createReadStream } from 'node:fs';
import { Unzip, UnzipInflate } from 'fflate';
import { type AppError, invalid } from '#kernel/app-error.ts';
import { createArrayReader, type Fail } from './json-array.ts';

const PAGE = 500;
const CHUNK = 256 * 1024;
/** A million titles are half of it. Whatever is larger was made to fill a disk. */
const MOST_TEXT = 1024 * 1024 * 1024;

const isZip = (start: Uint8Array): boolean => start[0] === 0x50 && start[1] === 0x4b;

/** Pieces of the file's own text, unpacked where it is a ZIP file: then that of its first JSON file. */
function createUnpacker(fail: Fail) {
  let pieces: Uint8Array[] = [];
  let fault: unknown;
  let found = false;
  let whole = false;
  const unzip = new Unzip((file) => {
    if (found || !file.name.toLowerCase().endsWith('.json')) return;
    found = true;
    file.ondata = (error, data, final) => {
      fault ??= error ?? undefined;
      pieces.push(data);
      whole ||= final;
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  return {
    push(chunk: Uint8Array, final: boolean): readonly Uint8Array[] {
      try {
        unzip.push(chunk, final);
      } catch (error) {
        fault ??= error;
      }
      if (fault !== undefined) throw fail('it is no ZIP file, or a damaged one', fault);
      const ready = pieces;
      pieces = [];
      return ready;
    },
    end(): void {
      if (!found) throw fail('there is no JSON file in it');
      if (!whole) throw fail('it ends too early');
    },
  };
}

/** What a portable backup holds, in pages: a JSON array, or a ZIP file with one. Throws `invalid` naming `file` for anything else. */
export async function* readBackup(file: string, name: string): AsyncGenerator<readonly unknown[]> {
  const fail = (reason: string, cause?: unknown): AppError => invalid('file', `${name} is no portable backup: ${reason}`, cause);
  const reader = createArrayReader(fail);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let unpacker: ReturnType<typeof createUnpacker> | undefined;
  let first = true;
  let size = 0;
  let page: unknown[] = [];

  const textOf = (pieces: readonly Uint8Array[]): string => {
    size += pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (size > MOST_TEXT) throw fail('it is too large');
    try {
      return pieces.map((piece) => decoder.decode(piece, { stream: true })).join('');
    } catch (error) {
      throw fail('it is no text in UTF-8', error);
    }
  };

  const take = (pieces: readonly Uint8Array[]): void => void page.push(...reader.read(textOf(pieces)));

  for await (const chunk of createReadStream(file, { highWaterMark: CHUNK }) as AsyncIterable<Buffer>) {
    if (first && isZip(chunk)) unpacker = createUnpacker(fail);
    first = false;
    take(unpacker ? unpacker.push(chunk, false) : [chunk]);
    for (; page.length >= PAGE; page = page.slice(PAGE)) yield page.slice(0, PAGE);
  }
  if (unpacker) {
    take(unpacker.push(new Uint8Array(0), true));
    unpacker.end();
  }
  reader.end();
  if (page.length > 0) yield page;
}
