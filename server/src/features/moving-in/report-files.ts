import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { JobId } from '#kernel/ids.ts';
import type { JsonObject } from '#kernel/json.ts';

const ID = /^[\w-]{1,64}$/;

/** Where each run keeps its report, with everything that was not taken. A file has its name once it is whole. */
export function createReportFiles(folder: string) {
  const fileOf = (job: JobId): string => join(folder, `${job}.json`);
  return {
    /** Answers where it lies. */
    async write(job: JobId, report: JsonObject): Promise<string> {
      await mkdir(folder, { recursive: true });
      const target = fileOf(job);
      const file = await open(`${target}.part`, 'w', 0o600);
      await file.writeFile(`${JSON.stringify(report, null, 1)}\n`);
      await file.sync();
      await file.close();
      await rename(`${target}.part`, target);
      return target;
    },

    /** Undefined where there is none. */
    async read(job: string): Promise<JsonObject | undefined> {
      if (!ID.test(job)) return undefined;
      const text = await readFile(join(folder, `${job}.json`), 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return undefined;
        throw error;
      });
      return text === undefined ? undefined : (JSON.parse(text) as JsonObject);
    },
  };
}
