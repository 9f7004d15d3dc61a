import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFfmpeg } from './ffmpeg.ts';

export type FilmWish = Readonly<{
  seconds?: number;
  size?: string;
  /** Frames between two keyframes. */
  gop?: number;
  video?: readonly string[];
  audio?: readonly string[];
  /** SubRip within the film. */
  subtitles?: string;
  /** What else the container is told. */
  more?: readonly string[];
}>;

export const SUBRIP = `1
00:00:01,000 --> 00:00:04,000
Hello <i>there</i>

2
00:00:05,500 --> 00:00:09,000
Second & last
`;

/** Pictures and sound as most films have them: H.264 with frames that are shown in another order than they are stored, and AAC. */
const VIDEO = ['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '2', '-b_strategy', '0', '-pix_fmt', 'yuv420p'];
const AUDIO = ['-c:a', 'aac', '-b:a', '96k'];

export type Films = ReturnType<typeof openFilms>;

/** A folder of films that ffmpeg makes on the spot. */
export function openFilms() {
  const { ffmpeg, ffprobe } = findFfmpeg();
  const folder = mkdtempSync(join(tmpdir(), 'usherr-films-'));

  function run(program: string, args: readonly string[]): string {
    const done = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, GCONV_PATH: '/nowhere' }, maxBuffer: 64 * 1_048_576 });
    if (done.status !== 0) throw new Error(`${program} ${args.join(' ')} failed: ${done.stderr}`);
    return done.stdout;
  }

  return {
    folder,
    path: (name: string): string => join(folder, name),
    ffmpeg: (...args: readonly string[]): string => run(ffmpeg, ['-v', 'error', '-y', ...args]),
    ffprobe: (...args: readonly string[]): string => run(ffprobe, ['-v', 'error', ...args]),

    make(
      name: string,
      { seconds = 12, size = '320x180', gop = 48, video = VIDEO, audio = AUDIO, subtitles, more = [] }: FilmWish = {},
    ): string {
      const path = join(folder, name);
      const inner = join(folder, `${name}.inner.srt`);
      if (subtitles !== undefined) writeFileSync(inner, subtitles);
      run(ffmpeg, [
        ...['-v', 'error', '-y'],
        ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=24000/1001:duration=${seconds}`],
        ...['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${seconds}`],
        ...(subtitles === undefined
          ? []
          : ['-i', inner, '-c:s', name.endsWith('.mp4') ? 'mov_text' : 'srt', '-metadata:s:s:0', 'language=ger']),
        ...['-map', '0', '-map', '1', ...(subtitles === undefined ? [] : ['-map', '2'])],
        ...[...video, '-g', String(gop), ...audio, ...more, path],
      ]);
      rmSync(inner, { force: true });
      return path;
    },

    /** The packets of a file, as lines of stream, time of decoding and time of showing, in units of its streams. */
    packets(path: string): readonly Readonly<{ stream: number; dts: number; pts: number; key: boolean; sum: string }>[] {
      const lines = run(ffmpeg, [
        '-v',
        'fatal',
        '-copyts',
        '-i',
        path,
        '-map',
        '0:v',
        '-map',
        '0:a?',
        '-c',
        'copy',
        '-bsf:v',
        'h264_mp4toannexb',
        '-f',
        'framecrc',
        '-',
      ]);
      return lines
        .split('\n')
        .filter((line) => /^\d/.test(line))
        .map((line) => {
          const [stream, dts, pts, , , sum = '', ...flags] = line.split(',').map((part) => part.trim());
          return { stream: Number(stream), dts: Number(dts), pts: Number(pts), key: !flags.includes('F=0x0'), sum };
        });
    },

    /** How many programs run here that were told to read the film. Only Linux tells. */
    programsOn(name: string): number {
      if (!existsSync('/proc')) return 0;
      const lines = readdirSync('/proc').flatMap((pid) => {
        try {
          return /^\d+$/.test(pid) ? [readFileSync(join('/proc', pid, 'cmdline'), 'utf8')] : [];
        } catch {
          return [];
        }
      });
      return lines.filter((line) => line.includes(join(folder, name))).length;
    },

    close: (): void => rmSync(folder, { recursive: true, force: true }),
  };
}
