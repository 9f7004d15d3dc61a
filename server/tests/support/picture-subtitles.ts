/** How a subtitle of a disc looks: a white box of so many pixels, from one second to another. */
export type SubtitleBox = Readonly<{ from: number; until: number; x: number; y: number; width: number; height: number }>;

const WHITE = 1;
const bytes = (...parts: readonly (readonly [value: number, size: number])[]): Buffer =>
  Buffer.concat(
    parts.map(([value, size]) => {
      const buffer = Buffer.alloc(size);
      buffer.writeUIntBE(value, 0, size);
      return buffer;
    }),
  );

function piece(seconds: number, type: number, content: Buffer): Buffer {
  return Buffer.concat([Buffer.from('PG'), bytes([Math.round(seconds * 90_000), 4], [0, 4], [type, 1], [content.length, 2]), content]);
}

/** A run of one colour for each line, and the end of the line. */
const line = (width: number): Buffer => bytes([0, 1], [0xc0 | (width >> 8), 1], [width & 0xff, 1], [WHITE, 1], [0, 2]);

/** Subtitles made of pictures (PGS), as discs have them: a file that ends in .sup. */
export function pictureSubtitles(screen: Readonly<{ width: number; height: number }>, boxes: readonly SubtitleBox[]): Buffer {
  const composition = (state: number, shown: Buffer, number: number): Buffer =>
    Buffer.concat([
      bytes([screen.width, 2], [screen.height, 2], [0x10, 1], [number, 2], [state, 1], [0, 1], [0, 1], [shown.length > 0 ? 1 : 0, 1]),
      shown,
    ]);
  return Buffer.concat(
    boxes.flatMap(({ from, until, x, y, width, height }, index) => {
      const window = bytes([1, 1], [0, 1], [x, 2], [y, 2], [width, 2], [height, 2]);
      const lines = Buffer.concat(Array.from({ length: height }, () => line(width)));
      return [
        piece(from, 0x16, composition(0x80, bytes([0, 2], [0, 1], [0, 1], [x, 2], [y, 2]), index * 2)),
        piece(from, 0x17, window),
        piece(from, 0x14, bytes([0, 2], [WHITE, 1], [235, 1], [128, 1], [128, 1], [255, 1])),
        piece(from, 0x15, Buffer.concat([bytes([0, 2], [0, 1], [0xc0, 1], [lines.length + 4, 3], [width, 2], [height, 2]), lines])),
        piece(from, 0x80, Buffer.alloc(0)),
        piece(until, 0x16, composition(0, Buffer.alloc(0), index * 2 + 1)),
        piece(until, 0x17, window),
        piece(until, 0x80, Buffer.alloc(0)),
      ];
    }),
  );
}
