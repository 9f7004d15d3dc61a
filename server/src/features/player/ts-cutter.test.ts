import { describe, expect, it } from 'vitest';
import { fc } from '#tests/support/properties.ts';
import { filler, filmFrom, picture, tables } from './transport-stream.fake.ts';
import { createTsCutter } from './ts-cutter.ts';

/** The segments that come out, whatever the pieces in which the stream comes in. */
function cut(starts: readonly number[], stream: Buffer, sizes: readonly number[] = [stream.length]): Buffer[] {
  const cutter = createTsCutter(starts);
  const segments: Buffer[][] = [[]];
  let at = 0;
  for (let turn = 0; at < stream.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? 1);
    for (const piece of cutter.feed(stream.subarray(at, at + size))) {
      if (piece.kind === 'cut') segments.push([]);
      else segments.at(-1)?.push(piece.bytes);
    }
    at += size;
  }
  return segments.map((pieces) => Buffer.concat(pieces));
}
/** The marks of the packets that are no tables: which they are, and in which order. */
const marks = (segment: Buffer): number[] =>
  Array.from({ length: segment.length / 188 }, (_, index) => segment[index * 188 + 187] ?? -1).filter((mark) => mark < 0xfa);

describe('a transport stream', () => {
  const film = filmFrom(0, 12, 2);

  it('is cut at the keyframes that begin segments, and at no others', () => {
    expect(cut([0, 4, 10], film).map(marks)).toEqual([
      [0, 0, 0, 2, 2, 2],
      [4, 4, 4, 6, 6, 6, 8, 8, 8],
      [10, 10, 10],
    ]);
  });

  it('begins each segment with the tables', () => {
    for (const segment of cut([0, 4, 10], film))
      expect([...segment.subarray(0, 3), ...segment.subarray(188, 191)]).toEqual([0x47, 0x40, 0, 0x47, 0x50, 0]);
    const bare = Buffer.concat([tables(), picture(0, true, 1), filler(1), picture(4, true, 2), filler(2)]);
    expect([...(cut([0, 4], bare)[1] ?? Buffer.alloc(0)).subarray(0, 3)]).toEqual([0x47, 0x40, 0]);
  });

  it('drops what comes before the first wanted segment', () => {
    expect(cut([4, 10], film).map(marks)).toEqual([
      [4, 4, 4, 6, 6, 6, 8, 8, 8],
      [10, 10, 10],
    ]);
  });

  it('takes a keyframe for the one that is meant where their times differ by a rounding', () => {
    const late = Buffer.concat([tables(), picture(0, true, 0), picture(3.99, true, 4), picture(6.03, true, 6)]);
    expect(cut([0, 4, 6], late).map(marks)).toEqual([[0], [4], [6]]);
  });

  it('keeps the numbers of segments where a promised keyframe is missing', () => {
    const holed = Buffer.concat([tables(), picture(0, true, 0), tables(), picture(8, true, 8)]);
    expect(cut([0, 4, 8], holed).map(marks)).toEqual([[0], [], [8]]);
  });

  it('may last longer than its clock counts in 32 bits', () => {
    const long = Buffer.concat([tables(), picture(50_000, true, 1), tables(), picture(50_004, true, 2)]);
    expect(cut([50_000, 50_004], long).map(marks)).toEqual([[1], [2]]);
  });

  it('loses nothing, and repeats nothing, whatever the pieces in which it comes', () => {
    const whole = cut([0, 4, 10], film);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 900 }), { minLength: 1, maxLength: 10 }), (sizes) => {
        expect(cut([0, 4, 10], film, sizes).map(marks)).toEqual(whole.map(marks));
      }),
    );
  });

  it('is refused where it is none', () => {
    expect(() => createTsCutter([0]).feed(Buffer.alloc(188))).toThrow('broken');
  });
});
