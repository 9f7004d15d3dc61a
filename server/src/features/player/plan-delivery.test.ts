import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import type { MediaFacts, VideoFacts } from './media-facts.ts';
import { chooseEncoders, type DeliveryFacts, planDelivery } from './plan-delivery.ts';
import { DEFAULT_CONFIG } from './play-config.ts';

const VIDEO: VideoFacts = {
  index: 0,
  codec: 'h264',
  profile: 'High',
  pixelFormat: 'yuv420p',
  width: 1_920,
  height: 800,
  interlaced: false,
  rotated: false,
};
const AUDIO = [
  { index: 1, codec: 'ac3', channels: 6, isDefault: false },
  { index: 2, codec: 'aac', channels: 2, isDefault: true },
];
const SUBTITLES = [
  { index: 3, codec: 'subrip', kind: 'text', isDefault: false, isForced: false },
  { index: 4, codec: 'hdmv_pgs_subtitle', kind: 'pictures', isDefault: false, isForced: false },
  { index: 5, codec: 'eia_608', kind: 'other', isDefault: false, isForced: false },
] as const;
const plan = (
  video: Partial<VideoFacts> = {},
  config: Partial<DeliveryFacts['config']> = {},
  more: Partial<DeliveryFacts & MediaFacts> = {},
) =>
  planDelivery({
    facts: {
      container: 'matroska,webm',
      startTime: 0,
      duration: 30,
      video: { ...VIDEO, ...video },
      audio: AUDIO,
      subtitles: SUBTITLES,
      told: { streams: [], format: {} },
      ...more,
    },
    keyframes: [0, 5, 10, 15, 20, 25],
    config: { ...DEFAULT_CONFIG, ...config },
    length: 6,
    ...more,
  });

describe('how a film is handed out', () => {
  it('is as it is, where every browser plays it', () => {
    expect(plan()).toEqual({
      video: { how: 'copy', stream: 0 },
      audio: { how: 'copy', stream: 2 },
      burn: undefined,
      segments: [
        { start: 0, duration: 10 },
        { start: 10, duration: 10 },
        { start: 20, duration: 10 },
      ],
    });
  });

  it.each<[string, Parameters<typeof plan>, string]>([
    ['another codec', [{ codec: 'hevc' }], 'hevc'],
    ['ten bits', [{ pixelFormat: 'yuv420p10le' }], 'yuv420p10le'],
    ['halves of pictures', [{ interlaced: true }], 'interlaced'],
    ['a picture that is turned', [{ rotated: true }], 'turned'],
    ['a wish', [{}, { directPlay: false }], 'direct play'],
    ['a rate', [{}, { bitRate: 1_000_000 }], 'bit rate'],
    ['an encoder', [{}, { encoder: 'libx264' }], 'libx264'],
    ['a subtitle', [{}, { subtitle: 3 }], 'subtitle'],
    ['a container without times', [{}, {}, { container: 'avi' }], 'avi'],
    ['no known keyframes', [{}, {}, { keyframes: undefined }], 'not known'],
    ['keyframes far apart', [{}, {}, { keyframes: [0, 25] }], 'far apart'],
  ])('is encoded for %s', (_why, args, why) => {
    const made = plan(...args);
    expect(made).toMatchObject({ video: { how: 'encode' }, why: expect.stringContaining(why) });
    expect(made.segments).toHaveLength(5);
  });

  it('has no more segments than a command line can name', () => {
    const { segments } = plan({ duration: 36_000 }, { directPlay: false }, { duration: 36_000, length: 1 });
    expect([segments.length <= 8_000, segments.at(-1)?.start]).toEqual([true, 35_995]);
  });

  it('has the sound that is asked for, else that of the film', () => {
    expect(plan({}, { audio: 1 }).audio).toEqual({ how: 'encode', stream: 1 });
    expect(plan({}, { directPlay: false }).audio).toEqual({ how: 'encode', stream: 2 });
    expect(plan({}, {}, { audio: AUDIO.map((stream) => ({ ...stream, isDefault: false })) }).audio).toEqual({ how: 'encode', stream: 1 });
    expect(plan({}, {}, { audio: [] }).audio).toBeUndefined();
  });

  it.each([
    [3_840, 2_160, 1_920, 1_080],
    [3_840, 1_600, 1_920, 800],
    [1_080, 1_920, 608, 1_080],
    [853, 481, 854, 482],
    [640, 360, 640, 360],
    [0, 0, 2, 2],
  ])('is no larger than 1080p and of even numbers: %i × %i becomes %i × %i', (width, height, wide, high) => {
    expect(plan({ width, height }, { directPlay: false }).video).toMatchObject({ width: wide, height: high });
  });

  it('burns in text and pictures, and files beside it', () => {
    expect(plan({}, { subtitle: 3 }).burn).toEqual({ kind: 'text', stream: 3 });
    expect(plan({}, { subtitle: 4 }).burn).toEqual({ kind: 'pictures', stream: 4 });
    expect(plan({}, { subtitle: '/films/A.srt' }).burn).toEqual({ kind: 'file', path: '/films/A.srt' });
  });

  it('is as long as its picture', () => {
    expect(plan({ duration: 20 }, { directPlay: false }).segments.at(-1)).toEqual({ start: 18, duration: 2 });
  });

  it.each<[string, Parameters<typeof plan>, string]>([
    ['without a length', [{}, {}, { duration: undefined } as never], 'path'],
    ['without that sound', [{}, { audio: 3 }], 'config.audio'],
    ['without that subtitle', [{}, { subtitle: 1 }], 'config.subtitle'],
    ['with a subtitle that cannot be burned in', [{}, { subtitle: 5 }], 'config.subtitle'],
  ])('is refused for a film %s', (_what, args, field) => {
    expect(() => plan(...args)).toThrow(expect.objectContaining({ code: 'invalid', faults: [expect.objectContaining({ field })] }));
  });
});

describe('the encoder', () => {
  const tried = [{ encoder: 'h264_vaapi', reason: 'there is no device' }, { encoder: 'h264_qsv' }, { encoder: 'libx264' }] as const;

  it.each([
    [undefined, 'auto', ['h264_qsv', 'libx264']],
    [undefined, 'libx264', ['libx264', 'h264_qsv']],
    [undefined, 'h264_vaapi', ['h264_qsv', 'libx264']],
    ['libx264', 'auto', ['libx264']],
  ] as const)('wanted %s, preferred %s: %j', (wanted, preferred, expected) => {
    expect(chooseEncoders({ wanted, preferred }, tried)).toEqual(expected);
  });

  it('is refused where it is asked for and does not work, and missed where there is none', () => {
    expect(() => chooseEncoders({ wanted: 'h264_vaapi', preferred: 'auto' }, tried)).toThrow('there is no device');
    expect(() => chooseEncoders({ wanted: 'h264_nvenc', preferred: 'auto' }, tried)).toThrow('does not have it');
    expect(() => chooseEncoders({ wanted: undefined, preferred: 'auto' }, [])).toThrow(AppError);
  });
});
