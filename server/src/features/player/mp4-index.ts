import type { FileBytes } from './file-bytes.ts';

type Box = Readonly<{ type: string; content: Buffer }>;

const MOST_INDEX = 64 * 1_048_576;
const MOST_BOXES = 1_000;

type Head = Readonly<{ type: string; header: number; size: number }>;

/** `rest` is what is left of the file: a box of size 0 takes all of it. */
function headOf(bytes: Buffer, rest: number): Head | undefined {
  if (bytes.length < 8) return undefined;
  const small = bytes.readUInt32BE(0);
  const header = small === 1 ? 16 : 8;
  if (bytes.length < header) return undefined;
  const size = small === 0 ? rest : small === 1 ? Number(bytes.readBigUInt64BE(8)) : small;
  return size < header ? undefined : { type: bytes.toString('latin1', 4, 8), header, size };
}

/** The boxes within a content that is in memory; a broken end is left out. */
function boxesIn(bytes: Buffer): Box[] {
  const boxes: Box[] = [];
  let at = 0;
  for (;;) {
    const head = headOf(bytes.subarray(at, at + 16), bytes.length - at);
    if (!head || at + head.size > bytes.length) return boxes;
    boxes.push({ type: head.type, content: bytes.subarray(at + head.header, at + head.size) });
    at += head.size;
  }
}

/** Along a path such as mdia, minf, stbl. */
const boxAt = (bytes: Buffer | undefined, ...path: readonly string[]): Buffer | undefined =>
  path.reduce<Buffer | undefined>((inner, type) => inner && boxesIn(inner).find((box) => box.type === type)?.content, bytes);

/** The box `moov`, wherever it lies. A few reads, whatever the size of the film. */
async function movieBox(file: FileBytes): Promise<Buffer | undefined> {
  let at = 0;
  for (let count = 0; count < MOST_BOXES; count++) {
    const head = headOf(await file.read(at, 16), file.size - at);
    if (!head) return undefined;
    if (head.type === 'moov') return head.size > MOST_INDEX ? undefined : file.read(at + head.header, head.size - head.header);
    at += head.size;
  }
  return undefined;
}

type Table = Readonly<{ rows: number; at(row: number, column: number): number }>;

/** A box that is a list: a version, a count, and rows of so many numbers of four bytes. Read in place, since there may be many thousands. */
function tableOf(box: Buffer | undefined, columns: number): Table {
  if (box === undefined || box.length < 8) return { rows: 0, at: () => 0 };
  const width = columns * 4;
  const rows = Math.min(box.readUInt32BE(4), Math.floor((box.length - 8) / width));
  return { rows, at: (row, column) => box.readInt32BE(8 + row * width + column * 4) };
}

/** Units a second, of `mvhd` and `mdhd` alike. */
const timescaleOf = (box: Buffer | undefined): number | undefined => {
  if (box === undefined || box.length < 24) return undefined;
  return box.readUInt32BE(box[0] === 1 ? 20 : 12) || undefined;
};

/**
 * The times of the video's keyframes in seconds, as the tables of an MP4 or QuickTime file have them. Undefined where they do not say it:
 * in a file of fragments, and in one that was cut by a list of edits.
 */
export async function mp4Keyframes(file: FileBytes): Promise<readonly number[] | undefined> {
  const movie = await movieBox(file);
  if (movie === undefined || boxAt(movie, 'mvex')) return undefined;
  const track = boxesIn(movie).find(
    (box) => box.type === 'trak' && boxAt(box.content, 'mdia', 'hdlr')?.toString('latin1', 8, 12) === 'vide',
  )?.content;
  const scale = timescaleOf(boxAt(track, 'mdia', 'mdhd'));
  const shift = shiftOf(track, timescaleOf(boxAt(movie, 'mvhd')) ?? 1);
  const samples = boxAt(track, 'mdia', 'minf', 'stbl');
  const keys = tableOf(boxAt(samples, 'stss'), 1);
  if (scale === undefined || shift === undefined || keys.rows === 0) return undefined;
  const decodedAt = runsOf(tableOf(boxAt(samples, 'stts'), 2));
  const shownLater = runsOf(tableOf(boxAt(samples, 'ctts'), 2));
  return Array.from({ length: keys.rows }, (_, row) => {
    const sample = keys.at(row, 0) - 1;
    return (decodedAt(sample).before + shownLater(sample).value - shift.skipped) / scale + shift.waits;
  });
}

/** What the list of edits does to all times: units of the track that are left out, seconds that pass before it begins. */
function shiftOf(track: Buffer | undefined, movieScale: number): Readonly<{ skipped: number; waits: number }> | undefined {
  const list = boxAt(track, 'edts', 'elst');
  if (list === undefined) return { skipped: 0, waits: 0 };
  // Version 1 has numbers of eight bytes; such a file, rare as it is, has its packets read instead.
  if (list[0] !== 0) return undefined;
  const edits = tableOf(list, 3);
  if (edits.rows === 1 && edits.at(0, 1) >= 0) return { skipped: edits.at(0, 1), waits: 0 };
  if (edits.rows === 2 && edits.at(0, 1) === -1 && edits.at(1, 1) >= 0)
    return { skipped: edits.at(1, 1), waits: edits.at(0, 0) / movieScale };
  return undefined;
}

/**
 * Reads a table of runs (so many samples, of such a value), to be asked with rising numbers of samples: the value of that sample, and what
 * those before it add up to.
 */
function runsOf(runs: Table): (sample: number) => Readonly<{ value: number; before: number }> {
  let run = 0;
  let passed = 0;
  let sum = 0;
  return (sample) => {
    while (run < runs.rows && sample - passed >= runs.at(run, 0)) {
      passed += runs.at(run, 0);
      sum += runs.at(run, 0) * runs.at(run, 1);
      run += 1;
    }
    const value = run < runs.rows ? runs.at(run, 1) : 0;
    return { value, before: sum + (sample - passed) * value };
  };
}
