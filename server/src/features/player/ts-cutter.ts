const PACKET = 188;
const SYNC = 0x47;
const TABLE_PIDS: ReadonlySet<number> = new Set([0x0000, 0x0011, 0x1000]);
const TICKS = 90_000;
/** Times of a container and those that ffmpeg writes differ by their rounding; two keyframes are never this close where it matters. */
const TOLERANCE = 0.1;

/** What the transport stream must look like: ffmpeg is told these numbers. */
export const TS_LAYOUT = { videoPid: 0x0100, tablePid: 0x1000 } as const;

/** Added to every time in the stream: a picture that is decoded before it is shown would else have a time below zero. */
export const TS_OFFSET = 10;

export type TsPiece = Readonly<{ kind: 'data'; bytes: Buffer }> | Readonly<{ kind: 'cut' }>;

export type TsCutter = Readonly<{
  /** What belongs to the current segment, and where the next one begins. */
  feed(chunk: Buffer): readonly TsPiece[];
}>;

/**
 * Divides a transport stream, packet by packet, at the keyframes that begin a segment. Nothing is lost between two segments and nothing is
 * in both: whoever plays them one after the other has the stream as it was.
 *
 * `starts` are seconds: of the first segment that is wanted, and of all that follow. What comes before the first is dropped, unless it is
 * the beginning of the film. Each segment begins with the tables that a player needs.
 */
export function createTsCutter(starts: readonly number[]): TsCutter {
  let started = starts[0] === 0;
  let next = started ? 1 : 0;
  let left: Buffer = Buffer.alloc(0);
  const tables = new Map<number, Buffer>();

  /** How many segments begin with this packet: more than one only where a film lacks a keyframe that was promised. */
  function beginsIn(packet: Buffer): number {
    const time = keyframeTime(packet);
    let count = 0;
    while (time !== undefined && time - TS_OFFSET >= (starts[next + count] ?? Number.POSITIVE_INFINITY) - TOLERANCE) count += 1;
    return count;
  }

  function cuts(count: number): TsPiece[] {
    const pieces: TsPiece[] = [];
    for (let one = 0; one < count; one++) {
      if (started) pieces.push({ kind: 'cut' });
      // They stand right before most keyframes, but not before all; twice does no harm.
      pieces.push({ kind: 'data', bytes: Buffer.concat([...tables.values()]) });
      started = true;
    }
    next += count;
    return pieces;
  }

  /** How many segments begin with this packet; the tables are kept on the way. */
  function look(packet: Buffer): number {
    if (packet[0] !== SYNC) throw new Error('The transport stream is broken.');
    const pid = packet.readUInt16BE(1) & 0x1fff;
    if (TABLE_PIDS.has(pid)) tables.set(pid, Buffer.from(packet));
    return pid === TS_LAYOUT.videoPid ? beginsIn(packet) : 0;
  }

  function feed(chunk: Buffer): TsPiece[] {
    const all = left.length === 0 ? chunk : Buffer.concat([left, chunk]);
    const end = all.length - (all.length % PACKET);
    const pieces: TsPiece[] = [];
    let from = 0;
    const keep = (until: number): void => {
      if (started && until > from) pieces.push({ kind: 'data', bytes: all.subarray(from, until) });
      from = until;
    };
    for (let at = 0; at < end; at += PACKET) {
      const count = look(all.subarray(at, at + PACKET));
      if (count === 0) continue;
      keep(at);
      pieces.push(...cuts(count));
    }
    keep(end);
    left = all.subarray(end);
    return pieces;
  }

  return { feed };
}

/** Seconds, where the packet begins a picture that can be decoded by itself. */
function keyframeTime(packet: Buffer): number | undefined {
  const begins = ((packet[1] ?? 0) & 0x40) !== 0;
  const adapted = ((packet[3] ?? 0) & 0x20) !== 0;
  const length = adapted ? (packet[4] ?? 0) : 0;
  if (!begins || length === 0 || ((packet[5] ?? 0) & 0x40) === 0) return undefined;
  const pes = packet.subarray(5 + length);
  if (pes.length < 14 || pes.readUIntBE(0, 3) !== 1 || ((pes[7] ?? 0) & 0x80) === 0) return undefined;
  return timestamp(pes, 9) / TICKS;
}

/** 33 bits in five bytes, with a marker bit after each group. */
function timestamp(pes: Buffer, at: number): number {
  const high = (pes.readUInt8(at) >> 1) & 0x07;
  return high * 0x4000_0000 + ((pes.readUInt16BE(at + 1) >> 1) & 0x7fff) * 0x8000 + ((pes.readUInt16BE(at + 3) >> 1) & 0x7fff);
}
