import { TS_LAYOUT, TS_OFFSET } from './ts-cutter.ts';

const PACKET = 188;

function packet(pid: number, begins: boolean, content: readonly number[], mark: number): Buffer {
  const bytes = Buffer.alloc(PACKET, mark);
  bytes.set([0x47, (begins ? 0x40 : 0) | (pid >> 8), pid & 0xff, ...content]);
  return bytes;
}

/** The tables that stand before a keyframe. */
export const tables = (): Buffer => Buffer.concat([packet(0, true, [0x10], 0xfa), packet(TS_LAYOUT.tablePid, true, [0x10], 0xfb)]);

/** Sound, or more of a picture: what the cutter passes on. */
export const filler = (mark: number, pid: number = TS_LAYOUT.videoPid + 1): Buffer => packet(pid, true, [0x10], mark);

/** The first packet of a picture at that second of the film. */
export function picture(seconds: number, key: boolean, mark = 0): Buffer {
  const time = Math.round((seconds + TS_OFFSET) * 90_000);
  const high = Math.floor(time / 2 ** 30);
  const [middle, low] = [Math.floor(time / 2 ** 15) % 2 ** 15, time % 2 ** 15];
  const stamp = [0x21 | (high << 1), middle >> 7, ((middle << 1) | 1) & 0xff, low >> 7, ((low << 1) | 1) & 0xff];
  const pes = [0, 0, 1, 0xe0, 0, 0, 0x80, 0x80, 5, ...stamp];
  return packet(TS_LAYOUT.videoPid, true, [0x30, 1, key ? 0x40 : 0, ...pes], mark);
}

/** A film with a keyframe each so many seconds, and sound between them. */
export const filmFrom = (from: number, until: number, every: number): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil((until - from) / every) }, (_, index) => {
      const at = from + index * every;
      return Buffer.concat([tables(), picture(at, true, at), filler(at), picture(at + every / 2, false, at)]);
    }),
  );
