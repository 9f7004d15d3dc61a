import { ENCODER_SPECS, type Encoder, encoderArgs } from './encoders.ts';
import { TS_LAYOUT, TS_OFFSET } from './ts-cutter.ts';

const QUIET = ['-hide_banner', '-nostdin', '-loglevel', 'error'] as const;

/**
 * Containers that hold their pictures themselves. Others are scripts that name further files (concat, HLS, DASH, image lists): a file that
 * is called film.mkv, and is such a script, would make ffmpeg read whatever it names.
 */
const CONTAINERS = 'matroska,webm,mov,mp4,m4a,3gp,3g2,mj2,avi,mpegts,mpeg,asf,flv,ogg,rm,wtv,nut';

/** How a file is opened: from this machine alone, by its whole path, as a container of the list. */
const inputArgs = (path: string): readonly string[] => [
  ...['-protocol_whitelist', 'file', '-format_whitelist', CONTAINERS],
  ...['-i', `file:${path}`],
];

/** What a file holds, as JSON. */
export const probeCommand = (path: string): readonly string[] => [
  ...['-v', 'error', '-show_format', '-show_streams', '-of', 'json'],
  ...inputArgs(path),
];

/** A line for every packet of the picture, with its time and a K where it is a keyframe: ffprobe reads the whole file for it. */
export const packetsCommand = (path: string, stream: number): readonly string[] => [
  ...['-v', 'error', '-select_streams', String(stream), '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0'],
  ...inputArgs(path),
];

/** Whether an encoder works here: a few black pictures, thrown away. */
export const trialCommand = (encoder: Encoder, device: string): readonly string[] => [
  ...QUIET,
  ...ENCODER_SPECS[encoder].setup(device),
  ...['-f', 'lavfi', '-i', 'color=c=black:s=320x240:r=10:d=0.5'],
  ...['-vf', ENCODER_SPECS[encoder].filters.join(',')],
  ...encoderArgs(encoder, undefined),
  ...['-f', 'null', '-'],
];

export type BurnIn =
  /** A prepared file in the working folder, whose name needs no escaping. */
  | Readonly<{ kind: 'text'; file: string }>
  /** A stream of pictures within the film. */
  | Readonly<{ kind: 'pictures'; stream: number }>;

export type VideoWork =
  | Readonly<{ how: 'copy'; stream: number }>
  | Readonly<{
      how: 'encode';
      stream: number;
      encoder: Encoder;
      device: string;
      /** Pixels, both even. */
      width: number;
      height: number;
      deinterlace: boolean;
      bitRate?: number;
      burnIn?: BurnIn;
    }>;

export type AudioWork = Readonly<{ how: 'copy' | 'encode'; stream: number }>;

export type SegmentWork = Readonly<{
  path: string;
  video: VideoWork;
  audio: AudioWork | undefined;
  /** Where the first wanted segment begins, and those after it. Seconds from the beginning of the film. */
  starts: readonly number[];
}>;

/** Read a little earlier than what is wanted: the keyframe must not be missed by a rounding, and an audio encoder needs a run-up. */
const RUN_UP = 0.2;
const seconds = (value: number): string => value.toFixed(6);

/** One ffmpeg that writes the film from the first of `starts` on as a transport stream to its output. */
export function segmentCommand({ path, video, audio, starts }: SegmentWork): readonly string[] {
  const seek = Math.max(0, (starts[0] ?? 0) - RUN_UP);
  const mapped = picturesOf(video);
  return [
    ...QUIET,
    ...(video.how === 'encode' ? ENCODER_SPECS[video.encoder].setup(video.device) : []),
    ...(seek > 0 ? ['-ss', seconds(seek)] : []),
    ...inputArgs(path),
    ...mapped.args,
    '-map',
    mapped.label,
    ...(audio ? ['-map', `0:${audio.stream}`] : []),
    ...['-map_metadata', '-1', '-map_chapters', '-1'],
    ...(video.how === 'copy' ? ['-c:v', 'copy'] : [...encoderArgs(video.encoder, video.bitRate), ...keyframesAt(starts)]),
    ...soundOf(audio),
    // The times of the film, whichever part of it is made: pieces of several runs fit together.
    ...['-copyts', '-start_at_zero', '-avoid_negative_ts', 'disabled', '-output_ts_offset', String(TS_OFFSET)],
    ...['-muxdelay', '0', '-muxpreload', '0', '-max_muxing_queue_size', '4096'],
    ...['-mpegts_copyts', '1', '-mpegts_pmt_start_pid', String(TS_LAYOUT.tablePid), '-mpegts_start_pid', String(TS_LAYOUT.videoPid)],
    ...['-f', 'mpegts', 'pipe:1'],
  ];
}

/** One by one, since an expression counts its time from wherever ffmpeg began to read, and these are times of the film. */
const keyframesAt = (starts: readonly number[]): readonly string[] => [
  '-force_key_frames',
  starts.map((start) => Number(start.toFixed(3))).join(','),
  '-g',
  '9999',
];

const soundOf = (audio: AudioWork | undefined): readonly string[] => {
  if (audio === undefined) return [];
  if (audio.how === 'copy') return ['-c:a', 'copy'];
  return ['-c:a', 'aac', '-b:a', '192k', '-ac', '2', '-ar', '48000', '-af', 'aresample=async=1'];
};

function picturesOf(video: VideoWork): Readonly<{ args: readonly string[]; label: string }> {
  const stream = `0:${video.stream}`;
  if (video.how === 'copy') return { args: [], label: stream };
  const { burnIn } = video;
  const chain = [
    ...(video.deinterlace ? ['yadif=deint=interlaced'] : []),
    `scale=${video.width}:${video.height}`,
    'setsar=1',
    ...(burnIn?.kind === 'text' ? [`subtitles=filename=${burnIn.file}`] : []),
    ...ENCODER_SPECS[video.encoder].filters,
  ].join(',');
  if (burnIn?.kind !== 'pictures') return { args: ['-vf', chain], label: stream };
  // Pictures of subtitles are made for a whole screen, of which a wide film lacks a strip above and below.
  const overlay = `[${stream}][0:${burnIn.stream}]overlay=x=(main_w-overlay_w)/2:y=main_h-overlay_h:eof_action=pass,${chain}[picture]`;
  return { args: ['-filter_complex', overlay], label: '[picture]' };
}

/** Every text track of the film in one reading, each into a file of its own. */
export function extractCommand(path: string, tracks: readonly Readonly<{ stream: number; codec: 'webvtt' | 'ass'; file: string }>[]) {
  const outputs = tracks.flatMap(({ stream, codec, file }) => ['-map', `0:${stream}`, '-c:s', codec, '-f', codec, '-y', `file:${file}`]);
  return [...QUIET, ...inputArgs(path), ...outputs];
}
