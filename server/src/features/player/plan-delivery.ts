import { AppError, invalid } from '#kernel/app-error.ts';
import type { Encoder } from './encoders.ts';
import type { AudioWork, VideoWork } from './ffmpeg-command.ts';
import type { AudioFacts, MediaFacts, SubtitleFacts, VideoFacts } from './media-facts.ts';
import type { PlayConfig } from './play-config.ts';
import { evenSegments, keyframeSegments, longestOf, type Segment } from './segment-plan.ts';

/** What is burned into the picture, before anything has been prepared for it. */
export type BurnChoice =
  | Readonly<{ kind: 'file'; path: string }>
  | Readonly<{ kind: 'text'; stream: number }>
  | Readonly<{ kind: 'pictures'; stream: number }>;

/** How a film is handed out. */
export type Delivery = Readonly<{
  video: Extract<VideoWork, { how: 'copy' }> | Omit<Extract<VideoWork, { how: 'encode' }>, 'burnIn' | 'encoder' | 'device'>;
  audio: AudioWork | undefined;
  burn: BurnChoice | undefined;
  segments: readonly Segment[];
  /** Why the picture is encoded; for people. Absent where it is copied. */
  why?: string;
}>;

export type DeliveryFacts = Readonly<{
  facts: MediaFacts;
  /** Only looked at where the picture could be copied. */
  keyframes: readonly number[] | undefined;
  config: PlayConfig;
  /** Seconds that a segment should last. */
  length: number;
}>;

/** Pieces that are longer make a player wait, and seek far. */
const LONGEST_COPIED = 20;
/** ffmpeg is told the beginning of each segment that it encodes, and an argument has its bounds. */
const MOST_SEGMENTS = 8_000;
const MOST_WIDTH = 1_920;
const MOST_HEIGHT = 1_080;

const PIXELS_FOR_ALL: ReadonlySet<string> = new Set(['yuv420p', 'yuvj420p']);

/** Containers that say when each picture is shown; others would have to be guessed at. */
const TIMED: ReadonlySet<string> = new Set(['matroska', 'webm', 'mp4', 'mov', 'mpegts', 'flv']);

/** Why no browser would play these pictures as they are; undefined where every one does. */
export function whyNotCopied({ video, container }: MediaFacts, config: PlayConfig): string | undefined {
  if (!video) return 'there is no picture';
  if (!config.directPlay) return 'direct play is switched off';
  if (config.subtitle !== undefined) return 'a subtitle is burned in';
  if (config.encoder !== undefined) return `${config.encoder} is asked for`;
  if (config.bitRate !== undefined) return 'a bit rate is asked for';
  if (video.codec !== 'h264') return `the picture is ${video.codec || 'of an unknown kind'}`;
  if (!PIXELS_FOR_ALL.has(video.pixelFormat)) return `the picture is ${video.pixelFormat || 'of an unknown format'}`;
  if (video.interlaced) return 'the picture is interlaced';
  if (video.rotated) return 'the picture is turned';
  if (!container.split(',').some((name) => TIMED.has(name))) return `the file is ${container || 'of an unknown kind'}`;
  return undefined;
}

/** Decides how a film is handed out. Throws `invalid` for a film without a picture or a length, and for streams that it does not have. */
export function planDelivery({ facts, keyframes, config, length }: DeliveryFacts): Delivery {
  const { video } = facts;
  if (!video) throw invalid('path', 'is a file without a picture');
  const duration = durationOf(facts, video);
  const audio = audioFor(facts, config);
  const burn = burnFor(facts, config);
  const copied = keyframes && keyframeSegments(keyframes, duration, length);
  const reason =
    whyNotCopied(facts, config) ??
    (copied === undefined ? 'its keyframes are not known' : longestOf(copied) > LONGEST_COPIED ? 'its keyframes are far apart' : undefined);
  const sound: AudioWork | undefined = audio && {
    how: audio.codec === 'aac' && config.directPlay ? 'copy' : 'encode',
    stream: audio.index,
  };
  if (copied && reason === undefined) {
    return { video: { how: 'copy', stream: video.index }, audio: sound, burn: undefined, segments: copied };
  }
  return {
    video: {
      how: 'encode',
      stream: video.index,
      ...fitting(video),
      deinterlace: video.interlaced,
      ...(config.bitRate !== undefined && { bitRate: config.bitRate }),
    },
    audio: sound,
    burn,
    segments: evenSegments(duration, Math.max(length, Math.ceil(duration / MOST_SEGMENTS))),
    ...(reason !== undefined && { why: reason }),
  };
}

/** Of the picture, where it is known: sound that goes on after the last picture would make a segment without any. */
function durationOf({ duration }: MediaFacts, video: VideoFacts): number {
  const known = video.duration !== undefined && duration !== undefined ? Math.min(video.duration, duration) : (video.duration ?? duration);
  if (known === undefined) throw invalid('path', 'is a file whose length is not known');
  return known;
}

function audioFor({ audio }: MediaFacts, { audio: wanted }: PlayConfig): AudioFacts | undefined {
  if (wanted === undefined) return audio.find((stream) => stream.isDefault) ?? audio[0];
  const found = audio.find((stream) => stream.index === wanted);
  if (!found) throw invalid('config.audio', `the stream ${wanted} is no sound`);
  return found;
}

function burnFor({ subtitles }: MediaFacts, { subtitle }: PlayConfig): BurnChoice | undefined {
  if (subtitle === undefined) return undefined;
  if (typeof subtitle === 'string') return { kind: 'file', path: subtitle };
  const found: SubtitleFacts | undefined = subtitles.find((stream) => stream.index === subtitle);
  if (!found) throw invalid('config.subtitle', `the stream ${subtitle} is no subtitle`);
  if (found.kind === 'other') throw invalid('config.subtitle', `subtitles of the kind ${found.codec} cannot be burned in`);
  return { kind: found.kind, stream: subtitle };
}

/** At most 1080p, which is what is worth encoding while somebody waits; both numbers even, as H.264 wants them. */
function fitting({ width, height }: VideoFacts): Readonly<{ width: number; height: number }> {
  const shrink = Math.min(1, MOST_WIDTH / Math.max(1, width), MOST_HEIGHT / Math.max(1, height));
  const even = (pixels: number): number => Math.max(2, Math.round((pixels * shrink) / 2) * 2);
  return { width: even(width), height: even(height) };
}

type Tried = Readonly<{ encoder: Encoder; reason?: string }>;

/**
 * What may encode, the best first: what was asked for and nothing else, or all that works here, what the house prefers before the others.
 * Throws `invalid` where what was asked for does not work.
 */
export function chooseEncoders(
  { wanted, preferred }: Readonly<{ wanted: Encoder | undefined; preferred: Encoder | 'auto' }>,
  tried: readonly Tried[],
): readonly Encoder[] {
  const working = tried.filter((one) => one.reason === undefined).map((one) => one.encoder);
  if (wanted !== undefined) {
    if (working.includes(wanted)) return [wanted];
    const reason = tried.find((one) => one.encoder === wanted)?.reason ?? 'the ffmpeg of this machine does not have it';
    throw invalid('config.video_codec', `${wanted} does not work here: ${reason}`);
  }
  if (working.length === 0)
    throw new AppError('misconfigured', 'The ffmpeg of this machine can encode no H.264. Install one with libx264.');
  return working.toSorted((one, other) => Number(other === preferred) - Number(one === preferred));
}
