import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExportedFile } from '#core/upstreams/index.ts';
import { AppError, invalid } from '#kernel/app-error.ts';
import { type Clock, days } from '#kernel/instant.ts';
import { decodeText } from './decode-text.ts';
import { unpackZip } from './zip-texts.ts';

export type UploadedFile = Readonly<{ name: string; bytes: Uint8Array }>;

/** So long an upload can be looked at before it is taken. */
const KEPT = days(7);
const ID = /^[0-9a-f]{32}$/;
/** Of all texts of one upload: more than any history is, and less than what would hurt the house. */
export const MAX_TEXT_BYTES = 256 * 1_024 * 1_024;
const ZIP = [0x50, 0x4b, 0x03, 0x04] as const;
const TEXTS = /\.(?:json|csv|txt)$/i;

/** What people hand over, until it is taken or a week has passed. */
export function createUploads({ dataDir, clock }: Readonly<{ dataDir: string; clock: Clock }>) {
  const root = join(dataDir, 'history-files');

  return {
    /** Removes what nobody took in time; answers how many that were. */
    async prune(): Promise<number> {
      let removed = 0;
      for (const name of await readdir(root).catch(() => [])) {
        const place = join(root, name);
        const found = await stat(place).catch(() => undefined);
        if (found === undefined || found.mtimeMs >= clock.now() - KEPT) continue;
        await rm(place, { recursive: true, force: true });
        removed += 1;
      }
      return removed;
    },

    /** @throws AppError `invalid` where nothing was handed over */
    async keep(files: readonly UploadedFile[]): Promise<string> {
      if (files.length === 0) throw invalid('file', 'is missing: hand over the export as it came, packed or not');
      const id = randomBytes(16).toString('hex');
      const folder = join(root, id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const names = files.map((file, index) => ({ name: file.name, stored: String(index) }));
      for (const [index, file] of files.entries()) await writeFile(join(folder, String(index)), file.bytes, { mode: 0o600 });
      await writeFile(join(folder, 'names.json'), JSON.stringify(names), { mode: 0o600 });
      return id;
    },

    /**
     * The texts in it, archives unpacked.
     * @throws AppError `not-found`, and `invalid` where an archive cannot be read or holds too much
     */
    async open(id: string): Promise<readonly ExportedFile[]> {
      const folder = join(root, id);
      const index = ID.test(id) ? await readFile(join(folder, 'names.json'), 'utf8').catch(() => undefined) : undefined;
      if (index === undefined) throw new AppError('not-found', `There is no upload ${id} any more. Hand the file over again.`);
      const texts: ExportedFile[] = [];
      let room = MAX_TEXT_BYTES;
      for (const { name, stored } of JSON.parse(index) as { name: string; stored: string }[]) {
        for (const file of await contentOf(name, await readFile(join(folder, stored)), room)) {
          room -= file.bytes.length;
          texts.push({ name: file.name, text: decodeText(file.bytes) });
        }
      }
      return texts;
    },

    remove: (id: string): Promise<void> => rm(join(root, ID.test(id) ? id : 'none'), { recursive: true, force: true }),
  };
}

const tooMuch = (name: string): AppError =>
  invalid('file', `${name} holds more than ${MAX_TEXT_BYTES / 1_024 / 1_024} MB of text, which no history does`);

async function contentOf(name: string, bytes: Uint8Array, room: number): Promise<readonly UploadedFile[]> {
  const isArchive = ZIP.every((byte, at) => bytes[at] === byte);
  const files = isArchive ? await unpackZip({ name, bytes }, (file) => TEXTS.test(file), room) : [{ name, bytes }];
  if (files === undefined || (!isArchive && bytes.length > room)) throw tooMuch(name);
  return files;
}
