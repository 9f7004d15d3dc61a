import type { FileBytes } from './file-bytes.ts';

const ID = {
  header: 0x1a45dfa3,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekId: 0x53ab,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  track: 0xae,
  trackNumber: 0xd7,
  trackType: 0x83,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTime: 0xb3,
  cueTrackPositions: 0xb7,
  cueTrack: 0xf7,
  cluster: 0x1f43b675,
} as const;

const VIDEO = 1;
/** The longest header: an id of 4 bytes and a size of 8. */
const LONGEST_HEADER = 12;
const MOST_INDEX = 64 * 1_048_576;
const MOST_ELEMENTS = 200;
const NANOSECONDS = 1_000_000_000;

type Element = Readonly<{ id: number /** Of its content. */; start: number; size: number }>;

/** `undefined` for a length that does not fit, and for the one that says that nobody knows it. */
function elementAt(bytes: Buffer, at: number): Element | undefined {
  const idLength = Math.clz32(bytes[at] ?? 0) - 23;
  const sizeAt = at + idLength;
  const sizeLength = Math.clz32(bytes[sizeAt] ?? 0) - 23;
  if (idLength > 4 || sizeLength > 8 || sizeAt + sizeLength > bytes.length) return undefined;
  let size = (bytes[sizeAt] ?? 0) & (0xff >> sizeLength);
  let isUnknown = size === 0xff >> sizeLength;
  for (let index = 1; index < sizeLength; index++) {
    const byte = bytes[sizeAt + index] ?? 0;
    isUnknown &&= byte === 0xff;
    size = size * 256 + byte;
  }
  const id = bytes.readUIntBE(at, idLength);
  return { id, start: sizeAt + sizeLength, size: isUnknown ? Number.POSITIVE_INFINITY : size };
}

/** The elements within a content that is in memory; a broken end is left out. */
function childrenOf(bytes: Buffer): (Element & Readonly<{ content: Buffer }>)[] {
  const children: (Element & Readonly<{ content: Buffer }>)[] = [];
  let at = 0;
  while (at < bytes.length) {
    const element = elementAt(bytes, at);
    if (!element || element.start + element.size > bytes.length) break;
    children.push({ ...element, content: bytes.subarray(element.start, element.start + element.size) });
    at = element.start + element.size;
  }
  return children;
}

const childOf = (bytes: Buffer, id: number): Buffer | undefined => childrenOf(bytes).find((child) => child.id === id)?.content;
const numberIn = (bytes: Buffer | undefined): number | undefined => {
  if (bytes === undefined || bytes.length > 8) return undefined;
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
};

async function headerAt(file: FileBytes, at: number): Promise<Element | undefined> {
  const element = elementAt(await file.read(at, LONGEST_HEADER), 0);
  return element && { ...element, start: at + element.start };
}

/**
 * The times of the video's keyframes in seconds, as the index of a Matroska or WebM file lists them. A few reads, however long the film is.
 * Undefined where the file has no index.
 */
export async function matroskaKeyframes(file: FileBytes): Promise<readonly number[] | undefined> {
  const header = await headerAt(file, 0);
  if (header?.id !== ID.header) return undefined;
  const segment = await headerAt(file, header.start + header.size);
  if (segment?.id !== ID.segment) return undefined;
  const parts = await partsOf(file, segment);
  const [tracks, cues] = [parts.get(ID.tracks), parts.get(ID.cues)];
  if (!tracks || !cues) return undefined;
  const scale = numberIn(childOf(parts.get(ID.info) ?? Buffer.alloc(0), ID.timestampScale)) ?? 1_000_000;
  const video = videoTrack(tracks);
  const times = childrenOf(cues).flatMap((point) => (point.id === ID.cuePoint ? cueTimes(point.content, video) : []));
  return times.length === 0 ? undefined : [...new Set(times)].sort((a, b) => a - b).map((time) => (time * scale) / NANOSECONDS);
}

/** The contents of the parts that matter: those before the first cluster, and those that the file says lie elsewhere. */
async function partsOf(file: FileBytes, segment: Element): Promise<ReadonlyMap<number, Buffer>> {
  const wanted: ReadonlySet<number> = new Set([ID.info, ID.tracks, ID.cues]);
  const parts = new Map<number, Buffer>();
  const elsewhere: number[] = [];
  async function take(element: Element): Promise<void> {
    if (element.size > MOST_INDEX || (!wanted.has(element.id) && element.id !== ID.seekHead)) return;
    const content = await file.read(element.start, element.size);
    if (element.id === ID.seekHead) elsewhere.push(...seekPositions(content));
    else if (!parts.has(element.id)) parts.set(element.id, content);
  }
  let at = segment.start;
  for (let count = 0; count < MOST_ELEMENTS && at < file.size; count++) {
    const element = await headerAt(file, at);
    if (!element || element.id === ID.cluster) break;
    await take(element);
    at = element.start + element.size;
  }
  // A list at the front may name another one at the end: whatever that names is appended while we go.
  for (let index = 0; index < Math.min(elsewhere.length, MOST_ELEMENTS) && parts.size < wanted.size; index++) {
    const element = await headerAt(file, segment.start + (elsewhere[index] ?? 0));
    if (element) await take(element);
  }
  return parts;
}

const INDEX_PARTS: ReadonlySet<number> = new Set([ID.info, ID.tracks, ID.cues, ID.seekHead]);

const seekPositions = (seekHead: Buffer): number[] =>
  childrenOf(seekHead).flatMap((seek) => {
    const position = numberIn(childOf(seek.content, ID.seekPosition));
    return position !== undefined && INDEX_PARTS.has(numberIn(childOf(seek.content, ID.seekId)) ?? 0) ? [position] : [];
  });

function videoTrack(tracks: Buffer): number | undefined {
  const track = childrenOf(tracks).find((entry) => entry.id === ID.track && numberIn(childOf(entry.content, ID.trackType)) === VIDEO);
  return track && numberIn(childOf(track.content, ID.trackNumber));
}

function cueTimes(point: Buffer, video: number | undefined): number[] {
  const time = numberIn(childOf(point, ID.cueTime));
  const ofVideo = childrenOf(point).some(
    (child) => child.id === ID.cueTrackPositions && numberIn(childOf(child.content, ID.cueTrack)) === video,
  );
  return time !== undefined && ofVideo ? [time] : [];
}
