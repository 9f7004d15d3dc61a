import { setImmediate as others } from 'node:timers/promises';
import { Unzip, UnzipInflate, unzipSync } from 'fflate';
import { invalid } from '#kernel/app-error.ts';

export type PackedFile = Readonly<{ name: string; bytes: Uint8Array }>;

/** At its worst a thousand times as much comes out, at once. */
const PIECE = 4 * 1_024;

type Listed = Readonly<{ name: string; size: number }>;

function listOf(zip: Uint8Array, isWanted: (name: string) => boolean): readonly Listed[] {
  const listed: Listed[] = [];
  unzipSync(zip, {
    filter({ name, originalSize }) {
      if (isWanted(name)) listed.push({ name, size: originalSize });
      return false;
    },
  });
  return listed;
}

const inOrder = (files: readonly Listed[]): string => JSON.stringify(files.map(({ name, size }) => `${name} ${size}`).toSorted());

/** Unpacks piece by piece, so that others are served meanwhile, and no further than `most` bytes. */
async function contentOf(zip: Uint8Array, isWanted: (name: string) => boolean, most: number): Promise<readonly PackedFile[]> {
  const files: PackedFile[] = [];
  let fault: Error | undefined;
  let sum = 0;
  const unzip = new Unzip((file) => {
    if (!isWanted(file.name)) return;
    const pieces: Uint8Array[] = [];
    file.ondata = (error, data, final) => {
      fault ??= error ?? undefined;
      sum += data?.length ?? 0;
      if (sum > most) fault ??= new Error('it holds more than it says');
      if (fault !== undefined) return;
      pieces.push(data);
      if (final) files.push({ name: file.name, bytes: Buffer.concat(pieces) });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < zip.length; at += PIECE) {
    unzip.push(zip.subarray(at, at + PIECE), at + PIECE >= zip.length);
    if (fault !== undefined) throw fault;
    await others();
  }
  return files;
}

/**
 * The files of a ZIP archive that are wanted; undefined where they hold more than `room` bytes together, of which nothing is unpacked.
 * @throws AppError `invalid` where the archive cannot be read, or does not hold what it says, and says why
 */
export async function unpackZip(
  { name, bytes }: PackedFile,
  isWanted: (name: string) => boolean,
  room: number,
): Promise<readonly PackedFile[] | undefined> {
  try {
    const listed = listOf(bytes, isWanted);
    const most = listed.reduce((sum, { size }) => sum + size, 0);
    if (most > room) return undefined;
    const files = await contentOf(bytes, isWanted, most);
    const found = files.map((file) => ({ name: file.name, size: file.bytes.length }));
    if (inOrder(found) !== inOrder(listed)) throw new Error('it does not hold what its list says');
    return files;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw invalid('file', `${name} is a ZIP file that cannot be read: ${why}`, cause);
  }
}
