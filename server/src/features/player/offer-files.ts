import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { FileStanding, LocalFiles, Reach } from '#core/connections/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import type { Duration } from '#kernel/instant.ts';
import type { ReportedFile } from './describe-files.ts';
import type { AudioFacts } from './media-facts.ts';
import type { MediaProbe } from './media-probe.ts';
import type { Subtitles } from './subtitles.ts';

/** A file of a title, as somebody chooses what to play. Its path stays here: `key` stands for it. */
export type OfferedFile = Readonly<{
  key: string;
  /** As its server names it. */
  path: string;
  name: string;
  /** The accounts whose servers named it. */
  sources: readonly string[];
  standing: FileStanding;
  /** Why it cannot be played from here. */
  fault?: string;
  durationMs?: Duration;
  width?: number;
  height?: number;
  video?: string;
  audio: readonly AudioFacts[];
  subtitles: readonly Readonly<{ id: string; name: string; language?: string }>[];
}>;

export type OfferingDeps = Readonly<{ files: LocalFiles; probe: MediaProbe; subtitles: Subtitles }>;

/** The same path is always the same key, and no path can be made of it. */
export const keyOf = (path: string): string => createHash('sha256').update(path).digest('hex').slice(0, 16);

type Read = Pick<OfferedFile, 'fault' | 'durationMs' | 'width' | 'height' | 'video' | 'audio' | 'subtitles'>;

export function createOffering({ files, probe, subtitles }: OfferingDeps) {
  async function read(path: string, reach: Reach): Promise<Read> {
    try {
      const film = await files.open(path, reach);
      const facts = await probe.facts(film);
      const tracks = await subtitles.tracks(film, facts, reach);
      const { video, duration } = facts;
      return {
        ...(duration !== undefined && { durationMs: Math.round(duration * 1_000) }),
        ...(video && { width: video.width, height: video.height, video: video.codec }),
        audio: facts.audio,
        subtitles: tracks.map(({ id, name, language }) => ({ id, name, ...(language !== undefined && { language }) })),
      };
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { fault: error.message, audio: [], subtitles: [] };
    }
  }

  /** One entry for each file, however many servers named it. A file that cannot be played is told with its reason. */
  return async (reported: readonly ReportedFile[], reach: Reach): Promise<readonly OfferedFile[]> => {
    const placed = await Promise.all(
      reported.map(async ({ account, path }) => ({ name: account.name, path, place: await files.locate(account, path) })),
    );
    const groups = [...Map.groupBy(placed, ({ path, place }) => place?.path ?? path)];
    const standings = await files.look(
      groups.map(([, same]) => same[0]?.place),
      reach,
    );
    return Promise.all(
      groups.map(async ([path, same], index): Promise<OfferedFile> => {
        const standing = standings[index] ?? 'unknown';
        const known = standing === 'missing' ? NOTHING : await read(path, reach);
        return { key: keyOf(path), path, name: basename(path), sources: [...new Set(same.map((one) => one.name))], standing, ...known };
      }),
    );
  };
}

const NOTHING: Read = { fault: 'The file is not there.', audio: [], subtitles: [] };
