import type { Account, FileStanding, LocalFiles, Reach } from '#core/connections/index.ts';
import { isAppError } from '#kernel/app-error.ts';
import { ENCODER_SPECS } from './encoders.ts';
import type { Hardware } from './hardware.ts';
import type { MediaProbe } from './media-probe.ts';
import type { Subtitles } from './subtitles.ts';

/** A file that an account's server named for a title. */
export type ReportedFile = Readonly<{ account: Account; path: string }>;

/** A file of a title as this machine sees it. */
export type DescribedFile = Readonly<{
  /** Here; as its server names it where it has no place here. */
  path: string;
  /** Names of the accounts whose servers named it. */
  source: readonly string[];
  standing: FileStanding;
  /** As ffprobe tells it; empty where the file could not be read. */
  ffprobe: Readonly<{ streams: readonly unknown[]; format: Readonly<Record<string, unknown>> }>;
  /** Paths of the subtitles beside it. */
  subtitles: readonly string[];
  /** Why it could not be read. */
  error?: string;
}>;

export type DescribedHardware = Readonly<{
  codecs: readonly Readonly<{ codec: string; name: string; hwaccel: boolean }>[];
  devices: readonly string[];
}>;

export type DescribingDeps = Readonly<{
  files: LocalFiles;
  probe: MediaProbe;
  subtitles: Subtitles;
  hardware: Hardware;
}>;

const NOTHING_TOLD: DescribedFile['ffprobe'] = { streams: [], format: {} };

export function createDescribing({ files, probe, subtitles, hardware }: DescribingDeps) {
  /** What is thrown on purpose is told of the file; the rest is a bug. */
  async function orFault<T extends object>(work: () => Promise<T>, otherwise: T): Promise<T & Readonly<{ error?: string }>> {
    try {
      return await work();
    } catch (error) {
      if (!isAppError(error)) throw error;
      return { ...otherwise, error: error.message };
    }
  }

  const describe = (path: string, reach: Reach): Promise<Pick<DescribedFile, 'ffprobe' | 'subtitles' | 'error'>> =>
    orFault(
      async () => {
        const file = await files.open(path, reach);
        const beside = (await subtitles.sidecars(file, reach)).map((sidecar) => sidecar.path);
        const read = await orFault(async () => ({ ffprobe: (await probe.facts(file)).told }), { ffprobe: NOTHING_TOLD });
        const isRead = read.error === undefined;
        return {
          ...read,
          ...(isRead && { ffprobe: { ...read.ffprobe, format: { ...read.ffprobe.format, filename: path } } }),
          subtitles: beside,
        };
      },
      { ffprobe: NOTHING_TOLD, subtitles: [] },
    );

  return {
    /** One entry for each file, however many servers named it, by whatever name. A file that cannot be read is told, and no error. */
    async files(reported: readonly ReportedFile[], reach: Reach): Promise<readonly DescribedFile[]> {
      const placed = await Promise.all(
        reported.map(async ({ account, path }) => ({ name: account.name, path, place: await files.locate(account, path) })),
      );
      const groups = [...Map.groupBy(placed, ({ path, place }) => place?.path ?? path)];
      const standings = await files.look(
        groups.map(([, same]) => same[0]?.place),
        reach,
      );
      return Promise.all(
        groups.map(async ([path, same], index) => {
          const standing = standings[index] ?? 'unknown';
          const read = standing === 'there' ? await describe(path, reach) : { ffprobe: NOTHING_TOLD, subtitles: [] };
          return { path, source: [...new Set(same.map((one) => one.name))], standing, ...read };
        }),
      );
    },

    /** What can encode here; nothing where there is no ffmpeg. */
    async hardware(): Promise<DescribedHardware> {
      const tried = await hardware.encoders().catch((error: unknown) => {
        if (isAppError(error, 'misconfigured')) return [];
        throw error;
      });
      const codecs = tried
        .filter((one) => one.reason === undefined)
        .map(({ encoder }) => ({ codec: encoder, name: ENCODER_SPECS[encoder].name, hwaccel: ENCODER_SPECS[encoder].hardware }));
      return { codecs, devices: await hardware.devices() };
    },
  };
}
