import { strToU8, Zip, ZipDeflate, ZipPassThrough, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { unpackZip } from './zip-texts.ts';

const MIB = 1_048_576;
const isText = (name: string): boolean => name.endsWith('.json');
const unpack = (bytes: Uint8Array, room = MIB) => unpackZip({ name: 'export.zip', bytes }, isText, room);
const textsIn = async (bytes: Uint8Array) =>
  (await unpack(bytes))?.map((file) => [file.name, Buffer.from(file.bytes).toString('utf8')] as const);

/** Says of its first file that it is so long, in both places where that stands. */
function claiming(zip: Uint8Array, size: number): Uint8Array {
  const bytes = Buffer.from(zip);
  bytes.writeUInt32LE(size, 22);
  bytes.writeUInt32LE(size, bytes.readUInt32LE(bytes.length - 6) + 24);
  return bytes;
}

/** As programs write it that do not know beforehand how long a file will be: its length stands behind it. */
function streamed(make: typeof ZipDeflate | typeof ZipPassThrough, files: Readonly<Record<string, string>>): Uint8Array {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((_error, data) => void pieces.push(data));
  for (const [name, text] of Object.entries(files)) {
    const file = new make(name);
    zip.add(file);
    for (let at = 0; at < text.length; at += 5_000) file.push(strToU8(text.slice(at, at + 5_000)));
    file.push(new Uint8Array(), true);
  }
  zip.end();
  return Buffer.concat(pieces);
}

describe('an archive', () => {
  it.each([0, 9] as const)('gives the files that are wanted, packed with level %i', async (level) => {
    const files = { 'für mich/a.json': strToU8('{"a":1}'), 'b.json': strToU8(''), 'poster.png': strToU8('x') };
    expect(await textsIn(zipSync(files, { level }))).toEqual([
      ['für mich/a.json', '{"a":1}'],
      ['b.json', ''],
    ]);
  });

  it.each([
    ['packed', ZipDeflate],
    ['as it is', ZipPassThrough],
  ] as const)('gives what was written into it as a stream, %s', async (_how, make) => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `{"n":${index * 7_919}}`).join();
    expect(await textsIn(streamed(make, { 'a.json': `[${lines}]`, 'none.txt': 'x', 'b.json': '{}' }))).toEqual([
      ['a.json', `[${lines}]`],
      ['b.json', '{}'],
    ]);
  });

  const packed = zipSync({ 'a.json': new Uint8Array(2 * MIB) });

  it('is not unpacked where it says that it holds more than there is room for', async () => {
    expect(await unpack(packed)).toBeUndefined();
  });

  it.each([0, 1_000, 900_000])('that holds more than the %i bytes that it tells of is given up there', async (told) => {
    const work = unpack(claiming(packed, told));
    await expect(work).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('more than it says') });
  });

  it.each([
    ['less than it tells of', claiming(zipSync({ 'a.json': strToU8('abc') }), 10)],
    ['no list', strToU8('PK\u0003\u0004 broken')],
    ['nothing', new Uint8Array()],
    ['a cut end', zipSync({ 'a.json': strToU8('abc'.repeat(100)) }).subarray(0, 60)],
  ])('with %s cannot be read', async (_what, bytes) => {
    await expect(unpack(bytes)).rejects.toMatchObject({ code: 'invalid', faults: [{ field: 'file' }] });
  });
});
