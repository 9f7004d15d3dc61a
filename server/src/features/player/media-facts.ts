import { isRecord } from '#kernel/json.ts';

export type VideoFacts = Readonly<{
  /** Of the stream within its file, as ffmpeg counts. */
  index: number;
  codec: string;
  profile: string;
  pixelFormat: string;
  /** As it is shown: upright, with square pixels. */
  width: number;
  height: number;
  interlaced: boolean;
  /** Shown turned: a copy would lose that. */
  rotated: boolean;
  /** Seconds, where its container says so. */
  duration?: number;
}>;

export type AudioFacts = Readonly<{
  index: number;
  codec: string;
  channels: number;
  isDefault: boolean;
  language?: string;
  title?: string;
}>;

export type SubtitleFacts = Readonly<{
  index: number;
  codec: string;
  /** Text can become WebVTT; pictures can only be burned in. */
  kind: 'text' | 'pictures' | 'other';
  isDefault: boolean;
  isForced: boolean;
  language?: string;
  title?: string;
}>;

/** What ffprobe tells of a file. Times in seconds. */
export type MediaFacts = Readonly<{
  /** Names of the container, as ffmpeg has them: `matroska,webm`. */
  container: string;
  /** Of the first thing in it. All other times here count from it. */
  startTime: number;
  duration?: number;
  /** Bits a second. */
  bitRate?: number;
  video?: VideoFacts;
  audio: readonly AudioFacts[];
  subtitles: readonly SubtitleFacts[];
  /** As ffprobe wrote it. */
  told: Readonly<{ streams: readonly unknown[]; format: Readonly<Record<string, unknown>> }>;
}>;

const TEXT_CODECS: ReadonlySet<string> = new Set(['subrip', 'srt', 'ass', 'ssa', 'webvtt', 'mov_text', 'text']);
const PICTURE_CODECS: ReadonlySet<string> = new Set(['hdmv_pgs_subtitle', 'dvd_subtitle', 'dvb_subtitle', 'xsub']);

const numberOf = (value: unknown): number | undefined => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
};
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const memberOf = (value: unknown, name: string): Record<string, unknown> => {
  const member = isRecord(value) ? value[name] : undefined;
  return isRecord(member) ? member : {};
};

/** Reads the JSON of ffprobe (`-show_format -show_streams`). Undefined where it is none. */
export function readFacts(json: string): MediaFacts | undefined {
  const told = parsed(json);
  if (!isRecord(told) || !isRecord(told.format) || !Array.isArray(told.streams)) return undefined;
  const streams = told.streams.filter(isRecord);
  const { format } = told;
  const bitRate = numberOf(format.bit_rate);
  const duration = numberOf(format.duration);
  const picture = streams.find((stream) => stream.codec_type === 'video' && memberOf(stream, 'disposition').attached_pic !== 1);
  const video = picture && videoOf(picture);
  return {
    container: textOf(format.format_name),
    startTime: numberOf(format.start_time) ?? 0,
    ...(duration !== undefined && duration > 0 && { duration }),
    ...(bitRate !== undefined && { bitRate }),
    ...(video && { video }),
    audio: streams.filter((stream) => stream.codec_type === 'audio').map(audioOf),
    subtitles: streams.filter((stream) => stream.codec_type === 'subtitle').map(subtitleOf),
    told: { streams, format },
  };
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

const indexOf = (stream: Record<string, unknown>): number => numberOf(stream.index) ?? 0;

function videoOf(stream: Record<string, unknown>): VideoFacts {
  const duration = numberOf(stream.duration) ?? clockTime(textOf(memberOf(stream, 'tags').DURATION));
  const field = textOf(stream.field_order);
  return {
    index: indexOf(stream),
    codec: textOf(stream.codec_name),
    profile: textOf(stream.profile),
    pixelFormat: textOf(stream.pix_fmt),
    ...sizeOf(stream),
    interlaced: field !== '' && field !== 'progressive' && field !== 'unknown',
    rotated: angleOf(stream) !== 0,
    ...(duration !== undefined && duration > 0 && { duration }),
  };
}

/** Degrees that the picture is turned by when it is shown. */
function angleOf(stream: Record<string, unknown>): number {
  const sides = Array.isArray(stream.side_data_list) ? stream.side_data_list : [];
  const angles = [memberOf(stream, 'tags').rotate, ...sides.map((side) => (isRecord(side) ? side.rotation : undefined))].map(numberOf);
  return (angles.find((angle) => angle !== undefined) ?? 0) % 360;
}

function sizeOf(stream: Record<string, unknown>): Readonly<{ width: number; height: number }> {
  const [, across, down] = /^(\d+):(\d+)$/.exec(textOf(stream.sample_aspect_ratio)) ?? [];
  const wideness = Number(across) > 0 && Number(down) > 0 ? Number(across) / Number(down) : 1;
  const [width, height] = [Math.round((numberOf(stream.width) ?? 0) * wideness), numberOf(stream.height) ?? 0];
  return Math.abs(angleOf(stream)) % 180 === 90 ? { width: height, height: width } : { width, height };
}

/** Matroska tells a stream's length as `01:58:03.120000000`. */
function clockTime(text: string): number | undefined {
  const [, hours, minutes, seconds] = /^(\d+):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(text) ?? [];
  return hours === undefined ? undefined : Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds);
}

const labelsOf = (stream: Record<string, unknown>): Readonly<{ language?: string; title?: string }> => {
  const tags = memberOf(stream, 'tags');
  const [language, title] = [textOf(tags.language), textOf(tags.title)];
  return { ...(language !== '' && language !== 'und' && { language }), ...(title !== '' && { title }) };
};

const audioOf = (stream: Record<string, unknown>): AudioFacts => ({
  index: indexOf(stream),
  codec: textOf(stream.codec_name),
  channels: numberOf(stream.channels) ?? 2,
  isDefault: memberOf(stream, 'disposition').default === 1,
  ...labelsOf(stream),
});

function subtitleOf(stream: Record<string, unknown>): SubtitleFacts {
  const codec = textOf(stream.codec_name);
  const disposition = memberOf(stream, 'disposition');
  return {
    index: indexOf(stream),
    codec,
    kind: TEXT_CODECS.has(codec) ? 'text' : PICTURE_CODECS.has(codec) ? 'pictures' : 'other',
    isDefault: disposition.default === 1,
    isForced: disposition.forced === 1,
    ...labelsOf(stream),
  };
}
