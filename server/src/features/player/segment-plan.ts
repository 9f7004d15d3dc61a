/** A piece of the playlist. Seconds from the beginning of the film. */
export type Segment = Readonly<{ start: number; duration: number }>;

/** How long a segment is unless somebody asks for another length. */
export const SEGMENT_SECONDS = 6;
/** A piece that is shorter is joined to the one before it: players stumble over an end with hardly a picture in it. */
const SHORTEST = 0.5;

const round = (seconds: number): number => Math.round(seconds * 1_000_000) / 1_000_000;

function fromStarts(starts: readonly number[], duration: number): readonly Segment[] {
  return starts.map((start, index) => ({ start, duration: round((starts[index + 1] ?? duration) - start) }));
}

/** Segments of one length, the last with what remains: for pictures that are encoded anew, and begin where they are told to. */
export function evenSegments(duration: number, length: number): readonly Segment[] {
  const count = Math.max(1, Math.ceil((duration - SHORTEST) / length));
  return fromStarts(
    Array.from({ length: count }, (_, index) => round(index * length)),
    duration,
  );
}

/**
 * Segments that begin at the keyframes of the file, each the first one that is at least `length` after the last: for pictures that are
 * copied, which can begin nowhere else.
 */
export function keyframeSegments(keyframes: readonly number[], duration: number, length: number): readonly Segment[] {
  const starts = [0];
  let last = 0;
  for (const keyframe of keyframes) {
    if (keyframe - last < length || duration - keyframe < SHORTEST) continue;
    starts.push(keyframe);
    last = keyframe;
  }
  return fromStarts(starts, duration);
}

export const longestOf = (segments: readonly Segment[]): number => Math.max(0, ...segments.map((segment) => segment.duration));
