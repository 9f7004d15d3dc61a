import { basename } from 'node:path';
import type { LocalFile } from '#core/connections/index.ts';
import { AppError, messageOf } from '#kernel/app-error.ts';
import { type Clock, type Duration, hours, type Instant, seconds } from '#kernel/instant.ts';
import { packetsCommand, probeCommand } from './ffmpeg-command.ts';
import { withBytes } from './file-bytes.ts';
import { matroskaKeyframes } from './matroska-index.ts';
import { type MediaFacts, readFacts } from './media-facts.ts';
import type { MediaTools } from './media-tools.ts';
import { mp4Keyframes } from './mp4-index.ts';
import type { ProgramRunner } from './run-program.ts';

export type MediaProbe = Readonly<{
  /** What is in the file. Throws `upstream-unreadable` where it is no film, `misconfigured` where there is no ffprobe. */
  facts(file: LocalFile): Promise<MediaFacts>;
  /** Where its picture can be cut, in seconds from its beginning; undefined where that cannot be told in good time. */
  keyframes(file: LocalFile): Promise<readonly number[] | undefined>;
}>;

export type MediaProbeDeps = Readonly<{ clock: Clock; tools: MediaTools; runner: Pick<ProgramRunner, 'run'> }>;

const KEPT: Duration = hours(24);
const MOST_KEPT = 500;
const PROBE_PATIENCE: Duration = seconds(30);
/** How long a whole file may be read for its keyframes, while somebody waits for the film to begin. */
const SCAN_PATIENCE: Duration = seconds(10);

/** A file that has been replaced is another one. */
const keyOf = (file: LocalFile): string => `${file.real}\0${file.size}\0${file.modifiedMs}`;

/** What ffprobe and the files' own indexes tell, kept for a day: two people who ask at once make one question. */
export function createMediaProbe({ clock, tools, runner }: MediaProbeDeps): MediaProbe {
  const facts = createMemory<MediaFacts>(clock);
  const keyframes = createMemory<readonly number[] | undefined>(clock);

  async function readFile(file: LocalFile): Promise<MediaFacts> {
    const program = await tools.find('ffprobe');
    const failed = (why: string, cause?: unknown): AppError =>
      new AppError('upstream-unreadable', `ffprobe cannot read ${basename(file.path)}: ${why}`, { cause });
    const signal = AbortSignal.timeout(PROBE_PATIENCE);
    const done = await runner.run({ program, args: probeCommand(file.real), signal }).catch((cause: unknown) => {
      throw failed(signal.aborted ? `it took longer than ${PROBE_PATIENCE / 1_000} s.` : messageOf(cause), cause);
    });
    const found = readFacts(done.stdout.toString('utf8'));
    if (done.code === 0 && found) return found;
    throw failed(lastLine(done.stderr.replaceAll(`file:${file.real}`, basename(file.path))) || 'it is no film.');
  }

  async function indexOf(file: LocalFile, { container }: MediaFacts): Promise<readonly number[] | undefined> {
    const names = container.split(',');
    const reader = names.includes('matroska') ? matroskaKeyframes : names.includes('mp4') ? mp4Keyframes : undefined;
    // An index that is broken is no index: ffprobe has the last word on whether the file can be read.
    return reader && withBytes(file.real, reader).catch(() => undefined);
  }

  async function scan(file: LocalFile, stream: number): Promise<readonly number[] | undefined> {
    const program = await tools.find('ffprobe');
    const signal = AbortSignal.timeout(SCAN_PATIENCE);
    const done = await runner.run({ program, args: packetsCommand(file.real, stream), signal }).catch((error: unknown) => {
      if (signal.aborted) return undefined;
      throw error;
    });
    if (done?.code !== 0) return undefined;
    return readPackets(done.stdout.toString('latin1'));
  }

  return {
    facts: (file) => facts(keyOf(file), () => readFile(file)),
    keyframes: (file) =>
      keyframes(keyOf(file), async () => {
        const known = await facts(keyOf(file), () => readFile(file));
        if (!known.video) return undefined;
        const times = (await indexOf(file, known)) ?? (await scan(file, known.video.index));
        return times?.map((time) => time - known.startTime);
      }),
  };
}

/** Keyframes among lines such as `2.524000,K__`, in the order of their times. */
export const readPackets = (csv: string): readonly number[] =>
  csv
    .split('\n')
    .flatMap((line) => {
      const [time = '', flags = ''] = line.split(',');
      return flags.startsWith('K') && time !== '' && Number.isFinite(Number(time)) ? [Number(time)] : [];
    })
    .sort((a, b) => a - b);

export const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)?.trim() ?? '';

/** Answers by key for a day. What fails is not kept. */
function createMemory<T>(clock: Clock): (key: string, ask: () => Promise<T>) => Promise<T> {
  const kept = new Map<string, Readonly<{ at: Instant; answer: Promise<T> }>>();
  return (key, ask) => {
    const known = kept.get(key);
    if (known && clock.now() - known.at < KEPT) return known.answer;
    const answer = ask();
    kept.delete(key);
    kept.set(key, { at: clock.now(), answer });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    answer.catch(() => kept.delete(key));
    return answer;
  };
}
