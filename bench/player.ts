import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { createJellyfinFake } from '../server/src/integrations/jellyfin/jellyfin.fake.ts';
import { findFfmpeg } from '../server/tests/support/ffmpeg.ts';
import { type BenchHouse, startHouse } from './bench-house.ts';
import type { Figure, Reading } from './figure.ts';

const ALLOWED_MS = 1_000;
/** So that an index has something to say: a quarter of an hour, of a clip that is repeated. */
const CLIP_SECONDS = 12;
const FILM_SECONDS = 900;

/** From the playlist until the first segment has come, for a film that the house has never seen, and which is copied. */
export const playerFigure: Figure = {
  id: 'player',
  title: 'First segment of a film',
  async measure({ runs, folder, tell }) {
    const films = mkdtempSync(join(folder, 'films-'));
    const original = makeFilm(films);
    const jellyfin = await createJellyfinFake();
    const house = await startHouse(mkdtempSync(join(folder, 'player-')));
    const readings: Reading[] = [];
    try {
      const library = jellyfin.addLibrary({ name: 'Films', kind: 'movies' });
      // A file of its own for each run: what was learned of one says nothing of the next.
      const paths = Array.from({ length: runs }, (_, run) => {
        const path = join(films, `film-${run}.mkv`);
        copyFileSync(original, path);
        const ids = { imdb: `tt00${String(10_000 + run)}` };
        jellyfin.addTitle(library, { kind: 'movie', title: `Film ${run}`, year: 2_000, ids, path });
        return path;
      });
      const { baseUrl: url, owner } = jellyfin;
      await house.addBackend({ type: 'jellyfin', url, token: owner.token, user: owner.id });
      await house.runImport();
      for (const path of paths) {
        const reading = await playFirst(house, path);
        readings.push(reading);
        tell(`first segment ${readings.length}/${runs}: ${Math.round(reading.value)} ms`);
      }
    } finally {
      await house.close();
      await jellyfin.close();
    }
    return [
      { name: 'First segment of a 1080p film, copied', unit: 'ms', bar: ALLOWED_MS, against: { row: 'route', times: 1_000 }, readings },
    ];
  },
};

function makeFilm(folder: string): string {
  const { ffmpeg } = findFfmpeg();
  const [clip, film] = [join(folder, 'clip.mkv'), join(folder, 'original.mkv')];
  const run = (...args: string[]): void => {
    const done = spawnSync(ffmpeg, ['-v', 'error', '-y', ...args], { encoding: 'utf8' });
    if (done.status !== 0) throw new Error(`The film of the benchmark could not be made: ${done.stderr}`);
  };
  const pictures = ['-f', 'lavfi', '-i', `testsrc2=size=1920x1080:rate=24:duration=${CLIP_SECONDS}`];
  const sound = ['-f', 'lavfi', '-i', `sine=frequency=440:sample_rate=48000:duration=${CLIP_SECONDS}`];
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-b:v', '8M', '-g', '96', '-pix_fmt', 'yuv420p', '-c:a', 'aac'];
  run(...pictures, ...sound, ...codecs, clip);
  run('-stream_loop', '-1', '-i', clip, '-c', 'copy', '-t', String(FILM_SECONDS), film);
  return film;
}

async function playFirst(house: BenchHouse, path: string): Promise<Reading> {
  const { history } = await house.must('GET', `/history?path=${encodeURIComponent(path)}`);
  const [row] = history as { id: number }[];
  const { token } = await house.must('POST', `/system/sign/${row?.id}`, { path });
  const started = performance.now();
  const master = await text(house, `/v1/api/player/playlist/${String(token)}`);
  const media = await text(house, lineOf(master));
  const playlistMs = performance.now() - started;
  const segment = await fetch(`${house.address}${lineOf(media)}`);
  const bytes = (await segment.arrayBuffer()).byteLength;
  if (!segment.ok || bytes < 100_000) throw new Error(`The first segment was answered ${segment.status} with ${bytes} bytes.`);
  return { value: performance.now() - started, beside: { playlistMs, segmentMb: bytes / 1_000_000 } };
}

async function text(house: BenchHouse, path: string): Promise<string> {
  const response = await fetch(`${house.address}${path}`);
  const body = await response.text();
  if (!response.ok) throw new Error(`${path} was answered ${response.status}: ${body}`);
  return body;
}

/** The first address of a playlist. */
const lineOf = (playlist: string): string => playlist.split('\n').find((line) => line !== '' && !line.startsWith('#')) ?? '';
