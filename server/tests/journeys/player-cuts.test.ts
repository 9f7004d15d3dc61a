import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Account, LocalFiles } from '#core/connections/index.ts';
import { withBytes } from '#features/player/file-bytes.ts';
import { createPlayer, type Player } from '#features/player/index.ts';
import { matroskaKeyframes } from '#features/player/matroska-index.ts';
import { readPackets } from '#features/player/media-probe.ts';
import { mp4Keyframes } from '#features/player/mp4-index.ts';
import { loadConfig } from '#platform/config/index.ts';
import { silentLogger } from '#platform/logging/index.ts';
import { type Films, openFilms } from '#tests/support/films.ts';
import { pictureSubtitles } from '#tests/support/picture-subtitles.ts';

const TICKS = 90_000;
const OFFSET = 10;
const SECONDS = 40;
const LENGTH = 6;

let films: Films;
let folder: string;
let player: Player;

/** Every file is where it is. */
const files: LocalFiles = {
  locate: async (_account, path) => ({ path, root: '/', mapped: false }),
  look: async (places) => places.map(() => 'there'),
  async open(path) {
    const { size, mtimeMs } = statSync(path);
    return { path, real: path, size, modifiedMs: mtimeMs };
  },
};

beforeAll(() => {
  films = openFilms();
  folder = mkdtempSync(join(tmpdir(), 'usherr-player-'));
  films.make('film.mkv', { seconds: SECONDS, gop: 60 });
  const copy = (name: string, ...more: string[]) => films.ffmpeg('-i', films.path('film.mkv'), '-c', 'copy', ...more, films.path(name));
  copy('index-first.mkv', '-reserve_index_space', '50k');
  copy('film.mp4');
  copy('index-first.mp4', '-movflags', '+faststart');
  copy('fragments.mp4', '-movflags', 'frag_keyframe+empty_moov');
  copy('film.ts');
  copy('late.ts', '-output_ts_offset', '1000');
  films.ffmpeg('-ss', '11', '-i', films.path('film.mp4'), '-c', 'copy', films.path('cut.mp4'));
  films.make('dolby.mkv', { seconds: 20, audio: ['-c:a', 'ac3'] });
  films.make('mpeg4.avi', { seconds: 14, video: ['-c:v', 'mpeg4'], audio: ['-c:a', 'libmp3lame'] });
  films.make('silent.mkv', { seconds: 14, audio: ['-an'] });
  films.make('lines.mkv', {
    seconds: 14,
    video: ['-c:v', 'libx264', '-preset', 'ultrafast', '-flags', '+ilme+ildct', '-x264opts', 'tff=1'],
  });
  films.make('ten-bits.mkv', {
    seconds: 14,
    video: ['-c:v', 'libx265', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p10le', '-x265-params', 'log-level=none'],
  });
  films.make('disc.mkv', { seconds: 14, video: ['-vf', 'negate,lutyuv=y=40', '-c:v', 'libx264', '-preset', 'ultrafast'] });
  // The container begins with the first of them: it is shown from 0 to 3, the other from 7 to 10.
  const boxes = [1, 8].map((from) => ({ from, until: from + 3, x: 110, y: 140, width: 100, height: 30 }));
  writeFileSync(films.path('disc.sup'), pictureSubtitles({ width: 320, height: 180 }, boxes));
  films.ffmpeg(
    '-i',
    films.path('disc.mkv'),
    '-i',
    films.path('disc.sup'),
    '-map',
    '0',
    '-map',
    '1',
    '-c',
    'copy',
    films.path('pictures.mkv'),
  );
  player = createPlayer({
    clock: { now: () => Date.now() },
    settings: { get: async (definition) => definition.default },
    files,
    logger: silentLogger,
    dataDir: folder,
    programs: loadConfig(process.env).programs,
  });
}, 120_000);
afterAll(async () => {
  await player?.close();
  films?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function tokenOf(name: string, config: Record<string, unknown> = {}): Promise<string> {
  const path = films.path(name);
  const account = { name: 'plex' } as Account;
  return (await player.sign({ reported: [{ account, path }], path, time: undefined, config, reach: { anywhere: true }, people: [] })).token;
}

/** The segments as a player gets them, asked for in that order; and how long the playlist says that they are. */
async function segmentsOf(token: string, order: (count: number) => readonly number[]) {
  const playlist = await player.mediaPlaylist(token, { length: undefined, segmentUrl: (index) => `${index}.ts` });
  const lengths = [...playlist.matchAll(/#EXTINF:([\d.]+),/g)].map((match) => Number(match[1]));
  const signal = AbortSignal.timeout(60_000);
  const made = new Map<number, Buffer>();
  for (const index of order(lengths.length))
    made.set(index, readFileSync((await player.segment(token, index, { length: undefined, signal })).path));
  return { lengths, segments: lengths.map((_, index) => made.get(index) ?? expect.fail(`no segment ${index}`)) };
}

const forwards = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const backwards = (count: number): number[] => forwards(count).toReversed();
const here = (count: number): number[] => forwards(count).toSorted((a, b) => ((a * 5) % 7) - ((b * 5) % 7));

function packetsOf(name: string, bytes: Buffer) {
  writeFileSync(films.path(name), bytes);
  return films.packets(films.path(name));
}

describe('the keyframes of a film', () => {
  it.each(['film.mkv', 'index-first.mkv', 'film.mp4', 'index-first.mp4', 'cut.mp4'])('are found in the index of %s', async (name) => {
    const path = films.path(name);
    const known = readPackets(films.ffprobe('-select_streams', 'v:0', '-show_entries', 'packet=pts_time,flags', '-of', 'csv=p=0', path));
    const found = await withBytes(path, name.endsWith('mkv') ? matroskaKeyframes : mp4Keyframes);
    expect(found?.length).toBe(known.length);
    // A film that was cut begins with the part of a picture's time that is left.
    expect(Math.max(...known.map((time, index) => Math.abs(time - (found?.[index] ?? 99))))).toBeLessThan(
      name === 'cut.mp4' ? 0.05 : 0.001,
    );
  });

  it('are not invented where a file has no index, or is none', async () => {
    writeFileSync(films.path('noise'), Buffer.alloc(5_000, 'EBML moov '));
    writeFileSync(films.path('short.mkv'), readFileSync(films.path('film.mkv')).subarray(0, 300));
    for (const name of ['film.ts', 'fragments.mp4', 'noise', 'short.mkv']) {
      expect(await withBytes(films.path(name), matroskaKeyframes)).toBeUndefined();
      expect(await withBytes(films.path(name), mp4Keyframes)).toBeUndefined();
    }
  });
});

describe('segments that are copied', () => {
  it.each([
    ['film.mkv', 'forwards', forwards],
    ['film.mkv', 'backwards', backwards],
    ['film.mp4', 'here and there', here],
    ['film.mp4', 'backwards', backwards],
    ['fragments.mp4', 'backwards', backwards],
    ['film.ts', 'backwards', backwards],
    ['late.ts', 'here and there', here],
  ])('of %s, asked for %s, are the film without a gap and without a repetition', async (name, _how, order) => {
    const { lengths, segments } = await segmentsOf(await tokenOf(name), order);
    expect(lengths.length).toBeGreaterThan(4);
    films.ffmpeg('-i', films.path(name), '-map', '0:v', '-map', '0:a', '-c', 'copy', films.path('at-once.ts'));
    const sums = (packets: ReturnType<Films['packets']>) => packets.map(({ stream, sum }) => `${stream} ${sum}`).toSorted();
    expect(sums(packetsOf('joined.ts', Buffer.concat(segments)))).toEqual(sums(films.packets(films.path('at-once.ts'))));

    let start = 0;
    segments.forEach((bytes, index) => {
      const [first] = packetsOf('one.ts', bytes).filter((packet) => packet.stream === 0);
      expect([index, first?.key]).toEqual([index, true]);
      expect(Math.abs((first?.pts ?? 0) / TICKS - OFFSET - start)).toBeLessThan(0.1);
      start += lengths[index] ?? 0;
    });
    expect(start).toBeCloseTo(SECONDS, 0);
  });

  it('have their sound encoded where browsers cannot play it', async () => {
    const { segments } = await segmentsOf(await tokenOf('dolby.mkv'), backwards);
    writeFileSync(films.path('dolby.ts'), Buffer.concat(segments));
    expect(films.ffprobe('-show_entries', 'stream=codec_name,channels', '-of', 'csv=p=0', films.path('dolby.ts'))).toMatch(/^h264\s+aac,2/);
    const sound = films.packets(films.path('dolby.ts')).filter((packet) => packet.stream === 1);
    const steps = sound.slice(1).map((packet, index) => packet.pts - (sound[index]?.pts ?? 0));
    // A frame of sound lasts 1920 ticks: where another run begins, no more than one is missing or comes twice.
    expect([Math.max(...steps) <= 3_840, Math.min(...steps) >= 0]).toEqual([true, true]);
  });
});

describe('segments that are encoded', () => {
  it.each([
    ['film.mkv', { direct_play: false }, forwards],
    ['film.mkv', { direct_play: false }, backwards],
    ['mpeg4.avi', {}, here],
    ['ten-bits.mkv', {}, backwards],
    ['lines.mkv', {}, forwards],
    ['silent.mkv', { direct_play: false, video_bitrate: '500k' }, backwards],
  ])('of %s %j begin where the playlist says, with every picture once', async (name, config, order) => {
    const { lengths, segments } = await segmentsOf(await tokenOf(name, config), order);
    segments.forEach((bytes, index) => {
      const [first] = packetsOf('one.ts', bytes).filter((packet) => packet.stream === 0);
      expect([index, first?.key]).toEqual([index, true]);
      expect(Math.abs((first?.pts ?? 0) / TICKS - OFFSET - index * LENGTH)).toBeLessThan(0.1);
    });
    const pictures = packetsOf('joined.ts', Buffer.concat(segments)).filter((packet) => packet.stream === 0);
    const times = pictures.map((packet) => packet.pts).toSorted((a, b) => a - b);
    const duration = lengths.reduce((sum, length) => sum + length, 0);
    expect(Math.abs(times.length - (duration * 24_000) / 1_001)).toBeLessThan(3);
    const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect([Math.min(...steps) > 1_800, Math.max(...steps) < 8_000]).toEqual([true, true]);
    const [made = ''] = films
      .ffprobe('-show_entries', 'stream=codec_name,pix_fmt,field_order', '-of', 'csv=p=0', films.path('joined.ts'))
      .split('\n');
    expect(made).toMatch(/^h264,yuv420p/);
  });
});

describe('subtitles that are pictures', () => {
  /** How bright the place of the box is, 0 to 255, at that second of a segment. */
  function brightness(segment: Buffer, second: number): number {
    writeFileSync(films.path('box.ts'), segment);
    const place = `trim=start=${second},crop=60:20:130:145,scale=1:1,format=gray,signalstats,metadata=print:key=lavfi.signalstats.YAVG:file=-`;
    const told = films.ffmpeg('-i', films.path('box.ts'), '-frames:v', '1', '-an', '-vf', place, '-f', 'null', '-');
    return Number(/YAVG=([\d.]+)/.exec(told)?.[1] ?? 'NaN');
  }

  it('are burned in where they are on the screen, and when, also by an ffmpeg that begins in the middle', async () => {
    const { segments } = await segmentsOf(await tokenOf('pictures.mkv', { subtitle: 2 }), backwards);
    const [first, second] = segments;
    if (!first || !second) return expect.fail('there are two segments at least');
    expect([brightness(first, 2) > 180, brightness(first, 5) < 80]).toEqual([true, true]);
    expect([brightness(second, 0.5) < 80, brightness(second, 3) > 180]).toEqual([true, true]);
    const list = await player.masterPlaylist(await tokenOf('pictures.mkv'), {
      length: undefined,
      mediaUrl: 'm',
      subtitleUrl: ({ id }) => id,
    });
    expect(list).not.toContain('SUBTITLES');
  });
});
