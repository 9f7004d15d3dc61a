import { open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Zip, ZipDeflate } from 'fflate';

/** `{person}.{backend}.{YYYYMMDD}`; the whole history of a person has a name that no backend can have. */
const DATED = /^[a-z0-9_]+\.[a-z0-9_-]+\.(\d{4})(\d{2})(\d{2})\.json(\.zip)?$/;

export const WHOLE_HISTORY = 'whole-history';

/** The day in the name of a dated backup, as `YYYYMMDD`. */
export const dayInName = (name: string): string | undefined => {
  const [, year, month, day] = DATED.exec(name) ?? [];
  return year === undefined ? undefined : `${year}${month}${day}`;
};

export type BackupWriter = Readonly<{ add(items: readonly object[]): Promise<void>; finish(): Promise<void>; abandon(): Promise<void> }>;

type Packer = Readonly<{ push(text: string): readonly Uint8Array[]; end(): readonly Uint8Array[] }>;

const plain: Packer = { push: (text) => [Buffer.from(text)], end: () => [] };

/** A ZIP file with the one file in it. */
function createZip(name: string): Packer {
  const pieces: Uint8Array[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    pieces.push(data);
  });
  const entry = new ZipDeflate(name, { level: 6 });
  zip.add(entry);
  const ready = (): readonly Uint8Array[] => pieces.splice(0);
  return {
    push(text) {
      entry.push(Buffer.from(text));
      return ready();
    },
    end() {
      entry.push(new Uint8Array(0), true);
      zip.end();
      return ready();
    },
  };
}

/** Writes a JSON array a page at a time, packed where the name says so. The file has its name only once it is whole, so that no half of a backup is taken for one. */
export async function writeBackup(folder: string, name: string): Promise<BackupWriter> {
  const part = join(folder, `${name}.part`);
  const file = await open(part, 'w', 0o600);
  const packer = name.endsWith('.zip') ? createZip(name.replace(/\.zip$/, '')) : plain;
  let first = true;
  async function write(pieces: readonly Uint8Array[]): Promise<void> {
    for (const piece of pieces) await file.write(piece);
  }
  await write(packer.push('['));
  return {
    async add(items) {
      if (items.length === 0) return;
      await write(packer.push(`${first ? '\n' : ',\n'}${items.map((item) => JSON.stringify(item)).join(',\n')}`));
      first = false;
    },
    async finish() {
      await write(packer.push('\n]\n'));
      await write(packer.end());
      await file.sync();
      await file.close();
      await rename(part, join(folder, name));
    },
    async abandon() {
      await file.close();
      await rm(part, { force: true });
    },
  };
}

/** Deletes the dated backups of before that day (`YYYYMMDD`); those without a date were kept by a person, and stay. Answers which went. */
export async function pruneBackups(folder: string, before: string): Promise<readonly string[]> {
  const gone: string[] = [];
  for (const name of await namesIn(folder)) {
    const day = dayInName(name);
    if (day === undefined || day >= before) continue;
    await rm(join(folder, name), { force: true });
    gone.push(name);
  }
  return gone;
}

/** Empty where the folder is not there yet. */
export async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
