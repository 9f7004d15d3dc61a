import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import type { LocalFile, LocalFiles, Reach } from '#core/connections/index.ts';
import { AppError, invalid, isAppError, messageOf } from '#kernel/app-error.ts';
import { minutes, seconds } from '#kernel/instant.ts';
import type { FileCache } from '#platform/file-cache/index.ts';
import { type BurnIn, extractCommand } from './ffmpeg-command.ts';
import type { SubtitleTrack } from './hls-playlist.ts';
import type { MediaFacts, SubtitleFacts } from './media-facts.ts';
import { lastLine } from './media-probe.ts';
import type { MediaTools } from './media-tools.ts';
import type { BurnChoice } from './plan-delivery.ts';
import type { ProgramRunner } from './run-program.ts';
import { createSharedWork } from './shared-work.ts';
import { findSidecars, languageName, type Sidecar } from './sidecars.ts';
import { decodeText, toWebVtt } from './subtitle-text.ts';

/** Which subtitles: of the file at that place of the list beside the film, or of that stream within it. */
export type SubtitleChoice = Readonly<{ source: 'x' | 'i'; index: number }>;

export type Subtitles = Readonly<{
  /** Files beside the film that may be read, in the order of their names. */
  sidecars(film: LocalFile, reach: Reach): Promise<readonly Sidecar[]>;
  /** What a player may choose from. */
  tracks(film: LocalFile, facts: MediaFacts, reach: Reach): Promise<readonly SubtitleTrack[]>;
  /** As WebVTT, and whether it was there already. Throws `invalid` for what is no text, `not-found` for what is gone. */
  webVtt(
    film: LocalFile,
    facts: MediaFacts,
    choice: SubtitleChoice,
    how: Readonly<{ reach: Reach; reload: boolean; signal: AbortSignal }>,
  ): Promise<Readonly<{ text: string; cached: boolean }>>;
  /** Lays out what ffmpeg needs to burn it in. */
  burnIn(film: LocalFile, facts: MediaFacts, choice: BurnChoice, how: Readonly<{ reach: Reach; signal: AbortSignal }>): Promise<BurnIn>;
  close(): Promise<void>;
}>;

export type SubtitlesDeps = Readonly<{
  files: Pick<LocalFiles, 'open'>;
  tools: MediaTools;
  runner: Pick<ProgramRunner, 'run'>;
  cache: FileCache;
}>;

const MOST_BYTES = 10 * 1_048_576;
/** A player that gave up asks again within moments. */
const LINGER = seconds(30);
/** The whole film must be read for the subtitles within it. */
const EXTRACT_PATIENCE = minutes(15);

const nameFor = (film: Readonly<{ real: string; size: number; modifiedMs: number }>, rest: string): string =>
  `sub-${createHash('sha256').update(`${film.real}\0${film.size}\0${film.modifiedMs}`).digest('hex').slice(0, 40)}-${rest}`;

const unreadable = (film: LocalFile, why: string, cause: unknown): AppError =>
  new AppError('upstream-unreadable', `The subtitles in ${basename(film.path)} cannot be read: ${why}.`, { cause });

const streamName = (film: LocalFile, stream: number, kind: 'vtt' | 'ass'): string => nameFor(film, `${stream}.${kind}`);

/** Subtitles beside films and within them. */
export function createSubtitles({ files, tools, runner, cache }: SubtitlesDeps): Subtitles {
  const extractions = createSharedWork<void>(LINGER);

  async function sidecars(film: LocalFile, reach: Reach): Promise<readonly Sidecar[]> {
    const found = await findSidecars(film.path);
    const readable = await Promise.all(
      found.map((sidecar) =>
        files.open(sidecar.path, reach).then(
          () => true,
          () => false,
        ),
      ),
    );
    return found.filter((_, index) => readable[index]);
  }

  async function open(path: string, reach: Reach): Promise<LocalFile> {
    const file = await files.open(path, reach);
    if (file.size > MOST_BYTES) throw invalid('subtitle', `${basename(path)} is too large for subtitles`);
    return file;
  }

  async function sidecarVtt(film: LocalFile, index: number, reach: Reach, reload: boolean) {
    const sidecar = (await sidecars(film, reach))[index];
    if (!sidecar) throw invalid('index', `there is no subtitle x${index} beside this film`);
    const file = await open(sidecar.path, reach);
    const name = nameFor(file, 'x.vtt');
    const known = reload ? undefined : await cache.find(name);
    if (known !== undefined) return { text: await readFile(known, 'utf8'), cached: true };
    const text = toWebVtt(sidecar.format, decodeText(await readFile(file.real)));
    if (text === undefined) throw invalid('subtitle', `there is no line of dialogue in ${basename(file.path)}`);
    await cache.put(name, text);
    return { text, cached: false };
  }

  /** All text of the film in one reading, since reading it is what takes the time. */
  async function extract(film: LocalFile, streams: readonly SubtitleFacts[], kind: 'vtt' | 'ass', signal: AbortSignal): Promise<void> {
    const program = await tools.find('ffmpeg');
    const tracks = await Promise.all(
      streams.map(async ({ index }) => ({
        stream: index,
        codec: kind === 'vtt' ? ('webvtt' as const) : kind,
        file: await cache.spare(kind),
      })),
    );
    try {
      const args = extractCommand(film.real, tracks);
      const done = await runner.run({ program, args, signal: AbortSignal.any([signal, AbortSignal.timeout(EXTRACT_PATIENCE)]) });
      if (done.code !== 0) throw new Error(lastLine(done.stderr.replaceAll(`file:${film.real}`, basename(film.path))) || 'ffmpeg failed');
      for (const { stream, file } of tracks) await cache.adopt(file, streamName(film, stream, kind));
    } catch (error) {
      throw unreadable(film, signal.aborted ? 'nobody waits for them any more' : messageOf(error), error);
    } finally {
      await Promise.all(tracks.map(({ file }) => rm(file, { force: true })));
    }
  }

  function textStream(facts: MediaFacts, index: number): SubtitleFacts {
    const stream = facts.subtitles.find((one) => one.index === index);
    if (!stream) throw invalid('index', `the stream ${index} is no subtitle`);
    if (stream.kind === 'text') return stream;
    throw invalid('index', `subtitles of the kind ${stream.codec} are no text; they can be burned in when the file is signed`);
  }

  async function streamFile(
    film: LocalFile,
    facts: MediaFacts,
    stream: number,
    kind: 'vtt' | 'ass',
    how: { reload: boolean; signal: AbortSignal },
  ) {
    const name = streamName(film, textStream(facts, stream).index, kind);
    const known = how.reload ? undefined : await cache.find(name);
    if (known !== undefined) return { path: known, cached: true };
    const streams = facts.subtitles.filter((one) => one.kind === 'text');
    await extractions.join(nameFor(film, kind), (signal) => extract(film, streams, kind, signal), how.signal);
    const path = await cache.find(name);
    if (path === undefined) throw new AppError('not-found', `The subtitles in ${basename(film.path)} are gone. Ask again.`);
    return { path, cached: false };
  }

  /**
   * ffmpeg's burner guesses what a file is by how it begins, and follows scripts that name other files. So it gets what we wrote ourselves,
   * or what begins as a file of styles does.
   */
  async function sidecarBurn(path: string, reach: Reach): Promise<BurnIn> {
    const file = await open(path, reach);
    const format = extname(path).slice(1).toLowerCase();
    const text = decodeText(await readFile(file.real)).replace(/^\uFEFF/, '');
    const styled = /^\[script info\]/i.test(text);
    const prepared = styled ? text : toWebVtt(format, text);
    if (prepared === undefined) throw invalid('config.subtitle', `there is no line of dialogue in ${basename(path)}`);
    const name = nameFor(file, `burn.${styled ? 'ass' : 'vtt'}`);
    if ((await cache.find(name)) === undefined) await cache.put(name, prepared);
    return { kind: 'text', file: name };
  }

  return {
    sidecars,

    async tracks(film, facts, reach) {
      const beside = (await sidecars(film, reach)).map((sidecar, index) => ({
        id: `x${index}`,
        name: `(x) ${[sidecar.language && languageName(sidecar.language), sidecar.note, `(${sidecar.format.toUpperCase()})`].filter(Boolean).join(' ')}`,
        ...(sidecar.language !== undefined && { language: sidecar.language }),
        isForced: sidecar.isForced,
      }));
      const within = facts.subtitles
        .filter((stream) => stream.kind === 'text')
        .map((stream) => ({
          id: `i${stream.index}`,
          name: `(i) ${stream.title ?? languageName(stream.language ?? 'und')} (${stream.codec})`,
          ...(stream.language !== undefined && { language: stream.language }),
          isForced: stream.isForced,
        }));
      return [...beside, ...within];
    },

    async webVtt(film, facts, { source, index }, { reach, reload, signal }) {
      if (source === 'x') return sidecarVtt(film, index, reach, reload);
      const { path, cached } = await streamFile(film, facts, index, 'vtt', { reload, signal });
      return { text: await readFile(path, 'utf8'), cached };
    },

    async burnIn(film, facts, choice, { reach, signal }) {
      if (choice.kind === 'pictures') return choice;
      if (choice.kind === 'file') {
        return sidecarBurn(choice.path, reach).catch((error: unknown) => {
          throw isAppError(error, 'forbidden') ? invalid('config.subtitle', 'may not be read') : error;
        });
      }
      const { path } = await streamFile(film, facts, choice.stream, 'ass', { reload: false, signal });
      return { kind: 'text', file: basename(path) };
    },

    close: () => extractions.close(),
  };
}
