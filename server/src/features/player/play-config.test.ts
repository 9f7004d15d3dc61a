import { describe, expect, it } from 'vitest';
import { AppError } from '#kernel/app-error.ts';
import { parseDuration } from './iso-duration.ts';
import { DEFAULT_CONFIG, readConfig } from './play-config.ts';

const fieldsOf = (given: unknown): string[] => {
  try {
    readConfig(given);
  } catch (error) {
    if (error instanceof AppError) return error.faults.map((fault) => fault.field);
    throw error;
  }
  return [];
};

describe('what is wanted of a film', () => {
  it.each([undefined, null, {}, { audio: null, subtitle: '', something: 'else' }])('is the usual for %j', (given) => {
    expect(readConfig(given)).toEqual(DEFAULT_CONFIG);
  });

  it('is read in the forms that clients write', () => {
    const given = {
      audio: '1',
      subtitle: 2,
      debug: 'true',
      direct_play: 0,
      browser_subtitles: 1,
      video_codec: 'h264_qsv',
      vaapi_device: '/dev/dri/renderD129',
      video_bitrate: '4M',
    };
    expect(readConfig(given)).toEqual({
      audio: 1,
      subtitle: 2,
      debug: true,
      directPlay: false,
      browserSubtitles: true,
      encoder: 'h264_qsv',
      device: '/dev/dri/renderD129',
      bitRate: 4_000_000,
    });
    expect(readConfig({ subtitle: '/films/A.en.srt', video_bitrate: 900_000 })).toMatchObject({
      subtitle: '/films/A.en.srt',
      bitRate: 900_000,
    });
    expect(readConfig({ video_bitrate: '500k' }).bitRate).toBe(500_000);
  });

  it('is refused with every member that is wrong', () => {
    expect(fieldsOf('x')).toEqual(['config']);
    const wrong = {
      audio: -1,
      subtitle: '/a\0',
      debug: 'perhaps',
      direct_play: 2,
      video_codec: 'libx265',
      vaapi_device: '/dev/sda',
      video_bitrate: '1',
    };
    expect(fieldsOf(wrong).toSorted()).toEqual(
      Object.keys(wrong)
        .map((name) => `config.${name}`)
        .toSorted(),
    );
  });

  it.each(['/dev/dri/renderD128;x', '/dev/dri/../sda', 'renderD128', 'hw:/dev/dri/renderD128,kernel_driver=x'])(
    'takes no device %s',
    (device) => {
      expect(fieldsOf({ vaapi_device: device })).toEqual(['config.vaapi_device']);
    },
  );
});

describe('a duration', () => {
  it.each<[string, number | undefined]>([
    ['PT24H', 86_400_000],
    ['P1DT30M', 88_200_000],
    ['P1W', 604_800_000],
    ['PT90S', 90_000],
    ['P', undefined],
    ['PT', undefined],
    ['PT0S', undefined],
    ['P1M', undefined],
    ['24H', undefined],
    ['-PT1H', undefined],
    ['PT1.5H', undefined],
    ['PT99999999999999999H', undefined],
  ])('%s is %s ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });
});
