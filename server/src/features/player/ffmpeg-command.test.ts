import { describe, expect, it } from 'vitest';
import { ENCODERS, type Encoder } from './encoders.ts';
import { extractCommand, packetsCommand, probeCommand, segmentCommand, trialCommand, type VideoWork } from './ffmpeg-command.ts';

const COPY: VideoWork = { how: 'copy', stream: 0 };
const encode = (more: Partial<Extract<VideoWork, { how: 'encode' }>> = {}): VideoWork => ({
  how: 'encode',
  stream: 0,
  encoder: 'libx264',
  device: '/dev/dri/renderD128',
  width: 1_280,
  height: 720,
  deinterlace: false,
  ...more,
});
const work = { path: '/films/A.mkv', video: COPY, audio: { how: 'copy', stream: 1 } as const, starts: [0, 6, 12] };
const after = (args: readonly string[], option: string): string | undefined => args[args.indexOf(option) + 1];

describe('a command line', () => {
  const all: [string, readonly string[]][] = [
    ['that makes segments', segmentCommand(work)],
    ['that reads a file', probeCommand('/films/A.mkv')],
    ['that reads packets', packetsCommand('/films/A.mkv', 0)],
    ['that takes subtitles out', extractCommand('/films/A.mkv', [{ stream: 2, codec: 'webvtt', file: '/cache/x.vtt' }])],
  ];

  it.each(all)('%s opens a container of this machine, and nothing that it names', (_what, args) => {
    const input = args.indexOf('-i');
    expect(args[input + 1]).toBe('file:/films/A.mkv');
    expect(args.slice(0, input)).toEqual(expect.arrayContaining(['-protocol_whitelist', 'file', '-format_whitelist']));
    expect(after(args, '-protocol_whitelist')).toBe('file');
    const formats = after(args, '-format_whitelist')?.split(',') ?? [];
    expect(formats).toEqual(expect.arrayContaining(['matroska', 'mp4', 'mpegts', 'avi']));
    for (const script of ['concat', 'hls', 'applehttp', 'dash', 'image2', 'lavfi', 'sdp', 'webm_dash_manifest'])
      expect(formats).not.toContain(script);
  });

  it.each(['-i.mkv', '/films/-y.mkv', '/films/http://host/x.mkv', "/films/'; rm -rf $HOME `id`.mkv", '/films/a|b,c[d]\n.mkv'])(
    'takes the name %j as it is, in one argument',
    (path) => {
      expect(segmentCommand({ ...work, path }).filter((arg) => arg.includes(path))).toEqual([`file:${path}`]);
    },
  );
});

describe('segments that are copied', () => {
  it('keep the times of the film', () => {
    const args = segmentCommand(work);
    expect(args).not.toContain('-ss');
    expect(args.slice(args.indexOf('-map')).join(' ')).toBe(
      '-map 0:0 -map 0:1 -map_metadata -1 -map_chapters -1 -c:v copy -c:a copy -copyts -start_at_zero -avoid_negative_ts disabled ' +
        '-output_ts_offset 10 -muxdelay 0 -muxpreload 0 -max_muxing_queue_size 4096 -mpegts_copyts 1 -mpegts_pmt_start_pid 4096 ' +
        '-mpegts_start_pid 256 -f mpegts pipe:1',
    );
  });

  it('are read from a little before where they begin', () => {
    const args = segmentCommand({ ...work, starts: [60.05, 66] });
    expect([after(args, '-ss'), args.indexOf('-ss') < args.indexOf('-i')]).toEqual(['59.850000', true]);
    expect(segmentCommand({ ...work, starts: [0.1] })).not.toContain('-ss');
  });

  it('may have no sound, or have it encoded', () => {
    expect(segmentCommand({ ...work, audio: undefined }).join(' ')).not.toContain('-c:a');
    expect(segmentCommand({ ...work, audio: { how: 'encode', stream: 3 } }).join(' ')).toContain('-c:a aac -b:a 192k -ac 2 -ar 48000');
  });
});

describe('segments that are encoded', () => {
  it('begin with a keyframe where they are said to', () => {
    const args = segmentCommand({ ...work, video: encode(), starts: [6, 12.5, 18] });
    expect(after(args, '-force_key_frames')).toBe('6,12.5,18');
    expect(after(args, '-sc_threshold')).toBe('0');
  });

  it.each<[Encoder, string, string]>([
    ['libx264', '', 'scale=1280:720,setsar=1,format=yuv420p'],
    ['h264_nvenc', '-hwaccel auto', 'scale=1280:720,setsar=1,format=yuv420p'],
    ['h264_qsv', '-hwaccel auto', 'scale=1280:720,setsar=1,format=nv12'],
    ['h264_vaapi', '-vaapi_device /dev/dri/renderD129 -hwaccel auto', 'scale=1280:720,setsar=1,format=nv12,hwupload'],
  ])('by %s get what it wants', (encoder, setup, filters) => {
    const args = segmentCommand({ ...work, video: encode({ encoder, device: '/dev/dri/renderD129' }) });
    expect(args.slice(0, args.indexOf('-i')).join(' ')).toContain(setup);
    expect([after(args, '-c:v'), after(args, '-vf')]).toEqual([encoder, filters]);
    expect(args.join(' ')).not.toContain(' -b:v ');
  });

  it.each(ENCODERS)('by %s can be held to a rate', (encoder) => {
    const args = segmentCommand({ ...work, video: encode({ encoder, bitRate: 4_000_000 }) }).join(' ');
    expect(args).toContain('-b:v 4000000 -maxrate 4000000 -bufsize 8000000');
    expect(args).not.toMatch(/ -(crf|cq|qp|global_quality) /);
    expect(args).toContain('-profile:v main');
  });

  it('are freed of their lines, and get text or pictures of subtitles', () => {
    const text = segmentCommand({ ...work, video: encode({ deinterlace: true, burnIn: { kind: 'text', file: 'sub-0a-burn.vtt' } }) });
    expect(after(text, '-vf')).toBe('yadif=deint=interlaced,scale=1280:720,setsar=1,subtitles=filename=sub-0a-burn.vtt,format=yuv420p');
    const pictures = segmentCommand({ ...work, video: encode({ burnIn: { kind: 'pictures', stream: 4 } }) });
    expect(after(pictures, '-filter_complex')).toBe(
      '[0:0][0:4]overlay=x=(main_w-overlay_w)/2:y=main_h-overlay_h:eof_action=pass,scale=1280:720,setsar=1,format=yuv420p[picture]',
    );
    expect(after(pictures, '-map')).toBe('[picture]');
  });
});

describe('the trial of an encoder', () => {
  it('opens the device that it is to use, and reads no file', () => {
    const args = trialCommand('h264_vaapi', '/dev/dri/renderD129').join(' ');
    expect(args).toContain('-vaapi_device /dev/dri/renderD129');
    expect(args).toContain('-f lavfi -i color=');
    expect(args).not.toContain(' file:');
  });
});
