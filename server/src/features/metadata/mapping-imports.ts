import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnimeCoordinates, AnimeMapping, MappingReport } from '#core/media/index.ts';
import { AppError } from '#kernel/app-error.ts';
import type { JobId } from '#kernel/ids.ts';
import { type Clock, days } from '#kernel/instant.ts';
import type { JobQueue } from '#platform/jobs/index.ts';

export type MappingImportsDeps = Readonly<{
  jobs: JobQueue;
  clock: Clock;
  coordinates: Pick<AnimeCoordinates, 'take'>;
  /** Both throw `invalid`, naming the line or the entry that is wrong. `looksLike` is quick. */
  read(text: string): AnimeMapping;
  looksLike(text: string): void;
  /** Where files lie until they are read. */
  folder: string;
}>;

export type MappingImports = Readonly<{
  /** Throws `invalid` for what is no mapping at sight; the job fails with the line or the entry for what is wrong further down. */
  ask(content: string, how: Readonly<{ apply: boolean }>): Promise<JobId>;
  registerJobs(): void;
}>;

const JOB = 'anime:import';
const ABANDONED = days(1);
const NAME = /^mapping-[\w-]+$/;

/** Mapping files are big, and read beside the thread that answers people: they lie in the data folder until a job has taken them. */
export function createMappingImports({ jobs, clock, coordinates, read, looksLike, folder }: MappingImportsDeps): MappingImports {
  /** What a job that was called off has left. */
  async function sweep(): Promise<void> {
    for (const name of await readdir(folder)) {
      const file = join(folder, name);
      const { mtimeMs } = await stat(file);
      if (NAME.test(name) && clock.now() - mtimeMs > ABANDONED) await rm(file, { force: true });
    }
  }

  async function take(name: string, apply: boolean): Promise<MappingReport> {
    const file = join(folder, name);
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw new AppError('not-found', 'The mapping that was sent is not there any more. Send it again.', { cause });
    });
    return coordinates.take(read(text), { apply });
  }

  return {
    async ask(content, { apply }) {
      looksLike(content);
      await mkdir(folder, { recursive: true });
      await sweep();
      const name = `mapping-${randomUUID()}`;
      await writeFile(join(folder, name), content, { mode: 0o600 });
      const { id } = await jobs.enqueue({ name: JOB, lane: 'bulk', payload: { file: name, apply } });
      return id;
    },

    registerJobs() {
      jobs.handle(JOB, async ({ payload }, { signal }) => {
        const name = String(payload.file);
        if (!NAME.test(name)) throw new AppError('invalid', 'The job names no file of ours.');
        try {
          const report = { applied: payload.apply === true, ...(await take(name, payload.apply === true)) };
          await rm(join(folder, name), { force: true });
          return report;
        } catch (error) {
          // A job that a stop has interrupted starts again, and needs its file.
          if (!signal.aborted) await rm(join(folder, name), { force: true });
          throw error;
        }
      });
    },
  };
}
