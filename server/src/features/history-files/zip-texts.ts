import { promisify } from 'node:util';
import { inflateRaw } from 'node:zlib';
import { invalid } from '#kernel/app-error.ts';

export type PackedFile = Readonly<{ name: string; bytes: Uint8Array }>;

type Entry = Readonly<{ name: string; method: number; packed: number; size: number; at: number; isLocked: boolean }>;

const inflate = promisify(inflateRaw);

const END = 0x06054b50;
const END64 = 0x06064b50;
const END64_PLACE = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_LENGTH = 22;
const LONGEST_COMMENT = 0xffff;
/** Stands where the true number has 64 bits, and lies in an extra field. */
const ELSEWHERE = 0xffffffff;
const STORED = 0;
const DEFLATED = 8;
/** As many as a ZIP file without 64 bits can hold. */
const MOST_FILES = 0xffff;

const wide = (zip: Buffer, at: number): number => Number(zip.readBigUInt64LE(at));

function need(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

/** Where the list of entries begins, and how many there are. */
function listOf(zip: Buffer): Readonly<{ at: number; count: number }> {
  let end = zip.length - END_LENGTH;
  while (end >= 0 && zip.readUInt32LE(end) !== END && zip.length - end < END_LENGTH + LONGEST_COMMENT) end -= 1;
  need(end >= 0 && zip.readUInt32LE(end) === END, 'it has no list of its files');
  const place = end - 20;
  if (place >= 0 && zip.readUInt32LE(place) === END64_PLACE) {
    const at = wide(zip, place + 8);
    if (zip.readUInt32LE(at) === END64) return { at: wide(zip, at + 48), count: wide(zip, at + 32) };
  }
  return { at: zip.readUInt32LE(end + 16), count: zip.readUInt16LE(end + 10) };
}

/** The numbers of an entry, each from where it truly stands. */
function trueNumbers(extra: Buffer, told: readonly [size: number, packed: number, at: number]): readonly number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    return told.map((number) => {
      if (number !== ELSEWHERE) return number;
      next += 8;
      return wide(extra, next - 8);
    });
  }
  return told;
}

function* entriesOf(zip: Buffer): Generator<Entry> {
  let { at, count } = listOf(zip);
  need(count <= MOST_FILES, `it has more than ${MOST_FILES} files`);
  for (; count > 0; count -= 1) {
    need(zip.readUInt32LE(at) === ENTRY, 'its list of files is damaged');
    const flags = zip.readUInt16LE(at + 8);
    const [names, extras, comments] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)];
    const name = zip.subarray(at + 46, at + 46 + names).toString(flags & 0x800 ? 'utf8' : 'latin1');
    const extra = zip.subarray(at + 46 + names, at + 46 + names + extras);
    const told = [zip.readUInt32LE(at + 24), zip.readUInt32LE(at + 20), zip.readUInt32LE(at + 42)] as const;
    const [size = 0, packed = 0, from = 0] = trueNumbers(extra, told);
    yield { name, method: zip.readUInt16LE(at + 10), packed, size, at: from, isLocked: (flags & 1) === 1 };
    at += 46 + names + extras + comments;
  }
}

/** Unpacks no more than the archive says: one that holds more was made to fill the memory, or the time, of whoever unpacks it. */
async function contentOf(zip: Buffer, { name, method, packed, size, at, isLocked }: Entry): Promise<Uint8Array> {
  need(!isLocked, `${name} is locked by a password`);
  need(zip.readUInt32LE(at) === LOCAL, `${name} is not where the list says`);
  const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
  const bytes = zip.subarray(start, start + packed);
  need(bytes.length === packed, `${name} is cut short`);
  need(method === STORED || method === DEFLATED, `${name} is packed in a way that is not known here`);
  const content = method === STORED ? bytes : await inflate(bytes, { maxOutputLength: Math.max(1, size) });
  need(content.length === size, `${name} is not as long as the list says`);
  return content;
}

/**
 * The files of a ZIP archive that are wanted; undefined where they hold more than `room` bytes together, of which nothing is unpacked.
 * @throws AppError `invalid` where the archive cannot be read, and says why
 */
export async function unpackZip(
  archive: PackedFile,
  isWanted: (name: string) => boolean,
  room: number,
): Promise<readonly PackedFile[] | undefined> {
  const zip = Buffer.from(archive.bytes.buffer, archive.bytes.byteOffset, archive.bytes.byteLength);
  try {
    const wanted = [...entriesOf(zip)].filter(({ name }) => isWanted(name));
    if (wanted.reduce((sum, { size }) => sum + size, 0) > room) return undefined;
    const files: PackedFile[] = [];
    for (const entry of wanted) files.push({ name: entry.name, bytes: await contentOf(zip, entry) });
    return files;
  } catch (cause) {
    const why = cause instanceof RangeError ? 'it is damaged, or holds more than it says' : (cause as Error).message;
    throw invalid('file', `${archive.name} is a ZIP file that cannot be read: ${why}`, cause);
  }
}
