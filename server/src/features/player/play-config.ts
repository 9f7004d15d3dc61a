import { AppError, type FieldFault } from '#kernel/app-error.ts';
import { isRecord } from '#kernel/json.ts';
import { ENCODERS, type Encoder } from './encoders.ts';

/** What somebody wants of a film, beside the film itself. Streams are counted as ffprobe counts them. */
export type PlayConfig = Readonly<{
  audio?: number;
  /** Burned into the picture: a stream of the film, or the path of a file beside it. */
  subtitle?: number | string;
  /** Tell the command lines. */
  debug: boolean;
  /** Whether pictures and sound that a browser can play are passed on as they are. */
  directPlay: boolean;
  /** The player brings the subtitles by itself: the playlist names none. */
  browserSubtitles: boolean;
  encoder?: Encoder;
  device?: string;
  /** Bits a second. */
  bitRate?: number;
}>;

export const DEFAULT_CONFIG: PlayConfig = { debug: false, directPlay: true, browserSubtitles: false };

type Reader<T> = (value: unknown) => T | undefined;

const TRUTHS: ReadonlyMap<unknown, boolean> = new Map<unknown, boolean>([
  [true, true],
  [1, true],
  ['1', true],
  ['true', true],
  [false, false],
  [0, false],
  ['0', false],
  ['false', false],
]);

const whole: Reader<number> = (value) => {
  const number = typeof value === 'string' && /^\d{1,4}$/.test(value) ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 0 && number < 10_000 ? number : undefined;
};
const truth: Reader<boolean> = (value) => TRUTHS.get(value);
const encoder: Reader<Encoder> = (value) => ENCODERS.find((one) => one === value);
const device: Reader<string> = (value) => (typeof value === 'string' && /^\/dev\/dri\/renderD\d{1,4}$/.test(value) ? value : undefined);

/** `4000000`, `4000k` and `4M` alike. */
const rate: Reader<number> = (value) => {
  const [, digits, unit = ''] = /^(\d{1,9})([kM]?)$/.exec(String(value)) ?? [];
  const bits = digits === undefined ? Number.NaN : Number(digits) * ({ k: 1_000, M: 1_000_000 }[unit] ?? 1);
  return bits >= 100_000 && bits <= 200_000_000 ? bits : undefined;
};
const subtitle: Reader<number | string> = (value) =>
  whole(value) ?? (typeof value === 'string' && value !== '' && value.length <= 4_000 && !value.includes('\0') ? value : undefined);

/** Reads what a client sends; members that are not known here are left alone, null and '' say nothing. Throws `invalid` naming the members. */
export function readConfig(given: unknown): PlayConfig {
  if (given === undefined || given === null) return DEFAULT_CONFIG;
  if (!isRecord(given))
    throw new AppError('invalid', 'config: must be an object', { faults: [{ field: 'config', message: 'must be an object' }] });
  const members: Readonly<Record<string, unknown>> = given;
  const faults: FieldFault[] = [];
  function read<T>(name: string, reader: Reader<T>, wanted: string): T | undefined {
    const value = members[name];
    if (value === undefined || value === null || value === '') return undefined;
    const found = reader(value);
    if (found === undefined) faults.push({ field: `config.${name}`, message: wanted });
    return found;
  }
  const [audio, burned] = [
    read('audio', whole, 'must be the number of a stream'),
    read('subtitle', subtitle, 'must be the number of a stream or the path of a file'),
  ];
  const [chosen, opened, bits] = [
    read('video_codec', encoder, `must be one of ${ENCODERS.join(', ')}`),
    read('vaapi_device', device, 'must be a device such as /dev/dri/renderD128'),
    read('video_bitrate', rate, 'must be bits a second, such as 4000000 or 4M, from 100k to 200M'),
  ];
  const isTrue = 'must be true or false';
  const config: PlayConfig = {
    ...(audio !== undefined && { audio }),
    ...(burned !== undefined && { subtitle: burned }),
    debug: read('debug', truth, isTrue) ?? DEFAULT_CONFIG.debug,
    directPlay: read('direct_play', truth, isTrue) ?? DEFAULT_CONFIG.directPlay,
    browserSubtitles: read('browser_subtitles', truth, isTrue) ?? DEFAULT_CONFIG.browserSubtitles,
    ...(chosen && { encoder: chosen }),
    ...(opened !== undefined && { device: opened }),
    ...(bits !== undefined && { bitRate: bits }),
  };
  if (faults.length === 0) return config;
  throw new AppError('invalid', faults.map(({ field, message }) => `${field}: ${message}`).join('; '), { faults });
}
