import { describe, expect, it } from 'vitest';
import { readFacts } from './media-facts.ts';

const read = (
  streams: readonly object[],
  format: object = { format_name: 'matroska,webm', duration: '60.5', start_time: '0.021', bit_rate: '1000' },
) => readFacts(JSON.stringify({ streams, format }));
const PICTURE = { index: 0, codec_type: 'video', codec_name: 'h264', profile: 'High', pix_fmt: 'yuv420p', width: 1_920, height: 1_080 };

describe('what ffprobe tells', () => {
  it('is read into the facts of a film', () => {
    expect(
      read([
        { index: 0, codec_type: 'video', codec_name: 'mjpeg', disposition: { attached_pic: 1 } },
        { ...PICTURE, index: 1, field_order: 'progressive', tags: { DURATION: '00:01:00.480000000' } },
        {
          index: 2,
          codec_type: 'audio',
          codec_name: 'ac3',
          channels: 6,
          disposition: { default: 1 },
          tags: { language: 'eng', title: 'Main' },
        },
        { index: 3, codec_type: 'subtitle', codec_name: 'hdmv_pgs_subtitle', disposition: { forced: 1 }, tags: { language: 'und' } },
        { index: 4, codec_type: 'subtitle', codec_name: 'ass' },
        { index: 5, codec_type: 'subtitle', codec_name: 'eia_608' },
      ]),
    ).toMatchObject({
      container: 'matroska,webm',
      startTime: 0.021,
      duration: 60.5,
      bitRate: 1_000,
      video: { index: 1, codec: 'h264', interlaced: false, rotated: false, width: 1_920, height: 1_080, duration: 60.48 },
      audio: [{ index: 2, codec: 'ac3', channels: 6, isDefault: true, language: 'eng', title: 'Main' }],
      subtitles: [
        { index: 3, kind: 'pictures', isForced: true },
        { index: 4, kind: 'text', isForced: false },
        { index: 5, kind: 'other' },
      ],
    });
  });

  it.each([
    ['upright where it is turned', { side_data_list: [{ rotation: -90 }] }, { rotated: true, width: 1_080, height: 1_920 }],
    ['turned by a tag of old', { tags: { rotate: '180' } }, { rotated: true, width: 1_920, height: 1_080 }],
    ['with square pixels', { width: 720, height: 576, sample_aspect_ratio: '64:45' }, { width: 1_024, height: 576 }],
    ['as it is where the ratio is not known', { sample_aspect_ratio: '0:1' }, { width: 1_920, height: 1_080 }],
    ['in halves', { field_order: 'tt' }, { interlaced: true }],
    ['whole where nobody knows', { field_order: 'unknown' }, { interlaced: false }],
  ])('shows the picture %s', (_how, more, expected) => {
    expect(read([{ ...PICTURE, ...more }])?.video).toMatchObject(expected);
  });

  it.each(['', 'no json', '[]', '{}', '{"streams":[]}', '{"streams":{},"format":{}}'])('is nothing where it is %j', (json) => {
    expect(readFacts(json)).toBeUndefined();
  });

  it('may lack nearly everything', () => {
    expect(read([], {})).toEqual({ container: '', startTime: 0, audio: [], subtitles: [], told: { streams: [], format: {} } });
  });
});
